/* What differs between policies, and what is worth a look in one. */
#include "unit/every_policy.h"
#include "unit/unit.h"

#include "base/buffer.h"
#include "policy/policy_advice.h"
#include "policy/policy_diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct error error = ERROR_INIT;

static struct policy *parsed(const char *text) {
    struct policy *policy = NULL;
    assert_ok(policy_parse(&policy, text, "p.json", &error), &error);
    return policy;
}

/* The text with the one place that reads `from` reading `to`; on the heap. */
static char *replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    char *made = NULL;
    assert_true(asprintf(&made, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) > 0);
    return made;
}

/* The differences between two documents, a sentence a line, on the heap. */
static char *differences(const char *first, const char *second) {
    struct arena *arena = arena_new();
    struct policy *before = parsed(first);
    struct policy *after = parsed(second);
    struct policy_change *changes = NULL;
    size_t count = 0;
    struct buffer text = BUFFER_INIT;
    assert_ok(policy_diff(before, after, arena, &changes, &count, &error), &error);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&text, "%s\n", policy_change_sentence(&changes[i], arena));
    }
    char *copy = strdup(buffer_text(&text));
    buffer_free(&text);
    policy_free(before);
    policy_free(after);
    arena_free(arena);
    return copy;
}

/* With one place changed, these are the differences, there and (where given) back again. */
static void expect_difference(const char *from, const char *to, const char *wanted,
                              const char *back) {
    char *changed = replaced(every_policy, from, to);
    char *found = differences(every_policy, changed);
    assert_string_equal(found, wanted);
    free(found);
    found = differences(changed, every_policy);
    if (back != NULL) {
        assert_string_equal(found, back);
    } else {
        assert_string_not_equal(found, "");
    }
    free(found);
    free(changed);
}

static void test_nothing_differs(void **state) {
    (void)state;
    char *found = differences(every_policy, every_policy);
    assert_string_equal(found, "");
    free(found);
}

static void test_every_part_is_compared(void **state) {
    (void)state;
    expect_difference("\"2026.10\"", "\"2026.11\"", "总则: 版本 from 2026.10 to 2026.11\n",
                      "总则: 版本 from 2026.11 to 2026.10\n");
    expect_difference("\"field\": \"食品\"", "\"field\": \"药品\"",
                      "总则: 专业领域 from 食品 to 药品\n", NULL);
    expect_difference(", \"regions\": [\"65\", \"652323\"]", "",
                      "总则: 适用地区 now nothing, before 65、652323\n",
                      "总则: 适用地区 now 65、652323, before nothing\n");
    expect_difference("\"C\": 300", "\"C\": 350", "总则: C类下限 from 300 to 350\n", NULL);
    expect_difference("\"name\": \"基础属性\", \"cap\": 220", "\"name\": \"基础属性\"",
                      "维度 basic 基础属性: 封顶 now nothing, before 220\n", NULL);
    expect_difference("\"cap\": 240", "\"cap\": 250", "指标 I6 固定: 封顶 from 240 to 250\n", NULL);
    expect_difference("\"kind\": \"amount\"", "\"kind\": \"count\"",
                      "指标 I5 金额: 类型 from 金额合计 to 信息件数\n", NULL);
    expect_difference("\"to\": 1234567}", "\"to\": 1234500}",
                      "指标 I3 在册: 金额至(元,不含) from 12345.67 to 12345\n", NULL);
    expect_difference("\"mode\": \"auto\"", "\"mode\": \"confirm\"",
                      "直接判定 X1 严重违法: 方式 from 自动判定 to 确认后判定\n", NULL);
    expect_difference("\"num\": 1, \"den\": 3", "\"num\": 5, \"den\": 100",
                      "监管措施 B: 抽查比例 from 1/3 to 5%\n", NULL);
    expect_difference("\"basis\": \"\",", "\"basis\": \"X9\",",
                      "指标 I2 行业: 依据 from （空） to X9\n", NULL);
}

