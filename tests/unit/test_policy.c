#include "unit/nameless.h"
#include "unit/unit.h"

#include "base/digest.h"
#include "policy/policy.h"
#include "policy/policy_store.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole policy in which every test breaks one thing. */
static const char base[] =
    "{\n"
    "  \"format\": \"xinfeng-policy/1\",\n"
    "  \"code\": \"trial\",\n"
    "  \"version\": \"1\",\n"
    "  \"name\": \"试验体系\",\n"
    "  \"applies_to\": {\"kinds\": [\"enterprise\"]},\n"
    "  \"maximum\": 1000,\n"
    "  \"classes\": {\"A\": 0, \"B\": 200, \"C\": 500, \"D\": 750},\n"
    "  \"dimensions\": [{\"code\": \"d1\", \"name\": \"维一\", \"cap\": 100},\n"
    "    {\"code\": \"d2\", \"name\": \"维二\"}],\n"
    "  \"indicators\": [\n"
    "    {\"code\": \"I1\", \"name\": \"年限\", \"dimension\": \"d1\", \"kind\": \"attribute\",\n"
    "     \"basis\": \"X9\", \"attribute\": \"age_months\",\n"
    "     \"bands\": [{\"to\": 12, \"points\": 60}, {\"from\": 12, \"to\": 36, \"points\": 40}]},\n"
    "    {\"code\": \"I2\", \"name\": \"处罚\", \"dimension\": \"d2\", \"kind\": \"event\",\n"
    "     \"basis\": \"X9\", \"facts\": [\"penalty\"], \"points\": 50,\n"
    "     \"decay\": [[12, 100], [24, 50]], \"cap\": 90},\n"
    "    {\"code\": \"I3\", \"name\": \"投诉\", \"dimension\": \"d2\", \"kind\": \"count\",\n"
    "     \"basis\": \"X9\", \"facts\": [\"complaint\"], \"window\": 12,\n"
    "     \"bands\": [{\"from\": 1, \"points\": 10}], \"level\": {\"from\": 1, \"to\": 3}}\n"
    "  ],\n"
    "  \"direct\": [{\"code\": \"R1\", \"name\": \"严重违法\", \"facts\": "
    "[\"serious_violation\"],\n"
    "    \"mode\": \"auto\", \"basis\": \"X11\"}],\n"
    "  \"measures\": {\n"
    "    \"A\": {\"rate\": {\"num\": 1, \"den\": 100}, \"times\": 1, \"method\": \"网\", \"text\": "
    "\"低\"},\n"
    "    \"B\": {\"rate\": {\"num\": 5, \"den\": 100}, \"times\": 1, \"method\": \"网\", \"text\": "
    "\"常\"},\n"
    "    \"C\": {\"rate\": {\"num\": 1, \"den\": 5}, \"times\": 2, \"method\": \"现\", \"text\": "
    "\"高\"},\n"
    "    \"D\": {\"rate\": {\"num\": 1, \"den\": 1}, \"times\": 4, \"method\": \"现\", \"text\": "
    "\"严\"}\n"
    "  }\n"
    "}\n";

/* The text with the one place that reads `from` reading `to`; on the heap. */
static char *replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    char *made = NULL;
    assert_true(asprintf(&made, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) > 0);
    return made;
}

static char *refusal_of(const char *text) {
    struct error error = ERROR_INIT;
    struct policy *policy = NULL;
    assert_int_equal(policy_parse(&policy, text, "p.json", &error), RESULT_INVALID);
    assert_null(policy);
    char *sentence = strdup(error_sentence(&error));
    error_clear(&error);
    return sentence;
}

/* The base with one place changed must be refused at the place where the changed text reads `at`
 * (from there on the line and column are counted here, in characters), with these words. */
