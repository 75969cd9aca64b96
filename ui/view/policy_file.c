#include "ui/view/policy_file.h"

#include "base/gettext.h"
#include "base/text.h"
#include "policy/policy_document.h"
#include "policy/policy_life.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/policy_page.h"
#include "ui/view/save_path.h"
#include "ui/view/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- out --------------------------------------------------------------------------------------
 */

/* A policy being written. */
struct writing {
    const struct policy *policy;
    date today;
};

static enum result write_policy(void *context, const char *path, struct error *error) {
    const struct writing *writing = context;
    return policy_document_write(writing->policy, path, writing->today, error);
}

void policy_export(struct view *view, int64_t version) {
    static const char *const endings[] = {".xlsx", ".json", NULL};
    struct workstation *workstation = workstation_of(view);
    struct arena *arena = arena_new();
    struct policy *policy = NULL;
    struct error error = ERROR_INIT;
    enum result code = arena == NULL
                           ? error_no_memory(&error)
                           : policy_store_load(workstation->store, version, &policy, &error);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        arena_free(arena);
        return;
    }
    struct writing writing = {policy, clock_today(&workstation->actor.clock)};
    const struct save_path place = {.label = _("Save as (.xlsx or .json):"),
                                    .stem =
                                        arena_printf(arena, "%s-%s", policy->code, policy->version),
                                    .endings = endings,
                                    .write = write_policy,
                                    .context = &writing};
    const char *path = place.stem == NULL ? NULL : save_path_ask(view, &place, arena);
    if (path != NULL) {
        screen_message(view->screen, MESSAGE_INFO, _("Wrote %s."), path);
    }
    policy_free(policy);
    arena_free(arena);
}

/* ---- in ---------------------------------------------------------------------------------------
 */

/* A draft that stands there already is only replaced by who means it. */
static bool confirm_replacing(struct view *view, const struct policy *policy, struct arena *arena) {
    struct policy_version there;
    struct error error = ERROR_INIT;
    char question[256];
    const char *name = arena_printf(arena, "%s@%s", policy->code, policy->version);
    if (name == NULL ||
        policy_store_find(workstation_of(view)->store, name, arena, &there, &error) != RESULT_OK) {
        error_clear(&error);
        return true; /* nothing stands there */
    }
    if (!policy_is_draft(&there)) {
        return true; /* refused with its sentence */
    }
    snprintf(question, sizeof(question),
             _("Draft %s of %s stands there already; put the file in its place?"), policy->version,
             there.made_by == NULL ? "?" : there.made_by);
    return prompt_confirm(view->screen, question);
}

/* Takes in a document without faults. */
static bool take_document(struct view *view, const struct policy_document *document,
                          struct arena *arena, int64_t *id) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    if (!confirm_replacing(view, document->policy, arena)) {
        return false;
    }
    if (policy_draft_save(workstation->store, document->policy, &workstation->actor, id, &error) !=
        RESULT_OK) {
        screen_error(view->screen, &error);
        return false;
    }
    screen_message(view->screen, MESSAGE_INFO,
                   _("Taken in as draft %s; t shows whom it would move."),
                   document->policy->version);
    return true;
}

bool policy_take_in(struct view *view, int64_t *id) {
    static const char *const endings[] = {".xlsx", ".json", NULL};
    const struct prompt prompt = {.label = _("Policy file (.xlsx or .json):")};
    char *typed = prompt_text(view->screen, &prompt);
    struct arena *arena = arena_new();
    struct policy_document document = {.policy = NULL};
    struct error error = ERROR_INIT;
    bool taken = false;
    if (typed != NULL && !text_blank(typed) && arena != NULL) {
        const struct save_path place = {.stem = "", .endings = endings};
        const char *path = save_path_whole(&place, typed, arena);
        if (path == NULL || policy_document_read(path, arena, &document, &error) != RESULT_OK) {
            screen_error(view->screen, &error);
        } else if (document.faults.count > 0) {
            screen_push(view->screen, &policy_faults_view, path);
        } else {
            taken = take_document(view, &document, arena, id);
        }
    }
    policy_free(document.policy);
    arena_free(arena);
    free(typed);
    return taken;
}

/* ---- what is wrong with a file -----------------------------------------------------------------
 */

enum { READ_AGAIN = 1 };

static const struct action actions[] = {
    {READ_AGAIN,
     "read-again",
     N_("read the file again once it is mended"),
     N_("Read again"),
     {'r'},
     ACTION_SHOWN},
    {0},
};

struct faults_page {
    struct list_page page; /* first: the view's data */
    char *path;
    struct policy_document document;
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct faults_page *faults = (struct faults_page *)page;
    policy_free(faults->document.policy);
    enum result code = policy_document_read(faults->path, page->arena, &faults->document, error);
    *count = code == RESULT_OK ? faults->document.faults.count : 0;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct faults_page *faults = calloc(1, sizeof(*faults));
    enum result code = RESULT_OK;
    if (faults == NULL || (faults->path = strdup(argument)) == NULL) {
        free(faults);
        return error_no_memory(error);
    }
    code = list_page_start(view, &faults->page, load, error);
    if (code != RESULT_OK) {
        free(faults->path);
        free(faults);
    }
    return code;
}

static void close_view(struct view *view) {
    struct faults_page *faults = view->data;
    policy_free(faults->document.policy);
    free(faults->path);
    list_page_close(view);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct faults_page *faults = context;
    const struct policy_fault *fault = &faults->document.faults.items[place];
    int width = row.columns > 60 ? 18 : row.columns / 3;
    const char *slash = strrchr(fault->place, '/'); /* of a path only the name is of use here */
    paint_cell(row.row, row.column, width, ROLE_WARNING | on_cursor,
               slash == NULL ? fault->place : slash + 1, ALIGN_LEFT);
    paint_cell(row.row, row.column + width + 1, row.columns - width - 1, ROLE_TEXT | on_cursor,
               fault->sentence, ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct faults_page *faults = view->data;
    if (body.rows > 3) {
        struct region row = region_take_top(&body, 1);
        paint_cell(row.row, row.column, row.columns, ROLE_MESSAGE_WARNING,
                   faults->page.outline.count == 0
                       ? _("Nothing is wrong with the file any more; Esc, then i takes it in.")
                       : _("Nothing was taken in: mend these places, save the file, and press r."),
                   ALIGN_LEFT);
    }
    outline_paint(&faults->page.outline, body, paint_line, faults);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct faults_page *faults = view->data;
    size_t place = 0;
    if (action == READ_AGAIN) {
        list_page_resume(view);
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&faults->page.outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(&faults->page, &place)) {
        prompt_notice(view->screen, faults->document.faults.items[place].place,
                      faults->document.faults.items[place].sentence);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct faults_page *faults = view->data;
    buffer_append_text(left, faults->path);
    buffer_printf(right, faults->document.faults.more ? _("more than %zu faults") : _("%zu faults"),
                  faults->page.outline.count);
}

const struct view_ops policy_faults_view = {
    .title = N_("Faults of a policy file"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .close = close_view,
};
