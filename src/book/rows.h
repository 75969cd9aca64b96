/* The rows of one sheet of a workbook that is read; behind book/read.h. */
#ifndef XINFENG_BOOK_ROWS_H
#define XINFENG_BOOK_ROWS_H

#include "book/part.h"
#include "book/read.h"
#include "book/strings.h"

/* Reads a part that holds a sheet; strings are the texts its cells share, NULL when there are
 * none. */
enum result book_rows_read(struct book_parts *parts, const char *part,
                           const struct book_strings *strings, book_reader_visit *visit,
                           void *context, struct error *error);

#endif
