#include "ui/view/views.h"

#include "base/gettext.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

#include <stdio.h>
#include <stdlib.h>

enum { APPROVE = 1, REJECT, WITHDRAW };

static const struct action actions[] = {
    {APPROVE, "approve", N_("approve the override"), N_("Approve"), {'a'}, ACTION_SHOWN},
    {REJECT, "reject", N_("reject the override"), N_("Reject"), {'t'}, ACTION_SHOWN},
    {WITHDRAW, "withdraw", N_("withdraw the override"), N_("Withdraw"), {'w'}, ACTION_SHOWN},
    {0},
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct override *overrides = NULL;
    date today = clock_today(&page->workstation->actor.clock);
    enum result code = override_load_all(page->workstation->store, 0, today, page->arena,
                                         &overrides, count, error);
    page->items = overrides;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    return list_page_open(view, load, error);
}

static const struct override *override_at(const struct list_page *page, size_t place) {
    return (const struct override *)page->items + place;
}

/* "set class C", "exclude fact". */
static void what_text(const struct override *override, char text[96]) {
    const char *detail =
        override->kind == OVERRIDE_SET_CLASS      ? risk_class_letter(override->risk_class)
        : override->kind == OVERRIDE_EXCLUDE_FACT ? fact_status_name(override->fact_status)
                                                  : override->rule;
    snprintf(text, 96, "%s %s", override_kind_name(override->kind), detail == NULL ? "" : detail);
}

/* Columns of the enterprise's name: what the others leave. */
static int name_width(struct region row) {
    return row.columns - 66 > 12 ? row.columns - 66 : 12;
}

static void paint_titles(struct region row) {
    int name = name_width(row);
    paint_text(row.row, row.column, 4, ROLE_HEADER, _("No."), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 6, 9, ROLE_HEADER, _("State"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 16, 22, ROLE_HEADER, _("Override"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 39, name, ROLE_HEADER, _("Enterprise"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 40 + name, 10, ROLE_HEADER, _("Proposed by"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 51 + name, row.columns - 51 - name, ROLE_HEADER,
               _("Document number"), ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct override *override = override_at(context, place);
    char what[96];
    int name = name_width(row);
    char number[SHOW_POINTS_SIZE];
    int role = override->state == OVERRIDE_PROPOSED   ? ROLE_WARNING
               : override->state == OVERRIDE_APPROVED ? ROLE_TEXT
                                                      : ROLE_DIM;
    what_text(override, what);
    paint_text(row.row, row.column, 4, role | on_cursor, show_number(override->id, number),
               ALIGN_RIGHT);
    paint_cell(row.row, row.column + 6, 9, role | on_cursor, override_state_name(override->state),
               ALIGN_LEFT);
    paint_cell(row.row, row.column + 16, 22, role | on_cursor, what, ALIGN_LEFT);
    paint_cell(row.row, row.column + 39, name, role | on_cursor, override->name, ALIGN_LEFT);
    paint_cell(row.row, row.column + 40 + name, 10, role | on_cursor, override->proposer,
               ALIGN_LEFT);
    paint_cell(row.row, row.column + 51 + name, row.columns - 51 - name, role | on_cursor,
               override->document, ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
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

/* Asks for the reason of a rejection or withdrawal; on the heap, NULL when given up. */
static char *ask_reason(struct view *view) {
    struct prompt prompt = {.label = _("Reason:")};
    return prompt_text(view->screen, &prompt);
}

static void step(struct view *view, const struct override *override, int action) {
    struct list_page *page = view->data;
    struct store *store = page->workstation->store;
    const struct actor *actor = &page->workstation->actor;
    struct error error = ERROR_INIT;
    enum result code = RESULT_OK;
    char question[512];
    if (action == APPROVE) {
        snprintf(question, sizeof(question),
                 _("Approve override %lld for %s as %s? The enterprise is scored anew at once."),
                 (long long) override->id, override->name, actor->name);
        if (!prompt_confirm(view->screen, question)) {
            return;
        }
        code = override_approve(store, actor, override->id, &error);
    } else {
        char *reason = ask_reason(view);
        if (reason == NULL) {
            return;
        }
        code = action == REJECT ? override_reject(store, actor, override->id, reason, &error)
                                : override_withdraw(store, actor, override->id, reason, &error);
        free(reason);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    screen_message(view->screen, MESSAGE_INFO, _("Override %lld: done."), (long long) override->id);
    list_page_resume(view);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    bool any = list_page_current(page, &place);
    if (action == APPROVE || action == REJECT || action == WITHDRAW) {
        if (any) {
            step(view, override_at(page, place), action);
        }
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        int64_t id = override_at(page, place)->enterprise;
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops overrides_view = {
    .title = N_("Overrides"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = list_page_resume,
    .close = list_page_close,
};
