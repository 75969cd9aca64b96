#include "plan/annual_batch.h"

#include "base/gettext.h"
#include "plan/annual_row.h"
#include "plan/scope.h"
#include "policy/policy_store.h"
#include "score/period.h"
#include "store/statement.h"

#include <stdio.h>
#include <string.h>

/* ---- who is drawn, and by what rate -----------------------------------------------------------
 */

/* The first batch of the round that a batch stands in. */
static size_t round_first(const struct annual_task *task, size_t batch, int64_t times) {
    int64_t round = annual_round(batch, task->batch_count, times);
    while (batch > 0 && annual_round(batch - 1, task->batch_count, times) == round) {
        batch--;
    }
    return batch;
}

/* The one place that says how often somebody may have been drawn to be in a batch's frame: by the
 * task, once a round; by all plans of the year, as often as the policy allows the class, and no
 * more than the task's cap. */
static enum result set_limits(struct store *store, const struct annual_task *task, size_t batch,
                              struct plan_limits *limits, struct error *error) {
    struct policy *policy = NULL;
    int64_t id = 0;
    enum result code = policy_store_in_force(store, &policy, &id, error);
    limits->task = task->id;
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        int64_t most = policy->measures[i].times;
        limits->rounds[i] = (int64_t)round_first(task, batch, task->shares[i].times);
        limits->caps[i] = task->cap > 0 && task->cap < most ? task->cap : most;
    }
    policy_free(policy);
    return code;
}

/* The scope of the plan that a batch becomes. */
static enum result make_scope(struct store *store, int year, const struct annual_task *task,
                              size_t batch, struct plan_scope *scope, struct error *error) {
    int last = task->batches[batch].last_month;
    *scope = (struct plan_scope){
        .region = task->region,
        .industry = task->industry,
        .matter = task->matter,
        .department = task->department,
        .from = date_make(year, task->batches[batch].first_month, 1),
        .to = date_make(year, last, date_month_length(year, last)),
    };
    return set_limits(store, task, batch, &scope->limits, error);
}

/* How many a task drew of a class in a round. */
static enum result count_drawn(struct store *store, const struct annual_task *task,
                               enum risk_class risk_class, int64_t round, int64_t *drawn,
                               struct error *error) {
    size_t count = task->batch_count;
    size_t first = 0;
    while (first < count && annual_round(first, count, task->shares[risk_class].times) < round) {
        first++;
    }
    size_t end = first;
    while (end < count && annual_round(end, count, task->shares[risk_class].times) == round) {
        end++;
    }
    return store_fetch_int(store,
                           "SELECT count(*) FROM annual_batch b JOIN plan p ON p.id = b.plan "
                           "JOIN plan_unit u ON u.plan = p.id "
                           "WHERE b.task = ? AND b.place >= ? AND b.place < ? AND u.class = ? AND "
                           "p.state IN ('DRAWN', 'LOCKED', 'CLOSED')",
                           VALUES(value_int(task->id), value_int((int64_t)first),
                                  value_int((int64_t)end),
                                  value_text(risk_class_letter(risk_class))),
                           0, drawn, error);
}

enum result annual_batch_classes(struct store *store, int year, const struct annual_task *task,
                                 size_t batch, struct annual_class classes[CLASS_COUNT],
                                 struct error *error) {
    struct period period;
    struct plan_scope scope;
    struct plan_counts eligible;
    struct plan_counts all;
    enum result code = period_latest(store, &period, error);
    if (code == RESULT_OK) {
        code = make_scope(store, year, task, batch, &scope, error);
    }
    if (code == RESULT_OK) {
        code = plan_scope_count(store, period.id, &scope, DATE_NONE, &eligible, error);
    }
    scope.limits = (struct plan_limits){0};
    if (code == RESULT_OK) {
        code = plan_scope_count(store, period.id, &scope, DATE_NONE, &all, error);
    }
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        struct annual_line line = annual_task_line(task, (enum risk_class)i);
        struct annual_class *one = &classes[i];
        *one = (struct annual_class){
            .population = all.classes[i],
            .eligible = eligible.classes[i],
            .round = annual_round(batch, task->batch_count, task->shares[i].times),
        };
        code = count_drawn(store, task, (enum risk_class)i, one->round, &one->drawn, error);
        if (code == RESULT_OK) {
            one->rate = annual_rate_now(&line, batch, one->eligible, one->drawn);
        }
    }
    return code;
}

/* ---- drafting ---------------------------------------------------------------------------------
 */

/* "Food safety (2026-04)", "(2026-04 to 2026-06)"; on the arena. */
static const char *batch_title(const struct annual *annual, const struct annual_task *task,
                               const struct annual_batch *batch, struct arena *arena) {
    if (batch->first_month == batch->last_month) {
        return arena_printf(arena, _("%s (%d-%02d)"), task->title, annual->year,
                            batch->first_month);
    }
    return arena_printf(arena, _("%s (%d-%02d to %d-%02d)"), task->title, annual->year,
                        batch->first_month, annual->year, batch->last_month);
}

