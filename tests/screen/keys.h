/* Keys written as text, for stories and pictures. */
#ifndef XINFENG_TESTS_SCREEN_KEYS_H
#define XINFENG_TESTS_SCREEN_KEYS_H

#include "screen/emulator.h"

/* Presses keys one after another, each settled before the next: a character is its key, <Enter>
 * <Esc> <Tab> <Up> <Down> <Left> <Right> <Home> <End> <PageUp> <PageDown> <Ctrl-S> <Ctrl-C>
 * <Ctrl-U> are those. Returns how many keys were pressed. */
int keys_press(struct emulator *emulator, const char *keys);

#endif
