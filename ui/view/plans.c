#include "ui/view/views.h"

#include "base/gettext.h"
#include "plan/plan.h"
#include "score/period.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

#include <stdlib.h>

enum { NEW_PLAN = 1, ANNUAL_PLANS, LIBRARIES, VISITS };

static const struct action actions[] = {
    {NEW_PLAN, "new-plan", N_("make a new plan"), N_("New plan"), {'n'}, ACTION_SHOWN},
    {ANNUAL_PLANS,
     "annual-plans",
     N_("the plans of whole years"),
     N_("Annual plans"),
     {'y'},
     ACTION_SHOWN},
    {LIBRARIES,
     "libraries",
     N_("the libraries of inspectors and matters"),
     N_("Libraries"),
     {'b'},
     ACTION_SHOWN},
    {VISITS,
     "merged-visits",
     N_("enterprises that several plans inspect: visit each once"),
     N_("Merged visits"),
     {'m'},
     ACTION_SHOWN},
    {0},
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct plan *plans = NULL;
    enum result code = plan_list(page->workstation->store, page->arena, &plans, count, error);
    page->items = plans;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    return list_page_open(view, load, error);
}

static const struct plan *plan_at(const struct list_page *page, size_t place) {
    return (const struct plan *)page->items + place;
}

/* Columns of the title: what the others leave. */
static int title_width(struct region row) {
    return row.columns - 56 > 12 ? row.columns - 56 : 12;
}

static void paint_titles(struct region row) {
    int title = title_width(row);
    paint_cell(row.row, row.column, 10, ROLE_HEADER, _("Number"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 11, 14, ROLE_HEADER, _("State"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 26, title, ROLE_HEADER, _("Title"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 27 + title, 8, ROLE_HEADER, _("Period"), ALIGN_LEFT);
    paint_text(row.row, row.column + 36 + title, 8, ROLE_HEADER, _("Drawn"), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 46 + title, row.columns - 46 - title, ROLE_HEADER,
               _("Made by"), ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct plan *plan = plan_at(context, place);
    char period[PERIOD_TEXT_SIZE];
    char drawn[SHOW_POINTS_SIZE];
    int title = title_width(row);
    int role = plan->state == PLAN_VOID ? ROLE_DIM : ROLE_TEXT;
    paint_text(row.row, row.column, 10, role | on_cursor, plan->number, ALIGN_LEFT);
    paint_cell(row.row, row.column + 11, 14, role | on_cursor, plan_state_name(plan->state),
               ALIGN_LEFT);
    paint_cell(row.row, row.column + 26, title, role | on_cursor, plan->title, ALIGN_LEFT);
    paint_text(row.row, row.column + 27 + title, 8, role | on_cursor,
               period_format(plan->period, period), ALIGN_LEFT);
    paint_text(row.row, row.column + 36 + title, 8, role | on_cursor,
               plan->drawn > 0 ? show_number(plan->drawn, drawn) : "", ALIGN_RIGHT);
    paint_cell(row.row, row.column + 46 + title, row.columns - 46 - title, role | on_cursor,
               plan->created_by, ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("There are no inspection plans yet. Press n to make one: it takes its "
                          "classes from the newest period and its rates from the policy."),
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
    if (action == NEW_PLAN) {
        screen_push(view->screen, &plan_form_view, NULL);
        return VIEW_HANDLED;
    }
    if (action == ANNUAL_PLANS) {
        screen_push(view->screen, &annuals_view, NULL);
        return VIEW_HANDLED;
    }
    if (action == VISITS) {
        screen_push(view->screen, &visits_view, NULL);
        return VIEW_HANDLED;
    }
    if (action == LIBRARIES) {
        screen_push(view->screen, &library_view, NULL);
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        int64_t id = plan_at(page, place)->id;
        screen_push(view->screen, &plan_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops plans_view = {
    .title = N_("Plans"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = list_page_resume,
    .close = list_page_close,
};
