#include "ui/kit/prompt.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/choice_list.h"
#include "ui/kit/line_edit.h"

#include <stdlib.h>
#include <string.h>

/* The row a question stands in: the status row, or the last one of a screen too low for it. */
static int question_row(int status) {
    int last = paint_screen().rows - 1;
    return status >= 0 ? status : last;
}

/* ---- a line ---------------------------------------------------------------------------------- */

/* Lays a text over the rows above one, a ruler over it; the row where the text begins. */
static int paint_above(const char *text, int row, int columns) {
    struct region inner = {0, 1, 0, columns - 2};
    int lines = paint_paragraph(inner, ROLE_STRONG, text, 0);
    inner.rows = lines > row ? row : lines;
    inner.row = row - inner.rows;
    paint_fill((struct region){inner.row, 0, inner.rows, columns}, ROLE_STRONG);
    paint_paragraph(inner, ROLE_STRONG, text, 0);
    if (inner.row > 0) {
        paint_rule(inner.row - 1, 0, columns, ROLE_CHROME);
    }
    return inner.row;
}

static void paint_line(struct screen *screen, const struct prompt *prompt, struct line_edit *edit) {
    int status;
    int footer;
    int columns = screen_paint(screen, &status, &footer).columns;
    int row = question_row(status);
    int top = row;
    int used = 0;
    paint_text(row, 0, columns, ROLE_TEXT, "", ALIGN_LEFT);
    /* What is typed must be seen: a label that takes more than half of the row stands above it. */
    if (text_width(prompt->label) > columns / 2 && row > 0) {
        top = paint_above(prompt->label, row, columns);
    } else {
        used = 1 + paint_piece(row, 1, columns / 2, ROLE_STRONG, prompt->label);
    }
    if (prompt->above != NULL) {
        paint_above(prompt->above, top, columns);
    }
    line_edit_paint(edit, row, used + 1, columns - used - 2, ROLE_INPUT_FOCUSED, true);
    paint_text(footer, 0, columns, ROLE_LABEL,
               prompt->footer != NULL ? prompt->footer : _(" Enter done  Esc cancel  Ctrl-U clear"),
               ALIGN_LEFT);
    paint_finish();
}

/* Hands a key to the asker, who may put another text in the line. */
static bool ask_key(const struct prompt *prompt, struct line_edit *edit, int key) {
    char *text = prompt->key(prompt->context, key, line_edit_text(edit));
    bool changed = text != NULL && line_edit_set(edit, text);
    free(text);
    return changed;
}

/* Takes an event that neither answers nor cancels. */
static void handle_line(const struct prompt *prompt, struct line_edit *edit,
                        const struct event *event) {
    enum line_edit_response response = line_edit_handle(edit, event);
    bool changed = response == LINE_CHANGED;
    if (response == LINE_IGNORED && event->type == EVENT_KEY && prompt->key != NULL) {
        changed = ask_key(prompt, edit, event->key);
    }
    if (changed && prompt->changed != NULL) {
        prompt->changed(prompt->context, line_edit_text(edit));
    }
}

/* Runs the prompt to its end; true when it was answered. */
static bool run_line(struct screen *screen, const struct prompt *prompt, struct line_edit *edit) {
    for (;;) {
        paint_line(screen, prompt, edit);
        struct event event = terminal_read(-1);
        if (event.type == EVENT_HANGUP) {
            return false;
        }
        if (event.type == EVENT_KEY) {
            if (event.key == PRESS_ENTER) {
                return true;
            }
            if (event.key == PRESS_ESCAPE || event.key == PRESS_CONTROL('c')) {
                return false;
            }
        }
        handle_line(prompt, edit, &event);
    }
}

char *prompt_text(struct screen *screen, const struct prompt *prompt) {
    char *answer = NULL;
    struct line_edit *edit = line_edit_new(0);
    if (edit == NULL) {
        screen_message(screen, MESSAGE_ERROR, "%s",
                       _("Out of memory; close other programs and try again."));
        return NULL;
    }
    line_edit_hide(edit, prompt->secret);
    if (prompt->initial != NULL) {
        line_edit_set(edit, prompt->initial);
    }
    if (run_line(screen, prompt, edit)) {
        answer = strdup(line_edit_text(edit));
    }
    line_edit_free(edit);
    return answer;
}

/* ---- yes or no ------------------------------------------------------------------------------- */

/* A short sentence stands in the status row over the view; a long one takes the rows it needs. */
static void paint_confirm(struct screen *screen, const char *consequence, bool yes) {
    int status;
    int footer;
    struct region body = screen_paint(screen, &status, &footer);
    int row = question_row(status);
    int columns = body.columns;
    struct region text = {0, 1, 0, columns - 2};
    int lines = paint_paragraph(text, ROLE_MESSAGE_WARNING, consequence, 0);
    lines = lines > row + 1 ? row + 1 : lines;
    text.row = row - lines + 1;
    text.rows = lines;
    paint_fill((struct region){text.row, 0, lines, columns}, ROLE_MESSAGE_WARNING);
    paint_paragraph(text, ROLE_MESSAGE_WARNING, consequence, 0);
    int line = footer >= 0 ? footer : row;
    paint_text(line, 0, columns, ROLE_LABEL, "", ALIGN_LEFT);
    int column =
        1 + paint_piece(line, 1, columns - 1, yes ? ROLE_DESK_CURRENT : ROLE_LABEL, _(" y yes "));
    paint_piece(line, column + 1, columns - column - 1, yes ? ROLE_LABEL : ROLE_DESK_CURRENT,
                _(" n no "));
    paint_cursor(-1, 0);
    paint_finish();
}

