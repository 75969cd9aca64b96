#include "unit/nameless.h"
#include "unit/unit.h"

#include "base/buffer.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/uscc.h"
#include "guard/journal.h"
#include "registry/division.h"
#include "registry/fact.h"
#include "registry/industry.h"
#include "registry/scan.h"
#include "sample-db/calendar.h"
#include "sample-db/code.h"
#include "sample-db/county.h"
#include "sample-db/story.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define TODAY 20261122

static const struct actor officer = {.name = "王建国", .clock = {.frozen_on = TODAY}};
static struct error error = ERROR_INIT;

static struct sample_request request_of(int64_t enterprises, const char *seed) {
    return (struct sample_request){
        .enterprises = enterprises, .seed = seed, .actor = &officer, .today = TODAY};
}

static struct store *filled(int64_t enterprises, const char *seed, struct sample_report *report) {
    struct store *store = nameless_open();
    struct sample_request request = request_of(enterprises, seed);
    assert_ok(sample_fill(store, &request, NULL, report, &error), &error);
    return store;
}

static int64_t count_of(struct store *store, const char *sql) {
    int64_t number = -1;
    assert_ok(store_fetch_int(store, sql, NO_VALUES, -1, &number, &error), &error);
    return number;
}

/* The digest of everything in three tables, in order. */
static void digest_of(struct store *store, char hex[DIGEST_HEX_SIZE]) {
    static const struct {
        const char *sql;
        int columns;
    } tables[] = {
        {"SELECT * FROM enterprise ORDER BY id", 27},
        {"SELECT * FROM fact ORDER BY id", 15},
        {"SELECT * FROM source ORDER BY id", 2},
        {"SELECT actor, action, subject, before, after FROM journal ORDER BY id", 5},
    };
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        struct statement *rows = NULL;
        bool row = true;
        assert_ok(store_query(&rows, store, tables[i].sql, NO_VALUES, &error), &error);
        for (;;) {
            assert_ok(statement_step(rows, &row, &error), &error);
            if (!row) {
                break;
            }
            for (int column = 0; column < tables[i].columns; column++) {
                buffer_append_text(&text, statement_string(rows, column));
                buffer_append_char(&text, '\t');
            }
        }
        statement_free(rows);
    }
    assert_false(text.failed);
    assert_ok(digest_sha256_hex(text.data, text.length, hex, &error), &error);
    buffer_free(&text);
}

static void digest_of_seed(const char *seed, char hex[DIGEST_HEX_SIZE]) {
    struct sample_report report;
    struct store *store = filled(300, seed, &report);
    digest_of(store, hex);
    store_close(store);
}

static void test_one_request_makes_one_county(void **state) {
    (void)state;
    char first[DIGEST_HEX_SIZE];
    char again[DIGEST_HEX_SIZE];
    char other[DIGEST_HEX_SIZE];
    digest_of_seed("first", first);
    digest_of_seed("first", again);
    digest_of_seed("other", other);
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
}

static void test_the_county_is_the_same_on_every_machine(void **state) {
    (void)state;
    struct sample_random random;
    sample_random_start(&random, 1, 2);
    assert_int_equal(sample_random_next(&random), UINT64_C(0x5f147c977b052899));
}

static void test_every_code_is_valid_and_its_own(void **state) {
    (void)state;
    struct sample_report report;
    struct store *store = filled(3000, NULL, &report);
    struct statement *rows = NULL;
    bool row = true;
    int64_t codes = 0;
    assert_ok(store_query(&rows, store,
                          "SELECT uscc, kind, registration_number FROM enterprise "
                          "WHERE uscc IS NOT NULL",
                          NO_VALUES, &error),
              &error);
    for (;; codes++) {
        assert_ok(statement_step(rows, &row, &error), &error);
        if (!row) {
            break;
        }
        const char *code = statement_string(rows, 0);
        const char *kind = statement_string(rows, 1);
        assert_true(uscc_valid(code));
        assert_int_equal(uscc_organisation_check(code + 8), code[16]);
        assert_int_equal(code[0], '9');
        assert_int_equal(code[1], kind[0] == 'e' ? '1' : kind[0] == 'i' ? '2' : '3');
    }
    statement_free(rows);
    assert_int_equal(codes, count_of(store, "SELECT count(DISTINCT uscc) FROM enterprise"));
    assert_int_equal(count_of(store, "SELECT count(*) FROM enterprise WHERE uscc IS NULL "
                                     "AND length(registration_number) IS NOT 15"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(registration_number) - "
                                     "count(DISTINCT registration_number) FROM enterprise"),
                     0);
    store_close(store);
}

