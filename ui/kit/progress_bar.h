/* A bar for long work: how far, how fast, how long still; Esc stops the work. It is the screen's
 * side of struct progress (base/progress.h). */
#ifndef XINFENG_UI_KIT_PROGRESS_BAR_H
#define XINFENG_UI_KIT_PROGRESS_BAR_H

#include "base/progress.h"
#include "ui/kit/screen.h"

#include <stdbool.h>
#include <stdint.h>

/* A bar on the stack of who does the work. */
struct progress_bar {
    struct progress progress; /* hand &bar.progress to the work */
    struct screen *screen;
    const char *title; /* translated: what is being done */
    const char *unit;  /* translated: what done and total count; "" for nothing */
    int64_t started;   /* milliseconds of the monotonic clock */
    int64_t painted;   /* when it was painted last */
    bool cancelled;    /* Esc was pressed */
};

/* Shows an empty bar. title and unit are borrowed while the work runs. */
void progress_bar_start(struct progress_bar *bar, struct screen *screen, const char *title,
                        const char *unit);

/* Ends it: the view is painted again at the screen's next turn, keys typed meanwhile are gone. */
void progress_bar_finish(struct progress_bar *bar);

#endif
