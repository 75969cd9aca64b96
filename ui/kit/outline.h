/* A list of lines with a cursor, for pages that are made whole in memory: an explanation, a plan.
 * It moves by moving_actions. */
#ifndef XINFENG_UI_KIT_OUTLINE_H
#define XINFENG_UI_KIT_OUTLINE_H

#include "ui/kit/paint.h"
#include "ui/kit/table.h"

/* The state of one list; all zero is a fresh one. */
struct outline {
    size_t count; /* lines; set by the owner whenever they change */

    /* True for a line that the cursor passes over, such as a heading; NULL: it stops at every one.
     * Set by the owner, with its context. */
    bool (*passed_over)(const void *context, size_t line);
    const void *context;

    size_t cursor; /* the line under the cursor */
    size_t top;    /* the first line shown */
    int page;      /* rows shown last */
    int row;       /* screen row of the first line, for the mouse */
};

/* Paints one line into a row; role is ROLE_ON_CURSOR on the cursor's line, else 0: to be or-ed to
 * the roles used. */
typedef void outline_painter(void *context, size_t line, struct region row, int on_cursor);

/* Paints the lines that fit, keeping the cursor in sight. */
void outline_paint(struct outline *outline, struct region region, outline_painter *painter,
                   void *context);

/* Moves the cursor by an action of moving_actions or by the mouse, as a table does. */
enum table_response outline_handle(struct outline *outline, const struct event *event, int action);

#endif
