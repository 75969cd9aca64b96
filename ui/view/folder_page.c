#include "ui/view/folder_page.h"

#include "base/text.h"
#include "registry/initials.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- which entries are shown ------------------------------------------------------------------
 */

/* Pinyin initials are asked for by ASCII letters alone; a folder of thousands is spelled once. */
static bool initials_hold(struct folder_page *page, size_t place, const char *filter) {
    if (page->initials == NULL) {
        page->initials = arena_alloc(page->page.arena, (page->entry_count + 1) * sizeof(char *));
    }
    if (page->initials == NULL) {
        return false;
    }
    if (page->initials[place] == NULL) {
        struct buffer spelled = BUFFER_INIT;
        initials_append(&spelled, page->entries[place].name);
        page->initials[place] = arena_strdup(page->page.arena, buffer_text(&spelled));
        buffer_free(&spelled);
    }
    return page->initials[place] != NULL && strcasestr(page->initials[place], filter) != NULL;
}

static bool is_ascii_word(const char *text) {
    while (isalnum((unsigned char)*text)) {
        text++;
    }
    return *text == '\0';
}

static bool is_shown(struct folder_page *page, size_t place) {
    const char *name = page->entries[place].name;
    if (page->filter == NULL) {
        return true;
    }
    if (page->narrowing == NARROW_BEGIN) {
        return strncmp(name, page->filter, strlen(page->filter)) == 0;
    }
    return strcasestr(name, page->filter) != NULL ||
           (is_ascii_word(page->filter) && initials_hold(page, place, page->filter));
}

static void choose_shown(struct folder_page *page) {
    const struct folder_entry **shown = page->page.items;
    size_t count = 0;
    for (size_t i = 0; i < page->entry_count; i++) {
        if (is_shown(page, i)) {
            shown[count++] = &page->entries[i];
        }
    }
    page->page.outline.count = count;
}

static enum result load(struct list_page *list, size_t *count, struct error *error) {
    struct folder_page *page = (struct folder_page *)list;
    page->initials = NULL;
    page->entry_count = 0;
    page->absent = false;
    enum result code =
        folder_list(page->folder, list->arena, &page->entries, &page->entry_count, error);
    list->items = arena_alloc(list->arena, (page->entry_count + 1) * sizeof(void *));
    if (code == RESULT_OK && list->items == NULL) {
        code = error_no_memory(error);
    }
    if (code != RESULT_OK) {
        page->entry_count = 0;
    }
    choose_shown(page);
    *count = list->outline.count;
    return code;
}

const struct folder_entry *folder_page_at(const struct folder_page *page, size_t place) {
    return ((const struct folder_entry *const *)page->page.items)[place];
}

const struct folder_entry *folder_page_current(const struct folder_page *page) {
    size_t place = 0;
    return list_page_current(&page->page, &place) ? folder_page_at(page, place) : NULL;
}

void folder_page_stand_on(struct folder_page *page, const char *name) {
    for (size_t i = 0; name != NULL && i < page->page.outline.count; i++) {
        if (strcmp(folder_page_at(page, i)->name, name) == 0) {
            page->page.outline.cursor = i;
            return;
        }
    }
}

void folder_page_narrow(struct folder_page *page, const char *filter, enum narrowing narrowing) {
    const struct folder_entry *current = folder_page_current(page);
    char *kept = text_blank(filter) ? NULL : strdup(filter); /* it may be the present one */
    free(page->filter);
    page->filter = kept;
    page->narrowing = narrowing;
    choose_shown(page);
    page->page.outline.cursor = 0;
    page->page.outline.top = 0;
    folder_page_stand_on(page, current == NULL ? NULL : current->name);
}

void folder_page_blank(struct folder_page *page) {
    page->entry_count = 0;
    page->page.outline.count = 0;
    page->absent = true;
}

/* ---- which folder -----------------------------------------------------------------------------
 */