static void expect_fault(const char *from, const char *to, const char *at, const char *words) {
    char *text = replaced(base, from, to);
    const char *place = strstr(text, at);
    assert_non_null(place);
    int line = 1;
    int column = 1;
    for (const char *here = text; here < place; here++) {
        if (*here == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)*here & 0xC0) != 0x80 ? 1 : 0;
        }
    }
    char start[64];
    snprintf(start, sizeof(start), "p.json:%d:%d: ", line, column);
    char *sentence = refusal_of(text);
    if (strncmp(sentence, start, strlen(start)) != 0 || strstr(sentence, words) == NULL) {
        fail_msg("wanted \"%s...%s\", got \"%s\"", start, words, sentence);
    }
    free(sentence);
    free(text);
}

static struct policy *parsed(const char *text) {
    struct error error = ERROR_INIT;
    struct policy *policy = NULL;
    assert_ok(policy_parse(&policy, text, "p.json", &error), &error);
    return policy;
}

static void test_the_built_in_policy_holds(void **state) {
    (void)state;
    struct policy *policy = parsed(policy_builtin_text());
    assert_int_equal(policy->dimension_count, 5);
    assert_int_equal(policy->maximum, 1000);
    assert_int_equal(policy->bounds[CLASS_B], 200);
    assert_int_equal(policy->bounds[CLASS_C], 500);
    assert_int_equal(policy->bounds[CLASS_D], 750);
    assert_int_equal(policy->direct_count, 4);
    assert_true(policy->direct[policy_direct_find(policy, "X11-4")].confirm);
    assert_int_equal(policy_direct_find(policy, "X11-9"), policy->direct_count);
    assert_int_equal(policy->kinds, policy_kind_bit("enterprise") | policy_kind_bit("individual") |
                                        policy_kind_bit("cooperative"));
    assert_int_equal(policy_kind_bit("person"), 0);
    policy_free(policy);
    policy_free(NULL);
}

/* Every kind of entity has one general policy (O14); that for enterprises has the structure of the
 * national one: 5 first-level, 25 second-level and 81 third-level indicators. */
static void test_every_kind_has_a_general_policy(void **state) {
    (void)state;
    static const char *const kinds[] = {"enterprise", "individual", "cooperative"};
    size_t count = 0;
    const struct policy_builtin *builtins = policy_builtins(&count);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        struct policy *policy = parsed(builtins[i].text);
        size_t groups = 0;
        assert_true((policy->kinds & policy_kind_bit(kinds[i])) != 0);
        assert_true(i == 0 || policy->kinds == policy_kind_bit(kinds[i]));
        assert_null(policy->field);
        for (size_t j = 0; j < policy->indicator_count; j++) {
            const struct policy_indicator *one = &policy->indicators[j];
            groups += j == 0 || strcmp(one->group, one[-1].group) != 0;
            assert_non_null(one->note);
        }
        if (i == 0) {
            assert_int_equal(policy->dimension_count, 5);
            assert_int_equal(groups, 25);
            assert_int_equal(policy->indicator_count, 81);
        }
        policy_free(policy);
    }
}

static void test_the_digest_is_that_of_the_canonical_form(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct policy *policy = parsed(policy_builtin_text());
    json_t *document = json_loads(policy_builtin_text(), 0, NULL);
    char *canonical = json_dumps(document, JSON_COMPACT | JSON_SORT_KEYS);
    char hex[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex(canonical, strlen(canonical), hex, &error), &error);
    assert_string_equal(policy->canonical, canonical);
    assert_string_equal(policy->digest, hex);
    /* UTF-8 as it is, no blanks, keys sorted */
    assert_non_null(strstr(canonical, "基础属性"));
    assert_null(strstr(canonical, "\": "));
    assert_int_equal(strncmp(canonical, "{\"applies_to\":", 14), 0);
    free(canonical);
    json_decref(document);
    policy_free(policy);
}

