#include "unit/unit.h"

#include "draw/allocate.h"
#include "draw/draw.h"
#include "draw/frame.h"
#include "draw/select.h"
#include "draw/strata.h"
#include "draw/ticket.h"
#include "unit/draw_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t county[][4] = {
    {160, 90, 30, 6}, {50, 40, 12, 2}, {300, 120, 1, 0}, {7, 3, 2, 1}};

static struct draw_unit unit(const char *id, const char *region, char risk_class) {
    return (struct draw_unit){
        .id = id, .region = region, .grade = "", .flags = "", .risk_class = risk_class};
}

/* Builds a frame that must be refused with this word in its sentence. */
static void assert_frame_refused(const struct draw_unit *units, size_t count, const char *word) {
    struct error error = ERROR_INIT;
    struct draw_frame *frame = NULL;
    assert_int_equal(draw_frame_build(&frame, units, count, &error), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), word));
    assert_null(frame);
    error_clear(&error);
}

static void test_frame_is_canonical_whatever_the_order(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_unit units[] = {unit("b2", "乡", 'B'), unit("a1", "", 'A'), unit("c3", "r", 'D')};
    units[2].flags = "key,triggered";
    units[2].grade = "高";
    struct draw_frame *frame = NULL;
    assert_ok(draw_frame_build(&frame, units, 3, &error), &error);
    size_t length;
    const char *text = draw_frame_text(frame, &length);
    assert_string_equal(text, "a1\t\tA\t\t\nb2\t乡\tB\t\t\nc3\tr\tD\t高\tkey,triggered\n");
    assert_int_equal(length, strlen(text));
    char hex[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex(text, length, hex, &error), &error);
    assert_string_equal(draw_frame_digest(frame), hex);
    assert_ptr_equal(draw_frame_find(frame, "b2"), &draw_frame_units(frame)[1]);
    assert_null(draw_frame_find(frame, "b3"));

    struct draw_unit turned[] = {units[2], units[1], units[0]};
    struct draw_frame *other = NULL;
    assert_ok(draw_frame_build(&other, turned, 3, &error), &error);
    assert_string_equal(draw_frame_digest(other), hex);
    draw_frame_free(other);

    assert_ok(draw_frame_parse(&other, text, length, &error), &error);
    assert_int_equal(draw_frame_count(other), 3);
    assert_string_equal(draw_frame_units(other)[2].flags, "key,triggered");
    assert_string_equal(draw_frame_digest(other), hex);
    draw_frame_free(other);
    draw_frame_free(frame);
}

static void test_frame_refuses_what_would_not_be_canonical(void **state) {
    (void)state;
    struct draw_unit twice[] = {unit("x1", "r", 'A'), unit("x2", "r", 'A'), unit("x1", "s", 'B')};
    assert_frame_refused(twice, 3, "x1");
    struct draw_unit nameless = unit("", "r", 'A');
    assert_frame_refused(&nameless, 1, "number 1");
    struct draw_unit tab = unit("x7", "a\tb", 'A');
    assert_frame_refused(&tab, 1, "x7");
    struct draw_unit line = unit("x8", "a", 'A');
    line.flags = "key\n";
    assert_frame_refused(&line, 1, "x8");
    struct draw_unit broken = unit("x9", "\xff", 'A');
    assert_frame_refused(&broken, 1, "x9");
    struct draw_unit slash = unit("x10", "a/b", 'A');
    assert_frame_refused(&slash, 1, "x10");
    struct draw_unit lower = unit("x11", "a", 'a');
    assert_frame_refused(&lower, 1, "x11");
}