/* Reads a folder into the page, which takes the path over; false when it cannot be read. */
static enum result enter(struct folder_page *page, char *folder, struct error *error) {
    if (folder == NULL) {
        return error_no_memory(error);
    }
    char *before = page->folder;
    page->folder = folder;
    enum result code = list_page_reload(&page->page, error);
    if (code != RESULT_OK) {
        page->folder = before;
        before = folder;
    }
    free(before);
    return code;
}

enum result folder_page_show(struct folder_page *page, const char *folder, struct error *error) {
    struct folder_mark mark = folder_page_mark(page);
    folder_page_narrow(page, NULL, NARROW_PART);
    enum result code = enter(page, strdup(folder), error);
    if (code != RESULT_OK) {
        folder_page_return(page, &mark, NULL);
        return code;
    }
    page->page.outline.cursor = 0;
    page->page.outline.top = 0;
    folder_mark_free(&mark);
    return RESULT_OK;
}

/* Goes to the nearest folder at or above a path. */
static enum result enter_nearest(struct folder_page *page, const char *path, struct error *error) {
    struct arena *arena = arena_new();
    const char *nearest = arena == NULL ? NULL : folder_nearest(arena, path);
    enum result code =
        nearest == NULL ? error_no_memory(error) : folder_page_show(page, nearest, error);
    arena_free(arena);
    return code;
}

enum result folder_page_refresh(struct folder_page *page, bool *elsewhere, struct error *error) {
    struct folder_mark mark = folder_page_mark(page);
    *elsewhere = false;
    enum result code = list_page_reload(&page->page, error);
    if (code == RESULT_OK) {
        folder_page_stand_on(page, mark.name);
    } else if (code != RESULT_NO_MEMORY) {
        error_clear(error);
        *elsewhere = true;
        code = enter_nearest(page, page->folder, error);
    }
    folder_mark_free(&mark);
    return code;
}

/* ---- a place to come back to ------------------------------------------------------------------
 */

static char *copy(const char *text) {
    return text == NULL ? NULL : strdup(text);
}

struct folder_mark folder_page_mark(const struct folder_page *page) {
    const struct folder_entry *current = folder_page_current(page);
    return (struct folder_mark){.folder = copy(page->folder),
                                .filter = copy(page->filter),
                                .name = copy(current == NULL ? NULL : current->name),
                                .top = page->page.outline.top};
}

enum result folder_page_return(struct folder_page *page, struct folder_mark *mark,
                               struct error *error) {
    enum result code = RESULT_OK;
    char *folder = mark->folder;
    mark->folder = NULL;
    folder_page_narrow(page, NULL, NARROW_PART);
    code = enter(page, folder, error);
    folder_page_narrow(page, mark->filter, NARROW_PART);
    folder_page_stand_on(page, mark->name);
    page->page.outline.top = mark->top;
    folder_mark_free(mark);
    return code;
}

void folder_mark_free(struct folder_mark *mark) {
    free(mark->folder);
    free(mark->filter);
    free(mark->name);
    *mark = (struct folder_mark){0};
}

/* ---- the view's data --------------------------------------------------------------------------
 */

void folder_page_close(struct view *view) {
    struct folder_page *page = view->data;
    free(page->folder);
    free(page->filter);
    list_page_close(view);
}

enum result folder_page_open(struct view *view, const char *folder, bool *elsewhere,
                             struct error *error) {
    struct folder_page *page = calloc(1, sizeof(*page));
    struct arena *arena = arena_new();
    const char *nearest = arena == NULL ? NULL : folder_nearest(arena, folder);
    enum result code = page == NULL || nearest == NULL ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK) {
        *elsewhere = strcmp(nearest, folder) != 0;
        page->folder = strdup(nearest);
        code = page->folder == NULL ? error_no_memory(error)
                                    : list_page_start(view, &page->page, load, error);
    }
    if (code != RESULT_OK && page != NULL) {
        free(page->folder);
        free(page);
    }
    arena_free(arena);
    return code;
}
