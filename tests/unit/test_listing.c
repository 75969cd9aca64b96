#include "unit/unit.h"

#include "score/distribution.h"
#include "score/listing.h"
#include "unit/county.h"

#include <string.h>

static struct county county;

static int open_county(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    return 0;
}

static int close_county(void **state) {
    (void)state;
    county_close(&county);
    return 0;
}

/* Runs a period; fails the test when that fails. */
static struct period run(int64_t id) {
    struct period period;
    assert_ok(period_run(county.store, &county.officer, id, false, NULL, &period, &county.error),
              &county.error);
    return period;
}

#define MOST_ROWS 400

/* All rows by one page; *count of them. */
static struct listing_row *whole_list(const struct listing_filter *filter, size_t *count) {
    struct listing_row *rows = arena_alloc(county.arena, MOST_ROWS * sizeof(*rows));
    assert_ok(listing_page(county.store, filter, LISTING_AFTER, NULL, county.arena, rows, MOST_ROWS,
                           count, &county.error),
              &county.error);
    int64_t counted = 0;
    assert_ok(listing_count(county.store, filter, &counted, &county.error), &county.error);
    assert_int_equal(counted, *count);
    return rows;
}

/* Pages of one size, forward from the beginning and backward from the end, are the whole list. */
static void check_pages(const struct listing_filter *filter, size_t size) {
    size_t count = 0;
    struct listing_row *whole = whole_list(filter, &count);
    struct listing_row rows[64];
    size_t got = size;
    struct listing_key key;
    size_t seen = 0;
    while (got == size) {
        assert_ok(listing_page(county.store, filter, LISTING_AFTER, seen == 0 ? NULL : &key,
                               county.arena, rows, size, &got, &county.error),
                  &county.error);
        for (size_t i = 0; i < got; i++) {
            assert_true(seen < count);
            assert_int_equal(rows[i].key.id, whole[seen++].key.id);
        }
        key = got == 0 ? key : rows[got - 1].key;
    }
    assert_int_equal(seen, count);
    got = size;
    while (got == size) {
        assert_ok(listing_page(county.store, filter, LISTING_BEFORE, seen == count ? NULL : &key,
                               county.arena, rows, size, &got, &county.error),
                  &county.error);
        for (size_t i = got; i > 0; i--) {
            assert_true(seen > 0);
            assert_int_equal(rows[i - 1].key.id, whole[--seen].key.id);
        }
        key = got == 0 ? key : rows[0].key;
    }
    assert_int_equal(seen, 0);
}

static void test_pages_make_up_the_list(void **state) {
    (void)state;
    random_state seed = 13;
    county_fill(&county, &seed, 230);
    run(202610);
    struct listing_filter filters[] = {
        {.period = 202610, .risk_class = CLASS_COUNT, .sort = LISTING_BY_SCORE},
        {.period = 202610, .risk_class = CLASS_COUNT, .sort = LISTING_BY_ID},
        {.period = 202610, .risk_class = CLASS_B, .sort = LISTING_BY_SCORE},
        {.period = 202610, .risk_class = CLASS_A, .sort = LISTING_BY_ID},
        {.period = 0, .risk_class = CLASS_COUNT, .sort = LISTING_BY_SCORE},
        {.period = 202610, .risk_class = CLASS_COUNT, .region = "652323", .industry = "F52"},
        {.period = 202610, .risk_class = CLASS_COUNT, .region = "99"},
    };
    for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
        check_pages(&filters[i], 1);
        check_pages(&filters[i], 7);
        check_pages(&filters[i], 46); /* 230 rows: the last page is full */
    }
    size_t count = 0;
    struct listing_row *rows = whole_list(&filters[0], &count);
    assert_int_equal(count, 230);
    for (size_t i = 1; i < count; i++) {
        assert_true(
            rows[i - 1].key.total > rows[i].key.total ||
            (rows[i - 1].key.total == rows[i].key.total && rows[i - 1].key.id > rows[i].key.id));
    }
}

