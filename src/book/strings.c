#include "book/strings.h"

#include "base/buffer.h"
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
    const struct book_parts *parts;
    const char *part;
};

static enum result too_many(const struct book_strings *strings, struct error *error) {
    return error_set(error, RESULT_INVALID,
                     _("%s is not opened: its part %s unpacks to more than a workbook needs."),
                     book_parts_path(strings->parts), strings->part);
}

static enum result begin(void *context, int place, const char *const *attributes,
                         struct error *error) {
    struct book_strings *strings = context;
    (void)attributes;
    if (place != ITEM) {
        return RESULT_OK;
    }
    if (strings->count == MOST_STRINGS) {
        return too_many(strings, error);
    }
    if (strings->count == strings->room) {
        size_t room = strings->room == 0 ? 1024 : 2 * strings->room;
        uint32_t *starts = reallocarray(strings->starts, room, sizeof(*starts));
        if (starts == NULL) {
            return error_no_memory(error);
        }
        strings->starts = starts;
        strings->room = room;
    }
    strings->starts[strings->count++] = (uint32_t)strings->texts.length;
    return RESULT_OK;
}

static enum result end(void *context, int place, char *text, size_t length, struct error *error) {
    struct book_strings *strings = context;
    if (place == PIECE) {
        buffer_append(&strings->texts, text, book_unescape(text, length));
    } else if (place == ITEM) {
        buffer_append_char(&strings->texts, '\0');
    }
    if (strings->texts.length > MOST_BYTES) {
        return too_many(strings, error);
    }
    return strings->texts.failed ? error_no_memory(error) : RESULT_OK;
}

enum result book_strings_read(struct book_strings **strings, struct book_parts *parts,
                              const char *part, struct error *error) {
    *strings = NULL;
    struct book_strings *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->parts = parts;
    made->part = part;
    const struct book_xml_reader reader = {made, begin, end, NULL};
    enum result code = book_part_read(parts, part, &grammar, &reader, error);
    if (code != RESULT_OK) {
        book_strings_free(made);
        return code;
    }
    *strings = made;
    return RESULT_OK;
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
