/* Reads CSV on libcsv: any encoding of intake/encoding.h, comma, tab or semicolon (sniffed), line
 * breaks inside quotes, real line numbers, bounded memory. */
#ifndef XINFENG_INTAKE_CSV_READER_H
#define XINFENG_INTAKE_CSV_READER_H

#include "base/buffer.h"
#include "intake/row_source.h"

/* No row is longer (1 MiB) or wider (the columns of a workbook): a longer one is an unclosed
 * quote or no table. */
#define CSV_ROW_BYTES_MAX ((size_t)1 << 20)
#define CSV_ROW_CELLS_MAX ((size_t)16384)

extern const struct row_reader csv_reader;

/* True for a reader of the above whose file is UTF-8 without a broken byte; then the bytes of its
 * byte order mark and its delimiter. */
bool csv_reader_plain(const void *reader, size_t *mark, char *delimiter);

/* One row of CSV held in memory, taken apart. All zero is a fresh one; it can be used again and
 * again. */
struct csv_line {
    const char **cells; /* count of them; borrowed until the next row */
    size_t count;
    size_t capacity;
    struct buffer text;
};

/* Takes a row apart that csv_append_row wrote; false when memory is short. */
bool csv_line_parse(struct csv_line *line, const char *text);

/* Releases what it holds. */
void csv_line_free(struct csv_line *line);

/* True for a cell that holds nothing but blanks (also wide and unbreakable ones): at the end of a
 * row it is as good as none. */
bool csv_is_empty(const char *cell);

/* Appends one cell as CSV, quoted where it must be. */
void csv_append_cell(struct buffer *buffer, const char *cell);

/* Appends the cells of a row with commas between them, no line end. */
void csv_append_row(struct buffer *buffer, const struct row *row);

#endif
