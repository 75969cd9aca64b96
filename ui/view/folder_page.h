/* The list of a folder behind the page where a file is chosen: which folder, which of its entries
 * are shown, and where the cursor stands. */
#ifndef XINFENG_UI_VIEW_FOLDER_PAGE_H
#define XINFENG_UI_VIEW_FOLDER_PAGE_H

#include "base/folder.h"
#include "ui/view/list_page.h"

/* Which names are shown. */
enum narrowing {
    NARROW_PART, /* those that hold a text, or whose pinyin initials do */
    NARROW_BEGIN /* those that begin with it, as when a path is completed */
};

/* The page. Its items are const struct folder_entry *, those that are shown. */
struct folder_page {
    struct list_page page; /* first: the view's data for list_page too */
    char *folder;          /* owned; absolute */
    char *filter;          /* owned; what names are narrowed by; NULL: all are shown */
    enum narrowing narrowing;
    struct folder_entry *entries; /* all, in the page's arena */
    const char **initials;        /* of each; NULL until they were asked for */
    size_t entry_count;
    bool absent; /* folder_page_blank was the last */
};

/* A place to come back to. */
struct folder_mark {
    char *folder;
    char *filter;
    char *name;
    size_t top;
};

/* Opens the view's page with a folder, or with the nearest one above that can be read: *elsewhere
 * tells. On failure nothing is left behind. */
enum result folder_page_open(struct view *view, const char *folder, bool *elsewhere,
                             struct error *error);

/* Releases the page: a view's close. */
void folder_page_close(struct view *view);

/* Shows all of a folder, the cursor on its first entry. When it cannot be read the page is as it
 * was. */
enum result folder_page_show(struct folder_page *page, const char *folder, struct error *error);

/* Reads the folder again and keeps the place by name; goes to the nearest folder above when it is
 * gone or closed, which *elsewhere tells. */
enum result folder_page_refresh(struct folder_page *page, bool *elsewhere, struct error *error);

/* Shows only some names; NULL or blank: all. The cursor stays on its entry when that is still
 * shown. */
void folder_page_narrow(struct folder_page *page, const char *filter, enum narrowing narrowing);

/* Shows no entry: of a folder that is not there. */
void folder_page_blank(struct folder_page *page);

/* Puts the cursor on an entry; it stays where it is when no shown one has the name. */
void folder_page_stand_on(struct folder_page *page, const char *name);

/* A shown entry; and the one under the cursor, NULL in an empty list. */
const struct folder_entry *folder_page_at(const struct folder_page *page, size_t place);
const struct folder_entry *folder_page_current(const struct folder_page *page);

/* Remembers folder, narrowing and cursor; folder_page_return comes back there and releases the
 * mark, folder_mark_free only releases it. */
struct folder_mark folder_page_mark(const struct folder_page *page);
enum result folder_page_return(struct folder_page *page, struct folder_mark *mark,
                               struct error *error);
void folder_mark_free(struct folder_mark *mark);

#endif
