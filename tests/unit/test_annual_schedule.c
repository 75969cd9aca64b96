/* The arithmetic of an annual plan: sums are exact, months even, rates those that were asked. */
#include "unit/unit.h"

#include "plan/annual_schedule.h"
#include "unit/random.h"

#include <stdlib.h>
#include <string.h>

/* A number below a limit. */
static uint32_t random_below(random_state *state, uint32_t limit) {
    return (uint32_t)random_between(state, 0, (int)limit - 1);
}

/* A line with a batch in each month from first to last (from 0), all of the same weight. */
static struct annual_line make_line(int64_t population, uint64_t num, uint64_t den, int64_t times,
                                    size_t first, size_t last) {
    struct annual_line line = {
        .population = population, .share = {{num, den}, times}, .batch_count = last - first + 1};
    for (size_t i = 0; i < line.batch_count; i++) {
        line.weights[i] = 1;
        line.columns[i] = first + i;
    }
    return line;
}

static int64_t sum_of(const struct annual_line *line, int64_t round) {
    int64_t sum = 0;
    for (size_t i = 0; i < line->batch_count; i++) {
        bool in = round < 0 || annual_round(i, line->batch_count, line->share.times) == round;
        sum += in ? line->planned[i] : 0;
    }
    return sum;
}

/* The largest difference between months over all lines. */
static int64_t unevenness(const struct annual_line *lines, size_t count) {
    int64_t loads[ANNUAL_MONTHS] = {0};
    int64_t least = INT64_MAX;
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < lines[i].batch_count; j++) {
            loads[lines[i].columns[j]] += lines[i].planned[j];
        }
    }
    for (size_t month = 0; month < ANNUAL_MONTHS; month++) {
        least = loads[month] < least ? loads[month] : least;
        most = loads[month] > most ? loads[month] : most;
    }
    return most - least;
}

static void test_what_is_due_is_rounded_once(void **state) {
    (void)state;
    assert_int_equal(annual_due(5832, (struct draw_rate){1, 100}, 1), 58);
    assert_int_equal(annual_due(50, (struct draw_rate){1, 100}, 1), 1); /* a half goes up */
    assert_int_equal(annual_due(49, (struct draw_rate){1, 100}, 1), 0);
    assert_int_equal(annual_due(7, (struct draw_rate){1, 3}, 4), 9);
    assert_int_equal(annual_due(417, (struct draw_rate){1, 1}, 4), 1668);
    assert_int_equal(annual_due(1000000000, (struct draw_rate){999999999, 1000000000}, 12),
                     INT64_C(11999999988));
}

static void test_rounds_differ_by_one_batch_at_most(void **state) {
    (void)state;
    for (size_t count = 1; count <= ANNUAL_BATCHES_MOST; count++) {
        for (int64_t times = 1; times <= (int64_t)count; times++) {
            int64_t lengths[ANNUAL_BATCHES_MOST] = {0};
            int64_t least = INT64_MAX;
            int64_t most = 0;
            for (size_t i = 0; i < count; i++) {
                lengths[annual_round(i, count, times)]++;
            }
            for (int64_t i = 0; i < times; i++) {
                least = lengths[i] < least ? lengths[i] : least;
                most = lengths[i] > most ? lengths[i] : most;
            }
            assert_true(least >= 1 && most - least <= 1);
        }
    }
}

static void test_sums_are_exact(void **state) {
    (void)state;
    random_state seed = 7;
    for (int trial = 0; trial < 2000; trial++) {
        struct annual_line lines[12];
        size_t count = 1 + random_below(&seed, 12);
        for (size_t i = 0; i < count; i++) {
            size_t first = random_below(&seed, ANNUAL_MONTHS);
            size_t last = first + random_below(&seed, ANNUAL_MONTHS - (uint32_t)first);
            uint64_t den = 1 + random_below(&seed, 1000);
            lines[i] =
                make_line(random_below(&seed, 100000), 1 + random_below(&seed, (uint32_t)den), den,
                          1 + random_below(&seed, (uint32_t)(last - first + 1)), first, last);
            for (size_t j = 0; j < lines[i].batch_count; j++) {
                lines[i].weights[j] = 1 + random_below(&seed, 66);
            }
        }
        annual_spread(lines, count);
        for (size_t i = 0; i < count; i++) {
            const struct annual_share *share = &lines[i].share;
            for (int64_t round = 0; round < share->times; round++) {
                assert_int_equal(sum_of(&lines[i], round),
                                 annual_due(lines[i].population, share->rate, round + 1) -
                                     annual_due(lines[i].population, share->rate, round));
            }
            assert_int_equal(sum_of(&lines[i], -1),
                             annual_due(lines[i].population, share->rate, share->times));
        }
    }
}

static void test_months_are_even(void **state) {
    (void)state;
    random_state seed = 11;
    for (int trial = 0; trial < 500; trial++) {
        struct annual_line lines[12];
        size_t count = 1 + random_below(&seed, 12);
        for (size_t i = 0; i < count; i++) {
            lines[i] = make_line(random_below(&seed, 50000), 1 + random_below(&seed, 100), 100, 1,
                                 0, ANNUAL_MONTHS - 1);
        }
        annual_spread(lines, count);
        assert_true(unevenness(lines, count) <= 1);
    }
}