static bool begins(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

static void test_filters_let_through_what_they_say(void **state) {
    (void)state;
    random_state seed = 14;
    county_fill(&county, &seed, 230);
    run(202610);
    struct listing_filter all = {.period = 202610, .risk_class = CLASS_COUNT};
    size_t count = 0;
    struct listing_row *rows = whole_list(&all, &count);
    struct listing_filter filters[] = {
        {.period = 202610, .risk_class = CLASS_B},
        {.period = 202610, .risk_class = CLASS_COUNT, .region = "652323"},
        {.period = 202610, .risk_class = CLASS_COUNT, .region = "652323104"},
        {.period = 202610, .risk_class = CLASS_COUNT, .industry = "F52"},
        {.period = 202610, .risk_class = CLASS_COUNT, .key_field = true},
        {.period = 202610,
         .risk_class = CLASS_A,
         .region = "6523",
         .industry = "F",
         .key_field = true},
    };
    for (size_t f = 0; f < sizeof(filters) / sizeof(filters[0]); f++) {
        const struct listing_filter *filter = &filters[f];
        size_t expected = 0;
        for (size_t i = 0; i < count; i++) {
            expected +=
                (filter->risk_class == CLASS_COUNT || rows[i].risk_class == filter->risk_class) &&
                        (filter->region == NULL || begins(rows[i].region, filter->region)) &&
                        (filter->industry == NULL || begins(rows[i].industry, filter->industry)) &&
                        (!filter->key_field || rows[i].key_field)
                    ? 1
                    : 0;
        }
        size_t found = 0;
        whole_list(filter, &found);
        assert_int_equal(found, expected);
        assert_true(found > 0);
    }
}

static void test_enterprises_are_found_by_name_code_and_initials(void **state) {
    (void)state;
    for (int n = 1; n <= 30; n++) {
        county_add(&county, n, NULL);
    }
    struct enterprise known = enterprise_unknown();
    known.name = "天达（集团）Ａ股份有限公司";
    known.uscc = "";
    known.registration_number = "652323050001234";
    int64_t wanted = county_add(&county, 31, &known);
    run(202610);
    char uscc[USCC_SIZE];
    county_uscc(17, uscc);
    char small[USCC_SIZE];
    for (int i = 0; i < USCC_SIZE; i++) {
        small[i] = uscc[i] >= 'A' && uscc[i] <= 'Z' ? (char)(uscc[i] - 'A' + 'a') : uscc[i];
    }
    const struct {
        const char *find;
        size_t count;
        int64_t id;
    } cases[] = {
        {"天达(集团)", 1, wanted},
        {" 天达 (集团) ａ ", 1, wanted},
        {"tdjtgf", 1, wanted},
        {"TDJT", 1, wanted},
        {"6523230500", 1, wanted},
        {"第17商贸", 1, 17},
        {uscc, 1, 17},
        {small, 1, 17},
        {"91652323MA", 30, 0},
        {"htbxd17", 1, 17},
        {"没有这家", 0, 0},
        {"%", 0, 0},
        {"' OR 1=1 --", 0, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct listing_filter filter = {
            .period = 202610, .risk_class = CLASS_COUNT, .find = cases[i].find};
        size_t count = 0;
        struct listing_row *rows = whole_list(&filter, &count);
        if (count != cases[i].count) {
            fail_msg("\"%s\" finds %zu", cases[i].find, count);
        }
        assert_true(cases[i].id == 0 || rows[0].key.id == cases[i].id);
    }
}

static void test_the_distribution_is_that_of_the_results(void **state) {
    (void)state;
    random_state seed = 15;
    county_fill(&county, &seed, 150);
    run(202609);
    struct period period = run(202610);
    for (int by = DISTRIBUTION_WHOLE; by <= DISTRIBUTION_BY_MONTH; by++) {
        struct distribution_row *rows = NULL;
        size_t count = 0;
        assert_ok(distribution_load(county.store, &period, (enum distribution_by)by, county.arena,
                                    &rows, &count, &county.error),
                  &county.error);
        int64_t classes[CLASS_COUNT] = {0};
        for (size_t i = 0; i < count; i++) {
            for (int c = 0; c < CLASS_COUNT; c++) {
                classes[c] += by == DISTRIBUTION_BY_MONTH && i > 0 ? 0 : rows[i].classes[c];
            }
        }
        assert_memory_equal(classes, period.classes, sizeof(classes));
        static const size_t expected[] = {1, 4, 4, 2};
        assert_int_equal(count, expected[by]);
    }
    enum distribution_by by;
    assert_true(distribution_find("industry", &by) && by == DISTRIBUTION_BY_INDUSTRY);
    assert_true(distribution_find(NULL, &by) && by == DISTRIBUTION_WHOLE);
    assert_false(distribution_find("village", &by));
}

#define LISTING_TEST(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        LISTING_TEST(test_pages_make_up_the_list),
        LISTING_TEST(test_filters_let_through_what_they_say),
        LISTING_TEST(test_enterprises_are_found_by_name_code_and_initials),
        LISTING_TEST(test_the_distribution_is_that_of_the_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