static void test_frame_parse_names_the_line(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *line;
    } wrong[] = {
        {"a\tr\tA\t\t\nb\tr\tA\t\n", "Line 2"},
        {"a\tr\tA\t\t\nb\tr\tA\t\t\t\n", "Line 2"},
        {"b\tr\tA\t\t\na\tr\tA\t\t\n", "Line 2"},
        {"a\tr\tA\t\t\na\tr\tA\t\t\n", "Line 2"},
        {"a\tr\tA\t\t\nb\tr\tA\t\t", "Line 2"},
        {"a\tr\tA\t\t\n\n", "Line 2"},
        {"a\tr\tAB\t\t\n", "Line 1"},
        {"a\tr\tA\t\t\r\n", "Line 1"},
        {"\tr\tA\t\t\n", "Line 1"},
        {"\xef\xbb\xbf\xff"
         "a\tr\tA\t\t\n",
         "Line 1"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct error error = ERROR_INIT;
        struct draw_frame *frame = NULL;
        assert_int_equal(draw_frame_parse(&frame, wrong[i].text, strlen(wrong[i].text), &error),
                         RESULT_INVALID);
        assert_non_null(strstr(error_sentence(&error), wrong[i].line));
        error_clear(&error);
    }
    struct error error = ERROR_INIT;
    struct draw_frame *frame = NULL;
    assert_int_equal(draw_frame_parse(&frame, "a\tr\tA\t\t\nb\0\tr\tA\t\t\n", 18, &error),
                     RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "Line 2"));
    error_clear(&error);
}

static void test_tickets_of_the_published_vector(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_key *key = NULL;
    assert_ok(draw_key_new(&key, "2025-Q3-demo", DRAW_PURPOSE_UNIT, "01382438112797316654", &error),
              &error);
    assert_string_equal(draw_key_hex(key),
                        "1f15da75bc56f1bb732a3a969fde36282ea18450a97d7856c593fb55b7dd4eee");
    struct draw_entry entries[8];
    for (uint32_t i = 0; i < 8; i++) {
        char id[32];
        snprintf(id, sizeof(id), "91330100000000000%u", (unsigned)i + 1);
        assert_ok(draw_ticket(key, id, strlen(id), entries[i].ticket, &error), &error);
        entries[i].unit = i + 1;
    }
    draw_key_free(key);
    draw_select(entries, 8, 8);
    static const uint32_t order[] = {3, 5, 1, 8, 7, 2, 4, 6};
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(entries[i].unit, order[i]);
    }
    char hex[DIGEST_HEX_SIZE];
    digest_to_hex(entries[0].ticket, DIGEST_SIZE, hex);
    assert_string_equal(hex, "07fd4428fffed75b0c7aea5b78733c8dd655499335db85617c68dc1399561438");
    assert_int_equal(draw_ticket_leading(entries[0].ticket), UINT64_C(0x07fd4428fffed75b));
}

static void test_key_refuses_ambiguous_contexts(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_key *key = NULL;
    assert_int_equal(draw_key_new(&key, "a\nunit", DRAW_PURPOSE_UNIT, "1", &error), RESULT_USAGE);
    assert_int_equal(draw_key_new(&key, "a", DRAW_PURPOSE_UNIT, "1\n", &error), RESULT_USAGE);
    assert_null(key);
    error_clear(&error);
}

static void assert_seed(const char *seed, enum result expected, const char *word) {
    struct error error = ERROR_INIT;
    assert_int_equal(draw_seed_check(seed, &error), expected);
    assert_non_null(strstr(error_sentence(&error), word));
    error_clear(&error);
}

