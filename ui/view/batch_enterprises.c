#include "ui/view/views.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/restore.h"
#include "score/listing.h"
#include "ui/view/show.h"
#include "ui/view/table_page.h"

#include <stdlib.h>

enum { COLUMN_CLASS, COLUMN_NAME, COLUMN_USCC, COLUMN_REGION };

static const struct column columns[] = {
    [COLUMN_CLASS] = {N_("Cl."), 4, false, false, ALIGN_CENTRE, 0},
    [COLUMN_NAME] = {N_("Name"), 12, true, false, ALIGN_LEFT, 0},
    [COLUMN_USCC] = {N_("USCC"), 18, false, true, ALIGN_LEFT, 0},
    [COLUMN_REGION] = {N_("Region"), 16, false, true, ALIGN_LEFT, 0},
};

/* The ids are read once, as no index tells what a batch entered; the rows come by pages. */
struct reached {
    struct table_page page; /* first: the view's data */
    int64_t batch;
    int64_t *ids; /* in rising order */
    size_t count;
};

/* ---- rows -------------------------------------------------------------------------------------
 */

/* How many ids stand before a number. */
static size_t ids_below(const struct reached *reached, int64_t number) {
    size_t low = 0;
    size_t high = reached->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reached->ids[middle] < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Where the ids stand that a request is for: *count of them from the place given back. */
static size_t ids_wanted(const struct reached *reached, const struct row_request *request,
                         size_t *count) {
    const struct batch_page wanted = table_page_wanted(request, false);
    if (wanted.backward) {
        size_t end = wanted.key == 0 ? reached->count : ids_below(reached, wanted.key);
        *count = end < wanted.most ? end : wanted.most;
        return end - *count;
    }
    size_t start = ids_below(reached, wanted.key + 1);
    size_t left = reached->count - start;
    *count = left < wanted.most ? left : wanted.most;
    return start;
}

static void set_row(struct row *row, const struct listing_row *from) {
    row_set(row, COLUMN_CLASS,
            from->risk_class < CLASS_COUNT ? risk_class_letter(from->risk_class) : "-");
    row_set(row, COLUMN_NAME, from->name);
    row_set(row, COLUMN_USCC, from->uscc);
    row_set(row, COLUMN_REGION, division_label(from->region));
}

static enum result fetch(void *context, const struct row_request *request, struct row_page *rows,
                         struct error *error) {
    struct reached *reached = context;
    const struct workstation *workstation = reached->page.workstation;
    size_t count = 0;
    size_t start = ids_wanted(reached, request, &count);
    struct arena *arena = arena_new();
    struct listing_row *found =
        arena == NULL ? NULL : arena_alloc(arena, (count + 1) * sizeof(*found));
    enum result code = found == NULL
                           ? error_no_memory(error)
                           : listing_of(workstation->store, workstation->period.id,
                                        reached->ids + start, count, arena, found, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct listing_row *from = &found[request->backward ? count - 1 - i : i];
        struct row *row = table_page_add(rows, from->key.id);
        if (row == NULL) {
            code = error_no_memory(error);
        } else {
            set_row(row, from);
        }
    }
    arena_free(arena);
    return code;
}

static enum result count_rows(struct table_page *page, int64_t *rows, struct error *error) {
    (void)error;
    *rows = (int64_t)((const struct reached *)page)->count;
    return RESULT_OK;
}

static enum role cell_role(void *context, const struct row *row, size_t column) {
    (void)context;
    return column == COLUMN_CLASS ? theme_class_role(row_text(row, COLUMN_CLASS)[0]) : ROLE_TEXT;
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    static const struct table_page_parts parts = {
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .fetch = fetch,
        .count = count_rows,
        .role = cell_role,
    };
    struct reached *reached = calloc(1, sizeof(*reached));
    if (reached == NULL) {
        return error_no_memory(error);
    }
    reached->batch = *(const int64_t *)argument;
    enum result code = restore_reached(workstation_of(view)->store, reached->batch, &reached->ids,
                                       &reached->count, error);
    if (code == RESULT_OK) {
        code = table_page_start(view, &reached->page, &parts, error);
    }
    if (code != RESULT_OK) {
        free(reached->ids);
        free(reached);
        return code;
    }
    table_set_empty(reached->page.table,
                    _("This intake entered and changed nothing of any enterprise, or it was "
                      "undone."));
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct reached *reached = view->data;
    free(reached->ids);
    table_page_close(view);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct reached *reached = view->data;
    enum table_response response = table_handle(reached->page.table, event, action);
    const struct row *row = table_current(reached->page.table);
    if (response == TABLE_ACTIVATED && row != NULL) {
        int64_t id = row_id(row);
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct reached *reached = view->data;
    buffer_printf(buffer, _("Enterprises of intake %lld"), (long long)reached->batch);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct reached *reached = view->data;
    (void)left;
    table_page_position(&reached->page, _("enterprises"), right);
}

const struct view_ops batch_enterprises_view = {
    .title = N_("Enterprises"),
    .actions = {moving_actions},
    .open = open_view,
    .paint = table_page_paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = table_page_resume,
    .close = close_view,
};
