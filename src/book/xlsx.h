/* Workbooks of today (.xlsx), their sheets read as a stream: memory grows with the texts that cells
 * share, not with the rows. */
#ifndef XINFENG_BOOK_XLSX_H
#define XINFENG_BOOK_XLSX_H

#include "book/table.h"

extern const struct book_format book_xlsx;

#endif
