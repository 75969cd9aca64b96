#include "ui/view/views.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/fact_type.h"
#include "report/professional_words.h"
#include "score/history.h"
#include "score/override_text.h"
#include "ui/kit/outline.h"
#include "ui/kit/prompt.h"
#include "ui/view/enterprise_paper.h"
#include "ui/view/fact_notice.h"
#include "ui/view/history_lines.h"
#include "ui/view/override_steps.h"
#include "ui/view/particulars.h"
#include "ui/view/score_lines.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEXT_PAGE = 1,
    PREVIOUS_PAGE,
    OVERRIDE,
    EXCLUDE,
    REVOKE_PART,
    WITHDRAW,
    CONFIRM_RULE,
    WAIVE_RULE,
    OBSERVE,
    APPROVE,
    REJECT,
    EXPLAIN,
    REMIND
};

static const struct action actions[] = {
    {NEXT_PAGE, "next-page", N_("the next page"), N_("Next page"), {PRESS_TAB, ']'}, ACTION_SHOWN},
    {OVERRIDE, "override", N_("propose to set the class"), N_("Set class"), {'o'}, ACTION_SHOWN},
    {EXCLUDE,
     "exclude",
     N_("propose to exclude the fact under the cursor"),
     N_("Exclude fact"),
     {'d'},
     ACTION_SHOWN},
    {REVOKE_PART,
     "revoke-part",
     N_("propose that a part of the fact under the cursor is revoked"),
     N_("Revoke part"),
     {'b'},
     ACTION_SHOWN},
    {WITHDRAW,
     "withdraw",
     N_("restore the fact under the cursor, or withdraw the override"),
     N_("Restore"),
     {'w'},
     ACTION_SHOWN},
    {CONFIRM_RULE,
     "confirm-rule",
     N_("propose to confirm a direct rule"),
     N_("Confirm rule"),
     {'c'},
     ACTION_LISTED},
    {WAIVE_RULE,
     "waive-rule",
     N_("propose to waive a direct rule"),
     N_("Waive rule"),
     {'m'},
     ACTION_LISTED},
    {OBSERVE, "observe", N_("propose an observation period"), N_("Observe"), {'v'}, ACTION_LISTED},
    {APPROVE,
     "approve",
     N_("approve the override under the cursor"),
     N_("Approve"),
     {'a'},
     ACTION_LISTED},
    {REJECT,
     "reject",
     N_("reject the override under the cursor"),
     N_("Reject"),
     {'t'},
     ACTION_LISTED},
    {EXPLAIN,
     "explanation",
     N_("write the explanation as a page for the file"),
     N_("Export"),
     {'e'},
     ACTION_SHOWN},
    {REMIND,
     "reminder",
     N_("write a reminder to the enterprise, without score and class"),
     N_("Reminder"),
     {'n'},
     ACTION_SHOWN},
    {PREVIOUS_PAGE,
     "previous-page",
     N_("the page before"),
     N_("Page before"),
     {PRESS_BACK_TAB, '['},
     ACTION_LISTED},
    {0},
};

/* Of a period gone by: nothing is decided there. */
static const struct action period_actions[] = {
    {NEXT_PAGE, "next-page", N_("the next page"), N_("Next page"), {PRESS_TAB, ']'}, ACTION_SHOWN},
    {PREVIOUS_PAGE,
     "previous-page",
     N_("the page before"),
     N_("Page before"),
     {PRESS_BACK_TAB, '['},
     ACTION_SHOWN},
    {0},
};

/* The last one is shown of the enterprise as it is, not of one period. */
enum page {
    PAGE_SCORE,
    PAGE_FACTS,
    PAGE_PARTICULARS,
    PAGE_OVERRIDES,
    PAGE_HISTORY,
    PAGE_COUNT,
};

static const char *const page_titles[] = {N_("Score"), N_("Facts"), N_("Particulars"),
                                          N_("Overrides"), N_("History")};

