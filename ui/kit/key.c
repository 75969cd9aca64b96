#include "ui/kit/key.h"

#include "base/gettext.h"

#include <stdio.h>
#include <wchar.h>

/* Names of the keys that have one. */
static const struct {
    int key;
    const char *name;
} names[] = {
    {' ', N_("Space")},
    {PRESS_ENTER, N_("Enter")},
    {PRESS_ESCAPE, N_("Esc")},
    {PRESS_TAB, N_("Tab")},
    {PRESS_BACK_TAB, N_("Shift-Tab")},
    {PRESS_BACKSPACE, N_("Backspace")},
    {PRESS_DELETE, N_("Delete")},
    {PRESS_INSERT, N_("Insert")},
    {PRESS_UP, N_("Up")},
    {PRESS_DOWN, N_("Down")},
    {PRESS_LEFT, N_("Left")},
    {PRESS_RIGHT, N_("Right")},
    {PRESS_HOME, N_("Home")},
    {PRESS_END, N_("End")},
    {PRESS_PAGE_UP, N_("PgUp")},
    {PRESS_PAGE_DOWN, N_("PgDn")},
};

const char *key_title(int key, char name[static KEY_NAME_SIZE]) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].key == key) {
            snprintf(name, KEY_NAME_SIZE, "%s", _(names[i].name));
            return name;
        }
    }
    if (key > PRESS_FUNCTION_BASE) {
        snprintf(name, KEY_NAME_SIZE, "F%d", key - PRESS_FUNCTION_BASE);
    } else if (key > PRESS_CONTROL_BASE) {
        snprintf(name, KEY_NAME_SIZE, "Ctrl-%c", key - PRESS_CONTROL_BASE - 'a' + 'A');
    } else if (key > PRESS_NONE && key < PRESS_FIRST) {
        snprintf(name, KEY_NAME_SIZE, "%lc", (wint_t)key);
    } else {
        name[0] = '\0';
    }
    return name;
}

int key_half_width(int key) {
    if (key >= 0xFF01 && key <= 0xFF5E) {
        return key - 0xFF01 + '!';
    }
    switch (key) {
    case 0x3000: /* ideographic space */
        return ' ';
    case 0x3001: /* what the key '/' gives in Chinese punctuation */
        return '/';
    case 0x3002:
        return '.';
    default:
        return key;
    }
}
