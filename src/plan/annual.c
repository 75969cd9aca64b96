#include "plan/annual.h"

#include "base/gettext.h"
#include "base/text.h"
#include "base/workday.h"
#include "guard/journal.h"
#include "plan/annual_row.h"
#include "plan/measures_text.h"
#include "plan/scope.h"
#include "policy/policy_store.h"
#include "score/period.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 2000
#define LAST_YEAR 2100
#define CAP_MOST 366

static const struct {
    const char *code;
    const char *word;
} states[] = {
#define STATE_ROW(name, word) {#name, word},
    ANNUAL_STATE_TABLE(STATE_ROW)};

const char *annual_state_code(enum annual_state state) {
    return states[state].code;
}

const char *annual_state_name(enum annual_state state) {
    return _(states[state].word);
}

enum result annual_expect(const struct annual *annual, enum annual_state state,
                          struct error *error) {
    if (annual->state == state) {
        return RESULT_OK;
    }
    return error_set(error, RESULT_REFUSED,
                     _("Annual plan %lld is %s; this step needs one that is %s. Nothing was "
                       "changed."),
                     (long long)annual->id, annual_state_name(annual->state),
                     annual_state_name(state));
}

enum result annual_journal(struct store *store, const struct actor *actor, const char *action,
                           int64_t id, const char *reason, const char *after, struct error *error) {
    char subject[64];
    snprintf(subject, sizeof(subject), "annual:%lld", (long long)id);
    struct journal_entry entry = {
        .action = action, .subject = subject, .reason = reason, .after = after};
    return journal_write(store, actor, &entry, error);
}

/* ---- shares ---------------------------------------------------------------------------------- */

void annual_default_shares(const struct policy *policy, struct annual_share shares[CLASS_COUNT]) {
    for (int i = 0; i < CLASS_COUNT; i++) {
        const struct policy_measure *measure = &policy->measures[i];
        shares[i] = (struct annual_share){
            .rate = {(uint64_t)measure->rate_num, (uint64_t)measure->rate_den},
            .times = measure->times,
        };
    }
}

/* Cuts "X2" off the end of a class's part and reads it; 0 when it is no number. */
static int64_t cut_times(char *part) {
    char *mark = strrchr(part, 'X');
    if (mark == NULL) {
        return 1;
    }
    size_t digits = strspn(mark + 1, "0123456789");
    bool number = digits > 0 && digits <= 2 && mark[1 + digits] == '\0';
    *mark = '\0';
    return number ? strtoll(mark + 1, NULL, 10) : 0;
}

enum result annual_shares_parse(const char *text, struct annual_share shares[CLASS_COUNT],
                                struct error *error) {
    struct draw_rule rules[CLASS_COUNT];
    struct buffer rates = BUFFER_INIT;
    int64_t times[CLASS_COUNT] = {0};
    char *copy = text_name_key(text); /* no blanks, capitals, full-width folded */
    enum result code = copy == NULL ? error_no_memory(error) : RESULT_OK;
    char *rest = copy;
    for (char *part = copy == NULL ? NULL : strsep(&rest, ","); code == RESULT_OK && part != NULL;
         part = strsep(&rest, ",")) {
        char letter[2] = {part[0], '\0'};
        enum risk_class risk_class = risk_class_find(letter);
        int64_t rounds = cut_times(part);
        if (rounds < 1) {
            code = error_set(error, RESULT_USAGE,
                             _("\"%s\": behind x stands how often a year, a whole number of 1 or "
                               "more, like C=20%%x2."),
                             text);
        } else if (risk_class < CLASS_COUNT) {
            times[risk_class] = rounds;
        }
        buffer_printf(&rates, "%s%s", rates.length == 0 ? "" : ",", part);
    }
    if (code == RESULT_OK) {
        code =
            rates.failed ? error_no_memory(error) : rates_parse(buffer_text(&rates), rules, error);
    }
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        shares[i] = (struct annual_share){rules[i].rate, times[i]};
    }
    buffer_free(&rates);
    free(copy);
    return code;
}

const char *annual_share_format(const struct annual_share *share,
                                char text[static ANNUAL_SHARE_TEXT_SIZE]) {
    char rate[RATE_TEXT_SIZE];
    rate_format(share->rate, rate);
    if (share->times == 1) {
        snprintf(text, ANNUAL_SHARE_TEXT_SIZE, "%s", rate);
    } else {
        snprintf(text, ANNUAL_SHARE_TEXT_SIZE, "%sx%lld", rate, (long long)share->times);
    }
    return text;
}

