/* Plain text: what a field of a frame, a ticket context or a record may hold. */
#ifndef XINFENG_DRAW_PLAIN_H
#define XINFENG_DRAW_PLAIN_H

#include <stdbool.h>

/* True for well-formed UTF-8 without control characters. Tabs and line breaks part the fields of
 * the frame and of a ticket context, and JSON writers differ in how they escape the others, so
 * none may stand inside a field. */
bool draw_plain(const char *text);

#endif
