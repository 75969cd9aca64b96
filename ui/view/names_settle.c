#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/batch_names.h"
#include "intake/candidate.h"
#include "intake/match_decision.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/rejects_out.h"
#include "ui/view/show.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = 1, SKIP, TAKE_BACK, REASON, FIND, TAKE_WAITING };

static const struct action actions[] = {
    {ACTION_TABLE_OPEN,
     "choose",
     N_("this enterprise is meant; on to the next name"),
     N_("This one"),
     {PRESS_ENTER, ' '},
     ACTION_SHOWN},
    {NONE,
     "none",
     N_("none of the registry is meant; on to the next name"),
     N_("None"),
     {'n'},
     ACTION_SHOWN},
    {SKIP, "skip", N_("leave this name open; on to the next"), N_("Skip"), {'s'}, ACTION_SHOWN},
    {TAKE_BACK,
     "take-back",
     N_("take the last decision back"),
     N_("Take back"),
     {'u'},
     ACTION_SHOWN},
    {FIND, "find", N_("look for enterprises like another name"), N_("Find"), {'/'}, ACTION_SHOWN},
    {REASON,
     "reason",
     N_("say how you know; it is kept with the decisions that follow"),
     N_("Reason"),
     {'r'},
     ACTION_SHOWN},
    {TAKE_WAITING,
     "take-waiting",
     N_("take the rows in again whose names were settled"),
     N_("Take settled rows in"),
     {'t'},
     ACTION_SHOWN},
    {0},
};

/* Enterprises offered for a name. */
#define MOST_CANDIDATES 50

/* Columns of the screen for what stands beside a name, and from which width on. */
enum {
    WIDTH_ALIKE = 5,
    WIDTH_CODE = 18,
    WIDTH_DIFFERS = 34,
    LEAST_FOR_CODE = 50,
    LEAST_FOR_DIFFERS = 100
};

struct settle {
    struct list_page page; /* first: the view's data; its items are candidates */
    struct arena *arena;   /* holds the entry */
    struct batch_entry entry;
    struct batch_name name; /* in the page's arena; rows 0: every name is settled */
    struct batch_names_left left;
    int64_t line;  /* where the name is looked for: its first line, or one before it */
    char *like;    /* what candidates are looked for with, when not the name */
    char *reason;  /* as the person said; NULL: as the program puts it */
    int64_t last;  /* the last decision; 0: none, or taken back */
    int64_t where; /* the line of the name it was about */
};

/* ---- loading ----------------------------------------------------------------------------------
 */

/* The open name at a line or behind it, else the first of all. */
static enum result find_name(struct settle *settle, struct error *error) {
    struct store *store = settle->page.workstation->store;
    struct batch_name *found = NULL;
    size_t count = 0;
    struct batch_page wanted = {.key = settle->line > 0 ? settle->line - 1 : 0, .most = 1};
    enum result code =
        batch_names(store, settle->entry.id, &wanted, settle->page.arena, &found, &count, error);
    if (code == RESULT_OK && count == 0 && wanted.key > 0) {
        wanted.key = 0;
        code = batch_names(store, settle->entry.id, &wanted, settle->page.arena, &found, &count,
                           error);
    }
    settle->name = code == RESULT_OK && count > 0 ? found[0] : (struct batch_name){0};
    settle->line = settle->name.line;
    return code;
}

/* The name, and the enterprises most like it. */
static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct settle *settle = (struct settle *)page;
    struct store *store = page->workstation->store;
    struct candidate *found = NULL;
    *count = 0;
    enum result code = batch_names_count(store, settle->entry.id, &settle->left, error);
    if (code == RESULT_OK) {
        code = find_name(settle, error);
    }
    if (code == RESULT_OK && settle->name.rows > 0) {
        code =
            candidate_find(store, settle->like != NULL ? settle->like : settle->name.name,
                           settle->name.code, MOST_CANDIDATES, page->arena, &found, count, error);
    }
    page->items = found;
    return code;
}

/* Loads anew and goes to the likest enterprise. */
static void show_anew(struct view *view) {
    struct settle *settle = view->data;
    settle->page.outline.cursor = 0;
    settle->page.outline.top = 0;
    list_page_resume(view);
}

/* Goes on to the open name at a line or behind it. */
static void go_to(struct view *view, int64_t line) {
    struct settle *settle = view->data;
    free(settle->like);
    settle->like = NULL;
    settle->line = line;
    show_anew(view);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct names_settle_argument *wanted = argument;
    struct settle *settle = calloc(1, sizeof(*settle));
    if (settle == NULL) {
        return error_no_memory(error);
    }
    settle->line = wanted->line;
    settle->arena = arena_new();
    enum result code = settle->arena == NULL
                           ? error_no_memory(error)
                           : batch_load(workstation_of(view)->store, wanted->batch, settle->arena,
                                        &settle->entry, error);
    if (code == RESULT_OK) {
        code = list_page_start(view, &settle->page, load, error);
    }
    if (code != RESULT_OK) {
        arena_free(settle->arena);
        free(settle);
    }
    return code;
}

