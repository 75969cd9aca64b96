/* The language of the program: Chinese unless the environment or the user says otherwise. */
#ifndef XINFENG_UI_LANGUAGE_H
#define XINFENG_UI_LANGUAGE_H

#include <stdbool.h>

/* Adopts the environment's locale (its charset is made UTF-8) and finds the translations: those of
 * the build tree the program stands in, else the installed ones. */
void language_start(void);

/* Chooses "zh" or "en"; false when it is neither. */
bool language_choose(const char *language);

#endif
