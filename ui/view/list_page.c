#include "ui/view/list_page.h"

#include <stdlib.h>

enum result list_page_reload(struct list_page *page, struct error *error) {
    arena_reset(page->arena);
    page->outline.count = 0;
    return page->load(page, &page->outline.count, error);
}

enum result list_page_start(struct view *view, struct list_page *page,
                            enum result (*load)(struct list_page *page, size_t *count,
                                                struct error *error),
                            struct error *error) {
    page->arena = arena_new();
    if (page->arena == NULL) {
        return error_no_memory(error);
    }
    page->workstation = workstation_of(view);
    page->load = load;
    view->data = page;
    enum result code = list_page_reload(page, error);
    if (code != RESULT_OK) {
        arena_free(page->arena);
        view->data = NULL;
    }
    return code;
}

enum result list_page_open(struct view *view,
                           enum result (*load)(struct list_page *page, size_t *count,
                                               struct error *error),
                           struct error *error) {
    struct list_page *page = calloc(1, sizeof(*page));
    if (page == NULL) {
        return error_no_memory(error);
    }
    enum result code = list_page_start(view, page, load, error);
    if (code != RESULT_OK) {
        free(page);
    }
    return code;
}

void list_page_resume(struct view *view) {
    struct error error = ERROR_INIT;
    if (list_page_reload(view->data, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

void list_page_close(struct view *view) {
    struct list_page *page = view->data;
    arena_free(page->arena);
    free(page);
}

bool list_page_current(const struct list_page *page, size_t *place) {
    *place = page->outline.cursor;
    return page->outline.cursor < page->outline.count;
}
