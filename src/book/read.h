/* Reading workbooks (.xlsx), whoever wrote them: our own, and the same saved again by another
 * program, which may renumber sheets and move texts into a table that cells share. Sheets are found
 * through the workbook's own directory and read row by row; only shared texts are held in memory,
 * within bounds. Strict where programs would differ: rows and cells come in their order, and a
 * table holds nothing but rows and cells. */
#ifndef XINFENG_BOOK_READ_H
#define XINFENG_BOOK_READ_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An opened workbook. */
struct book_reader;

/* A sheet of it, owned by it. */
struct book_reader_sheet {
    const char *name;
    bool hidden;
};

/* A cell that is not empty. A text is as a person sees it, its formatted pieces joined; a number
 * (a date too) as the file has it, "1.5"; a truth value 1 or 0; of a formula, its last result. */
struct book_reader_cell {
    uint32_t column; /* from 0 */
    const char *text;
    bool formula; /* what it shows may change when a program computes it again */
};

/* A row with at least one such cell, from left to right. Valid until the visitor returns. */
struct book_reader_row {
    uint32_t row; /* from 0 */
    const struct book_reader_cell *cells;
    size_t count;
};

/* Takes a row; anything but RESULT_OK ends the reading with that result. */
typedef enum result book_reader_visit(void *context, const struct book_reader_row *row,
                                      struct error *error);

/* Opens a workbook and reads its directory. RESULT_INVALID with a sentence when the file is no
 * workbook, or one that is damaged, encrypted or built to harm (book/part.h). */
enum result book_reader_open(struct book_reader **reader, const char *path, struct error *error);

/* NULL is harmless. */
void book_reader_close(struct book_reader *reader);

/* The path it was opened at. */
const char *book_reader_path(const struct book_reader *reader);

/* The sheets in the order of their tabs. */
const struct book_reader_sheet *book_reader_sheets(const struct book_reader *reader, size_t *count);

/* The number of the sheet of this name, from 0; SIZE_MAX when there is none. */
size_t book_reader_find(const struct book_reader *reader, const char *name);

/* Hands the rows of a sheet to the visitor, from the top. */
enum result book_reader_rows(struct book_reader *reader, size_t sheet, book_reader_visit *visit,
                             void *context, struct error *error);

/* A row's cell in a column; NULL when it is empty. */
const struct book_reader_cell *book_reader_cell(const struct book_reader_row *row, uint32_t column);

/* A cell as programs name it ("C17"), into name; row and column from 0. */
#define BOOK_CELL_NAME_SIZE 16
void book_reader_cell_name(uint32_t row, uint32_t column, char name[static BOOK_CELL_NAME_SIZE]);

#endif
