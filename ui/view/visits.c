#include "plan/visits.h"
#include "base/gettext.h"
#include "registry/division.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"
#include "ui/view/views.h"

#include <stdlib.h>

/* The page: enterprises that several plans of the year are to inspect. */
struct visits_page {
    struct list_page list;
    int64_t saved;
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct visits_page *visits = (struct visits_page *)page;
    struct merged_visit *items = NULL;
    int year = date_year(clock_today(&page->workstation->actor.clock));
    enum result code = visits_load(page->workstation->store, year, page->arena, &items, count,
                                   &visits->saved, error);
    page->items = items;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    struct visits_page *visits = calloc(1, sizeof(*visits));
    if (visits == NULL) {
        return error_no_memory(error);
    }
    enum result code = list_page_start(view, &visits->list, load, error);
    if (code != RESULT_OK) {
        free(visits);
    }
    return code;
}

static const struct merged_visit *visit_at(const struct list_page *page, size_t place) {
    return (const struct merged_visit *)page->items + place;
}

/* Columns of the name: what the others leave. */
static int name_width(struct region row) {
    return row.columns - 56 > 20 ? row.columns - 56 : 20;
}

static void paint_row(struct region row, int role, const char *name, const char *code,
                      const char *region, const char *plans) {
    int wide = name_width(row);
    paint_cell(row.row, row.column, wide, role, name, ALIGN_LEFT);
    paint_cell(row.row, row.column + wide + 1, 18, role, code, ALIGN_LEFT);
    paint_cell(row.row, row.column + wide + 20, 14, role, region, ALIGN_LEFT);
    paint_cell(row.row, row.column + wide + 35, row.columns - wide - 35, role, plans, ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct merged_visit *visit = visit_at(context, place);
    paint_row(row, ROLE_TEXT | on_cursor, visit->name, visit->unit, division_label(visit->region),
              visit->numbers);
}

static void paint(struct view *view, struct region body) {
    struct visits_page *visits = view->data;
    if (visits->list.outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("No enterprise waits for the visits of several plans of this year."), 0);
        return;
    }
    struct region row = region_take_top(&body, 1);
    paint_printf(row.row, row.column, row.columns, ROLE_STRONG,
                 _("%zu enterprises are in several plans; visiting each once spares %lld visits."),
                 visits->list.outline.count, (long long)visits->saved);
    if (body.rows > 3) {
        paint_row(region_take_top(&body, 1), ROLE_HEADER, _("Enterprise"), _("USCC"), _("Region"),
                  _("Plans"));
    }
    outline_paint(&visits->list.outline, body, paint_line, visits);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct visits_page *visits = view->data;
    size_t place = 0;
    enum table_response response = outline_handle(&visits->list.outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(&visits->list, &place)) {
        int64_t id = visit_at(&visits->list, place)->enterprise;
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops visits_view = {
    .title = N_("Merged visits"),
    .actions = {moving_actions, NULL},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = list_page_resume,
    .close = list_page_close,
};
