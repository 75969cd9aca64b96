#include "unit/unit.h"

#include "intake/value.h"
#include "intake/value_code.h"
#include "intake/value_money.h"

#include <stdio.h>
#include <string.h>

static void test_days(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        bool day_first;
        enum parse parse;
        date day;
    } cases[] = {
        {"2020/9/24", false, PARSE_OK, 20200924},
        {"2020-09-24", false, PARSE_OK, 20200924},
        {"2020.9.24", false, PARSE_OK, 20200924},
        {"2023年04月12日", false, PARSE_OK, 20230412},
        {"２０２３年４月１２日", false, PARSE_OK, 20230412},
        {"2024-04-04 10:39:00", false, PARSE_OK, 20240404},
        {"2024-04-04T10:39:00+08:00", false, PARSE_OK, 20240404},
        {"2020/9/27 09:15", false, PARSE_OK, 20200927},
        {"21/9/2023 00:00:00", true, PARSE_OK, 20230921},
        {"1/3/2024 00:00:00", true, PARSE_OK, 20240301},
        {"21/9/2023", false, PARSE_OK, 20230921}, /* no month 21: one reading only */
        {"9/21/2023", false, PARSE_OK, 20230921},
        {"5/5/2023", false, PARSE_OK, 20230505},
        {"1/3/2024", false, PARSE_BAD, DATE_NONE}, /* January or March? */
        {"9/21/2023", true, PARSE_BAD, DATE_NONE},
        {"20200924", false, PARSE_OK, 20200924},
        {"20200924103900", false, PARSE_OK, 20200924},
        {"44744", false, PARSE_OK, 20220702},
        {"44744.5", false, PARSE_OK, 20220702},
        {"  2020-09-24　", false, PARSE_OK, 20200924},
        {"长期", false, PARSE_NONE, DATE_NONE},
        {"2099-12-31", false, PARSE_NONE, DATE_NONE},
        {"9999-12-31", false, PARSE_NONE, DATE_NONE},
        {"", false, PARSE_NONE, DATE_NONE},
        {"／", false, PARSE_NONE, DATE_NONE},
        {"2023-02-29", false, PARSE_BAD, DATE_NONE},
        {"2023-13-01", false, PARSE_BAD, DATE_NONE},
        {"2023", false, PARSE_BAD, DATE_NONE},
        {"2023年4月", false, PARSE_BAD, DATE_NONE},
        {"23/4/12", true, PARSE_BAD, DATE_NONE},
        {"99999", false, PARSE_BAD, DATE_NONE},
        {"2020/9/244", false, PARSE_BAD, DATE_NONE},
        {"2020/9/24 见备注", false, PARSE_BAD, DATE_NONE},
        {"0001-01-01", false, PARSE_BAD, DATE_NONE},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        date day = 1;
        enum parse parse = value_date_parse(cases[i].cell, cases[i].day_first, &day);
        if (parse != cases[i].parse || day != cases[i].day) {
            fail_msg("\"%s\" read as %d, %d", cases[i].cell, (int)parse, (int)day);
        }
    }
}

static void test_term_ends(void **state) {
    (void)state;
    date day;
    assert_int_equal(value_term_end_parse("2010-01-01至2030-01-01", false, &day), PARSE_OK);
    assert_int_equal(day, 20300101);
    assert_int_equal(value_term_end_parse("2010年1月1日 到 长期", false, &day), PARSE_NONE);
    assert_int_equal(value_term_end_parse("2030-01-01", false, &day), PARSE_OK);
    assert_int_equal(value_term_end_parse("三十年", false, &day), PARSE_BAD);
}

