/* Sorting many texts of which most share their beginnings, such as the names of one city. Shared
 * inside registry/. */
#ifndef XINFENG_REGISTRY_KEY_SORT_H
#define XINFENG_REGISTRY_KEY_SORT_H

#include <stddef.h>
#include <stdint.h>

/* One text and the number of what it belongs to. */
struct sort_key {
    uint64_t head; /* for sorting */
    const unsigned char *text;
    uint32_t length;
    uint32_t number;
};

/* Sorts by the bytes of the texts, those that are alike by number. A zero byte counts as an end of
 * a text that is part of another: no text may go on as another one ends. */
void key_sort(struct sort_key *keys, size_t count);

#endif