static void test_seeds_are_digits_thrown_in_public(void **state) {
    (void)state;
    assert_seed("01382438112797316654", RESULT_OK, "");
    assert_seed("00000000000000000000000", RESULT_OK, "");
    assert_seed("0138243811279731665", RESULT_USAGE, "19 digits");
    assert_seed("", RESULT_USAGE, "0 digits");
    assert_seed("0138243811279731665４", RESULT_USAGE, "full-width");
    assert_seed("０1382438112797316654", RESULT_USAGE, "full-width");
    assert_seed("01382 438112797316654", RESULT_USAGE, "Character 6");
    assert_seed("01382438112797316654\n", RESULT_USAGE, "Character 21");
    assert_seed("一三八二四三八一一二七九七三一六六五四", RESULT_USAGE, "Character 1");
    struct error error = ERROR_INIT;
    assert_int_equal(draw_beacon_check("8a3f 官方", &error), RESULT_OK);
    assert_int_equal(draw_beacon_check("", &error), RESULT_USAGE);
    assert_int_equal(draw_beacon_check("  ", &error), RESULT_USAGE);
    assert_int_equal(draw_beacon_check("8a\n", &error), RESULT_USAGE);
    char longest[DRAW_BEACON_LIMIT + 2];
    memset(longest, 'f', sizeof(longest));
    longest[DRAW_BEACON_LIMIT] = '\0';
    assert_int_equal(draw_beacon_check(longest, &error), RESULT_OK);
    longest[DRAW_BEACON_LIMIT] = 'f';
    longest[DRAW_BEACON_LIMIT + 1] = '\0';
    assert_int_equal(draw_beacon_check(longest, &error), RESULT_USAGE);
    error_clear(&error);
}

static void assert_places(struct draw_share *shares, size_t count, uint64_t total,
                          const uint64_t *expected) {
    struct error error = ERROR_INIT;
    assert_ok(draw_apportion(shares, count, total, &error), &error);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(shares[i].places, expected[i]);
    }
}

static void test_total_mode_of_the_published_vector(void **state) {
    (void)state;
    struct draw_share county_shares[] = {{.weight = 60000, .maximum = 60000},
                                         {.weight = 150000, .maximum = 30000},
                                         {.weight = 160000, .maximum = 8000},
                                         {.weight = 200000, .maximum = 2000}};
    assert_places(county_shares, 4, 1000, (const uint64_t[]){105, 263, 281, 351});
    for (size_t i = 0; i < 4; i++) {
        county_shares[i].minimum = 30;
    }
    assert_places(county_shares, 4, 6000, (const uint64_t[]){649, 1621, 1730, 2000});
    struct draw_share small[] = {
        {.weight = 6, .maximum = 6}, {.weight = 6, .maximum = 6}, {.weight = 2, .maximum = 2}};
    assert_places(small, 3, 10, (const uint64_t[]){5, 4, 1});
    assert_places(small, 3, 11, (const uint64_t[]){5, 5, 1});
}

static void test_a_larger_total_never_takes_a_place_back(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_share shares[] = {{.weight = 6, .maximum = 60},   {.weight = 6, .maximum = 3},
                                  {.weight = 2, .maximum = 200},  {.weight = 41, .maximum = 90},
                                  {.weight = 1, .maximum = 1000}, {.weight = 17, .maximum = 50}};
    uint64_t before[6] = {0};
    for (uint64_t total = 0; total <= 1403; total++) {
        assert_ok(draw_apportion(shares, 6, total, &error), &error);
        uint64_t sum = 0;
        for (size_t i = 0; i < 6; i++) {
            assert_true(shares[i].places >= before[i] && shares[i].places <= shares[i].maximum);
            before[i] = shares[i].places;
            sum += shares[i].places;
        }
        assert_int_equal(sum, total);
    }
}

