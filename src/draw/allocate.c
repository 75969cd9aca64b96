#include "draw/allocate.h"

#include "base/gettext.h"
#include "draw/ticket.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Products of two 64-bit numbers are compared and divided in 128 bits. Every number that comes in
 * is at most DRAW_NUMBER_LIMIT = 10^9 < 2^30 (draw_measures_check and draw_strata_new refuse
 * others), which gives these bounds:
 *
 *   population * num          < 2^60
 *   2^64 * population * num   < 2^124
 *   u * den                   < 2^94      (u < 2^64)
 *   their sum                 < 2^125     < 2^128
 *   2^64 * den                < 2^94
 *   weight = population * w   < 2^60      fits uint64_t
 *   2 * places + 1            < 2^31 + 1
 *   weight * (2 * places + 1) < 2^92      < 2^128
 *
 * so nothing below can wrap around. */
__extension__ typedef unsigned __int128 wide;

_Static_assert(DRAW_NUMBER_LIMIT < UINT64_C(1) << 30, "the proof above rests on this");

uint64_t draw_round_unbiased(uint64_t population, struct draw_rate rate, uint64_t u) {
    wide numerator = ((wide)(population * rate.num) << 64) + (wide)u * rate.den;
    return (uint64_t)(numerator / ((wide)rate.den << 64));
}

uint64_t draw_round_up(uint64_t population, struct draw_rate rate) {
    return (population * rate.num + rate.den - 1) / rate.den;
}

/* True when a's claim to the next place goes before b's; a and b lie in one array. */
static bool claims_before(const struct draw_share *a, const struct draw_share *b) {
    wide left = (wide)a->weight * (2 * b->places + 1);
    wide right = (wide)b->weight * (2 * a->places + 1);
    return left != right ? left > right : a < b;
}

/* Lets the claimant at a place of the heap sink to where it belongs. */
static void sift_down(struct draw_share **heap, size_t count, size_t place) {
    for (;;) {
        size_t first = place;
        for (size_t child = 2 * place + 1; child <= 2 * place + 2 && child < count; child++) {
            if (claims_before(heap[child], heap[first])) {
                first = child;
            }
        }
        if (first == place) {
            return;
        }
        struct draw_share *moved = heap[place];
        heap[place] = heap[first];
        heap[first] = moved;
        place = first;
    }
}

enum result draw_apportion(struct draw_share *shares, size_t count, uint64_t total,
                           struct error *error) {
    struct draw_share **heap = calloc(count + 1, sizeof(*heap));
    if (heap == NULL) {
        return error_no_memory(error);
    }
    size_t size = 0;
    uint64_t given = 0;
    for (size_t i = 0; i < count; i++) {
        shares[i].places = shares[i].minimum;
        given += shares[i].minimum;
        if (shares[i].places < shares[i].maximum) {
            heap[size++] = &shares[i];
        }
    }
    for (size_t place = size / 2; place-- > 0;) {
        sift_down(heap, size, place);
    }
    for (; given < total && size > 0; given++) {
        heap[0]->places++;
        if (heap[0]->places == heap[0]->maximum) {
            heap[0] = heap[--size];
        }
        sift_down(heap, size, 0);
    }
    free(heap);
    return RESULT_OK;
}

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* What the strata of one rule have and give. */
struct rule_sum {
    uint64_t certain;    /* units of certain strata */
    uint64_t population; /* units of the others */
    uint64_t drawn;      /* of these, drawn so far */
};

static struct rule_sum sum_rule(const struct draw_strata *strata, size_t rule) {
    struct rule_sum sum = {0, 0, 0};
    for (size_t i = 0; i < strata->count; i++) {
        const struct draw_stratum *stratum = &strata->items[i];
        if (stratum->rule != rule) {
            continue;
        }
        if (stratum->certain) {
            sum.certain += stratum->population;
        } else {
            sum.population += stratum->population;
            sum.drawn += stratum->drawn;
        }
    }
    return sum;
}

/* Shares out a rule's total among its strata that are left to chance, by population. */
static enum result share_rule(struct draw_strata *strata, size_t rule, uint64_t total,
                              struct error *error) {
    struct draw_share *shares = calloc(strata->count, sizeof(*shares));
    if (shares == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < strata->count; i++) {
        const struct draw_stratum *stratum = &strata->items[i];
        if (stratum->rule == rule && !stratum->certain) {
            shares[i].weight = stratum->population;
            shares[i].maximum = stratum->population;
        }
    }
    enum result code = draw_apportion(shares, strata->count, total, error);
    for (size_t i = 0; i < strata->count && code == RESULT_OK; i++) {
        if (shares[i].maximum > 0) {
            strata->items[i].drawn = shares[i].places;
        }
    }
    free(shares);
    return code;
}

