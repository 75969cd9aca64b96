/* A table over any number of rows. It asks a row source for rows after or before a key and keeps
 * only a few pages of them; the whole set is never loaded and rows are never counted off. */
#ifndef XINFENG_UI_KIT_TABLE_H
#define XINFENG_UI_KIT_TABLE_H

#include "base/result.h"
#include "ui/kit/keymap.h"
#include "ui/kit/paint.h"
#include "ui/kit/terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROW_KEY_TEXT 64

/* Where a row stands in the order: the source alone gives it a meaning (sort value, tie-breaking
 * id, text). Zero it before filling it. */
struct row_key {
    int64_t numbers[2];
    char text[ROW_KEY_TEXT];
};

struct row_page;
struct row;

/* What the table asks of a source. */
struct row_request {
    const struct row_key *key; /* NULL: from the first row (forward) or the last (backward) */
    bool backward;             /* the rows before key instead of those after it */
    bool inclusive;            /* a row that stands at key itself belongs to the answer */
    size_t limit;              /* at most so many rows */
    int sort;                  /* sort number of the chosen column; 0: the source's own order */
    bool descending;
};

/* Where rows come from. */
struct row_source {
    void *context;

    /* Adds rows to page, nearest to the key first: downwards when asked forward, upwards when
     * asked backward. Fewer than limit rows means that there are no more that way. When key no
     * longer stands for a row, its place in the order still counts. */
    enum result (*fetch)(void *context, const struct row_request *request, struct row_page *page,
                         struct error *error);

    /* How many rows there are; -1 when that is not known (yet). May be NULL. */
    int64_t (*count)(void *context);

    /* How a cell looks; NULL: ROLE_TEXT everywhere. */
    enum role (*role)(void *context, const struct row *row, size_t column);
};

/* Adds a row to a page; its strings are set with row_set. NULL when memory is short: return
 * error_no_memory then. */
struct row *row_page_add(struct row_page *page, const struct row_key *key);

/* Sets a cell; text is copied. A failed allocation leaves the cell empty. */
void row_set(struct row *row, size_t column, const char *text);

/* As row_set, formatted. */
void row_printf(struct row *row, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gives the row a number of the source's own, such as the database's id. */
void row_set_id(struct row *row, int64_t id);

/* What row_set_id gave; 0 otherwise. */
int64_t row_id(const struct row *row);

/* The row's key. */
const struct row_key *row_key(const struct row *row);

/* The text of a cell, "" when none was set. Owned by the row. */
const char *row_text(const struct row *row, size_t column);

/* A column. All that width leaves over goes to the flexible columns; when the screen is too narrow
 * columns are left out from the right, the optional ones first. */
struct column {
    const char *title; /* N_(), or "" */
    int width;         /* columns; the least for a flexible one */
    bool flexible;     /* takes what is left over */
    bool optional;     /* the first to go when room is short */
    enum align align;
    int sort; /* the source's number for sorting by it; 0: cannot be sorted by */
};

struct table;

/* A table. Columns and source are borrowed and must outlive it. Nothing is fetched yet. NULL when
 * memory is short. */
struct table *table_new(const struct column *columns, size_t column_count,
                        const struct row_source *source);

/* Releases the table. NULL is harmless. */
void table_free(struct table *table);

/* The translated sentence shown when there are no rows: why, and what to do. Borrowed. */
void table_set_empty(struct table *table, const char *sentence);

/* Fetches anew and goes to the first row: after a filter or a search changed. */
enum result table_reload(struct table *table, struct error *error);

/* Fetches anew and stays: the cursor is on the same row, or the one that took its place. */
enum result table_refresh(struct table *table, struct error *error);

/* Sorts by a column (its place), reloading from the top. RESULT_USAGE when it cannot be sorted
 * by. */
enum result table_sort(struct table *table, size_t column, bool descending, struct error *error);

/* The column sorted by and its direction; false while in the source's own order. */
bool table_sorted(const struct table *table, size_t *column, bool *descending);

/* Goes to the row at a key, or the next one. */
enum result table_go(struct table *table, const struct row_key *key, struct error *error);

/* The row under the cursor; NULL in an empty table. Valid until the table fetches again. */
const struct row *table_current(const struct table *table);

/* The cursor's place from 1 and the number of rows; either is -1 when it is not known. The place
 * is counted from an end of the table, never asked of the source: after rows came or went it is not
 * known until an end is seen again, and as many comings as goings are not noticed. */
void table_position(const struct table *table, int64_t *place, int64_t *count);

/* Paints header and rows. The first time, and when it has grown, it fetches what is missing; an
 * error in that shows in the table's place. */
void table_paint(struct table *table, struct region region);

/* What the table did with an event. */
enum table_response {
    TABLE_IGNORED,
    TABLE_MOVED,    /* the cursor may be on another row */
    TABLE_ACTIVATED /* the row was chosen: by Enter, or a second click */
};

/* Moving over lines and opening one, for view_ops.actions of tables and outlines. */
extern const struct action moving_actions[];

/* What only a table does: sorting. */
extern const struct action table_actions[];

enum table_action {
    ACTION_TABLE_OPEN = ACTION_KIT_FIRST + 200,
    ACTION_TABLE_UP,
    ACTION_TABLE_DOWN,
    ACTION_TABLE_PAGE_UP,
    ACTION_TABLE_PAGE_DOWN,
    ACTION_TABLE_HOME,
    ACTION_TABLE_END,
    ACTION_TABLE_SORT
};

/* Moves by an action of moving_actions or table_actions, or by the mouse when event is one of its.
 * ACTION_TABLE_SORT takes the next column that can be sorted by (each upwards, then downwards),
 * then the source's own order again. */
enum table_response table_handle(struct table *table, const struct event *event, int action);

#endif
