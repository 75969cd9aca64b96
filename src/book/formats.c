#include "book/formats.h"

#include <stdlib.h>

#define MOST_FORMATS 16384
#define MOST_STYLES 131072
#define KNOWN (sizeof(((struct book_formats *)NULL)->known) / sizeof(struct book_number_format))

static const struct book_number_format general;

struct book_numbered_format {
    unsigned number;
    size_t order; /* of two formats of one number the last counts */
    struct book_number_format format;
};

/* The array with room for one more element; NULL when there is none. */
static void *grow(void *array, size_t size, size_t count, size_t *room, size_t most) {
    if (count < *room) {
        return array;
    }
    if (count >= most) {
        return NULL;
    }
    size_t wanted = *room == 0 ? 64 : 2 * *room;
    void *grown = reallocarray(array, wanted, size);
    if (grown != NULL) {
        *room = wanted;
    }
    return grown;
}

bool book_formats_add(struct book_formats *formats, unsigned number, const char *code) {
    struct book_numbered_format *items =
        grow(formats->items, sizeof(*items), formats->count, &formats->room, MOST_FORMATS);
    if (items == NULL) {
        return false;
    }
    formats->items = items;
    items[formats->count].number = number;
    items[formats->count].order = formats->count;
    book_number_format_read(code, &items[formats->count].format);
    formats->count++;
    return true;
}

bool book_formats_add_style(struct book_formats *formats, unsigned number) {
    uint16_t *styles = grow(formats->styles, sizeof(*styles), formats->style_count,
                            &formats->style_room, MOST_STYLES);
    if (styles == NULL) {
        return false;
    }
    formats->styles = styles;
    styles[formats->style_count++] = (uint16_t)(number > UINT16_MAX ? 0 : number);
    return true;
}

static int compare(const void *a, const void *b) {
    const struct book_numbered_format *one = a;
    const struct book_numbered_format *other = b;
    if (one->number != other->number) {
        return one->number < other->number ? -1 : 1;
    }
    return one->order < other->order ? -1 : 1;
}

void book_formats_start(struct book_formats *formats) {
    if (formats->count > 0) {
        qsort(formats->items, formats->count, sizeof(*formats->items), compare);
    }
    for (unsigned i = 0; i < KNOWN; i++) {
        const char *code = book_number_format_code(i);
        if (code != NULL) {
            book_number_format_read(code, &formats->known[i]);
        }
    }
    formats->started = true;
}

const struct book_number_format *book_formats_get(const struct book_formats *formats,
                                                  size_t style) {
    if (!formats->started || style >= formats->style_count) {
        return &general;
    }
    unsigned number = formats->styles[style];
    size_t low = 0;
    for (size_t high = formats->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (formats->items[middle].number <= number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low > 0 && formats->items[low - 1].number == number) {
        return &formats->items[low - 1].format;
    }
    return number < KNOWN ? &formats->known[number] : &general;
}

void book_formats_free(struct book_formats *formats) {
    free(formats->items);
    free(formats->styles);
    *formats = (struct book_formats){0};
}
