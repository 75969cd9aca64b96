#include "plan/outcome_list.h"

#include "base/gettext.h"
#include "base/text.h"
#include "base/workday.h"
#include "plan/teams.h"
#include "registry/inspection_code.h"
#include "store/statement.h"

#include <string.h>

static const char *const choice_words[] = {
#define OUTCOME_CHOICE_ROW(name, words) words,
    OUTCOME_CHOICE_TABLE(OUTCOME_CHOICE_ROW)
#undef OUTCOME_CHOICE_ROW
};

const char *outcome_choice_name(enum outcome_choice choice) {
    return _(choice_words[choice]);
}

/* The matter that results of a plan are of; SQL NULL: any. */
static struct value matter_value(const struct plan *plan) {
    return value_text(plan_sole_matter(plan));
}

/* The word of the follow-up that closes a case at once. */
static const char *nothing_follows(void) {
    size_t count = 0;
    return inspection_codes(INSPECTION_FOLLOW_UPS, &count)[INSPECTION_FOLLOW_UP_IS_none].word;
}

/* The results of a plan: ?1 its id, ?2 its number, ?3 its matter. */
#define RESULT_OF_UNIT                                                                             \
    "r.enterprise = u.enterprise AND r.task = ?2 AND (?3 IS NULL OR r.matter = ?3)"
/* A unit that another stands in for needs no result, and has none. */
#define REPLACED "EXISTS (SELECT 1 FROM plan_extra x WHERE x.plan = u.plan AND x.replaces = u.unit)"
#define RESULTS                                                                                    \
    "FROM plan_unit u JOIN inspection_result r ON " RESULT_OF_UNIT                                 \
    " LEFT JOIN plan_follow_up f ON f.result = r.id LEFT JOIN plan_published p ON p.result = "     \
    "r.id WHERE u.plan = ?1 "

/* ---- the list -------------------------------------------------------------------------------- */

#define LIST_QUERY                                                                                 \
    "SELECT u.place, u.unit, u.enterprise, u.name, u.class, u.missing_reason, r.id, r.matter, "    \
    "r.inspectors, r.completed_on, r.method, r.result, r.follow_up, r.note, f.done_on, "           \
    "f.document, f.outcome, p.published_on, "                                                      \
    "r.id IS NOT NULL AND r.follow_up IS NOT ?4 AND f.result IS NULL "                             \
    "FROM plan_unit u LEFT JOIN inspection_result r ON " RESULT_OF_UNIT                            \
    " LEFT JOIN plan_follow_up f ON f.result = r.id LEFT JOIN plan_published p ON p.result = "     \
    "r.id WHERE u.plan = ?1 AND NOT " REPLACED                                                     \
    " AND CASE ?5 WHEN 1 THEN r.id IS NULL WHEN 2 THEN r.id IS NOT NULL "                          \
    "AND "                                                                                         \
    "r.follow_up IS NOT ?4 AND f.result IS NULL WHEN 3 THEN r.id IS NOT NULL AND p.result IS "     \
    "NULL "                                                                                        \
    "ELSE 1 END ORDER BY u.place, r.matter, r.id"

static void read_row(struct statement *row, const struct workday_calendar *calendar,
                     const char *const *teams, struct arena *arena, struct outcome *outcome) {
    *outcome = (struct outcome){
        .place = statement_int(row, 0),
        .unit = arena_strdup(arena, statement_string(row, 1)),
        .enterprise = statement_int(row, 2),
        .name = arena_strdup(arena, statement_string(row, 3)),
        .risk_class = risk_class_find(statement_text(row, 4)),
        .missing_reason = arena_strdup(arena, statement_text(row, 5)),
        .record = statement_int(row, 6),
        .matter = arena_strdup(arena, statement_text(row, 7)),
        .inspectors = arena_strdup(arena, statement_text(row, 8)),
        .completed_on = statement_date(row, 9),
        .method = arena_strdup(arena, statement_text(row, 10)),
        .result = arena_strdup(arena, statement_text(row, 11)),
        .follow_up = arena_strdup(arena, statement_text(row, 12)),
        .note = arena_strdup(arena, statement_text(row, 13)),
        .followed_on = statement_date(row, 14),
        .followed_document = arena_strdup(arena, statement_text(row, 15)),
        .followed_outcome = arena_strdup(arena, statement_text(row, 16)),
        .published_on = statement_date(row, 17),
        .open = statement_int(row, 18) != 0,
    };
    outcome->team = teams == NULL ? NULL : teams[outcome->place - 1];
    if (outcome->record != 0) {
        outcome->due = workday_after(calendar, outcome->completed_on, PUBLICATION_WORKING_DAYS,
                                     &outcome->due_certain);
    }
}

/* How many rows the list has at the most. */
static enum result count_rows(struct store *store, const struct plan *plan, int64_t *most,
                              struct error *error) {
    return store_fetch_int(
        store,
        "SELECT count(*) FROM plan_unit u LEFT JOIN inspection_result r ON " RESULT_OF_UNIT
        " WHERE u.plan = ?1",
        VALUES(value_int(plan->id), value_text(plan->number), matter_value(plan)), 0, most, error);
}