static void test_blanks_and_key_order_leave_the_digest_alone(void **state) {
    (void)state;
    struct policy *first = parsed(base);
    char *spread = replaced(base, "\"code\": \"trial\",\n  \"version\": \"1\",",
                            "\r\n\t\"version\"  :\"1\" ,  \"code\":\"trial\",");
    struct policy *second = parsed(spread);
    struct policy *third = parsed(first->canonical);
    assert_string_equal(first->digest, second->digest);
    assert_string_equal(first->digest, third->digest);
    char *other = replaced(base, "\"points\": 50", "\"points\": 51");
    struct policy *fourth = parsed(other);
    assert_string_not_equal(first->digest, fourth->digest);
    policy_free(first);
    policy_free(second);
    policy_free(third);
    policy_free(fourth);
    free(spread);
    free(other);
}

static void test_text_that_is_no_json_is_refused_where_it_ends_to_be(void **state) {
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        const char *start;
        const char *words;
    } faults[] = {
        {"\"maximum\": 1000,", "\"maximum\": 1000", "p.json:8:", "not JSON"},
        {"\"maximum\": 1000,", "\"maximum\": 0100,", "p.json:7:", "not JSON"},
        {"\"maximum\": 1000,", "\"maximum\": 99999999999999999999,", "p.json:7:", "not JSON"},
        {"\"code\": \"trial\",", "\"code\": \"trial\", \"code\": \"trial\",",
         "p.json:3:", "duplicate"},
        {"\"d1\", \"name\": \"维一\"", "\"d1\", \"name\": \"维\n一\"", "p.json:9:", "not JSON"},
    };
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        char *text = replaced(base, faults[i].from, faults[i].to);
        char *sentence = refusal_of(text);
        if (strncmp(sentence, faults[i].start, strlen(faults[i].start)) != 0 ||
            strstr(sentence, faults[i].words) == NULL) {
            fail_msg("wanted \"%s...%s\", got \"%s\"", faults[i].start, faults[i].words, sentence);
        }
        free(sentence);
        free(text);
    }
    free(refusal_of(""));
    char *list = refusal_of("[]");
    assert_string_equal(list, "p.json:1:1: The value here must be an object {...}.");
    free(list);
}

/* Written out, so that the counting of the other tests is itself held to something. */
static void test_places_are_lines_and_columns(void **state) {
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        const char *sentence;
    } faults[] = {
        {"\"maximum\": 1000", "\"maximum\": 1000.5",
         "p.json:7:14: \"maximum\" must be a whole number."},
        {"\"cap\": 100", "\"limit\": 100",
         "p.json:9:56: \"limit\" is not known here; check the spelling."},
        {"\"name\": \"维二\"", "\"name\": 2", "p.json:10:28: \"name\" must be a text."},
        {"{\"code\": \"d2\", \"name\": \"维二\"}", "{\"code\": \"d2\"}",
         "p.json:10:5: \"name\" is missing here."},
    };
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        char *text = replaced(base, faults[i].from, faults[i].to);
        char *sentence = refusal_of(text);
        assert_string_equal(sentence, faults[i].sentence);
        free(sentence);
        free(text);
    }
}