static void close_view(struct view *view) {
    struct settle *settle = view->data;
    free(settle->like);
    free(settle->reason);
    arena_free(settle->arena);
    list_page_close(view);
}

/* ---- painting ---------------------------------------------------------------------------------
 */

/* Writes in what an enterprise differs from what the file says. */
static void tell_difference(const struct candidate_difference *differs, struct buffer *text) {
    const struct {
        bool is;
        const char *what;
    } parts[] = {{differs->place, _("the place before")},
                 {differs->core, _("the name itself")},
                 {differs->form, _("the form of entity")}};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].is) {
            buffer_printf(text, "%s%s", text->length > 0 ? ", " : "", parts[i].what);
        }
    }
    if (differs->code > 0) {
        buffer_append_text(text, text->length > 0 ? ", " : "");
        buffer_printf(text, _("%d characters of the code"), differs->code);
    } else if (differs->code == 0) {
        buffer_append_text(text, text->length > 0 ? ", " : "");
        buffer_append_text(text, _("the code is the same"));
    }
    if (text->length == 0) {
        buffer_append_text(text, _("nothing in the name"));
    }
}

/* One line of the comparison: the columns are the same for file and registry. */
static void paint_columns(struct region row, int role, const char *alike, const char *name,
                          const char *code, const char *differs) {
    int width = row.columns - WIDTH_ALIKE - 1;
    bool with_code = row.columns >= LEAST_FOR_CODE;
    bool with_differs = row.columns >= LEAST_FOR_DIFFERS;
    width -= with_code ? WIDTH_CODE + 1 : 0;
    width -= with_differs ? WIDTH_DIFFERS + 1 : 0;
    int at = row.column;
    paint_text(row.row, at, WIDTH_ALIKE, role, alike, ALIGN_RIGHT);
    at += WIDTH_ALIKE + 1;
    paint_cell(row.row, at, width, role, name, ALIGN_LEFT);
    at += width + 1;
    if (with_code) {
        paint_cell(row.row, at, WIDTH_CODE, role, code, ALIGN_LEFT);
        at += WIDTH_CODE + 1;
    }
    if (with_differs) {
        paint_cell(row.row, at, WIDTH_DIFFERS, role, differs, ALIGN_LEFT);
    }
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct list_page *page = context;
    const struct candidate *candidate = (const struct candidate *)page->items + place;
    struct buffer differs = BUFFER_INIT;
    char alike[16];
    const char *code = candidate->uscc != NULL     ? candidate->uscc
                       : candidate->number != NULL ? candidate->number
                                                   : "";
    snprintf(alike, sizeof(alike), "%d%%", candidate->similarity);
    tell_difference(&candidate->differs, &differs);
    paint_columns(row, ROLE_TEXT | on_cursor, alike, candidate->name, code, buffer_text(&differs));
    buffer_free(&differs);
}

/* Between file and registry: a ruler, or what differs where there is no room for its column. */
static void paint_ruler(const struct settle *settle, struct region row) {
    size_t place = 0;
    struct buffer text = BUFFER_INIT;
    if (row.columns >= LEAST_FOR_DIFFERS || !list_page_current(&settle->page, &place)) {
        paint_rule(row.row, row.column, row.columns, ROLE_CHROME);
        return;
    }
    struct buffer differs = BUFFER_INIT;
    tell_difference(&((const struct candidate *)settle->page.items)[place].differs, &differs);
    buffer_printf(&text, _("differs in: %s"), buffer_text(&differs));
    paint_cell(row.row, row.column, row.columns, ROLE_DIM, buffer_text(&text), ALIGN_LEFT);
    buffer_free(&differs);
    buffer_free(&text);
}

static void paint(struct view *view, struct region body) {
    struct settle *settle = view->data;
    if (settle->name.rows == 0) {
        paint_paragraph(body, ROLE_TEXT,
                        settle->left.waiting > 0
                            ? _("Every name is settled. Press t: the rows that waited are taken in "
                                "again.")
                            : _("No name of this intake waits for a decision."),
                        0);
        return;
    }
    if (body.rows > 4) {
        struct region row = region_take_top(&body, 1);
        paint_columns(row, ROLE_HEADER, _("Alike"), _("Name"), _("Code"), _("Differs in"));
    }
    if (body.rows > 1) {
        struct region row = region_take_top(&body, 1);
        paint_columns(row, ROLE_STRONG, _("File"), settle->name.name, settle->name.code, "");
    }
    if (body.rows > 3) {
        paint_ruler(settle, region_take_top(&body, 1));
    }
    if (settle->page.outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("No enterprise is like it. n: none of the registry is meant; / looks "
                          "with another name."),
                        0);
        return;
    }
    outline_paint(&settle->page.outline, body, paint_line, &settle->page);
}

