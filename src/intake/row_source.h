/* Rows of a table in a file, whatever the file is. Readers (CSV now, workbooks beside it) give the
 * same rows, so that nothing behind them knows the format. */
#ifndef XINFENG_INTAKE_ROW_SOURCE_H
#define XINFENG_INTAKE_ROW_SOURCE_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One row. Borrowed from the source until its next call. */
struct row {
    const char *const *cells; /* UTF-8, never NULL */
    size_t count;             /* without the empty cells at the end */
    size_t width;             /* with them */
    int64_t line;             /* physical line (or sheet row) it starts on, from 1 */
};

/* The text of a cell; "" beyond the row's end. */
const char *row_cell(const struct row *row, size_t column);

struct row_source;

/* What a reader does. */
struct row_reader {
    const char *name; /* "CSV" */
    enum result (*open)(void **reader, const char *path, struct error *error);
    enum result (*next)(void *reader, struct row *row, bool *more, struct error *error);
    uint64_t (*position)(const void *reader);
    void (*close)(void *reader);
};

/* Opens a file with the reader that its content (not its name) asks for. Free with
 * row_source_free. Errors name the file and what to do: not found, a folder, empty, a workbook
 * that no reader takes, bytes that are no text. */
enum result row_source_open(struct row_source **source, const char *path, struct error *error);

/* Goes to the next row that is not blank; *more tells whether there is one. */
enum result row_source_next(struct row_source *source, struct row *row, bool *more,
                            struct error *error);

/* Bytes read so far, and the size of the file: how far the reading is. */
uint64_t row_source_position(const struct row_source *source);
uint64_t row_source_size(const struct row_source *source);

/* NULL is harmless. */
void row_source_free(struct row_source *source);

#endif
