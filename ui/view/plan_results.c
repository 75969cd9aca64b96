#include "ui/view/views.h"

#include "base/gettext.h"
#include "plan/close.h"
#include "plan/outcome.h"
#include "plan/outcome_list.h"
#include "registry/inspection_code.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILTER = 1, FOLLOW, WITHDRAW, PUBLISH, CLOSE_PLAN, ENTERPRISE, CLEAR };

static const struct action actions[] = {
    {ACTION_TABLE_OPEN,
     "enter",
     N_("enter or correct the result"),
     N_("Enter the result"),
     {PRESS_ENTER, 'l'},
     ACTION_SHOWN},
    {FILTER, "filter", N_("choose which results are shown"), N_("Filter"), {'f'}, ACTION_SHOWN},
    {FOLLOW, "follow-up", N_("say what came of the case"), N_("Follow up"), {'d'}, ACTION_SHOWN},
    {WITHDRAW, "withdraw", N_("take the result back"), N_("Take back"), {'w'}, ACTION_SHOWN},
    {PUBLISH, "publish", N_("note the public notice"), N_("Published"), {'p'}, ACTION_SHOWN},
    {CLOSE_PLAN, "close-plan", N_("close the plan"), N_("Close the plan"), {'c'}, ACTION_SHOWN},
    {ENTERPRISE, "enterprise", N_("open the enterprise"), N_("Enterprise"), {'i'}, ACTION_LISTED},
    {CLEAR, "clear", N_("show all households"), N_("Show all"), {'x'}, ACTION_LISTED},
    {0},
};

/* The page and what it shows. */
struct results {
    struct list_page page; /* first, as list_page_start asks */
    int64_t id;
    struct plan plan;
    struct outcome_sum sum;
    enum outcome_choice choice;
};

static date today_of(const struct results *results) {
    return clock_today(&results->page.workstation->actor.clock);
}

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct results *results = (struct results *)page;
    struct store *store = page->workstation->store;
    struct outcome *outcomes = NULL;
    enum result code = plan_load(store, results->id, page->arena, &results->plan, error);
    if (code == RESULT_OK) {
        code = outcome_sum(store, &results->plan, today_of(results), page->arena, &results->sum,
                           error);
    }
    if (code == RESULT_OK) {
        code = outcome_list(store, &results->plan, results->choice, page->arena, &outcomes, count,
                            error);
    }
    page->items = outcomes;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct results *results = calloc(1, sizeof(*results));
    if (results == NULL) {
        return error_no_memory(error);
    }
    results->id = *(const int64_t *)argument;
    enum result code = list_page_start(view, &results->page, load, error);
    if (code != RESULT_OK) {
        free(results);
    }
    return code;
}

/* What the line under the cursor is about; NULL in an empty list. */
static const struct outcome *current(const struct results *results) {
    size_t place = 0;
    return list_page_current(&results->page, &place)
               ? (const struct outcome *)results->page.items + place
               : NULL;
}

/* ---- painting -------------------------------------------------------------------------------- */

/* Columns: number, class and two days take 31; name, result, follow-up and, on a wide screen, the
 * team share the rest. */
struct widths {
    int name;
    int result;
    int follow_up;
    int team;
};

static struct widths widths_of(struct region row) {
    int team = row.columns > 110 ? 20 : 0;
    int rest = row.columns - 32 - team > 24 ? row.columns - 32 - team : 24;
    int wide = rest * 3 / 8;
    return (struct widths){
        .name = wide, .result = wide, .follow_up = rest - 2 * wide, .team = team};
}

/* A line of texts in their columns. */
struct cells {
    const char *number;
    const char *risk_class;
    const char *name;
    const char *result;
    const char *completed;
    const char *follow_up;
    const char *due;
    const char *team;
};

