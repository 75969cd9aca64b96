#include "score/handed.h"

#include "registry/handed_class.h"
#include "store/statement.h"

static enum result count_pairs(struct store *store, int64_t period, struct handed_matrix *matrix,
                               struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, store,
        "SELECT r.final_class, h.class, count(*) FROM handed_class h LEFT JOIN result r ON "
        "r.id = (h.period << 40 | h.enterprise) WHERE h.period = ? GROUP BY 1, 2",
        VALUES(value_int(period)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        enum risk_class own = risk_class_find(statement_text(rows, 0));
        enum risk_class handed = risk_class_find(statement_text(rows, 1));
        int64_t count = statement_int(rows, 2);
        if (own == CLASS_COUNT || handed == CLASS_COUNT) {
            matrix->only_handed += count;
            continue;
        }
        matrix->counts[own][handed] += count;
        *(own == handed ? &matrix->same : &matrix->different) += count;
    }
    statement_free(rows);
    return code;
}

enum result handed_matrix_load(struct store *store, int64_t period, struct handed_matrix *matrix,
                               struct error *error) {
    *matrix = (struct handed_matrix){0};
    enum result code = count_pairs(store, period, matrix, error);
    return code == RESULT_OK
               ? store_fetch_int(store,
                                 "SELECT count(*) FROM result r WHERE r.period = ?1 AND NOT EXISTS "
                                 "(SELECT 1 FROM handed_class h WHERE h.period = ?1 AND "
                                 "h.enterprise = r.enterprise)",
                                 VALUES(value_int(period)), 0, &matrix->only_own, error)
               : code;
}

enum result handed_rows_load(struct store *store, int64_t period, size_t most, struct arena *arena,
                             struct handed_row **rows, size_t *count, struct error *error) {
    struct statement *statement = NULL;
    bool row = true;
    *count = 0;
    *rows = NULL;
    enum result code = store_query(
        &statement, store,
        "SELECT coalesce(e.uscc, e.registration_number), e.name, r.final_class, h.class, r.total, "
        "h.score, s.name FROM handed_class h JOIN result r ON "
        "r.id = (h.period << 40 | h.enterprise) AND r.final_class <> h.class "
        "JOIN enterprise e ON e.id = h.enterprise JOIN source s ON "
        "s.id = h.source "
        "WHERE h.period = ? ORDER BY abs(unicode(r.final_class) - "
        "unicode(h.class)) DESC, "
        "h.class > r.final_class DESC, r.total DESC, e.id LIMIT ?",
        VALUES(value_int(period), value_int((int64_t)most)), error);
    size_t capacity = 0;
    while (code == RESULT_OK && (code = statement_step(statement, &row, error)) == RESULT_OK &&
           row) {
        if (*count == capacity) {
            size_t more = capacity == 0 ? 64 : capacity * 2;
            struct handed_row *grown = arena_alloc(arena, more * sizeof(*grown));
            if (grown == NULL) {
                code = error_no_memory(error);
                break;
            }
            for (size_t i = 0; i < *count; i++) {
                grown[i] = (*rows)[i];
            }
            *rows = grown;
            capacity = more;
        }
        (*rows)[(*count)++] = (struct handed_row){
            .uscc = arena_strdup(arena, statement_string(statement, 0)),
            .name = arena_strdup(arena, statement_string(statement, 1)),
            .own = risk_class_find(statement_text(statement, 2)),
            .handed = risk_class_find(statement_text(statement, 3)),
            .own_score = statement_int(statement, 4),
            .handed_score =
                statement_is_null(statement, 5) ? HANDED_NO_SCORE : statement_int(statement, 5),
            .source = arena_strdup(arena, statement_string(statement, 6)),
        };
    }
    statement_free(statement);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
