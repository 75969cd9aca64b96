#include "ui/kit/line_edit.h"

#include "base/text.h"
#include "ui/kit/paint.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_LIMIT = 4096, UNDO_DEPTH = 64 };

/* A state to go back to. */
struct snapshot {
    char *text;
    size_t cursor;
};

struct line_edit {
    char *text; /* owned, NUL-terminated, limit + 1 bytes */
    size_t length;
    size_t cursor; /* in bytes, always between graphemes */
    size_t limit;
    int scroll; /* columns out of sight on the left */
    bool hidden;
    bool typing; /* the last change was one character typed: the next joins it in undo */
    struct snapshot undo[UNDO_DEPTH];
    size_t undo_count;
};

struct line_edit *line_edit_new(size_t limit) {
    struct line_edit *edit = calloc(1, sizeof *edit);
    if (edit == NULL) {
        return NULL;
    }
    edit->limit = limit == 0 ? DEFAULT_LIMIT : limit;
    edit->text = calloc(1, edit->limit + 1);
    if (edit->text == NULL) {
        free(edit);
        return NULL;
    }
    return edit;
}

/* Releases a text that may have been a password. */
static void wipe(char *text) {
    explicit_bzero(text, strlen(text));
    free(text);
}

static void forget_undo(struct line_edit *edit) {
    for (size_t i = 0; i < edit->undo_count; i++) {
        wipe(edit->undo[i].text);
    }
    edit->undo_count = 0;
    edit->typing = false;
}

void line_edit_free(struct line_edit *edit) {
    if (edit != NULL) {
        forget_undo(edit);
        explicit_bzero(edit->text, edit->limit);
        free(edit->text);
        free(edit);
    }
}

bool line_edit_set(struct line_edit *edit, const char *text) {
    size_t length = strlen(text);
    if (length > edit->limit) {
        return false;
    }
    memmove(edit->text, text, length + 1);
    edit->length = length;
    edit->cursor = length;
    edit->scroll = 0;
    forget_undo(edit);
    return true;
}

const char *line_edit_text(const struct line_edit *edit) {
    return edit->text;
}

void line_edit_hide(struct line_edit *edit, bool hidden) {
    edit->hidden = hidden;
}

/* ---- changes --------------------------------------------------------------------------------- */

/* Keeps the present state for undo. When memory is short, one step back is lost, nothing else. */
static void remember(struct line_edit *edit) {
    if (edit->undo_count == UNDO_DEPTH) {
        wipe(edit->undo[0].text);
        memmove(edit->undo, edit->undo + 1, sizeof edit->undo[0] * (UNDO_DEPTH - 1));
        edit->undo_count--;
    }
    char *text = strdup(edit->text);
    if (text != NULL) {
        edit->undo[edit->undo_count++] = (struct snapshot){text, edit->cursor};
    }
}

static enum line_edit_response undo(struct line_edit *edit) {
    edit->typing = false;
    if (edit->undo_count == 0) {
        return LINE_MOVED;
    }
    struct snapshot *last = &edit->undo[--edit->undo_count];
    edit->length = strlen(last->text);
    memcpy(edit->text, last->text, edit->length + 1);
    edit->cursor = last->cursor;
    wipe(last->text);
    return LINE_CHANGED;
}

/* The start of the grapheme before the cursor. A grapheme is found from the start of the line,
 * for its beginning cannot be told from behind. */
static size_t before_cursor(const struct line_edit *edit) {
    size_t start = 0;
    while (start < edit->cursor) {
        size_t step = text_next_grapheme(edit->text + start, edit->length - start, NULL);
        if (start + step >= edit->cursor) {
            break;
        }
        start += step;
    }
    return start;
}

static size_t after_cursor(const struct line_edit *edit) {
    return edit->cursor +
           text_next_grapheme(edit->text + edit->cursor, edit->length - edit->cursor, NULL);
}

/* The start of the word before the cursor; between Chinese characters, which have no blanks, a
 * word ends where the kind of character changes. */
static size_t word_before_cursor(const struct line_edit *edit) {
    size_t start = edit->cursor;
    while (start > 0 && edit->text[start - 1] == ' ') {
        start--;
    }
    bool ascii = start > 0 && (unsigned char)edit->text[start - 1] < 0x80;
    while (start > 0 && edit->text[start - 1] != ' ' &&
           ((unsigned char)edit->text[start - 1] < 0x80) == ascii) {
        start--;
    }
    return start;
}

static enum line_edit_response erase_bytes(struct line_edit *edit, size_t start, size_t end) {
    edit->typing = false;
    if (start == end) {
        return LINE_MOVED;
    }
    remember(edit);
    memmove(edit->text + start, edit->text + end, edit->length - end + 1);
    edit->length -= end - start;
    edit->cursor = start;
    return LINE_CHANGED;
}

