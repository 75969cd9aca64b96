#include "plan/visited.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <stdlib.h>

/* An enterprise that was drawn. */
struct visit {
    int64_t enterprise;
    int64_t in_year;
    int64_t last_batch; /* -1: none */
};

/* In the order of the enterprises' ids. */
struct visited {
    struct visit *items;
    size_t count;
    size_t capacity;
};

/* Visits of a year: units drawn, but for those that another stands in for, and inspections told by
 * files that no plan of ours drew. */
#define VISITED_QUERY                                                                              \
    "SELECT enterprise, count(*), max(batch) FROM ("                                               \
    "SELECT u.enterprise, CASE WHEN b.task = ?2 THEN b.place ELSE -1 END AS batch "                \
    "FROM plan p JOIN plan_unit u ON u.plan = p.id LEFT JOIN annual_batch b ON b.plan = p.id "     \
    "LEFT JOIN plan_extra x ON x.plan = p.id AND x.replaces = u.unit "                             \
    "WHERE x.unit IS NULL AND p.state IN ('DRAWN', 'LOCKED', 'CLOSED') AND "                       \
    "CAST(coalesce(nullif(substr(json_extract(p.scope, '$.from'), 1, 4), ''), "                    \
    "substr(p.drawn_at, 1, 4)) AS INTEGER) = ?1 "                                                  \
    "UNION ALL SELECT r.enterprise, -1 FROM (SELECT DISTINCT enterprise, task FROM "               \
    "inspection_result WHERE completed_on / 10000 = ?1) r WHERE NOT EXISTS (SELECT 1 FROM plan p " \
    "WHERE p.number = r.task)) GROUP BY enterprise ORDER BY enterprise"

static bool add(struct visited *visited, const struct visit *visit) {
    if (visited->count == visited->capacity) {
        size_t capacity = visited->capacity == 0 ? 1024 : visited->capacity * 2;
        struct visit *items = realloc(visited->items, capacity * sizeof(*items));
        if (items == NULL) {
            return false;
        }
        visited->items = items;
        visited->capacity = capacity;
    }
    visited->items[visited->count++] = *visit;
    return true;
}

enum result visited_load(struct visited **visited, struct store *store, int year, int64_t task,
                         struct error *error) {
    struct visited *made = calloc(1, sizeof(*made));
    struct statement *rows = NULL;
    bool row = true;
    *visited = NULL;
    enum result code = made == NULL ? error_no_memory(error)
                                    : store_query(&rows, store, VISITED_QUERY,
                                                  VALUES(value_int(year), value_int(task)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        const struct visit visit = {statement_int(rows, 0), statement_int(rows, 1),
                                    statement_int(rows, 2)};
        code = add(made, &visit) ? RESULT_OK : error_no_memory(error);
    }
    statement_free(rows);
    if (code != RESULT_OK) {
        visited_free(made);
        return code;
    }
    *visited = made;
    return RESULT_OK;
}

static int compare(const void *key, const void *item) {
    int64_t enterprise = *(const int64_t *)key;
    int64_t other = ((const struct visit *)item)->enterprise;
    return enterprise < other ? -1 : enterprise > other;
}

static const struct visit *find(const struct visited *visited, int64_t enterprise) {
    return visited->count == 0 ? NULL
                               : bsearch(&enterprise, visited->items, visited->count,
                                         sizeof(*visited->items), compare);
}

int64_t visited_in_year(const struct visited *visited, int64_t enterprise) {
    const struct visit *visit = find(visited, enterprise);
    return visit == NULL ? 0 : visit->in_year;
}

int64_t visited_last_batch(const struct visited *visited, int64_t enterprise) {
    const struct visit *visit = find(visited, enterprise);
    return visit == NULL ? -1 : visit->last_batch;
}

/* Scopes meet when of their regions, and of their industries, one begins the other. */
#define FROZEN_QUERY                                                                               \
    "SELECT number FROM (SELECT id, number, coalesce(json_extract(scope, '$.region'), '') r, "     \
    "coalesce(json_extract(scope, '$.industry'), '') i FROM plan "                                 \
    "WHERE state IN ('FROZEN', 'COMMITTED', 'SEEDED')) WHERE id <> ?1 AND "                        \
    "substr(r, 1, min(length(r), length(?2))) = substr(?2, 1, min(length(r), length(?2))) AND "    \
    "substr(i, 1, min(length(i), length(?3))) = substr(?3, 1, min(length(i), length(?3))) "        \
    "ORDER BY id LIMIT 1"

enum result visited_settled(struct store *store, const struct plan *plan, struct error *error) {
    const struct plan_scope *scope = &plan->scope;
    char *number = NULL;
    enum result code = store_fetch_text(
        store, FROZEN_QUERY,
        VALUES(value_int(plan->id), value_text(scope->region == NULL ? "" : scope->region),
               value_text(scope->industry == NULL ? "" : scope->industry)),
        &number, error);
    if (code == RESULT_OK && number != NULL) {
        code = error_set(error, RESULT_REFUSED,
                         _("Plan %s is frozen and not drawn yet; draw it before plan %s is frozen, "
                           "so that nobody is drawn more often than may be."),
                         number, plan->number);
    }
    free(number);
    return code;
}

void visited_free(struct visited *visited) {
    if (visited != NULL) {
        free(visited->items);
        free(visited);
    }
}