static void test_a_registration_number_has_its_check_digit(void **state) {
    (void)state;
    char number[SAMPLE_NUMBER_SIZE];
    for (uint32_t index = 0; index < 200; index++) {
        sample_code_number(number, index, 7, SAMPLE_ENTERPRISE);
        int product = 10;
        for (int i = 0; i < 14; i++) {
            int sum = (product + number[i] - '0') % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        assert_int_equal((product + number[14] - '0') % 10, 1);
    }
}

/* Checks that one name fits a table's column and is one for the eye. */
static void check_enterprise(struct statement *rows) {
    const char *name = statement_string(rows, 0);
    const char *region = statement_string(rows, 1);
    const char *industry = statement_text(rows, 2);
    assert_true(text_valid_utf8(name, strlen(name)));
    assert_in_range(text_width(name), 10, 60);
    assert_non_null(division_name(region));
    assert_true(industry == NULL || industry_name(industry) != NULL);
    assert_true(statement_is_null(rows, 3) || date_valid(statement_date(rows, 3)));
    assert_true(statement_date(rows, 3) <= TODAY);
}

static void test_firms_look_like_firms(void **state) {
    (void)state;
    struct sample_report report;
    struct store *store = filled(3000, NULL, &report);
    struct statement *rows = NULL;
    bool row = true;
    assert_ok(store_query(&rows, store,
                          "SELECT name, region, industry, established_on FROM enterprise",
                          NO_VALUES, &error),
              &error);
    for (;;) {
        assert_ok(statement_step(rows, &row, &error), &error);
        if (!row) {
            break;
        }
        check_enterprise(rows);
    }
    statement_free(rows);
    assert_int_equal(count_of(store, "SELECT count(DISTINCT name) FROM enterprise"), 3000);
    assert_int_equal(count_of(store, "SELECT count(*) FROM enterprise WHERE kind = 'cooperative' "
                                     "AND name NOT LIKE '%专业合作社'"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM enterprise WHERE key_field = 0 "
                                     "AND stub = 0 AND industry IN ('H6210', 'F5251', 'F5265')"),
                     0);
    store_close(store);
}

static void test_facts_keep_to_their_days(void **state) {
    (void)state;
    struct sample_report report;
    struct store *store = filled(3000, NULL, &report);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact JOIN enterprise "
                                     "ON enterprise.id = fact.id >> 20 "
                                     "WHERE occurred_on < established_on"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact WHERE occurred_on > 20261122 "
                                     "OR ended_on < occurred_on OR recorded_on <> 20261122"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact WHERE ended_on > 20261122 "
                                     "AND type NOT IN (19, 21, 34, 36)"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(document) - count(DISTINCT document) FROM fact"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact WHERE type = 1 AND "
                                     "strftime('%w', substr(occurred_on, 1, 4) || '-' || "
                                     "substr(occurred_on, 5, 2) || '-' || substr(occurred_on, 7)) "
                                     "IN ('0', '6')"),
                     0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact WHERE document LIKE '%{%' "
                                     "OR agency LIKE '%{%'"),
                     0);
    store_close(store);
}