static void test_rounding_is_exact(void **state) {
    (void)state;
    struct draw_rate third = {1, 3};
    assert_int_equal(draw_round_unbiased(9, third, UINT64_MAX), 3);
    assert_int_equal(draw_round_unbiased(10, third, 0), 3);
    /* 10/3 = 3 + 1/3: up from u = 2/3 on, to the last bit. 2^64 * 2 / 3 lies between these two. */
    assert_int_equal(draw_round_unbiased(10, third, UINT64_C(0xaaaaaaaaaaaaaaaa)), 3);
    assert_int_equal(draw_round_unbiased(10, third, UINT64_C(0xaaaaaaaaaaaaaaab)), 4);
    struct draw_rate widest = {DRAW_NUMBER_LIMIT, DRAW_NUMBER_LIMIT};
    assert_int_equal(draw_round_unbiased(DRAW_NUMBER_LIMIT, widest, UINT64_MAX), DRAW_NUMBER_LIMIT);
    struct draw_rate nearly = {DRAW_NUMBER_LIMIT - 1, DRAW_NUMBER_LIMIT};
    assert_int_equal(draw_round_unbiased(DRAW_NUMBER_LIMIT, nearly, UINT64_MAX),
                     DRAW_NUMBER_LIMIT - 1);
    assert_int_equal(draw_round_up(DRAW_NUMBER_LIMIT, nearly), DRAW_NUMBER_LIMIT - 1);
    assert_int_equal(draw_round_up(10, third), 4);
    assert_int_equal(draw_round_up(9, third), 3);
    assert_int_equal(draw_round_up(1600, (struct draw_rate){1, 100}), 16);
}

/* Thirty-one townships of 50 or so: 1,600 units at 1 %. */
static struct draw_frame *townships(void) {
    size_t sizes[31][4] = {{0}};
    for (size_t i = 0; i < 31; i++) {
        sizes[i][0] = i < 19 ? 52 : 51;
    }
    return sample_frame(31, (const size_t(*)[4])sizes);
}

static void test_rounding_up_is_done_once_a_class(void **state) {
    (void)state;
    struct draw_frame *frame = townships();
    assert_int_equal(draw_frame_count(frame), 1600);
    struct draw_measures measures = sample_measures(SAMPLE_CEIL);
    struct draw_result *result = sample_run(frame, &measures, NULL, 0);
    assert_int_equal(result->count, 16);
    draw_result_free(result);
    draw_frame_free(frame);
}

/* Over many seeds the number drawn of a stratum averages population x rate, and never leaves the
 * two whole numbers around it. */
static void test_unbiased_rounding_averages_the_rate(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_frame *frame = townships();
    struct draw_measures measures = sample_measures(SAMPLE_UNBIASED);
    struct draw_strata *strata = NULL;
    assert_ok(draw_strata_new(&strata, frame, &measures, &error), &error);
    enum { ROUNDS = 2000 };
    uint64_t drawn = 0;
    for (unsigned i = 0; i < ROUNDS; i++) {
        char seed[16];
        snprintf(seed, sizeof(seed), "%u", i);
        assert_ok(draw_allocate(strata, &measures, "round", seed, &error), &error);
        for (size_t s = 0; s < strata->count; s++) {
            assert_true(strata->items[s].drawn <= 1);
            drawn += strata->items[s].drawn;
        }
    }
    /* Mean 16 a round; the variance of a round is 31 x .25 at most, so five standard errors of the
     * sum are below 5 x sqrt(2000 x 7.75) = 623. */
    assert_true(drawn > 16 * ROUNDS - 623 && drawn < 16 * ROUNDS + 623);
    draw_strata_free(strata);
    draw_frame_free(frame);
}

static uint64_t drawn_of_class(const struct draw_result *result, char risk_class) {
    uint64_t drawn = 0;
    for (size_t i = 0; i < result->strata->count; i++) {
        const struct draw_stratum *stratum = &result->strata->items[i];
        drawn += stratum->risk_class == risk_class ? stratum->drawn : 0;
    }
    return drawn;
}

static void test_bounds_stand_at_class_level(void **state) {
    (void)state;
    struct draw_frame *frame = sample_frame(4, county);
    struct draw_measures measures = sample_measures(SAMPLE_BOUNDS);
    struct draw_result *result = sample_run(frame, &measures, NULL, 0);
    assert_int_equal(drawn_of_class(result, 'A'), 20);
    assert_int_equal(drawn_of_class(result, 'B'), 9);
    assert_int_equal(drawn_of_class(result, 'C'), 45); /* a minimum of 500 takes all there are */
    assert_int_equal(drawn_of_class(result, 'D'), 9);
    size_t flagged = 0;
    for (size_t i = 0; i < result->strata->count; i++) {
        const struct draw_stratum *stratum = &result->strata->items[i];
        assert_true(!stratum->certain || stratum->drawn == stratum->population);
        flagged += stratum->flagged ? stratum->population : 0;
    }
    assert_int_equal(flagged, 17); /* every fiftieth of 824 */
    draw_result_free(result);
    draw_frame_free(frame);
}

