/* Workbooks that are one XML document (Excel 2003, SpreadsheetML), read as a stream. */
#ifndef XINFENG_BOOK_SPREADSHEETML_H
#define XINFENG_BOOK_SPREADSHEETML_H

#include "book/table.h"

extern const struct book_format book_spreadsheetml;

#endif
