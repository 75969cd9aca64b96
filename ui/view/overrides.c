#include "ui/view/views.h"

#include "base/gettext.h"
#include "score/override_text.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/override_steps.h"
#include "ui/view/show.h"

#include <stdlib.h>

enum { APPROVE = 1, REJECT, WITHDRAW, FILTER, CLEAR, DETAILS };

static const struct action actions[] = {
    {APPROVE, "approve", N_("approve the override"), N_("Approve"), {'a'}, ACTION_SHOWN},
    {REJECT, "reject", N_("reject the override"), N_("Reject"), {'t'}, ACTION_SHOWN},
    {WITHDRAW, "withdraw", N_("withdraw the override"), N_("Withdraw"), {'w'}, ACTION_SHOWN},
    {FILTER, "filter", N_("choose which overrides are shown"), N_("Filter"), {'f'}, ACTION_SHOWN},
    {DETAILS, "details", N_("show all about the override"), N_("Details"), {'i'}, ACTION_SHOWN},
    {CLEAR, "clear", N_("show all overrides"), N_("Show all"), {'x'}, ACTION_LISTED},
    {0},
};

/* The page and what it shows. */
struct overrides {
    struct list_page page; /* first, as list_page_start asks */
    struct override_filter filter;
};

static date today_of(const struct list_page *page) {
    return clock_today(&page->workstation->actor.clock);
}

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    const struct overrides *overrides = (const struct overrides *)page;
    struct override *items = NULL;
    enum result code = override_list(page->workstation->store, &overrides->filter, today_of(page),
                                     page->arena, &items, count, error);
    page->items = items;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct overrides_argument *wanted = argument;
    struct overrides *overrides = calloc(1, sizeof(*overrides));
    if (overrides == NULL) {
        return error_no_memory(error);
    }
    overrides->filter = (struct override_filter){
        .choice = wanted == NULL ? OVERRIDES_ALL : wanted->choice, .days = OVERRIDE_ENDING_DAYS};
    enum result code = list_page_start(view, &overrides->page, load, error);
    if (code != RESULT_OK) {
        free(overrides);
    }
    return code;
}

static const struct override *override_at(const struct list_page *page, size_t place) {
    return (const struct override *)page->items + place;
}

/* Columns: what is fixed takes 50, on a wide screen more for the document; what the override says
 * and whom it is about share the rest. */
struct widths {
    int what;
    int name;
};

static struct widths widths_of(struct region row) {
    int fixed = row.columns < 100 ? 50 : 64;
    int rest = row.columns - fixed > 24 ? row.columns - fixed : 24;
    return (struct widths){.what = rest / 2, .name = rest - rest / 2};
}

static void paint_titles(struct region row) {
    struct widths width = widths_of(row);
    paint_text(row.row, row.column, 4, ROLE_HEADER, _("No."), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 5, 12, ROLE_HEADER, _("State"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 18, width.what, ROLE_HEADER, _("Override"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 19 + width.what, width.name, ROLE_HEADER, _("Enterprise"),
               ALIGN_LEFT);
    int column = row.column + 20 + width.what + width.name;
    paint_cell(row.row, column, 8, ROLE_HEADER, _("Proposed by"), ALIGN_LEFT);
    paint_cell(row.row, column + 9, 10, ROLE_HEADER, _("Until"), ALIGN_LEFT);
    paint_cell(row.row, column + 20, row.columns - (column + 20 - row.column), ROLE_HEADER,
               _("Document number"), ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct list_page *page = context;
    const struct override *override = override_at(page, place);
    struct widths width = widths_of(row);
    char number[SHOW_POINTS_SIZE];
    char to[DATE_TEXT_SIZE];
    struct buffer what = BUFFER_INIT;
    date today = today_of(page);
    int role = override_role(override, today) | on_cursor;
    override_text_what(override, &what);
    paint_text(row.row, row.column, 4, role, show_number(override->id, number), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 5, 12, role, override_text_state(override, today), ALIGN_LEFT);
    paint_cell(row.row, row.column + 18, width.what, role, buffer_text(&what), ALIGN_LEFT);
    paint_cell(row.row, row.column + 19 + width.what, width.name, role, override->name, ALIGN_LEFT);
    int column = row.column + 20 + width.what + width.name;
    paint_cell(row.row, column, 8, role, override->proposer, ALIGN_LEFT);
    paint_cell(row.row, column + 9, 10, role, date_format(override->valid_to, to), ALIGN_LEFT);
    paint_cell(row.row, column + 20, row.columns - (column + 20 - row.column), role,
               override->document, ALIGN_LEFT);
    buffer_free(&what);
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
    const struct overrides *overrides = view->data;
    if (page->outline.count == 0 && overrides->filter.choice != OVERRIDES_ALL) {
        paint_paragraph(body, ROLE_DIM,
                        _("There are none of these; x shows all overrides, f others."), 0);
        return;
    }
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("There are no overrides. Open an enterprise (desk 2) and press o to "
                          "propose one."),
                        0);
        return;
    }
    if (body.rows > 3) {
        paint_titles(region_take_top(&body, 1));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

/* Shows those of a choice, from the top. */
static void show_choice(struct view *view, enum override_choice choice) {
    struct overrides *overrides = view->data;
    overrides->filter.choice = choice;
    overrides->page.outline.cursor = 0;
    list_page_resume(view);
}

static void choose(struct view *view) {
    const struct overrides *overrides = view->data;
    const char *names[OVERRIDES_CHOICES];
    for (int i = 0; i < OVERRIDES_CHOICES; i++) {
        names[i] = override_choice_name((enum override_choice)i);
    }
    int chosen = prompt_choose(view->screen, _("Overrides"), names, OVERRIDES_CHOICES,
                               (int)overrides->filter.choice);
    if (chosen >= 0) {
        show_choice(view, (enum override_choice)chosen);
    }
}

/* What is done with the override under the cursor. */
static void act(struct view *view, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    bool changed = false;
    if (!list_page_current(page, &place)) {
        return;
    }
    const struct override *override = override_at(page, place);
    switch (action) {
    case APPROVE:
        changed = override_step_approve(view, override);
        break;
    case REJECT:
        changed = override_step_reject(view, override);
        break;
    case WITHDRAW:
        changed = override_step_withdraw(view, override);
        break;
    default:
        override_notice(view, override);
        break;
    }
    if (changed) {
        list_page_resume(view);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    switch (action) {
    case APPROVE:
    case REJECT:
    case WITHDRAW:
    case DETAILS:
        act(view, action);
        return VIEW_HANDLED;
    case FILTER:
        choose(view);
        return VIEW_HANDLED;
    case CLEAR:
        show_choice(view, OVERRIDES_ALL);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        int64_t id = override_at(page, place)->enterprise;
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct overrides *overrides = view->data;
    size_t count = overrides->page.outline.count;
    if (overrides->filter.choice != OVERRIDES_ALL) {
        buffer_printf(left, _("Shown: %s  [x show all]"),
                      override_choice_name(overrides->filter.choice));
    }
    buffer_printf(right, ngettext("%zu override", "%zu overrides", (unsigned long)count), count);
}

const struct view_ops overrides_view = {
    .title = N_("Overrides"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = list_page_close,
};