static void test_money(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int64_t unit;
        enum parse parse;
        int64_t fen;
    } cases[] = {
        {"2000", MONEY_YUAN, PARSE_OK, 200000},
        {"罚款2000元", MONEY_YUAN, PARSE_OK, 200000},
        {"17797.93元", MONEY_YUAN, PARSE_OK, 1779793},
        {"34770.5", MONEY_YUAN, PARSE_OK, 3477050},
        {"0.005", MONEY_YUAN, PARSE_OK, 1},
        {"0.004", MONEY_YUAN, PARSE_OK, 0},
        {"￥１，２３４．５６", MONEY_YUAN, PARSE_OK, 123456},
        {"0.02", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 20000},
        {"0.0025", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 2500},
        {"5,350(万)", MONEY_YUAN, PARSE_OK, 5350000000},
        {"500(万元人民币)", MONEY_YUAN, PARSE_OK, 500000000},
        {"500（万元人民币）", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 500000000},
        {"1.5亿元", MONEY_YUAN, PARSE_OK, 15000000000},
        {"2000元", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 200000}, /* the cell's unit goes first */
        {"100(万美元)", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"100万港币", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"USD 100", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"伍千元", MONEY_YUAN, PARSE_OK, 500000},
        {"叁万元", MONEY_YUAN, PARSE_OK, 3000000},
        {"叁万元整", MONEY_YUAN, PARSE_OK, 3000000},
        {"五千元", MONEY_YUAN, PARSE_OK, 500000},
        {"一万元", MONEY_YUAN, PARSE_OK, 1000000},
        {"三十万元", MONEY_YUAN, PARSE_OK, 30000000},
        {"十万五千元", MONEY_YUAN, PARSE_OK, 10500000},
        {"一万零一百五十元", MONEY_YUAN, PARSE_OK, 1015000},
        {"两万五千元", MONEY_YUAN, PARSE_OK, 2500000},
        {"一亿二千万元", MONEY_YUAN, PARSE_OK, 12000000000},
        {"一百五十八万八千九百七十四元三角六分", MONEY_YUAN, PARSE_OK, 158897436},
        {"五千九百零二元一角", MONEY_YUAN, PARSE_OK, 590210},
        {"2万5千元", MONEY_YUAN, PARSE_BAD, 0},
        {"N/A", MONEY_YUAN, PARSE_NONE, 0},
        {"/", MONEY_YUAN, PARSE_NONE, 0},
        {"", MONEY_YUAN, PARSE_NONE, 0},
        {"若干", MONEY_YUAN, PARSE_BAD, 0},
        {"-5", MONEY_YUAN, PARSE_BAD, 0},
        {"99999999999999999999", MONEY_YUAN, PARSE_BAD, 0},
        {"100000000亿元", MONEY_YUAN, PARSE_BAD, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t fen = 0;
        enum parse parse = value_money_parse(cases[i].cell, cases[i].unit, &fen);
        if (parse != cases[i].parse || fen != cases[i].fen) {
            fail_msg("\"%s\" read as %d, %lld", cases[i].cell, (int)parse, (long long)fen);
        }
    }
}

static void test_fines(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        enum parse parse;
        int64_t fen;
    } cases[] = {
        {"10000", PARSE_OK, 1000000},
        {"责令三日内改正，处五千元罚款。", PARSE_OK, 500000},
        {"处以壹万罚款。", PARSE_OK, 1000000},
        {"处罚款拾捌万肆仟伍佰贰拾元。", PARSE_OK, 18452000},
        {"没收违法所得六百元，处一万元罚款。", PARSE_OK, 1000000},
        {"没收违法所得二千六百五十四元。", PARSE_OK, 265400},
        {"每台处五千元，共计一万五千元罚款。", PARSE_OK, 1500000},
        {"甲处二万元罚款；乙处二万元罚款。", PARSE_OK, 4000000},
        {"甲处二万元罚款，乙处二万元罚款，共计处4万元罚款。", PARSE_OK, 4000000},
        {"罚款0.5倍1234.50元。", PARSE_OK, 123450},
        {"处以壹万元伍千元罚款", PARSE_OK, 1500000},
        {"给予警告，责令于2012年5月31日前改正。", PARSE_NONE, 0},
        {"", PARSE_NONE, 0},
        {"处壹万元以上叁万元以下罚款。", PARSE_BAD, 0},
        {"每台五千元，共计一万五千万元罚款。", PARSE_BAD, 0},
        {"分别处一千元和二千元。", PARSE_BAD, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t fen = 0;
        enum parse parse = value_fine_parse(cases[i].cell, MONEY_YUAN, &fen);
        if (parse != cases[i].parse || fen != cases[i].fen) {
            fail_msg("\"%s\" read as %d, %lld", cases[i].cell, (int)parse, (long long)fen);
        }
    }
}

