#include "unit/unit.h"

#include "plan/measures_text.h"

#include <string.h>

static struct error error = ERROR_INIT;

/* The call must have been refused as wrong use, with these words. */
static void expect_usage(enum result code, const char *words) {
    assert_int_equal(code, RESULT_USAGE);
    if (strstr(error_sentence(&error), words) == NULL) {
        fail_msg("wanted \"%s\", got \"%s\"", words, error_sentence(&error));
    }
    error_clear(&error);
}

static void test_rates_are_read_exactly(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint64_t num;
        uint64_t den;
        const char *written;
    } good[] = {
        {"1%", 1, 100, "1%"},
        {"100%", 1, 1, "100%"},
        {"0.5%", 1, 200, "0.5%"},
        {"12.5%", 1, 8, "12.5%"},
        {"0.0001%", 1, 1000000, "0.0001%"},
        {"1/3", 1, 3, "1/3"},
        {"2/6", 1, 3, "1/3"},
        {"3/3", 1, 1, "100%"},
        {"５％", 1, 20, "5%"},
        {"05.50%", 11, 200, "5.5%"},
        {"1/1000000", 1, 1000000, "0.0001%"},
        {"1/7000000", 1, 7000000, "1/7000000"},
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct draw_rate rate;
        char text[RATE_TEXT_SIZE];
        assert_ok(rate_parse(good[i].text, &rate, &error), &error);
        assert_int_equal(rate.num, good[i].num);
        assert_int_equal(rate.den, good[i].den);
        assert_string_equal(rate_format(rate, text), good[i].written);
    }
    static const char *const bad[] = {"",
                                      "0%",
                                      "0/5",
                                      "101%",
                                      "100.0001%",
                                      "4/3",
                                      "1/0",
                                      "5",
                                      "%",
                                      "-1%",
                                      "1e2%",
                                      "0.00001%",
                                      "1 %%",
                                      "1/2%",
                                      "0x5%",
                                      "1/3/4",
                                      ".5%",
                                      "5%5",
                                      "99999999999999999999%",
                                      "1/99999999999",
                                      "百分之五"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct draw_rate rate;
        expect_usage(rate_parse(bad[i], &rate, &error), "is no rate");
    }
}

static void test_every_class_has_its_rate_or_weight_once(void **state) {
    (void)state;
    struct draw_rule rules[CLASS_COUNT] = {0};
    assert_ok(rates_parse("D=100%,B=5%,A=1%,C=1/5", rules, &error), &error);
    for (int i = 0; i < CLASS_COUNT; i++) {
        assert_int_equal(rules[i].risk_class, 'A' + i);
        assert_true(rules[i].maximum == DRAW_NO_MAXIMUM);
    }
    assert_int_equal(rules[2].rate.den, 5);
    /* As an input method writes it. */
    assert_ok(rates_parse("ａ＝1％， B = 5%,c=20%，D=100%", rules, &error), &error);
    assert_int_equal(rules[1].rate.den, 20);
    assert_ok(weights_parse("A=1, B=5, C=20, D=100", rules, &error), &error);
    assert_int_equal(rules[3].weight, 100);
    static const struct {
        const char *text;
        const char *words;
    } bad[] = {
        {"A=1%,B=5%,C=20%", "Class D is missing"},
        {"", "does not fit"},
        {"A=1%,A=1%,C=20%,D=100%", "does not fit"},
        {"A=1%,B=5%,C=20%,D=100%,E=1%", "does not fit"},
        {"A=1%;B=5%;C=20%;D=100%", "is no rate"},
        {"A=1%,B=5%,C=20%,D=", "is no rate"},
        {"A=1%,B=5%,C=20%,D=100%,", "does not fit"},
        {"A:1%,B=5%,C=20%,D=100%", "does not fit"},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        expect_usage(rates_parse(bad[i].text, rules, &error), bad[i].words);
    }
    static const char *const weights[] = {"A=0,B=5,C=20,D=100", "A=1.5,B=5,C=20,D=100",
                                          "A=-1,B=5,C=20,D=100", "A=,B=5,C=20,D=100",
                                          "A=1%,B=5,C=20,D=100"};
    for (size_t i = 0; i < sizeof(weights) / sizeof(weights[0]); i++) {
        expect_usage(weights_parse(weights[i], rules, &error), "is no weight");
    }
}

static void test_a_short_rate_is_a_percentage(void **state) {
    (void)state;
    char text[RATE_TEXT_SIZE];
    assert_string_equal(rate_format_short((struct draw_rate){1, 40}, text), "2.5%");
    assert_string_equal(rate_format_short((struct draw_rate){1, 1}, text), "100%");
    assert_string_equal(rate_format_short((struct draw_rate){1397, 267540}, text), "~0.5222%");
    assert_string_equal(rate_format_short((struct draw_rate){2, 3}, text), "~66.6667%");
    assert_string_equal(rate_format_short((struct draw_rate){1, 1000000000}, text), "~0.0000%");
}

static void a_matrix_has_rates_of_grades(void **state) {
    struct draw_rule rules[MATRIX_MOST];
    struct arena *arena = arena_new();
    size_t count = 0;
    (void)state;
    assert_non_null(arena);
    assert_ok(
        matrix_parse("A=1%，B=5%,C=20%,D=100%,b/高=30%,A/high=1/3", arena, rules, &count, &error),
        &error);
    assert_int_equal(count, 6);
    assert_string_equal(rules[1].grade, "HIGH"); /* sorted by class, then grade */
    assert_int_equal(rules[1].rate.den, 3);
    assert_string_equal(rules[3].grade, "高");
    static const char *const wrong[] = {"A/high=1%",
                                        "A=1%,B=5%,C=20%,D=100%,A/=1%",
                                        "A=1%,B=5%,C=20%,D=100%,E/x=1%",
                                        "A=1%,B=5%,C=20%,D=100%,A/x",
                                        "A=1%,B=5%,C=20%,A/x=1%",
                                        "A=1%,B=5%,C=20%,D=100%,A/x=0%"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(matrix_parse(wrong[i], arena, rules, &count, &error), RESULT_USAGE);
        error_clear(&error);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_short_rate_is_a_percentage),
        cmocka_unit_test(test_rates_are_read_exactly),
        cmocka_unit_test(test_every_class_has_its_rate_or_weight_once),
        cmocka_unit_test(a_matrix_has_rates_of_grades),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