enum result outcome_list(struct store *store, const struct plan *plan, enum outcome_choice choice,
                         struct arena *arena, struct outcome **outcomes, size_t *count,
                         struct error *error) {
    struct workday_calendar calendar;
    struct statement *rows = NULL;
    const char **teams = NULL;
    int64_t most = 0;
    bool row = true;
    *count = 0;
    enum result code = workday_calendar_load(&calendar, error);
    if (code == RESULT_OK) {
        code = count_rows(store, plan, &most, error);
    }
    if (code == RESULT_OK) {
        *outcomes = arena_alloc(arena, ((size_t)most + 1) * sizeof(**outcomes));
        code = *outcomes == NULL
                   ? error_no_memory(error)
                   : teams_names(store, plan, 1, (size_t)plan->drawn, arena, &teams, error);
    }
    if (code == RESULT_OK) {
        code = store_query(&rows, store, LIST_QUERY,
                           VALUES(value_int(plan->id), value_text(plan->number), matter_value(plan),
                                  value_text(nothing_follows()), value_int(choice)),
                           error);
    }
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        read_row(rows, &calendar, teams, arena, &(*outcomes)[(*count)++]);
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* ---- the sum --------------------------------------------------------------------------------- */

static enum result count_results(struct store *store, const struct plan *plan, struct arena *arena,
                                 struct outcome_sum *sum, struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code = store_query(
        &rows, store,
        "SELECT (SELECT count(*) FROM plan_unit u WHERE u.plan = ?1 AND NOT " REPLACED "), "
        "(SELECT count(DISTINCT u.place) " RESULTS "), "
        "(SELECT count(*) " RESULTS "AND r.follow_up IS NOT ?4 AND f.result IS NULL), "
        "(SELECT max(p.published_on) " RESULTS "), closed_by, closed_at, close_reason "
        "FROM plan WHERE id = ?1",
        VALUES(value_int(plan->id), value_text(plan->number), matter_value(plan),
               value_text(nothing_follows())),
        error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && row) {
        sum->units = statement_int(rows, 0);
        sum->in = statement_int(rows, 1);
        sum->missing = sum->units - sum->in;
        sum->open = statement_int(rows, 2);
        sum->published_on = statement_date(rows, 3);
        sum->closed_by = arena_strdup(arena, statement_text(rows, 4));
        sum->closed_at = arena_strdup(arena, statement_text(rows, 5));
        sum->close_reason = arena_strdup(arena, statement_text(rows, 6));
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* Those that are to be made public, by the day on which they were completed. */
static enum result count_unpublished(struct store *store, const struct plan *plan, date today,
                                     struct outcome_sum *sum, struct error *error) {
    struct workday_calendar calendar;
    struct statement *rows = NULL;
    bool row = true;
    enum result code = workday_calendar_load(&calendar, error);
    if (code == RESULT_OK) {
        code = store_query(
            &rows, store,
            "SELECT r.completed_on, count(*) " RESULTS
            "AND p.result IS NULL GROUP BY r.completed_on ORDER BY r.completed_on",
            VALUES(value_int(plan->id), value_text(plan->number), matter_value(plan)), error);
    }
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        bool certain = false;
        date due =
            workday_after(&calendar, statement_date(rows, 0), PUBLICATION_WORKING_DAYS, &certain);
        if (sum->due_next == DATE_NONE) {
            sum->due_next = due;
            sum->due_certain = certain;
        }
        sum->unpublished += statement_int(rows, 1);
        sum->overdue += due < today ? statement_int(rows, 1) : 0;
    }
    statement_free(rows);
    return code;
}

enum result outcome_sum(struct store *store, const struct plan *plan, date today,
                        struct arena *arena, struct outcome_sum *sum, struct error *error) {
    *sum = (struct outcome_sum){.due_certain = true};
    enum result code = count_results(store, plan, arena, sum, error);
    if (code == RESULT_OK) {
        code = count_unpublished(store, plan, today, sum, error);
    }
    bool over = plan->scope.to != DATE_NONE && plan->scope.to < today;
    sum->late = over && plan->state == PLAN_LOCKED ? sum->missing : 0;
    return code;
}

/* ---- what is due ----------------------------------------------------------------------------- */

/* Sums one plan up, and adds it when it waits for something. */
static enum result add_due(struct store *store, int64_t id, date today, struct arena *arena,
                           struct outcome_due *dues, size_t *count, struct error *error) {
    struct plan plan;
    struct outcome_due *due = &dues[*count];
    enum result code = plan_load(store, id, arena, &plan, error);
    if (code == RESULT_OK) {
        *due = (struct outcome_due){.plan = id, .number = plan.number};
        code = outcome_sum(store, &plan, today, arena, &due->sum, error);
    }
    *count += code == RESULT_OK && (due->sum.late > 0 || due->sum.unpublished > 0) ? 1 : 0;
    return code;
}

/* Locked plans, and closed or extended ones with a result not made public. */
#define WAITING                                                                                    \
    "FROM plan p WHERE p.state = 'LOCKED' OR (p.state IN ('DRAWN', 'CLOSED') AND EXISTS (SELECT "  \
    "1 FROM "                                                                                      \
    "plan_unit u JOIN inspection_result r ON r.enterprise = u.enterprise AND r.task = p.number "   \
    "WHERE u.plan = p.id AND r.id NOT IN (SELECT result FROM plan_published)))"

enum result outcome_dues(struct store *store, date today, struct arena *arena,
                         struct outcome_due **dues, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    int64_t most = 0;
    bool row = true;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) " WAITING, NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        *dues = arena_alloc(arena, ((size_t)most + 1) * sizeof(**dues));
        code = *dues == NULL ? error_no_memory(error)
                             : store_query(&rows, store, "SELECT p.id " WAITING " ORDER BY p.id",
                                           NO_VALUES, error);
    }
    for (int64_t i = 0; code == RESULT_OK && i < most; i++) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = add_due(store, statement_int(rows, 0), today, arena, *dues, count, error);
    }
    statement_free(rows);
    return code;
}
