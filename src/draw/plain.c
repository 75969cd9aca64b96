#include "draw/plain.h"

#include "base/text.h"

#include <string.h>

bool draw_plain(const char *text) {
    bool ascii = true;
    const char *end = text;
    for (; *end != '\0'; end++) {
        unsigned char byte = (unsigned char)*end;
        if (byte < 0x20 || byte == 0x7f) {
            return false;
        }
        ascii = ascii && byte < 0x80;
    }
    return ascii || text_valid_utf8(text, (size_t)(end - text));
}
