#include "book/strings.h"

#include "base/gettext.h"
#include "book/escape.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)256 << 20)
#define MOST_STRINGS ((size_t)1 << 23)

const char *const book_namespaces[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    NULL,
};

enum place { TABLE = 1, ITEM, RUN, PIECE };

static const struct book_element elements[] = {
    {BOOK_XML_START, "sst", TABLE, false},
    {TABLE, "si", ITEM, false},
    {TABLE, "extLst", BOOK_XML_PASSED, false},
    BOOK_RICH_TEXT(ITEM, RUN, PIECE),
};

static const struct book_grammar grammar = {book_namespaces, elements,
                                            sizeof(elements) / sizeof(elements[0])};

struct book_strings {
    struct buffer texts; /* one behind the other, each with its NUL */
    uint32_t *starts;
    size_t count;
    size_t room;
    size_t start; /* of the text being written */
    bool failed;  /* memory was short */
};

struct book_strings *book_strings_new(void) {
    return calloc(1, sizeof(struct book_strings));
}

struct buffer *book_strings_text(struct book_strings *strings) {
    return &strings->texts;
}

bool book_strings_end(struct book_strings *strings) {
    buffer_append_char(&strings->texts, '\0');
    if (strings->count == MOST_STRINGS || strings->texts.length > MOST_BYTES ||
        strings->texts.length - strings->start > BOOK_XML_MOST_TEXT + 1) {
        return false;
    }
    if (strings->count == strings->room) {
        size_t room = strings->room == 0 ? 1024 : 2 * strings->room;
        uint32_t *starts = reallocarray(strings->starts, room, sizeof(*starts));
        strings->failed = starts == NULL;
        if (starts == NULL) {
            return false;
        }
        strings->starts = starts;
        strings->room = room;
    }
    strings->starts[strings->count++] = (uint32_t)strings->start;
    strings->start = strings->texts.length;
    return !strings->texts.failed;
}

bool book_strings_short(const struct book_strings *strings) {
    return strings->failed || strings->texts.failed;
}

/* A part with the texts being read. */
struct reading {
    struct book_strings *strings;
    const struct book_parts *parts;
};

static enum result end(void *context, int place, char *text, size_t length, struct error *error) {
    struct reading *reading = context;
    struct book_strings *strings = reading->strings;
    if (place == PIECE) {
        buffer_append(&strings->texts, text, book_unescape(text, length));
    }
    if ((place != ITEM || book_strings_end(strings)) && strings->texts.length <= MOST_BYTES) {
        return RESULT_OK;
    }
    return book_strings_short(strings) ? error_no_memory(error)
                                       : error_set(error, RESULT_INVALID,
                                                   _("%s holds more than can be read at once; open "
                                                     "it and save it as CSV (UTF-8)."),
                                                   book_parts_path(reading->parts));
}

enum result book_strings_read(struct book_strings **strings, struct book_parts *parts,
                              const char *part, struct error *error) {
    *strings = book_strings_new();
    if (*strings == NULL) {
        return error_no_memory(error);
    }
    struct reading reading = {*strings, parts};
    const struct book_xml_reader reader = {&reading, NULL, end, NULL};
    enum result code = book_part_read(parts, part, &grammar, &reader, error);
    if (code != RESULT_OK) {
        book_strings_free(*strings);
        *strings = NULL;
    }
    return code;
}

const char *book_strings_get(const struct book_strings *strings, size_t number) {
    return strings == NULL || number >= strings->count
               ? NULL
               : strings->texts.data + strings->starts[number];
}

void book_strings_free(struct book_strings *strings) {
    if (strings == NULL) {
        return;
    }
    buffer_free(&strings->texts);
    free(strings->starts);
    free(strings);
}
