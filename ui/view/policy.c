#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/outline.h"
#include "ui/kit/prompt.h"
#include "ui/view/policy_compare.h"
#include "ui/view/policy_file.h"
#include "ui/view/policy_lines.h"
#include "ui/view/policy_page.h"
#include "ui/view/policy_step.h"
#include "ui/view/workstation.h"

#include <stdlib.h>
#include <string.h>

enum { NEXT_STEP = 1, DRAFT, CHECK, DIFFER, SIMULATE, EXPORT, RETIRE, VALUES, FIND, CLEAR, FOLD };

static const struct action actions[] = {
    {NEXT_STEP,
     "next-step",
     N_("propose the draft; publish it when another person proposed it"),
     N_("Next step"),
     {'n'},
     ACTION_SHOWN},
    {SIMULATE,
     "simulate",
     N_("score every enterprise by it and show whom it moves; nothing is stored"),
     N_("Simulate"),
     {'t'},
     ACTION_SHOWN},
    {DIFFER,
     "differences",
     N_("list what differs from the version in force"),
     N_("Differences"),
     {'v'},
     ACTION_SHOWN},
    {CHECK,
     "check",
     N_("list what is worth a look before it is published"),
     N_("Check"),
     {'c'},
     ACTION_SHOWN},
    {DRAFT,
     "make-draft",
     N_("make a draft of it, as another version"),
     N_("Make a draft"),
     {'d'},
     ACTION_SHOWN},
    {FIND,
     "find",
     N_("find indicators and rules by name, code or pinyin initials"),
     N_("Find"),
     {'/'},
     ACTION_SHOWN},
    {VALUES,
     "values",
     N_("open the values of the line, such as the cap of a dimension"),
     N_("Values"),
     {'o'},
     ACTION_SHOWN},
    {EXPORT,
     "export",
     N_("write the policy to a workbook or a JSON file"),
     N_("Export"),
     {'e'},
     ACTION_SHOWN},
    {FOLD, "fold-all", N_("fold everything, or unfold it"), N_("Fold"), {'z'}, ACTION_LISTED},
    {CLEAR, "clear", N_("show all lines again"), N_("Clear"), {'x'}, ACTION_LISTED},
    {RETIRE, "retire", N_("take the policy out of force"), N_("Retire"), {'V'}, ACTION_LISTED},
    {0},
};

struct policy_page {
    struct workstation *workstation;
    int64_t id;
    struct arena *arena; /* of version and lines; reset with each load */
    struct policy_shown shown;
    struct policy_folds folds;
    struct policy_lines lines;
    struct outline outline;
    char *find; /* owned; NULL: all lines */
};

/* ---- loading ----------------------------------------------------------------------------------
 */

static enum result build(struct policy_page *page, struct error *error) {
    enum result code = policy_lines_build(&page->lines, page->shown.policy, &page->folds,
                                          page->find, page->arena, error);
    page->outline.count = page->lines.count;
    return code;
}

static enum result load(struct policy_page *page, struct error *error) {
    arena_reset(page->arena);
    page->lines.count = 0;
    page->outline.count = 0;
    enum result code = policy_shown_load(&page->shown, page->workstation->store, page->id, error);
    return code == RESULT_OK ? build(page, error) : code;
}

