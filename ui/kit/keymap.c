#include "ui/kit/keymap.h"

#include "base/gettext.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* True when an earlier table than limit has the id. */
static bool seen_before(const struct keymap *keymap, size_t limit, int id) {
    for (size_t t = 0; t < limit; t++) {
        const struct action *table = keymap->tables[t];
        for (size_t i = 0; table != NULL && table[i].id != ACTION_NONE; i++) {
            if (table[i].id == id) {
                return true;
            }
        }
    }
    return false;
}

const struct action *keymap_next(const struct keymap *keymap, size_t *table, size_t *index) {
    while (*table < KEYMAP_TABLES) {
        const struct action *actions = keymap->tables[*table];
        if (actions == NULL || actions[*index].id == ACTION_NONE) {
            ++*table;
            *index = 0;
            continue;
        }
        const struct action *action = &actions[(*index)++];
        if (!seen_before(keymap, *table, action->id)) {
            return action;
        }
    }
    return NULL;
}

static const struct action *find_exact(const struct keymap *keymap, int key) {
    size_t table = 0;
    size_t index = 0;
    const struct action *action;
    while (key != PRESS_NONE && (action = keymap_next(keymap, &table, &index)) != NULL) {
        for (size_t i = 0; i < ACTION_KEYS; i++) {
            if (action->keys[i] == key) {
                return action;
            }
        }
    }
    return NULL;
}

const struct action *keymap_find(const struct keymap *keymap, int key) {
    const struct action *action = find_exact(keymap, key);
    if (action == NULL && key_half_width(key) != key) {
        action = find_exact(keymap, key_half_width(key));
    }
    return action;
}

const struct action *keymap_find_name(const struct keymap *keymap, const char *name) {
    size_t table = 0;
    size_t index = 0;
    const struct action *action;
    while ((action = keymap_next(keymap, &table, &index)) != NULL) {
        if (strcmp(action->name, name) == 0) {
            return action;
        }
    }
    return NULL;
}

/* ---- footer ---------------------------------------------------------------------------------- */

/* A walk along the footer: the next action that fits whole, and where it stands. */
struct footer_walk {
    size_t table;
    size_t index;
    int column; /* of the action found */
    int next;   /* where the following one begins */
};

/* Key and label of an action as the footer has them, and their width with *blank columns between:
 * a Chinese label follows its key at once, a Latin one would run into it. */
static int footer_words(const struct action *action, char key[static KEY_NAME_SIZE],
                        const char **label, int *blank) {
    key_title(action->keys[0], key);
    *label = _(action->label);
    *blank = (unsigned char)(*label)[0] < 0x80;
    return text_width(key) + *blank + text_width(*label);
}

static const struct action *footer_next(const struct keymap *keymap, struct footer_walk *walk,
                                        int width) {
    const struct action *action;
    while ((action = keymap_next(keymap, &walk->table, &walk->index)) != NULL) {
        if ((action->flags & ACTION_IN_FOOTER) == 0) {
            continue;
        }
        char key[KEY_NAME_SIZE];
        const char *label;
        int blank;
        int wanted = footer_words(action, key, &label, &blank);
        if (walk->next + wanted <= width) {
            walk->column = walk->next;
            walk->next += wanted + 2;
            return action;
        }
    }
    return NULL;
}

void keymap_paint_footer(const struct keymap *keymap, int row, int column, int width) {
    struct footer_walk walk = {.next = 1};
    const struct action *action;
    paint_text(row, column, width, ROLE_LABEL, "", ALIGN_LEFT);
    while ((action = footer_next(keymap, &walk, width)) != NULL) {
        char key[KEY_NAME_SIZE];
        const char *label;
        int blank;
        footer_words(action, key, &label, &blank);
        int used =
            blank + paint_piece(row, column + walk.column, width - walk.column, ROLE_KEY, key);
        paint_piece(row, column + walk.column + used, width - walk.column - used, ROLE_LABEL,
                    label);
    }
}

const struct action *keymap_at_footer(const struct keymap *keymap, int width, int column) {
    struct footer_walk walk = {.next = 1};
    const struct action *action;
    while ((action = footer_next(keymap, &walk, width)) != NULL) {
        if (column >= walk.column && column < walk.next - 2) {
            return action;
        }
    }
    return NULL;
}
