#include "ui/view/views.h"

#include "base/gettext.h"
#include "ui/view/list_page.h"
#include "ui/view/policy_file.h"
#include "ui/view/policy_page.h"

#include <string.h>

enum { TAKE_IN = 1, EXPORT };

static const struct action actions[] = {
    {TAKE_IN,
     "take-in-policy",
     N_("take a policy in from a workbook or a JSON file, as a draft"),
     N_("Take in"),
     {'i'},
     ACTION_SHOWN},
    {EXPORT,
     "export",
     N_("write the policy to a workbook or a JSON file"),
     N_("Export"),
     {'e'},
     ACTION_SHOWN},
    {0},
};

/* A version, and whom it is made for. */
struct item {
    struct policy_version version;
    const char *scope;
};

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct policy_version *versions = NULL;
    enum result code =
        policy_store_list(page->workstation->store, page->arena, &versions, count, error);
    struct item *items =
        code == RESULT_OK ? arena_alloc(page->arena, (*count + 1) * sizeof(*items)) : NULL;
    if (code == RESULT_OK && items == NULL) {
        code = error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < *count; i++) {
        struct policy *policy = NULL;
        code = policy_store_load(page->workstation->store, versions[i].id, &policy, error);
        if (code == RESULT_OK) {
            items[i] = (struct item){versions[i], policy_scope_text(policy, page->arena)};
        }
        policy_free(policy);
    }
    *count = code == RESULT_OK ? *count : 0;
    page->items = items;
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    return list_page_open(view, load, error);
}

static const struct item *item_at(const struct list_page *page, size_t place) {
    return (const struct item *)page->items + place;
}

/* Where columns begin, and how wide those are that take what is left. */
struct columns {
    int name;
    int scope; /* 0: no room for it */
};

static struct columns columns_of(struct region row) {
    int left = row.columns - 50 > 14 ? row.columns - 50 : 14;
    return left > 40 ? (struct columns){left / 2, left - left / 2 - 1} : (struct columns){left, 0};
}

static void paint_titles(struct region row) {
    struct columns columns = columns_of(row);
    int at = row.column;
    paint_cell(row.row, at, columns.name, ROLE_HEADER, _("Name"), ALIGN_LEFT);
    at += columns.name + 1;
    if (columns.scope > 0) {
        paint_cell(row.row, at, columns.scope, ROLE_HEADER, _("Made for"), ALIGN_LEFT);
        at += columns.scope + 1;
    }
    paint_cell(row.row, at, 9, ROLE_HEADER, _("Version"), ALIGN_LEFT);
    paint_cell(row.row, at + 10, 7, ROLE_HEADER, _("State"), ALIGN_LEFT);
    paint_cell(row.row, at + 18, 9, ROLE_HEADER, _("By"), ALIGN_LEFT);
    paint_cell(row.row, at + 28, 10, ROLE_HEADER, _("Date"), ALIGN_LEFT);
    paint_cell(row.row, at + 39, row.columns - (at - row.column) - 39, ROLE_HEADER, _("Digest"),
               ALIGN_LEFT);
}

/* Who brought it where it is, and since when. */
static const char *person_of(const struct policy_version *version) {
    const char *person = version->published_by != NULL  ? version->published_by
                         : version->proposed_by != NULL ? version->proposed_by
                                                        : version->made_by;
    return person == NULL ? "" : person;
}

static const char *day_of(const struct policy_version *version, char text[DATE_TEXT_SIZE]) {
    date day = version->retired_on != DATE_NONE ? version->retired_on : version->published_on;
    text[0] = '\0';
    return day == DATE_NONE ? text : date_format(day, text);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct item *item = item_at(context, place);
    const struct policy_version *version = &item->version;
    struct columns columns = columns_of(row);
    char day[DATE_TEXT_SIZE];
    int role = policy_is_draft(version)                   ? ROLE_WARNING
               : strcmp(version->state, "published") == 0 ? ROLE_TEXT
                                                          : ROLE_DIM;
    role |= on_cursor;
    int at = row.column;
    paint_cell(row.row, at, columns.name, role, version->name, ALIGN_LEFT);
    at += columns.name + 1;
    if (columns.scope > 0) {
        paint_cell(row.row, at, columns.scope, role, item->scope, ALIGN_LEFT);
        at += columns.scope + 1;
    }
    paint_cell(row.row, at, 9, role, version->version, ALIGN_LEFT);
    paint_cell(row.row, at + 10, 7, role, policy_state_name(version), ALIGN_LEFT);
    paint_cell(row.row, at + 18, 9, role, person_of(version), ALIGN_LEFT);
    paint_cell(row.row, at + 28, 10, role, day_of(version, day), ALIGN_LEFT);
    paint_text(row.row, at + 39, row.columns - (at - row.column) - 39, ROLE_DIM | on_cursor,
               version->digest, ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct list_page *page = view->data;
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("There are no policies. Press i to take one in from a file."), 0);
        return;
    }
    if (body.rows > 3) {
        paint_titles(region_take_top(&body, 1));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

static void take_in(struct view *view) {
    int64_t id = 0;
    if (policy_take_in(view, &id)) {
        list_page_resume(view);
        screen_push(view->screen, &policy_view, &id);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct list_page *page = view->data;
    size_t place = 0;
    bool any = list_page_current(page, &place);
    if (action == TAKE_IN) {
        take_in(view);
        return VIEW_HANDLED;
    }
    if (action == EXPORT) {
        if (any) {
            policy_export(view, item_at(page, place)->version.id);
        }
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED && list_page_current(page, &place)) {
        int64_t id = item_at(page, place)->version.id;
        screen_push(view->screen, &policy_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

/* Adds the days on which a version came into force and went out of it. */
static void append_days(struct buffer *text, const struct policy_version *version) {
    char day[DATE_TEXT_SIZE];
    if (version->published_on != DATE_NONE) {
        buffer_printf(text, _("  published %s"), date_format(version->published_on, day));
    }
    if (version->retired_on != DATE_NONE) {
        buffer_printf(text, _("  retired %s"), date_format(version->retired_on, day));
    }
}

/* What the columns of the line under the cursor have no room for. */
static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct list_page *page = view->data;
    size_t place = 0;
    if (list_page_current(page, &place)) {
        const struct item *item = item_at(page, place);
        buffer_append_text(left, item->version.code);
        append_days(left, &item->version);
        buffer_printf(left, "  %s", item->scope);
        buffer_printf(right, "%zu / %zu", place + 1, page->outline.count);
    }
}

const struct view_ops policies_view = {
    .title = N_("Policies"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = list_page_close,
};