static void test_the_county_has_its_mixture(void **state) {
    (void)state;
    struct sample_report report;
    struct store *store = filled(3000, NULL, &report);
    assert_int_equal(report.enterprises, 3000);
    assert_int_equal(report.facts, count_of(store, "SELECT count(*) FROM fact"));
    assert_in_range(report.facts, 3000 * 3, 3000 * 5);
    int64_t direct = count_of(store, "SELECT count(DISTINCT id >> 20) FROM fact "
                                     "WHERE type IN (3, 4, 5, 6) AND status = 0 "
                                     "AND (ended_on IS NULL OR ended_on > 20261122)");
    assert_in_range(direct, 75, 120);
    assert_in_range(report.conducts[SAMPLE_CALM], 1350, 1650);
    assert_in_range(count_of(store, "SELECT count(*) FROM enterprise WHERE kind = 'enterprise'"),
                    2550, 2730);
    assert_in_range(count_of(store, "SELECT count(*) FROM fact WHERE status <> 0"), 30, 200);
    for (int type = 1; type < FACT_TYPE_END; type++) {
        assert_true(report.facts_of_type[type] > 0);
    }
    store_close(store);
}

static void test_one_journal_entry_stands_for_all(void **state) {
    (void)state;
    struct sample_report report;
    struct store *store = filled(50, "\"", &report);
    int64_t entries = 0;
    assert_ok(journal_verify(store, &entries, &error), &error);
    assert_int_equal(entries, 1);
    assert_int_equal(count_of(store, "SELECT count(*) FROM journal WHERE action = 'sample.fill' "
                                     "AND json_extract(after, '$.enterprises') = 50 "
                                     "AND json_extract(after, '$.seed') = '\"'"),
                     1);
    store_close(store);
}

static void test_a_registry_in_use_is_left_alone(void **state) {
    (void)state;
    struct sample_report report;
    struct store *store = filled(20, NULL, &report);
    int64_t facts = count_of(store, "SELECT count(*) FROM fact");
    struct sample_request request = request_of(20, "other");
    assert_int_equal(sample_fill(store, &request, NULL, &report, &error), RESULT_REFUSED);
    assert_non_null(strstr(error_sentence(&error), "holds 20 enterprises already"));
    assert_int_equal(count_of(store, "SELECT count(*) FROM enterprise"), 20);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact"), facts);
    assert_int_equal(count_of(store, "SELECT count(*) FROM journal"), 1);
    error_clear(&error);
    store_close(store);
}

static bool stop_late(void *context, uint64_t done, uint64_t total) {
    (void)total;
    *(uint64_t *)context = done;
    return done < 400;
}

static void test_a_stopped_filling_leaves_nothing(void **state) {
    (void)state;
    struct store *store = nameless_open();
    uint64_t done = 0;
    struct progress progress = {.report = stop_late, .context = &done};
    struct sample_request request = request_of(600, NULL);
    struct sample_report report;
    assert_int_equal(sample_fill(store, &request, &progress, &report, &error), RESULT_CANCELLED);
    assert_int_equal(done, 400);
    error_clear(&error);
    assert_int_equal(count_of(store, "SELECT count(*) FROM enterprise"), 0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM fact"), 0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM source"), 0);
    assert_int_equal(count_of(store, "SELECT count(*) FROM journal"), 0);
    assert_ok(sample_fill(store, &request, NULL, &report, &error), &error);
    assert_int_equal(count_of(store, "SELECT count(*) FROM enterprise"), 600);
    store_close(store);
}

static void expect_usage(struct sample_request request, const char *words) {
    struct store *store = nameless_open();
    struct sample_report report;
    assert_int_equal(sample_fill(store, &request, NULL, &report, &error), RESULT_USAGE);
    assert_non_null(strstr(error_sentence(&error), words));
    error_clear(&error);
    store_close(store);
}

static void test_a_senseless_request_gets_a_sentence(void **state) {
    (void)state;
    expect_usage(request_of(-1, NULL), "1 to 5000000 enterprises, not -1");
    expect_usage(request_of(SAMPLE_MOST_FIRMS + 1, NULL), "not 5000001");
    expect_usage(request_of(10, "\xff"), "seed");
    struct sample_request request = request_of(10, NULL);
    request.months = 241;
    expect_usage(request, "240 months of history, not 241");
    request = request_of(10, NULL);
    request.today = 20260230;
    expect_usage(request, "as today");
}