static void test_keys_must_be_known_there_and_of_their_kind(void **state) {
    (void)state;
    expect_fault("\"maximum\": 1000", "\"maximun\": 1000", "1000", "\"maximun\" is not known");
    expect_fault("  \"maximum\": 1000,\n", "", "{\n", "\"maximum\" is missing");
    expect_fault("\"maximum\": 1000", "\"maximum\": null", "{\n", "\"maximum\" is missing");
    expect_fault("\"name\": \"试验体系\"", "\"name\": 7", "7", "must be a text");
    expect_fault("\"maximum\": 1000", "\"maximum\": \"1000\"", "\"1000\"", "whole number");
    expect_fault("\"maximum\": 1000", "\"maximum\": 1e3", "1e3", "whole number");
    expect_fault("\"maximum\": 1000", "\"maximum\": 0", "0,\n", "out of bounds");
    expect_fault("{\"kinds\": [\"enterprise\"]}", "[\"enterprise\"]", "[\"enterprise\"]",
                 "must be an object");
    expect_fault("[\"enterprise\"]", "{\"kind\": 1}", "{\"kind\"", "must be a list");
    expect_fault("\"points\": 50,", "\"points\": 50.0,", "50.0", "whole number");
    expect_fault("\"points\": 50,", "", "{\"code\": \"I2\"", "\"points\" is missing");
    expect_fault("\"window\": 12", "\"windows\": 12", "12,\n     \"bands\": [{\"from\": 1,",
                 "\"windows\" is not known");
    expect_fault("\"window\": 12", "\"window\": 0", "0,\n     \"bands\": [{\"from\": 1,",
                 "out of bounds");
    expect_fault("\"mode\": \"auto\"", "\"mode\": \"maybe\"", "\"maybe\"", "auto or confirm");
    expect_fault("\"xinfeng-policy/1\"", "\"xinfeng-policy/2\"", "\"xinfeng-policy/2\"",
                 "\"format\" must be");
    expect_fault("{\"to\": 12, \"points\": 60}", "12", "12, {\"from\"", "an object");
    expect_fault("[12, 100]", "[12]", "[12]", "list of two");
    expect_fault("[24, 50]", "[12, 50]", "[12, 50]", "must rise");
    expect_fault("[24, 50]", "[24, 101]", "101]", "out of bounds");
}

static void test_names_must_be_known(void **state) {
    (void)state;
    expect_fault("\"dimension\": \"d1\"", "\"dimension\": \"d3\"", "\"d3\"", "no dimension \"d3\"");
    expect_fault("[\"penalty\"]", "[\"penalties\"]", "\"penalties\"", "no type of fact");
    expect_fault("[\"penalty\"]", "[\"penalty\", 1]", "1], \"points\"", "no type of fact");
    expect_fault("[\"penalty\"]", "[]", "[], \"points\"", "at least one type");
    expect_fault("[\"serious_violation\"]", "[\"bad\"]", "\"bad\"", "no type of fact");
    expect_fault("\"age_months\"", "\"age\"", "\"age\"",
                 "\"attribute\" must be age_months, capital");
    expect_fault(
        "\"kind\": \"event\"", "\"kind\": \"evnt\"", "\"evnt\"",
        "\"kind\" must be attribute, present, count, amount, event, growth, share or relation.");
    expect_fault("[\"enterprise\"]", "[\"enterprise\", \"person\"]", "\"person\"",
                 "no kind of entity");
    expect_fault("\"points\": 50,", "\"by\": \"size\", \"bands\": [],", "\"size\"",
                 "level or amount");
}

static void test_codes_must_not_come_twice(void **state) {
    (void)state;
    expect_fault("\"code\": \"I2\"", "\"code\": \"I1\"", "\"I1\", \"name\": \"处罚\"",
                 "\"I1\" is used twice");
    expect_fault("\"code\": \"d2\"", "\"code\": \"d1\"", "\"d1\", \"name\": \"维二\"",
                 "\"d1\" is used twice");
    static const char again[] =
        "{\"code\": \"R1\", \"name\": \"失信\", \"facts\": [\"blacklist\"], "
        "\"mode\": \"auto\", \"basis\": \"X11\"}";
    char to[256];
    snprintf(to, sizeof(to), "\"basis\": \"X11\"}, %s]", again);
    expect_fault("\"basis\": \"X11\"}]", to, strstr(again, "\"R1\""), "\"R1\" is used twice");
}

static void test_bands_and_ranges_must_make_sense(void **state) {
    (void)state;
    expect_fault("{\"from\": 12, \"to\": 36,", "{\"from\": 11, \"to\": 36,", "{\"from\": 11",
                 "overlaps band 1");
    expect_fault("{\"from\": 12, \"to\": 36,", "{\"to\": 36,", "{\"to\": 36", "overlaps band 1");
    expect_fault("{\"from\": 12, \"to\": 36,", "{\"from\": 36, \"to\": 36,", "{\"from\": 36",
                 "band is empty");
    expect_fault("{\"from\": 12, \"to\": 36,", "{\"from\": 40, \"to\": 36,", "{\"from\": 40",
                 "band is empty");
    expect_fault("{\"from\": 1, \"to\": 3}", "{\"from\": 3, \"to\": 3}", "{\"from\": 3, \"to\": 3}",
                 "range is empty");
    /* Touching bands and bands out of order are fine. */
    char *text =
        replaced(base, "{\"to\": 12, \"points\": 60}, {\"from\": 12, \"to\": 36, \"points\": 40}",
                 "{\"from\": 12, \"to\": 36, \"points\": 40}, {\"to\": 12, \"points\": 60}");
    policy_free(parsed(text));
    free(text);
}

