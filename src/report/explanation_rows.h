/* The table of an explanation as rows of cells: a line a dimension, an indicator, a fact, each with
 * points before and after what cut them, and the sum. Points stand in the last column for
 * indicators, dimensions and the total alone, so that a column adds up. */
#ifndef XINFENG_REPORT_EXPLANATION_ROWS_H
#define XINFENG_REPORT_EXPLANATION_ROWS_H

#include "book/sheet.h"
#include "score/explanation.h"

#include <stdbool.h>

/* The columns of the page. Facts and indicators share them. */
enum explanation_column {
    EXPLANATION_CODE,    /* code of the indicator; day of the fact */
    EXPLANATION_NAME,    /* of the indicator; type of the fact */
    EXPLANATION_VALUE,   /* of the indicator; document number of the fact */
    EXPLANATION_SOURCE,  /* clause of the indicator; source of the fact */
    EXPLANATION_STATUS,  /* of the fact */
    EXPLANATION_FULL,    /* points of a fact before its decay */
    EXPLANATION_PERCENT, /* that the decay leaves */
    EXPLANATION_BEFORE,  /* points before the cap: of a fact, indicator, dimension, total */
    EXPLANATION_CUT,     /* what cap or floor took (or gave) */
    EXPLANATION_POINTS,  /* what counts */
    EXPLANATION_COLUMNS
};

/* A row: cells over all columns, or (no cells) a gap. */
struct explanation_row {
    struct sheet_cell cells[EXPLANATION_COLUMNS];
    size_t count;
    double height; /* points; what a gap has, or the row takes */
};

/* Rows being gathered for a sheet whose columns stand. */
struct explanation_rows {
    const struct explanation *explanation;
    struct sheet *sheet;
    struct arena *arena; /* holds rows and texts */
    struct explanation_row *items;
    size_t count;
    size_t capacity;
    double height;   /* of all rows */
    int64_t *listed; /* ids of the facts named so far */
    size_t listed_count;
    bool failed; /* memory was short */
};

/* How much of the table is shown. */
struct explanation_fold {
    bool once;      /* facts without points of their own that stand above are not named again */
    size_t facts;   /* facts and related enterprises an indicator shows at most */
    size_t dropped; /* so many indicators, those of the fewest points, are lines of a sum alone */
};

/* The columns, for sheet_set_columns. */
extern const struct sheet_column explanation_columns[EXPLANATION_COLUMNS];

/* Adds a row. */
void explanation_rows_add(struct explanation_rows *rows, const struct sheet_cell *cells,
                          size_t count);

/* explanation_rows_add with the cells listed. */
#define EXPLANATION_ADD(rows, ...)                                                                 \
    explanation_rows_add(rows, (const struct sheet_cell[]){__VA_ARGS__},                           \
                         sizeof((struct sheet_cell[]){__VA_ARGS__}) / sizeof(struct sheet_cell))

/* Adds an empty row of a height in points. */
void explanation_rows_gap(struct explanation_rows *rows, double height);

/* Adds the titles and the table, from the first dimension to the total. */
void explanation_rows_table(struct explanation_rows *rows, const struct explanation_fold *fold);

/* True when the fold hides something of the explanation. */
bool explanation_rows_hidden(const struct explanation *explanation,
                             const struct explanation_fold *fold);

#endif
