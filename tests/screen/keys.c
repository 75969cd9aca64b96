#include "screen/keys.h"

#include <string.h>

static const struct {
    const char *word;
    VTermKey key;
    const char *text; /* typed when it is no key of its own */
} names[] = {
    {"<Enter>", VTERM_KEY_ENTER, NULL},       {"<Esc>", VTERM_KEY_ESCAPE, NULL},
    {"<Tab>", VTERM_KEY_TAB, NULL},           {"<Up>", VTERM_KEY_UP, NULL},
    {"<Down>", VTERM_KEY_DOWN, NULL},         {"<Left>", VTERM_KEY_LEFT, NULL},
    {"<Right>", VTERM_KEY_RIGHT, NULL},       {"<Home>", VTERM_KEY_HOME, NULL},
    {"<End>", VTERM_KEY_END, NULL},           {"<PageUp>", VTERM_KEY_PAGEUP, NULL},
    {"<PageDown>", VTERM_KEY_PAGEDOWN, NULL}, {"<Ctrl-S>", VTERM_KEY_NONE, "\023"},
    {"<Ctrl-C>", VTERM_KEY_NONE, "\003"},     {"<Ctrl-U>", VTERM_KEY_NONE, "\025"},
};

/* Presses what stands first in keys; the bytes it took. */
static size_t press_one(struct emulator *emulator, const char *keys) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = strlen(names[i].word);
        if (strncmp(keys, names[i].word, length) == 0) {
            if (names[i].text != NULL) {
                emulator_type(emulator, names[i].text);
            } else {
                emulator_press(emulator, names[i].key);
            }
            return length;
        }
    }
    char one[5] = {keys[0]};
    size_t length = 1;
    while (length < 4 && ((unsigned char)keys[length] & 0xC0) == 0x80) {
        one[length] = keys[length];
        length++;
    }
    emulator_type(emulator, one);
    return length;
}

int keys_press(struct emulator *emulator, const char *keys) {
    int count = 0;
    while (*keys != '\0') {
        keys += press_one(emulator, keys);
        count++;
    }
    return count;
}
