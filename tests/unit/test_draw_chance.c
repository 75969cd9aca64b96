/* The tickets' chances, measured. Seeds are "0", "1" ..., so every figure below is exact and
 * repeats on every machine; the critical values are those of chi-square at one in a million. */
#include "unit/unit.h"

#include "draw/select.h"
#include "draw/ticket.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 200 };

/* What is drawn from: ids of a letter and a number, and how much of a ticket counts. */
struct lottery {
    const char *draw_id;
    char letter;
    int digits;     /* fewest digits of the number */
    unsigned first; /* number of the first id */
    unsigned count;
    unsigned wanted;
    bool four_bits; /* the negative control: tickets cut to their first four bits */
};

/* The units of one draw in ticket order, numbered from 0. */
static void run_lottery(const struct lottery *lottery, unsigned seed_number, uint32_t *order) {
    struct error error = ERROR_INIT;
    struct draw_key *key = NULL;
    char seed[16];
    snprintf(seed, sizeof(seed), "%u", seed_number);
    assert_ok(draw_key_new(&key, lottery->draw_id, DRAW_PURPOSE_UNIT, seed, &error), &error);
    struct draw_entry entries[MOST];
    for (unsigned i = 0; i < lottery->count; i++) {
        char id[32];
        snprintf(id, sizeof(id), "%c%0*u", lottery->letter, lottery->digits, lottery->first + i);
        assert_ok(draw_ticket(key, id, strlen(id), entries[i].ticket, &error), &error);
        entries[i].unit = i;
        if (lottery->four_bits) {
            entries[i].ticket[0] &= 0xf0;
            memset(entries[i].ticket + 1, 0, DIGEST_SIZE - 1);
        }
    }
    draw_key_free(key);
    draw_select(entries, lottery->count, lottery->wanted);
    for (unsigned i = 0; i < lottery->wanted; i++) {
        order[i] = entries[i].unit;
    }
}

static double chi_square(const unsigned *counts, size_t cells, double expected) {
    double sum = 0;
    for (size_t i = 0; i < cells; i++) {
        double distance = counts[i] - expected;
        sum += distance * distance / expected;
    }
    return sum;
}

/* True when the figure is the one published, to its printed digits. */
static void assert_figure(double figure, const char *published, int digits) {
    char text[32];
    snprintf(text, sizeof(text), "%.*f", digits, figure);
    assert_string_equal(text, published);
}

enum { SUBSET_ROUNDS = 35000, PERMUTATION_ROUNDS = 24000, STRATUM_ROUNDS = 2000 };

/* Chi-square over the 35 subsets of three of E1 to E7. */
static double subsets_of_seven(bool four_bits) {
    const struct lottery lottery = {"ci", 'E', 1, 1, 7, 3, four_bits};
    unsigned by_mask[128] = {0};
    for (unsigned seed = 0; seed < SUBSET_ROUNDS; seed++) {
        uint32_t order[3];
        run_lottery(&lottery, seed, order);
        by_mask[1u << order[0] | 1u << order[1] | 1u << order[2]]++;
    }
    unsigned counts[35];
    size_t cells = 0;
    for (unsigned mask = 0; mask < 128; mask++) {
        unsigned members = 0;
        for (unsigned bits = mask; bits != 0; bits &= bits - 1) {
            members++;
        }
        if (members == 3) {
            counts[cells++] = by_mask[mask];
        } else {
            assert_int_equal(by_mask[mask], 0);
        }
    }
    assert_int_equal(cells, 35);
    return chi_square(counts, 35, SUBSET_ROUNDS / 35.0);
}

static void test_every_subset_is_as_likely(void **state) {
    (void)state;
    assert_figure(subsets_of_seven(false), "22.138", 3);
    assert_true(subsets_of_seven(true) > 88.38);
}

/* The place of a permutation of five in their alphabetical order (Lehmer's code). */
static unsigned permutation_number(const uint32_t order[5]) {
    unsigned number = 0;
    for (unsigned i = 0; i < 5; i++) {
        unsigned smaller = 0;
        for (unsigned j = i + 1; j < 5; j++) {
            smaller += order[j] < order[i];
        }
        number = number * (5 - i) + smaller;
    }
    return number;
}

