/* A terminal in the test's own process: a program runs in a pseudo-terminal, its output is fed to
 * libvterm, and tests press keys and look at cells. Nothing here depends on how long anything
 * takes: waiting ends when what is awaited is there, and only a test that fails waits in vain. */
#ifndef XINFENG_TESTS_SCREEN_EMULATOR_H
#define XINFENG_TESTS_SCREEN_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <vterm.h>

/* How to start a program. */
struct emulator_options {
    const char *const *arguments; /* argv, ended by NULL; the first is the program's path */
    const char *const
        *environment; /* "NAME=value" sets, "NAME" unsets; ended by NULL; may be NULL */
    int rows;
    int columns;
};

struct emulator;

/* Starts a program in a terminal of TERM=xterm-256color and LC_ALL=C.UTF-8 unless the environment
 * says otherwise. Fails the test when it cannot. Free with emulator_free. */
struct emulator *emulator_start(const struct emulator_options *options);

/* Ends the program, if it still runs, and releases everything. NULL is harmless. */
void emulator_free(struct emulator *emulator);

/* Takes in output until the program has read every key, sleeps, and nothing has come for a little
 * while. */
void emulator_settle(struct emulator *emulator);

/* Types UTF-8 text and settles. */
void emulator_type(struct emulator *emulator, const char *text);

/* Presses a key that is not a character, as the terminal sends it in its present mode, and
 * settles. */
void emulator_press(struct emulator *emulator, VTermKey key);

/* Presses a key several times, settling once. */
void emulator_press_times(struct emulator *emulator, VTermKey key, int times);

/* Pastes text, between brackets when the program asked for them, and settles. */
void emulator_paste(struct emulator *emulator, const char *text);

/* Clicks on a cell with the first button and settles. */
void emulator_click(struct emulator *emulator, int row, int column);

/* Gives the terminal another size, as dragging its window does, and settles. */
void emulator_resize(struct emulator *emulator, int rows, int columns);

/* Sends the program a signal. */
void emulator_signal(struct emulator *emulator, int number);

/* Takes in output until text is to be seen; fails the test, showing the screen, when it never
 * is. */
void emulator_expect(struct emulator *emulator, const char *text);

/* As emulator_expect, until text is gone. */
void emulator_expect_gone(struct emulator *emulator, const char *text);

/* Takes in output until the program ends; its status as waitpid gives it. */
int emulator_wait(struct emulator *emulator);

/* True when text is to be seen on some row; its place in *row and *column (of the first cell), when
 * not NULL. */
bool emulator_find(struct emulator *emulator, const char *text, int *row, int *column);

/* The text of a row without trailing blanks. Owned by the emulator until the next call. */
const char *emulator_row(struct emulator *emulator, int row);

/* The text of width columns of a row from a column on, blanks kept; a wide character that only half
 * lies inside is left out. Owned as emulator_row's. */
const char *emulator_text_at(struct emulator *emulator, int row, int column, int width);

/* A cell. The second half of a wide character has chars[0] == (uint32_t)-1. */
VTermScreenCell emulator_cell(struct emulator *emulator, int row, int column);

/* Where the cursor is, and whether it shows. */
bool emulator_cursor(struct emulator *emulator, int *row, int *column);

/* True while the program has the alternate screen. */
bool emulator_alternate(struct emulator *emulator);

/* True while the terminal's line discipline echoes and waits for whole lines, as a shell leaves
 * it. */
bool emulator_cooked(struct emulator *emulator);

/* True when any cell of the screen has a colour of its own. */
bool emulator_coloured(struct emulator *emulator);

/* Writes the screen to the test's log. */
void emulator_dump(struct emulator *emulator);

#endif
