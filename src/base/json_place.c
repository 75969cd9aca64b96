#include "base/json_place.h"

#include <string.h>

static const char *skip_blanks(const char *at) {
    return at + strspn(at, " \t\r\n");
}

/* Behind a string that starts at its quote. */
static const char *skip_string(const char *at) {
    for (at++; *at != '"'; at++) {
        at += *at == '\\' ? 1 : 0;
    }
    return at + 1;
}

/* Behind any value. */
static const char *skip_value(const char *at) {
    int depth = 0;
    do {
        at = skip_blanks(at);
        if (*at == '"') {
            at = skip_string(at);
        } else if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (*at == '}' || *at == ']') {
            depth--;
            at++;
        } else if (*at == ',' || *at == ':') {
            at++;
        } else {
            at += strcspn(at, ",:{}[]\" \t\r\n");
        }
    } while (depth > 0);
    return at;
}

const char *json_place_root(const char *text) {
    return skip_blanks(text);
}

const char *json_place_inside(const char *at, size_t index) {
    if (*at != '{' && *at != '[') {
        return at;
    }
    char close = *at == '{' ? '}' : ']';
    const char *inside = skip_blanks(at + 1);
    for (size_t i = 0; *inside != close; i++) {
        if (close == '}') {
            inside = skip_blanks(skip_blanks(skip_string(inside)) + 1);
        }
        if (i == index) {
            return inside;
        }
        inside = skip_blanks(skip_value(inside));
        if (*inside == ',') {
            inside = skip_blanks(inside + 1);
        }
    }
    return at;
}

void json_place_count(const char *text, const char *at, int *line, int *column) {
    *line = 1;
    *column = 1;
    for (const char *here = text; here < at; here++) {
        if (*here == '\n') {
            (*line)++;
            *column = 1;
        } else if (((unsigned char)*here & 0xC0) != 0x80) {
            (*column)++;
        }
    }
}
