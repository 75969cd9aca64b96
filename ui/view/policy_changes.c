#include "ui/view/policy_compare.h"

#include "base/gettext.h"
#include "policy/policy_diff.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/policy_page.h"
#include "ui/view/views.h"

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

enum { BEFORE, AFTER, SIDES };

struct changes_page {
    struct list_page page; /* first: the view's data; its items are the changes */
    int64_t ids[SIDES];
    struct policy_shown shown[SIDES];
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct changes_page *changes = (struct changes_page *)page;
    struct policy_change *items = NULL;
    enum result code = RESULT_OK;
    for (int side = BEFORE; code == RESULT_OK && side < SIDES; side++) {
        code = policy_shown_load(&changes->shown[side], page->workstation->store,
                                 changes->ids[side], error);
    }
    if (code == RESULT_OK) {
        code = policy_diff(changes->shown[BEFORE].policy, changes->shown[AFTER].policy, page->arena,
                           &items, count, error);
    }
    page->items = items;
    return code;
}

static void release(struct changes_page *changes) {
    policy_shown_free(&changes->shown[BEFORE]);
    policy_shown_free(&changes->shown[AFTER]);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct policy_changes_argument *wanted = argument;
    struct changes_page *changes = calloc(1, sizeof(*changes));
    if (changes == NULL) {
        return error_no_memory(error);
    }
    changes->ids[BEFORE] = wanted->before;
    changes->ids[AFTER] = wanted->after;
    enum result code = list_page_start(view, &changes->page, load, error);
    if (code != RESULT_OK) {
        release(changes);
        free(changes);
    }
    return code;
}

static void close_view(struct view *view) {
    release(view->data);
    list_page_close(view);
}

static const struct policy_change *change_at(const struct changes_page *changes, size_t place) {
    return (const struct policy_change *)changes->page.items + place;
}

/* What is added or gone as a whole has no values. */
static const char *what_of(const struct policy_change *change) {
    return change->kind == POLICY_ADDED     ? _("added")
           : change->kind == POLICY_REMOVED ? _("removed")
                                            : change->title;
}

/* Columns: code and name, which value, before, after. */
static void paint_columns(struct region row, int role, const char *code, const char *name,
                          const char *const texts[3]) {
    int value = row.columns > 100 ? 16 : 11;
    int title = row.columns > 100 ? 30 : 20;
    int wide = row.columns - 2 * value - title - 3;
    int at = row.column;
    int used = paint_piece(row.row, at, wide, role, code);
    paint_text(row.row, at + used, 1, role, "", ALIGN_LEFT);
    paint_cell(row.row, at + used + 1, wide - used - 1, role, name, ALIGN_LEFT);
    at += wide + 1;
    paint_cell(row.row, at, title, role, texts[0], ALIGN_LEFT);
    at += title + 1;
    paint_cell(row.row, at, value, role, texts[1], ALIGN_RIGHT);
    paint_cell(row.row, at + value + 1, value, role, texts[2], ALIGN_RIGHT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct policy_change *change = change_at(context, place);
    bool whole = change->code[0] == '\0';
    paint_columns(row, ROLE_TEXT | on_cursor,
                  whole ? policy_sheet_name(change->sheet) : change->code, change->name,
                  (const char *const[]){what_of(change), change->before, change->after});
}

static void paint(struct view *view, struct region body) {
    struct changes_page *changes = view->data;
    if (changes->page.outline.count == 0) {
        paint_paragraph(body, ROLE_DIM, _("No difference: both have the same digest."), 0);
        return;
    }
    if (body.rows > 3) {
        paint_columns(region_take_top(&body, 1), ROLE_HEADER, _("What"), "",
                      (const char *const[]){_("Value"), _("Before"), _("After")});
    }
    outline_paint(&changes->page.outline, body, paint_line, changes);
}

/* The sentence of a change, as a command tells it. */
static void show_sentence(struct view *view, const struct policy_change *change) {
    struct changes_page *changes = view->data;
    prompt_notice(view->screen, policy_sheet_name(change->sheet),
                  policy_change_sentence(change, changes->page.arena));
}

/* Enter opens the part that differs; one that is gone is only told. */
static void open_part(struct view *view, const struct policy_change *change) {
    const struct changes_page *changes = view->data;
    struct policy_part_argument argument = {
        changes->ids[AFTER], policy_part_of(changes->shown[AFTER].policy, change->code)};
    if (change->sheet == POLICY_SHEET_MEASURES) {
        argument.part =
            (struct policy_part){POLICY_SHEET_MEASURES, (size_t)risk_class_find(change->code)};
    }
    if (change->kind == POLICY_REMOVED) {
        show_sentence(view, change);
    } else {
        screen_push(view->screen, &policy_part_view, &argument);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct changes_page *changes = view->data;
    size_t place = 0;
    bool any = list_page_current(&changes->page, &place);
    if (action == WHOLE) {
        if (any) {
            show_sentence(view, change_at(changes, place));
        }
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&changes->page.outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(&changes->page, &place)) {
        open_part(view, change_at(changes, place));
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct changes_page *changes = view->data;
    const struct policy_version *before = &changes->shown[BEFORE].version;
    const struct policy_version *after = &changes->shown[AFTER].version;
    bool other = strcmp(before->code, after->code) != 0;
    buffer_printf(left, "%s%s%s -> %s", other ? before->name : "", other ? " " : "",
                  before->version, after->version);
    buffer_printf(right, _("%zu differences"), changes->page.outline.count);
}

const struct view_ops policy_changes_view = {
    .title = N_("Differences"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = close_view,
};

/* ---- against which version ---------------------------------------------------------------------
 */

/* Asks for another version; 0 after Esc. */
static int64_t choose_version(struct view *view, const struct policy_version *version,
                              const struct policy_version *versions, size_t count,
                              struct arena *arena) {
    const char **items = arena_alloc(arena, (count + 1) * sizeof(*items));
    int64_t *ids = arena_alloc(arena, (count + 1) * sizeof(*ids));
    size_t others = 0;
    for (size_t i = 0; items != NULL && ids != NULL && i < count; i++) {
        if (versions[i].id != version->id) {
            items[others] =
                arena_printf(arena, "%s %s  %s  %s", versions[i].code, versions[i].version,
                             policy_state_name(&versions[i]), versions[i].name);
            ids[others++] = versions[i].id;
        }
    }
    if (others == 0 || arena_failed(arena)) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("There is no other version to compare it with."));
        return 0;
    }
    int chosen = prompt_choose(view->screen, _("Compare with"), items, others, 0);
    return chosen < 0 ? 0 : ids[chosen];
}

void policy_show_changes(struct view *view, const struct policy_version *version) {
    struct arena *arena = arena_new();
    struct policy_version *versions = NULL;
    struct error error = ERROR_INIT;
    struct policy_changes_argument argument = {.after = version->id};
    size_t count = 0;
    enum result code = arena == NULL ? error_no_memory(&error)
                                     : policy_store_list(workstation_of(view)->store, arena,
                                                         &versions, &count, &error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (versions[i].id != version->id && strcmp(versions[i].code, version->code) == 0 &&
            strcmp(versions[i].state, "published") == 0) {
            argument.before = versions[i].id;
        }
    }
    if (code == RESULT_OK && argument.before == 0) {
        argument.before = choose_version(view, version, versions, count, arena);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    } else if (argument.before != 0) {
        screen_push(view->screen, &policy_changes_view, &argument);
    }
    arena_free(arena);
}
