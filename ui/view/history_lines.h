/* The lines of an enterprise's history: a period each, with its points as a bar and what changed.
 */
#ifndef XINFENG_UI_VIEW_HISTORY_LINES_H
#define XINFENG_UI_VIEW_HISTORY_LINES_H

#include "score/history.h"
#include "ui/kit/paint.h"

/* Paints the titles over the lines. */
void history_titles_paint(struct region row);

/* Paints one period into a row; maximum is the points that fill its bar, in centipoints. */
void history_line_paint(const struct history_row *line, int64_t maximum, struct region row,
                        int on_cursor);

#endif