static void test_class_bounds_start_at_zero_and_rise(void **state) {
    (void)state;
    expect_fault("\"A\": 0,", "\"A\": 1,", "1, \"B\"", "start at 0");
    expect_fault("\"C\": 500", "\"C\": 200", "200, \"D\"", "rise from class to class");
    expect_fault("\"D\": 750", "\"D\": 499", "499}", "rise from class to class");
    expect_fault("\"D\": 750", "\"D\": 1001", "1001", "out of bounds");
    expect_fault("\"B\": 200,", "\"B\": -1,", "-1", "out of bounds");
    expect_fault("\"A\": 0, \"B\": 200, ", "\"A\": 0, ", "{\"A\": 0", "\"B\" is missing");
    expect_fault("\"D\": 750", "\"D\": 750, \"E\": 900", "900", "\"E\" is not known");
}

static void test_negative_points_need_a_floor(void **state) {
    (void)state;
    static const char words[] = "must state its \"floor\"";
    expect_fault("\"points\": 50,", "\"points\": -50,", "{\"code\": \"I2\"", words);
    expect_fault("\"points\": 40", "\"points\": -40", "{\"code\": \"I1\"", words);
    expect_fault("\"attribute\": \"age_months\",",
                 "\"attribute\": \"age_months\", \"missing\": -1,", "{\"code\": \"I1\"", words);
    expect_fault("\"cap\": 90", "\"floor\": 1", "1},\n", "out of bounds");
    char *text = replaced(base, "\"points\": 50,", "\"points\": -50, \"floor\": -20,");
    struct policy *policy = parsed(text);
    assert_int_equal(policy->indicators[1].floor, -20);
    assert_int_equal(policy->indicators[1].cap, 90);
    assert_true(policy->indicators[0].cap == POLICY_NO_CAP);
    assert_true(policy->dimensions[1].cap == POLICY_NO_CAP);
    policy_free(policy);
    free(text);
}

static void test_rates_are_at_most_one(void **state) {
    (void)state;
    expect_fault("{\"num\": 5, \"den\": 100}", "{\"num\": 101, \"den\": 100}", "101",
                 "101 is out of bounds; it must be from 0 to 100");
    expect_fault("{\"num\": 5, \"den\": 100}", "{\"num\": 5, \"den\": 0}",
                 "0}, \"times\": 1, \"method\": \"网\", \"text\": \"常\"", "out of bounds");
    expect_fault("{\"num\": 5, \"den\": 100}", "0.05", "0.05", "must be an object");
    expect_fault(
        "    \"B\": {\"rate\": {\"num\": 5, \"den\": 100}, \"times\": 1, \"method\": \"网\", "
        "\"text\": \"常\"},\n",
        "", "{\n    \"A\"", "\"B\" is missing");
}

/* What is written for one way of giving points must not be passed over under another. */
static void test_points_given_two_ways_are_refused(void **state) {
    (void)state;
    expect_fault("\"points\": 50,", "\"points\": 50, \"bands\": [{\"from\": 1, \"points\": 9}],",
                 "[{\"from\": 1, \"points\": 9}]", "\"bands\" is not known here");
    expect_fault("\"points\": 50,", "\"by\": \"level\", \"bands\": [], \"points\": 50,", "50,\n",
                 "\"points\" is not known here");
    expect_fault("\"attribute\": \"age_months\",",
                 "\"attribute\": \"age_months\", \"codes\": {\"F\": 1},", "{\"F\": 1}",
                 "\"codes\" is not known here");
    expect_fault("\"attribute\": \"age_months\",",
                 "\"attribute\": \"industry\", \"codes\": {\"F\": 1},", "[{\"to\": 12",
                 "\"bands\" is not known here");
}