/* Codes are made here, so that they are nobody's. */
static void make_uscc(const char *body, char uscc[USCC_SIZE]) {
    memcpy(uscc, body, USCC_LENGTH - 1);
    uscc[USCC_LENGTH - 1] = uscc_check_character(uscc);
    uscc[USCC_LENGTH] = '\0';
}

static void test_codes(void **state) {
    (void)state;
    char uscc[USCC_SIZE];
    char cell[128];
    make_uscc("91652323MA77X00X1", uscc);

    assert_int_equal(value_code_parse(uscc).kind, CODE_USCC);
    assert_string_equal(value_code_parse(uscc).text, uscc);
    assert_false(value_code_parse(uscc).mended);

    snprintf(cell, sizeof(cell), "　%.8s %s\t", uscc, uscc + 8); /* blanks in and around it */
    assert_string_equal(value_code_parse(cell).text, uscc);
    snprintf(cell, sizeof(cell), "９１%s", uscc + 2);
    assert_string_equal(value_code_parse(cell).text, uscc);
    snprintf(cell, sizeof(cell), "'%s", uscc);
    cell[9] = 'm'; /* lower case, and the sign that keeps a workbook from counting */
    cell[10] = 'a';
    assert_string_equal(value_code_parse(cell).text, uscc);

    snprintf(cell, sizeof(cell), "%s（1－1）", uscc);
    assert_string_equal(value_code_parse(cell).text, uscc);
    assert_true(value_code_parse(cell).mended);
    snprintf(cell, sizeof(cell), "%s某某店", uscc);
    assert_string_equal(value_code_parse(cell).text, uscc);

    /* O typed for 0: proved by the check character */
    memcpy(cell, uscc, sizeof(uscc));
    char *nought = strchr(cell, '0');
    assert_non_null(nought);
    *nought = 'O';
    assert_string_equal(value_code_parse(cell).text, uscc);
    assert_true(value_code_parse(cell).mended);
}

static void test_codes_that_are_none(void **state) {
    (void)state;
    char uscc[USCC_SIZE];
    char cell[128];
    make_uscc("91652323MA77X00X1", uscc);
    uscc[17] = uscc[17] == '5' ? '6' : '5';
    assert_int_equal(value_code_parse(uscc).kind, CODE_BAD);
    snprintf(cell, sizeof(cell), "%.16s", uscc);
    assert_int_equal(value_code_parse(cell).kind, CODE_BAD);
    snprintf(cell, sizeof(cell), "%.17s", uscc);
    assert_int_equal(value_code_parse(cell).kind, CODE_BAD);
    make_uscc("91652323MA77X00X1", uscc);
    snprintf(cell, sizeof(cell), "%s7", uscc);
    assert_int_equal(value_code_parse(cell).kind, CODE_BAD);
    assert_int_equal(value_code_parse("652323************").kind, CODE_BAD);
    assert_int_equal(value_code_parse("营业执照").kind, CODE_BAD);
    static const char *const nothing[] = {"",     " ",   "　", "/",     "无", "不详",
                                          "不祥", "N/A", "-",  "——",    "*",  "null",
                                          "NULL", "0",   "00", "未提供"};
    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
        if (value_code_parse(nothing[i]).kind != CODE_NONE) {
            fail_msg("\"%s\" should say nothing", nothing[i]);
        }
    }
}

