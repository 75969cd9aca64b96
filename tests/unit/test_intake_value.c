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
        /* Chinese numerals, also with what is typed for 〇 */
        {"二〇二三年四月十二日", false, PARSE_OK, 20230412},
        {"二零二三年十二月三十一日", false, PARSE_OK, 20231231},
        {"二○二三年十月十日", false, PARSE_OK, 20231010},
        {"二O一九年元月廿一日", false, PARSE_OK, 20190121},
        {"二0一九年〇四月〇一号", false, PARSE_OK, 20190401},
        {"贰零贰叁年壹拾贰月叁拾日", false, PARSE_OK, 20231230},
        {"一九九八年 十一 月 二 日", false, PARSE_OK, 19981102},
        {"2023年四月十二日", false, PARSE_OK, 20230412},
        {"二三年四月十二日", false, PARSE_BAD, DATE_NONE},
        {"二〇二三年四月", false, PARSE_BAD, DATE_NONE},
        {"二〇二三年十三月一日", false, PARSE_BAD, DATE_NONE},
        {"二〇二三年二月三十日", false, PARSE_BAD, DATE_NONE},
        {"二〇二三年四月初五", false, PARSE_BAD, DATE_NONE},
        {"二〇二三年零十二月一日", false, PARSE_BAD, DATE_NONE},
        /* marks, blanks, stops */
        {"2023 年 4 月 12 日", false, PARSE_OK, 20230412},
        {"2020 - 09 - 24", false, PARSE_OK, 20200924},
        {"２０２０．９．２４", false, PARSE_OK, 20200924},
        {"2020–09–24", false, PARSE_OK, 20200924},
        {"2020、9、24", false, PARSE_OK, 20200924},
        {"2023.4.12.", false, PARSE_OK, 20230412},
        {"2023年4月12号。", false, PARSE_OK, 20230412},
        {"'2020-09-24", false, PARSE_OK, 20200924},
        {"\xE2\x80\xAD"
         "2020-09-24\xE2\x80\xAC",
         false, PARSE_OK, 20200924}, /* marks of direction */
        {"2020\xE2\x80\x8B-09-24", false, PARSE_OK, 20200924},
        {"2020 09 24", false, PARSE_BAD, DATE_NONE},
        {"2020--09-24", false, PARSE_BAD, DATE_NONE},
        {"2020-09", false, PARSE_BAD, DATE_NONE},
        {"2020-9-2²", false, PARSE_BAD, DATE_NONE},
        {"2020-9-①", false, PARSE_BAD, DATE_NONE},
        /* times and zones */
        {"2020-09-24T10:39:00Z", false, PARSE_OK, 20200924},
        {"2020-09-23T16:00:00.000Z", false, PARSE_OK, 20200924}, /* midnight in China */
        {"2020-12-31T16:00:00+00:00", false, PARSE_OK, 20210101},
        {"2020-09-24T00:30:00+0900", false, PARSE_OK, 20200923},
        {"2020-09-24 00:00:00+08:00", false, PARSE_OK, 20200924},
        {"2020-09-24T10:39:00-05:00", false, PARSE_OK, 20200924},
        {"20200924T103900Z", false, PARSE_OK, 20200924},
        {"20200924 10:39:00", false, PARSE_OK, 20200924},
        {"202009241039", false, PARSE_OK, 20200924},
        {"2020/9/24 下午 3:05:09", false, PARSE_OK, 20200924},
        {"2020/9/24 3:05 PM", false, PARSE_OK, 20200924},
        {"2023年4月12日10时39分00秒", false, PARSE_OK, 20230412},
        {"2023年4月12日星期三", false, PARSE_OK, 20230412},
        {"2023年4月12日 (周三)", false, PARSE_OK, 20230412},
        {"2020-09-24 24:00:00", false, PARSE_OK, 20200924},
        {"2020-09-24 25:00:00", false, PARSE_BAD, DATE_NONE},
        {"2020-09-24 10:61", false, PARSE_BAD, DATE_NONE},
        {"2020-09-24 10", false, PARSE_BAD, DATE_NONE},
        {"2020-09-24 10:39 5", false, PARSE_BAD, DATE_NONE},
        {"2020-09-24T", false, PARSE_BAD, DATE_NONE},
        {"2020-09-24 2021-01-01", false, PARSE_BAD, DATE_NONE},
        {"20200924 20210101", false, PARSE_BAD, DATE_NONE},
        {"20200924993900", false, PARSE_BAD, DATE_NONE},
        {"202009241", false, PARSE_BAD, DATE_NONE},
        {"2023年4月12日星期八", false, PARSE_BAD, DATE_NONE},
        {"2010-01-01至2030-01-01", false, PARSE_BAD, DATE_NONE},
        /* serial numbers */
        {"４４７４４", false, PARSE_OK, 20220702},
        {"44744.44376157", false, PARSE_OK, 20220702},
        {"18263", false, PARSE_BAD, DATE_NONE},
        {"72685", false, PARSE_BAD, DATE_NONE},
        {"44744.5.1", false, PARSE_BAD, DATE_NONE},
        {"44,744", false, PARSE_BAD, DATE_NONE},
        {"4474", false, PARSE_BAD, DATE_NONE},
        /* years of two digits are never guessed */
        {"12/4/23", true, PARSE_BAD, DATE_NONE},
        {"23年4月12日", false, PARSE_BAD, DATE_NONE},
        {"23.4.12", false, PARSE_BAD, DATE_NONE},
        {"202/4/12", false, PARSE_BAD, DATE_NONE},
        {"4/12/202", true, PARSE_BAD, DATE_NONE},
        /* no last day, and no day */
        {"长期有效", false, PARSE_NONE, DATE_NONE},
        {"（长期）", false, PARSE_NONE, DATE_NONE},
        {"长 期", false, PARSE_NONE, DATE_NONE},
        {"无固定期限", false, PARSE_NONE, DATE_NONE},
        {"99991231", false, PARSE_NONE, DATE_NONE},
        {"2099年12月31日", false, PARSE_NONE, DATE_NONE},
        {"0", false, PARSE_NONE, DATE_NONE},
        {"0000-00-00 00:00:00", false, PARSE_NONE, DATE_NONE},
        {"1900/1/0", false, PARSE_NONE, DATE_NONE},
        {"长期停业", false, PARSE_BAD, DATE_NONE},
        {"长期2020-01-01", false, PARSE_BAD, DATE_NONE},
        {"1900-01-01", false, PARSE_OK, 19000101},
        {"2098-12-31", false, PARSE_OK, 20981231},
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
    static const char *const ends[] = {"20100101-20300101",
                                       "2010-01-01-2030-01-01",
                                       "2010-01-01 - 2030-01-01",
                                       "2010.1.1—2030.1.1",
                                       "2010/1/1～2030/1/1",
                                       "2010-01-01--2030-01-01",
                                       "2010-01-01 00:00:00至2030-01-01 00:00:00",
                                       "自2010年1月1日起至2030年1月1日止",
                                       "自 二〇一〇年一月一日 至 二〇三〇年一月一日",
                                       "至2030-01-01",
                                       "2030年1月1日止",
                                       "47484"};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (value_term_end_parse(ends[i], false, &day) != PARSE_OK || day != 20300101) {
            fail_msg("\"%s\" ends on %d", ends[i], (int)day);
        }
    }
    static const char *const open[] = {
        "",     "长期",         "2010-01-01至长期", "2010-01-01至",
        "至今", "2010-1-1至今", "2010-01-01-",      "2010年1月1日至永久",
        "--"};
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
        if (value_term_end_parse(open[i], false, &day) != PARSE_NONE || day != DATE_NONE) {
            fail_msg("\"%s\" has an end: %d", open[i], (int)day);
        }
    }
    static const char *const bad[] = {"2010-01-01至三十年",
                                      "2010-01-01至2030",
                                      "20100101-2030010",
                                      "2010-01-01 2030-01-01",
                                      "2010-01-01至2030-01-01至2040-01-01",
                                      "2010-13-01至2030-01-01起"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (value_term_end_parse(bad[i], false, &day) != PARSE_BAD || day != DATE_NONE) {
            fail_msg("\"%s\" should not be read: %d", bad[i], (int)day);
        }
    }
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
        {"壹万贰仟叁佰元整", MONEY_YUAN, PARSE_OK, 1230000},
        {"伍佰萬元", MONEY_YUAN, PARSE_OK, 500000000},
        {"伍佰萬圓整", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 500000000},
        {"人民币贰拾叁亿肆仟万元整", MONEY_YUAN, PARSE_OK, 234000000000},
        {"貳佰參拾萬元", MONEY_YUAN, PARSE_OK, 230000000},
        {"人民币（大写）：壹拾万零伍佰元正", MONEY_YUAN, PARSE_OK, 10050000},
        {"RMB 500.00", MONEY_YUAN, PARSE_OK, 50000},
        {"rmb500万", MONEY_YUAN, PARSE_OK, 500000000},
        {"¥500", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 500000000},
        {"￥ 1，234，567．00元", MONEY_YUAN, PARSE_OK, 123456700},
        {"1,2345.5", MONEY_YUAN, PARSE_OK, 1234550}, /* groups of four, as Chinese counts */
        {"500万元人民币整", MONEY_YUAN, PARSE_OK, 500000000},
        {"人民币：500万元", MONEY_YUAN, PARSE_OK, 500000000},
        {"注册资本500万元", MONEY_YUAN, PARSE_OK, 500000000},
        {"500.000000", MONEY_TEN_THOUSAND_YUAN, PARSE_OK, 500000000},
        {"2000元整", MONEY_YUAN, PARSE_OK, 200000},
        {"3千元", MONEY_YUAN, PARSE_OK, 300000},
        {"2百万元", MONEY_YUAN, PARSE_OK, 200000000},
        {"'500", MONEY_YUAN, PARSE_OK, 50000},
        {"0", MONEY_YUAN, PARSE_OK, 0},
        {"100万美元（折合人民币700万元）", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"100万（欧元）", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"US$1,000", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"€500", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"300万坚戈", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"人民币100万港元", MONEY_YUAN, PARSE_FOREIGN, 0},
        {"1,5", MONEY_YUAN, PARSE_BAD, 0},
        {"1,50元", MONEY_YUAN, PARSE_BAD, 0},
        {"12345,678", MONEY_YUAN, PARSE_BAD, 0},
        {"1,234,5678", MONEY_YUAN, PARSE_BAD, 0},
        {"1,234,", MONEY_YUAN, PARSE_BAD, 0},
        {"1.2.3", MONEY_YUAN, PARSE_BAD, 0},
        {"1.2E+07", MONEY_YUAN, PARSE_BAD, 0}, /* its last digits are lost */
        {"500-1000万元", MONEY_YUAN, PARSE_BAD, 0},
        {"约500万元", MONEY_YUAN, PARSE_BAD, 0},
        {"500万元以上", MONEY_YUAN, PARSE_BAD, 0},
        {"500元/户", MONEY_YUAN, PARSE_BAD, 0},
        {"500²", MONEY_YUAN, PARSE_BAD, 0},
        {"1½万元", MONEY_YUAN, PARSE_BAD, 0},
        {"万元", MONEY_YUAN, PARSE_BAD, 0},
        {"千元", MONEY_YUAN, PARSE_BAD, 0},
        {"数十万元", MONEY_YUAN, PARSE_BAD, 0},
        {"十元", MONEY_YUAN, PARSE_OK, 1000},
        {"暂无", MONEY_YUAN, PARSE_NONE, 0},
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
        {"违反第1,2项规定，处5,000元罚款。", PARSE_OK, 500000},
        {"在百货商店内销售，处五千元罚款。", PARSE_OK, 500000},
        {"处数万元罚款。", PARSE_BAD, 0},
        {"处1,50元罚款。", PARSE_BAD, 0}, /* a stop or a slip? */
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

