/* Marks of translatable text. English is the msgid; po/ holds the Chinese. */
#ifndef XINFENG_BASE_GETTEXT_H
#define XINFENG_BASE_GETTEXT_H

#include <libintl.h>

/* Translates now. */
#define _(text) gettext(text)

/* Marks text in a table; translated with _() where it is used. */
#define N_(text) text

#endif
