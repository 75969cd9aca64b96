/* What a sample says of all: plan/estimate.h, against numbers worked out by hand. */
#include "plan/estimate.h"
#include "unit/unit.h"

static void near(double found, double wanted) {
    assert_true(found > wanted - 5e-6 && found < wanted + 5e-6);
}

/* Wilson's interval, as textbooks have it: 8 of 20, and the ends. */
static void shares_have_wilson_intervals(void **state) {
    (void)state;
    struct estimate some = estimate_share(8, 20);
    assert_true(some.known);
    near(some.share, 0.4);
    near(some.low, 0.218807);
    near(some.high, 0.613418);
    struct estimate nothing = estimate_share(0, 10);
    near(nothing.low, 0);
    near(nothing.high, 0.277533);
    struct estimate everything = estimate_share(10, 10);
    near(everything.low, 0.722467);
    near(everything.high, 1);
    assert_false(estimate_share(0, 0).known);
}

/* N 900, n 9, 1 found; N 100, n 50, 25 found: 0.9 / 9 + 0.1 / 2 = 0.15. */
static void strata_count_by_their_size(void **state) {
    static const struct estimate_stratum strata[] = {{900, 9, 1}, {100, 50, 25}};
    (void)state;
    struct estimate all = estimate_stratified(strata, 2);
    near(all.share, 0.15);
    /* 0.81 x 0.99 x (8/81)/8 + 0.01 x 0.5 x 0.25/49 = 0.0099255; its root 0.0996268 */
    near(all.high, 0.15 + 1.959964 * 0.0996268);
    near(all.low, 0);
}

static void what_was_not_checked_says_nothing(void **state) {
    static const struct estimate_stratum strata[] = {{100, 0, 0}, {50, 50, 10}};
    (void)state;
    struct estimate all = estimate_stratified(strata, 2);
    near(all.share, 0.2);
    near(all.low, 0.2); /* checked whole: nothing is left to chance */
    near(all.high, 0.2);
    assert_false(estimate_stratified(strata, 1).known);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_have_wilson_intervals),
        cmocka_unit_test(strata_count_by_their_size),
        cmocka_unit_test(what_was_not_checked_says_nothing),
    };
    return cmocka_run_group_tests_name("estimate", tests, NULL, NULL);
}
