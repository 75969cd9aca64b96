/* A sheet of a workbook that rows are read from. */
#ifndef XINFENG_INTAKE_ROW_SHEET_H
#define XINFENG_INTAKE_ROW_SHEET_H

#include <stdbool.h>

/* Owned by what hands it out. */
struct row_sheet {
    const char *name;
    bool hidden;
};

#endif
