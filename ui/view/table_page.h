/* A page that is one table over any number of rows: the history, the rows of an intake. */
#ifndef XINFENG_UI_VIEW_TABLE_PAGE_H
#define XINFENG_UI_VIEW_TABLE_PAGE_H

#include "intake/batch_list.h"
#include "ui/kit/table.h"
#include "ui/view/workstation.h"

/* The data of such a view; stands first in a larger struct of the view's own. */
struct table_page {
    struct workstation *workstation;
    struct row_source source; /* its context is the page */
    struct table *table;
    int64_t rows; /* that there are; -1: to be counted */

    /* Counts the rows. */
    enum result (*count)(struct table_page *page, int64_t *rows, struct error *error);
};

/* What the table of such a page is made of. All of it is borrowed. */
struct table_page_parts {
    const struct column *columns;
    size_t column_count;
    enum result (*fetch)(void *page, const struct row_request *request, struct row_page *rows,
                         struct error *error);
    enum result (*count)(struct table_page *page, int64_t *rows, struct error *error);
    enum role (*role)(void *page, const struct row *row, size_t column); /* or NULL */
};

/* Starts a page that is zeroed and on the heap: it becomes the view's data. On failure it stays the
 * caller's. */
enum result table_page_start(struct view *view, struct table_page *page,
                             const struct table_page_parts *parts, struct error *error);

/* Fetches anew from the first row: after a filter changed. */
void table_page_reload(struct view *view);

/* Fetches anew and keeps the place: a view's resume. */
void table_page_resume(struct view *view);

/* Paints the table: a view's paint. */
void table_page_paint(struct view *view, struct region body);

/* Writes place and number of rows ("3 / 1,204 rows") for the status line; unit is translated. */
void table_page_position(const struct table_page *page, const char *unit, struct buffer *text);

/* Releases the page: a view's close. */
void table_page_close(struct view *view);

/* What a table asks for, of a list whose key is one number. falling: the list goes from great
 * numbers to small ones. */
struct batch_page table_page_wanted(const struct row_request *request, bool falling);

/* Adds a row of such a list; its id is its key. NULL when memory is short. */
struct row *table_page_add(struct row_page *rows, int64_t key);

#endif
