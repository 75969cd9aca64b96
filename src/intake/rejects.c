#include "intake/rejects.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/gettext.h"
#include "base/out_file.h"
#include "book/plain_book.h"
#include "intake/batch_names.h"
#include "intake/csv_reader.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The columns before the file's own. They are Chinese whatever the language, as the headers of the
 * files are. */
#define REASON_HEADER "原因"
#define LINE_HEADER "行号"
#define OWN_COLUMNS 2

/* Width of the reasons in a workbook, in columns of text. */
#define REASON_WIDTH 60

/* Rejects being written, whatever the format. */
struct writing {
    struct store *store;
    int64_t batch;
    enum rejects_part part;
    const char *path;
    const char *header; /* of the file's own columns, as CSV */
    struct arena *arena;
    struct csv_line line; /* a row of the file taken apart again */
    const char **cells;
    size_t capacity;
    struct plain_book *book; /* NULL: CSV */
    FILE *file;
    int64_t rows;
};

size_t rejects_columns(const char *const *headers, size_t count) {
    return count >= OWN_COLUMNS && strcmp(headers[0], REASON_HEADER) == 0 &&
                   strcmp(headers[1], LINE_HEADER) == 0
               ? OWN_COLUMNS
               : 0;
}

/* Takes a row apart behind two cells; *count cells in writing->cells. */
static enum result take_apart(struct writing *writing, const char *first, const char *second,
                              const char *text, size_t *count, struct error *error) {
    if (!csv_line_parse(&writing->line, text)) {
        return error_no_memory(error);
    }
    *count = writing->line.count + OWN_COLUMNS;
    if (*count > writing->capacity) {
        const char **cells = realloc(writing->cells, *count * sizeof(*cells));
        if (cells == NULL) {
            return error_no_memory(error);
        }
        writing->cells = cells;
        writing->capacity = *count;
    }
    writing->cells[0] = first;
    writing->cells[1] = second;
    for (size_t i = 0; i < writing->line.count; i++) {
        writing->cells[OWN_COLUMNS + i] = writing->line.cells[i];
    }
    return RESULT_OK;
}

/* ---- two formats ------------------------------------------------------------------------------
 */

static enum result begin_book(struct writing *writing, const char *part, const char *folder,
                              struct error *error) {
    size_t count = 0;
    enum result code =
        take_apart(writing, REASON_HEADER, LINE_HEADER, writing->header, &count, error);
    const struct plain_book_head head = {.title = _("Rows not taken in"),
                                         .sheet = _("Rows not taken in"),
                                         .headers = writing->cells,
                                         .count = count,
                                         .first_width = REASON_WIDTH};
    return code == RESULT_OK ? plain_book_new(&writing->book, part, folder, &head, error) : code;
}

static enum result put_book_row(struct writing *writing, const char *sentence, int64_t line,
                                const char *text, struct error *error) {
    char number[24];
    char what[64];
    size_t count = 0;
    snprintf(number, sizeof(number), "%lld", (long long)line);
    snprintf(what, sizeof(what), _("Row %lld"), (long long)line);
    enum result code = take_apart(writing, sentence, number, text, &count, error);
    return code == RESULT_OK ? plain_book_put(writing->book, writing->cells, count, what, error)
                             : code;
}

static enum result begin_csv(struct writing *writing, const char *part, struct error *error) {
    writing->file = fopen(part, "wb");
    if (writing->file == NULL) {
        return error_from_errno(error, _("write"), writing->path);
    }
    fprintf(writing->file, "\xEF\xBB\xBF" REASON_HEADER "," LINE_HEADER ",%s\r\n", writing->header);
    return RESULT_OK;
}

static enum result put_csv_row(struct writing *writing, const char *sentence, int64_t line,
                               const char *text, struct error *error) {
    struct buffer row = BUFFER_INIT;
    csv_append_cell(&row, sentence);
    buffer_printf(&row, ",%lld,%s\r\n", (long long)line, text);
    bool whole = !row.failed;
    fputs(buffer_text(&row), writing->file);
    buffer_free(&row);
    return whole ? RESULT_OK : error_no_memory(error);
}

/* Ends the file; the first failure counts. */
static enum result end_file(struct writing *writing, enum result code, struct error *error) {
    if (writing->book != NULL) {
        struct error later = ERROR_INIT;
        enum result closed = plain_book_close(writing->book, code == RESULT_OK ? error : &later);
        error_clear(&later);
        code = code == RESULT_OK ? closed : code;
    }
    if (writing->file != NULL) {
        bool whole = fflush(writing->file) == 0 && !ferror(writing->file);
        whole = fclose(writing->file) == 0 && whole;
        if (code == RESULT_OK && !whole) {
            code = error_from_errno(error, _("write"), writing->path);
        }
    }
    return code;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static enum result put_rows(struct writing *writing, struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, writing->store,
                    writing->part == REJECTS_WAITING
                        ? "SELECT line, sentence, text FROM reject WHERE batch = ?"
                          " AND " BATCH_NAMES_WAIT " ORDER BY line"
                        : "SELECT line, sentence, text FROM reject WHERE batch = ? ORDER BY line",
                    VALUES(value_int(writing->batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        code = (writing->book != NULL ? put_book_row : put_csv_row)(
            writing, statement_string(rows, 1), statement_int(rows, 0), statement_string(rows, 2),
            error);
        writing->rows++;
    }
    statement_free(rows);
    return code;
}

static bool is_csv(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcasecmp(dot, ".csv") == 0;
}

static enum result write_part(void *context, const char *part, const char *folder,
                              struct error *error) {
    struct writing *writing = context;
    enum result code = is_csv(writing->path) ? begin_csv(writing, part, error)
                                             : begin_book(writing, part, folder, error);
    if (code == RESULT_OK) {
        code = put_rows(writing, error);
    }
    return end_file(writing, code, error);
}

enum result rejects_write(struct store *store, int64_t batch, enum rejects_part part,
                          const char *path, int64_t *rows, struct error *error) {
    struct writing writing = {.store = store, .batch = batch, .part = part, .path = path};
    char *header = NULL;
    enum result code = store_fetch_text(store, "SELECT header FROM batch WHERE id = ?",
                                        VALUES(value_int(batch)), &header, error);
    if (code == RESULT_OK && header == NULL) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no intake number %lld; see \"xinfeng batch list\"."),
                         (long long)batch);
    }
    if (code == RESULT_OK) {
        writing.header = header;
        writing.arena = arena_new();
        code = writing.arena == NULL ? error_no_memory(error)
                                     : out_file_make(path, write_part, &writing, error);
    }
    if (rows != NULL) {
        *rows = writing.rows;
    }
    csv_line_free(&writing.line);
    free(writing.cells);
    arena_free(writing.arena);
    free(header);
    return code;
}