/* ---- the plan -------------------------------------------------------------------------------- */

static enum result insert(struct store *store, const struct actor *actor, int year,
                          const char *title, int64_t *id, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    enum result code =
        store_execute(store,
                      "INSERT INTO annual_plan (year, title, state, created_by, created_at) "
                      "VALUES (?, ?, 'DRAFT', ?, ?)",
                      VALUES(value_int(year), value_text(title), value_text(actor->name),
                             value_text(clock_now(&actor->clock, at))),
                      error);
    *id = store_last_id(store);
    return code == RESULT_OK
               ? annual_journal(store, actor, "annual.create", *id, title, NULL, error)
               : code;
}

enum result annual_create(struct store *store, const struct actor *actor, int year,
                          const char *title, int64_t *id, struct error *error) {
    if (text_blank(title)) {
        return error_set(error, RESULT_USAGE, "%s", _("Give the annual plan a title."));
    }
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        return error_set(error, RESULT_USAGE, _("%d is no year to plan; give one from %d to %d."),
                         year, FIRST_YEAR, LAST_YEAR);
    }
    enum result code = store_begin(store, error);
    return code == RESULT_OK
               ? store_finish(store, insert(store, actor, year, title, id, error), error)
               : code;
}

/* What a step is given besides the annual plan. */
struct step {
    const struct actor *actor;
    const struct annual_task *task;
    const char *reason;
    int64_t place;
    struct arena *arena;
};

typedef enum result step_function(struct store *store, struct annual *annual, struct step *step,
                                  struct error *error);

/* The frame of every step: load the annual plan, do it, all or nothing. */
static enum result take_step(struct store *store, int64_t id, step_function *function,
                             struct step *step, struct error *error) {
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct annual annual;
    step->arena = arena_new();
    code = step->arena == NULL ? error_no_memory(error)
                               : annual_load(store, id, step->arena, &annual, error);
    if (code == RESULT_OK) {
        code = function(store, &annual, step, error);
    }
    arena_free(step->arena);
    return store_finish(store, code, error);
}

/* ---- tasks ----------------------------------------------------------------------------------- */

/* Lays the batches of a task over its months. */
static enum result lay_batches(struct annual_task *task, int year, struct error *error) {
    struct workday_calendar calendar;
    enum result code = workday_calendar_load(&calendar, error);
    task->batch_count = 0;
    for (int month = task->first_month; code == RESULT_OK && month <= task->last_month;) {
        struct annual_batch *batch = &task->batches[task->batch_count++];
        int end = task->quarterly ? (month - 1) / 3 * 3 + 3 : month;
        *batch = (struct annual_batch){
            .first_month = month,
            .last_month = end < task->last_month ? end : task->last_month,
        };
        for (; month <= batch->last_month; month++) {
            batch->weight += workday_count(&calendar, year, month);
        }
    }
    return code;
}

static enum result check_task(const struct annual_task *task, struct error *error) {
    if (text_blank(task->title)) {
        return error_set(error, RESULT_USAGE, "%s", _("Give the task a title."));
    }
    if (task->first_month < 1 || task->last_month > ANNUAL_MONTHS ||
        task->first_month > task->last_month) {
        return error_set(error, RESULT_USAGE,
                         _("A task cannot run from month %d to month %d; give months from 1 to 12, "
                           "like 3-11."),
                         task->first_month, task->last_month);
    }
    if (task->cap < 0 || task->cap > CAP_MOST) {
        return error_set(error, RESULT_USAGE,
                         _("%lld visits a year are no cap; give a number from 1 to %d."),
                         (long long)task->cap, CAP_MOST);
    }
    return RESULT_OK;
}

/* Sees that no class is drawn more often than batches, policy and cap allow. */
static enum result check_times(struct store *store, const struct annual_task *task,
                               struct error *error) {
    struct policy *policy = NULL;
    int64_t id = 0;
    enum result code = policy_store_in_force(store, &policy, &id, error);
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        long long times = task->shares[i].times;
        if (times > (int64_t)task->batch_count) {
            code = error_set(error, RESULT_USAGE,
                             _("Class %s is to be drawn %lld times, but the task has %zu batches; "
                               "give it more months, or monthly batches."),
                             letter, times, task->batch_count);
        } else if (times > policy->measures[i].times) {
            code = error_set(error, RESULT_USAGE,
                             _("Class %s is to be drawn %lld times a year; the policy in force "
                               "allows %lld."),
                             letter, times, (long long)policy->measures[i].times);
        } else if (task->cap > 0 && times > task->cap) {
            code = error_set(error, RESULT_USAGE,
                             _("Class %s is to be drawn %lld times a year, above the task's cap of "
                               "%lld."),
                             letter, times, (long long)task->cap);
        }
    }
    policy_free(policy);
    return code;
}

