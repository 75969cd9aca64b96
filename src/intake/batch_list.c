#include "intake/batch_list.h"

#include "base/gettext.h"
#include "intake/reason.h"
#include "store/statement.h"

#include <string.h>

#define ENTRY_QUERY                                                                                \
    "SELECT id, kind, file, digest, format, encoding, sheet, profile, source, actor, at, as_of, "  \
    "rows_read, rows_inserted, rows_updated, rows_unchanged, rows_rejected, stubs, rows_skipped, " \
    "undone_by, undone_at, undone_reason FROM batch "

static struct batch_entry read_entry(struct statement *row, struct arena *arena) {
    return (struct batch_entry){
        .id = statement_int(row, 0),
        .kind = arena_strdup(arena, statement_string(row, 1)),
        .file = arena_strdup(arena, statement_string(row, 2)),
        .digest = arena_strdup(arena, statement_string(row, 3)),
        .format = arena_strdup(arena, statement_string(row, 4)),
        .encoding = arena_strdup(arena, statement_text(row, 5)),
        .sheet = arena_strdup(arena, statement_text(row, 6)),
        .profile = arena_strdup(arena, statement_string(row, 7)),
        .source = arena_strdup(arena, statement_string(row, 8)),
        .actor = arena_strdup(arena, statement_string(row, 9)),
        .at = arena_strdup(arena, statement_string(row, 10)),
        .as_of = statement_date(row, 11),
        .read = statement_int(row, 12),
        .inserted = statement_int(row, 13),
        .updated = statement_int(row, 14),
        .unchanged = statement_int(row, 15),
        .rejected = statement_int(row, 16),
        .stubs = statement_int(row, 17),
        .skipped = statement_int(row, 18),
        .undone_by = arena_strdup(arena, statement_text(row, 19)),
        .undone_at = arena_strdup(arena, statement_text(row, 20)),
        .undone_reason = arena_strdup(arena, statement_text(row, 21)),
    };
}

/* The end of every list: the statement goes, and a text that found no memory is told. */
static enum result end_list(struct statement *rows, struct arena *arena, enum result code,
                            struct error *error) {
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result batch_list(struct store *store, int64_t before, size_t most, struct arena *arena,
                       struct batch_entry **entries, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    *entries = arena_alloc(arena, (most + 1) * sizeof(**entries));
    enum result code =
        *entries == NULL
            ? error_no_memory(error)
            : store_query(
                  &rows, store, ENTRY_QUERY "WHERE id < ? ORDER BY id DESC LIMIT ?",
                  VALUES(value_int(before == 0 ? INT64_MAX : before), value_int((int64_t)most)),
                  error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*entries)[(*count)++] = read_entry(rows, arena);
    }
    return end_list(rows, arena, code, error);
}

enum result batch_load(struct store *store, int64_t id, struct arena *arena,
                       struct batch_entry *entry, struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, store, ENTRY_QUERY "WHERE id = ?", VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no intake number %lld; see \"xinfeng batch list\"."),
                         (long long)id);
    } else if (code == RESULT_OK) {
        *entry = read_entry(rows, arena);
    }
    return end_list(rows, arena, code, error);
}

enum result batch_reasons(struct store *store, int64_t batch, bool remarks, struct arena *arena,
                          struct batch_reason **reasons, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    size_t most = remarks ? REMARK_END : REASON_END;
    *count = 0;
    *reasons = arena_alloc(arena, most * sizeof(**reasons));
    enum result code =
        *reasons == NULL
            ? error_no_memory(error)
            : store_query(&rows, store,
                          remarks ? "SELECT reason, count(*) FROM remark WHERE batch = ?"
                                    " GROUP BY reason ORDER BY 2 DESC, 1"
                                  : "SELECT reason, count(*) FROM reject WHERE batch = ?"
                                    " GROUP BY reason ORDER BY 2 DESC, 1",
                          VALUES(value_int(batch)), error);
    while (code == RESULT_OK && *count < most &&
           (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        const char *reason = arena_strdup(arena, statement_string(rows, 0));
        (*reasons)[(*count)++] = (struct batch_reason){
            .code = reason,
            .title = reason == NULL ? "" : reason_title_of(reason, remarks),
            .count = statement_int(rows, 1),
        };
    }
    return end_list(rows, arena, code, error);
}

enum result batch_lines(struct store *store, int64_t batch, bool remarks, const char *reason,
                        int64_t after, size_t most, struct arena *arena, struct batch_line **lines,
                        size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    *lines = arena_alloc(arena, (most + 1) * sizeof(**lines));
    enum result code =
        *lines == NULL
            ? error_no_memory(error)
            : store_query(&rows, store,
                          remarks
                              ? "SELECT line, reason, sentence, NULL, NULL, NULL FROM remark"
                                " WHERE batch = ?1 AND line > ?2 AND (?3 IS NULL OR reason = ?3)"
                                " ORDER BY line LIMIT ?4"
                              : "SELECT line, reason, sentence, name, code, text FROM reject"
                                " WHERE batch = ?1 AND line > ?2 AND (?3 IS NULL OR reason = ?3)"
                                " ORDER BY line LIMIT ?4",
                          VALUES(value_int(batch), value_int(after), value_text(reason),
                                 value_int((int64_t)most)),
                          error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        const char *found = arena_strdup(arena, statement_string(rows, 1));
        (*lines)[(*count)++] = (struct batch_line){
            .line = statement_int(rows, 0),
            .reason = found,
            .title = found == NULL ? "" : reason_title_of(found, remarks),
            .sentence = arena_strdup(arena, statement_string(rows, 2)),
            .name = arena_strdup(arena, statement_text(rows, 3)),
            .code = arena_strdup(arena, statement_text(rows, 4)),
            .text = arena_strdup(arena, statement_text(rows, 5)),
        };
    }
    return end_list(rows, arena, code, error);
}

enum result batch_names(struct store *store, int64_t batch, int64_t after, size_t most,
                        struct arena *arena, struct batch_name **names, size_t *count,
                        struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    *names = arena_alloc(arena, (most + 1) * sizeof(**names));
    enum result code =
        *names == NULL
            ? error_no_memory(error)
            : store_query(&rows, store,
                          "SELECT r.name, ifnull(r.code, ''), count(*), min(r.line) AS first"
                          " FROM reject r WHERE r.batch = ?1 AND r.name IS NOT NULL"
                          " AND r.reason IN ('unknown_name', 'ambiguous_name', 'no_code')"
                          " AND NOT EXISTS (SELECT 1 FROM match_decision d WHERE d.name = r.name"
                          " AND d.code = ifnull(r.code, '') AND d.withdrawn_at IS NULL)"
                          " GROUP BY r.name, r.code HAVING first > ?2 ORDER BY first LIMIT ?3",
                          VALUES(value_int(batch), value_int(after), value_int((int64_t)most)),
                          error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*names)[(*count)++] = (struct batch_name){
            .name = arena_strdup(arena, statement_string(rows, 0)),
            .code = arena_strdup(arena, statement_string(rows, 1)),
            .rows = statement_int(rows, 2),
            .line = statement_int(rows, 3),
        };
    }
    return end_list(rows, arena, code, error);
}
