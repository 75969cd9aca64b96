#include "plan/annual.h"

#include "base/gettext.h"
#include "plan/staff.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define ANNUAL_QUERY                                                                               \
    "SELECT id, year, title, state, created_by, created_at, published_by, published_at, "          \
    "void_reason, (SELECT count(*) FROM annual_task WHERE annual = a.id) FROM annual_plan a "

#define TASK_QUERY                                                                                 \
    "SELECT id, place, title, matter, region, industry, department, partners, shares, quarterly, " \
    "first_month, last_month, cap, base_period, base FROM annual_task WHERE annual = ? "           \
    "ORDER BY place"

/* A void plan is none: its batch can be drafted again. */
#define BATCH_QUERY                                                                                \
    "SELECT b.first_month, b.last_month, b.weight, p.id, p.number, p.state, p.drawn "              \
    "FROM annual_batch b LEFT JOIN plan p ON p.id = b.plan AND p.state <> 'VOID' "                 \
    "WHERE b.task = ? ORDER BY b.place"

/* ---- reckoning ------------------------------------------------------------------------------- */

struct annual_line annual_task_line(const struct annual_task *task, enum risk_class risk_class) {
    struct annual_line line = {
        .population = task->base[risk_class],
        .share = task->shares[risk_class],
        .batch_count = task->batch_count,
    };
    for (size_t i = 0; i < task->batch_count; i++) {
        line.weights[i] = task->batches[i].weight;
        line.columns[i] = (size_t)task->batches[i].first_month - 1;
    }
    return line;
}

size_t annual_task_batch(const struct annual_task *task, int month) {
    for (size_t i = 0; i < task->batch_count; i++) {
        if (task->batches[i].first_month <= month && month <= task->batches[i].last_month) {
            return i;
        }
    }
    return SIZE_MAX;
}

int64_t annual_batch_planned(const struct annual_batch *batch) {
    int64_t sum = 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        sum += batch->planned[i];
    }
    return sum;
}

int64_t annual_task_planned(const struct annual_task *task) {
    int64_t sum = 0;
    for (size_t i = 0; i < task->batch_count; i++) {
        sum += annual_batch_planned(&task->batches[i]);
    }
    return sum;
}

void annual_loads(const struct annual *annual, bool drawn, int64_t loads[static ANNUAL_MONTHS]) {
    memset(loads, 0, ANNUAL_MONTHS * sizeof(*loads));
    for (size_t i = 0; i < annual->task_count; i++) {
        const struct annual_task *task = &annual->tasks[i];
        for (size_t j = 0; j < task->batch_count; j++) {
            const struct annual_batch *batch = &task->batches[j];
            annual_load_add(loads, drawn ? batch->drawn : annual_batch_planned(batch),
                            (size_t)batch->first_month - 1, (size_t)batch->last_month - 1);
        }
    }
}

/* Makes the schedule of the whole plan: its lines are spread together, so that the months come out
 * even over all tasks. */
static enum result make_schedule(struct annual *annual, struct error *error) {
    size_t count = annual->task_count * CLASS_COUNT;
    struct annual_line *lines = calloc(count + 1, sizeof(*lines));
    if (lines == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        lines[i] =
            annual_task_line(&annual->tasks[i / CLASS_COUNT], (enum risk_class)(i % CLASS_COUNT));
    }
    annual_spread(lines, count);
    for (size_t i = 0; i < count; i++) {
        struct annual_task *task = &annual->tasks[i / CLASS_COUNT];
        for (size_t j = 0; j < task->batch_count; j++) {
            task->batches[j].planned[i % CLASS_COUNT] = lines[i].planned[j];
        }
    }
    free(lines);
    return RESULT_OK;
}

/* ---- reading --------------------------------------------------------------------------------- */

static enum annual_state state_find(const char *code) {
    enum annual_state state = ANNUAL_DRAFT;
    while (state < ANNUAL_VOID && strcmp(annual_state_code(state), code) != 0) {
        state++;
    }
    return state;
}

static enum plan_state plan_state_of(const char *code) {
    enum plan_state state = PLAN_DRAFT;
    while (state < PLAN_VOID && strcmp(plan_state_code(state), code) != 0) {
        state++;
    }
    return state;
}

static void read_row(struct statement *row, struct arena *arena, struct annual *annual) {
    *annual = (struct annual){
        .id = statement_int(row, 0),
        .year = (int)statement_int(row, 1),
        .title = arena_strdup(arena, statement_string(row, 2)),
        .state = state_find(statement_string(row, 3)),
        .created_by = arena_strdup(arena, statement_string(row, 4)),
        .created_at = arena_strdup(arena, statement_string(row, 5)),
        .published_by = arena_strdup(arena, statement_text(row, 6)),
        .published_at = arena_strdup(arena, statement_text(row, 7)),
        .void_reason = arena_strdup(arena, statement_text(row, 8)),
        .task_count = (size_t)statement_int(row, 9),
    };
}

