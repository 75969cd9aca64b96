/* What can be pressed here: the help page and the palette of actions, both from the keymap. */
#ifndef XINFENG_UI_KIT_HELP_H
#define XINFENG_UI_KIT_HELP_H

#include "ui/kit/screen.h"

/* Shows every key of the keymap with what it does, until Esc. */
void help_show(struct screen *screen, const char *title, const struct keymap *keymap);

/* Lists every action of the keymap by name and help, narrowed as one types (match as in struct
 * application). The chosen action's id, ACTION_NONE after Esc. */
int help_palette(struct screen *screen, const struct keymap *keymap,
                 bool (*match)(void *context, const char *text, const char *query), void *context);

#endif
