#include "base/folder_path.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS "file://"

/* The part of a text that is the path: without blanks around it, and without the quotation marks
 * that a terminal puts around a file dropped on it. */
static size_t bare(const char **text) {
    *text += strspn(*text, " \t");
    size_t length = strlen(*text);
    while (length > 0 && strchr(" \t", (*text)[length - 1]) != NULL) {
        length--;
    }
    if (length >= 2 && strchr("'\"", **text) != NULL && (*text)[length - 1] == **text) {
        (*text)++;
        length -= 2;
    }
    return length;
}

bool folder_path_is(const char *text) {
    bare(&text);
    return text[0] == '/' || text[0] == '~' || strncmp(text, ADDRESS, strlen(ADDRESS)) == 0;
}

/* Turns %E5 and the like into their bytes, in place. */
static void decode(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (from[0] == '%' && isxdigit((unsigned char)from[1]) &&
            isxdigit((unsigned char)from[2])) {
            const char digits[] = {from[1], from[2], '\0'};
            *to++ = (char)strtol(digits, NULL, 16);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

const char *folder_path_read(struct arena *arena, const char *text, const char *base) {
    const char *home = getenv("HOME");
    size_t length = bare(&text);
    char *path = arena_printf(arena, "%.*s", (int)length, text);
    if (path == NULL) {
        return NULL;
    }
    if (strncmp(path, ADDRESS, strlen(ADDRESS)) == 0) {
        path += strlen(ADDRESS);
        path += strcspn(path, "/"); /* the name of this computer, where one is written */
        decode(path);
        return path;
    }
    if (home != NULL && path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
        return arena_printf(arena, "%s%s", home, path + 1);
    }
    if (path[0] == '/') {
        return path;
    }
    return arena_printf(arena, "%s%s%s", base, strcmp(base, "/") == 0 ? "" : "/", path);
}

size_t folder_path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash + 1 - path);
}

/* How many bytes all names begin with, in whole characters. */
static size_t shared_length(const struct folder_entry *const *entries, size_t count) {
    const char *first = entries[0]->name;
    size_t shared = strlen(first);
    for (size_t i = 1; i < count; i++) {
        size_t length = 0;
        while (length < shared && first[length] == entries[i]->name[length]) {
            length++;
        }
        shared = length;
    }
    size_t whole = 0;
    for (size_t next; whole < shared; whole = next) {
        next = whole + text_next_grapheme(first + whole, strlen(first + whole), NULL);
        if (next > shared) {
            break;
        }
    }
    return whole;
}

char *folder_path_complete(const char *text, const struct folder_entry *const *entries,
                           size_t count) {
    char *completed = NULL;
    if (strcmp(text, "~") == 0) {
        return strdup("~/");
    }
    if (count == 0) {
        return NULL;
    }
    size_t begin = folder_path_name(text);
    size_t shared = shared_length(entries, count);
    const char *end = count == 1 && entries[0]->folder ? "/" : "";
    if (shared + strlen(end) <= strlen(text + begin) ||
        asprintf(&completed, "%.*s%.*s%s", (int)begin, text, (int)shared, entries[0]->name, end) <
            0) {
        return NULL;
    }
    return completed;
}
