/* Ten thousand made-up enterprises for the kit's demo, in any of three orders. */
#ifndef XINFENG_TESTS_SCREEN_KIT_DEMO_ROWS_H
#define XINFENG_TESTS_SCREEN_KIT_DEMO_ROWS_H

#include "ui/kit/table.h"

#define DEMO_ROWS 10000

/* Sort numbers. */
enum { SORT_BY_NUMBER = 1, SORT_BY_SCORE };

/* The columns of the demo's table. */
enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_CLASS, COLUMN_SCORE, COLUMN_REGION, DEMO_COLUMNS };

/* A source of the rows whose name contains filter ("": all). */
struct demo_rows {
    char filter[64];
};

/* The table's source over rows. */
struct row_source demo_rows_source(struct demo_rows *rows);

#endif
