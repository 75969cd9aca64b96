#include "intake/batch_list.h"

#include "base/gettext.h"
#include "intake/reason.h"
#include "store/statement.h"

#include <string.h>

#define ENTRY_QUERY                                                                                \
    "SELECT id, kind, file, digest, format, encoding, sheet, profile, source, actor, at, as_of, "  \
    "rows_read, rows_inserted, rows_updated, rows_unchanged, rows_rejected, stubs, rows_skipped, " \
    "undone_by, undone_at, undone_reason, header FROM batch "

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
        .header = arena_strdup(arena, statement_string(row, 22)),
    };
}

/* The end of every list: the statement goes, and a text that found no memory is told. */
static enum result end_list(struct statement *rows, struct arena *arena, enum result code,
                            struct error *error) {
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* What a filter asks for, as parameters 1 to 3. */
#define FILTER_CONDITION                                                                           \
    "(?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR instr(lower(file), lower(?2)) > 0)"              \
    " AND (?3 = 0 OR (?3 = 1) = (undone_at IS NULL))"

enum result batch_list(struct store *store, const struct batch_filter *filter,
                       const struct batch_page *page, struct arena *arena,
                       struct batch_entry **entries, size_t *count, struct error *error) {
    static const struct batch_filter all = {0};
    const struct batch_filter *asked = filter == NULL ? &all : filter;
    struct statement *rows = NULL;
    bool row = true;
    int64_t key = page->key == 0 && !page->backward ? INT64_MAX : page->key;
    *count = 0;
    *entries = arena_alloc(arena, (page->most + 1) * sizeof(**entries));
    enum result code =
        *entries == NULL
            ? error_no_memory(error)
            : store_query(&rows, store,
                          page->backward ? ENTRY_QUERY "WHERE id > ?4 AND " FILTER_CONDITION
                                                       " ORDER BY id LIMIT ?5"
                                         : ENTRY_QUERY "WHERE id < ?4 AND " FILTER_CONDITION
                                                       " ORDER BY id DESC LIMIT ?5",
                          VALUES(value_text(asked->kind), value_text(asked->file),
                                 value_int(asked->state), value_int(key),
                                 value_int((int64_t)page->most)),
                          error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*entries)[(*count)++] = read_entry(rows, arena);
    }
    return end_list(rows, arena, code, error);
}

enum result batch_count(struct store *store, const struct batch_filter *filter, int64_t *count,
                        struct error *error) {
    static const struct batch_filter all = {0};
    const struct batch_filter *asked = filter == NULL ? &all : filter;
    return store_fetch_int(
        store, "SELECT count(*) FROM batch WHERE " FILTER_CONDITION,
        VALUES(value_text(asked->kind), value_text(asked->file), value_int(asked->state)), 0, count,
        error);
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

/* The queries of rows, by what they are and which way they go. Left to itself SQLite reads all
 * lines for the few of a rare reason. */
#define REJECT_QUERY "SELECT line, reason, sentence, name, code, text FROM reject "
#define REASON_QUERY                                                                               \
    REJECT_QUERY "INDEXED BY reject_reason WHERE batch = ?1 AND reason = ?2 AND line "
#define REMARK_QUERY                                                                               \
    "SELECT line, reason, sentence, NULL, NULL, NULL FROM remark"                                  \
    " WHERE batch = ?1 AND reason = ?2 AND line "
#define FORWARD "> ?3 ORDER BY line LIMIT ?4"
#define BACKWARD "< ?3 ORDER BY line DESC LIMIT ?4"

static const char *lines_query(bool remarks, bool one_reason, bool backward) {
    if (remarks) {
        return backward ? REMARK_QUERY BACKWARD : REMARK_QUERY FORWARD;
    }
    if (one_reason) {
        return backward ? REASON_QUERY BACKWARD : REASON_QUERY FORWARD;
    }
    return backward ? REJECT_QUERY "WHERE batch = ?1 AND ?2 IS NULL AND line " BACKWARD
                    : REJECT_QUERY "WHERE batch = ?1 AND ?2 IS NULL AND line " FORWARD;
}

enum result batch_lines(struct store *store, int64_t batch, bool remarks, const char *reason,
                        const struct batch_page *page, struct arena *arena,
                        struct batch_line **lines, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    int64_t key = page->key == 0 && page->backward ? INT64_MAX : page->key;
    *count = 0;
    *lines = arena_alloc(arena, (page->most + 1) * sizeof(**lines));
    enum result code =
        *lines == NULL
            ? error_no_memory(error)
            : store_query(&rows, store, lines_query(remarks, reason != NULL, page->backward),
                          VALUES(value_int(batch), value_text(reason), value_int(key),
                                 value_int((int64_t)page->most)),
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
