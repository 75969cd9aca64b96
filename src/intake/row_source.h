/* Rows of a table in a file, whatever the file is: readers of text, of workbooks and of JSON Lines
 * give the same rows, so that nothing behind them knows the format.
 *
 * Cells are texts: days are "2020-09-24", with a time behind them only where there is one; truth
 * values 是 and 否; numbers as a person sees them, unrounded; texts as they are. */
#ifndef XINFENG_INTAKE_ROW_SOURCE_H
#define XINFENG_INTAKE_ROW_SOURCE_H

#include "base/result.h"
#include "intake/row_sheet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One row. Borrowed from the source until its next call. */
struct row {
    const char *const *cells; /* UTF-8, never NULL */
    size_t count;             /* without the empty cells at the end */
    size_t width;             /* with them; of a sheet all columns there may be */
    int64_t line;             /* physical line (or sheet row) it starts on, from 1; 0: a header
                               * that no line holds (JSON Lines) */
    const bool *cut;          /* NULL, or for each cell what row_cell_cut tells */
};

/* The text of a cell; "" beyond the row's end. */
const char *row_cell(const struct row *row, size_t column);

/* True for a number of more than 15 digits, of which programs keep no more: what stood in the last
 * places is lost, so that such a cell must not be taken for a code. */
bool row_cell_cut(const struct row *row, size_t column);

struct row_source;

/* What a reader does. The four in the middle may be NULL. */
struct row_reader {
    const char *name; /* "CSV" */
    /* sheet: which one to read, NULL for the one that looks like data; NULL unless the reader has
     * sheets. */
    enum result (*open)(void **reader, const char *path, const char *sheet, struct error *error);
    enum result (*next)(void *reader, struct row *row, bool *more, struct error *error);
    uint64_t (*position)(const void *reader);
    uint64_t (*size)(const void *reader); /* what position comes to; NULL: the file's size */
    const char *(*encoding)(const void *reader);
    const struct row_sheet *(*sheets)(const void *reader, size_t *count);
    size_t (*sheet)(const void *reader);
    void (*close)(void *reader);
};

/* Opens a file with the reader that its content (not its name) asks for. sheet names a sheet of a
 * workbook, a hidden one too; NULL takes the one that looks like data: visible, and the first
 * unless a later one is far wider or longer. Free with row_source_free. Errors name the file and
 * what to do: not found, a folder, empty, no such sheet, a file that is no table, one that is
 * damaged or built to harm. */
enum result row_source_open(struct row_source **source, const char *path, const char *sheet,
                            struct error *error);

/* A source of the rows that a reader gives which is open already (its state, owned by the source
 * from now on unless this fails). path is what to call it. */
enum result row_source_wrap(struct row_source **source, const struct row_reader *reader,
                            void *state, const char *path, struct error *error);

/* True when the file is CSV in UTF-8 without a broken byte; then the bytes of its byte order mark
 * and its delimiter. */
bool row_source_plain_csv(const struct row_source *source, size_t *mark, char *delimiter);

/* Goes to the next row that is not blank; *more tells whether there is one. */
enum result row_source_next(struct row_source *source, struct row *row, bool *more,
                            struct error *error);

/* The format that was found: "CSV", "XLSX", "XLS", "SpreadsheetML", "JSON Lines". */
const char *row_source_format(const struct row_source *source);

/* The encoding of a text ("GB18030"); NULL for formats that settle it themselves. */
const char *row_source_encoding(const struct row_source *source);

/* The sheets in the order of their tabs; NULL and 0 for formats that have none. */
const struct row_sheet *row_source_sheets(const struct row_source *source, size_t *count);

/* The index of the sheet that is read; 0 for formats that have none. */
size_t row_source_sheet(const struct row_source *source);

/* What to call the table in a sentence, before a colon and the line: the path, and in a workbook of
 * several sheets the name of the one read: "file.xlsx[名单]". Owned by the source. */
const char *row_source_label(const struct row_source *source);

/* How far the reading is, of how much: bytes of the file, or of what it unpacks to. */
uint64_t row_source_position(const struct row_source *source);
uint64_t row_source_size(const struct row_source *source);

/* NULL is harmless. */
void row_source_free(struct row_source *source);

#endif
