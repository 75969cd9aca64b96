/* Workbooks before 2007 (.xls): those of 1997 and 1995. Memory grows with the texts that cells
 * share, not with the rows. */
#ifndef XINFENG_BOOK_XLS_H
#define XINFENG_BOOK_XLS_H

#include "book/table.h"

extern const struct book_format book_xls;

#endif
