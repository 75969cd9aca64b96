#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/batch_list.h"
#include "intake/kind.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"
#include "ui/view/table_page.h"

#include <stdlib.h>
#include <string.h>

enum { TAKE_IN = 1, FIND, KIND, STATE, CLEAR };

static const struct action actions[] = {
    {TAKE_IN, "take-in", N_("take a file in"), N_("Take a file in"), {'n'}, ACTION_SHOWN},
    {FIND, "find", N_("find by a part of the file's name"), N_("Find"), {'/'}, ACTION_SHOWN},
    {KIND, "filter-kind", N_("show one kind of file only"), N_("Kind"), {'f'}, ACTION_SHOWN},
    {STATE,
     "filter-state",
     N_("show what is in force, what was undone, or both"),
     N_("State"),
     {'t'},
     ACTION_SHOWN},
    {CLEAR, "clear", N_("clear search and filters"), N_("Clear"), {'x'}, ACTION_SHOWN},
    {0},
};

enum { COLUMN_ID, COLUMN_AT, COLUMN_KIND, COLUMN_FILE, COLUMN_REJECTED, COLUMN_BY, COLUMN_READ };

static const struct column columns[] = {
    [COLUMN_ID] = {N_("No."), 5, false, false, ALIGN_RIGHT, 0},
    [COLUMN_AT] = {N_("Taken in"), 16, false, true, ALIGN_LEFT, 0},
    [COLUMN_KIND] = {N_("Kind"), 10, false, true, ALIGN_LEFT, 0},
    [COLUMN_FILE] = {N_("File"), 12, true, false, ALIGN_LEFT, 0},
    [COLUMN_REJECTED] = {N_("Rejected"), 8, false, true, ALIGN_RIGHT, 0},
    [COLUMN_BY] = {N_("By"), 8, false, true, ALIGN_LEFT, 0},
    [COLUMN_READ] = {N_("Read"), 9, false, true, ALIGN_RIGHT, 0},
};

struct history {
    struct table_page page; /* first: the view's data */
    struct batch_filter filter;
    char *find; /* filter.file, owned */
};

/* ---- rows -------------------------------------------------------------------------------------
 */

static const char *kind_title(const char *code) {
    enum import_kind kind = kind_find(code);
    return kind == IMPORT_KIND_COUNT ? code : _(kind_of(kind)->title);
}

static void set_row(struct row *row, const struct batch_entry *entry) {
    char number[SHOW_POINTS_SIZE];
    char when[SHOW_TIME_SIZE];
    row_printf(row, COLUMN_ID, "%lld", (long long)entry->id);
    row_set(row, COLUMN_AT, show_time(entry->at, when));
    row_set(row, COLUMN_KIND, kind_title(entry->kind));
    row_set(row, COLUMN_FILE, entry->file);
    row_set(row, COLUMN_REJECTED, show_number(entry->rejected, number));
    row_set(row, COLUMN_BY, entry->undone_at != NULL ? _("undone") : entry->actor);
    row_set(row, COLUMN_READ, show_number(entry->read, number));
}

static enum result fetch(void *context, const struct row_request *request, struct row_page *rows,
                         struct error *error) {
    struct history *history = context;
    const struct batch_page wanted = table_page_wanted(request, true);
    struct arena *arena = arena_new();
    struct batch_entry *entries = NULL;
    size_t count = 0;
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : batch_list(history->page.workstation->store, &history->filter, &wanted,
                                        arena, &entries, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        struct row *row = table_page_add(rows, entries[i].id);
        if (row == NULL) {
            code = error_no_memory(error);
        } else {
            set_row(row, &entries[i]);
        }
    }
    arena_free(arena);
    return code;
}

static enum result count_rows(struct table_page *page, int64_t *rows, struct error *error) {
    const struct history *history = (const struct history *)page;
    return batch_count(page->workstation->store, &history->filter, rows, error);
}

static enum role cell_role(void *context, const struct row *row, size_t column) {
    (void)context;
    if (strcmp(row_text(row, COLUMN_BY), _("undone")) == 0) {
        return ROLE_DIM;
    }
    return column == COLUMN_REJECTED && strcmp(row_text(row, COLUMN_REJECTED), "0") != 0
               ? ROLE_WARNING
               : ROLE_TEXT;
}

/* ---- filters ----------------------------------------------------------------------------------
 */