/* The negative control: lines that are spread one by one pile up what is left in the first months,
 * so evenness over tasks is not there by itself. */
static void test_lines_spread_alone_are_uneven(void **state) {
    (void)state;
    struct annual_line lines[8];
    for (size_t i = 0; i < 8; i++) {
        lines[i] = make_line(113, 1, 100, 1, 0, ANNUAL_MONTHS - 1); /* one visit each */
        annual_spread(&lines[i], 1);
    }
    assert_int_equal(unevenness(lines, 8), 8);
    annual_spread(lines, 8);
    assert_int_equal(unevenness(lines, 8), 1);
}

static void test_weights_share_out(void **state) {
    (void)state;
    struct annual_line line = make_line(6000, 1, 10, 1, 0, 2);
    line.weights[0] = 10;
    line.weights[1] = 20;
    line.weights[2] = 30;
    annual_spread(&line, 1);
    assert_int_equal(line.planned[0], 100);
    assert_int_equal(line.planned[1], 200);
    assert_int_equal(line.planned[2], 300);
}

static void assert_rate(struct draw_rate rate, uint64_t num, uint64_t den) {
    assert_int_equal(rate.num, num);
    assert_int_equal(rate.den, den);
}

static void test_a_year_that_goes_as_planned_draws_by_the_rates_then(void **state) {
    (void)state;
    struct annual_line line = make_line(1200, 1, 10, 1, 0, 11); /* ten a month */
    for (size_t i = 0; i < 12; i++) {
        int64_t drawn = 10 * (int64_t)i;
        struct draw_rate then = annual_rate_then(&line, i);
        assert_rate(then, annual_rate_now(&line, i, 1200 - drawn, drawn).num, then.den);
        assert_int_equal((1200 - drawn) * (int64_t)then.num, 10 * (int64_t)then.den);
    }
}

static void test_a_whole_class_is_covered_by_the_end_of_each_round(void **state) {
    (void)state;
    struct annual_line line = make_line(60, 1, 1, 4, 0, 11);
    for (size_t i = 0; i < 12; i++) {
        assert_rate(annual_rate_then(&line, i), 1, 3 - i % 3);
        assert_rate(annual_rate_now(&line, i, 17, 43), 1, 3 - i % 3);
    }
}

static void test_classes_that_grow_raise_the_rate_and_others_do_not(void **state) {
    (void)state;
    struct annual_line line = make_line(1000, 1, 5, 1, 0, 3);
    /* half of the round is over, 100 of 1000 are drawn, and 500 came in: of 1600 a fifth is 320. */
    struct draw_rate rate = annual_rate_now(&line, 2, 1400, 100);
    assert_rate(rate, 1, 14); /* (1400 - 4 x 100) / 5 / 2 / 1400 */
    assert_int_equal(annual_left(&line, 2, 1400, 100, 1500), 200000);
    /* nothing is left: a tenth of the even rate stays */
    assert_rate(annual_rate_now(&line, 3, 100, 900), 1, 50);
    assert_int_equal(annual_left(&line, 3, 100, 900, 1000), 0);
    assert_rate(annual_rate_now(&line, 3, 0, 900), 1, 5);
}

static void test_rates_stay_within_the_limit(void **state) {
    (void)state;
    struct annual_line line = make_line(999999937, 999983, 1000000, 1, 0, 11);
    for (size_t i = 0; i < 12; i++) {
        struct draw_rate rate = annual_rate_now(&line, i, 999999937, 1234567);
        assert_true(rate.num > 0 && rate.num <= rate.den && rate.den <= DRAW_NUMBER_LIMIT);
        double even = 0.999983 / (double)(12 - i);
        double want = even - 0.000017 * 1234567 / 999999937.0 / (double)(12 - i);
        double found = (double)rate.num / (double)rate.den;
        assert_true(found - want < 1e-9 && want - found < 1e-9);
    }
}

static void test_loads_of_a_quarter_spread_over_its_months(void **state) {
    (void)state;
    int64_t loads[ANNUAL_MONTHS] = {0};
    annual_load_add(loads, 100, 3, 5);
    annual_load_add(loads, 7, 11, 11);
    assert_int_equal(loads[3], 33);
    assert_int_equal(loads[4], 33);
    assert_int_equal(loads[5], 34);
    assert_int_equal(loads[11], 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_due_is_rounded_once),
        cmocka_unit_test(test_rounds_differ_by_one_batch_at_most),
        cmocka_unit_test(test_sums_are_exact),
        cmocka_unit_test(test_months_are_even),
        cmocka_unit_test(test_lines_spread_alone_are_uneven),
        cmocka_unit_test(test_weights_share_out),
        cmocka_unit_test(test_a_year_that_goes_as_planned_draws_by_the_rates_then),
        cmocka_unit_test(test_a_whole_class_is_covered_by_the_end_of_each_round),
        cmocka_unit_test(test_classes_that_grow_raise_the_rate_and_others_do_not),
        cmocka_unit_test(test_rates_stay_within_the_limit),
        cmocka_unit_test(test_loads_of_a_quarter_spread_over_its_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
