/* Changing one value of a policy: nothing else changes, and no rule is broken. */
#include "unit/every_policy.h"
#include "unit/unit.h"

#include "base/buffer.h"
#include "policy/policy_diff.h"
#include "policy/policy_edit.h"
#include "policy/policy_reach.h"

#include <string.h>

static struct error error = ERROR_INIT;
static struct arena *arena;
static struct policy *policy;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    assert_non_null(arena);
    assert_ok(policy_parse(&policy, every_policy, "p.json", &error), &error);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    policy_free(policy);
    arena_free(arena);
    error_clear(&error);
    return 0;
}

/* The values of a part. */
static struct policy_value *values_of(enum policy_sheet sheet, size_t index, size_t *count) {
    const struct policy_part part = {sheet, index};
    struct policy_value *values = NULL;
    assert_ok(policy_values(policy, &part, arena, &values, count, &error), &error);
    return values;
}

/* The value of a key; list and item may be NULL and 0. */
static const struct policy_value *find(enum policy_sheet sheet, size_t index, const char *list,
                                       size_t item, const char *key) {
    size_t count = 0;
    const struct policy_value *values = values_of(sheet, index, &count);
    for (size_t i = 0; i < count; i++) {
        bool same = list == NULL ? values[i].list == NULL
                                 : values[i].list != NULL && strcmp(values[i].list, list) == 0;
        if (same && values[i].item == item && strcmp(values[i].column->key, key) == 0) {
            return &values[i];
        }
    }
    fail_msg("there is no value %s", key);
    return NULL;
}

/* The number of an indicator. */
static size_t indicator(const char *code) {
    size_t place = 0;
    while (strcmp(policy->indicators[place].code, code) != 0) {
        place++;
    }
    return place;
}

/* What the change makes differ, a sentence a line; changed back, the digest is that of before. */
static void expect_change(const struct policy_value *value, const char *text, const char *wanted) {
    struct policy *edited = NULL;
    struct policy *back = NULL;
    struct policy_change *changes = NULL;
    size_t count = 0;
    struct buffer told = BUFFER_INIT;
    assert_ok(policy_edit(policy, value, text, &edited, &error), &error);
    assert_ok(policy_diff(policy, edited, arena, &changes, &count, &error), &error);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&told, "%s\n", policy_change_sentence(&changes[i], arena));
    }
    assert_string_equal(buffer_text(&told), wanted);
    buffer_free(&told);
    assert_ok(policy_edit(edited, value, value->text, &back, &error), &error);
    assert_string_equal(back->digest, policy->digest);
    assert_string_equal(back->canonical, policy->canonical);
    policy_free(edited);
    policy_free(back);
}

static void expect_refused(const struct policy_value *value, const char *text, enum result wanted,
                           const char *sentence) {
    struct policy *edited = NULL;
    assert_int_equal(policy_edit(policy, value, text, &edited, &error), wanted);
    assert_null(edited);
    if (strstr(error_sentence(&error), sentence) == NULL) {
        fail_msg("wanted %s, found %s", sentence, error_sentence(&error));
    }
    error_clear(&error);
}

/* Every value of every part, given the text that it shows: the same document, to the byte. */
static void test_what_a_value_shows_is_what_it_is(void **state) {
    (void)state;
    static const enum policy_sheet sheets[] = {POLICY_SHEET_GENERAL, POLICY_SHEET_DIMENSIONS,
                                               POLICY_SHEET_INDICATORS, POLICY_SHEET_DIRECT,
                                               POLICY_SHEET_MEASURES};
    const size_t parts[] = {1, policy->dimension_count, policy->indicator_count,
                            policy->direct_count, CLASS_COUNT};
    size_t tried = 0;
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++) {
        for (size_t part = 0; part < parts[i]; part++) {
            size_t count = 0;
            const struct policy_value *values = values_of(sheets[i], part, &count);
            assert_true(count > 2);
            for (size_t j = 0; j < count; j++) {
                struct policy *edited = NULL;
                if (values[j].fixed) {
                    expect_refused(&values[j], values[j].text, RESULT_REFUSED, "not changed here");
                    continue;
                }
                assert_ok(policy_edit(policy, &values[j], values[j].text, &edited, &error), &error);
                if (strcmp(edited->digest, policy->digest) != 0) {
                    fail_msg("%s \"%s\": %s", values[j].column->key, values[j].text,
                             edited->canonical);
                }
                policy_free(edited);
                tried++;
            }
        }
    }
    assert_true(tried > 100);
}