static void assert_run_refused(const struct draw_frame *frame, const struct draw_measures *measures,
                               const char *word) {
    struct error error = ERROR_INIT;
    struct draw_result *result = NULL;
    struct draw_request request = {
        .frame = frame, .measures = measures, .draw_id = "d", .seed = SAMPLE_SEED};
    assert_int_equal(draw_run(&result, &request, &error), RESULT_USAGE);
    assert_non_null(strstr(error_sentence(&error), word));
    assert_null(result);
    error_clear(&error);
}

static void test_measures_that_cannot_be_drawn_are_refused(void **state) {
    (void)state;
    struct draw_frame *frame = sample_frame(4, county);
    static const struct {
        struct draw_rule rule;
        const char *word;
    } rules[] = {
        {{.risk_class = 'A', .grade = "", .rate = {101, 100}}, "above 100 %"},
        {{.risk_class = 'A', .grade = "", .rate = {1, 0}}, "denominator"},
        {{.risk_class = 'A', .grade = "", .rate = {0, 100}}, "outside chance"},
        {{.risk_class = 'A', .grade = "", .rate = {1, 2}, .minimum = 5, .maximum = 4}, "minimum"},
        {{.risk_class = 'A', .grade = "x", .rate = {1, 2}, .maximum = 4}, "by grade"},
        {{.risk_class = 'A', .grade = "", .rate = {1, 2}, .maximum = 4}, "class B"},
    };
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        struct draw_measures measures = {.rules = &rules[i].rule, .rule_count = 1};
        assert_run_refused(frame, &measures, rules[i].word);
    }
    struct draw_measures total = sample_measures(SAMPLE_TOTAL);
    total.total = 825;
    assert_run_refused(frame, &total, "824 at most");
    total.total = 14;
    assert_run_refused(frame, &total, "come to 15");
    total.total = 0;
    assert_run_refused(frame, &total, "total");
    struct draw_measures unsorted = sample_measures(SAMPLE_UNBIASED);
    struct draw_rule rule[2] = {unsorted.rules[1], unsorted.rules[0]};
    unsorted.rules = rule;
    unsorted.rule_count = 2;
    assert_run_refused(frame, &unsorted, "alphabetical");
    draw_rules_sort(rule, 2);
    assert_int_equal(rule[0].risk_class, 'A');
    struct draw_measures bounds = sample_measures(SAMPLE_BOUNDS);
    struct draw_rule tight[4];
    memcpy(tight, bounds.rules, sizeof(tight));
    tight[1].maximum = 2;
    bounds.rules = tight;
    assert_run_refused(frame, &bounds, "certainty");
    draw_frame_free(frame);
    struct error error = ERROR_INIT;
    assert_ok(draw_frame_build(&frame, NULL, 0, &error), &error);
    struct draw_measures measures = sample_measures(SAMPLE_UNBIASED);
    assert_run_refused(frame, &measures, "empty");
    draw_frame_free(frame);
}

