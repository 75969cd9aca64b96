#include "ui/kit/help.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/choice_list.h"
#include "ui/kit/prompt.h"

#include <stdlib.h>

/* The width of the column of keys. */
enum { KEYS_WIDTH = 22 };

/* Every key of an action, parted by blanks. */
static void append_keys(struct buffer *buffer, const struct action *action) {
    for (size_t i = 0; i < ACTION_KEYS && action->keys[i] != PRESS_NONE; i++) {
        char key[KEY_NAME_SIZE];
        if (i > 0) {
            buffer_append_text(buffer, "  ");
        }
        buffer_append_text(buffer, key_title(action->keys[i], key));
    }
}

static void append_line(struct buffer *text, const struct action *action) {
    struct buffer keys = BUFFER_INIT;
    append_keys(&keys, action);
    buffer_append_text(text, buffer_text(&keys));
    for (int column = text_width(buffer_text(&keys)); column < KEYS_WIDTH; column++) {
        buffer_append_char(text, ' ');
    }
    buffer_append_text(text, _(action->help));
    buffer_append_char(text, '\n');
    buffer_free(&keys);
}

void help_show(struct screen *screen, const char *title, const struct keymap *keymap) {
    struct buffer text = BUFFER_INIT;
    struct buffer heading = BUFFER_INIT;
    size_t table = 0;
    size_t index = 0;
    size_t before = 0;
    const struct action *action;
    while ((action = keymap_next(keymap, &table, &index)) != NULL) {
        if ((action->flags & ACTION_IN_HELP) == 0) {
            continue;
        }
        if (table != before && text.length > 0) {
            buffer_append_char(&text, '\n');
        }
        before = table;
        append_line(&text, action);
    }
    buffer_printf(&heading, _("Keys: %s"), title);
    prompt_notice(screen, buffer_text(&heading), buffer_text(&text));
    buffer_free(&text);
    buffer_free(&heading);
}

/* ---- palette --------------------------------------------------------------------------------- */

/* The lines of the palette, owned. */
struct palette {
    char **items;
    char **sides;
    int *ids;
    size_t count;
    size_t room;
};

static bool palette_new(struct palette *palette, const struct keymap *keymap) {
    size_t table = 0;
    size_t index = 0;
    *palette = (struct palette){0};
    while (keymap_next(keymap, &table, &index) != NULL) {
        palette->room++;
    }
    palette->items = calloc(palette->room + 1, sizeof *palette->items);
    palette->sides = calloc(palette->room + 1, sizeof *palette->sides);
    palette->ids = calloc(palette->room + 1, sizeof *palette->ids);
    return palette->items != NULL && palette->sides != NULL && palette->ids != NULL;
}

static void palette_free(struct palette *palette) {
    for (size_t i = 0; i < palette->count; i++) {
        free(palette->items[i]);
        free(palette->sides[i]);
    }
    free(palette->items);
    free(palette->sides);
    free(palette->ids);
}

static bool palette_add(struct palette *palette, const struct action *action) {
    struct buffer item = BUFFER_INIT;
    struct buffer side = BUFFER_INIT;
    buffer_printf(&item, "%s  (%s)", _(action->help), action->name);
    append_keys(&side, action);
    buffer_append_text(&side, "");
    palette->items[palette->count] = buffer_take(&item);
    palette->sides[palette->count] = buffer_take(&side);
    palette->ids[palette->count] = action->id;
    palette->count++;
    return palette->items[palette->count - 1] != NULL && palette->sides[palette->count - 1] != NULL;
}

int help_palette(struct screen *screen, const struct keymap *keymap,
                 bool (*match)(void *context, const char *text, const char *query), void *context) {
    struct palette palette;
    size_t table = 0;
    size_t index = 0;
    const struct action *action;
    bool filled = palette_new(&palette, keymap);
    while (filled && (action = keymap_next(keymap, &table, &index)) != NULL) {
        if ((action->flags & ACTION_IN_PALETTE) != 0) {
            filled = palette_add(&palette, action);
        }
    }
    int chosen = -1;
    if (filled) {
        struct choice_list list = {.title = _("Actions"),
                                   .items = (const char *const *)palette.items,
                                   .sides = (const char *const *)palette.sides,
                                   .count = palette.count,
                                   .match = match,
                                   .context = context};
        chosen = choice_list_run(screen, &list);
    }
    int id = chosen < 0 ? ACTION_NONE : palette.ids[chosen];
    palette_free(&palette);
    return id;
}
