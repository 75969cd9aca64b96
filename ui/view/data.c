#include "ui/view/views.h"

#include "base/gettext.h"
#include "intake/batch_list.h"
#include "intake/kind.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

/* Intakes listed: those of years. Older ones are found on the command line. */
#define MOST_BATCHES 2000

enum { TAKE_IN = 1 };

static const struct action actions[] = {
    {TAKE_IN, "take-in", N_("take a file in"), N_("Take a file in"), {'n'}, ACTION_SHOWN},
    {0},
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct batch_entry *entries = NULL;
    enum result code =
        batch_list(page->workstation->store, 0, MOST_BATCHES, page->arena, &entries, count, error);
    page->items = entries;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    return list_page_open(view, load, error);
}

static const struct batch_entry *entry_at(const struct list_page *page, size_t place) {
    return (const struct batch_entry *)page->items + place;
}

/* Columns of the file's name: what the others leave. */
static int name_width(struct region row) {
    return row.columns - 62 > 12 ? row.columns - 62 : 12;
}

static void paint_titles(struct region row) {
    int name = name_width(row);
    paint_text(row.row, row.column, 5, ROLE_HEADER, _("No."), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 6, 16, ROLE_HEADER, _("When"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 23, 10, ROLE_HEADER, _("Kind"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 34, name, ROLE_HEADER, _("File"), ALIGN_LEFT);
    paint_text(row.row, row.column + 35 + name, 9, ROLE_HEADER, _("Read"), ALIGN_RIGHT);
    paint_text(row.row, row.column + 45 + name, 8, ROLE_HEADER, _("Rejected"), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 54 + name, row.columns - 54 - name, ROLE_HEADER, _("By"),
               ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct batch_entry *entry = entry_at(context, place);
    char number[SHOW_POINTS_SIZE];
    char when[SHOW_TIME_SIZE];
    int name = name_width(row);
    int role = entry->undone_at != NULL ? ROLE_DIM : ROLE_TEXT;
    enum import_kind kind = kind_find(entry->kind);
    paint_printf(row.row, row.column, 5, role | on_cursor, "%5lld", (long long)entry->id);
    paint_text(row.row, row.column + 6, 16, role | on_cursor, show_time(entry->at, when),
               ALIGN_LEFT);
    paint_cell(row.row, row.column + 23, 10, role | on_cursor,
               kind == IMPORT_KIND_COUNT ? entry->kind : _(kind_of(kind)->title), ALIGN_LEFT);
    paint_cell(row.row, row.column + 34, name, role | on_cursor, entry->file, ALIGN_LEFT);
    paint_text(row.row, row.column + 35 + name, 9, role | on_cursor,
               show_number(entry->read, number), ALIGN_RIGHT);
    paint_text(row.row, row.column + 45 + name, 8,
               (entry->rejected > 0 && entry->undone_at == NULL ? ROLE_WARNING : role) | on_cursor,
               show_number(entry->rejected, number), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 54 + name, row.columns - 54 - name, role | on_cursor,
               entry->undone_at != NULL ? _("undone") : entry->actor, ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("Nothing was taken in yet. Press n and choose a file: whatever it is "
                          "called, you see what is understood of it before anything changes."),
                        0);
        return;
    }
    if (body.rows > 3) {
        paint_titles(region_take_top(&body, 1));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    if (action == TAKE_IN) {
        screen_push(view->screen, &files_view, NULL);
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        int64_t id = entry_at(page, place)->id;
        screen_push(view->screen, &batch_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops data_view = {
    .title = N_("Data"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = list_page_resume,
    .close = list_page_close,
};
