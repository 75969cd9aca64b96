/* The merged cells of a sheet of a workbook (.xlsx), which stand behind its rows there. */
#ifndef XINFENG_BOOK_SHEET_MERGES_H
#define XINFENG_BOOK_SHEET_MERGES_H

#include "book/merges.h"
#include "book/part.h"

/* Unpacks the sheet once to find them, without reading its rows, and starts them. RESULT_INVALID
 * as book_part_open, book_part_take and book_merges_add. */
enum result book_sheet_merges_read(struct book_merges *merges, const struct book_parts *parts,
                                   const char *part, struct error *error);

#endif