/* A code with one character read differently: the letter stands for the digit. */
static void expect_mended(const char *uscc, char digit, char letter) {
    char cell[USCC_SIZE];
    memcpy(cell, uscc, sizeof(cell));
    char *place = strchr(cell, digit);
    assert_non_null(place);
    *place = letter;
    struct code code = value_code_parse(cell);
    if (code.kind != CODE_USCC || !code.mended || strcmp(code.text, uscc) != 0) {
        fail_msg("\"%s\" should be read as %s", cell, uscc);
    }
}

static void test_codes_misread(void **state) {
    (void)state;
    char uscc[USCC_SIZE];
    char cell[128];
    make_uscc("91652301MA77X52X3", uscc);
    expect_mended(uscc, '0', 'O');
    expect_mended(uscc, '0', 'o');
    expect_mended(uscc, '1', 'I');
    expect_mended(uscc, '1', 'i');
    expect_mended(uscc, '1', 'l');
    expect_mended(uscc, '2', 'Z');
    expect_mended(uscc, '5', 's');

    /* all of them at once */
    memcpy(cell, uscc, sizeof(uscc));
    for (char *place = cell; *place != '\0'; place++) {
        *place = *place == '0' ? 'O' : *place == '1' ? 'I' : *place == '2' ? 'Z' : *place;
    }
    assert_string_equal(value_code_parse(cell).text, uscc);

    /* what the check character does not prove stays refused, and so does V */
    for (char *place = cell; *place != '\0'; place++) {
        *place = *place == '3' ? '4' : *place;
    }
    assert_int_equal(value_code_parse(cell).kind, CODE_BAD);
    memcpy(cell, uscc, sizeof(uscc));
    cell[9] = 'V';
    assert_int_equal(value_code_parse(cell).kind, CODE_BAD);

    /* a small l that is an L is no mending */
    make_uscc("91652301ML77X52X3", uscc);
    memcpy(cell, uscc, sizeof(uscc));
    cell[9] = 'l';
    assert_string_equal(value_code_parse(cell).text, uscc);
    assert_false(value_code_parse(cell).mended);

    /* two small l where one or the other may be 1: weights that are the same modulo 31 do not
     * exist, so both readings never fit; too many of them are not even tried */
    memcpy(cell, uscc, sizeof(uscc));
    memset(cell + 8, 'l', 4);
    cell[3] = cell[3] == '5' ? '6' : '5';
    assert_int_equal(value_code_parse(cell).kind, CODE_BAD);

    make_uscc("91652301MA77X52X3", uscc);
    snprintf(cell, sizeof(cell), "统一社会信用代码：%s", uscc);
    assert_string_equal(value_code_parse(cell).text, uscc);
    assert_true(value_code_parse(cell).mended);
    snprintf(cell, sizeof(cell), "%.17s\xE2\x80\x8B%s", uscc, uscc + 17);
    assert_string_equal(value_code_parse(cell).text, uscc);
    assert_false(value_code_parse(cell).mended);
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
    assert_int_equal(value_code_parse("6523230500000011").kind, CODE_BAD);

    /* exactly one last digit in ten is the check digit (GS15-2006); this is no organisation code */
    char number[] = "652323050000050";
    int checked = 0;
    for (char last = '0'; last <= '9'; last++) {
        number[14] = last;
        checked += value_code_parse(number).checked;
        assert_int_equal(value_code_parse(number).kind, CODE_NUMBER);
    }
    assert_int_equal(checked, 1);
    assert_true(value_code_parse("110108000000016").checked); /* the standard's own example */

    /* the old number of a person: a division, a day of birth, and no check that fits */
    char person[] = "652323700101000";
    int persons = 0;
    for (char last = '0'; last <= '9'; last++) {
        person[14] = last;
        persons += value_code_parse(person).kind == CODE_BAD;
    }
    assert_in_range(persons, 8, 9); /* one or two last digits make a checked number of it */

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
    static const struct {
        const char *cell;
        const char *folded;
    } folds[] = {{"￥５％", "¥5%"},
                 {"⼀⼆", "一二"}, /* radicals, as PDF files hold them */
                 {"㈠㎡", "(一)m2"},
                 {"a\xC2\xA0\xE2\x80\x82 b", "a b"},
                 {"\xE2\x80\x8E"
                  "a\xEF\xBB\xBF\xE2\x80\x8B"
                  "b\xE2\x80\xAC",
                  "ab"},
                 {"5²①½⑴⒈", "5²①½⑴⒈"},
                 {"a\xFF\xE4 b", "a\xFF\xE4 b"}, /* not UTF-8: stays */
                 {"a\xE2\x80", "a\xE2\x80"},
                 {" \r\n\t ", ""}};
    for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
        char text_folded[64];
        assert_true(value_fold(folds[i].cell, text_folded, sizeof(text_folded)));
        assert_string_equal(text_folded, folds[i].folded);
    }
    assert_true(value_fold("0123456789abcde", folded, sizeof(folded)));
    assert_false(value_fold("0123456789abcdef", folded, sizeof(folded)));
    assert_false(value_fold("0123456789abc㎡㎡", folded, sizeof(folded)));
    char unseen[] = "某某\xE2\x80\x8B公司";
    assert_true(value_text_trim(unseen));
    assert_string_equal(unseen, "某某公司");
    int64_t number = 0;
    assert_int_equal(value_integer_parse("1,204", &number), PARSE_OK);
    assert_int_equal(number, 1204);
    assert_int_equal(value_integer_parse("45%", &number), PARSE_OK);
    assert_int_equal(number, 45);
    assert_int_equal(value_integer_parse("3.0", &number), PARSE_OK);
    assert_int_equal(value_integer_parse("3.5", &number), PARSE_BAD);
}