static void paint_cells(struct region row, const struct cells *cells, int role, int class_role) {
    struct widths width = widths_of(row);
    int column = row.column;
    paint_text(row.row, column, 5, role, cells->number, ALIGN_RIGHT);
    paint_text(row.row, column + 6, 2, class_role, cells->risk_class, ALIGN_LEFT);
    column += 8;
    paint_cell(row.row, column, width.name, role, cells->name, ALIGN_LEFT);
    column += width.name + 1;
    paint_cell(row.row, column, width.result, role, cells->result, ALIGN_LEFT);
    column += width.result + 1;
    paint_text(row.row, column, 10, role, cells->completed, ALIGN_LEFT);
    column += 11;
    paint_cell(row.row, column, width.follow_up, role, cells->follow_up, ALIGN_LEFT);
    column += width.follow_up + 1;
    paint_text(row.row, column, 11, role, cells->due, ALIGN_LEFT);
    if (width.team > 0) {
        paint_cell(row.row, column + 11, row.columns - (column + 11 - row.column), role,
                   cells->team, ALIGN_LEFT);
    }
}

static void paint_titles(struct region row) {
    const struct cells titles = {.number = _("No."),
                                 .risk_class = "",
                                 .name = _("Enterprise"),
                                 .result = _("Result"),
                                 .completed = _("Completed"),
                                 .follow_up = _("Follow-up"),
                                 .due = _("Notice by"),
                                 .team = _("Team")};
    paint_cells(row, &titles, ROLE_HEADER, ROLE_HEADER);
}

static const char *or_nothing(const char *text) {
    return text == NULL ? "" : text;
}

/* The result; of a household without one why, or where there is no column for it who goes. */
static const char *result_text(const struct outcome *one, bool narrow, char *text, size_t size) {
    if (one->record != 0 || one->missing_reason != NULL) {
        return one->record != 0 ? inspection_code_name(INSPECTION_RESULTS, one->result)
                                : one->missing_reason;
    }
    if (narrow && one->team != NULL) {
        snprintf(text, size, "(%s)", one->team);
    }
    return text;
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct results *results = context;
    const struct outcome *one = (const struct outcome *)results->page.items + place;
    char number[SHOW_POINTS_SIZE];
    char completed[DATE_TEXT_SIZE];
    char due[DATE_TEXT_SIZE + 2] = "";
    char team[256] = "";
    bool overdue =
        one->record != 0 && one->published_on == DATE_NONE && one->due < today_of(results);
    if (one->record != 0 && one->published_on == DATE_NONE) {
        char day[DATE_TEXT_SIZE];
        snprintf(due, sizeof(due), "%s%s", date_format(one->due, day), overdue ? "!" : "");
    }
    const struct cells cells = {
        .number = show_number(one->place, number),
        .risk_class = risk_class_letter(one->risk_class),
        .name = one->name,
        .result = result_text(one, widths_of(row).team == 0, team, sizeof(team)),
        .completed = date_format(one->completed_on, completed),
        .follow_up = one->followed_outcome != NULL
                         ? one->followed_outcome
                         : inspection_code_name(INSPECTION_FOLLOW_UPS, one->follow_up),
        .due = one->published_on != DATE_NONE ? _("public") : due,
        .team = one->inspectors != NULL ? one->inspectors : or_nothing(one->team)};
    int role = overdue            ? ROLE_WARNING
               : one->record == 0 ? ROLE_DIM
               : one->open        ? ROLE_STRONG
                                  : ROLE_TEXT;
    paint_cells(row, &cells, role | on_cursor, (int)show_class_role(one->risk_class) | on_cursor);
}

/* What there is to do, above the list: what is in and missing, and what is to be made public. */
static void paint_sum(const struct results *results, struct region *body) {
    const struct outcome_sum *sum = &results->sum;
    struct region row = region_take_top(body, 1);
    char due[DATE_TEXT_SIZE];
    char text[256];
    snprintf(text, sizeof(text), _("%lld of %lld in, %lld cases open. "), (long long)sum->in,
             (long long)sum->units, (long long)sum->open);
    int taken = paint_piece(row.row, row.column, row.columns, ROLE_MESSAGE, text);
    if (sum->late > 0) {
        snprintf(text, sizeof(text), _("%lld missing past the last day. "), (long long)sum->late);
        paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_WARNING, text);
    }
    if (sum->unpublished > 0) {
        row = region_take_top(body, 1);
        paint_printf(
            row.row, row.column, row.columns, sum->overdue > 0 ? ROLE_WARNING : ROLE_MESSAGE,
            sum->due_certain ? _("%lld to be made public, the next by %s; %lld overdue.")
                             : _("%lld to be made public, the next by %s (holidays of "
                                 "then are not known yet); %lld overdue."),
            (long long)sum->unpublished, date_format(sum->due_next, due), (long long)sum->overdue);
    }
}

