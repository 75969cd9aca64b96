/* The terminal: taken over, read, and given back whatever happens. One per process, as curses is.
 *
 * While the screen is on, file descriptor 2 points away from it, so that no library can write over
 * the picture. The terminal is restored by terminal_stop, by exit, and by every signal that ends
 * the program. */
#ifndef XINFENG_UI_KIT_TERMINAL_H
#define XINFENG_UI_KIT_TERMINAL_H

#include "base/result.h"
#include "ui/kit/key.h"

#include <stdbool.h>
#include <stdint.h>

/* How to take the terminal over. All zero is a good start. */
struct terminal_options {
    const char *error_log; /* where fd 2 goes meanwhile (appended to); NULL: /dev/null */
    bool mouse;            /* hear clicks and the wheel */
    bool monochrome;       /* no colours even where there are some; NO_COLOR says the same */
};

/* What can happen. */
enum event_type {
    EVENT_KEY,    /* one key; text holds its UTF-8 when it is printable */
    EVENT_TEXT,   /* several characters at once: a paste, or what an input method committed */
    EVENT_MOUSE,  /* a click or the wheel */
    EVENT_RESIZE, /* the screen has another size now; paint everything */
    EVENT_TICK,   /* the wait is over and nothing happened */
    EVENT_HANGUP  /* the terminal is gone: leave */
};

/* What the mouse did. */
enum mouse_action { MOUSE_CLICK, MOUSE_DOUBLE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

/* One thing that happened. */
struct event {
    enum event_type type;
    int key;          /* EVENT_KEY: a code point or PRESS_*; otherwise PRESS_NONE */
    const char *text; /* UTF-8, never NULL; belongs to the terminal until the next read */
    enum mouse_action mouse;
    int row;    /* EVENT_MOUSE: where */
    int column; /* EVENT_MOUSE: where */
};

/* Adopts the environment's locale and makes sure that its characters are UTF-8: C.UTF-8 takes the
 * place of any other character set. Commands without a screen call it too. */
void terminal_set_locale(void);

/* Takes the terminal over. RESULT_USAGE with a sentence when there is none or it cannot move its
 * cursor; nothing is changed then. */
enum result terminal_start(const struct terminal_options *options, struct error *error);

/* Gives the terminal back. Harmless when it was not taken. */
void terminal_stop(void);

/* True between terminal_start and terminal_stop. */
bool terminal_started(void);

/* Waits for the next event, at most timeout milliseconds (negative: without end). When the last key
 * took the program long, what was typed meanwhile and only repeats that key is forgotten first: a
 * key pressed again out of impatience must not do its work twice. */
struct event terminal_read(int timeout);

/* Milliseconds of the monotonic clock, for pauses and rates; what day it is the caller knows. */
int64_t terminal_clock(void);

/* Rings the bell, or flashes where there is none. */
void terminal_beep(void);

#endif
