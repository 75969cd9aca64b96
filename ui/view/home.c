#include "ui/view/views.h"

#include "base/gettext.h"
#include "plan/outcome_list.h"
#include "plan/plan.h"
#include "score/listing.h"
#include "ui/kit/outline.h"
#include "ui/view/month.h"
#include "ui/view/policy_page.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

#define MOST_LINES 64

enum { OPEN_PLANS = 1, RUN_MONTH, CLOSE_MONTH, TRY_DAY, MIGRATION };

static const struct action actions[] = {
    {RUN_MONTH, "run-month", N_("score this month"), N_("Score this month"), {'m'}, ACTION_SHOWN},
    {OPEN_PLANS, "new-plan", N_("make a new plan"), N_("New plan"), {'n'}, ACTION_SHOWN},
    {CLOSE_MONTH,
     "close-month",
     N_("close a month that is over"),
     N_("Close a month"),
     {'c'},
     ACTION_SHOWN},
    {MIGRATION,
     "migration",
     N_("who moved to another class between two periods"),
     N_("Migration"),
     {'w'},
     ACTION_SHOWN},
    {TRY_DAY,
     "try-day",
     N_("score for a day and store nothing"),
     N_("Try a day"),
     {'v'},
     ACTION_SHOWN},
    {0},
};

/* What a line of the page is, and the door behind it. */
enum line_kind {
    LINE_HEADING,
    LINE_TEXT,
    LINE_CLASS,
    LINE_OVERRIDE,
    LINE_PLAN,
    LINE_RESULTS,
    LINE_POLICY,
    LINE_SCORE,
    LINE_CLOSE
};

struct line {
    enum line_kind kind;
    const char *text; /* in the page's arena */
    int64_t id;       /* plan, policy, class, or choice of overrides */
};

struct home {
    struct workstation *workstation;
    struct arena *arena;
    struct line lines[MOST_LINES];
    struct outline outline;
    struct period periods[2]; /* this one and the one before */
    size_t period_count;
};

static void add(struct home *home, enum line_kind kind, const char *text, int64_t id) {
    if (home->outline.count < MOST_LINES && text != NULL) {
        home->lines[home->outline.count++] = (struct line){kind, text, id};
    }
}

/* How many overrides there are of a choice today. */
static enum result count_overrides(struct home *home, enum override_choice choice, int64_t *count,
                                   struct error *error) {
    const struct override_filter filter = {.choice = choice, .days = OVERRIDE_ENDING_DAYS};
    return override_count(home->workstation->store, &filter,
                          clock_today(&home->workstation->actor.clock), count, error);
}

/* Overrides that wait for another person's approval, and those that end soon. */
static enum result add_overrides(struct home *home, struct error *error) {
    int64_t waiting = 0;
    int64_t ending = 0;
    enum result code = count_overrides(home, OVERRIDES_PROPOSED, &waiting, error);
    if (code == RESULT_OK) {
        code = count_overrides(home, OVERRIDES_ENDING, &ending, error);
    }
    if (waiting > 0) {
        add(home, LINE_OVERRIDE,
            arena_printf(home->arena,
                         ngettext("%lld override waits for approval",
                                  "%lld overrides wait for approval", (unsigned long)waiting),
                         (long long)waiting),
            OVERRIDES_PROPOSED);
    }
    if (ending > 0) {
        add(home, LINE_OVERRIDE,
            arena_printf(home->arena,
                         ngettext("%lld override ends within 30 days",
                                  "%lld overrides end within 30 days", (unsigned long)ending),
                         (long long)ending),
            OVERRIDES_ENDING);
    }
    return code;
}

/* Drafts of policies that wait for another person to publish them. */
static enum result add_policies(struct home *home, struct error *error) {
    struct policy_version *versions = NULL;
    size_t count = 0;
    enum result code =
        policy_store_list(home->workstation->store, home->arena, &versions, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (policy_is_draft(&versions[i]) && versions[i].proposed_by != NULL) {
            add(home, LINE_POLICY,
                arena_printf(home->arena, _("Policy %s %s, proposed by %s, waits to be published"),
                             versions[i].name, versions[i].version, versions[i].proposed_by),
                versions[i].id);
        }
    }
    return code;
}