/* Ways of saying nothing; and what starts or looks like one of them. */
static void test_nothing(void **state) {
    (void)state;
    static const char *const nothing[] = {
        "",     "/",    "／",     "-",      "--",       "——",        "－",     "―",
        "…",    "···",  "无",     "无。",   "(无)",     "（空白）",  "[null]", "<NULL>",
        "null", "N/A",  "n/a",    "#N/A",   "ＮＵＬＬ", "None",      "nan",    "暂无",
        "空",   "未知", "不详",   "未填报", "缺失",     "#REF!",     "\\N",    "\\",
        "N.A.", "*",    "待补充", "不明",   " 无 ",     "undefined", "？？"};
    static const char *const something[] = {
        "无锡", "无名小店", "空调店",     "未知数餐厅", "不详细", "N",  "A/N",      "nano", "nulls",
        "0",    "-1",       "暂无店铺号", "没有烦恼",   "(无",    "()", "无(原缺)", "一",   "甲"};
    char text[64];
    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
        snprintf(text, sizeof(text), "%s", nothing[i]);
        if (value_text_trim(text)) {
            fail_msg("\"%s\" says nothing", nothing[i]);
        }
    }
    for (size_t i = 0; i < sizeof(something) / sizeof(something[0]); i++) {
        snprintf(text, sizeof(text), "%s", something[i]);
        if (!value_text_trim(text)) {
            fail_msg("\"%s\" says something", something[i]);
        }
    }
}

static void test_months(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int64_t period;
    } months[] = {{"2026-10", 202610},        {"2026年9月", 202609},     {"2026/1", 202601},
                  {"２０２６．１２", 202612}, {"202610", 202610},        {"2026年10月期", 202610},
                  {"2026-10-31", 202610},     {"20261031", 202610},      {"46326", 202610},
                  {"二〇二六年十月", 202610}, {"2026 年 10 月", 202610}, {"2026年元月", 202601}};
    int64_t period = 0;
    for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
        assert_int_equal(value_period_parse(months[i].cell, &period), PARSE_OK);
        assert_int_equal(period, months[i].period);
    }
    static const char *const none[] = {"2026-13",  "2026-0",       "2026",    "十月",
                                       "2026-10-", "二〇二六十月", "26年10月"};
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
        cmocka_unit_test(test_codes_misread),
        cmocka_unit_test(test_codes_that_are_none),
        cmocka_unit_test(test_registration_numbers),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_points),
    };
    return cmocka_run_group_tests_name("intake/value", tests, NULL, NULL);
}
