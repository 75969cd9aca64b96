/* A view: one page of the workstation. A view is a table of operations and its own data; the
 * screen keeps views on a stack, so that coming back shows a view exactly as it was left. */
#ifndef XINFENG_UI_KIT_VIEW_H
#define XINFENG_UI_KIT_VIEW_H

#include "base/buffer.h"
#include "base/result.h"
#include "ui/kit/keymap.h"
#include "ui/kit/paint.h"
#include "ui/kit/terminal.h"

/* Tables of actions one view may have. */
#define VIEW_TABLES 3

struct screen;
struct view_ops;

/* One open view. */
struct view {
    const struct view_ops *ops;
    struct screen *screen; /* where it is shown; for prompts, messages and further views */
    void *data;            /* the view's own; made by open, released by close */
};

/* What handling an event came to. */
enum view_response {
    VIEW_IGNORED, /* not mine: the screen may have a use for it */
    VIEW_HANDLED, /* done; paint again */
    VIEW_DONE     /* done with this view: go back to the one below */
};

/* What a view can do. Only open, paint and close are needed; the others may be NULL. */
struct view_ops {
    const char *title; /* N_(): its name in the trail of the upper ruler and over its help */

    /* Its actions, most important first, then those of the parts it is made of (table_actions,
     * form_actions). NULL for fewer. */
    const struct action *actions[VIEW_TABLES];

    /* Makes view->data from the argument screen_push or the desk handed over. On failure nothing
     * is left behind. */
    enum result (*open)(struct view *view, const void *argument, struct error *error);

    /* Paints into the body, which was blanked. Does nothing slow and changes nothing but what
     * depends on the size of body. */
    void (*paint)(struct view *view, struct region body);

    /* Takes an event. action is what the event's key means here (ACTION_NONE: nothing). It gets
     * every key first, so that a form can take letters as text. */
    enum view_response (*handle)(struct view *view, const struct event *event, int action);

    /* Writes what the trail shows in place of title, such as an enterprise's name. */
    void (*name)(const struct view *view, struct buffer *name);

    /* Writes the status line: filters and how to clear them on the left, counts on the right. */
    void (*status)(struct view *view, struct buffer *left, struct buffer *right);

    /* Called when the view is on top again after another one closed or its desk was chosen: load
     * anew what may have changed, keep the place. */
    void (*resume)(struct view *view);

    /* True while leaving would lose something typed or not kept; the screen then asks once.
     * *what, when set, is the sentence that names the loss, in place of the general one. */
    bool (*unsaved)(struct view *view, const char **what);

    /* Releases view->data. */
    void (*close)(struct view *view);
};

#endif