static void test_selection_equals_a_full_sort(void **state) {
    (void)state;
    enum { COUNT = 500 };
    struct draw_entry sorted[COUNT];
    struct draw_entry picked[COUNT];
    memset(sorted, 0, sizeof(sorted));
    for (uint32_t i = 0; i < COUNT; i++) {
        /* Few different tickets, so that ties by unit are many. */
        sorted[i].ticket[0] = (uint8_t)(i * 7919 % 23);
        sorted[i].unit = i * 311 % COUNT;
    }
    for (size_t wanted = 0; wanted <= COUNT + 1; wanted++) {
        memcpy(picked, sorted, sizeof(picked));
        draw_select(picked, COUNT, wanted);
        struct draw_entry full[COUNT];
        memcpy(full, sorted, sizeof(full));
        qsort(full, COUNT, sizeof(full[0]), draw_entry_compare);
        size_t front = wanted < COUNT ? wanted : COUNT;
        assert_memory_equal(picked, full, front * sizeof(full[0]));
    }
    draw_select(picked, 0, 3);
}

static void test_extras_keep_the_first_ones(void **state) {
    (void)state;
    struct draw_frame *frame = sample_frame(4, county);
    struct draw_measures measures = sample_measures(SAMPLE_CEIL);
    struct draw_result *plain = sample_run(frame, &measures, NULL, 0);
    static const struct draw_extra extras[] = {{"乡00/B", DRAW_METHOD_REPLACEMENT},
                                               {"乡02/A", DRAW_METHOD_EXTENSION},
                                               {"乡00/B", DRAW_METHOD_EXTENSION}};
    struct draw_result *more = sample_run(frame, &measures, extras, 3);
    assert_int_equal(more->count, plain->count + 3);
    size_t at = 0;
    for (size_t i = 0; i < more->count; i++) {
        const struct draw_pick *pick = &more->picks[i];
        const struct draw_stratum *stratum = &more->strata->items[pick->stratum];
        if (pick->rank <= stratum->drawn) {
            assert_memory_equal(pick->ticket, plain->picks[at].ticket, DIGEST_SIZE);
            assert_int_equal(pick->unit, plain->picks[at++].unit);
            continue;
        }
        enum draw_method expected =
            strcmp(stratum->code, "乡00/B") == 0 && pick->rank == stratum->drawn + 1
                ? DRAW_METHOD_REPLACEMENT
                : DRAW_METHOD_EXTENSION;
        assert_int_equal(pick->method, expected);
        assert_true(memcmp(pick->ticket, more->picks[i - 1].ticket, DIGEST_SIZE) > 0);
    }
    assert_int_equal(at, plain->count);
    draw_result_free(more);
    draw_result_free(plain);

    struct error error = ERROR_INIT;
    static const struct draw_extra all_taken = {"乡00/D", DRAW_METHOD_REPLACEMENT};
    struct draw_request request = {.frame = frame,
                                   .measures = &measures,
                                   .draw_id = SAMPLE_DRAW_ID,
                                   .seed = SAMPLE_SEED,
                                   .extras = &all_taken,
                                   .extra_count = 1};
    assert_int_equal(draw_run(&plain, &request, &error), RESULT_USAGE);
    assert_non_null(strstr(error_sentence(&error), "no unit left"));
    static const struct draw_extra unknown = {"乡99/A", DRAW_METHOD_REPLACEMENT};
    request.extras = &unknown;
    assert_int_equal(draw_run(&plain, &request, &error), RESULT_USAGE);
    error_clear(&error);
    draw_frame_free(frame);
}

/* A larger total is an extension too: every unit of the smaller draw is in the larger one. */
static void test_a_larger_draw_contains_the_smaller(void **state) {
    (void)state;
    struct draw_frame *frame = sample_frame(4, county);
    struct draw_measures measures = sample_measures(SAMPLE_TOTAL);
    bool before[900] = {false};
    for (measures.total = 20; measures.total <= 820; measures.total += 50) {
        struct draw_result *result = sample_run(frame, &measures, NULL, 0);
        assert_int_equal(result->count, measures.total);
        bool now[900] = {false};
        for (size_t i = 0; i < result->count; i++) {
            now[result->picks[i].unit] = true;
        }
        for (size_t i = 0; i < 900; i++) {
            assert_true(now[i] || !before[i]);
        }
        memcpy(before, now, sizeof(before));
        draw_result_free(result);
    }
    draw_frame_free(frame);
}

