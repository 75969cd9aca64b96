/* Working days: base/workday.h over the calendar of the program and calendars of the tests. */
#include "unit/unit.h"

#include "base/workday.h"

#include <stdio.h>
#include <string.h>

static struct workday_calendar load(void) {
    struct workday_calendar calendar;
    struct error error = ERROR_INIT;
    assert_ok(workday_calendar_load(&calendar, &error), &error);
    return calendar;
}

static void test_days_of_the_week_are_worked(void **state) {
    struct workday_calendar none = {.count = 0};
    (void)state;
    assert_true(workday_is(&none, 20261127));  /* a Friday */
    assert_false(workday_is(&none, 20261128)); /* Saturday */
    assert_false(workday_is(&none, 20261129)); /* Sunday */
    assert_true(workday_is(&none, 20261130));  /* Monday */
    assert_false(workday_is(&none, 19700104)); /* a Sunday before any calendar */
    assert_true(workday_is(&none, 19700105));
}

static void test_holidays_are_off_and_their_days_in_lieu_worked(void **state) {
    static const date off[] = {20240101, 20240217, 20240610, 20241007, 20250101, 20250128,
                               20250204, 20250602, 20251008, 20260102, 20260223, 20260406,
                               20260505, 20260619, 20260925, 20261007};
    static const date worked[] = {20240204, 20240511, 20241012, 20250126, 20250208, 20250427,
                                  20250928, 20251011, 20260104, 20260214, 20260228, 20260509,
                                  20260920, 20261010, 20250205, 20260224, 20261008};
    struct workday_calendar calendar = load();
    (void)state;
    for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++) {
        if (workday_is(&calendar, off[i])) {
            fail_msg("%d is off", (int)off[i]);
        }
    }
    for (size_t i = 0; i < sizeof(worked) / sizeof(worked[0]); i++) {
        if (!workday_is(&calendar, worked[i])) {
            fail_msg("%d is worked", (int)worked[i]);
        }
    }
}

/* Saturdays, Sundays and the holidays by law, 11 and since 2025 13 days, are off: what a year has
 * off beyond them is worked on other days, so a wrong line of the calendar shows in the sum. */
static void test_every_year_has_its_number_of_working_days(void **state) {
    static const struct {
        int year;
        int worked;
    } years[] = {{2024, 251}, {2025, 248}, {2026, 248}};
    struct workday_calendar calendar = load();
    (void)state;
    for (size_t i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
        int worked = 0;
        date last = date_make(years[i].year, 12, 31);
        for (date day = date_make(years[i].year, 1, 1); day <= last; day = date_add_days(day, 1)) {
            worked += workday_is(&calendar, day) ? 1 : 0;
        }
        assert_int_equal(worked, years[i].worked);
    }
}

static void test_working_days_are_counted_on(void **state) {
    struct workday_calendar calendar = load();
    bool certain = false;
    (void)state;
    assert_int_equal(workday_after(&calendar, 20261110, 20, &certain), 20261208);
    assert_int_equal(workday_count(&calendar, 2026, 11), 21);
    assert_int_equal(workday_count(&calendar, 2026, 2), 16); /* the Spring Festival */
    assert_int_equal(workday_count(&calendar, 2031, 2), 20); /* not known: Monday to Friday */
    assert_true(certain);
    assert_int_equal(workday_after(&calendar, 20261127, 1, NULL), 20261130); /* over a weekend */
    assert_int_equal(workday_after(&calendar, 20261128, 1, NULL), 20261130); /* from a Saturday */
    /* over the National Day, with 20 September and 10 October worked */
    assert_int_equal(workday_after(&calendar, 20260918, 20, &certain), 20261022);
    /* over the Spring Festival */
    assert_int_equal(workday_after(&calendar, 20260202, 20, &certain), 20260306);
    assert_true(certain);
    assert_int_equal(workday_after(&calendar, 20261110, 0, NULL), 20261110);
}

static void test_a_year_that_is_not_known_says_so(void **state) {
    struct workday_calendar calendar = load();
    bool certain = true;
    (void)state;
    assert_true(workday_year_known(&calendar, 2026));
    assert_false(workday_year_known(&calendar, 2027));
    assert_int_equal(workday_after(&calendar, 20261210, 20, &certain), 20270107);
    assert_false(certain);
}

static void test_a_calendar_is_read_strictly(void **state) {
    static const char *const wrong[] = {
        "2027-01-01\t2027-01-03\n", "2027-01-01\t2027-01-03\tfree\t元旦\n",
        "2027-01-03\t2027-01-01\toff\t元旦\n", "2027-02-30\t2027-03-01\toff\t\n",
        "2027-1-01\t2027-01-01\toff\t元旦\n"};
    struct workday_calendar calendar;
    struct error error = ERROR_INIT;
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char text[128];
        snprintf(text, sizeof(text), "# said to people\n%s", wrong[i]);
        assert_int_equal(workday_calendar_parse(&calendar, text, &error), RESULT_INVALID);
        assert_non_null(strstr(error_sentence(&error), "2"));
        error_clear(&error);
    }
    assert_ok(workday_calendar_parse(&calendar, "2027-01-01\t2027-01-03\toff\t元旦", &error),
              &error);
    assert_int_equal(calendar.count, 1);
    assert_false(workday_is(&calendar, 20270101));
    assert_true(workday_year_known(&calendar, 2027));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_of_the_week_are_worked),
        cmocka_unit_test(test_holidays_are_off_and_their_days_in_lieu_worked),
        cmocka_unit_test(test_every_year_has_its_number_of_working_days),
        cmocka_unit_test(test_working_days_are_counted_on),
        cmocka_unit_test(test_a_year_that_is_not_known_says_so),
        cmocka_unit_test(test_a_calendar_is_read_strictly),
    };
    return cmocka_run_group_tests_name("working days", tests, NULL, NULL);
}
