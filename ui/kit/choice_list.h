/* A list to choose from, over the whole body; typing narrows it. Prompts, forms and the palette
 * are made of it. */
#ifndef XINFENG_UI_KIT_CHOICE_LIST_H
#define XINFENG_UI_KIT_CHOICE_LIST_H

#include "ui/kit/screen.h"

#include <stdint.h>

/* What is listed. Everything is borrowed while it runs. */
struct choice_list {
    const char *title;        /* translated */
    const char *const *items; /* translated */
    const char *const *sides; /* what stands right of each item, such as its key; NULL: nothing */
    size_t count;
    size_t initial; /* where the cursor begins */

    uint64_t *flags; /* when not NULL: items are marked with Space, a bit each (at most 64) */

    /* True when query finds an item's text; NULL: as a part of it, whatever the case. */
    bool (*match)(void *context, const char *text, const char *query);
    void *context;
};

/* Lets the person choose; the place of the item under the cursor on Enter, -1 after Esc (flags are
 * as they were then). */
int choice_list_run(struct screen *screen, const struct choice_list *list);

#endif