static void test_one_value_changes_and_nothing_else(void **state) {
    (void)state;
    expect_change(find(POLICY_SHEET_GENERAL, 0, NULL, 0, "classes.C"), "350",
                  "总则: C类下限 from 300 to 350\n");
    expect_change(find(POLICY_SHEET_DIMENSIONS, 0, NULL, 0, "cap"), "",
                  "维度 basic 基础属性: 封顶 now nothing, before 220\n");
    expect_change(find(POLICY_SHEET_DIMENSIONS, 1, NULL, 0, "cap"), "90",
                  "维度 d2 同名: 封顶 now 90, before nothing\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I6"), NULL, 0, "cap"), "２５０ ",
                  "指标 I6 固定: 封顶 from 240 to 250\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I2"), NULL, 0, "floor"), "-9",
                  "指标 I2 行业: 保底 from -5 to -9\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I3"), NULL, 0, "amount.to"), "50.5",
                  "指标 I3 在册: 金额至(元,不含) from 12345.67 to 50.50\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I3"), NULL, 0, "level.from"), "",
                  "指标 I3 在册: 程度自(含) now nothing, before 2\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I2"), "codes", 1, "points"), "4",
                  "指标 I2 行业: 代码分值 F from 3 to 4\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I7"), "bands", 1, "points"), "300",
                  "指标 I7 逐级: 分值档 2 ~ from 310 to 300\n");
    expect_change(find(POLICY_SHEET_INDICATORS, indicator("I6"), "decay", 1, "percent"), "55",
                  "指标 I6 固定: 时间衰减 below 24 months from 60 to 55\n");
    expect_change(find(POLICY_SHEET_DIRECT, 0, NULL, 0, "mode"), "确认后判定",
                  "直接判定 X1 严重违法: 方式 from 自动判定 to 确认后判定\n");
    expect_change(find(POLICY_SHEET_MEASURES, CLASS_B, NULL, 0, "rate"), "5%",
                  "监管措施 B: 抽查比例 from 1/3 to 5%\n");
}

static void test_words_of_a_list_are_marked(void **state) {
    (void)state;
    const struct policy_value *kinds = find(POLICY_SHEET_GENERAL, 0, NULL, 0, "applies_to.kinds");
    assert_true(policy_value_has(kinds, "enterprise"));
    assert_false(policy_value_has(kinds, "individual"));
    assert_false(policy_value_has(find(POLICY_SHEET_GENERAL, 0, NULL, 0, "maximum"), "900"));
    expect_change(kinds, "企业\n", "总则: 适用主体 from 农民专业合作社、企业 to 企业\n");
    expect_change(find(POLICY_SHEET_GENERAL, 0, NULL, 0, "applies_to.industries"), "",
                  "总则: 适用行业 now nothing, before F、C13\n");
    expect_refused(kinds, "", RESULT_INVALID, "missing");
}

/* The border between two bands is one: neither a gap nor an overlap comes of moving it. */
static void test_a_border_between_bands_moves_as_one(void **state) {
    (void)state;
    size_t years = indicator("001");
    const struct policy_value *upper = find(POLICY_SHEET_INDICATORS, years, "bands", 0, "from");
    const struct policy_value *lower = find(POLICY_SHEET_INDICATORS, years, "bands", 1, "to");
    const struct policy_value *outer = find(POLICY_SHEET_INDICATORS, years, "bands", 0, "to");
    assert_true(policy_edit_moves_along(policy, upper));
    assert_true(policy_edit_moves_along(policy, lower));
    assert_false(policy_edit_moves_along(policy, outer));
    assert_string_equal(upper->name, "12 ~ 36");
    struct policy *edited = NULL;
    for (int i = 0; i < 2; i++) {
        assert_ok(policy_edit(policy, i == 0 ? upper : lower, "24", &edited, &error), &error);
        assert_int_equal(edited->indicators[years].bands[0].from, 24);
        assert_int_equal(edited->indicators[years].bands[1].to, 24);
        assert_int_equal(edited->indicators[years].bands[0].to, 36);
        policy_free(edited);
    }
    assert_ok(policy_edit(policy, outer, "", &edited, &error), &error);
    assert_int_equal(edited->indicators[years].bands[0].to, INT64_MAX);
    policy_free(edited);
    expect_refused(upper, "36", RESULT_INVALID, "The band is empty");
    expect_refused(upper, "", RESULT_INVALID, "overlaps band 1");
}

