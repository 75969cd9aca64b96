#include "book/escape.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define ESCAPE 7 /* "_x000D_" */

/* The UTF-16 unit that an escape stands for; 0 when text begins with none. */
static unsigned escaped_unit(const char *text, size_t length) {
    unsigned unit = 0;
    if (length < ESCAPE || text[0] != '_' || text[1] != 'x' || text[ESCAPE - 1] != '_') {
        return 0;
    }
    for (int i = 2; i < ESCAPE - 1; i++) {
        if (!isxdigit((unsigned char)text[i])) {
            return 0;
        }
        int digit = tolower((unsigned char)text[i]);
        unit = unit * 16 + (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    return unit;
}

bool book_escape_needed(const char *text) {
    for (const char *at = text; (at = strchr(at, '_')) != NULL; at++) {
        if (escaped_unit(at, strlen(at)) != 0) {
            return true;
        }
    }
    return false;
}

void book_escape(struct buffer *buffer, const char *text) {
    size_t length = strlen(text);
    for (size_t at = 0; at < length; at++) {
        buffer_append_char(buffer, text[at]);
        if (escaped_unit(text + at, length - at) != 0) {
            buffer_append_text(buffer, "x005F_");
        }
    }
}

size_t book_put_character(char to[static 4], uint32_t character) {
    if (character < 0x80) {
        to[0] = (char)character;
        return 1;
    }
    size_t more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    static const unsigned char heads[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = more; i > 0; i--) {
        to[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    to[0] = (char)(heads[more] | character);
    return more + 1;
}

/* The character that one escape or a pair of them stands for, and their length; 0 for none. */
static uint32_t escaped_character(const char *text, size_t length, size_t *taken) {
    unsigned unit = escaped_unit(text, length);
    *taken = ESCAPE;
    if (unit < 0xD800 || unit > 0xDFFF) {
        return unit;
    }
    unsigned low = length < ESCAPE ? 0 : escaped_unit(text + ESCAPE, length - ESCAPE);
    *taken = (size_t)2 * ESCAPE;
    bool pair = unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF;
    return pair ? 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00) : 0;
}

size_t book_unescape(char *text, size_t length) {
    size_t used = 0;
    for (size_t at = 0; at < length;) {
        size_t taken = 0;
        uint32_t character = escaped_character(text + at, length - at, &taken);
        if (character == 0) {
            text[used++] = text[at++];
        } else {
            used += book_put_character(text + used, character);
            at += taken;
        }
    }
    text[used] = '\0';
    return used;
}
