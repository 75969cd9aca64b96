/* A page that is one list, loaded whole: the overrides, the plans. */
#ifndef XINFENG_UI_VIEW_LIST_PAGE_H
#define XINFENG_UI_VIEW_LIST_PAGE_H

#include "ui/kit/outline.h"
#include "ui/view/workstation.h"

/* The data of such a view. What an item is, only its own file knows. */
struct list_page {
    struct workstation *workstation;
    struct arena *arena; /* holds the items; reset before each load */
    void *items;
    struct outline outline; /* its count is the number of items */

    /* Loads the items into the arena and gives their number. */
    enum result (*load)(struct list_page *page, size_t *count, struct error *error);
};

/* Opens the view's page with its first load; the end of a view's open. */
enum result list_page_open(struct view *view,
                           enum result (*load)(struct list_page *page, size_t *count,
                                               struct error *error),
                           struct error *error);

/* The same for a page that stands first in a larger struct of the view's own, zeroed and on the
 * heap: it becomes the view's data. On failure it stays the caller's. */
enum result list_page_start(struct view *view, struct list_page *page,
                            enum result (*load)(struct list_page *page, size_t *count,
                                                struct error *error),
                            struct error *error);

/* Loads anew. */
enum result list_page_reload(struct list_page *page, struct error *error);

/* Loads anew and keeps the place: a view's resume. */
void list_page_resume(struct view *view);

/* Releases the page: a view's close. */
void list_page_close(struct view *view);

/* The place of the item under the cursor; false in an empty list. */
bool list_page_current(const struct list_page *page, size_t *place);

#endif