static void test_bands_are_compared_one_by_one(void **state) {
    (void)state;
    expect_difference("{\"to\": 12, \"points\": 60}", "{\"to\": 12, \"points\": 61}",
                      "指标 001 年限: 分值档 ~ 12 from 60 to 61\n",
                      "指标 001 年限: 分值档 ~ 12 from 61 to 60\n");
    expect_difference("{\"from\": 12, \"to\": 36, \"points\": 40}",
                      "{\"from\": 12, \"to\": 30, \"points\": 40}",
                      "指标 001 年限: 分值档 12 ~ 36 now nothing, before 40\n"
                      "指标 001 年限: 分值档 12 ~ 30 now 40, before nothing\n",
                      NULL);
    expect_difference("\"F52\": -5, ", "\"F52\": -4, \"B06\": 9, ",
                      "指标 I2 行业: 代码分值 F52 from -5 to -4\n"
                      "指标 I2 行业: 代码分值 B06 now 9, before nothing\n",
                      NULL);
    expect_difference("[24, 60]", "[24, 70]",
                      "指标 I6 固定: 时间衰减 below 24 months from 60 to 70\n", NULL);
}

static void test_what_came_and_went(void **state) {
    (void)state;
    const char *rule = "{\"code\": \"X1\", \"name\": \"严重违法\", \"facts\": "
                       "[\"serious_violation\"], \"mode\": \"auto\", \"basis\": \"X11\"},";
    expect_difference(rule, "", "直接判定 X1 严重违法: removed\n", "直接判定 X1 严重违法: added\n");
}

/* Another digest is never told as no difference. */
static void test_order_alone_is_told(void **state) {
    (void)state;
    expect_difference("[{\"to\": 2, \"points\": 155}, {\"from\": 2, \"points\": 310}]",
                      "[{\"from\": 2, \"points\": 310}, {\"to\": 2, \"points\": 155}]",
                      "总则: order of the entries changed\n",
                      "总则: order of the entries changed\n");
}

/* ---- advice ---------------------------------------------------------------------------------- */

/* A policy of one indicator, which reads so behind its kind, in a dimension of that cap. */
static char *with_indicator(const char *indicator, const char *cap) {
    char *text = NULL;
    assert_true(
        asprintf(&text,
                 "{\"format\": \"xinfeng-policy/1\", \"code\": \"c\", \"version\": \"1\", "
                 "\"name\": \"n\", \"applies_to\": {\"kinds\": [\"enterprise\"]}, \"maximum\": "
                 "1000, \"classes\": {\"A\": 0, \"B\": 1, \"C\": 2, \"D\": 3}, "
                 "\"dimensions\": [{\"code\": \"d\", \"name\": \"D\"%s%s}], "
                 "\"indicators\": [{\"code\": \"I\", \"name\": \"N\", \"dimension\": \"d\", "
                 "\"basis\": \"X9\", %s}], \"direct\": [], \"measures\": {"
                 "\"A\": {\"rate\": {\"num\": 1, \"den\": 1}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}, "
                 "\"B\": {\"rate\": {\"num\": 1, \"den\": 1}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}, "
                 "\"C\": {\"rate\": {\"num\": 1, \"den\": 1}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}, "
                 "\"D\": {\"rate\": {\"num\": 1, \"den\": 1}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}}}",
                 cap == NULL ? "" : ", \"cap\": ", cap == NULL ? "" : cap, indicator) > 0);
    return text;
}

/* The remarks begin so, in turn; NULL ends them. */
static void expect_advice(const char *indicator, const char *cap, const char *const *wanted) {
    struct arena *arena = arena_new();
    char *text = with_indicator(indicator, cap);
    struct policy *policy = parsed(text);
    struct policy_advice *advice = NULL;
    size_t count = 0;
    assert_ok(policy_advise(policy, arena, &advice, &count, &error), &error);
    for (size_t i = 0; i < count; i++) {
        char found[512];
        snprintf(found, sizeof(found), "%s: %s", advice[i].code, advice[i].sentence);
        if (*wanted == NULL || strncmp(found, *wanted, strlen(*wanted)) != 0) {
            fail_msg("%s\nwanted %s, found %s", indicator, *wanted == NULL ? "nothing" : *wanted,
                     found);
        }
        wanted++;
    }
    if (*wanted != NULL) {
        fail_msg("%s\nwanted %s", indicator, *wanted);
    }
    policy_free(policy);
    free(text);
    arena_free(arena);
}

#define ADVICE(...)                                                                                \
    (const char *const[]) {                                                                        \
        __VA_ARGS__, NULL                                                                          \
    }