/* Builds the lines anew; the cursor stays on its line where that is still shown. */
static void rebuild(struct view *view) {
    struct policy_page *page = view->data;
    struct error error = ERROR_INIT;
    struct policy_line line = {POLICY_LINE_GENERAL, 0, 0};
    if (page->outline.cursor < page->lines.count) {
        line = page->lines.items[page->outline.cursor];
    }
    if (build(page, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    for (size_t i = 0; i < page->lines.count; i++) {
        if (page->lines.items[i].kind == line.kind && page->lines.items[i].index == line.index) {
            page->outline.cursor = i;
        }
    }
}

static void resume(struct view *view) {
    struct policy_page *page = view->data;
    struct error error = ERROR_INIT;
    if (load(page, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void close_view(struct view *view) {
    struct policy_page *page = view->data;
    policy_shown_free(&page->shown);
    arena_free(page->arena);
    free(page->find);
    free(page);
}

/* Dimensions stand open, what is under them folded: the whole policy on a page or two. */
static void fold_groups(struct policy_folds *folds, bool fold) {
    memset(folds->groups, fold, sizeof(folds->groups));
    folds->directs = fold;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct policy_page *page = calloc(1, sizeof(*page));
    if (page == NULL || (page->arena = arena_new()) == NULL) {
        free(page);
        return error_no_memory(error);
    }
    page->workstation = workstation_of(view);
    page->id = *(const int64_t *)argument;
    fold_groups(&page->folds, true);
    view->data = page;
    enum result code = load(page, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

/* ---- painting ---------------------------------------------------------------------------------
 */

/* What the version waits for, in words. */
static const char *next_text(const struct policy_version *version) {
    if (!policy_is_draft(version)) {
        return strcmp(version->state, "published") == 0
                   ? _("In force. d makes a draft of it that can be changed.")
                   : _("Retired. d makes a draft of it that can be changed.");
    }
    return version->proposed_by == NULL
               ? _("Enter on a value changes it. t tries the draft; n proposes it.")
               : _("Proposed. n publishes it, by another person than proposed it (u changes the "
                   "person).");
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    static const struct policy_folds nothing_folded;
    const struct policy_page *page = context;
    policy_line_paint(&page->lines.items[place], page->shown.policy,
                      page->find == NULL ? &page->folds : &nothing_folded, row, on_cursor);
}

static void paint_version(const struct policy_page *page, struct region row) {
    const struct policy_version *version = &page->shown.version;
    int taken = paint_piece(row.row, row.column, row.columns, ROLE_STRONG, version->version) + 2;
    taken += paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_WARNING,
                         policy_state_name(version)) +
             2;
    if (policy_is_draft(version) && version->proposed_by != NULL) {
        taken += paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_TEXT,
                             version->proposed_by) +
                 2;
    }
    paint_cell(row.row, row.column + taken, row.columns - taken, ROLE_STRONG, version->name,
               ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct policy_page *page = view->data;
    if (body.rows > 4) {
        paint_version(page, region_take_top(&body, 1));
        struct region row = region_take_top(&body, 1);
        paint_cell(row.row, row.column, row.columns, ROLE_MESSAGE, next_text(&page->shown.version),
                   ALIGN_LEFT);
        policy_titles_paint(region_take_top(&body, 1));
    }
    if (page->lines.count == 0) {
        paint_paragraph(body, ROLE_DIM, _("Nothing is called so. Press x to show all lines."), 0);
        return;
    }
    outline_paint(&page->outline, body, paint_line, page);
}

/* ---- doing ------------------------------------------------------------------------------------
 */

static const struct policy_line *current(const struct policy_page *page) {
    return page->outline.cursor < page->lines.count ? &page->lines.items[page->outline.cursor]
                                                    : NULL;
}

/* Opens the values of a line; false where it has none. */
static bool open_values(struct view *view) {
    struct policy_page *page = view->data;
    const struct policy_line *line = current(page);
    struct policy_part_argument argument = {.version = page->id};
    if (line == NULL || !policy_line_part(line, &argument.part)) {
        return false;
    }
    screen_push(view->screen, &policy_part_view, &argument);
    return true;
}

/* Enter folds what folds and opens what does not. */
static void open_line(struct view *view) {
    struct policy_page *page = view->data;
    const struct policy_line *line = current(page);
    bool *fold = line == NULL ? NULL : policy_line_fold(line, &page->folds);
    if (fold == NULL) {
        open_values(view);
    } else if (page->find == NULL) {
        *fold = !*fold;
        rebuild(view);
    } else {
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("Only what was found is shown; x shows all lines, which can be folded."));
    }
}

static void fold_all(struct view *view) {
    struct policy_page *page = view->data;
    fold_groups(&page->folds, !page->folds.directs);
    page->folds.measures = page->folds.directs;
    memset(page->folds.dimensions, 0, sizeof(page->folds.dimensions));
    rebuild(view);
}

static void set_find(struct view *view, const char *text) {
    struct policy_page *page = view->data;
    free(page->find);
    page->find = text == NULL || text_blank(text) ? NULL : strdup(text);
    rebuild(view);
}

static void find_as_typed(void *context, const char *text) {
    set_find(context, text);
}

static void find(struct view *view) {
    struct policy_page *page = view->data;
    char *before = page->find == NULL ? NULL : strdup(page->find);
    struct prompt prompt = {
        .label = _("Find:"), .initial = page->find, .changed = find_as_typed, .context = view};
    char *text = prompt_text(view->screen, &prompt);
    if (text == NULL) { /* given up: as it was before */
        set_find(view, before);
    }
    free(text);
    free(before);
}

static void take_step(struct view *view, int action) {
    struct policy_page *page = view->data;
    int64_t made = 0;
    switch (action) {
    case NEXT_STEP:
        policy_next_step(view, &page->shown.version);
        break;
    case RETIRE:
        policy_step_retire(view, &page->shown.version);
        break;
    default:
        if (policy_make_draft(view, page->shown.policy, &made)) {
            screen_push(view->screen, &policy_view, &made);
        }
        return;
    }
    resume(view);
}

static bool act(struct view *view, int action) {
    struct policy_page *page = view->data;
    switch (action) {
    case NEXT_STEP:
    case RETIRE:
    case DRAFT:
        take_step(view, action);
        return true;
    case CHECK:
        screen_push(view->screen, &policy_check_view, &page->id);
        return true;
    case DIFFER:
        policy_show_changes(view, &page->shown.version);
        return true;
    case SIMULATE:
        policy_simulate(view, page->id);
        return true;
    case EXPORT:
        policy_export(view, page->id);
        return true;
    case VALUES:
        if (!open_values(view)) {
            screen_message(view->screen, MESSAGE_INFO, "%s",
                           _("This line has no values of its own; those of the lines below it are "
                             "opened one by one."));
        }
        return true;
    case FIND:
        find(view);
        return true;
    case CLEAR:
        set_find(view, NULL);
        return true;
    case FOLD:
        fold_all(view);
        return true;
    default:
        return false;
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct policy_page *page = view->data;
    if (act(view, action)) {
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED) {
        open_line(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct policy_page *page = view->data;
    buffer_append_text(buffer, page->shown.version.version);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct policy_page *page = view->data;
    if (page->find != NULL) {
        buffer_printf(left, _("find \"%s\"  "), page->find);
        buffer_append_text(left, _("[x clears]"));
    }
    buffer_printf(right, _("%zu indicators, digest %.12s"), page->shown.policy->indicator_count,
                  page->shown.version.digest);
}

const struct view_ops policy_view = {
    .title = N_("Policy"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = resume,
    .close = close_view,
};