static bool filtered(const struct history *history) {
    return history->filter.kind != NULL || history->filter.file != NULL ||
           history->filter.state != BATCH_ANY;
}

/* Shows the rows that the filter lets through, and the sentence for none. */
static void show_filtered(struct view *view) {
    struct history *history = view->data;
    table_set_empty(history->page.table,
                    filtered(history)
                        ? _("No intake fits. Press x to clear search and filters.")
                        : _("Nothing was taken in yet. Press n and choose a file: whatever it is "
                            "called, you see what is understood of it before anything changes."));
    table_page_reload(view);
}

static void set_find(struct history *history, const char *text) {
    free(history->find);
    history->find = text_blank(text) ? NULL : strdup(text);
    history->filter.file = history->find;
}

static void find_as_typed(void *context, const char *text) {
    struct view *view = context;
    set_find(view->data, text);
    show_filtered(view);
}

static void find(struct view *view) {
    struct history *history = view->data;
    char *before = history->find == NULL ? NULL : strdup(history->find);
    const struct prompt prompt = {.label = _("Part of the file's name:"),
                                  .initial = history->find,
                                  .changed = find_as_typed,
                                  .context = view};
    char *text = prompt_text(view->screen, &prompt);
    if (text == NULL) { /* given up: as it was before */
        find_as_typed(view, before == NULL ? "" : before);
    }
    free(text);
    free(before);
}

static void choose_kind(struct view *view) {
    struct history *history = view->data;
    const char *items[IMPORT_KIND_COUNT + 1] = {_("All kinds")};
    size_t now = 0;
    for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
        const struct kind *kind = kind_of((enum import_kind)i);
        items[i + 1] = _(kind->title);
        if (history->filter.kind != NULL && strcmp(history->filter.kind, kind->code) == 0) {
            now = (size_t)i + 1;
        }
    }
    int chosen = prompt_choose(view->screen, _("Kind"), items, IMPORT_KIND_COUNT + 1, now);
    if (chosen >= 0) {
        history->filter.kind = chosen == 0 ? NULL : kind_of((enum import_kind)(chosen - 1))->code;
        show_filtered(view);
    }
}

static void clear(struct view *view) {
    struct history *history = view->data;
    set_find(history, "");
    history->filter = (struct batch_filter){0};
    show_filtered(view);
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    static const struct table_page_parts parts = {
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .fetch = fetch,
        .count = count_rows,
        .role = cell_role,
    };
    struct history *history = calloc(1, sizeof(*history));
    if (history == NULL) {
        return error_no_memory(error);
    }
    enum result code = table_page_start(view, &history->page, &parts, error);
    if (code != RESULT_OK) {
        free(history);
        return code;
    }
    show_filtered(view);
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct history *history = view->data;
    free(history->find);
    table_page_close(view);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct history *history = view->data;
    switch (action) {
    case TAKE_IN:
        screen_push(view->screen, &files_view, NULL);
        return VIEW_HANDLED;
    case FIND:
        find(view);
        return VIEW_HANDLED;
    case KIND:
        choose_kind(view);
        return VIEW_HANDLED;
    case STATE:
        history->filter.state =
            history->filter.state == BATCH_UNDONE ? BATCH_ANY : history->filter.state + 1;
        show_filtered(view);
        return VIEW_HANDLED;
    case CLEAR:
        clear(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = table_handle(history->page.table, event, action);
    const struct row *row = table_current(history->page.table);
    if (response == TABLE_ACTIVATED && row != NULL) {
        int64_t id = row_id(row);
        screen_push(view->screen, &batch_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct history *history = view->data;
    if (history->filter.kind != NULL) {
        buffer_printf(left, "%s  ", kind_title(history->filter.kind));
    }
    if (history->filter.state != BATCH_ANY) {
        buffer_printf(left, "%s  ",
                      history->filter.state == BATCH_UNDONE ? _("undone") : _("in force"));
    }
    if (history->find != NULL) {
        buffer_printf(left, _("find \"%s\"  "), history->find);
    }
    if (left->length > 0) {
        buffer_append_text(left, _("[x clears]"));
    }
    table_page_position(&history->page, _("intakes"), right);
}

const struct view_ops data_view = {
    .title = N_("Data"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = table_page_paint,
    .handle = handle,
    .status = status,
    .resume = table_page_resume,
    .close = close_view,
};