bool prompt_confirm(struct screen *screen, const char *consequence) {
    bool yes = false; /* Enter pressed too often must not agree to anything */
    for (;;) {
        paint_confirm(screen, consequence, yes);
        struct event event = terminal_read(-1);
        if (event.type == EVENT_HANGUP) {
            return false;
        }
        if (event.type != EVENT_KEY) {
            continue;
        }
        switch (key_half_width(event.key)) {
        case 'y':
        case 'Y':
            return true;
        case PRESS_ENTER:
            return yes;
        case PRESS_LEFT:
        case PRESS_RIGHT:
        case PRESS_TAB:
            yes = !yes;
            break;
        default:
            return false;
        }
    }
}

/* ---- lists ----------------------------------------------------------------------------------- */

int prompt_choose(struct screen *screen, const char *title, const char *const *items, size_t count,
                  size_t initial) {
    struct choice_list list = {.title = title, .items = items, .count = count, .initial = initial};
    return choice_list_run(screen, &list);
}

bool prompt_mark(struct screen *screen, const char *title, const char *const *items, size_t count,
                 uint64_t *flags) {
    struct choice_list list = {
        .title = title, .items = items, .count = count > 64 ? 64 : count, .flags = flags};
    return choice_list_run(screen, &list) >= 0;
}

/* ---- a notice -------------------------------------------------------------------------------- */

/* A text being read. */
struct notice {
    const char *title;
    const char *text;
    const char *keys; /* of an offer; NULL: only to be read */
    int top;          /* the first line shown */
    int page;         /* the lines seen at once */
};

/* Paints the notice from its first line on, which is kept inside the text. */
static void paint_notice(struct screen *screen, struct notice *notice) {
    int footer;
    struct region body = screen_paint_frame(screen, NULL, &footer);
    int columns = body.columns;
    paint_heading(&body, notice->title);
    struct region inner = {body.row, body.column + 1, body.rows, columns - 2};
    int lines =
        paint_paragraph((struct region){0, 0, 0, inner.columns}, ROLE_TEXT, notice->text, 0);
    int most = lines > inner.rows ? lines - inner.rows : 0;
    notice->top = notice->top > most ? most : notice->top;
    notice->top = notice->top < 0 ? 0 : notice->top;
    notice->page = inner.rows > 1 ? inner.rows : 1;
    paint_paragraph(inner, ROLE_TEXT, notice->text, notice->top);
    paint_text(footer, 0, columns, ROLE_LABEL, "", ALIGN_LEFT);
    int used = notice->keys == NULL ? 0 : paint_piece(footer, 0, columns, ROLE_LABEL, notice->keys);
    const char *rest = notice->keys == NULL && most > 0 ? _(" Up Down scroll  Esc back")
                       : notice->keys == NULL           ? _(" Esc back")
                       : most > 0                       ? _("  Up Down scroll")
                                                        : "";
    paint_piece(footer, used, columns - used, ROLE_LABEL, rest);
    paint_finish();
}

/* Scrolls by a key; false for another key. */
static bool scroll(struct notice *notice, int key) {
    switch (key) {
    case PRESS_UP:
    case 'k':
        notice->top--;
        return true;
    case PRESS_DOWN:
    case 'j':
        notice->top++;
        return true;
    case PRESS_PAGE_UP:
        notice->top -= notice->page;
        return true;
    case PRESS_PAGE_DOWN:
    case ' ':
        notice->top += notice->page;
        return true;
    case PRESS_HOME:
        notice->top = 0;
        return true;
    case PRESS_END:
        notice->top = (int)strlen(notice->text);
        return true;
    default:
        return false;
    }
}

/* Runs the notice to its end; true when it was Enter that ended it. */
static bool run_notice(struct screen *screen, struct notice *notice) {
    for (;;) {
        paint_notice(screen, notice);
        struct event event = terminal_read(-1);
        if (event.type == EVENT_HANGUP) {
            return false;
        }
        if (event.type == EVENT_MOUSE) {
            notice->top += event.mouse == MOUSE_WHEEL_UP     ? -3
                           : event.mouse == MOUSE_WHEEL_DOWN ? 3
                                                             : 0;
        }
        if (scroll(notice, event.key)) {
            continue;
        }
        switch (event.key) {
        case PRESS_ENTER:
            return true;
        case PRESS_ESCAPE:
        case PRESS_CONTROL('c'):
        case 'q':
        case '?':
            return false;
        default:
            break;
        }
    }
}

void prompt_notice(struct screen *screen, const char *title, const char *text) {
    struct notice notice = {.title = title, .text = text};
    run_notice(screen, &notice);
}

bool prompt_offer(struct screen *screen, const char *title, const char *text, const char *keys) {
    struct notice notice = {.title = title, .text = text, .keys = keys};
    return run_notice(screen, &notice);
}
