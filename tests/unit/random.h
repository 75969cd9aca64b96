/* A stream of numbers that is the same on every machine: property tests repeat exactly. */
#ifndef XINFENG_TESTS_RANDOM_H
#define XINFENG_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The state of a stream; set it to the seed. */
typedef uint64_t random_state;

/* The next number (SplitMix64). */
static inline uint64_t random_next(random_state *state) {
    uint64_t bits = *state += UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

/* A number from least to most. */
static inline int random_between(random_state *state, int least, int most) {
    return least + (int)(random_next(state) % (uint64_t)(most - least + 1));
}

#endif