static void test_classes_change_at_their_bounds(void **state) {
    (void)state;
    static const struct {
        int64_t centipoints;
        enum risk_class expected;
    } totals[] = {
        {0, CLASS_A},     {19999, CLASS_A}, {20000, CLASS_B}, {49999, CLASS_B},
        {50000, CLASS_C}, {74999, CLASS_C}, {75000, CLASS_D}, {100000, CLASS_D},
    };
    struct policy *policy = parsed(policy_builtin_text());
    for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++) {
        assert_int_equal(policy_class_of(policy, totals[i].centipoints), totals[i].expected);
    }
    policy_free(policy);
}

static void test_class_letters(void **state) {
    (void)state;
    assert_int_equal(risk_class_find("D"), CLASS_D);
    static const char *const wrong[] = {"", "E", "a", "AB", "Ａ"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(risk_class_find(wrong[i]), CLASS_COUNT);
    }
    assert_int_equal(risk_class_find(NULL), CLASS_COUNT);
}

static void test_a_published_policy_never_changes(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct store *store = nameless_open();
    const struct actor officer = {.name = "王建国", .clock = clock_frozen(20261122)};
    struct policy *policy = NULL;
    int64_t id = 0;
    assert_int_equal(policy_store_in_force(store, &policy, &id, &error), RESULT_NOT_FOUND);
    assert_ok(policy_store_publish(store, base, "p.json", &officer, &error), &error);
    assert_int_equal(policy_store_publish(store, base, "p.json", &officer, &error), RESULT_REFUSED);
    assert_non_null(strstr(error_sentence(&error), "exists already"));
    char *next = replaced(base, "\"version\": \"1\"", "\"version\": \"2\"");
    assert_ok(policy_store_publish(store, next, "p.json", &officer, &error), &error);
    assert_ok(policy_store_in_force(store, &policy, &id, &error), &error);
    assert_string_equal(policy->version, "2");
    policy_free(policy);
    assert_ok(policy_store_load(store, 1, &policy, &error), &error);
    assert_string_equal(policy->version, "1");
    policy_free(policy);
    assert_int_not_equal(
        store_execute(store, "UPDATE policy SET document = '{}' WHERE id = 1", NO_VALUES, &error),
        RESULT_OK);
    assert_int_equal(policy_store_load(store, 9, &policy, &error), RESULT_NOT_FOUND);
    free(next);
    store_close(store);
    error_clear(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_built_in_policy_holds),
        cmocka_unit_test(test_every_kind_has_a_general_policy),
        cmocka_unit_test(test_the_digest_is_that_of_the_canonical_form),
        cmocka_unit_test(test_blanks_and_key_order_leave_the_digest_alone),
        cmocka_unit_test(test_text_that_is_no_json_is_refused_where_it_ends_to_be),
        cmocka_unit_test(test_places_are_lines_and_columns),
        cmocka_unit_test(test_keys_must_be_known_there_and_of_their_kind),
        cmocka_unit_test(test_names_must_be_known),
        cmocka_unit_test(test_codes_must_not_come_twice),
        cmocka_unit_test(test_bands_and_ranges_must_make_sense),
        cmocka_unit_test(test_class_bounds_start_at_zero_and_rise),
        cmocka_unit_test(test_negative_points_need_a_floor),
        cmocka_unit_test(test_rates_are_at_most_one),
        cmocka_unit_test(test_points_given_two_ways_are_refused),
        cmocka_unit_test(test_classes_change_at_their_bounds),
        cmocka_unit_test(test_class_letters),
        cmocka_unit_test(test_a_published_policy_never_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
