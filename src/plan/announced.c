#include "plan/announced.h"

#include "store/statement.h"

#include <string.h>

enum result announced_units(struct store *store, const struct plan *plan, struct arena *arena,
                            struct announced_unit **units, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    size_t room = (size_t)plan->drawn;
    *count = 0;
    *units = arena_alloc(arena, (room + 1) * sizeof(**units));
    if (*units == NULL) {
        return error_no_memory(error);
    }
    enum result code = store_query(
        &rows, store, "SELECT unit, name, ticket FROM plan_unit WHERE plan = ? ORDER BY unit",
        VALUES(value_int(plan->id)), error);
    while (code == RESULT_OK && *count < room) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        (*units)[(*count)++] = (struct announced_unit){
            .unit = arena_strdup(arena, statement_string(rows, 0)),
            .name = arena_strdup(arena, statement_string(rows, 1)),
            .ticket = arena_strdup(arena, statement_string(rows, 2)),
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* What both questions about results ask. */
#define RESULTS                                                                                    \
    " FROM plan_unit u JOIN inspection_result r ON r.enterprise = u.enterprise "                   \
    "WHERE u.plan = ? AND r.task = ?"

enum result announced_results(struct store *store, const struct plan *plan, struct arena *arena,
                              struct announced_result **rows, size_t *count, size_t *checked,
                              struct error *error) {
    struct statement *found = NULL;
    bool row = true;
    int64_t room = 0;
    *count = 0;
    *checked = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*)" RESULTS,
                        VALUES(value_int(plan->id), value_text(plan->number)), 0, &room, error);
    if (code == RESULT_OK) {
        *rows = arena_alloc(arena, ((size_t)room + 1) * sizeof(**rows));
        code = *rows == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(&found, store,
                           "SELECT u.unit, u.name, r.matter, r.result, r.completed_on" RESULTS
                           " ORDER BY u.unit, r.completed_on, r.matter",
                           VALUES(value_int(plan->id), value_text(plan->number)), error);
    }
    while (code == RESULT_OK && *count < (size_t)room) {
        code = statement_step(found, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct announced_result *one = &(*rows)[(*count)++];
        *one = (struct announced_result){
            .unit = arena_strdup(arena, statement_string(found, 0)),
            .name = arena_strdup(arena, statement_string(found, 1)),
            .matter = arena_strdup(arena, statement_string(found, 2)),
            .result = arena_strdup(arena, statement_string(found, 3)),
            .completed_on = statement_date(found, 4),
        };
        bool known = *count > 1 && one->unit != NULL && one[-1].unit != NULL &&
                     strcmp(one->unit, one[-1].unit) == 0;
        *checked += known ? 0 : 1;
    }
    statement_free(found);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
