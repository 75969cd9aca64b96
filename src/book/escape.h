/* Characters that XML cannot carry stand in the texts of a workbook as "_x000D_": the UTF-16 unit
 * in hexadecimal. So a text that happens to look like that has to be escaped itself, its first
 * letter as "_x005F_". */
#ifndef XINFENG_BOOK_ESCAPE_H
#define XINFENG_BOOK_ESCAPE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a text of so many bytes can grow to, at most: each seven become thirteen. */
#define BOOK_ESCAPE_GROWTH(bytes) ((bytes) / 7 * 13 + 13)

/* True when a text would be read as another one. */
bool book_escape_needed(const char *text);

/* Adds the text so that it is read as it stands. Control characters are left to the writer. */
void book_escape(struct buffer *buffer, const char *text);

/* Turns escapes back into characters, in place; gives the new length. A zero and half a pair of
 * units stay as they stand. */
size_t book_unescape(char *text, size_t length);

/* Writes a character as UTF-8, without a NUL; gives its length. */
size_t book_put_character(char to[static 4], uint32_t character);

#endif