/* Brings a rule's strata to the total that rounding up and the bounds ask for. */
static enum result settle_rule(struct draw_strata *strata, const struct draw_measures *measures,
                               size_t index, struct error *error) {
    const struct draw_rule *rule = &measures->rules[index];
    struct rule_sum sum = sum_rule(strata, index);
    if (sum.certain > rule->maximum) {
        return error_set(error, RESULT_USAGE,
                         _("At most %llu units of class %c may be drawn, but %llu of them are "
                           "taken with certainty."),
                         (unsigned long long)rule->maximum, rule->risk_class,
                         (unsigned long long)sum.certain);
    }
    uint64_t lowest = rule->minimum > sum.certain ? rule->minimum - sum.certain : 0;
    uint64_t highest = smaller(sum.population, rule->maximum - sum.certain);
    bool up = measures->rounding == DRAW_ROUNDING_CEIL;
    uint64_t total = up ? draw_round_up(sum.population, rule->rate) : sum.drawn;
    if (total < lowest) {
        total = lowest;
    }
    total = smaller(total, highest);
    if (!up && total == sum.drawn) {
        return RESULT_OK;
    }
    return share_rule(strata, index, total, error);
}

/* Rounds every stratum left to chance by its own ticket. */
static enum result round_strata(struct draw_strata *strata, const char *draw_id, const char *seed,
                                struct error *error) {
    struct draw_key *key = NULL;
    enum result code = draw_key_new(&key, draw_id, DRAW_PURPOSE_ROUND, seed, error);
    for (size_t i = 0; i < strata->count && code == RESULT_OK; i++) {
        struct draw_stratum *stratum = &strata->items[i];
        if (stratum->certain) {
            continue;
        }
        uint8_t ticket[DIGEST_SIZE];
        code = draw_ticket(key, stratum->code, strlen(stratum->code), ticket, error);
        if (code == RESULT_OK) {
            stratum->drawn = draw_round_unbiased(stratum->population, stratum->rate,
                                                 draw_ticket_leading(ticket));
        }
    }
    draw_key_free(key);
    return code;
}

static enum result allocate_rates(struct draw_strata *strata, const struct draw_measures *measures,
                                  const char *draw_id, const char *seed, struct error *error) {
    enum result code = RESULT_OK;
    if (measures->rounding == DRAW_ROUNDING_UNBIASED) {
        code = round_strata(strata, draw_id, seed, error);
    }
    for (size_t i = 0; i < measures->rule_count && code == RESULT_OK; i++) {
        code = settle_rule(strata, measures, i, error);
    }
    return code;
}

static void claim_stratum(struct draw_share *share, const struct draw_stratum *stratum,
                          const struct draw_measures *measures) {
    if (stratum->certain) {
        share->minimum = stratum->population;
        share->maximum = stratum->population;
        return;
    }
    share->weight = stratum->population * measures->rules[stratum->rule].weight;
    share->minimum = smaller(measures->stratum_minimum, stratum->population);
    share->maximum = smaller(measures->stratum_maximum, stratum->population);
}

static enum result check_total(const struct draw_share *shares, size_t count, uint64_t total,
                               struct error *error) {
    uint64_t minimum = 0;
    uint64_t maximum = 0;
    for (size_t i = 0; i < count; i++) {
        minimum += shares[i].minimum;
        maximum += shares[i].maximum;
    }
    if (minimum > total) {
        return error_set(error, RESULT_USAGE,
                         _("A total of %llu is too small: the minima of the strata and the units "
                           "taken with certainty come to %llu."),
                         (unsigned long long)total, (unsigned long long)minimum);
    }
    if (total > maximum) {
        return error_set(error, RESULT_USAGE,
                         _("A total of %llu is too large: the strata can give %llu at most."),
                         (unsigned long long)total, (unsigned long long)maximum);
    }
    return RESULT_OK;
}

static enum result allocate_total(struct draw_strata *strata, const struct draw_measures *measures,
                                  struct error *error) {
    struct draw_share *shares = calloc(strata->count, sizeof(*shares));
    if (shares == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < strata->count; i++) {
        claim_stratum(&shares[i], &strata->items[i], measures);
    }
    enum result code = check_total(shares, strata->count, measures->total, error);
    if (code == RESULT_OK) {
        code = draw_apportion(shares, strata->count, measures->total, error);
    }
    for (size_t i = 0; i < strata->count && code == RESULT_OK; i++) {
        strata->items[i].drawn = shares[i].places;
    }
    free(shares);
    return code;
}

enum result draw_allocate(struct draw_strata *strata, const struct draw_measures *measures,
                          const char *draw_id, const char *seed, struct error *error) {
    for (size_t i = 0; i < strata->count; i++) {
        struct draw_stratum *stratum = &strata->items[i];
        stratum->drawn = stratum->certain ? stratum->population : 0;
    }
    return measures->mode == DRAW_MODE_RATE ? allocate_rates(strata, measures, draw_id, seed, error)
                                            : allocate_total(strata, measures, error);
}
