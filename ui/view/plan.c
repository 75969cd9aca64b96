#include "ui/view/views.h"

#include "base/file.h"
#include "base/gettext.h"
#include "plan/story.h"
#include "report/plan_export.h"
#include "ui/kit/outline.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/plan_later.h"
#include "ui/view/plan_lines.h"
#include "ui/view/seed.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

enum {
    NEXT_STEP = 1,
    TEAMS,
    RESULTS,
    EXPORT,
    EXPORT_WHOLE,
    EXPORT_FORMS,
    CHANGE,
    REPLACE,
    SWAP,
    EXTEND,
    STORY,
    MAKE_VOID
};

static const struct action actions[] = {
    {NEXT_STEP, "next-step", N_("take the plan's next step"), N_("Next step"), {'n'}, ACTION_SHOWN},
    {TEAMS, "teams", N_("assign teams of inspectors"), N_("Teams"), {'t'}, ACTION_SHOWN},
    {RESULTS, "results", N_("the results of the plan"), N_("Results"), {'r'}, ACTION_SHOWN},
    {EXPORT,
     "export",
     N_("write workbook, record and frame into a folder"),
     N_("Export"),
     {'e'},
     ACTION_SHOWN},
    {EXPORT_WHOLE,
     "export-whole",
     N_("write these and the papers for the public and the ceremony into a folder"),
     N_("Whole set"),
     {'E'},
     ACTION_SHOWN},
    {EXPORT_FORMS,
     "export-forms",
     N_("write tasks, check forms and the sheet to be returned into a folder"),
     N_("Forms"),
     {'F'},
     ACTION_LISTED},
    {CHANGE, "change", N_("change the draft"), N_("Change"), {'c'}, ACTION_SHOWN},
    {REPLACE,
     "replace",
     N_("draw another household in place of this one"),
     N_("Replace"),
     {'p'},
     ACTION_LISTED},
    {SWAP,
     "swap",
     N_("swap an inspector of this household's team"),
     N_("Swap"),
     {'w'},
     ACTION_LISTED},
    {EXTEND, "extend", N_("draw more households"), N_("Draw more"), {'x'}, ACTION_LISTED},
    {STORY, "journal", N_("read the life of the plan"), N_("Journal"), {'J'}, ACTION_SHOWN},
    {MAKE_VOID, "void", N_("make the plan void"), N_("Void"), {'V'}, ACTION_SHOWN},
    {0},
};

struct plan_view {
    struct workstation *workstation;
    struct plan_page page;
    struct outline outline;
};

static enum result load(struct plan_view *plan, int64_t id, struct error *error) {
    enum result code = plan_page_load(&plan->page, plan->workstation->store, id,
                                      clock_today(&plan->workstation->actor.clock), error);
    plan->outline.count = plan->page.line_count;
    return code;
}

static void close_view(struct view *view) {
    struct plan_view *plan = view->data;
    arena_free(plan->page.arena);
    free(plan);
}

