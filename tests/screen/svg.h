/* The emulator's screen as an SVG picture: text stays text, and every cell has its own place, so
 * that columns align in any browser with any font. */
#ifndef XINFENG_TESTS_SCREEN_SVG_H
#define XINFENG_TESTS_SCREEN_SVG_H

#include "screen/emulator.h"

#include <stdio.h>

/* Writes the whole screen, rows x columns, in a window with title in its frame. */
void svg_write(FILE *file, struct emulator *emulator, int rows, int columns, const char *title);

#endif