static enum result read_documents(struct statement *row, struct annual_task *task,
                                  struct error *error) {
    json_t *shares = json_loads(statement_string(row, 8), 0, NULL);
    json_t *base = json_loads(statement_string(row, 14), 0, NULL);
    bool whole = shares != NULL && base != NULL;
    for (int i = 0; whole && i < CLASS_COUNT; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        json_t *share = json_object_get(shares, letter);
        task->base[i] = json_integer_value(json_object_get(base, letter));
        task->shares[i] = (struct annual_share){
            .rate = {(uint64_t)json_integer_value(json_object_get(share, "num")),
                     (uint64_t)json_integer_value(json_object_get(share, "den"))},
            .times = json_integer_value(json_object_get(share, "times")),
        };
        whole = task->shares[i].rate.den > 0 && task->shares[i].times > 0;
    }
    json_decref(shares);
    json_decref(base);
    return whole ? RESULT_OK
                 : error_set(error, RESULT_DAMAGED,
                             _("Task %lld of the annual plan is damaged in the database; restore "
                               "the latest backup."),
                             (long long)task->place);
}

static enum result read_task(struct statement *row, struct arena *arena, struct annual_task *task,
                             struct error *error) {
    *task = (struct annual_task){
        .id = statement_int(row, 0),
        .place = statement_int(row, 1),
        .title = arena_strdup(arena, statement_string(row, 2)),
        .matter = arena_strdup(arena, statement_text(row, 3)),
        .region = arena_strdup(arena, statement_text(row, 4)),
        .industry = arena_strdup(arena, statement_text(row, 5)),
        .department = arena_strdup(arena, statement_text(row, 6)),
        .partners = arena_strdup(arena, statement_text(row, 7)),
        .quarterly = statement_int(row, 9) != 0,
        .first_month = (int)statement_int(row, 10),
        .last_month = (int)statement_int(row, 11),
        .cap = statement_int(row, 12),
        .base_period = statement_int(row, 13),
    };
    return read_documents(row, task, error);
}

static enum result load_batches(struct store *store, struct arena *arena, struct annual_task *task,
                                struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store, BATCH_QUERY, VALUES(value_int(task->id)), error);
    while (code == RESULT_OK && task->batch_count < ANNUAL_BATCHES_MOST) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        task->batches[task->batch_count++] = (struct annual_batch){
            .first_month = (int)statement_int(rows, 0),
            .last_month = (int)statement_int(rows, 1),
            .weight = statement_int(rows, 2),
            .plan = statement_int(rows, 3),
            .plan_number = arena_strdup(arena, statement_text(rows, 4)),
            .plan_state = plan_state_of(statement_string(rows, 5)),
            .drawn = statement_int(rows, 6),
        };
    }
    statement_free(rows);
    return code;
}

/* Loads the tasks of a plan whose row was read. */
static enum result load_tasks(struct store *store, struct arena *arena, struct annual *annual,
                              struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    size_t most = annual->task_count;
    annual->task_count = 0;
    annual->tasks = arena_alloc(arena, (most + 1) * sizeof(*annual->tasks));
    enum result code = annual->tasks == NULL ? error_no_memory(error)
                                             : store_query(&rows, store, TASK_QUERY,
                                                           VALUES(value_int(annual->id)), error);
    while (code == RESULT_OK && annual->task_count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = read_task(rows, arena, &annual->tasks[annual->task_count++], error);
    }
    statement_free(rows);
    for (size_t i = 0; code == RESULT_OK && i < annual->task_count; i++) {
        code = load_batches(store, arena, &annual->tasks[i], error);
    }
    if (code == RESULT_OK) {
        code = staff_in_service(store, &annual->inspectors, error);
    }
    return code == RESULT_OK ? make_schedule(annual, error) : code;
}

enum result annual_load(struct store *store, int64_t id, struct arena *arena, struct annual *annual,
                        struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, store, ANNUAL_QUERY "WHERE id = ?", VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no annual plan %lld; see \"xinfeng annual list\"."),
                         (long long)id);
    }
    if (code == RESULT_OK) {
        read_row(rows, arena, annual);
    }
    statement_free(rows);
    if (code == RESULT_OK) {
        code = load_tasks(store, arena, annual, error);
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result annual_list(struct store *store, struct arena *arena, struct annual **annuals,
                        size_t *count, struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM annual_plan", NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        *annuals = arena_alloc(arena, ((size_t)most + 1) * sizeof(**annuals));
        code = *annuals == NULL
                   ? error_no_memory(error)
                   : store_query(&rows, store, ANNUAL_QUERY "ORDER BY id DESC", NO_VALUES, error);
    }
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        read_row(rows, arena, &(*annuals)[(*count)++]);
    }
    statement_free(rows);
    for (size_t i = 0; code == RESULT_OK && i < *count; i++) {
        code = load_tasks(store, arena, &(*annuals)[i], error);
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
