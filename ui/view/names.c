#include "ui/view/views.h"

#include "base/gettext.h"
#include "intake/batch_names.h"
#include "ui/view/rejects_out.h"
#include "ui/view/show.h"
#include "ui/view/table_page.h"

#include <stdlib.h>

enum { TAKE_WAITING = 1 };

static const struct action actions[] = {
    {TAKE_WAITING,
     "take-waiting",
     N_("take the rows in again whose names were settled"),
     N_("Take settled rows in"),
     {'t'},
     ACTION_SHOWN},
    {0},
};

enum { COLUMN_ROWS, COLUMN_NAME, COLUMN_CODE, COLUMN_LINE };

static const struct column columns[] = {
    [COLUMN_ROWS] = {N_("Rows"), 6, false, false, ALIGN_RIGHT, 0},
    [COLUMN_NAME] = {N_("Name in the file"), 12, true, false, ALIGN_LEFT, 0},
    [COLUMN_CODE] = {N_("Beside it as a code"), 20, false, true, ALIGN_LEFT, 0},
    [COLUMN_LINE] = {N_("Line"), 8, false, true, ALIGN_RIGHT, 0},
};

struct names {
    struct table_page page; /* first: the view's data */
    struct arena *arena;    /* holds the entry */
    struct batch_entry entry;
    struct batch_names_left left;
};

/* ---- rows -------------------------------------------------------------------------------------
 */

static enum result fetch(void *context, const struct row_request *request, struct row_page *rows,
                         struct error *error) {
    struct names *names = context;
    const struct batch_page wanted = table_page_wanted(request, false);
    struct arena *arena = arena_new();
    struct batch_name *found = NULL;
    size_t count = 0;
    enum result code = arena == NULL ? error_no_memory(error)
                                     : batch_names(names->page.workstation->store, names->entry.id,
                                                   &wanted, arena, &found, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        struct row *row = table_page_add(rows, found[i].line);
        char number[SHOW_POINTS_SIZE];
        if (row == NULL) {
            code = error_no_memory(error);
            break;
        }
        row_set(row, COLUMN_ROWS, show_number(found[i].rows, number));
        row_set(row, COLUMN_NAME, found[i].name);
        row_set(row, COLUMN_CODE, found[i].code);
        row_printf(row, COLUMN_LINE, "%lld", (long long)found[i].line);
    }
    arena_free(arena);
    return code;
}

/* Counts the names and, as the sentence for none depends on it, the rows that wait. */
static enum result count_rows(struct table_page *page, int64_t *rows, struct error *error) {
    struct names *names = (struct names *)page;
    enum result code =
        batch_names_count(page->workstation->store, names->entry.id, &names->left, error);
    *rows = names->left.names;
    return code;
}

/* Says why there are no names, and what to do now. */
static void set_empty(struct names *names) {
    if (count_rows(&names->page, &names->page.rows, NULL) != RESULT_OK) {
        names->left = (struct batch_names_left){0};
    }
    table_set_empty(names->page.table,
                    names->left.waiting > 0
                        ? _("Every name is settled. Press t: the rows that waited are taken in "
                            "again.")
                        : _("No name of this intake waits for a decision."));
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    static const struct table_page_parts parts = {
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .fetch = fetch,
        .count = count_rows,
    };
    struct names *names = calloc(1, sizeof(*names));
    if (names == NULL) {
        return error_no_memory(error);
    }
    names->arena = arena_new();
    enum result code = names->arena == NULL
                           ? error_no_memory(error)
                           : batch_load(workstation_of(view)->store, *(const int64_t *)argument,
                                        names->arena, &names->entry, error);
    if (code == RESULT_OK) {
        code = table_page_start(view, &names->page, &parts, error);
    }
    if (code != RESULT_OK) {
        arena_free(names->arena);
        free(names);
        return code;
    }
    set_empty(names);
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct names *names = view->data;
    arena_free(names->arena);
    table_page_close(view);
}

static void resume(struct view *view) {
    table_page_resume(view);
    set_empty(view->data);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct names *names = view->data;
    if (action == TAKE_WAITING) {
        rejects_out_take_waiting(view, &names->entry);
        return VIEW_HANDLED;
    }
    enum table_response response = table_handle(names->page.table, event, action);
    const struct row *row = table_current(names->page.table);
    if (response == TABLE_ACTIVATED && row != NULL) {
        const struct names_settle_argument wanted = {.batch = names->entry.id, .line = row_id(row)};
        screen_push(view->screen, &names_settle_view, &wanted);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct names *names = view->data;
    char number[SHOW_POINTS_SIZE];
    if (names->left.waiting > 0) {
        buffer_printf(left, _("%s settled rows wait to be taken in: t"),
                      show_number(names->left.waiting, number));
    } else {
        buffer_append_text(left, _("Enter shows the enterprises most like a name"));
    }
    table_page_position(&names->page, _("names"), right);
}

const struct view_ops names_view = {
    .title = N_("Names to decide"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = table_page_paint,
    .handle = handle,
    .status = status,
    .resume = resume,
    .close = close_view,
};