/* Counts the base of a task: its scope in the newest period. */
static enum result count_base(struct store *store, struct annual_task *task, struct error *error) {
    struct period period;
    struct plan_counts counts;
    const struct plan_scope scope = {.region = task->region, .industry = task->industry};
    enum result code = period_latest(store, &period, error);
    if (code == RESULT_OK && period.id == 0) {
        code = error_set(error, RESULT_NOT_FOUND, "%s",
                         _("No period was run yet, so there are no classes to plan by; run "
                           "\"xinfeng score\" first."));
    }
    if (code == RESULT_OK) {
        code = plan_scope_count(store, period.id, &scope, DATE_NONE, &counts, error);
    }
    if (code == RESULT_OK) {
        task->base_period = period.id;
        memcpy(task->base, counts.classes, sizeof(task->base));
    }
    return code;
}

/* {class: value}, on the heap; NULL when memory is short. */
static char *by_class(json_t *(*make)(const struct annual_task *task, int risk_class),
                      const struct annual_task *task) {
    json_t *json = json_object();
    for (int i = 0; json != NULL && i < CLASS_COUNT; i++) {
        json_object_set_new(json, risk_class_letter((enum risk_class)i), make(task, i));
    }
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return text;
}

static json_t *share_json(const struct annual_task *task, int risk_class) {
    const struct annual_share *share = &task->shares[risk_class];
    return json_pack("{s:I, s:I, s:I}", "num", (json_int_t)share->rate.num, "den",
                     (json_int_t)share->rate.den, "times", (json_int_t)share->times);
}

static json_t *base_json(const struct annual_task *task, int risk_class) {
    return json_integer(task->base[risk_class]);
}

static enum result insert_batches(struct store *store, const struct annual_task *task,
                                  struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < task->batch_count; i++) {
        const struct annual_batch *batch = &task->batches[i];
        code = store_execute(store,
                             "INSERT INTO annual_batch (task, place, first_month, last_month, "
                             "weight) VALUES (?, ?, ?, ?, ?)",
                             VALUES(value_int(task->id), value_int((int64_t)i),
                                    value_int(batch->first_month), value_int(batch->last_month),
                                    value_int(batch->weight)),
                             error);
    }
    return code;
}

static enum result insert_task(struct store *store, int64_t annual, struct annual_task *task,
                               const char *shares, const char *base, struct error *error) {
    enum result code = store_execute(
        store,
        "INSERT INTO annual_task (annual, place, title, matter, region, industry, department, "
        "partners, shares, quarterly, first_month, last_month, cap, base_period, base) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VALUES(value_int(annual), value_int(task->place), value_text(task->title),
               value_text(task->matter), value_text(task->region), value_text(task->industry),
               value_text(task->department), value_text(task->partners), value_text(shares),
               value_int(task->quarterly), value_int(task->first_month),
               value_int(task->last_month), value_int(task->cap), value_int(task->base_period),
               value_text(base)),
        error);
    task->id = store_last_id(store);
    return code == RESULT_OK ? insert_batches(store, task, error) : code;
}

static enum result add_task(struct store *store, struct annual *annual, struct step *step,
                            struct error *error) {
    struct annual_task task = *step->task;
    enum result code = annual_expect(annual, ANNUAL_DRAFT, error);
    if (code != RESULT_OK) {
        return code;
    }
    task.place = (int64_t)annual->task_count + 1;
    code = lay_batches(&task, annual->year, error);
    if (code == RESULT_OK) {
        code = check_times(store, &task, error);
    }
    if (code == RESULT_OK) {
        code = count_base(store, &task, error);
    }
    char *shares = by_class(share_json, &task);
    char *base = by_class(base_json, &task);
    if (code == RESULT_OK && (shares == NULL || base == NULL)) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        code = insert_task(store, annual->id, &task, shares, base, error);
    }
    if (code == RESULT_OK) {
        code = annual_journal(store, step->actor, "annual.task", annual->id, task.title, shares,
                              error);
    }
    step->place = task.place;
    free(shares);
    free(base);
    return code;
}

enum result annual_task_add(struct store *store, const struct actor *actor, int64_t annual,
                            const struct annual_task *task, int64_t *place, struct error *error) {
    struct step step = {.actor = actor, .task = task};
    enum result code = check_task(task, error);
    if (code == RESULT_OK) {
        code = take_step(store, annual, add_task, &step, error);
    }
    *place = step.place;
    return code;
}

