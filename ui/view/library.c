#include "plan/library.h"
#include "base/gettext.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"
#include "ui/view/views.h"

#include <inttypes.h>
#include <stdlib.h>

enum { OTHER = 1, ADD, RECUSE };

static const struct action actions[] = {
    {OTHER,
     "other-library",
     N_("turn to inspectors or matters"),
     N_("Inspectors/matters"),
     {PRESS_TAB},
     ACTION_SHOWN},
    {ADD, "add", N_("add an entry"), N_("Add"), {'a'}, ACTION_SHOWN},
    {RECUSE,
     "recuse",
     N_("say whom this inspector may not inspect"),
     N_("Recuse"),
     {'h'},
     ACTION_SHOWN},
    {0},
};

/* The page: entries of one library at a time. */
struct library_page {
    struct list_page list;
    enum record_table table;
    struct library_sum sum;
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct library_page *library = (struct library_page *)page;
    struct library_entry *entries = NULL;
    enum result code = library_load(page->workstation->store, library->table,
                                    clock_today(&page->workstation->actor.clock), page->arena,
                                    &entries, count, &library->sum, error);
    page->items = entries;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    struct library_page *library = calloc(1, sizeof(*library));
    if (library == NULL) {
        return error_no_memory(error);
    }
    library->table = RECORD_INSPECTOR;
    enum result code = list_page_start(view, &library->list, load, error);
    if (code != RESULT_OK) {
        free(library);
    }
    return code;
}

static const struct library_entry *entry_at(const struct list_page *page, size_t place) {
    return (const struct library_entry *)page->items + place;
}

/* The columns: key, title, side, where, much, and why it does not hold behind. */
static const int widths[] = {9, 16, 14, 14, 11};

static int title_width(const struct library_page *library, struct region row) {
    int others = library->table == RECORD_INSPECTOR ? 66 : 62;
    int left = row.columns - others;
    return left > widths[1] ? left : widths[1];
}

static void paint_columns(const struct library_page *library, struct region row,
                          const char *const texts[6], int role, int last_role) {
    int column = row.column;
    for (int i = 0; i < 6; i++) {
        int wide = i == 1   ? title_width(library, row)
                   : i == 5 ? row.column + row.columns - column
                            : widths[i];
        if (wide > 0) {
            paint_cell(row.row, column, wide, i == 5 ? last_role : role, texts[i], ALIGN_LEFT);
        }
        column += wide + 1;
    }
}

static void paint_titles(const struct library_page *library, struct region row) {
    const char *const inspectors[6] = {_("Number"), _("Name"),        _("Department"),
                                       _("Region"), _("Holds until"), _("Standing")};
    const char *const matters[6] = {_("Code"),    _("Matter"),      _("Category"),
                                    _("Methods"), _("Rate, times"), _("Standing")};
    paint_columns(library, row, library->table == RECORD_INSPECTOR ? inspectors : matters,
                  ROLE_HEADER, ROLE_HEADER);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct library_page *library = context;
    const struct library_entry *entry = entry_at(&library->list, place);
    char standing[96] = "";
    if (entry->standing != NULL) {
        snprintf(standing, sizeof(standing), "%s", entry->standing);
    } else if (library->table == RECORD_INSPECTOR) {
        snprintf(standing, sizeof(standing), "%s%s", entry->expert ? _("expert ") : "",
                 entry->recusals > 0 ? _("recused") : "");
    }
    const char *const texts[6] = {entry->key,   entry->title, entry->side,
                                  entry->where, entry->much,  standing};
    paint_columns(library, row, texts, (entry->standing == NULL ? ROLE_TEXT : ROLE_DIM) | on_cursor,
                  (entry->standing == NULL ? ROLE_TEXT : ROLE_WARNING) | on_cursor);
}

static void paint(struct view *view, struct region body) {
    struct library_page *library = view->data;
    struct region row = region_take_top(&body, 1);
    paint_printf(row.row, row.column, row.columns, ROLE_STRONG,
                 library->table == RECORD_INSPECTOR ? _("%lld inspectors, %lld can be sent. %s")
                                                    : _("%lld matters, %lld in force. %s"),
                 (long long)library->sum.all, (long long)library->sum.holding,
                 library->sum.reasons);
    if (library->list.outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("There is nothing here yet. Press a to add an entry, or take a file in "
                          "on the data desk."),
                        0);
        return;
    }
    if (body.rows > 3) {
        paint_titles(library, region_take_top(&body, 1));
    }
    outline_paint(&library->list.outline, body, paint_line, library);
}

static void other(struct view *view) {
    struct library_page *library = view->data;
    struct error error = ERROR_INIT;
    library->table = library->table == RECORD_INSPECTOR ? RECORD_MATTER : RECORD_INSPECTOR;
    library->list.outline.cursor = 0;
    if (list_page_reload(&library->list, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void recuse(struct view *view) {
    struct library_page *library = view->data;
    struct workstation *workstation = library->list.workstation;
    struct error error = ERROR_INIT;
    size_t place = 0;
    if (library->table != RECORD_INSPECTOR || !list_page_current(&library->list, &place)) {
        screen_message(view->screen, MESSAGE_WARNING, "%s", _("Go to an inspector first."));
        return;
    }
    const struct library_entry *entry = entry_at(&library->list, place);
    const struct prompt who = {.label = _("Enterprise (USCC, registration number or name):")};
    const struct prompt why = {.label = _("Why the inspector may not inspect it:")};
    char *enterprise = prompt_text(view->screen, &who);
    char *reason = enterprise == NULL ? NULL : prompt_text(view->screen, &why);
    if (reason != NULL && library_recuse(workstation->store, &workstation->actor, entry->key,
                                         enterprise, reason, DATE_NONE, &error) == RESULT_OK) {
        screen_message(view->screen, MESSAGE_INFO, _("%s is recused from %s."), entry->title,
                       enterprise);
        list_page_resume(view);
    }
    free(enterprise);
    free(reason);
    if (error.code != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct library_page *library = view->data;
    size_t place = 0;
    struct library_key key = {.table = library->table};
    switch (action) {
    case OTHER:
        other(view);
        return VIEW_HANDLED;
    case ADD:
        screen_push(view->screen, &library_form_view, &key);
        return VIEW_HANDLED;
    case RECUSE:
        recuse(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&library->list.outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(&library->list, &place)) {
        key.key = entry_at(&library->list, place)->key;
        screen_push(view->screen, &library_form_view, &key);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops library_view = {
    .title = N_("Libraries"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = list_page_resume,
    .close = list_page_close,
};