static double permutations_of_five(bool four_bits) {
    const struct lottery lottery = {"ci-perm", 'E', 1, 1, 5, 5, four_bits};
    unsigned counts[120] = {0};
    for (unsigned seed = 0; seed < PERMUTATION_ROUNDS; seed++) {
        uint32_t order[5];
        run_lottery(&lottery, seed, order);
        counts[permutation_number(order)]++;
    }
    return chi_square(counts, 120, PERMUTATION_ROUNDS / 120.0);
}

static void test_every_order_is_as_likely(void **state) {
    (void)state;
    assert_figure(permutations_of_five(false), "118.29", 2);
    assert_true(permutations_of_five(true) > 207.2);
}

/* Chi-square over how often each unit was drawn. Units of one draw exclude one another, which makes
 * the plain sum (N-n)/(N-1) too small on average; the factor puts it back to N-1 degrees. */
static double inclusions(const struct lottery *lottery) {
    unsigned counts[MOST] = {0};
    for (unsigned seed = 0; seed < STRATUM_ROUNDS; seed++) {
        uint32_t order[8];
        run_lottery(lottery, seed, order);
        for (unsigned i = 0; i < lottery->wanted; i++) {
            counts[order[i]]++;
        }
    }
    double expected = (double)STRATUM_ROUNDS * lottery->wanted / lottery->count;
    return chi_square(counts, lottery->count, expected) * (lottery->count - 1) /
           (lottery->count - lottery->wanted);
}

static void test_every_unit_of_a_stratum_is_as_likely(void **state) {
    (void)state;
    struct lottery strata[] = {{"ci-strat", 'A', 4, 0, 200, 2, false},
                               {"ci-strat", 'B', 4, 0, 100, 5, false},
                               {"ci-strat", 'C', 4, 0, 40, 8, false}};
    assert_figure(inclusions(&strata[0]), "197.693", 3);
    assert_figure(inclusions(&strata[1]), "96.02", 2);
    assert_figure(inclusions(&strata[2]), "31.34", 2);
    /* Critical at 1e-6: 199, 99 and 39 degrees. */
    static const double critical[] = {308.60, 180.79, 96.13};
    for (size_t i = 0; i < 3; i++) {
        strata[i].four_bits = true;
        assert_true(inclusions(&strata[i]) > critical[i]);
    }
}

/* Chance that unit i is among the two largest of u^(1/w) with weights 1 2 3 4: drawing one after
 * the other with chances by weight, as an exact fraction over denominator. */
static unsigned long weighted_key_chance(unsigned i, unsigned long denominator) {
    unsigned long sum = denominator * (i + 1) / 10;
    for (unsigned j = 0; j < 4; j++) {
        if (j != i) {
            sum += denominator * (j + 1) * (i + 1) / (10 * (10 - (j + 1)));
        }
    }
    return sum;
}

/* Why units are not weighted by keys u^(1/w) (A-ES): the chances are not in proportion. */
static void test_weighted_keys_miss_the_chances_asked_for(void **state) {
    (void)state;
    const unsigned long denominator =
        2520; /* a multiple of every denominator below and in between */
    static const unsigned long published[][2] = {{197, 840}, {139, 315}, {73, 120}, {451, 630}};
    for (unsigned i = 0; i < 4; i++) {
        unsigned long chance = weighted_key_chance(i, denominator);
        assert_int_equal(chance, denominator / published[i][1] * published[i][0]);
        assert_int_not_equal(chance, denominator * 2 * (i + 1) / 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_subset_is_as_likely),
        cmocka_unit_test(test_every_order_is_as_likely),
        cmocka_unit_test(test_every_unit_of_a_stratum_is_as_likely),
        cmocka_unit_test(test_weighted_keys_miss_the_chances_asked_for),
    };
    return cmocka_run_group_tests_name("draw_chance", tests, NULL, NULL);
}
