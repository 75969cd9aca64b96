/* Picks the smallest tickets. */
#ifndef XINFENG_DRAW_SELECT_H
#define XINFENG_DRAW_SELECT_H

#include "base/digest.h"

#include <stddef.h>
#include <stdint.h>

/* A unit in the lottery of its stratum. */
struct draw_entry {
    uint8_t ticket[DIGEST_SIZE];
    uint32_t unit; /* index into the frame, whose order is that of the ids' bytes */
};

/* Which of two entries comes first: the ticket as an unsigned big-endian number, then the bytes of
 * the unit's id. Negative, or positive; 0 only for one and the same unit. */
int draw_entry_compare(const void *left, const void *right);

/* Moves the `wanted` entries that come first to the front, in order; the rest follows in no order.
 * Linear in count on average, and only the front is sorted. */
void draw_select(struct draw_entry *entries, size_t count, size_t wanted);

#endif
