/* One table of actions makes everything that speaks of keys: dispatch, footer, help, the palette
 * of actions and the manual page. A table ends with an entry whose id is ACTION_NONE. */
#ifndef XINFENG_UI_KIT_KEYMAP_H
#define XINFENG_UI_KIT_KEYMAP_H

#include "ui/kit/key.h"
#include "ui/kit/paint.h"

#include <stdbool.h>
#include <stddef.h>

/* Ids: a view numbers its own actions from 1; the kit's begin here, the application's there. */
enum { ACTION_NONE = 0, ACTION_KIT_FIRST = 10000, ACTION_APPLICATION_FIRST = 20000 };

/* Where an action shows besides working. */
enum {
    ACTION_IN_FOOTER = 1,
    ACTION_IN_HELP = 2,
    ACTION_IN_PALETTE = 4,
    ACTION_SHOWN = ACTION_IN_FOOTER | ACTION_IN_HELP | ACTION_IN_PALETTE,
    ACTION_LISTED = ACTION_IN_HELP | ACTION_IN_PALETTE
};

#define ACTION_KEYS 3

/* One thing a person can do. */
struct action {
    int id;
    const char *name;      /* stable English word or words-with-hyphens, for the palette */
    const char *help;      /* N_(): one phrase saying what it does */
    const char *label;     /* N_(): the footer's word, short */
    int keys[ACTION_KEYS]; /* the first is the one the footer shows; PRESS_NONE for fewer */
    unsigned flags;        /* ACTION_IN_* */
};

#define KEYMAP_TABLES 5

/* The tables in force, the most particular first: an earlier one takes a key away from a later
 * one. Unused places are NULL. */
struct keymap {
    const struct action *tables[KEYMAP_TABLES];
};

/* Walks all actions of a keymap in order; start with *table = *index = 0. NULL at the end. An
 * action whose id was met in an earlier table is passed over. */
const struct action *keymap_next(const struct keymap *keymap, size_t *table, size_t *index);

/* The action of a key; NULL when it has none. Full-width forms of a key count as the key. */
const struct action *keymap_find(const struct keymap *keymap, int key);

/* The action of a name; NULL when there is none. */
const struct action *keymap_find_name(const struct keymap *keymap, const char *name);

/* The action of a footer painted by keymap_paint_footer at a column; NULL between them. For the
 * mouse. */
const struct action *keymap_at_footer(const struct keymap *keymap, int width, int column);

/* Paints "key label" of the footer's actions in the order of the tables, as many as fit whole. */
void keymap_paint_footer(const struct keymap *keymap, int row, int column, int width);

#endif
