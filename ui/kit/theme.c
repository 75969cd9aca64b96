#include "ui/kit/theme.h"

#include <curses.h>

#define COLOR_DEFAULT (-1)
#define COLOR_GREY (-2)

/* In the palette of 256 colours: 3.6 to 1 on white, 5.5 to 1 on black. */
#define PALETTE_GREY 244

struct role_look {
    short foreground;
    short background;
    unsigned colour;
    unsigned mono;
};

static const struct role_look looks[ROLE_COUNT] = {
#define ROLE_LOOK(name, foreground, background, colour, mono)                                      \
    [ROLE_##name] = {COLOR_##foreground, COLOR_##background, colour, mono},
    ROLE_TABLE(ROLE_LOOK)
#undef ROLE_LOOK
};

static bool monochrome = true;
static bool blocks = false; /* there are colour pairs for bars in blocks */
static bool greys = false;  /* the terminal has a grey of its own */

/* Pairs: 1 + role for the role itself, then once more for the role on the cursor row, then for its
 * blocks, and one for the blocks of every role on the cursor row. */
static short pair_of(int role, bool on_cursor) {
    return (short)(1 + role + (on_cursor ? ROLE_COUNT : 0));
}

static short block_pair_of(int role, bool on_cursor) {
    return (short)(1 + 2 * ROLE_COUNT + (on_cursor ? ROLE_COUNT : role));
}

void theme_start(bool mono) {
    monochrome = mono || !has_colors() || start_color() == ERR || COLOR_PAIRS <= 2 * ROLE_COUNT;
    if (monochrome) {
        return;
    }
    short fallback_text = COLOR_WHITE;
    short fallback_ground = COLOR_BLACK;
    if (use_default_colors() == OK) {
        fallback_text = COLOR_DEFAULT;
        fallback_ground = COLOR_DEFAULT;
    }
    greys = COLORS >= 256;
    blocks = COLOR_PAIRS > block_pair_of(0, true);
    if (blocks) {
        short under = looks[ROLE_SELECTED].foreground;
        init_pair(block_pair_of(0, true), under, under);
    }
    for (int role = 0; role < ROLE_COUNT; role++) {
        short text = looks[role].foreground;
        short ground = looks[role].background;
        text = text == COLOR_GREY && greys ? PALETTE_GREY : text;
        text = text < 0 ? fallback_text : text;
        ground = ground == COLOR_DEFAULT ? fallback_ground : ground;
        init_pair(pair_of(role, false), text, ground);
        init_pair(pair_of(role, true), looks[ROLE_SELECTED].foreground,
                  looks[ROLE_SELECTED].background);
        if (blocks) {
            init_pair(block_pair_of(role, false), text, text);
        }
    }
}

bool theme_monochrome(void) {
    return monochrome;
}

struct style theme_style(int role) {
    bool on_cursor = (role & ROLE_ON_CURSOR) != 0;
    int base = role & (ROLE_ON_CURSOR - 1);
    if (base >= ROLE_COUNT) {
        base = ROLE_TEXT;
    }
    if (monochrome) {
        unsigned attributes = looks[base].mono;
        return (struct style){on_cursor ? attributes | A_REVERSE : attributes, 0};
    }
    unsigned attributes = looks[base].colour;
    if (on_cursor || greys) {
        attributes &= ~(unsigned)A_DIM; /* dim text on a coloured ground cannot be read */
    }
    return (struct style){attributes, pair_of(base, on_cursor)};
}

struct style theme_bar_style(int role) {
    int base = role & (ROLE_ON_CURSOR - 1);
    if (monochrome || !blocks || base >= ROLE_COUNT || looks[base].foreground < 0) {
        return theme_style(role);
    }
    return (struct style){A_NORMAL, block_pair_of(base, (role & ROLE_ON_CURSOR) != 0)};
}

enum role theme_class_role(char letter) {
    switch (letter) {
    case 'A':
        return ROLE_CLASS_A;
    case 'B':
        return ROLE_CLASS_B;
    case 'C':
        return ROLE_CLASS_C;
    case 'D':
        return ROLE_CLASS_D;
    default:
        return ROLE_TEXT;
    }
}
