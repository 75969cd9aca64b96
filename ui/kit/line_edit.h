/* A line being typed: edited by grapheme, scrolled by column. It outlives repaints and resizes. */
#ifndef XINFENG_UI_KIT_LINE_EDIT_H
#define XINFENG_UI_KIT_LINE_EDIT_H

#include "ui/kit/terminal.h"

#include <stdbool.h>
#include <stddef.h>

struct line_edit;

/* An empty line that holds at most limit bytes (0: 4096). NULL when memory is short. */
struct line_edit *line_edit_new(size_t limit);

/* Releases the line. NULL is harmless. */
void line_edit_free(struct line_edit *edit);

/* Replaces everything, cursor at the end, nothing to undo. False when memory is short or it is
 * longer than the limit; the line is unchanged then. */
bool line_edit_set(struct line_edit *edit, const char *text);

/* The text, never NULL; owned by the line and valid until it changes. */
const char *line_edit_text(const struct line_edit *edit);

/* Shows '*' for every grapheme: for passwords. */
void line_edit_hide(struct line_edit *edit, bool hidden);

/* What the line did with an event. */
enum line_edit_response { LINE_IGNORED, LINE_MOVED, LINE_CHANGED };

/* Takes a key or a text: characters, Left Right Home End Backspace Delete, Ctrl-A Ctrl-E, Ctrl-U
 * (all before the cursor), Ctrl-K (all after it), Ctrl-W (the word before it), Ctrl-Z (undo).
 * Line feeds in a paste become blanks. Enter, Esc, Tab, Up and Down are left to the caller. */
enum line_edit_response line_edit_handle(struct line_edit *edit, const struct event *event);

/* Paints into exactly width columns; with focus the cursor is shown. */
void line_edit_paint(struct line_edit *edit, int row, int column, int width, int role, bool focus);

#endif
