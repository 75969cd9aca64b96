/* Asking where a file is to be written: a place is offered, what is typed is made a whole path, and
 * nothing is written over. */
#ifndef XINFENG_UI_VIEW_SAVE_PATH_H
#define XINFENG_UI_VIEW_SAVE_PATH_H

#include "base/arena.h"
#include "ui/kit/view.h"

/* What is to be saved. */
struct save_path {
    const char *label;          /* translated: "Save as (.xlsx or .csv):" */
    const char *above;          /* translated: said over the question at first; NULL: nothing */
    const char *stem;           /* the name that is offered, without ending */
    const char *const *endings; /* those that are known, NULL behind; the first is the usual one */

    /* Writes the file; a failure is shown, and the place is asked for again. */
    enum result (*write)(void *context, const char *path, struct error *error);
    void *context;
};

/* The folder at hand when it can be written to, else the person's own; in the arena. */
const char *save_path_folder(struct arena *arena);

/* What was typed as a path from the root on: ~ is home, a folder gets the usual name, a name
 * without an ending that is known gets the usual one. In the arena. */
const char *save_path_whole(const struct save_path *save, const char *typed, struct arena *arena);

/* Asks until the file is written; its path in the arena, or NULL when it was given up. */
const char *save_path_ask(struct view *view, const struct save_path *save, struct arena *arena);

#endif