static void test_free_days_are_passed_over(void **state) {
    (void)state;
    assert_int_equal(sample_workday(20261120, TODAY), 20261120); /* a Friday */
    assert_int_equal(sample_workday(20261121, TODAY), 20261120); /* Monday would be too late */
    assert_int_equal(sample_workday(20261114, TODAY), 20261116);
    assert_int_equal(sample_workday(20261001, TODAY), 20261008);
    assert_int_equal(sample_workday(20250101, TODAY), 20250102);
    assert_int_equal(sample_workday(19990102, TODAY), 19990104);
}

static void test_numbers_grow_with_the_year_and_never_repeat(void **state) {
    (void)state;
    struct sample_calendar *calendar = sample_calendar_new(TODAY, 2);
    assert_non_null(calendar);
    static const date wanted[] = {20261119, 20261119, 20261120};
    uint32_t last = 0;
    for (size_t i = 0; i < 3; i++) {
        date day = 20261119;
        uint32_t number = 0;
        assert_true(sample_calendar_take(calendar, 1, 2, true, TODAY, &day, &number));
        assert_int_equal(day, wanted[i]);
        assert_true(number > last);
        last = number;
    }
    date day = 20261120;
    uint32_t number = 0;
    assert_true(sample_calendar_take(calendar, 1, 2, true, TODAY, &day, &number));
    assert_false(sample_calendar_take(calendar, 1, 2, true, TODAY, &day, &number));
    day = 20261120;
    assert_true(sample_calendar_take(calendar, 0, 2, true, TODAY, &day, &number));
    assert_int_equal(day, 20261120);
    sample_calendar_free(calendar);
}

/* The flags of all trades together, to ask whether a story can ever be told. */
static uint32_t all_flags(void) {
    struct sample_words words;
    uint32_t flags = 0;
    assert_ok(sample_words_read(&words, &error), &error);
    for (size_t i = 0; i < words.trade_count; i++) {
        flags |= words.trades[i].flags;
        assert_non_null(industry_name(words.trades[i].industry));
        assert_true(words.trades[i].words[SAMPLE_ENTERPRISE].count > 0);
    }
    for (size_t i = 0; i < words.place_count; i++) {
        assert_string_not_equal(words.places[i].name, words.places[i].code);
    }
    sample_words_clear(&words);
    return flags;
}

static void test_every_story_can_be_told(void **state) {
    (void)state;
    uint32_t flags = all_flags();
    struct sample_book book;
    assert_ok(sample_book_read(&book, &error), &error);
    for (size_t i = 0; i < book.story_count; i++) {
        const struct sample_story *story = &book.stories[i];
        bool told = false;
        for (size_t rate = 0; rate < book.rate_count; rate++) {
            for (size_t j = 0; j < book.rates[rate].story_count; j++) {
                told = told || book.rates[rate].stories[j] == story;
            }
        }
        assert_true(told);
        assert_true(story->flags == 0 || (story->flags & flags) == story->flags);
    }
    for (size_t i = 0; i < book.rate_count; i++) {
        assert_true(book.rates[i].story_count > 0);
    }
    sample_book_clear(&book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_request_makes_one_county),
        cmocka_unit_test(test_the_county_is_the_same_on_every_machine),
        cmocka_unit_test(test_every_code_is_valid_and_its_own),
        cmocka_unit_test(test_a_registration_number_has_its_check_digit),
        cmocka_unit_test(test_firms_look_like_firms),
        cmocka_unit_test(test_facts_keep_to_their_days),
        cmocka_unit_test(test_the_county_has_its_mixture),
        cmocka_unit_test(test_one_journal_entry_stands_for_all),
        cmocka_unit_test(test_a_registry_in_use_is_left_alone),
        cmocka_unit_test(test_a_stopped_filling_leaves_nothing),
        cmocka_unit_test(test_a_senseless_request_gets_a_sentence),
        cmocka_unit_test(test_free_days_are_passed_over),
        cmocka_unit_test(test_numbers_grow_with_the_year_and_never_repeat),
        cmocka_unit_test(test_every_story_can_be_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
