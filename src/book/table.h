/* A workbook of any format as tables that are read row by row: what files are taken in by. It lets
 * through what programs let through, and never trusts a file. book/read.h is the strict reader that
 * proves a workbook. */
#ifndef XINFENG_BOOK_TABLE_H
#define XINFENG_BOOK_TABLE_H

#include "base/result.h"
#include "book/line.h"
#include "book/read.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text file as UTF-8, whatever its encoding: for formats that are text. */
struct book_text {
    void *context;
    /* Goes to the start of the file; before the first read too. */
    enum result (*rewind)(void *context, struct error *error);
    /* Gives the next bytes, at most room; 0 at the end. */
    enum result (*read)(void *context, char *bytes, size_t room, size_t *length,
                        struct error *error);
    /* How far the reading is, in bytes of the file. */
    uint64_t (*position)(const void *context);
};

/* What the reader of a format does. A book is closed with close; all else it owns. */
struct book_format {
    const char *name; /* "XLSX" */

    /* Opens the workbook and reads which sheets it has; text, the same file, has to live on and
     * counts for formats that are text. RESULT_INVALID with a sentence when it is
     * damaged, has a password, or is built to harm. */
    enum result (*open)(void **book, const char *path, const struct book_text *text,
                        struct error *error);

    /* The sheets in the order of their tabs. */
    const struct book_reader_sheet *(*sheets)(const void *book, size_t *count);

    /* Goes to the top of a sheet, to read it from there; glance: only its first rows will be read,
     * and what is merged does not matter. */
    enum result (*begin)(void *book, size_t sheet, bool glance, struct error *error);

    /* Gives the next row; once in a while one that nothing stands in. */
    enum result (*next)(void *book, struct book_line_row *row, bool *more, struct error *error);

    /* How far the reading of the sheet is, of how much, in bytes; size is NULL for formats that are
     * text, where it is the file's. */
    uint64_t (*position)(const void *book);
    uint64_t (*size)(const void *book);

    void (*close)(void *book);
};

#endif
