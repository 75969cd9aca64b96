/* Reads workbooks of the formats that src/book knows, one sheet of them at a time. */
#ifndef XINFENG_INTAKE_WORKBOOK_READER_H
#define XINFENG_INTAKE_WORKBOOK_READER_H

#include "intake/row_source.h"

/* Workbooks of today (.xlsx). */
extern const struct row_reader xlsx_reader;

/* Workbooks before 2007 (.xls). */
extern const struct row_reader xls_reader;

/* Workbooks that are one XML document (SpreadsheetML of 2003). */
extern const struct row_reader spreadsheetml_reader;

#endif