static enum result drop_task(struct store *store, struct annual *annual, struct step *step,
                             struct error *error) {
    enum result code = annual_expect(annual, ANNUAL_DRAFT, error);
    if (code == RESULT_OK && (step->place < 1 || step->place > (int64_t)annual->task_count)) {
        code = error_set(error, RESULT_NOT_FOUND, _("Annual plan %lld has no task %lld."),
                         (long long)annual->id, (long long)step->place);
    }
    if (code != RESULT_OK) {
        return code;
    }
    const struct annual_task *task = &annual->tasks[step->place - 1];
    code = store_execute(store, "DELETE FROM annual_batch WHERE task = ?",
                         VALUES(value_int(task->id)), error);
    if (code == RESULT_OK) {
        code = store_execute(store, "DELETE FROM annual_task WHERE id = ?",
                             VALUES(value_int(task->id)), error);
    }
    for (size_t i = (size_t)step->place; code == RESULT_OK && i < annual->task_count; i++) {
        code = store_execute(store, "UPDATE annual_task SET place = ? WHERE id = ?",
                             VALUES(value_int((int64_t)i), value_int(annual->tasks[i].id)), error);
    }
    return code == RESULT_OK ? annual_journal(store, step->actor, "annual.drop", annual->id,
                                              task->title, NULL, error)
                             : code;
}

enum result annual_task_drop(struct store *store, const struct actor *actor, int64_t annual,
                             int64_t place, struct error *error) {
    struct step step = {.actor = actor, .place = place};
    return take_step(store, annual, drop_task, &step, error);
}

/* ---- its life -------------------------------------------------------------------------------- */

/* Counts the bases anew, so that the published plan rests on the classes of one period. */
static enum result renew_bases(struct store *store, struct annual *annual, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < annual->task_count; i++) {
        struct annual_task *task = &annual->tasks[i];
        code = count_base(store, task, error);
        char *base = code == RESULT_OK ? by_class(base_json, task) : NULL;
        if (code == RESULT_OK) {
            code = base == NULL ? error_no_memory(error)
                                : store_execute(store,
                                                "UPDATE annual_task SET base_period = ?, base = ? "
                                                "WHERE id = ?",
                                                VALUES(value_int(task->base_period),
                                                       value_text(base), value_int(task->id)),
                                                error);
        }
        free(base);
    }
    return code;
}

static enum result publish(struct store *store, struct annual *annual, struct step *step,
                           struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    enum result code = annual_expect(annual, ANNUAL_DRAFT, error);
    if (code == RESULT_OK && annual->task_count == 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("Annual plan %lld has no task yet; add one with \"xinfeng annual "
                           "task\"."),
                         (long long)annual->id);
    }
    if (code == RESULT_OK) {
        code = actor_check_other(step->actor, annual->created_by, _("The annual plan"), error);
    }
    if (code == RESULT_OK) {
        code = renew_bases(store, annual, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(store,
                             "UPDATE annual_plan SET state = 'PUBLISHED', published_by = ?, "
                             "published_at = ? WHERE id = ?",
                             VALUES(value_text(step->actor->name),
                                    value_text(clock_now(&step->actor->clock, at)),
                                    value_int(annual->id)),
                             error);
    }
    return code == RESULT_OK
               ? annual_journal(store, step->actor, "annual.publish", annual->id, NULL, NULL, error)
               : code;
}

enum result annual_publish(struct store *store, const struct actor *actor, int64_t id,
                           struct error *error) {
    struct step step = {.actor = actor};
    return take_step(store, id, publish, &step, error);
}

static enum result make_void(struct store *store, struct annual *annual, struct step *step,
                             struct error *error) {
    if (annual->state == ANNUAL_VOID) {
        return error_set(error, RESULT_REFUSED, _("Annual plan %lld is void already."),
                         (long long)annual->id);
    }
    if (text_blank(step->reason)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Give the reason why the annual plan is voided."));
    }
    enum result code =
        store_execute(store, "UPDATE annual_plan SET state = 'VOID', void_reason = ? WHERE id = ?",
                      VALUES(value_text(step->reason), value_int(annual->id)), error);
    return code == RESULT_OK ? annual_journal(store, step->actor, "annual.void", annual->id,
                                              step->reason, NULL, error)
                             : code;
}

enum result annual_void(struct store *store, const struct actor *actor, int64_t id,
                        const char *reason, struct error *error) {
    struct step step = {.actor = actor, .reason = reason};
    return take_step(store, id, make_void, &step, error);
}