static void paint(struct view *view, struct region body) {
    struct results *results = view->data;
    paint_sum(results, &body);
    if (results->page.outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        results->choice == OUTCOMES_ALL
                            ? _("The plan has drawn nobody.")
                            : _("There are none of these; x shows all households, f others."),
                        0);
        return;
    }
    if (body.rows > 3) {
        paint_titles(region_take_top(&body, 1));
    }
    outline_paint(&results->page.outline, body, paint_line, results);
}

/* ---- what is done ---------------------------------------------------------------------------- */

static void show_choice(struct view *view, enum outcome_choice choice) {
    struct results *results = view->data;
    results->choice = choice;
    results->page.outline.cursor = 0;
    list_page_resume(view);
}

static void choose(struct view *view) {
    const struct results *results = view->data;
    const char *names[OUTCOMES_CHOICES];
    for (int i = 0; i < OUTCOMES_CHOICES; i++) {
        names[i] = outcome_choice_name((enum outcome_choice)i);
    }
    int chosen =
        prompt_choose(view->screen, _("Results"), names, OUTCOMES_CHOICES, (size_t)results->choice);
    if (chosen >= 0) {
        show_choice(view, (enum outcome_choice)chosen);
    }
}

/* Asks for a day, today when nothing else is typed; false when given up, or when it is none. */
static bool ask_day(struct view *view, const char *label, date *day) {
    char today[DATE_TEXT_SIZE];
    struct prompt prompt = {.label = label, .initial = date_format(today_of(view->data), today)};
    char *text = prompt_text(view->screen, &prompt);
    if (text == NULL) {
        return false;
    }
    *day = date_parse(text);
    if (*day == DATE_NONE) {
        screen_message(view->screen, MESSAGE_WARNING,
                       _("\"%s\" is no day; write it as YYYY-MM-DD, for instance 2026-10-31."),
                       text);
    }
    free(text);
    return *day != DATE_NONE;
}

static char *ask(struct view *view, const char *label) {
    struct prompt prompt = {.label = label};
    return prompt_text(view->screen, &prompt);
}

/* Loads anew after a step, or says why it was not done. */
static bool done(struct view *view, enum result code, struct error *error) {
    if (code != RESULT_OK) {
        screen_error(view->screen, error);
        return false;
    }
    list_page_resume(view);
    return true;
}

static void follow(struct view *view, const struct outcome *one) {
    struct results *results = view->data;
    struct workstation *workstation = results->page.workstation;
    struct error error = ERROR_INIT;
    struct outcome_follow_up follow_up = {0};
    if (!one->open && one->followed_on == DATE_NONE) {
        screen_message(view->screen, MESSAGE_WARNING,
                       one->record == 0 ? _("%s has no result yet; Enter enters it.")
                                        : _("Nothing is to follow for %s."),
                       one->name);
        return;
    }
    if (!ask_day(view, _("Followed up on:"), &follow_up.done_on)) {
        return;
    }
    char *document = ask(view, _("Document number, if there is one:"));
    char *outcome = document == NULL ? NULL : ask(view, _("What came of it:"));
    if (outcome != NULL) {
        follow_up.document = document;
        follow_up.outcome = outcome;
        enum result code = outcome_follow(workstation->store, &workstation->actor, results->id,
                                          one->unit, one->matter, &follow_up, &error);
        if (done(view, code, &error)) {
            screen_message(view->screen, MESSAGE_INFO, "%s", _("The case is closed."));
        }
    }
    free(outcome);
    free(document);
}

static void withdraw(struct view *view, const struct outcome *one) {
    struct results *results = view->data;
    struct workstation *workstation = results->page.workstation;
    struct outcome_effect effect;
    struct error error = ERROR_INIT;
    if (one->record == 0) {
        screen_message(view->screen, MESSAGE_WARNING, _("%s has no result yet; Enter enters it."),
                       one->name);
        return;
    }
    char *reason = ask(view, _("Reason why the result is taken back:"));
    if (reason == NULL) {
        return;
    }
    enum result code = outcome_withdraw(workstation->store, &workstation->actor, results->id,
                                        one->unit, one->matter, reason, &effect, &error);
    if (done(view, code, &error)) {
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("The result is taken back; the enterprise is scored without it."));
    }
    free(reason);
}