/* Also that the strata's table grows: three hundred regions. */
static void test_order_of_the_rows_changes_nothing(void **state) {
    (void)state;
    enum { COUNT = 3000, REGIONS = 300 };
    struct error error = ERROR_INIT;
    struct draw_unit *units = calloc(COUNT, sizeof(*units));
    struct draw_unit *shuffled = calloc(COUNT, sizeof(*shuffled));
    static char regions[REGIONS][8];
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(regions[i % REGIONS], sizeof(regions[0]), "r%03zu", i % REGIONS);
        units[i] = sample_unit(i, regions[i % REGIONS], (char)('A' + i % 4));
    }
    struct draw_frame *frame = NULL;
    assert_ok(draw_frame_build(&frame, units, COUNT, &error), &error);
    struct draw_measures measures = sample_measures(SAMPLE_GRADES);
    struct draw_result *expected = sample_run(frame, &measures, NULL, 0);
    for (size_t step = 7; step < 40; step += 4) { /* coprime to COUNT, so a permutation */
        if (step % 3 == 0 || step % 5 == 0) {
            continue;
        }
        for (size_t i = 0; i < COUNT; i++) {
            shuffled[i] = units[i * step % COUNT];
        }
        struct draw_frame *other = NULL;
        assert_ok(draw_frame_build(&other, shuffled, COUNT, &error), &error);
        assert_string_equal(draw_frame_digest(other), draw_frame_digest(frame));
        struct draw_result *result = sample_run(other, &measures, NULL, 0);
        assert_int_equal(result->count, expected->count);
        assert_memory_equal(result->picks, expected->picks,
                            expected->count * sizeof(*expected->picks));
        draw_result_free(result);
        draw_frame_free(other);
    }
    draw_result_free(expected);
    draw_frame_free(frame);
    free(shuffled);
    free(units);
}

static bool stop_at_once(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void test_a_draw_can_be_stopped(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_frame *frame = sample_frame(4, county);
    struct draw_measures measures = sample_measures(SAMPLE_CEIL);
    struct progress progress = {.report = stop_at_once};
    struct draw_result *result = NULL;
    struct draw_request request = {.frame = frame,
                                   .measures = &measures,
                                   .draw_id = "d",
                                   .seed = SAMPLE_SEED,
                                   .progress = &progress};
    assert_int_equal(draw_run(&result, &request, &error), RESULT_CANCELLED);
    assert_null(result);
    error_clear(&error);
    draw_frame_free(frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frame_is_canonical_whatever_the_order),
        cmocka_unit_test(test_frame_refuses_what_would_not_be_canonical),
        cmocka_unit_test(test_frame_parse_names_the_line),
        cmocka_unit_test(test_tickets_of_the_published_vector),
        cmocka_unit_test(test_key_refuses_ambiguous_contexts),
        cmocka_unit_test(test_seeds_are_digits_thrown_in_public),
        cmocka_unit_test(test_total_mode_of_the_published_vector),
        cmocka_unit_test(test_a_larger_total_never_takes_a_place_back),
        cmocka_unit_test(test_rounding_is_exact),
        cmocka_unit_test(test_rounding_up_is_done_once_a_class),
        cmocka_unit_test(test_unbiased_rounding_averages_the_rate),
        cmocka_unit_test(test_bounds_stand_at_class_level),
        cmocka_unit_test(test_measures_that_cannot_be_drawn_are_refused),
        cmocka_unit_test(test_selection_equals_a_full_sort),
        cmocka_unit_test(test_extras_keep_the_first_ones),
        cmocka_unit_test(test_a_larger_draw_contains_the_smaller),
        cmocka_unit_test(test_order_of_the_rows_changes_nothing),
        cmocka_unit_test(test_a_draw_can_be_stopped),
    };
    return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
