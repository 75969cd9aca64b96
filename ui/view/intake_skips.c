#include "base/gettext.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/intake.h"
#include "ui/view/views.h"

#include <stdlib.h>

static const struct action actions[] = {
    {ACTION_TABLE_OPEN,
     "whole-row",
     N_("show the whole row"),
     N_("Whole row"),
     {PRESS_ENTER},
     ACTION_SHOWN},
    {0},
};

/* The page: the rows of the preview below that are passed over. */
struct skips_page {
    struct intake *intake; /* of the view below */
    struct outline outline;
    bool whole; /* of the whole file */
    int64_t total;
};

static void close_view(struct view *view) {
    free(view->data);
}

/* Reads to the end of the file, where most of such rows stand. Stopped, the page shows those of the
 * first rows and says so. */
static void read_on(struct view *view, struct preview *preview) {
    struct progress_bar bar;
    struct error error = ERROR_INIT;
    bool whole = false;
    preview_skip_total(preview, &whole);
    if (whole) {
        return;
    }
    progress_bar_start(&bar, view->screen, _("Looking for rows that are passed over"), _("bytes"));
    if (preview_read_skips(preview, &bar.progress, &error) == RESULT_CANCELLED) {
        error_clear(&error);
    }
    progress_bar_finish(&bar);
    screen_error(view->screen, &error);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct skips_page *page = calloc(1, sizeof(*page));
    if (page == NULL) {
        return error_no_memory(error);
    }
    page->intake = *(struct intake *const *)argument;
    read_on(view, page->intake->preview);
    preview_skips(page->intake->preview, &page->outline.count);
    page->total = preview_skip_total(page->intake->preview, &page->whole);
    view->data = page;
    return RESULT_OK;
}

static const struct preview_skip *skip_at(const struct skips_page *page, size_t place) {
    size_t count = 0;
    return &preview_skips(page->intake->preview, &count)[place];
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct skips_page *page = context;
    const struct preview_skip *skip = skip_at(page, place);
    int why = row.columns >= 60 ? 18 : 10;
    paint_printf(row.row, row.column, 7, ROLE_DIM | on_cursor, "%7lld", (long long)skip->line);
    paint_cell(row.row, row.column + 8, why, ROLE_STRONG | on_cursor, skip->why, ALIGN_LEFT);
    paint_cell(row.row, row.column + 9 + why, row.columns - 9 - why, ROLE_TEXT | on_cursor,
               skip->text, ALIGN_LEFT);
}

/* The row under the cursor in full. */
static void paint_whole(const struct skips_page *page, struct region pane) {
    struct region row = region_take_top(&pane, 1);
    paint_rule(row.row, row.column, row.columns, ROLE_CHROME);
    paint_paragraph(pane, ROLE_TEXT, skip_at(page, page->outline.cursor)->text, 0);
}

static void paint(struct view *view, struct region body) {
    struct skips_page *page = view->data;
    if (page->outline.count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        page->whole
                            ? _("No row is passed over: all that stand below the header are data.")
                            : _("No row is passed over among the first of the file."),
                        0);
        return;
    }
    if (body.rows >= 12) {
        paint_whole(page, region_take_bottom(&body, 5));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct skips_page *page = view->data;
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED) {
        const struct preview_skip *skip = skip_at(page, page->outline.cursor);
        prompt_notice(view->screen, skip->why, skip->text);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct skips_page *page = view->data;
    if (!page->whole) {
        buffer_append_text(left, _("of the first rows only"));
    }
    buffer_printf(right, _("%lld rows passed over"), (long long)page->total);
}

const struct view_ops intake_skips_view = {
    .title = N_("Rows passed over"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .close = close_view,
};
