#include "ui/view/views.h"

#include "base/gettext.h"
#include "policy/policy_advice.h"
#include "policy/policy_life.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/policy_page.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = 1 };

static const struct action actions[] = {
    {WHOLE,
     "whole-sentence",
     N_("show the whole sentence"),
     N_("Whole sentence"),
     {'w'},
     ACTION_SHOWN},
    {0},
};

struct check_page {
    struct list_page page; /* first: the view's data; its items are the advice */
    int64_t id;
    struct policy_shown shown;
};

/* Adds the policies that would retire by a draft: whom they score it takes over. */
static enum result add_displaced(struct check_page *check, struct policy_advice **advice,
                                 size_t *count, struct error *error) {
    struct arena *arena = check->page.arena;
    struct policy_version *retired = NULL;
    size_t more = 0;
    enum result code = policy_draft_displaces(check->page.workstation->store, check->shown.policy,
                                              arena, &retired, &more, error);
    struct policy_advice *all =
        code == RESULT_OK ? arena_alloc(arena, (*count + more + 1) * sizeof(*all)) : NULL;
    if (all == NULL) {
        return code == RESULT_OK ? error_no_memory(error) : code;
    }
    for (size_t i = 0; i < more; i++) {
        const char *sentence = arena_printf(
            arena,
            _("It takes all enterprises of \"%s\" (%s) over, which retires: look at the kinds of "
              "entity it is made for."),
            retired[i].name, retired[i].code);
        all[i] = (struct policy_advice){policy_sheet_name(POLICY_SHEET_GENERAL),
                                        sentence == NULL ? "" : sentence};
    }
    if (*count > 0) {
        memcpy(all + more, *advice, *count * sizeof(*all));
    }
    *advice = all;
    *count += more;
    return RESULT_OK;
}

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct check_page *check = (struct check_page *)page;
    struct policy_advice *advice = NULL;
    enum result code = policy_shown_load(&check->shown, page->workstation->store, check->id, error);
    if (code == RESULT_OK) {
        code = policy_advise(check->shown.policy, page->arena, &advice, count, error);
    }
    if (code == RESULT_OK && policy_is_draft(&check->shown.version)) {
        code = add_displaced(check, &advice, count, error);
    }
    page->items = advice;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct check_page *check = calloc(1, sizeof(*check));
    if (check == NULL) {
        return error_no_memory(error);
    }
    check->id = *(const int64_t *)argument;
    enum result code = list_page_start(view, &check->page, load, error);
    if (code != RESULT_OK) {
        policy_shown_free(&check->shown);
        free(check);
    }
    return code;
}

static void close_view(struct view *view) {
    struct check_page *check = view->data;
    policy_shown_free(&check->shown);
    list_page_close(view);
}

static const struct policy_advice *advice_at(const struct check_page *check, size_t place) {
    return (const struct policy_advice *)check->page.items + place;
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct check_page *check = context;
    const struct policy_advice *advice = advice_at(check, place);
    paint_cell(row.row, row.column, 12, ROLE_WARNING | on_cursor, advice->code, ALIGN_LEFT);
    paint_cell(row.row, row.column + 13, row.columns - 13, ROLE_TEXT | on_cursor, advice->sentence,
               ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct check_page *check = view->data;
    if (body.rows > 3) {
        struct region row = region_take_top(&body, 1);
        paint_cell(row.row, row.column, row.columns, ROLE_MESSAGE,
                   check->page.outline.count == 0
                       ? _("Every rule is kept, and nothing else is worth a look.")
                       : _("Every rule is kept. Worth a look before it is published:"),
                   ALIGN_LEFT);
    }
    outline_paint(&check->page.outline, body, paint_line, check);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct check_page *check = view->data;
    size_t place = 0;
    bool any = list_page_current(&check->page, &place);
    if (action == WHOLE) {
        if (any) {
            prompt_notice(view->screen, advice_at(check, place)->code,
                          advice_at(check, place)->sentence);
        }
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&check->page.outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(&check->page, &place)) {
        const struct policy_part_argument argument = {
            check->id, policy_part_of(check->shown.policy, advice_at(check, place)->code)};
        screen_push(view->screen, &policy_part_view, &argument);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct check_page *check = view->data;
    policy_name_append(&check->shown.version, left);
    buffer_printf(right, _("%zu remarks"), check->page.outline.count);
}

const struct view_ops policy_check_view = {
    .title = N_("Check of a policy"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = close_view,
};