#define NO_ADVICE                                                                                  \
    (const char *const[]) {                                                                        \
        NULL                                                                                       \
    }
#define NEVER                                                                                      \
    "I: The indicator can never", "B: No total reaches class B", "C: No total", "D: No total"

#define EVENT "\"kind\": \"event\", \"facts\": [\"penalty\"]"
#define COUNT "\"kind\": \"count\", \"facts\": [\"penalty\"], \"window\": 12"

static void test_indicators_that_never_give_points(void **state) {
    (void)state;
    expect_advice(EVENT ", \"points\": 5", NULL, NO_ADVICE);
    expect_advice(EVENT ", \"points\": 0", NULL, ADVICE(NEVER));
    expect_advice(EVENT ", \"points\": 5, \"cap\": 0", NULL, ADVICE(NEVER));
    expect_advice(EVENT ", \"points\": 5, \"decay\": [[12, 0]]", NULL, ADVICE(NEVER));
    expect_advice(EVENT ", \"points\": -5, \"floor\": 0", NULL, ADVICE(NEVER));
    expect_advice(EVENT ", \"by\": \"level\", \"level\": {\"from\": 3}, \"bands\": "
                        "[{\"to\": 3, \"points\": 9}]",
                  NULL, ADVICE(NEVER));
    expect_advice(COUNT ", \"bands\": []", NULL, ADVICE(NEVER));
    expect_advice(COUNT ", \"bands\": [{\"to\": 0, \"points\": 9}]", NULL, ADVICE(NEVER));
    expect_advice("\"kind\": \"attribute\", \"attribute\": \"key_field\", \"bands\": "
                  "[{\"from\": 2, \"points\": 9}]",
                  NULL, ADVICE(NEVER));
    expect_advice("\"kind\": \"relation\", \"relations\": [\"officer\"], \"classes\": [\"D\"], "
                  "\"measure\": \"percent\", \"bands\": [{\"from\": 101, \"points\": 9}]",
                  NULL, ADVICE(NEVER));
    expect_advice("\"kind\": \"attribute\", \"attribute\": \"capital\", \"bands\": [], "
                  "\"missing\": 3",
                  NULL, NO_ADVICE);
}

static void test_gaps_between_bands(void **state) {
    (void)state;
    expect_advice(COUNT ", \"bands\": [{\"from\": 5, \"points\": 9}, {\"from\": 1, \"to\": 3, "
                        "\"points\": 4}]",
                  NULL, ADVICE("I: Values from 3 to below 5 are in no band"));
    expect_advice(COUNT ", \"bands\": [{\"from\": 3, \"points\": 9}, {\"from\": 1, \"to\": 3, "
                        "\"points\": 4}]",
                  NULL, NO_ADVICE);
}

static void test_caps_of_dimensions(void **state) {
    (void)state;
    expect_advice(COUNT ", \"bands\": [{\"from\": 1, \"points\": 9}]", "9", NO_ADVICE);
    expect_advice(COUNT ", \"bands\": [{\"from\": 1, \"points\": 9}]", "10",
                  ADVICE("d: The cap of 10 is never reached: the indicators of the dimension come "
                         "to 9 at most"));
    expect_advice(COUNT ", \"bands\": [{\"from\": 1, \"points\": 9}, {\"to\": 1, \"points\": 5}]",
                  "5", ADVICE("d: The cap of 5 is always reached"));
    expect_advice("\"kind\": \"attribute\", \"attribute\": \"capital\", \"bands\": [{\"points\": "
                  "7}]",
                  "5", NO_ADVICE); /* where the capital is not known there are none */
    expect_advice(EVENT ", \"points\": 5", "900", NO_ADVICE); /* however many there are */
    expect_advice(EVENT ", \"points\": 5", "2",
                  ADVICE("D: No total reaches class D, which begins "
                         "at 3: all dimensions together come to 2"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_differs),
        cmocka_unit_test(test_every_part_is_compared),
        cmocka_unit_test(test_bands_are_compared_one_by_one),
        cmocka_unit_test(test_what_came_and_went),
        cmocka_unit_test(test_order_alone_is_told),
        cmocka_unit_test(test_indicators_that_never_give_points),
        cmocka_unit_test(test_gaps_between_bands),
        cmocka_unit_test(test_caps_of_dimensions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
