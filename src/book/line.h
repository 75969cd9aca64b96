/* A row of a sheet being put together from its cells, whatever the format of the file. */
#ifndef XINFENG_BOOK_LINE_H
#define XINFENG_BOOK_LINE_H

#include "base/buffer.h"
#include "book/merges.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No sheet has more. */
#define BOOK_MOST_ROWS 1048576
#define BOOK_MOST_COLUMNS 16384

/* A row as book_line_finish gives it: cells from the first column on, "" for empty ones. */
struct book_line_row {
    uint32_t row; /* from 0 */
    const char *const *cells;
    const bool *cut; /* numbers that lost digits (book_number_write), one for each cell */
    size_t count;    /* without the empty cells at the end; 0: nothing stands in the row */
};

struct book_line;

/* A line for the sheets of the file at path, which has to live on; NULL when memory is short. Free
 * with book_line_free. */
struct book_line *book_line_new(const char *path);

/* Forgets all of the sheet before. */
void book_line_reset(struct book_line *line);

/* The merged cells of the sheet: add to them and start them before the first row, or add a row's
 * own before it is finished. */
struct book_merges *book_line_merges(struct book_line *line);

/* Begins a row; below the last one. */
void book_line_begin(struct book_line *line, uint32_t row);

/* Where the text of the next cell is to be written; book_line_put takes what was. */
struct buffer *book_line_text(struct book_line *line);

/* Puts what was written as a cell (from 0). RESULT_INVALID when the row holds more than any. */
enum result book_line_put(struct book_line *line, uint32_t column, bool cut, struct error *error);

/* Puts a text that outlives the row. */
enum result book_line_put_shared(struct book_line *line, uint32_t column, const char *text,
                                 struct error *error);

/* Ends the row. What is merged from above stands in it too, unless it has nothing of its own. The
 * row is valid until the next is begun. */
enum result book_line_finish(struct book_line *line, struct book_line_row *row,
                             struct error *error);

/* NULL is harmless. */
void book_line_free(struct book_line *line);

#endif
