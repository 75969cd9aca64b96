#include "intake/batch_names.h"

#include "store/statement.h"

/* The names of a batch (parameter 1) that nobody decided about. */
#define NAMES_QUERY                                                                                \
    "SELECT name, ifnull(code, ''), count(*), min(line) AS first FROM reject"                      \
    " WHERE batch = ?1 AND " BATCH_NAMES_CONDITION                                                 \
    " AND NOT EXISTS (SELECT 1 FROM match_decision d WHERE d.name = reject.name"                   \
    " AND d.code = ifnull(reject.code, '') AND d.withdrawn_at IS NULL) GROUP BY name, code"

enum result batch_names(struct store *store, int64_t batch, const struct batch_page *page,
                        struct arena *arena, struct batch_name **names, size_t *count,
                        struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    int64_t key = page->key == 0 && page->backward ? INT64_MAX : page->key;
    *count = 0;
    *names = arena_alloc(arena, (page->most + 1) * sizeof(**names));
    enum result code =
        *names == NULL
            ? error_no_memory(error)
            : store_query(
                  &rows, store,
                  page->backward ? NAMES_QUERY " HAVING first < ?2 ORDER BY first DESC LIMIT ?3"
                                 : NAMES_QUERY " HAVING first > ?2 ORDER BY first LIMIT ?3",
                  VALUES(value_int(batch), value_int(key), value_int((int64_t)page->most)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*names)[(*count)++] = (struct batch_name){
            .name = arena_strdup(arena, statement_string(rows, 0)),
            .code = arena_strdup(arena, statement_string(rows, 1)),
            .rows = statement_int(rows, 2),
            .line = statement_int(rows, 3),
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result batch_names_count(struct store *store, int64_t batch, struct batch_names_left *left,
                              struct error *error) {
    *left = (struct batch_names_left){0};
    enum result code = store_fetch_int(store, "SELECT count(*) FROM (" NAMES_QUERY ")",
                                       VALUES(value_int(batch)), 0, &left->names, error);
    return code == RESULT_OK ? store_fetch_int(store,
                                               "SELECT count(*) FROM reject WHERE batch = ?1"
                                               " AND " BATCH_NAMES_WAIT,
                                               VALUES(value_int(batch)), 0, &left->waiting, error)
                             : code;
}
