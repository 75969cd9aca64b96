#include "plan/statistics.h"

#include "registry/inspection_code.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>

/* The units of the plans of a span: plan, class, stratum, matter, department, whether a result is
 * in, and whether it is against the enterprise (its fact has a level above 0). */
#define UNITS                                                                                      \
    "WITH unit AS (SELECT p.id AS plan, u.class, u.stratum, ifnull(json_extract(p.scope, "         \
    "'$.matter'), '') AS matter, ifnull(json_extract(p.scope, '$.department'), '') AS "            \
    "department, EXISTS (SELECT 1 FROM inspection_result r WHERE r.enterprise = u.enterprise AND " \
    "r.task = p.number) AS checked, EXISTS (SELECT 1 FROM inspection_result r WHERE r.enterprise " \
    "= u.enterprise AND r.task = p.number AND r.result IN (SELECT value FROM json_each(?3))) AS "  \
    "found FROM plan p JOIN plan_unit u ON u.plan = p.id WHERE p.state IN ('DRAWN', 'LOCKED', "    \
    "'CLOSED') AND substr(p.drawn_at, 1, 10) BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM "     \
    "plan_extra x WHERE x.plan = p.id AND x.replaces = u.unit)) "

/* The words of results that are against an enterprise, as a JSON list on the heap. */
static char *problems_json(void) {
    size_t count = 0;
    const struct inspection_code *codes = inspection_codes(INSPECTION_RESULTS, &count);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (codes[i].level > 0) {
            json_array_append_new(array, json_string(codes[i].word));
        }
    }
    char *text = array == NULL ? NULL : json_dumps(array, JSON_COMPACT);
    json_decref(array);
    return text;
}

/* What asking takes. */
struct asking {
    struct store *store;
    struct arena *arena;
    struct value values[3];
};

/* Reads rows of name, plans, drawn, checked, found. */
static enum result read_rows(const struct asking *asking, const char *sql, const char *count_sql,
                             struct statistics_row **items, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    int64_t most = 0;
    *count = 0;
    enum result code =
        store_fetch_int(asking->store, count_sql, asking->values, 3, 0, &most, error);
    *items = arena_alloc(asking->arena, ((size_t)most + 1) * sizeof(**items));
    if (code == RESULT_OK) {
        code = *items == NULL ? error_no_memory(error)
                              : store_query(&rows, asking->store, sql, asking->values, 3, error);
    }
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        (*items)[(*count)++] = (struct statistics_row){
            .name = arena_strdup(asking->arena, statement_string(rows, 0)),
            .plans = statement_int(rows, 1),
            .drawn = statement_int(rows, 2),
            .checked = statement_int(rows, 3),
            .found = statement_int(rows, 4),
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(asking->arena) ? error_no_memory(error) : code;
}

#define SUMS "count(DISTINCT plan), count(*), sum(checked), sum(found) FROM unit"

static enum result load_classes(const struct asking *asking, struct statistics *statistics,
                                struct error *error) {
    struct statistics_row *rows = NULL;
    size_t count = 0;
    enum result code =
        read_rows(asking, UNITS "SELECT class, " SUMS " GROUP BY class",
                  UNITS "SELECT count(DISTINCT class) FROM unit", &rows, &count, error);
    for (int i = 0; i < CLASS_COUNT; i++) {
        statistics->classes[i].name = risk_class_letter((enum risk_class)i);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        enum risk_class risk_class = risk_class_find(rows[i].name);
        if (risk_class < CLASS_COUNT) {
            statistics->classes[risk_class] = rows[i];
        }
    }
    if (code == RESULT_OK) {
        code = read_rows(asking, UNITS "SELECT '', " SUMS, UNITS "SELECT 1 FROM (SELECT 1) LIMIT 1",
                         &rows, &count, error);
    }
    if (code == RESULT_OK && count > 0) {
        statistics->all = rows[0];
    }
    return code;
}

/* Strata of all plans of the span, for the estimate. */
static enum result load_estimate(const struct asking *asking, struct statistics *statistics,
                                 struct error *error) {
    struct statistics_row *rows = NULL;
    size_t count = 0;
    enum result code = read_rows(
        asking,
        UNITS "SELECT s.code, s.population, count(*), sum(u.checked), sum(u.found) FROM unit u "
              "JOIN plan_stratum s ON s.plan = u.plan AND s.code = u.stratum GROUP BY u.plan, "
              "u.stratum",
        UNITS "SELECT count(*) FROM (SELECT 1 FROM unit GROUP BY plan, stratum)", &rows, &count,
        error);
    struct estimate_stratum *strata = arena_alloc(asking->arena, (count + 1) * sizeof(*strata));
    if (code == RESULT_OK && strata == NULL) {
        code = error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        strata[i] = (struct estimate_stratum){rows[i].plans, rows[i].checked, rows[i].found};
    }
    if (code == RESULT_OK) {
        statistics->estimate = estimate_stratified(strata, count);
    }
    return code;
}

#define DEPARTMENTS                                                                                \
    "SELECT DISTINCT department FROM (SELECT department FROM unit UNION SELECT department FROM "   \
    "inspector WHERE department <> '')"

static enum result ask(const struct asking *asking, struct statistics *statistics,
                       struct error *error) {
    enum result code = load_classes(asking, statistics, error);
    if (code == RESULT_OK) {
        code = read_rows(asking, UNITS "SELECT matter, " SUMS " GROUP BY matter ORDER BY matter",
                         UNITS "SELECT count(DISTINCT matter) FROM unit", &statistics->matters,
                         &statistics->matter_count, error);
    }
    if (code == RESULT_OK) {
        code = read_rows(asking,
                         UNITS "SELECT d.department, count(DISTINCT u.plan), count(u.plan), "
                               "ifnull(sum(u.checked), 0), ifnull(sum(u.found), 0) FROM "
                               "(" DEPARTMENTS ") d LEFT JOIN unit u ON u.department = "
                               "d.department GROUP BY d.department ORDER BY d.department",
                         UNITS "SELECT count(*) FROM (" DEPARTMENTS ")", &statistics->departments,
                         &statistics->department_count, error);
    }
    return code == RESULT_OK ? load_estimate(asking, statistics, error) : code;
}

enum result statistics_load(struct store *store, date from, date to, struct arena *arena,
                            struct statistics *statistics, struct error *error) {
    char first[DATE_TEXT_SIZE];
    char last[DATE_TEXT_SIZE];
    char *problems = problems_json();
    *statistics = (struct statistics){.all = {.name = ""}};
    if (problems == NULL) {
        return error_no_memory(error);
    }
    const struct asking asking = {.store = store,
                                  .arena = arena,
                                  .values = {value_text(date_format(from, first)),
                                             value_text(date_format(to, last)),
                                             value_text(problems)}};
    enum result code = ask(&asking, statistics, error);
    free(problems);
    return code;
}