static void test_rules_hold(void **state) {
    (void)state;
    expect_refused(find(POLICY_SHEET_GENERAL, 0, NULL, 0, "classes.C"), "600", RESULT_INVALID,
                   "rise from class to class");
    expect_refused(find(POLICY_SHEET_GENERAL, 0, NULL, 0, "classes.C"), "", RESULT_INVALID,
                   "missing");
    expect_refused(find(POLICY_SHEET_INDICATORS, 0, "bands", 0, "points"), "四十", RESULT_INVALID,
                   "is no whole number");
    expect_refused(find(POLICY_SHEET_INDICATORS, 0, "bands", 0, "points"), "-1", RESULT_INVALID,
                   "must state its \"floor\"");
    expect_refused(find(POLICY_SHEET_INDICATORS, 0, "bands", 0, "points"), " ", RESULT_INVALID, "");
    expect_refused(find(POLICY_SHEET_INDICATORS, indicator("I2"), "codes", 0, "points"), "",
                   RESULT_INVALID, "");
    expect_refused(find(POLICY_SHEET_INDICATORS, indicator("I6"), "decay", 0, "to"), "24",
                   RESULT_INVALID, "must rise");
    expect_refused(find(POLICY_SHEET_DIRECT, 0, NULL, 0, "mode"), "也许", RESULT_INVALID,
                   "is not known here");
    expect_refused(find(POLICY_SHEET_DIMENSIONS, 0, NULL, 0, "cap"), "-1", RESULT_INVALID, "");
}

static void test_versions_are_named_on(void **state) {
    (void)state;
    static const char *const names[][2] = {{"2026.1", "2026.2"},
                                           {"2026.9", "2026.10"},
                                           {"2026.09", "2026.10"},
                                           {"试行", "试行.1"},
                                           {"7", "8"},
                                           {"12345678901", "12345678901.1"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_string_equal(policy_next_version(names[i][0], arena), names[i][1]);
    }
    struct policy *edited = NULL;
    struct policy *back = NULL;
    assert_ok(policy_edit_version(policy, "2026.11", &edited, &error), &error);
    assert_string_equal(edited->version, "2026.11");
    assert_ok(policy_edit_version(edited, policy->version, &back, &error), &error);
    assert_string_equal(back->digest, policy->digest);
    policy_free(edited);
    policy_free(back);
    assert_int_equal(policy_edit_version(policy, " ", &edited, &error), RESULT_INVALID);
    assert_null(edited);
}

static void expect_reach(const char *code, int64_t low, int64_t high) {
    struct policy_reach reach = policy_indicator_reach(&policy->indicators[indicator(code)]);
    assert_int_equal(reach.low, low);
    assert_int_equal(reach.high, high);
}

static void test_what_indicators_can_come_to(void **state) {
    (void)state;
    expect_reach("001", 0, 60);
    expect_reach("I2", -5, 7);
    expect_reach("I6", 0, 240);
    expect_reach("I7", 0, POLICY_NO_END);
    expect_reach("I4", 0, 0);
}

#define EDIT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        EDIT_TEST(test_what_a_value_shows_is_what_it_is),
        EDIT_TEST(test_one_value_changes_and_nothing_else),
        EDIT_TEST(test_words_of_a_list_are_marked),
        EDIT_TEST(test_a_border_between_bands_moves_as_one),
        EDIT_TEST(test_rules_hold),
        EDIT_TEST(test_versions_are_named_on),
        EDIT_TEST(test_what_indicators_can_come_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
