#include "ui/kit/outline.h"

/* Keeps cursor and top within the lines, and the cursor within the page. */
static void settle(struct outline *outline) {
    size_t page = outline->page > 0 ? (size_t)outline->page : 1;
    if (outline->cursor >= outline->count) {
        outline->cursor = outline->count == 0 ? 0 : outline->count - 1;
    }
    if (outline->cursor < outline->top) {
        outline->top = outline->cursor;
    }
    if (outline->cursor >= outline->top + page) {
        outline->top = outline->cursor - page + 1;
    }
    size_t last_top = outline->count > page ? outline->count - page : 0;
    if (outline->top > last_top) {
        outline->top = last_top;
    }
}

void outline_paint(struct outline *outline, struct region region, outline_painter *painter,
                   void *context) {
    outline->page = region.rows;
    outline->row = region.row;
    settle(outline);
    for (int i = 0; i < region.rows && outline->top + (size_t)i < outline->count; i++) {
        size_t line = outline->top + (size_t)i;
        int on_cursor = line == outline->cursor ? ROLE_ON_CURSOR : 0;
        struct region row = {region.row + i, region.column, 1, region.columns};
        paint_fill(row, ROLE_TEXT | on_cursor);
        painter(context, line, row, on_cursor);
    }
}

/* Moves by steps, stopping at the ends. */
static void move_by(struct outline *outline, int64_t steps) {
    int64_t place = (int64_t)outline->cursor + steps;
    int64_t last = outline->count == 0 ? 0 : (int64_t)outline->count - 1;
    outline->cursor = (size_t)(place < 0 ? 0 : place > last ? last : place);
    settle(outline);
}

static enum table_response handle_mouse(struct outline *outline, const struct event *event) {
    int64_t line = (int64_t)outline->top + event->row - outline->row;
    bool hit = event->row >= outline->row && event->row < outline->row + outline->page &&
               line < (int64_t)outline->count;
    switch (event->mouse) {
    case MOUSE_WHEEL_UP:
        move_by(outline, -3);
        return TABLE_MOVED;
    case MOUSE_WHEEL_DOWN:
        move_by(outline, 3);
        return TABLE_MOVED;
    case MOUSE_CLICK:
    case MOUSE_DOUBLE_CLICK:
        break;
    }
    if (!hit) {
        return TABLE_IGNORED;
    }
    bool again = (size_t)line == outline->cursor;
    outline->cursor = (size_t)line;
    return again || event->mouse == MOUSE_DOUBLE_CLICK ? TABLE_ACTIVATED : TABLE_MOVED;
}

enum table_response outline_handle(struct outline *outline, const struct event *event, int action) {
    if (event->type == EVENT_MOUSE) {
        return handle_mouse(outline, event);
    }
    int page = outline->page > 1 ? outline->page - 1 : 1;
    switch (action) {
    case ACTION_TABLE_OPEN:
        return outline->count == 0 ? TABLE_IGNORED : TABLE_ACTIVATED;
    case ACTION_TABLE_UP:
        move_by(outline, -1);
        return TABLE_MOVED;
    case ACTION_TABLE_DOWN:
        move_by(outline, 1);
        return TABLE_MOVED;
    case ACTION_TABLE_PAGE_UP:
        move_by(outline, -page);
        return TABLE_MOVED;
    case ACTION_TABLE_PAGE_DOWN:
        move_by(outline, page);
        return TABLE_MOVED;
    case ACTION_TABLE_HOME:
        move_by(outline, INT32_MIN);
        return TABLE_MOVED;
    case ACTION_TABLE_END:
        move_by(outline, INT32_MAX);
        return TABLE_MOVED;
    default:
        return TABLE_IGNORED;
    }
}
