#include "plan/annual_schedule.h"

#include "base/date.h"

/* Parts of a visit that what is to be rounded is counted in. */
#define PARTS 1000000

__extension__ typedef __int128 wide;

int64_t annual_due(int64_t population, struct draw_rate rate, int64_t rounds) {
    wide twice = (wide)population * rounds * (int64_t)rate.num * 2 + (int64_t)rate.den;
    return (int64_t)(twice / ((wide)(int64_t)rate.den * 2));
}

int64_t annual_round(size_t batch, size_t count, int64_t times) {
    return (int64_t)batch * times / (int64_t)count;
}

/* The weights of a batch's round: of all its batches, and of those before the batch. */
struct round_weights {
    int64_t all;
    int64_t before;
    int64_t left; /* from the batch on */
};

static struct round_weights weigh(const struct annual_line *line, size_t batch) {
    struct round_weights sums = {0};
    int64_t round = annual_round(batch, line->batch_count, line->share.times);
    for (size_t i = 0; i < line->batch_count; i++) {
        if (annual_round(i, line->batch_count, line->share.times) == round) {
            sums.all += line->weights[i];
            sums.before += i < batch ? line->weights[i] : 0;
        }
    }
    sums.left = sums.all - sums.before;
    return sums;
}

/* ---- the plan of the year -------------------------------------------------------------------- */

/* The batch of a round with its even share not yet rounded up whose month is furthest behind. */
static size_t furthest_behind(const struct annual_line *line, size_t first, size_t end,
                              const int64_t owed[static ANNUAL_MONTHS],
                              const bool raised[static ANNUAL_BATCHES_MOST]) {
    size_t best = end;
    for (size_t i = first; i < end; i++) {
        if (!raised[i] && (best == end || owed[line->columns[i]] > owed[line->columns[best]])) {
            best = i;
        }
    }
    return best;
}

/* Spreads one round, the batches from first to before end; owed is what each month is behind, in
 * parts of a visit. */
static void spread_round(struct annual_line *line, size_t first, size_t end,
                         int64_t owed[static ANNUAL_MONTHS]) {
    bool raised[ANNUAL_BATCHES_MOST] = {false};
    int64_t round = annual_round(first, line->batch_count, line->share.times);
    int64_t all = weigh(line, first).all;
    int64_t left = annual_due(line->population, line->share.rate, round + 1) -
                   annual_due(line->population, line->share.rate, round);
    for (size_t i = first; i < end; i++) {
        wide parts = (wide)line->population * (int64_t)line->share.rate.num * line->weights[i];
        parts = parts * PARTS / ((wide)(int64_t)line->share.rate.den * all);
        line->planned[i] = (int64_t)(parts / PARTS);
        owed[line->columns[i]] += (int64_t)(parts % PARTS);
        left -= line->planned[i];
    }
    for (; left > 0; left--) {
        size_t one = furthest_behind(line, first, end, owed, raised);
        if (one == end) {
            break;
        }
        raised[one] = true;
        line->planned[one]++;
        owed[line->columns[one]] -= PARTS;
    }
}

void annual_spread(struct annual_line *lines, size_t count) {
    int64_t owed[ANNUAL_MONTHS] = {0};
    for (size_t i = 0; i < count; i++) {
        struct annual_line *line = &lines[i];
        for (size_t first = 0; first < line->batch_count;) {
            int64_t round = annual_round(first, line->batch_count, line->share.times);
            size_t end = first;
            while (end < line->batch_count &&
                   annual_round(end, line->batch_count, line->share.times) == round) {
                end++;
            }
            spread_round(line, first, end, owed);
            first = end;
        }
    }
}

/* ---- rates ----------------------------------------------------------------------------------- */

static wide common_divisor(wide left, wide right) {
    while (right != 0) {
        wide rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

/* num / den, 0 < num <= den, in lowest terms within the limit of rates. */
static struct draw_rate make_rate(wide num, wide den) {
    wide divisor = common_divisor(num, den);
    num /= divisor;
    den /= divisor;
    if (den > DRAW_NUMBER_LIMIT) {
        num = (num * DRAW_NUMBER_LIMIT * 2 + den) / (den * 2);
        num = num == 0 ? 1 : num;
        den = DRAW_NUMBER_LIMIT;
        divisor = common_divisor(num, den);
        num /= divisor;
        den /= divisor;
    }
    return (struct draw_rate){(uint64_t)num, (uint64_t)den};
}

struct draw_rate annual_rate_then(const struct annual_line *line, size_t batch) {
    struct round_weights sums = weigh(line, batch);
    int64_t num = (int64_t)line->share.rate.num;
    int64_t den = (int64_t)line->share.rate.den;
    return make_rate((wide)num * line->weights[batch],
                     (wide)den * sums.all - (wide)num * sums.before);
}

/* What is left of the round, times the rate's denominator. */
static wide round_left(const struct annual_line *line, int64_t eligible, int64_t drawn) {
    int64_t num = (int64_t)line->share.rate.num;
    int64_t den = (int64_t)line->share.rate.den;
    return (wide)num * eligible - (wide)(den - num) * drawn;
}

struct draw_rate annual_rate_now(const struct annual_line *line, size_t batch, int64_t eligible,
                                 int64_t drawn) {
    struct round_weights sums = weigh(line, batch);
    int64_t den = (int64_t)line->share.rate.den;
    wide even_num = (wide)(int64_t)line->share.rate.num * line->weights[batch];
    wide even_den = (wide)den * sums.left;
    if (eligible == 0) {
        return make_rate(even_num, even_den);
    }
    wide num = round_left(line, eligible, drawn) * line->weights[batch];
    wide full = even_den * eligible;
    return num * 10 < even_num * eligible ? make_rate(even_num, even_den * 10)
                                          : make_rate(num, full);
}

int64_t annual_left(const struct annual_line *line, size_t batch, int64_t eligible, int64_t drawn,
                    int64_t population) {
    int64_t round = annual_round(batch, line->batch_count, line->share.times);
    wide due = round_left(line, eligible, drawn);
    due = due < 0 ? 0 : due;
    due += (wide)(int64_t)line->share.rate.num * population * (line->share.times - round - 1);
    return (int64_t)(due * 1000 / (int64_t)line->share.rate.den);
}

/* ---- months ---------------------------------------------------------------------------------- */

void annual_load_add(int64_t loads[static ANNUAL_MONTHS], int64_t visits, size_t first_month,
                     size_t last_month) {
    int64_t months = (int64_t)(last_month - first_month) + 1;
    for (int64_t i = 0; i < months; i++) {
        loads[first_month + (size_t)i] += visits * (i + 1) / months - visits * i / months;
    }
}
