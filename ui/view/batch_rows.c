#include "ui/view/views.h"

#include "base/gettext.h"
#include "intake/csv_reader.h"
#include "intake/reason.h"
#include "ui/kit/prompt.h"
#include "ui/view/rejects_out.h"
#include "ui/view/show.h"
#include "ui/view/table_page.h"

#include <stdlib.h>
#include <string.h>

enum { REASON = 1, WRITE_REJECTS, CLEAR };

static const struct action actions[] = {
    {REASON,
     "filter-reason",
     N_("show the rows of one reason"),
     N_("By reason"),
     {'f'},
     ACTION_SHOWN},
    {CLEAR, "clear", N_("show the rejected rows of all reasons"), N_("Clear"), {'x'}, ACTION_SHOWN},
    {WRITE_REJECTS,
     "write-rejects",
     N_("save the rejected rows with their reasons as a workbook"),
     N_("Save rejects"),
     {'w'},
     ACTION_SHOWN},
    {0},
};

enum { COLUMN_LINE, COLUMN_SENTENCE, COLUMN_TEXT };

static const struct column columns[] = {
    [COLUMN_LINE] = {N_("Line"), 7, false, false, ALIGN_RIGHT, 0},
    [COLUMN_SENTENCE] = {N_("Why not, or what is to be said"), 10, true, false, ALIGN_LEFT, 0},
    [COLUMN_TEXT] = {N_("What the row said"), 24, true, true, ALIGN_LEFT, 0},
};

/* Remarks are about rows that were taken, and only the rows that were not are kept. */
#define REMARK_COLUMNS COLUMN_TEXT

struct batch_rows {
    struct table_page page; /* first: the view's data */
    struct arena *arena;    /* holds what follows */
    struct batch_entry entry;
    struct batch_reason *reasons;
    size_t reason_count;
    const char *reason; /* a code; NULL: all */
    bool remarks;
};

/* ---- rows -------------------------------------------------------------------------------------
 */

static enum result fetch(void *context, const struct row_request *request, struct row_page *rows,
                         struct error *error) {
    struct batch_rows *batch = context;
    const struct batch_page wanted = table_page_wanted(request, false);
    struct arena *arena = arena_new();
    struct batch_line *lines = NULL;
    size_t count = 0;
    enum result code =
        arena == NULL ? error_no_memory(error)
                      : batch_lines(batch->page.workstation->store, batch->entry.id, batch->remarks,
                                    batch->reason, &wanted, arena, &lines, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        struct row *row = table_page_add(rows, lines[i].line);
        if (row == NULL) {
            code = error_no_memory(error);
            break;
        }
        row_printf(row, COLUMN_LINE, "%lld", (long long)lines[i].line);
        row_set(row, COLUMN_SENTENCE, lines[i].sentence);
        row_set(row, COLUMN_TEXT, lines[i].text);
    }
    arena_free(arena);
    return code;
}

static enum result count_rows(struct table_page *page, int64_t *rows, struct error *error) {
    const struct batch_rows *batch = (const struct batch_rows *)page;
    (void)error;
    *rows = 0;
    for (size_t i = 0; i < batch->reason_count; i++) {
        if (batch->reason == NULL || strcmp(batch->reason, batch->reasons[i].code) == 0) {
            *rows += batch->reasons[i].count;
        }
    }
    return RESULT_OK;
}

/* ---- doing ------------------------------------------------------------------------------------
 */

/* Writes the cells of a row under the headers of its file, a line each. */
static void tell_cells(const struct batch_rows *batch, const char *row, struct buffer *text) {
    struct csv_line headers = {0};
    struct csv_line cells = {0};
    if (csv_line_parse(&headers, batch->entry.header) && csv_line_parse(&cells, row)) {
        for (size_t i = 0; i < cells.count; i++) {
            buffer_printf(text, "\n%s: %s", i < headers.count ? headers.cells[i] : "?",
                          cells.cells[i]);
        }
    }
    csv_line_free(&headers);
    csv_line_free(&cells);
}

/* Enter shows a row whole: why it was rejected and every cell. */
static void show_row(struct view *view) {
    struct batch_rows *batch = view->data;
    const struct row *row = table_current(batch->page.table);
    char title[64];
    struct buffer text = BUFFER_INIT;
    if (row == NULL) {
        return;
    }
    snprintf(title, sizeof(title), _("Row %lld"), (long long)row_id(row));
    buffer_append_text(&text, row_text(row, COLUMN_SENTENCE));
    if (!batch->remarks) {
        buffer_append_char(&text, '\n');
        tell_cells(batch, row_text(row, COLUMN_TEXT), &text);
    }
    prompt_notice(view->screen, title, buffer_text(&text));
    buffer_free(&text);
}

