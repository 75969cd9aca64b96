/* The columns of the county plan sheet (domain.md, what officers' files look like): of one plan,
 * and of the plan of a year. */
#ifndef XINFENG_REPORT_COUNTY_FORM_H
#define XINFENG_REPORT_COUNTY_FORM_H

#include "book/sheet.h"

enum county_column {
    COUNTY_SERIAL,
    COUNTY_TASK,
    COUNTY_MATTER,
    COUNTY_SCOPE,
    COUNTY_TARGETING,
    COUNTY_BASE,
    COUNTY_DRAWN,
    COUNTY_REQUIREMENT,
    COUNTY_TIME,
    COUNTY_BODY,
    COUNTY_PARTNERS,
    COUNTY_OFFICE,
    COUNTY_REMARKS,
    COUNTY_COLUMNS
};

/* Sets the columns with widths in characters, which are fixed: together they fill a page. */
void county_form_set_columns(struct sheet *sheet, const int widths[static COUNTY_COLUMNS]);

#endif