/* Plans that are on their way. */
static enum result add_plans(struct home *home, struct error *error) {
    struct plan *plans = NULL;
    size_t count = 0;
    enum result code = plan_list(home->workstation->store, home->arena, &plans, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count && i < 10; i++) {
        if (plans[i].state < PLAN_LOCKED) {
            add(home, LINE_PLAN,
                arena_printf(home->arena, _("Plan %s %s: %s"), plans[i].number, plans[i].title,
                             plan_state_name(plans[i].state)),
                plans[i].id);
        }
    }
    return code;
}

/* Plans that lack results past their last day, or have any to make public. */
static enum result add_results(struct home *home, struct error *error) {
    struct outcome_due *dues = NULL;
    size_t count = 0;
    enum result code =
        outcome_dues(home->workstation->store, clock_today(&home->workstation->actor.clock),
                     home->arena, &dues, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct outcome_sum *sum = &dues[i].sum;
        char day[DATE_TEXT_SIZE];
        if (sum->late > 0) {
            add(home, LINE_RESULTS,
                arena_printf(home->arena, _("Plan %s: %lld results are missing past its last day"),
                             dues[i].number, (long long)sum->late),
                dues[i].plan);
        }
        if (sum->unpublished > 0) {
            add(home, LINE_RESULTS,
                arena_printf(home->arena,
                             _("Plan %s: %lld results are to be made public, the next by %s; %lld "
                               "overdue"),
                             dues[i].number, (long long)sum->unpublished,
                             date_format(sum->due_next, day), (long long)sum->overdue),
                dues[i].plan);
        }
    }
    return code;
}

/* What waits while there is no enterprise at all: the way to some. */
static enum result add_first_steps(struct home *home, bool *empty, struct error *error) {
    struct listing_filter all = {.risk_class = CLASS_COUNT, .sort = LISTING_BY_ID};
    struct listing_row first;
    size_t count = 0;
    enum result code = listing_page(home->workstation->store, &all, LISTING_AFTER, NULL,
                                    home->arena, &first, 1, &count, error);
    *empty = code == RESULT_OK && count == 0;
    if (*empty) {
        add(home, LINE_TEXT, _("There are no enterprises yet. Leave with q, then:"), 0);
        add(home, LINE_TEXT, _("xinfeng import FILE   takes a file of enterprises or facts in"), 0);
        add(home, LINE_TEXT, _("xinfeng sample        makes a sample county to try things with"),
            0);
    }
    return code;
}

/* A month that is over and still open. */
static enum result add_month_to_close(struct home *home, struct error *error) {
    struct period period;
    char text[PERIOD_TEXT_SIZE];
    enum result code = month_to_close(home->workstation, &period, error);
    if (code == RESULT_OK && period.id != 0) {
        add(home, LINE_CLOSE,
            arena_printf(home->arena, _("The month of period %s is over: Enter closes it"),
                         period_format(period.id, text)),
            0);
    }
    return code;
}

static enum result load(struct home *home, struct error *error) {
    bool empty = false;
    int64_t month = period_of(clock_today(&home->workstation->actor.clock));
    arena_reset(home->arena);
    home->outline.count = 0;
    enum result code = workstation_refresh(home->workstation, error);
    if (code == RESULT_OK) {
        code = period_list(home->workstation->store, home->periods, 2, &home->period_count, error);
    }
    add(home, LINE_HEADING, _("What waits"), 0);
    if (code == RESULT_OK) {
        code = add_first_steps(home, &empty, error);
    }
    if (code == RESULT_OK && !empty && home->workstation->period.id != month) {
        char text[PERIOD_TEXT_SIZE];
        add(home, LINE_SCORE,
            arena_printf(home->arena, _("Period %s was not scored yet: Enter scores it"),
                         period_format(month, text)),
            0);
    }
    if (code == RESULT_OK) {
        code = add_overrides(home, error);
    }
    if (code == RESULT_OK) {
        code = add_policies(home, error);
    }
    if (code == RESULT_OK) {
        code = add_plans(home, error);
    }
    if (code == RESULT_OK) {
        code = add_results(home, error);
    }
    if (code == RESULT_OK) {
        code = add_month_to_close(home, error);
    }
    if (home->outline.count == 1) {
        add(home, LINE_TEXT,
            _("Nothing waits. Press n for a new inspection plan, 2 for the "
              "enterprises."),
            0);
    }
    add(home, LINE_TEXT, "", 0);
    add(home, LINE_HEADING, _("Classes of this period, and the change since the one before"), 0);
    if (home->period_count == 0) {
        add(home, LINE_TEXT, _("No period was scored yet."), 0);
    }
    for (int i = 0; i < CLASS_COUNT && home->period_count > 0; i++) {
        add(home, LINE_CLASS, "", i);
    }
    return code;
}