static bool passed_over(const void *context, size_t line) {
    const struct plan_view *plan = context;
    return plan_line_passed_over(&plan->page, line);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct plan_view *plan = calloc(1, sizeof(*plan));
    if (plan == NULL || (plan->page.arena = arena_new()) == NULL) {
        free(plan);
        return error_no_memory(error);
    }
    plan->workstation = workstation_of(view);
    plan->outline.passed_over = passed_over;
    plan->outline.context = plan;
    view->data = plan;
    enum result code = load(plan, *(const int64_t *)argument, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

/* What the plan waits for, in words. */
static const char *next_text(enum plan_state state) {
    switch (state) {
    case PLAN_DRAFT:
        return _("n freezes the frame: who can be drawn is fixed. c changes the draft.");
    case PLAN_FROZEN:
        return _("n commits: the digests below are to be published before the seed is drawn.");
    case PLAN_COMMITTED:
        return _("n takes the seed: 20 digits or more, drawn in public after the commitment.");
    case PLAN_SEEDED:
        return _("n draws.");
    case PLAN_DRAWN:
        return _(
            "t assigns teams. e exports. n approves, by another person than who drew (u changes "
            "the person).");
    case PLAN_LOCKED:
        return _("Approved and locked. r enters results and closes the plan, e exports.");
    case PLAN_CLOSED:
        return _("Closed. r shows the results.");
    case PLAN_VOID:
        return _("Void. Make a new plan for another draw.");
    }
    return "";
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct plan_view *plan = context;
    plan_line_paint(&plan->page, place, row, on_cursor);
}

/* Fits the lines to the width; a cursor below the digests stays on its line. */
static void fit(struct plan_view *plan, int columns) {
    size_t below = plan->page.line_count - plan->outline.cursor;
    bool moves = plan->outline.cursor > plan->page.proof;
    if (plan_page_fit(&plan->page, columns)) {
        plan->outline.count = plan->page.line_count;
        plan->outline.cursor = moves ? plan->page.line_count - below : plan->outline.cursor;
    }
}

static void paint(struct view *view, struct region body) {
    struct plan_view *plan = view->data;
    const struct plan *head = &plan->page.plan;
    struct region row = region_take_top(&body, 1);
    int taken = paint_piece(row.row, row.column, row.columns, ROLE_STRONG, head->number);
    taken += 2;
    taken += paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_WARNING,
                         plan_state_name(head->state)) +
             2;
    paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_STRONG, head->title);
    row = region_take_top(&body, 1);
    paint_text(row.row, row.column, row.columns, ROLE_MESSAGE, next_text(head->state), ALIGN_LEFT);
    fit(plan, body.columns);
    outline_paint(&plan->outline, body, paint_line, plan);
}

/* Asks, for the steps that cannot be taken back. */
static bool confirmed(struct view *view, enum plan_state state) {
    switch (state) {
    case PLAN_DRAFT:
        return prompt_confirm(view->screen,
                              _("Freeze the frame? Scope and measures can then no longer be "
                                "changed, only the whole plan made void."));
    case PLAN_FROZEN:
        return prompt_confirm(view->screen,
                              _("Commit? From now on the digests count as published; draw the seed "
                                "only after that."));
    case PLAN_DRAWN:
        return prompt_confirm(view->screen, _("Approve and lock the drawn plan?"));
    default:
        return true;
    }
}

static enum result take_seed(struct view *view, bool *given, struct error *error) {
    struct plan_view *plan = view->data;
    struct seed seed;
    *given = seed_ask(view->screen, &seed);
    if (!*given) {
        return RESULT_OK;
    }
    enum result code = plan_seed(plan->workstation->store, &plan->workstation->actor,
                                 plan->page.plan.id, seed.digits, seed.source, error);
    seed_clear(&seed);
    return code;
}

static enum result run_step(struct view *view, bool *done, struct error *error) {
    struct plan_view *plan = view->data;
    struct store *store = plan->workstation->store;
    const struct actor *actor = &plan->workstation->actor;
    int64_t id = plan->page.plan.id;
    struct progress_bar bar;
    enum result code = RESULT_OK;
    *done = true;
    switch (plan->page.plan.state) {
    case PLAN_DRAFT:
        progress_bar_start(&bar, view->screen, _("Freezing the frame"), _("households"));
        code = plan_freeze(store, actor, id, &bar.progress, error);
        progress_bar_finish(&bar);
        return code;
    case PLAN_FROZEN:
        return plan_commit(store, actor, id, error);
    case PLAN_COMMITTED:
        return take_seed(view, done, error);
    case PLAN_SEEDED:
        progress_bar_start(&bar, view->screen, _("Drawing"), _("households"));
        code = plan_draw(store, actor, id, &bar.progress, error);
        progress_bar_finish(&bar);
        return code;
    case PLAN_DRAWN:
        return plan_approve(store, actor, id, error);
    case PLAN_LOCKED:
    case PLAN_CLOSED:
    case PLAN_VOID:
        break;
    }
    *done = false;
    return RESULT_OK;
}