/* A batch rests on those before it: they must be drawn if they are drafted, and come first. */
static enum result check_order(const struct annual_task *task, size_t batch, struct error *error) {
    for (size_t i = 0; i < task->batch_count; i++) {
        const struct annual_batch *other = &task->batches[i];
        if (i < batch && other->plan != 0 && other->plan_state < PLAN_DRAWN) {
            return error_set(error, RESULT_REFUSED,
                             _("Plan %s of the task \"%s\" is not drawn yet; draw it or make it "
                               "void first, as the rates of the next batch rest on it."),
                             other->plan_number, task->title);
        }
        if (i > batch && other->plan != 0) {
            return error_set(error, RESULT_REFUSED,
                             _("Plan %s of the task \"%s\" is of a later batch; an earlier one is "
                               "no longer drafted."),
                             other->plan_number, task->title);
        }
    }
    return RESULT_OK;
}

static enum result link_plan(struct store *store, const struct actor *actor,
                             const struct annual *annual, const struct annual_task *task,
                             size_t batch, int64_t plan, struct error *error) {
    char after[128];
    snprintf(after, sizeof(after), "{\"batch\":%zu,\"plan\":%lld,\"task\":%lld}", batch + 1,
             (long long)plan, (long long)task->place);
    enum result code = store_execute(
        store, "UPDATE annual_batch SET plan = ? WHERE task = ? AND place = ?",
        VALUES(value_int(plan), value_int(task->id), value_int((int64_t)batch)), error);
    return code == RESULT_OK
               ? annual_journal(store, actor, "annual.draft", annual->id, NULL, after, error)
               : code;
}

static enum result draft_batch(struct store *store, const struct actor *actor,
                               const struct annual *annual, const struct annual_task *task,
                               size_t batch, struct arena *arena, struct annual_drafted *drafted,
                               struct error *error) {
    struct annual_class classes[CLASS_COUNT];
    struct draw_rule rules[CLASS_COUNT];
    struct plan_scope scope;
    int64_t plan = 0;
    int64_t eligible = 0;
    const char *title = batch_title(annual, task, &task->batches[batch], arena);
    enum result code = title == NULL ? error_no_memory(error) : check_order(task, batch, error);
    if (code == RESULT_OK) {
        code = annual_batch_classes(store, annual->year, task, batch, classes, error);
    }
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        eligible += classes[i].eligible;
        rules[i] = (struct draw_rule){
            .risk_class = risk_class_letter((enum risk_class)i)[0],
            .grade = "",
            .rate = classes[i].rate,
            .maximum = DRAW_NO_MAXIMUM,
        };
    }
    if (code == RESULT_OK && eligible == 0) {
        drafted->nobody++;
        return RESULT_OK;
    }
    const struct draw_measures measures = {
        .mode = DRAW_MODE_RATE,
        .rounding = DRAW_ROUNDING_UNBIASED,
        .stratum_maximum = DRAW_NO_MAXIMUM,
        .rules = rules,
        .rule_count = CLASS_COUNT,
    };
    if (code == RESULT_OK) {
        code = make_scope(store, annual->year, task, batch, &scope, error);
    }
    if (code == RESULT_OK) {
        code = plan_create(store, actor, title, &scope, &measures, &plan, error);
    }
    if (code == RESULT_OK) {
        code = link_plan(store, actor, annual, task, batch, plan, error);
    }
    drafted->made += code == RESULT_OK ? 1 : 0;
    drafted->last_id = plan;
    return code;
}

static enum result draft_month(struct store *store, const struct actor *actor,
                               const struct annual *annual, int month, int64_t wanted,
                               struct arena *arena, struct annual_drafted *drafted,
                               struct error *error) {
    bool any = false;
    enum result code = annual_expect(annual, ANNUAL_PUBLISHED, error);
    for (size_t i = 0; code == RESULT_OK && i < annual->task_count; i++) {
        const struct annual_task *task = &annual->tasks[i];
        size_t batch = annual_task_batch(task, month);
        if (batch == SIZE_MAX || (wanted != 0 && task->place != wanted)) {
            continue;
        }
        any = true;
        if (task->batches[batch].plan != 0) {
            drafted->there++;
        } else {
            code = draft_batch(store, actor, annual, task, batch, arena, drafted, error);
        }
    }
    if (code == RESULT_OK && !any) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("Annual plan %lld has no batch in %d-%02d; see \"xinfeng annual "
                           "calendar\"."),
                         (long long)annual->id, annual->year, month);
    }
    return code;
}

enum result annual_draft(struct store *store, const struct actor *actor, int64_t id, int month,
                         int64_t task, struct annual_drafted *drafted, struct error *error) {
    *drafted = (struct annual_drafted){0};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct annual annual;
    struct arena *arena = arena_new();
    code = arena == NULL ? error_no_memory(error) : annual_load(store, id, arena, &annual, error);
    if (code == RESULT_OK) {
        code = draft_month(store, actor, &annual, month, task, arena, drafted, error);
    }
    arena_free(arena);
    return store_finish(store, code, error);
}
