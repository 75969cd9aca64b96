/* How many units each stratum gives: whole numbers only, the same on every machine. */
#ifndef XINFENG_DRAW_ALLOCATE_H
#define XINFENG_DRAW_ALLOCATE_H

#include "base/result.h"
#include "draw/measures.h"
#include "draw/strata.h"

#include <stddef.h>
#include <stdint.h>

/* One claimant in a sharing out of places. */
struct draw_share {
    uint64_t weight;  /* at most DRAW_NUMBER_LIMIT squared */
    uint64_t minimum; /* places given beforehand */
    uint64_t maximum; /* at most DRAW_NUMBER_LIMIT */
    uint64_t places;  /* the result */
};

/* Shares out places by Sainte-Lague's divisors 1, 3, 5 ... (A. Sainte-Lague, 1910; Webster's
 * method): each claimant starts at its minimum; each next place goes to the one below its maximum
 * with the largest weight / (2 places + 1), at a tie to the earlier one. Unlike largest remainder
 * it never takes a place back when the total grows. The caller sees to it that the minima sum to
 * at most total and the maxima to at least that; RESULT_NO_MEMORY is the only failure. */
enum result draw_apportion(struct draw_share *shares, size_t count, uint64_t total,
                           struct error *error);

/* floor(population * rate + u / 2^64), exactly: with u even over all 64-bit numbers the mean is
 * population * rate. population, num and den at most DRAW_NUMBER_LIMIT, num <= den. */
uint64_t draw_round_unbiased(uint64_t population, struct draw_rate rate, uint64_t u);

/* ceil(population * rate), exactly; bounds as above. */
uint64_t draw_round_up(uint64_t population, struct draw_rate rate);

/* Sets `drawn` of every stratum by measures that draw_measures_check let through.
 *
 * Certain strata give all. Rate mode, per rule: the rest of the rule's units is rounded stratum by
 * stratum with the `round` ticket of the stratum's code (unbiased), or rounded up once and shared
 * out among the strata by their populations (ceil). Where that and the certain units together fall
 * outside the rule's minimum or maximum, the bound takes its place and is shared out likewise; a
 * minimum above what the class has takes all. Total mode: strata weigh population x weight and
 * share the total within the bounds of a stratum, certain strata giving all of theirs.
 *
 * RESULT_USAGE with a sentence when the bounds cannot be met. */
enum result draw_allocate(struct draw_strata *strata, const struct draw_measures *measures,
                          const char *draw_id, const char *seed, struct error *error);

#endif
