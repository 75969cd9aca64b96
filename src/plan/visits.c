#include "plan/visits.h"

#include "store/statement.h"

/* Units that still wait for a visit, with what their plans say. */
#define WAITING                                                                                    \
    "WITH waiting AS (SELECT u.enterprise, u.unit, u.name, p.number, "                             \
    "json_extract(p.scope, '$.matter') AS matter, json_extract(p.scope, '$.department') AS "       \
    "department FROM plan p JOIN plan_unit u ON u.plan = p.id WHERE p.state IN ('DRAWN', "         \
    "'LOCKED') AND CAST(substr(p.drawn_at, 1, 4) AS INTEGER) = ?1 AND NOT EXISTS (SELECT 1 FROM "  \
    "inspection_result r WHERE r.enterprise = u.enterprise AND r.task = p.number) AND NOT EXISTS " \
    "(SELECT 1 FROM plan_extra x WHERE x.plan = p.id AND x.replaces = u.unit) ORDER BY p.number) "
#define MERGED "FROM waiting w GROUP BY w.enterprise HAVING count(DISTINCT w.number) > 1"

enum result visits_load(struct store *store, int year, struct arena *arena,
                        struct merged_visit **visits, size_t *count, int64_t *saved,
                        struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    int64_t most = 0;
    const struct value values[] = {value_int(year)};
    *count = 0;
    *saved = 0;
    enum result code = store_fetch_int(store, WAITING "SELECT count(*) FROM (SELECT 1 " MERGED ")",
                                       values, 1, 0, &most, error);
    if (code == RESULT_OK) {
        *visits = arena_alloc(arena, ((size_t)most + 1) * sizeof(**visits));
        code = *visits == NULL
                   ? error_no_memory(error)
                   : store_query(&rows, store,
                                 WAITING "SELECT w.enterprise, min(w.unit), min(w.name), (SELECT "
                                         "ifnull(region, '') FROM enterprise WHERE id = "
                                         "w.enterprise), count(DISTINCT w.number), "
                                         "group_concat(w.number, ' '), group_concat(w.matter, "
                                         "'、'), group_concat(DISTINCT w.department) " MERGED
                                         " ORDER BY 5 DESC, 2",
                                 values, 1, error);
    }
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct merged_visit *one = &(*visits)[(*count)++];
        *one = (struct merged_visit){
            .enterprise = statement_int(rows, 0),
            .unit = arena_strdup(arena, statement_string(rows, 1)),
            .name = arena_strdup(arena, statement_string(rows, 2)),
            .region = arena_strdup(arena, statement_string(rows, 3)),
            .plans = statement_int(rows, 4),
            .numbers = arena_strdup(arena, statement_string(rows, 5)),
            .matters = arena_strdup(arena, statement_string(rows, 6)),
            .departments = arena_strdup(arena, statement_string(rows, 7)),
        };
        *saved += one->plans - 1;
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