static void choose_reason(struct view *view) {
    struct batch_rows *batch = view->data;
    const char *items[REASON_END + REMARK_END];
    size_t first = batch->remarks ? 0 : 1; /* remarks are shown by reason only */
    size_t now = 0;
    items[0] = _("all reasons");
    for (size_t i = 0; i < batch->reason_count; i++) {
        char number[SHOW_POINTS_SIZE];
        items[first + i] = arena_printf(batch->arena, "%s  %s", batch->reasons[i].title,
                                        show_number(batch->reasons[i].count, number));
        if (batch->reason != NULL && strcmp(batch->reason, batch->reasons[i].code) == 0) {
            now = first + i;
        }
    }
    if (arena_failed(batch->arena)) {
        return;
    }
    int chosen = prompt_choose(view->screen,
                               batch->remarks ? _("Remarks on rows taken in")
                                              : _("Rejected rows, by reason"),
                               items, first + batch->reason_count, now);
    if (chosen >= 0) {
        batch->reason = (size_t)chosen < first ? NULL : batch->reasons[(size_t)chosen - first].code;
        table_page_reload(view);
    }
}

/* ---- the view ---------------------------------------------------------------------------------
 */

/* Loads what stays the same while the page is open. */
static enum result load(struct view *view, struct batch_rows *batch,
                        const struct batch_rows_argument *wanted, struct error *error) {
    struct store *store = workstation_of(view)->store;
    batch->arena = arena_new();
    batch->remarks = wanted->remarks;
    enum result code = batch->arena == NULL
                           ? error_no_memory(error)
                           : batch_load(store, wanted->batch, batch->arena, &batch->entry, error);
    if (code == RESULT_OK) {
        code = batch_reasons(store, wanted->batch, wanted->remarks, batch->arena, &batch->reasons,
                             &batch->reason_count, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < batch->reason_count; i++) {
        if (wanted->reason != NULL && strcmp(wanted->reason, batch->reasons[i].code) == 0) {
            batch->reason = batch->reasons[i].code;
        }
    }
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct batch_rows_argument *wanted = argument;
    const struct table_page_parts parts = {
        .columns = columns,
        .column_count = wanted->remarks ? REMARK_COLUMNS : sizeof(columns) / sizeof(columns[0]),
        .fetch = fetch,
        .count = count_rows,
    };
    struct batch_rows *batch = calloc(1, sizeof(*batch));
    if (batch == NULL) {
        return error_no_memory(error);
    }
    enum result code = load(view, batch, wanted, error);
    if (code == RESULT_OK) {
        code = table_page_start(view, &batch->page, &parts, error);
    }
    if (code != RESULT_OK) {
        arena_free(batch->arena);
        free(batch);
        return code;
    }
    table_set_empty(batch->page.table, _("No row was rejected."));
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct batch_rows *batch = view->data;
    arena_free(batch->arena);
    table_page_close(view);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct batch_rows *batch = view->data;
    switch (action) {
    case REASON:
        choose_reason(view);
        return VIEW_HANDLED;
    case CLEAR:
        if (!batch->remarks) {
            batch->reason = NULL;
            table_page_reload(view);
        }
        return VIEW_HANDLED;
    case WRITE_REJECTS:
        rejects_out_save(view, &batch->entry);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = table_handle(batch->page.table, event, action);
    if (response == TABLE_ACTIVATED) {
        show_row(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct batch_rows *batch = view->data;
    buffer_append_text(buffer, batch->remarks ? _("Remarks") : _("Rejected rows"));
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct batch_rows *batch = view->data;
    if (batch->reason != NULL) {
        buffer_printf(left, "%s  %s", reason_title_of(batch->reason, batch->remarks),
                      batch->remarks ? "" : _("[x clears]"));
    }
    table_page_position(&batch->page, _("rows"), right);
}

const struct view_ops batch_rows_view = {
    .title = N_("Rejected rows"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = table_page_paint,
    .handle = handle,
    .name = name,
    .status = status,
    .close = close_view,
};
