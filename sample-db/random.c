#include "sample-db/random.h"

static uint64_t split_mix(uint64_t *state) {
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

void sample_random_start(struct sample_random *random, uint64_t seed, uint64_t stream) {
    uint64_t mixed = stream;
    uint64_t state = seed ^ split_mix(&mixed);
    for (int i = 0; i < 4; i++) {
        random->state[i] = split_mix(&state);
    }
}

static uint64_t rotate(uint64_t bits, int places) {
    return (bits << places) | (bits >> (64 - places));
}

uint64_t sample_random_next(struct sample_random *random) {
    uint64_t *state = random->state;
    uint64_t result = rotate(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 45);
    return result;
}

uint32_t sample_random_below(struct sample_random *random, uint32_t count) {
    return (uint32_t)(((sample_random_next(random) >> 32) * count) >> 32);
}

int32_t sample_random_between(struct sample_random *random, int32_t low, int32_t high) {
    if (high <= low) {
        return low;
    }
    return low + (int32_t)sample_random_below(random, (uint32_t)(high - low) + 1);
}

bool sample_random_chance(struct sample_random *random, uint32_t part, uint32_t whole) {
    return sample_random_below(random, whole) < part;
}

size_t sample_random_weighted(struct sample_random *random, const uint32_t *cumulative,
                              size_t count) {
    uint32_t drawn = sample_random_below(random, cumulative[count - 1]);
    size_t low = 0;
    size_t high = count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cumulative[middle] > drawn) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
