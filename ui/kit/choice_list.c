#include "ui/kit/choice_list.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/line_edit.h"

#include <stdlib.h>
#include <string.h>

/* A list while it runs. */
struct chooser {
    const struct choice_list *list;
    struct line_edit *query;
    size_t *shown; /* places of the items that match, in order */
    size_t shown_count;
    size_t cursor; /* in shown */
    size_t top;
    size_t page; /* rows of the last painting */
    uint64_t flags;
};

static bool default_match(void *context, const char *text, const char *query) {
    (void)context;
    return strcasestr(text, query) != NULL;
}

/* Finds what matches; the cursor stays on its item when that still does. */
static void narrow(struct chooser *chooser) {
    const struct choice_list *list = chooser->list;
    bool (*match)(void *, const char *, const char *) =
        list->match != NULL ? list->match : default_match;
    const char *query = line_edit_text(chooser->query);
    size_t current = chooser->shown_count > 0 ? chooser->shown[chooser->cursor] : list->initial;
    chooser->shown_count = 0;
    chooser->cursor = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool found = query[0] == '\0' || match(list->context, list->items[i], query) ||
                     (list->sides != NULL && default_match(NULL, list->sides[i], query));
        if (found) {
            if (i == current) {
                chooser->cursor = chooser->shown_count;
            }
            chooser->shown[chooser->shown_count++] = i;
        }
    }
}

static void paint_item(const struct chooser *chooser, struct region line, size_t place) {
    const struct choice_list *list = chooser->list;
    size_t item = chooser->shown[place];
    int under = place == chooser->cursor ? ROLE_ON_CURSOR : 0;
    const char *mark = " ";
    if (list->flags != NULL) {
        mark = (chooser->flags >> item & 1) != 0 ? " [x] " : " [ ] ";
    }
    paint_text(line.row, line.column, line.columns, ROLE_TEXT | under, mark, ALIGN_LEFT);
    int column = (int)strlen(mark);
    int side = 0;
    if (list->sides != NULL) {
        side = text_width(list->sides[item]) + 1;
        side = side > line.columns / 2 ? 0 : side;
    }
    paint_cell(line.row, line.column + column, line.columns - column - side - 1, ROLE_TEXT | under,
               list->items[item], ALIGN_LEFT);
    if (side > 0) {
        paint_text(line.row, line.column + line.columns - side, side - 1, ROLE_KEY | under,
                   list->sides[item], ALIGN_LEFT);
    }
}

static void paint_chooser(struct chooser *chooser, struct screen *screen) {
    const struct choice_list *list = chooser->list;
    int status;
    int footer;
    struct region body = screen_paint_frame(screen, &status, &footer);
    int columns = body.columns;
    paint_heading(&body, list->title);
    chooser->page = body.rows > 0 ? (size_t)body.rows : 1;
    if (chooser->cursor < chooser->top) {
        chooser->top = chooser->cursor;
    } else if (chooser->cursor >= chooser->top + chooser->page) {
        chooser->top = chooser->cursor - chooser->page + 1;
    }
    for (size_t i = chooser->top; i < chooser->shown_count && body.rows > 0; i++) {
        paint_item(chooser, region_take_top(&body, 1), i);
    }
    if (chooser->shown_count == 0 && body.rows > 0) {
        paint_cell(body.row, body.column + 1, columns - 1, ROLE_DIM,
                   _("Nothing matches; Backspace widens the search."), ALIGN_LEFT);
    }
    paint_text(footer, 0, columns, ROLE_LABEL,
               list->flags != NULL ? _(" Space mark  Enter done  Esc cancel")
                                   : _(" Enter choose  Esc cancel  type to narrow the list"),
               ALIGN_LEFT);
    if (status >= 0 && list->flags == NULL) {
        paint_text(status, 0, columns, ROLE_STATUS, "", ALIGN_LEFT);
        int used = paint_piece(status, 1, columns - 1, ROLE_STRONG, _("Find: "));
        line_edit_paint(chooser->query, status, 1 + used, columns - used - 2, ROLE_INPUT, true);
    }
    paint_finish();
}

/* Moves the cursor by a step, staying inside. */
static void move_cursor(struct chooser *chooser, long step) {
    long last = (long)chooser->shown_count - 1;
    long place = (long)chooser->cursor + step;
    place = place > last ? last : place;
    chooser->cursor = place < 0 ? 0 : (size_t)place;
}

static bool move_by_key(struct chooser *chooser, int key) {
    long page = (long)chooser->page;
    switch (key) {
    case PRESS_UP:
        move_cursor(chooser, -1);
        return true;
    case PRESS_DOWN:
        move_cursor(chooser, 1);
        return true;
    case PRESS_PAGE_UP:
        move_cursor(chooser, -page);
        return true;
    case PRESS_PAGE_DOWN:
        move_cursor(chooser, page);
        return true;
    default:
        return false;
    }
}

/* Takes an event; true when the choosing is over, *answer set. */
static bool handle(struct chooser *chooser, const struct event *event, int *answer) {
    bool marking = chooser->list->flags != NULL;
    *answer = -1;
    if (event->type == EVENT_HANGUP) {
        return true;
    }
    if (event->type == EVENT_KEY) {
        if (event->key == PRESS_ESCAPE || event->key == PRESS_CONTROL('c')) {
            return true;
        }
        if (event->key == PRESS_ENTER) {
            if (chooser->shown_count > 0) {
                *answer = (int)chooser->shown[chooser->cursor];
            }
            return chooser->shown_count > 0;
        }
        if (move_by_key(chooser, event->key)) {
            return false;
        }
        if (marking) {
            if (key_half_width(event->key) == ' ' && chooser->shown_count > 0) {
                chooser->flags ^= UINT64_C(1) << chooser->shown[chooser->cursor];
            }
            return false;
        }
    }
    if (!marking && line_edit_handle(chooser->query, event) == LINE_CHANGED) {
        narrow(chooser);
    }
    return false;
}

int choice_list_run(struct screen *screen, const struct choice_list *list) {
    struct chooser chooser = {.list = list, .page = 1};
    int answer = -1;
    chooser.query = line_edit_new(256);
    chooser.shown = calloc(list->count + 1, sizeof *chooser.shown);
    if (chooser.query != NULL && chooser.shown != NULL) {
        chooser.flags = list->flags != NULL ? *list->flags : 0;
        narrow(&chooser);
        struct event event;
        do {
            paint_chooser(&chooser, screen);
            event = terminal_read(-1);
        } while (!handle(&chooser, &event, &answer));
        if (list->flags != NULL && answer >= 0) {
            *list->flags = chooser.flags;
        }
    }
    line_edit_free(chooser.query);
    free(chooser.shown);
    return answer;
}
