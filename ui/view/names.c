#include "ui/view/views.h"

#include "base/gettext.h"
#include "intake/batch_list.h"
#include "intake/candidate.h"
#include "intake/match_decision.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"

#include <stdlib.h>

/* Names shown at once, and enterprises offered for one. */
#define MOST_NAMES 1000
#define MOST_CANDIDATES 12

struct names_page {
    struct list_page page; /* first: the view's data */
    int64_t batch;
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    const struct names_page *names = (const struct names_page *)page;
    struct batch_name *items = NULL;
    enum result code = batch_names(page->workstation->store, names->batch, 0, MOST_NAMES,
                                   page->arena, &items, count, error);
    page->items = items;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct names_page *names = calloc(1, sizeof(*names));
    if (names == NULL) {
        return error_no_memory(error);
    }
    names->batch = *(const int64_t *)argument;
    enum result code = list_page_start(view, &names->page, load, error);
    if (code != RESULT_OK) {
        free(names);
    }
    return code;
}

static const struct batch_name *name_at(const struct list_page *page, size_t place) {
    return (const struct batch_name *)page->items + place;
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct batch_name *name = name_at(context, place);
    int width = row.columns > 60 ? row.columns - 40 : row.columns - 12;
    paint_printf(row.row, row.column, 8, ROLE_DIM | on_cursor, "%6lld", (long long)name->rows);
    paint_cell(row.row, row.column + 8, width, ROLE_TEXT | on_cursor, name->name, ALIGN_LEFT);
    if (row.columns > 60) {
        paint_cell(row.row, row.column + 9 + width, row.columns - 9 - width, ROLE_DIM | on_cursor,
                   name->code, ALIGN_LEFT);
    }
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("No name of this intake waits for a decision. What was decided counts "
                          "when the rejected rows are taken in again."),
                        0);
        return;
    }
    if (body.rows > 3) {
        struct region row = region_take_top(&body, 1);
        paint_cell(row.row, row.column, row.columns, ROLE_HEADER,
                   _("  Rows  Name in the file, and what stood beside it as a code"), ALIGN_LEFT);
    }
    outline_paint(&page->outline, body, paint_line, page);
}

/* Keeps what was decided. chosen NULL: none of the registry. */
static void decide(struct view *view, const struct batch_name *name,
                   const struct candidate *chosen) {
    struct list_page *page = view->data;
    struct prompt prompt = {.label = _("How do you know (kept with the decision):")};
    char *reason = prompt_text(view->screen, &prompt);
    if (reason == NULL) {
        return;
    }
    struct error error = ERROR_INIT;
    const struct match_subject subject = {.name = name->name, .code = name->code};
    enum result code = match_decide(page->workstation->store, &page->workstation->actor, &subject,
                                    chosen == NULL ? 0 : chosen->id, reason, NULL, &error);
    free(reason);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    list_page_resume(view);
    screen_message(view->screen, MESSAGE_INFO, "%s",
                   _("Decided. It counts when the rejected rows are taken in again."));
}

/* Lets one of the likest enterprises be chosen, or none of them. */
static void choose(struct view *view, const struct batch_name *name) {
    struct list_page *page = view->data;
    struct error error = ERROR_INIT;
    struct arena *arena = arena_new();
    struct candidate *found = NULL;
    size_t count = 0;
    const char *items[MOST_CANDIDATES + 1];
    enum result code = arena == NULL
                           ? error_no_memory(&error)
                           : candidate_find(page->workstation->store, name->name, name->code,
                                            MOST_CANDIDATES, arena, &found, &count, &error);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        arena_free(arena);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = arena_printf(arena, "%3d%%  %s  %s", found[i].similarity, found[i].name,
                                found[i].uscc != NULL ? found[i].uscc : "");
    }
    items[count] = _("none of the registry");
    const char *title = arena_printf(arena, _("Which enterprise is meant by %s?"), name->name);
    int chosen = arena_failed(arena) ? -1 : prompt_choose(view->screen, title, items, count + 1, 0);
    if (chosen >= 0) {
        decide(view, name, (size_t)chosen == count ? NULL : &found[chosen]);
    }
    arena_free(arena);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        choose(view, name_at(page, place));
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct list_page *page = view->data;
    buffer_append_text(left, _("Enter shows the enterprises most like a name"));
    buffer_printf(right, _("%zu names"), page->outline.count);
}

const struct view_ops names_view = {
    .title = N_("Names to decide"),
    .actions = {moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = list_page_close,
};
