#include "draw/select.h"

#include <stdlib.h>
#include <string.h>

int draw_entry_compare(const void *left, const void *right) {
    const struct draw_entry *a = left;
    const struct draw_entry *b = right;
    int order = memcmp(a->ticket, b->ticket, DIGEST_SIZE);
    return order != 0 ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

static void swap(struct draw_entry *a, struct draw_entry *b) {
    struct draw_entry moved = *a;
    *a = *b;
    *b = moved;
}

/* Hoare's partition around the middle entry: everything up to the returned place comes before
 * everything behind it. Tickets are hashes nobody chose, so no order of the input is a bad one. */
static size_t partition(struct draw_entry *entries, size_t count) {
    struct draw_entry pivot = entries[(count - 1) / 2];
    size_t low = 0;
    size_t high = count - 1;
    for (;;) {
        while (draw_entry_compare(&entries[low], &pivot) < 0) {
            low++;
        }
        while (draw_entry_compare(&entries[high], &pivot) > 0) {
            high--;
        }
        if (low >= high) {
            return high;
        }
        swap(&entries[low++], &entries[high--]);
    }
}

void draw_select(struct draw_entry *entries, size_t count, size_t wanted) {
    struct draw_entry *part = entries;
    size_t part_count = count;
    size_t part_wanted = wanted < count ? wanted : count;
    while (part_wanted > 0 && part_wanted < part_count) {
        size_t left = partition(part, part_count) + 1;
        if (part_wanted <= left) {
            part_count = left;
        } else {
            part += left;
            part_count -= left;
            part_wanted -= left;
        }
    }
    if (count > 0) {
        qsort(entries, wanted < count ? wanted : count, sizeof(*entries), draw_entry_compare);
    }
}