static void test_registration_numbers(void **state) {
    (void)state;
    assert_int_equal(value_code_parse("652323050000001").kind, CODE_NUMBER);
    assert_string_equal(value_code_parse("652323050000001（1-1）").text, "652323050000001");
    assert_int_equal(value_code_parse("000000000000000").kind, CODE_NONE);
    assert_int_equal(value_code_parse("65232305000000").kind, CODE_BAD);

    /* an old tax number: a division and an organisation code with its check character */
    char tax[32] = "652323MA77X00X";
    tax[14] = uscc_organisation_check(tax + 6);
    assert_int_equal(value_code_parse(tax).kind, CODE_NUMBER);
    char stretched[32];
    snprintf(stretched, sizeof(stretched), "%s000", tax);
    assert_string_equal(value_code_parse(stretched).text, tax);
    tax[14] = tax[14] == 'X' ? '1' : 'X';
    assert_int_equal(value_code_parse(tax).kind, CODE_BAD);
}

static void test_texts(void **state) {
    (void)state;
    char text[64] = " 　两行\r\n文字　";
    assert_true(value_text_trim(text));
    assert_string_equal(text, "两行 文字");
    char nothing[] = "／";
    assert_false(value_text_trim(nothing));
    char name[64] = "某某（县）有限公司？、 ";
    assert_true(value_name_trim(name));
    assert_string_equal(name, "某某（县）有限公司");
    char folded[16];
    assert_true(value_fold("ＡＢ　１２", folded, sizeof(folded)));
    assert_string_equal(folded, "AB 12");
    assert_false(value_fold("0123456789abcdefgh", folded, sizeof(folded)));
    int64_t number = 0;
    assert_int_equal(value_integer_parse("1,204", &number), PARSE_OK);
    assert_int_equal(number, 1204);
    assert_int_equal(value_integer_parse("45%", &number), PARSE_OK);
    assert_int_equal(number, 45);
    assert_int_equal(value_integer_parse("3.0", &number), PARSE_OK);
    assert_int_equal(value_integer_parse("3.5", &number), PARSE_BAD);
}

static void test_months(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int64_t period;
    } months[] = {{"2026-10", 202610},        {"2026年9月", 202609}, {"2026/1", 202601},
                  {"２０２６．１２", 202612}, {"202610", 202610},    {"2026年10月期", 202610},
                  {"2026-10-31", 202610},     {"20261031", 202610},  {"46326", 202610}};
    int64_t period = 0;
    for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
        assert_int_equal(value_period_parse(months[i].cell, &period), PARSE_OK);
        assert_int_equal(period, months[i].period);
    }
    static const char *const none[] = {"2026-13", "2026-0", "2026", "十月", "2026-10-"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        assert_int_equal(value_period_parse(none[i], &period), PARSE_BAD);
    }
    assert_int_equal(value_period_parse("/", &period), PARSE_NONE);
}

static void test_points(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int64_t hundredths;
        bool exact;
    } points[] = {{"0", 0, true},
                  {"199.9", 19990, true},
                  {"199.90", 19990, true},
                  {"0.05", 5, true},
                  {"1,000", 100000, true},
                  {"85.5分", 8550, true},
                  {"199.994", 19999, false},
                  {"199.995", 20000, false},
                  {"12.3400", 1234, true},
                  {"345.59999999999997", 34560, false}};
    int64_t hundredths = 0;
    bool exact = false;
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        assert_int_equal(value_points_parse(points[i].cell, &hundredths, &exact), PARSE_OK);
        assert_int_equal(hundredths, points[i].hundredths);
        assert_int_equal(exact, points[i].exact);
    }
    static const char *const none[] = {"-1", "1.2.3", "高", ".5", "1e3", "12345678901234567890"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        assert_int_equal(value_points_parse(none[i], &hundredths, &exact), PARSE_BAD);
    }
    assert_int_equal(value_points_parse("无", &hundredths, &exact), PARSE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_term_ends),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_fines),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_codes_that_are_none),
        cmocka_unit_test(test_registration_numbers),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_points),
    };
    return cmocka_run_group_tests_name("intake/value", tests, NULL, NULL);
}
