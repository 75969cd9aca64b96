#include "ui/view/views.h"

#include "base/gettext.h"
#include "plan/annual.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

#include <stdio.h>
#include <stdlib.h>

enum { NEW_ANNUAL = 1 };

static const struct action actions[] = {
    {NEW_ANNUAL,
     "new-annual-plan",
     N_("make a new annual plan"),
     N_("New plan"),
     {'n'},
     ACTION_SHOWN},
    {0},
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct annual *annuals = NULL;
    enum result code = annual_list(page->workstation->store, page->arena, &annuals, count, error);
    page->items = annuals;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    return list_page_open(view, load, error);
}

static const struct annual *annual_at(const struct list_page *page, size_t place) {
    return (const struct annual *)page->items + place;
}

static int title_width(struct region row) {
    return row.columns - 46 > 12 ? row.columns - 46 : 12;
}

static void paint_titles(struct region row) {
    int title = title_width(row);
    paint_cell(row.row, row.column, 5, ROLE_HEADER, _("Year"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 6, 12, ROLE_HEADER, _("State"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 19, title, ROLE_HEADER, _("Title"), ALIGN_LEFT);
    paint_text(row.row, row.column + 20 + title, 6, ROLE_HEADER, _("Tasks"), ALIGN_RIGHT);
    paint_text(row.row, row.column + 27 + title, 8, ROLE_HEADER, _("Planned"), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 36 + title, row.columns - 36 - title, ROLE_HEADER,
               _("Made by"), ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct annual *annual = annual_at(context, place);
    char number[SHOW_POINTS_SIZE];
    int title = title_width(row);
    int role = (annual->state == ANNUAL_VOID ? ROLE_DIM : ROLE_TEXT) | on_cursor;
    int64_t planned = 0;
    for (size_t i = 0; i < annual->task_count; i++) {
        planned += annual_task_planned(&annual->tasks[i]);
    }
    paint_printf(row.row, row.column, 5, role, "%d", annual->year);
    paint_cell(row.row, row.column + 6, 12, role, annual_state_name(annual->state), ALIGN_LEFT);
    paint_cell(row.row, row.column + 19, title, role, annual->title, ALIGN_LEFT);
    paint_text(row.row, row.column + 20 + title, 6, role,
               show_number((int64_t)annual->task_count, number), ALIGN_RIGHT);
    paint_text(row.row, row.column + 27 + title, 8, role, show_number(planned, number),
               ALIGN_RIGHT);
    paint_cell(row.row, row.column + 36 + title, row.columns - 36 - title, role, annual->created_by,
               ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("There is no annual plan yet. Press n to make one: its tasks are parted "
                          "into batches by month or quarter, and each batch becomes a plan."),
                        0);
        return;
    }
    if (body.rows > 3) {
        paint_titles(region_take_top(&body, 1));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

/* Asks for the title and makes a plan: of this year, or in December of the next. */
static void make(struct view *view) {
    const struct list_page *page = view->data;
    const struct actor *actor = &page->workstation->actor;
    struct error error = ERROR_INIT;
    date today = clock_today(&actor->clock);
    int year = date_year(today) + (date_month(today) == ANNUAL_MONTHS ? 1 : 0);
    char initial[128];
    int64_t id = 0;
    snprintf(initial, sizeof(initial), _("Inspection plan of %d"), year);
    struct prompt prompt = {.label = _("Title of the annual plan:"), .initial = initial};
    char *title = prompt_text(view->screen, &prompt);
    if (title == NULL) {
        return;
    }
    if (annual_create(page->workstation->store, actor, year, title, &id, &error) == RESULT_OK) {
        screen_push(view->screen, &annual_view, &id);
    } else {
        screen_error(view->screen, &error);
    }
    free(title);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    if (action == NEW_ANNUAL) {
        make(view);
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        int64_t id = annual_at(page, place)->id;
        screen_push(view->screen, &annual_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops annuals_view = {
    .title = N_("Annual plans"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = list_page_resume,
    .close = list_page_close,
};
