#include "base/gettext.h"
#include "ui/view/intake.h"
#include "ui/view/views.h"

#include <stdlib.h>

static const struct action actions[] = {
    {ACTION_TABLE_OPEN,
     "change-column",
     N_("say what the column under the cursor is"),
     N_("Change"),
     {PRESS_ENTER},
     ACTION_SHOWN},
    {0},
};

/* The page: all values of the column that is under the cursor of the preview below. */
struct values_page {
    struct intake *intake; /* of the view below */
    struct outline outline;
};

static void close_view(struct view *view) {
    free(view->data);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct values_page *page = calloc(1, sizeof(*page));
    if (page == NULL) {
        return error_no_memory(error);
    }
    page->intake = *(struct intake *const *)argument;
    page->outline.count = page->intake->reading.count;
    view->data = page;
    return RESULT_OK;
}

/* Takes as many rows of the body as a sentence needs, at most half of them. */
static void paint_sentence(struct region *body, int role, const char *text) {
    int lines = paint_paragraph((struct region){0, 0, 0, body->columns}, role, text, 0);
    struct region rows = region_take_top(body, lines < body->rows / 2 ? lines : body->rows / 2);
    paint_paragraph(rows, role, text, 0);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct values_page *page = context;
    const struct preview_value *value = &page->intake->reading.values[place];
    int numbers = row.columns >= 60 ? 14 : 0;
    if (numbers > 0) {
        paint_printf(row.row, row.column, 7, ROLE_DIM | on_cursor, "%7lld", (long long)value->line);
        paint_printf(row.row, row.column + 7, 7, ROLE_DIM | on_cursor, "%6zux", value->times);
    }
    row.column += numbers;
    row.columns -= numbers;
    intake_paint_value(page->intake, value, row, on_cursor);
}

/* The value under the cursor in full, where the line above may be cut. */
static void paint_whole(const struct values_page *page, struct region pane) {
    const struct preview_value *value = &page->intake->reading.values[page->outline.cursor];
    struct region row = region_take_top(&pane, 1);
    paint_rule(row.row, row.column, row.columns, ROLE_CHROME);
    if (value->remark != NULL) {
        paint_sentence(&pane, value->fate == VALUE_UNREAD ? ROLE_BAD : ROLE_WARNING, value->remark);
    }
    paint_paragraph(pane, ROLE_TEXT, value->text, 0);
}

static void paint(struct view *view, struct region body) {
    struct values_page *page = view->data;
    struct buffer text = BUFFER_INIT;
    intake_tell_column(page->intake, &text);
    paint_sentence(&body, ROLE_STRONG, buffer_text(&text));
    buffer_reset(&text);
    intake_tell_counts(page->intake, &text);
    if (body.rows > 3) {
        paint_sentence(&body, page->intake->reading.unread > 0 ? ROLE_WARNING : ROLE_DIM,
                       buffer_text(&text));
    }
    buffer_free(&text);
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM, _("The column is blank in every row looked at."), 0);
        return;
    }
    if (body.rows >= 12) {
        paint_whole(page, region_take_bottom(&body, 5));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct values_page *page = view->data;
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED) {
        intake_change_column(view, page->intake);
        page->outline = (struct outline){.count = page->intake->reading.count};
        return VIEW_HANDLED;
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct values_page *page = view->data;
    if (page->outline.count > 0) {
        const struct preview_value *value = &page->intake->reading.values[page->outline.cursor];
        buffer_printf(left, _("line %lld, in %zu rows"), (long long)value->line, value->times);
    }
    buffer_printf(right, _("%zu of %zu values"), page->outline.count,
                  page->intake->reading.different);
}

const struct view_ops intake_values_view = {
    .title = N_("Values"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .close = close_view,
};
