/* The generator behind the sample county: xoshiro256**, seeded through SplitMix64, integers only,
 * so that every machine draws the same. Not for the draw of inspections. */
#ifndef XINFENG_SAMPLE_RANDOM_H
#define XINFENG_SAMPLE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stream of numbers; copy it to draw the same again. */
struct sample_random {
    uint64_t state[4];
};

/* Begins stream number `stream` of a seed. Streams do not depend on each other, so that one firm
 * stays what it is whatever its neighbours draw. */
void sample_random_start(struct sample_random *random, uint64_t seed, uint64_t stream);

/* The next 64 bits. */
uint64_t sample_random_next(struct sample_random *random);

/* 0 to count - 1; 0 when count is 0. */
uint32_t sample_random_below(struct sample_random *random, uint32_t count);

/* low to high, both included; low when high is not above it. */
int32_t sample_random_between(struct sample_random *random, int32_t low, int32_t high);

/* True in part of whole cases. */
bool sample_random_chance(struct sample_random *random, uint32_t part, uint32_t whole);

/* An index below count, by weight: cumulative[i] is the sum of the weights up to i. count > 0. */
size_t sample_random_weighted(struct sample_random *random, const uint32_t *cumulative,
                              size_t count);

#endif