/* Inserts text, control characters as blanks; what goes beyond the limit is left out by whole
 * characters. */
static enum line_edit_response insert(struct line_edit *edit, const char *text, bool typed) {
    size_t room = edit->limit - edit->length;
    size_t length = 0;
    while (text[length] != '\0') {
        size_t step = text_next_grapheme(text + length, strlen(text + length), NULL);
        if (length + step > room) {
            break;
        }
        length += step;
    }
    if (length == 0 || !text_valid_utf8(text, length)) {
        terminal_beep();
        return LINE_MOVED;
    }
    if (!typed || !edit->typing) {
        remember(edit);
    }
    edit->typing = typed && text[0] != ' ';
    char *gap = edit->text + edit->cursor;
    memmove(gap + length, gap, edit->length - edit->cursor + 1);
    for (size_t i = 0; i < length; i++) {
        bool control = (unsigned char)text[i] < ' ' || text[i] == 127;
        gap[i] = control ? ' ' : text[i];
    }
    edit->length += length;
    edit->cursor += length;
    return LINE_CHANGED;
}

/* ---- events ---------------------------------------------------------------------------------- */

static enum line_edit_response move_to(struct line_edit *edit, size_t cursor) {
    edit->cursor = cursor;
    edit->typing = false;
    return LINE_MOVED;
}

static enum line_edit_response handle_key(struct line_edit *edit, int key) {
    switch (key) {
    case PRESS_LEFT:
        return move_to(edit, before_cursor(edit));
    case PRESS_RIGHT:
        return move_to(edit, after_cursor(edit));
    case PRESS_HOME:
    case PRESS_CONTROL('a'):
        return move_to(edit, 0);
    case PRESS_END:
    case PRESS_CONTROL('e'):
        return move_to(edit, edit->length);
    case PRESS_BACKSPACE:
        return erase_bytes(edit, before_cursor(edit), edit->cursor);
    case PRESS_DELETE:
        return erase_bytes(edit, edit->cursor, after_cursor(edit));
    case PRESS_CONTROL('u'):
        return erase_bytes(edit, 0, edit->cursor);
    case PRESS_CONTROL('k'):
        return erase_bytes(edit, edit->cursor, edit->length);
    case PRESS_CONTROL('w'):
        return erase_bytes(edit, word_before_cursor(edit), edit->cursor);
    case PRESS_CONTROL('z'):
        return undo(edit);
    default:
        return LINE_IGNORED;
    }
}

enum line_edit_response line_edit_handle(struct line_edit *edit, const struct event *event) {
    if (event->type == EVENT_TEXT) {
        return insert(edit, event->text, false);
    }
    if (event->type != EVENT_KEY) {
        return LINE_IGNORED;
    }
    if (event->text[0] != '\0') {
        return insert(edit, event->text, true);
    }
    return handle_key(edit, event->key);
}

/* ---- painting -------------------------------------------------------------------------------- */

static int columns_before(const struct line_edit *edit, size_t bytes) {
    if (!edit->hidden) {
        return text_width_n(edit->text, bytes);
    }
    int count = 0;
    for (size_t i = 0; i < bytes; count++) {
        i += text_next_grapheme(edit->text + i, edit->length - i, NULL);
    }
    return count;
}

void line_edit_paint(struct line_edit *edit, int row, int column, int width, int role, bool focus) {
    if (width <= 0) {
        return;
    }
    int place = columns_before(edit, edit->cursor);
    int total = columns_before(edit, edit->length) + 1; /* the cursor stands behind the text too */
    if (edit->scroll > place || total <= width) {
        edit->scroll = total <= width ? 0 : place;
    }
    if (place - edit->scroll >= width) {
        edit->scroll = place - width + 1;
    }
    paint_text(row, column, width, role, "", ALIGN_LEFT);
    int at = 0;
    for (size_t i = 0; i < edit->length;) {
        int columns;
        size_t step = text_next_grapheme(edit->text + i, edit->length - i, &columns);
        columns = edit->hidden ? 1 : columns;
        int shown = at - edit->scroll;
        if (shown >= 0 && shown + columns <= width) {
            char bytes[64];
            size_t length = step < sizeof bytes ? step : sizeof bytes - 1;
            memcpy(bytes, edit->text + i, length);
            bytes[length] = '\0';
            paint_text(row, column + shown, columns, role, edit->hidden ? "*" : bytes, ALIGN_LEFT);
        }
        at += columns;
        i += step;
    }
    if (focus) {
        paint_cursor(row, column + place - edit->scroll);
    }
}