struct enterprise_page {
    struct workstation *workstation;
    int64_t id;
    struct arena *arena;
    int64_t period; /* the one that is explained; 0: the newest, and the registry of today */
    struct explanation explanation;
    struct professional_standing *standings;
    size_t standing_count;
    struct explanation_registry shown; /* as it was when the period was closed, or today */
    bool scored;                       /* false: only facts and particulars can be shown */
    bool *opened;
    struct score_lines lines;
    struct particulars particulars;
    struct history_row *history;
    size_t history_count;
    enum page page;
    struct outline outlines[PAGE_COUNT];
};

static enum result build_lines(struct enterprise_page *page, struct error *error) {
    enum result code = RESULT_OK;
    if (page->scored) {
        const struct score_page score = {&page->explanation, page->standings, page->standing_count,
                                         page->opened};
        code = score_lines_build(&page->lines, &score, page->arena, error);
    }
    page->outlines[PAGE_SCORE].count = page->scored ? page->lines.count : 0;
    page->outlines[PAGE_FACTS].count = page->shown.fact_count;
    page->outlines[PAGE_PARTICULARS].count = page->particulars.count;
    page->outlines[PAGE_OVERRIDES].count = page->shown.override_count;
    page->outlines[PAGE_HISTORY].count = page->history_count;
    return code;
}

/* Lets go of what was loaded. */
static void clear(struct enterprise_page *page) {
    professional_standing_clear(page->standings, page->standing_count);
    explanation_clear(&page->explanation);
    page->standing_count = 0;
    arena_reset(page->arena);
}

/* What the registry has of an enterprise without a score: facts and particulars alone. */
static enum result load_unscored(struct enterprise_page *page, struct error *error) {
    struct explanation_registry *today = &page->explanation.today;
    struct store *store = page->workstation->store;
    *today = (struct explanation_registry){0};
    enum result code = enterprise_load(store, page->id, page->arena, &today->enterprise, error);
    return code == RESULT_OK ? fact_load_all(store, page->id, page->arena, &today->facts,
                                             &today->fact_count, error)
                             : code;
}

/* Loads the explanation with the grades beside it, or what there is without a score. */
static enum result load_explanation(struct enterprise_page *page, struct error *error) {
    struct explanation *explanation = &page->explanation;
    struct store *store = page->workstation->store;
    enum result code =
        explanation_load(store, page->id, page->period, page->arena, explanation, error);
    page->scored = code == RESULT_OK;
    if (code == RESULT_OK) {
        code = professional_standing_load(store, explanation, page->arena, &page->standings,
                                          &page->standing_count, error);
    } else if (code == RESULT_NOT_FOUND && page->period == 0) {
        error_clear(error);
        code = load_unscored(page, error);
    }
    return code;
}

