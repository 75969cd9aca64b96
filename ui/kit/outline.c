#include "ui/kit/outline.h"

static bool is_passed_over(const struct outline *outline, size_t line) {
    return outline->passed_over != NULL && outline->passed_over(outline->context, line);
}

/* The nearest line from a place on, downwards or upwards, where the cursor may stand; count when
 * there is none that way. */
static size_t next_stop(const struct outline *outline, size_t line, bool down) {
    while (line < outline->count && is_passed_over(outline, line)) {
        line = down ? line + 1 : line - 1; /* above the first: SIZE_MAX, past every count */
    }
    return line < outline->count ? line : outline->count;
}

/* Keeps the cursor on a line where it may stand: the next one down, else the next one up. A list
 * of headings alone keeps it where it is. */
static void settle_cursor(struct outline *outline, bool down) {
    if (outline->cursor >= outline->count) {
        outline->cursor = outline->count == 0 ? 0 : outline->count - 1;
    }
    size_t stop = next_stop(outline, outline->cursor, down);
    if (stop == outline->count) {
        stop = next_stop(outline, outline->cursor, !down);
    }
    if (stop < outline->count) {
        outline->cursor = stop;
    }
}

/* Shows the headings above the cursor, and what follows it to the end when the cursor cannot go
 * there, as far as the page has room. */
static void show_passed_over(struct outline *outline, size_t page) {
    while (outline->top > 0 && outline->cursor + 1 < outline->top + page &&
           is_passed_over(outline, outline->top - 1) &&
           next_stop(outline, outline->top, true) == outline->cursor) {
        outline->top--;
    }
    if (outline->cursor + 1 < outline->count &&
        next_stop(outline, outline->cursor + 1, true) == outline->count) {
        size_t last_top = outline->count > page ? outline->count - page : 0;
        outline->top = last_top < outline->cursor ? last_top : outline->cursor;
    }
}

/* Keeps top within the lines, and the cursor within the page. */
static void settle(struct outline *outline) {
    size_t page = outline->page > 0 ? (size_t)outline->page : 1;
    settle_cursor(outline, true);
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
    show_passed_over(outline, page);
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
    settle_cursor(outline, steps > 0);
    settle(outline);
}

static enum table_response handle_mouse(struct outline *outline, const struct event *event) {
    int64_t line = (int64_t)outline->top + event->row - outline->row;
    bool hit = event->row >= outline->row && event->row < outline->row + outline->page &&
               line < (int64_t)outline->count && !is_passed_over(outline, (size_t)line);
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