/* ---- deciding ---------------------------------------------------------------------------------
 */

/* What is kept with a decision when the person said nothing of it. */
static void tell_reason(const struct candidate *chosen, struct buffer *text) {
    if (chosen == NULL) {
        buffer_append_text(text, _("chosen on the screen: none of those most like it"));
        return;
    }
    buffer_printf(text, _("chosen on the screen: %d%% alike; what differs: "), chosen->similarity);
    tell_difference(&chosen->differs, text);
}

/* Keeps a decision and goes on. chosen NULL: none of the registry. */
static void decide(struct view *view, const struct candidate *chosen) {
    struct settle *settle = view->data;
    struct workstation *workstation = settle->page.workstation;
    struct error error = ERROR_INIT;
    struct buffer reason = BUFFER_INIT;
    const struct match_subject subject = {.name = settle->name.name, .code = settle->name.code};
    if (settle->reason != NULL) {
        buffer_append_text(&reason, settle->reason);
    } else {
        tell_reason(chosen, &reason);
    }
    enum result code = reason.failed ? error_no_memory(&error)
                                     : match_decide(workstation->store, &workstation->actor,
                                                    &subject, chosen == NULL ? 0 : chosen->id,
                                                    buffer_text(&reason), &settle->last, &error);
    buffer_free(&reason);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    char *told = NULL;
    int length = asprintf(&told, "%s -> %s", settle->name.name,
                          chosen == NULL ? _("none of the registry") : chosen->name);
    settle->where = settle->name.line;
    go_to(view, settle->name.line);
    screen_message(view->screen, MESSAGE_INFO, _("%s  (u takes it back)"), length < 0 ? "" : told);
    free(length < 0 ? NULL : told);
}

/* Decides for the enterprise under the cursor. */
static void choose(struct view *view) {
    struct settle *settle = view->data;
    size_t place = 0;
    if (list_page_current(&settle->page, &place)) {
        decide(view, (const struct candidate *)settle->page.items + place);
    }
}

static void take_back(struct view *view) {
    struct settle *settle = view->data;
    struct workstation *workstation = settle->page.workstation;
    struct error error = ERROR_INIT;
    if (settle->last == 0) {
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("No decision was made on this page since the last one was taken back."));
        return;
    }
    if (match_withdraw(workstation->store, &workstation->actor, settle->last, &error) !=
        RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    settle->last = 0;
    go_to(view, settle->where);
    screen_message(view->screen, MESSAGE_INFO, _("The decision about %s is taken back."),
                   settle->name.name == NULL ? "" : settle->name.name);
}

static void say_reason(struct view *view) {
    struct settle *settle = view->data;
    const struct prompt prompt = {.label = _("How do you know (empty: as the program puts it):"),
                                  .initial = settle->reason};
    char *reason = prompt_text(view->screen, &prompt);
    if (reason == NULL) {
        return;
    }
    free(settle->reason);
    settle->reason = text_blank(reason) ? NULL : strdup(reason);
    free(reason);
}

static void find(struct view *view) {
    struct settle *settle = view->data;
    const struct prompt prompt = {.label = _("Enterprises like this name (empty: the file's):"),
                                  .initial = settle->like};
    char *like = prompt_text(view->screen, &prompt);
    if (like == NULL) {
        return;
    }
    free(settle->like);
    settle->like = text_blank(like) ? NULL : strdup(like);
    free(like);
    show_anew(view);
}

/* ---- the view ---------------------------------------------------------------------------------
 */

/* Carries out what is about the name at hand; false when action is none of that. */
static bool act_on_name(struct view *view, int action) {
    const struct settle *settle = view->data;
    bool any = settle->name.rows > 0;
    switch (action) {
    case NONE:
        if (any) {
            decide(view, NULL);
        }
        return true;
    case SKIP:
        if (any) {
            go_to(view, settle->name.line + 1);
        }
        return true;
    case FIND:
        if (any) {
            find(view);
        }
        return true;
    default:
        return false;
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct settle *settle = view->data;
    if (act_on_name(view, action)) {
        return VIEW_HANDLED;
    }
    switch (action) {
    case TAKE_BACK:
        take_back(view);
        return VIEW_HANDLED;
    case REASON:
        say_reason(view);
        return VIEW_HANDLED;
    case TAKE_WAITING:
        rejects_out_take_waiting(view, &settle->entry);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&settle->page.outline, event, action);
    if (response == TABLE_ACTIVATED) {
        choose(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct settle *settle = view->data;
    char number[SHOW_POINTS_SIZE];
    if (settle->name.rows == 0) {
        return;
    }
    if (settle->reason != NULL) {
        buffer_printf(left, _("reason: %s"), settle->reason);
    }
    buffer_printf(right, _("%s rows, %lld names left"), show_number(settle->name.rows, number),
                  (long long)settle->left.names);
}

const struct view_ops names_settle_view = {
    .title = N_("Which enterprise is meant?"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = close_view,
};
