/* How the visits of a year are spread over its batches: pure, whole numbers only, the same on every
 * machine (X13 to X16: ratio and frequency by class). */
#ifndef XINFENG_PLAN_ANNUAL_SCHEDULE_H
#define XINFENG_PLAN_ANNUAL_SCHEDULE_H

#include "draw/measures.h"

#include <stddef.h>
#include <stdint.h>

#define ANNUAL_MONTHS 12

/* The batches of a task: at most one a month. */
#define ANNUAL_BATCHES_MOST ANNUAL_MONTHS

/* What a class is due in a year: its batches are parted into so many rounds, and each round draws
 * this rate of the class, nobody twice. */
struct annual_share {
    struct draw_rate rate; /* above 0, at most 1 */
    int64_t times;         /* rounds, from 1 to the number of batches */
};

/* A line of the schedule: a class of a task. */
struct annual_line {
    int64_t
        population; /* enterprises of the class in the task's scope; at most DRAW_NUMBER_LIMIT */
    struct annual_share share;
    size_t batch_count;
    int64_t weights[ANNUAL_BATCHES_MOST]; /* of each batch, above 0: its working days */
    size_t columns[ANNUAL_BATCHES_MOST];  /* the month each batch stands in, from 0 */
    int64_t planned[ANNUAL_BATCHES_MOST]; /* the result */
};

/* The visits due in the first so many rounds: population x rate x rounds to the nearest whole
 * number, halves up. */
int64_t annual_due(int64_t population, struct draw_rate rate, int64_t rounds);

/* The round that a batch (from 0) of count stands in, from 0: rounds differ by one batch at most.
 */
int64_t annual_round(size_t batch, size_t count, int64_t times);

/* Sets planned of all lines: each round of a line sums to exactly what is due in it, and each batch
 * gets its part by weight, rounded down or up. What is left of a round goes to the months that are
 * furthest behind over all lines so far, at a tie the earlier: lines of one task and equal weights
 * give months that differ by one at most. */
void annual_spread(struct annual_line *lines, size_t count);

/* The rate by which a batch would draw if nothing changed: of those not yet drawn in the round,
 * as many as make the class's rate even over the round. */
struct draw_rate annual_rate_then(const struct annual_line *line, size_t batch);

/* The rate by which a batch draws from `eligible` enterprises (those of the class who can be drawn
 * now) when `drawn` of the class were drawn earlier in the round: what is left of the rate of
 * both together, shared out over this batch and the later ones of the round by weight. Where
 * nothing is left, a tenth of the even rate remains, as no class is outside chance. An exact
 * fraction, except that one whose denominator would pass DRAW_NUMBER_LIMIT is taken to the nearest
 * billionth. */
struct draw_rate annual_rate_now(const struct annual_line *line, size_t batch, int64_t eligible,
                                 int64_t drawn);

/* The visits still due in the year before a batch, likewise, in thousandths: what is left of its
 * round, and whole rounds of a class of so many after it. */
int64_t annual_left(const struct annual_line *line, size_t batch, int64_t eligible, int64_t drawn,
                    int64_t population);

/* Spreads the visits of a batch over its months, the sum exact. loads has one place a month of the
 * year; months count from 0, last included. */
void annual_load_add(int64_t loads[static ANNUAL_MONTHS], int64_t visits, size_t first_month,
                     size_t last_month);

#endif
