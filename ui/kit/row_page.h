/* Rows as the table keeps them: a page lives in one arena. Only table.c and row_page.c know. */
#ifndef XINFENG_UI_KIT_ROW_PAGE_H
#define XINFENG_UI_KIT_ROW_PAGE_H

#include "base/arena.h"
#include "ui/kit/table.h"

/* A row and its cells, all in the page's arena. */
struct row {
    struct row_key key;
    int64_t id;
    struct arena *arena;
    size_t column_count;
    const char *cells[]; /* NULL: empty */
};

/* Rows in the order they were added. */
struct row_page {
    struct arena *arena; /* owned */
    struct row **rows;   /* owned */
    size_t count;
    size_t capacity;
    size_t column_count;
};

/* An empty page for rows of so many columns. False when memory is short. */
bool row_page_start(struct row_page *page, size_t column_count);

/* Turns the order of all rows added so far around. */
void row_page_reverse(struct row_page *page);

/* Releases rows and memory; the page may be all zero. */
void row_page_end(struct row_page *page);

#endif