/* Headings and sentences lead nowhere. */
static bool leads_nowhere(const void *context, size_t line) {
    const struct home *home = context;
    return home->lines[line].kind == LINE_HEADING || home->lines[line].kind == LINE_TEXT;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    struct home *home = calloc(1, sizeof(*home));
    if (home == NULL || (home->arena = arena_new()) == NULL) {
        free(home);
        return error_no_memory(error);
    }
    home->workstation = workstation_of(view);
    home->outline.passed_over = leads_nowhere;
    home->outline.context = home;
    enum result code = load(home, error);
    if (code != RESULT_OK) {
        arena_free(home->arena);
        free(home);
        return code;
    }
    view->data = home;
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct home *home = view->data;
    arena_free(home->arena);
    free(home);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct home *home = context;
    const struct line *line = &home->lines[place];
    if (line->kind == LINE_CLASS) {
        const int64_t *before = home->period_count > 1 ? home->periods[1].classes : NULL;
        struct region inner = {row.row, row.column + 2, 1, row.columns - 2};
        show_class_line(inner, (enum risk_class)line->id, home->periods[0].classes, before,
                        on_cursor);
        return;
    }
    bool heading = line->kind == LINE_HEADING;
    int role = heading ? ROLE_HEADER : ROLE_TEXT;
    int inset = heading ? 0 : 2;
    paint_cell(row.row, row.column + inset, row.columns - inset, role | on_cursor, line->text,
               ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct home *home = view->data;
    outline_paint(&home->outline, body, paint_line, home);
}

static void reload(struct view *view) {
    struct error error = ERROR_INIT;
    if (load(view->data, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

/* Goes through the door of the line under the cursor. */
static void enter(struct view *view) {
    struct home *home = view->data;
    const struct line *line = &home->lines[home->outline.cursor];
    struct enterprises_argument wanted = {.risk_class = (enum risk_class)line->id};
    struct overrides_argument choice = {.choice = (enum override_choice)line->id};
    int64_t id = line->id;
    switch (line->kind) {
    case LINE_CLASS:
        screen_push(view->screen, &enterprises_view, &wanted);
        break;
    case LINE_OVERRIDE:
        screen_push(view->screen, &overrides_view, &choice);
        break;
    case LINE_PLAN:
        screen_push(view->screen, &plan_view, &id);
        break;
    case LINE_RESULTS:
        screen_push(view->screen, &plan_results_view, &id);
        break;
    case LINE_POLICY:
        screen_push(view->screen, &policy_view, &id);
        break;
    case LINE_SCORE:
        workstation_score(view->screen);
        reload(view);
        break;
    case LINE_CLOSE:
        month_close(view->screen);
        reload(view);
        break;
    case LINE_HEADING:
    case LINE_TEXT:
        break;
    }
}

/* The two newest periods one beside the other. */
static void open_migration(struct view *view) {
    const struct home *home = view->data;
    struct migration_argument wanted = {0};
    if (home->period_count < 2) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Two periods are needed to compare; score another month first."));
        return;
    }
    wanted.from = home->periods[1].id;
    wanted.to = home->periods[0].id;
    screen_push(view->screen, &migration_view, &wanted);
}

static void try_day(struct view *view) {
    struct migration_argument wanted = {0};
    if (month_ask_day(view->screen, &wanted.day)) {
        screen_push(view->screen, &migration_view, &wanted);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct home *home = view->data;
    switch (action) {
    case OPEN_PLANS:
        screen_push(view->screen, &plan_form_view, NULL);
        return VIEW_HANDLED;
    case RUN_MONTH:
        workstation_score(view->screen);
        reload(view);
        return VIEW_HANDLED;
    case CLOSE_MONTH:
        month_close(view->screen);
        reload(view);
        return VIEW_HANDLED;
    case MIGRATION:
        open_migration(view);
        return VIEW_HANDLED;
    case TRY_DAY:
        try_day(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&home->outline, event, action);
    if (response == TABLE_ACTIVATED) {
        enter(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

const struct view_ops home_view = {
    .title = N_("Front page"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .resume = reload,
    .close = close_view,
};