static void reload(struct view *view) {
    struct plan_view *plan = view->data;
    struct error error = ERROR_INIT;
    if (load(plan, plan->page.plan.id, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void next_step(struct view *view) {
    struct plan_view *plan = view->data;
    struct error error = ERROR_INIT;
    bool done = false;
    if (!confirmed(view, plan->page.plan.state)) {
        return;
    }
    if (run_step(view, &done, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    if (done) {
        reload(view);
        screen_message(view->screen, MESSAGE_INFO, _("Plan %s: %s."), plan->page.plan.number,
                       plan_state_name(plan->page.plan.state));
    } else if (plan->page.plan.state >= PLAN_LOCKED) {
        screen_message(view->screen, MESSAGE_WARNING, _("There is no next step. %s"),
                       next_text(plan->page.plan.state));
    }
}

static void assign_teams(struct view *view) {
    struct plan_view *plan = view->data;
    struct progress_bar bar;
    struct error error = ERROR_INIT;
    progress_bar_start(&bar, view->screen, _("Assigning teams"), _("households"));
    enum result code = plan_team(plan->workstation->store, &plan->workstation->actor,
                                 plan->page.plan.id, &bar.progress, &error);
    progress_bar_finish(&bar);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    reload(view);
    screen_message(view->screen, MESSAGE_INFO,
                   _("Every drawn household has its team; the names stand behind it."));
}

static void export(struct view *view, enum plan_export_set set) {
    struct plan_view *plan = view->data;
    struct prompt prompt = {.label = _("Folder for the files:"), .initial = "out"};
    char *folder = prompt_text(view->screen, &prompt);
    if (folder == NULL) {
        return;
    }
    struct plan_export files = {0};
    struct progress_bar bar;
    struct error error = ERROR_INIT;
    enum result code = file_make_folder(folder, &error);
    if (code == RESULT_OK) {
        progress_bar_start(&bar, view->screen, _("Writing the files"), _("households"));
        code = plan_export_set_write(plan->workstation->store, &plan->workstation->actor,
                                     plan->page.plan.id, set, NULL, folder, &bar.progress, &files,
                                     &error);
        progress_bar_finish(&bar);
    }
    if (code == RESULT_OK && set != PLAN_EXPORT_DRAW) {
        screen_message(view->screen, MESSAGE_INFO, _("%s: %zu files."), folder, files.count);
    } else if (code == RESULT_OK) {
        screen_message(view->screen, MESSAGE_INFO,
                       _("The plan workbook is %s, with record and "
                         "frame beside it."),
                       files.files[0]);
    } else {
        screen_error(view->screen, &error);
    }
    plan_export_clear(&files);
    free(folder);
}

static void make_void(struct view *view) {
    struct plan_view *plan = view->data;
    struct prompt prompt = {.label = _("Void for ever; the reason:")};
    struct error error = ERROR_INIT;
    char *reason = prompt_text(view->screen, &prompt);
    if (reason == NULL) {
        return;
    }
    if (plan_void(plan->workstation->store, &plan->workstation->actor, plan->page.plan.id, reason,
                  &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    } else {
        reload(view);
    }
    free(reason);
}

static void open_results(struct view *view) {
    const struct plan_view *plan = view->data;
    if (plan->page.plan.drawn_at == NULL) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Results come when the plan is drawn, approved and locked."));
        return;
    }
    screen_push(view->screen, &plan_results_view, &plan->page.plan.id);
}

static void change(struct view *view) {
    struct plan_view *plan = view->data;
    int64_t id = plan->page.plan.id;
    if (plan->page.plan.state != PLAN_DRAFT) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Only a draft can be changed; make this plan void (V) and a new one."));
        return;
    }
    screen_push(view->screen, &plan_form_view, &id);
}

/* The life of the plan as a page. */
static void tell(struct view *view) {
    struct plan_view *plan = view->data;
    struct error error = ERROR_INIT;
    struct arena *arena = arena_new();
    struct story_line *lines = NULL;
    struct buffer text = BUFFER_INIT;
    size_t count = 0;
    enum result code = arena == NULL ? error_no_memory(&error)
                                     : story_load(plan->workstation->store, &plan->page.plan, arena,
                                                  &lines, &count, &error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        char time[SHOW_TIME_SIZE];
        buffer_printf(&text, "%s  %s\n%s\n", show_time(lines[i].at, time), lines[i].who,
                      lines[i].what);
        if (lines[i].why != NULL) {
            buffer_printf(&text, _("Because: %s\n"), lines[i].why);
        }
        buffer_append_char(&text, '\n');
    }
    if (code == RESULT_OK) {
        prompt_notice(view->screen, _("The life of the plan"), buffer_text(&text));
    } else {
        screen_error(view->screen, &error);
    }
    buffer_free(&text);
    arena_free(arena);
}

/* The household under the cursor; says where one is when there is none. */
static const struct drawn_unit *unit_at_cursor(struct view *view) {
    struct plan_view *plan = view->data;
    const struct plan_line *line = &plan->page.lines[plan->outline.cursor];
    if (plan->outline.count > 0 && line->kind == PLAN_LINE_UNIT) {
        return &plan->page.units[line->place];
    }
    screen_message(view->screen, MESSAGE_WARNING, "%s",
                   plan->page.unit_count == 0
                       ? _("Nothing is drawn yet.")
                       : _("Go to a drawn household first; they stand at the end of the page."));
    return NULL;
}

/* Does something with the household under the cursor. */
static void change_unit(struct view *view,
                        bool (*act)(struct screen *screen, struct workstation *workstation,
                                    const struct plan *plan, const struct drawn_unit *unit)) {
    struct plan_view *plan = view->data;
    const struct drawn_unit *unit = unit_at_cursor(view);
    if (unit != NULL && act(view->screen, plan->workstation, &plan->page.plan, unit)) {
        reload(view);
    }
}

static void extend(struct view *view) {
    struct plan_view *plan = view->data;
    if (plan_draw_more(view->screen, plan->workstation, &plan->page.plan)) {
        reload(view);
    }
}

/* Enter on a drawn household opens the enterprise. */
static void open_unit(struct view *view) {
    struct plan_view *plan = view->data;
    const struct plan_line *line = &plan->page.lines[plan->outline.cursor];
    if (line->kind == PLAN_LINE_UNIT) {
        int64_t id = plan->page.units[line->place].enterprise;
        screen_push(view->screen, &enterprise_view, &id);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct plan_view *plan = view->data;
    switch (action) {
    case NEXT_STEP:
        next_step(view);
        return VIEW_HANDLED;
    case TEAMS:
        assign_teams(view);
        return VIEW_HANDLED;
    case RESULTS:
        open_results(view);
        return VIEW_HANDLED;
    case EXPORT:
        export(view, PLAN_EXPORT_DRAW);
        return VIEW_HANDLED;
    case EXPORT_WHOLE:
        export(view, PLAN_EXPORT_WHOLE);
        return VIEW_HANDLED;
    case EXPORT_FORMS:
        export(view, PLAN_EXPORT_FORMS);
        return VIEW_HANDLED;
    case CHANGE:
        change(view);
        return VIEW_HANDLED;
    case REPLACE:
        change_unit(view, unit_replace);
        return VIEW_HANDLED;
    case SWAP:
        change_unit(view, unit_swap);
        return VIEW_HANDLED;
    case EXTEND:
        extend(view);
        return VIEW_HANDLED;
    case STORY:
        tell(view);
        return VIEW_HANDLED;
    case MAKE_VOID:
        make_void(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&plan->outline, event, action);
    if (response == TABLE_ACTIVATED && plan->outline.count > 0) {
        open_unit(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct plan_view *plan = view->data;
    buffer_append_text(buffer, plan->page.plan.number);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct plan_view *plan = view->data;
    char frame[SHOW_POINTS_SIZE];
    char drawn[SHOW_POINTS_SIZE];
    (void)left;
    if (plan->page.plan.population > 0) {
        buffer_printf(right, _("%s drawn of %s households"),
                      show_number(plan->page.plan.drawn, drawn),
                      show_number(plan->page.plan.population, frame));
    }
}

const struct view_ops plan_view = {
    .title = N_("Plan"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = reload,
    .close = close_view,
};
