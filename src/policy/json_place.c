#include "policy/json_place.h"

#include <stdbool.h>
#include <string.h>

static const char *skip_blanks(const char *at) {
    return at + strspn(at, " \t\r\n");
}

/* Behind a string that starts at its quote. */
static const char *skip_string(const char *at) {
    for (at++; *at != '\0' && *at != '"'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        }
    }
    return *at == '"' ? at + 1 : at;
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
    } while (depth > 0 && *at != '\0');
    return at;
}

/* True when the string at its quote is this key. Keys with escapes never match; policies have
 * none. */
static bool is_key(const char *at, const char *key) {
    size_t length = strlen(key);
    return strncmp(at + 1, key, length) == 0 && at[1 + length] == '"';
}

/* The value one step inside the value at `at`; NULL when there is none. */
static const char *step_into(const char *at, const struct json_step *step) {
    char close = step->key != NULL ? '}' : ']';
    if (*at != (step->key != NULL ? '{' : '[')) {
        return NULL;
    }
    at = skip_blanks(at + 1);
    for (size_t i = 0; *at != close && *at != '\0'; i++) {
        bool here = step->key == NULL ? i == step->index : is_key(at, step->key);
        if (step->key != NULL) {
            at = skip_blanks(skip_blanks(skip_string(at)) + 1);
        }
        if (here) {
            return at;
        }
        at = skip_blanks(skip_value(at));
        if (*at == ',') {
            at = skip_blanks(at + 1);
        }
    }
    return NULL;
}

void json_place(const char *text, const struct json_step *path, size_t depth, int *line,
                int *column) {
    const char *at = skip_blanks(text);
    for (size_t i = 0; i < depth; i++) {
        const char *inside = step_into(at, &path[i]);
        if (inside == NULL) {
            break;
        }
        at = inside;
    }
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