/* Loads everything there is to show. */
static enum result load(struct enterprise_page *page, struct error *error) {
    struct explanation *explanation = &page->explanation;
    clear(page);
    enum result code = workstation_today(page->workstation, error);
    if (code == RESULT_OK) {
        code = load_explanation(page, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    page->shown = page->period == 0 ? explanation->today
                                    : (struct explanation_registry){
                                          .enterprise = explanation->enterprise,
                                          .facts = explanation->facts,
                                          .fact_count = explanation->fact_count,
                                          .overrides = explanation->overrides,
                                          .override_count = explanation->override_count,
                                      };
    page->opened = arena_alloc(page->arena, explanation->result.indicator_count + 1);
    if (page->opened == NULL) {
        return error_no_memory(error);
    }
    if (page->period == 0) {
        code = history_load(page->workstation->store, page->id, page->arena, &page->history,
                            &page->history_count, error);
    }
    particulars_list(&page->particulars, &page->shown.enterprise, page->arena);
    return code == RESULT_OK ? build_lines(page, error) : code;
}

static void close_view(struct view *view) {
    struct enterprise_page *page = view->data;
    clear(page);
    arena_free(page->arena);
    free(page);
}

static bool is_blank(const void *context, size_t line) {
    const struct enterprise_page *page = context;
    return page->lines.items[line].kind == SCORE_LINE_BLANK;
}

static enum result open_page(struct view *view, int64_t enterprise, int64_t period,
                             struct error *error) {
    struct enterprise_page *page = calloc(1, sizeof(*page));
    if (page == NULL || (page->arena = arena_new()) == NULL) {
        free(page);
        return error_no_memory(error);
    }
    page->workstation = workstation_of(view);
    page->outlines[PAGE_SCORE].passed_over = is_blank;
    page->outlines[PAGE_SCORE].context = page;
    page->id = enterprise;
    page->period = period;
    view->data = page;
    enum result code = load(page, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
        return code;
    }
    page->page = page->scored ? PAGE_SCORE : PAGE_FACTS;
    return RESULT_OK;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    return open_page(view, *(const int64_t *)argument, 0, error);
}

static enum result open_period(struct view *view, const void *argument, struct error *error) {
    const struct enterprise_period_argument *wanted = argument;
    return open_page(view, wanted->enterprise, wanted->period, error);
}

static int page_count(const struct enterprise_page *page) {
    return page->period == 0 ? PAGE_COUNT : PAGE_HISTORY;
}

static void paint_tabs(const struct enterprise_page *page, struct region row) {
    int column = 0;
    for (int i = 0; i < page_count(page); i++) {
        char text[64];
        snprintf(text, sizeof(text), " %s ", _(page_titles[i]));
        column += paint_piece(row.row, row.column + column, row.columns - column,
                              i == (int)page->page ? ROLE_DESK_CURRENT : ROLE_DESK, text);
        column += 1;
    }
}

static void paint_score_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct enterprise_page *page = context;
    score_line_paint(&page->lines.items[place], &page->explanation, page->opened, row, on_cursor);
}

/* Columns of a fact's document number: what day, end, type and points leave. */
static int fact_words(struct region row) {
    return row.columns - 53 > 8 ? row.columns - 53 : 8;
}

static void paint_fact_titles(struct region row) {
    int words = fact_words(row);
    paint_cell(row.row, row.column, 10, ROLE_HEADER, _("Occurred"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 11, 10, ROLE_HEADER, _("Ended"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 22, 20, ROLE_HEADER, _("Type"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 43, words, ROLE_HEADER, _("Document number"), ALIGN_LEFT);
    paint_text(row.row, row.column + 44 + words, 9, ROLE_HEADER, _("Points"), ALIGN_RIGHT);
}

/* One fact of the list of all: day, end, type, status, document or title, what it gave. */
static void paint_fact_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct enterprise_page *page = context;
    const struct fact *fact = &page->shown.facts[place];
    char day[DATE_TEXT_SIZE];
    char end[DATE_TEXT_SIZE];
    char points[SHOW_POINTS_SIZE] = "";
    bool counts = false;
    int64_t given =
        page->scored ? explanation_fact_points(&page->explanation, fact->id, &counts) : 0;
    enum fact_status fact_status = explanation_fact_status(&page->explanation, fact);
    bool valid = fact_status == FACT_STATUS_valid;
    int role = (valid ? ROLE_TEXT : ROLE_DIM) | on_cursor;
    int words = fact_words(row);
    struct buffer part = BUFFER_INIT;
    fact_parts(&page->explanation, fact->id, &part);
    const char *text = !valid                   ? fact_status_name((int)fact_status)
                       : part.length > 0        ? buffer_text(&part)
                       : fact->document != NULL ? fact->document
                       : fact->title != NULL    ? fact->title
                                                : "";
    paint_text(row.row, row.column, 10, role, date_format(fact->occurred_on, day), ALIGN_LEFT);
    paint_text(row.row, row.column + 11, 10, role, date_format(fact->ended_on, end), ALIGN_LEFT);
    paint_cell(row.row, row.column + 22, 20, role, fact_type_name(fact->type), ALIGN_LEFT);
    paint_cell(row.row, row.column + 43, words, role, text, ALIGN_LEFT);
    paint_text(row.row, row.column + 44 + words, 9, role,
               given != 0 ? show_points(given, points)
               : counts   ? _("counts")
                          : "",
               ALIGN_RIGHT);
    buffer_free(&part);
}

static void paint_particular(void *context, size_t place, struct region row, int on_cursor) {
    const struct enterprise_page *page = context;
    const struct particular *one = &page->particulars.items[place];
    paint_text(row.row, row.column, 24, ROLE_DIM | on_cursor, one->label, ALIGN_LEFT);
    paint_cell(row.row, row.column + 25, row.columns - 25, ROLE_TEXT | on_cursor, one->text,
               ALIGN_LEFT);
}

/* One override: number, state, what it says, its end, document. */
static void paint_override(void *context, size_t place, struct region row, int on_cursor) {
    const struct enterprise_page *page = context;
    const struct override *one = &page->shown.overrides[place];
    date today = clock_today(&page->workstation->actor.clock);
    int role = override_role(one, today) | on_cursor;
    int what = row.columns > 60 ? (row.columns - 30) * 3 / 5 : 20;
    char number[SHOW_POINTS_SIZE];
    char to[DATE_TEXT_SIZE];
    struct buffer text = BUFFER_INIT;
    override_text_what(one, &text);
    paint_text(row.row, row.column, 4, role, show_number(one->id, number), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 5, 12, role, override_text_state(one, today), ALIGN_LEFT);
    paint_cell(row.row, row.column + 18, what, role, buffer_text(&text), ALIGN_LEFT);
    paint_text(row.row, row.column + 19 + what, 10, role, date_format(one->valid_to, to),
               ALIGN_LEFT);
    paint_cell(row.row, row.column + 30 + what, row.columns - 30 - what, role, one->document,
               ALIGN_LEFT);
    buffer_free(&text);
}

static void paint_override_titles(struct region row) {
    int what = row.columns > 60 ? (row.columns - 30) * 3 / 5 : 20;
    paint_text(row.row, row.column, 4, ROLE_HEADER, _("No."), ALIGN_RIGHT);
    paint_cell(row.row, row.column + 5, 12, ROLE_HEADER, _("State"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 18, what, ROLE_HEADER, _("Override"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 19 + what, 10, ROLE_HEADER, _("Until"), ALIGN_LEFT);
    paint_cell(row.row, row.column + 30 + what, row.columns - 30 - what, ROLE_HEADER,
               _("Document number"), ALIGN_LEFT);
}

static void paint_history(void *context, size_t place, struct region row, int on_cursor) {
    const struct enterprise_page *page = context;
    const struct policy *policy = page->workstation->policy;
    history_line_paint(&page->history[place], policy == NULL ? 100000 : policy->maximum * 100, row,
                       on_cursor);
}

static void paint(struct view *view, struct region body) {
    struct enterprise_page *page = view->data;
    outline_painter *const painters[] = {paint_score_line, paint_fact_line, paint_particular,
                                         paint_override, paint_history};
    if (page->scored) {
        score_head_paint(&page->explanation, &body);
    } else {
        struct region row = region_take_top(&body, 1);
        paint_text(row.row, row.column, row.columns, ROLE_WARNING,
                   _("Not scored in this period yet; press R to score every enterprise."),
                   ALIGN_LEFT);
    }
    paint_tabs(page, region_take_top(&body, 1));
    if (page->outlines[page->page].count == 0) {
        struct region row = region_take_top(&body, 1);
        paint_text(row.row, row.column, row.columns, ROLE_DIM, _("There is nothing here."),
                   ALIGN_LEFT);
        return;
    }
    if (page->page == PAGE_FACTS && body.rows > 3) {
        paint_fact_titles(region_take_top(&body, 1));
    } else if (page->page == PAGE_OVERRIDES && body.rows > 3) {
        paint_override_titles(region_take_top(&body, 1));
    }
    if (page->page == PAGE_HISTORY && body.rows > 3) {
        history_titles_paint(region_take_top(&body, 1));
    }
    outline_paint(&page->outlines[page->page], body, painters[page->page], page);
}

/* The fact under the cursor; 0 when there is none. */
static int64_t current_fact(const struct enterprise_page *page) {
    size_t cursor = page->outlines[page->page].cursor;
    if (page->page == PAGE_FACTS && cursor < page->shown.fact_count) {
        return page->shown.facts[cursor].id;
    }
    if (page->page == PAGE_SCORE && page->scored && cursor < page->lines.count) {
        return score_line_fact(&page->lines.items[cursor], &page->explanation);
    }
    return 0;
}

/* Shows or hides the facts of an indicator. */
static void toggle(struct view *view, size_t indicator) {
    struct enterprise_page *page = view->data;
    struct error error = ERROR_INIT;
    page->opened[indicator] = !page->opened[indicator];
    if (build_lines(page, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

/* Shows what a professional grade is made of. */
static void notice_grade(struct view *view, const struct score_line *line) {
    struct enterprise_page *page = view->data;
    const char *breakdown =
        professional_words_breakdown(&page->standings[line->place], page->arena);
    const char *text = arena_printf(page->arena, "%s\n%s", line->text, breakdown);
    prompt_notice(view->screen, _("Professional grade"), text == NULL ? line->text : text);
}

/* Enter: an indicator shows its facts; a fact, a sentence or a particular is shown whole. */
static void activate(struct view *view) {
    struct enterprise_page *page = view->data;
    size_t cursor = page->outlines[page->page].cursor;
    int64_t fact = current_fact(page);
    if (fact != 0) {
        fact_notice(view->screen, &page->explanation, page->scored, fact);
    } else if (page->page == PAGE_SCORE && cursor < page->lines.count) {
        const struct score_line *line = &page->lines.items[cursor];
        if (line->kind == SCORE_LINE_INDICATOR) {
            toggle(view, line->indicator);
        } else if (line->kind == SCORE_LINE_TEXT) {
            prompt_notice(view->screen, _("Score"), line->text);
        } else if (line->kind == SCORE_LINE_GRADE) {
            notice_grade(view, line);
        }
    } else if (page->page == PAGE_PARTICULARS && cursor < page->particulars.count) {
        const struct particular *one = &page->particulars.items[cursor];
        prompt_notice(view->screen, one->label, one->text);
    } else if (page->page == PAGE_OVERRIDES && cursor < page->shown.override_count) {
        override_notice(view, &page->shown.overrides[cursor]);
    } else if (page->page == PAGE_HISTORY && cursor < page->history_count) {
        struct enterprise_period_argument wanted = {page->id, page->history[cursor].period};
        screen_push(view->screen, &enterprise_period_view, &wanted);
    }
}

/* Opens the form of a proposal, about the fact under the cursor where it is about one. */
static void propose(struct view *view, enum override_form_kind kind) {
    struct enterprise_page *page = view->data;
    struct override_argument argument = {.explanation = &page->explanation, .kind = kind};
    if (!page->scored) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Score the period first (R): an override shows its effect beforehand."));
        return;
    }
    if (kind == FORM_EXCLUDE_FACT || kind == FORM_REVOKE_PART) {
        argument.fact = current_fact(page);
        if (argument.fact == 0) {
            screen_message(view->screen, MESSAGE_WARNING, "%s",
                           _("Put the cursor on a fact first: Enter opens an indicator's facts, "
                             "Tab goes to the list of all."));
            return;
        }
    }
    if ((kind == FORM_CONFIRM_RULE || kind == FORM_WAIVE_RULE) &&
        page->explanation.policy->direct_count == 0) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("The policy that scored it has no direct rules."));
        return;
    }
    screen_push(view->screen, &override_form_view, &argument);
}

/* The override that a step is about: the one under the cursor, or, to be withdrawn, the one that
 * excludes the fact under it. NULL, with a sentence, when there is none. */
static const struct override *current_override(struct view *view, bool withdraw) {
    const struct enterprise_page *page = view->data;
    size_t cursor = page->outlines[PAGE_OVERRIDES].cursor;
    int64_t fact = current_fact(page);
    const struct override *found = NULL;
    if (page->page == PAGE_OVERRIDES && cursor < page->shown.override_count) {
        return &page->shown.overrides[cursor];
    }
    if (withdraw && fact != 0) {
        found = explanation_to_restore(&page->explanation, fact);
        if (found == NULL) {
            screen_message(view->screen, MESSAGE_WARNING, "%s",
                           _("Nothing excludes this fact or revokes a part of it."));
        }
        return found;
    }
    screen_message(view->screen, MESSAGE_WARNING, "%s",
                   withdraw ? _("Put the cursor on a fact that is excluded, or on an override (Tab "
                                "goes to their list).")
                            : _("Put the cursor on an override first; Tab goes to their list."));
    return NULL;
}

static void resume(struct view *view);

/* Approves, rejects or withdraws. */
static void take_step(struct view *view, int action) {
    const struct override *override = current_override(view, action == WITHDRAW);
    if (override == NULL) {
        return;
    }
    bool changed = action == APPROVE  ? override_step_approve(view, override)
                   : action == REJECT ? override_step_reject(view, override)
                                      : override_step_withdraw(view, override);
    if (changed) {
        resume(view);
    }
}

/* The form that an action opens; false when it opens none. */
static bool form_of(int action, enum override_form_kind *kind) {
    static const struct {
        int action;
        enum override_form_kind kind;
    } forms[] = {{OVERRIDE, FORM_SET_CLASS},      {EXCLUDE, FORM_EXCLUDE_FACT},
                 {REVOKE_PART, FORM_REVOKE_PART}, {CONFIRM_RULE, FORM_CONFIRM_RULE},
                 {WAIVE_RULE, FORM_WAIVE_RULE},   {OBSERVE, FORM_OBSERVE}};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (forms[i].action == action) {
            *kind = forms[i].kind;
            return true;
        }
    }
    return false;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct enterprise_page *page = view->data;
    enum override_form_kind kind;
    if (form_of(action, &kind)) {
        propose(view, kind);
        return VIEW_HANDLED;
    }
    switch (action) {
    case NEXT_PAGE:
        page->page = (enum page)(((int)page->page + 1) % page_count(page));
        return VIEW_HANDLED;
    case PREVIOUS_PAGE:
        page->page = (enum page)(((int)page->page + page_count(page) - 1) % page_count(page));
        return VIEW_HANDLED;
    case APPROVE:
    case REJECT:
    case WITHDRAW:
        take_step(view, action);
        return VIEW_HANDLED;
    case EXPLAIN:
    case REMIND:
        enterprise_paper(view->screen, page->id, action == REMIND);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&page->outlines[page->page], event, action);
    if (response == TABLE_ACTIVATED) {
        activate(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct enterprise_page *page = view->data;
    buffer_append_text(buffer, page->shown.enterprise.name);
}

/* The trail has the enterprise before it. */
static void period_name(const struct view *view, struct buffer *buffer) {
    const struct enterprise_page *page = view->data;
    char period[PERIOD_TEXT_SIZE];
    buffer_append_text(buffer, period_format(page->period, period));
    buffer_append_text(buffer, page->explanation.period.closed ? _(" (closed)") : _(" (open)"));
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct enterprise_page *page = view->data;
    const struct enterprise *enterprise = &page->shown.enterprise;
    buffer_printf(left, "%s  %s", enterprise->uscc == NULL ? "-" : enterprise->uscc,
                  division_label(enterprise->region));
    buffer_printf(right, ngettext("%zu fact", "%zu facts", (unsigned long)page->shown.fact_count),
                  page->shown.fact_count);
}

static void resume(struct view *view) {
    struct error error = ERROR_INIT;
    if (load(view->data, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

const struct view_ops enterprise_view = {
    .title = N_("Enterprise"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = resume,
    .close = close_view,
};

const struct view_ops enterprise_period_view = {
    .title = N_("Enterprise in a period"),
    .actions = {period_actions, moving_actions},
    .open = open_period,
    .paint = paint,
    .handle = handle,
    .name = period_name,
    .status = status,
    .resume = resume,
    .close = close_view,
};