static void publish(struct view *view) {
    struct results *results = view->data;
    struct workstation *workstation = results->page.workstation;
    struct error error = ERROR_INIT;
    int64_t count = 0;
    date on = DATE_NONE;
    if (!ask_day(view, _("The public notice came out on:"), &on)) {
        return;
    }
    enum result code =
        plan_publish(workstation->store, &workstation->actor, results->id, on, &count, &error);
    if (done(view, code, &error)) {
        screen_message(view->screen, MESSAGE_INFO,
                       ngettext("%lld result is noted as public.",
                                "%lld results are noted as public.", (unsigned long)count),
                       (long long)count);
    }
}

/* Closes the plan; a reason for all that is missing is asked for where anything is. */
static void close_plan(struct view *view) {
    struct results *results = view->data;
    struct workstation *workstation = results->page.workstation;
    struct error error = ERROR_INIT;
    char label[256];
    char *reason = NULL;
    if (results->plan.state == PLAN_LOCKED && results->sum.missing > 0) {
        snprintf(label, sizeof(label), _("%lld results are missing; the reason for all of them:"),
                 (long long)results->sum.missing);
        reason = ask(view, label);
        if (reason == NULL) {
            return;
        }
    }
    if (results->plan.state != PLAN_LOCKED ||
        prompt_confirm(view->screen, _("Close the plan? Its results can then no longer be "
                                       "changed."))) {
        enum result code = plan_close(workstation->store, &workstation->actor, results->id, reason,
                                      NULL, 0, &error);
        if (done(view, code, &error)) {
            screen_message(view->screen, MESSAGE_INFO, _("Plan %s: %s."), results->plan.number,
                           plan_state_name(results->plan.state));
        }
    }
    free(reason);
}

/* Entering or correcting the result of a household, in a form of its own. */
static void enter(struct view *view, const struct outcome *one) {
    const struct results *results = view->data;
    const struct plan_result_argument argument = {.plan = &results->plan, .outcome = one};
    if (results->plan.state != PLAN_LOCKED) {
        screen_message(view->screen, MESSAGE_WARNING,
                       results->plan.state == PLAN_CLOSED
                           ? _("Plan %s is closed; its results stay as they are.")
                           : _("Plan %s has to be approved and locked before results are entered."),
                       results->plan.number);
        return;
    }
    screen_push(view->screen, &plan_result_form_view, &argument);
}

/* Acts on the household under the cursor; false when the action is none of these. */
static bool act(struct view *view, int action) {
    const struct outcome *one = current(view->data);
    if (action != FOLLOW && action != WITHDRAW && action != ENTERPRISE) {
        return false;
    }
    if (one != NULL && action == FOLLOW) {
        follow(view, one);
    } else if (one != NULL && action == WITHDRAW) {
        withdraw(view, one);
    } else if (one != NULL) {
        screen_push(view->screen, &enterprise_view, &one->enterprise);
    }
    return true;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct results *results = view->data;
    if (act(view, action)) {
        return VIEW_HANDLED;
    }
    switch (action) {
    case FILTER:
        choose(view);
        return VIEW_HANDLED;
    case CLEAR:
        show_choice(view, OUTCOMES_ALL);
        return VIEW_HANDLED;
    case PUBLISH:
        publish(view);
        return VIEW_HANDLED;
    case CLOSE_PLAN:
        close_plan(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&results->page.outline, event, action);
    const struct outcome *one = current(results);
    if (response == TABLE_ACTIVATED && one != NULL) {
        enter(view, one);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct results *results = view->data;
    char number[SHOW_POINTS_SIZE];
    if (results->choice != OUTCOMES_ALL) {
        buffer_printf(left, _("Shown: %s  [x show all]"), outcome_choice_name(results->choice));
    }
    buffer_printf(right, _("%s  %s  %s households"), results->plan.number,
                  plan_state_name(results->plan.state),
                  show_number((int64_t)results->page.outline.count, number));
}

const struct view_ops plan_results_view = {
    .title = N_("Results"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = list_page_close,
};
