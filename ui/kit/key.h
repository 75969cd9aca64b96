/* Keys as the kit names them: a printable key is its Unicode code point, every other key a PRESS_
 * number above all code points. Nobody but terminal.c needs the numbers of curses. */
#ifndef XINFENG_UI_KIT_KEY_H
#define XINFENG_UI_KIT_KEY_H

enum {
    PRESS_NONE = 0,
    PRESS_FIRST = 0x200000,
    PRESS_ENTER,
    PRESS_ESCAPE,
    PRESS_TAB,
    PRESS_BACK_TAB,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_INSERT,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_CONTROL_BASE = 0x200100, /* + the letter's lower-case ASCII */
    PRESS_FUNCTION_BASE = 0x200200 /* + 1 .. 12 */
};

/* Ctrl and a letter, for instance PRESS_CONTROL('c'). */
#define PRESS_CONTROL(letter) (PRESS_CONTROL_BASE + (letter))

/* A function key, for instance PRESS_FUNCTION(5). */
#define PRESS_FUNCTION(number) (PRESS_FUNCTION_BASE + (number))

/* Room for the name of any key and its NUL. */
#define KEY_NAME_SIZE 16

/* The name of a key as footers and help show it ("Enter", "Ctrl-C", "F5", "/"). Returns name. */
const char *key_title(int key, char name[static KEY_NAME_SIZE]);

/* The key that was meant when an input method was left in full-width mode: its ASCII twin for a
 * full-width form, '/' for the enumeration comma, '.' for the full stop of Chinese; any other key
 * itself. Used for commands, never for text. */
int key_half_width(int key);

#endif
