#include "unit/unit.h"

#include "base/buffer.h"
#include "book/formats.h"
#include "book/number_format.h"

#include <string.h>

/* A number as a format shows it. */
static void expect(const char *code, double value, const char *expected) {
    struct book_number_format format;
    struct buffer text = BUFFER_INIT;
    bool cut = false;
    book_number_format_read(code, &format);
    book_number_write(&format, value, false, &text, &cut);
    if (strcmp(buffer_text(&text), expected) != 0) {
        fail_msg("%.17g by %s: \"%s\" should be \"%s\"", value, code, buffer_text(&text), expected);
    }
    buffer_free(&text);
}

static void test_days(void **state) {
    (void)state;
    static const char *const codes[] = {
        "yyyy\"年\"m\"月\"d\"日\"",
        "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
        "yyyy/m/d;@",
        "yyyy\\-mm\\-dd",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "m/d/yy",
        "yyyy年m月",
        "mmm-yy",
        "[DBNum1][$-804]yyyy年m月d日",
        "[$-804]aaaa;@",
        "e\"年\"m\"月\"d\"日\"",
        "d",
    };
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        expect(codes[i], 44098, "2020-09-24");
    }
    expect("yyyy/m/d", 1, "1900-01-01");
    expect("yyyy/m/d", 59, "1900-02-28");
    expect("yyyy/m/d", 61, "1900-03-01");
    expect("yyyy/m/d", 2958465, "9999-12-31");
    expect("yyyy/m/d", 2958466, "2958466");
    expect("yyyy/m/d", -1, "-1");
    expect("yyyy/m/d", 0, "");
}

static void test_times(void **state) {
    (void)state;
    expect("yyyy/m/d h:mm", 44098.44375, "2020-09-24 10:39:00");
    expect("yyyy/m/d", 44098.44375, "2020-09-24 10:39:00");
    expect("yyyy/m/d h:mm:ss", 44098, "2020-09-24");
    expect("yyyy/m/d h:mm:ss", 44097.9999999, "2020-09-24");
    expect("h:mm", 0.44375, "10:39");
    expect("h\"时\"mm\"分\"ss\"秒\"", 0.443761574074074, "10:39:01");
    expect("上午/下午h\"时\"mm\"分\"", 0.75, "18:00");
    expect("h:mm", 44098.44375, "2020-09-24 10:39:00");
    expect("[h]:mm:ss", 1.5, "36:00:00");
    expect("mm:ss", 0.5, "12:00");
}

static void test_1904(void **state) {
    (void)state;
    struct book_number_format format;
    struct buffer text = BUFFER_INIT;
    bool cut = false;
    book_number_format_read("yyyy/m/d", &format);
    book_number_write(&format, 42636, true, &text, &cut);
    assert_string_equal(buffer_text(&text), "2020-09-24");
    buffer_reset(&text);
    book_number_write(&format, 0, true, &text, &cut);
    assert_string_equal(buffer_text(&text), "1904-01-01");
    buffer_free(&text);
}

static void test_numbers(void **state) {
    (void)state;
    expect("General", 0.1 + 0.2, "0.3");
    expect("General", 1.0 / 3, "0.333333333333333");
    expect("General", -0.0, "0");
    expect("General", 123456789012345, "123456789012345");
    expect("General", 1e-7, "0.0000001");
    expect("General", 1e300, "1e+300");
    expect("0.00", 1234.5, "1234.50");
    expect("0.00", 1234.567, "1234.567");
    expect("#,##0.00_);[Red](#,##0.00)", -1234.5, "-1234.50");
    expect("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 5, "5.00");
    expect("0%", 0.03, "3%");
    expect("0%", 0.0325, "3.25%");
    expect("0.00%", 0.5, "50.00%");
    expect("000000", 123, "000123");
    expect("000000", 1234567, "1234567");
    expect("0.00E+00", 1234.5, "1234.5");
    expect("# ?/?", 0.25, "0.25");
    expect("@", 5, "5");
    expect("", 5, "5");
}

/* Words that a format adds belong to what a person reads, as long as the number is the whole one.
 */
static void test_words(void **state) {
    (void)state;
    expect("0.00\"万元\"", 500, "500.00万元");
    expect("#,##0\" 元\"", 500, "500元");
    expect("G/通用格式\"户\"", 12, "12户");
    expect("General\\户", 12, "12户");
    expect("0人", 12, "12人");
    expect("[$¥-804]#,##0.00", 3.5, "¥3.50");
    expect("\"第\"0\"号\"", 7, "第7号");
    expect("0!.0,\"万\"", 50000, "50000");
    expect("0.0,\"千\"", 50000, "50000");
    expect("000\"-\"0000", 1234567, "1234567");
    expect("0\"a word that is far too long to be kept here\"", 5, "5");
}

static void test_cut(void **state) {
    (void)state;
    static const struct book_number_format general;
    struct buffer text = BUFFER_INIT;
    bool cut = true;
    book_number_write(&general, 999999999999999, false, &text, &cut);
    assert_false(cut);
    buffer_reset(&text);
    book_number_write(&general, 9.13101120000123456e17, false, &text, &cut);
    assert_true(cut);
    assert_string_equal(buffer_text(&text), "913101120000123000");
    buffer_free(&text);
}

/* Formats known by number, those of Chinese programs too, and the last of two of one number. */
static void test_by_number(void **state) {
    (void)state;
    static const unsigned days[] = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 54, 57, 58};
    struct book_formats formats = {0};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        assert_true(book_formats_add_style(&formats, days[i]));
    }
    assert_true(book_formats_add_style(&formats, 0));
    assert_true(book_formats_add_style(&formats, 10));
    assert_true(book_formats_add_style(&formats, 176));
    assert_true(book_formats_add_style(&formats, 5000));
    assert_true(book_formats_add(&formats, 177, "0"));
    assert_true(book_formats_add(&formats, 176, "0"));
    assert_true(book_formats_add(&formats, 176, "yyyy"));
    book_formats_start(&formats);
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        assert_true(book_formats_get(&formats, i)->day);
    }
    size_t next = sizeof(days) / sizeof(days[0]);
    assert_false(book_formats_get(&formats, next)->day);
    assert_true(book_formats_get(&formats, next + 1)->percent);
    assert_true(book_formats_get(&formats, next + 2)->day);
    assert_false(book_formats_get(&formats, next + 3)->day);
    assert_false(book_formats_get(&formats, 1000000)->day);
    book_formats_free(&formats);
}

static void test_reading(void **state) {
    (void)state;
    double value = 0;
    assert_true(book_number_read("1.5E-3", &value));
    assert_true(value > 0.00149 && value < 0.00151);
    static const char *const none[] = {"", "1,5", "0x10", "nan", "inf", "1e999", "1 ", "甲"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        assert_false(book_number_read(none[i], &value));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),      cmocka_unit_test(test_times),
        cmocka_unit_test(test_1904),      cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_words),     cmocka_unit_test(test_cut),
        cmocka_unit_test(test_by_number), cmocka_unit_test(test_reading),
    };
    return cmocka_run_group_tests_name("book/number_format", tests, NULL, NULL);
}
