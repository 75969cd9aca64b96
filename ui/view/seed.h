/* Asking for the public seed of a draw. */
#ifndef XINFENG_UI_VIEW_SEED_H
#define XINFENG_UI_VIEW_SEED_H

#include "ui/kit/screen.h"

/* A seed and where it comes from; both on the heap. */
struct seed {
    char *digits;
    char *source;
};

/* Asks for at least 20 digits, twice, showing them large between; or, when nothing is typed, lets
 * the machine make them, marked as such. False when it was given up or the digits do not fit; the
 * message line says why. Release with seed_clear. */
bool seed_ask(struct screen *screen, struct seed *seed);

void seed_clear(struct seed *seed);

#endif
