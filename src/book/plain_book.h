/* A workbook that is one long table of texts: what goes back to who sent it. Every cell is a text
 * and stays what it was; rows go to disk as they are put, so that memory does not grow with them.
 * Where a sheet is full the table goes on in a further one under the same header. */
#ifndef XINFENG_BOOK_PLAIN_BOOK_H
#define XINFENG_BOOK_PLAIN_BOOK_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

/* What a sheet can hold, by the format. */
#define PLAIN_BOOK_MOST_COLUMNS 16384
#define PLAIN_BOOK_MOST_ROWS 1048576
#define PLAIN_BOOK_MOST_TEXT 32767 /* characters of a cell */

struct plain_book;

/* What the table is. Texts are borrowed until plain_book_new returns. */
struct plain_book_head {
    const char *title;          /* of the document */
    const char *sheet;          /* name of the first sheet; further ones get a number behind it */
    const char *const *headers; /* the first row; it stays in sight */
    size_t count;
    int first_width; /* of the first column, in columns of text; its texts are wrapped */
};

/* Starts a workbook at path; temporary files go to folder. Ends with plain_book_close.
 * RESULT_INVALID with more columns than a sheet has, RESULT_NO_MEMORY. */
enum result plain_book_new(struct plain_book **book, const char *path, const char *folder,
                           const struct plain_book_head *head, struct error *error);

/* Puts a row. RESULT_INVALID, naming the row by what, when a text is longer than a cell can be. */
enum result plain_book_put(struct plain_book *book, const char *const *cells, size_t count,
                           const char *what, struct error *error);

/* Writes the file, reads it back and frees the book, whatever the result. book_close tells of the
 * results. NULL is harmless. */
enum result plain_book_close(struct plain_book *book, struct error *error);

#endif
