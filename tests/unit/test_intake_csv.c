#include "unit/scratch.h"

#include "base/buffer.h"
#include "base/text.h"
#include "intake/csv_reader.h"
#include "intake/encoding.h"
#include "intake/row_source.h"

#include <unicode/ucnv.h>

/* Converts UTF-8 to another encoding; returns the number of bytes. */
static size_t encode(const char *encoding, const char *text, char *bytes, size_t size) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = ucnv_convert(encoding, "UTF-8", bytes, (int32_t)size, text, -1, &status);
    assert_true(U_SUCCESS(status));
    return (size_t)length;
}

static struct row_source *open_source(const char *path) {
    struct error error = ERROR_INIT;
    struct row_source *source = NULL;
    assert_ok(row_source_open(&source, path, NULL, &error), &error);
    return source;
}

static bool next_row(struct row_source *source, struct row *row) {
    struct error error = ERROR_INIT;
    bool more = false;
    assert_ok(row_source_next(source, row, &more, &error), &error);
    return more;
}

/* Expects one row on a line, its cells parted by '|'. */
static void expect_row(struct row_source *source, int64_t line, const char *cells) {
    struct row row;
    struct buffer text = BUFFER_INIT;
    assert_true(next_row(source, &row));
    for (size_t i = 0; i < row.count; i++) {
        buffer_printf(&text, "%s%s", i == 0 ? "" : "|", row.cells[i]);
    }
    assert_string_equal(buffer_text(&text), cells);
    assert_int_equal(row.line, line);
    buffer_free(&text);
}

static void expect_end(struct row_source *source) {
    struct row row;
    assert_false(next_row(source, &row));
    row_source_free(source);
}

static const char sample[] = "企业名称,备注\r\n某某县甲公司,\"两行\r\n文字\"\r\n\r\n乙公司,丙\r\n";

static void expect_sample(const char *path) {
    struct row_source *source = open_source(path);
    expect_row(source, 1, "企业名称|备注");
    expect_row(source, 2, "某某县甲公司|两行\r\n文字");
    expect_row(source, 5, "乙公司|丙");
    expect_end(source);
}

static void expect_encoding(const char *path, enum encoding encoding) {
    struct error error = ERROR_INIT;
    struct encoding_finding finding;
    assert_ok(encoding_detect(path, &finding, &error), &error);
    assert_int_equal(finding.encoding, encoding);
    assert_int_equal(finding.invalid, 0);
}

static void test_encodings(void **state) {
    (void)state;
    char bytes[512];
    const char *path = scratch_write_text("a.csv", sample);
    expect_encoding(path, ENCODING_UTF_8);
    expect_sample(path);

    memcpy(bytes, "\xEF\xBB\xBF", 3);
    memcpy(bytes + 3, sample, sizeof(sample) - 1);
    path = scratch_write("a.csv", bytes, sizeof(sample) + 2);
    expect_encoding(path, ENCODING_UTF_8);
    expect_sample(path);

    path = scratch_write("a.csv", bytes, encode("GB18030", sample, bytes, sizeof(bytes)));
    expect_encoding(path, ENCODING_GB18030);
    expect_sample(path);

    memcpy(bytes, "\xFF\xFE", 2);
    path =
        scratch_write("a.csv", bytes, 2 + encode("UTF-16LE", sample, bytes + 2, sizeof(bytes) - 2));
    expect_encoding(path, ENCODING_UTF_16LE);
    expect_sample(path);

    memcpy(bytes, "\xFE\xFF", 2);
    path =
        scratch_write("a.csv", bytes, 2 + encode("UTF-16BE", sample, bytes + 2, sizeof(bytes) - 2));
    expect_encoding(path, ENCODING_UTF_16BE);
    expect_sample(path);
}

/* UTF-16 tells itself without a mark, also with many of the characters whose bytes look the other
 * way round. */
static void test_wide_without_mark(void **state) {
    (void)state;
    static const char text[] = "企业名称,备注\n第一一一一公司,一一\n乙公司,12\n";
    static const char *const names[] = {"UTF-16LE", "UTF-16BE"};
    static const enum encoding encodings[] = {ENCODING_UTF_16LE, ENCODING_UTF_16BE};
    char bytes[512];
    for (size_t i = 0; i < 2; i++) {
        size_t length = encode(names[i], text, bytes, sizeof(bytes));
        const char *path = scratch_write("a.csv", bytes, length);
        expect_encoding(path, encodings[i]);
        struct row_source *source = open_source(path);
        assert_string_equal(row_source_encoding(source), names[i]);
        assert_string_equal(row_source_format(source), "CSV");
        expect_row(source, 1, "企业名称|备注");
        expect_row(source, 2, "第一一一一公司|一一");
        expect_row(source, 3, "乙公司|12");
        expect_end(source);
    }
}

/* Characters beyond the two-byte plane, cut in two by every possible end of a piece. */
static void test_pieces(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct buffer bytes = BUFFER_INIT;
    for (int i = 0; i < 9000; i++) {
        buffer_printf(&text, "%d,某𠮷镇\xE2\x82\xAC%d公司\n", i, i);
    }
    char *encoded = malloc(text.length * 2);
    assert_non_null(encoded);
    size_t length = encode("GB18030", buffer_text(&text), encoded, text.length * 2);
    for (size_t shift = 0; shift < 4; shift++) {
        buffer_reset(&bytes);
        buffer_append(&bytes, "xyz", shift);
        buffer_append(&bytes, encoded, length);
        struct row_source *source = open_source(scratch_write("a.csv", bytes.data, bytes.length));
        struct row row;
        char expected[64];
        for (int i = 0; i < 9000; i++) {
            assert_true(next_row(source, &row));
            assert_int_equal(row.line, i + 1);
            snprintf(expected, sizeof(expected), "某𠮷镇\xE2\x82\xAC%d公司", i);
            assert_string_equal(row_cell(&row, 1), expected);
        }
        expect_end(source);
    }
    free(encoded);
    buffer_free(&text);
    buffer_free(&bytes);
}

/* One broken sequence costs no row and swallows no delimiter. */
static void test_stray_bytes(void **state) {
    (void)state;
    char bytes[512];
    size_t length = encode("GB18030", "名称,地址\n某甲公司,一号\n某乙公司,二号\n某丙公司,三号\n",
                           bytes, sizeof(bytes));
    char *place = memchr(bytes + 12, ',', length - 12); /* the comma of the second line */
    assert_non_null(place);
    place[-2] = 'x';
    place[-1] = (char)0x81; /* a first byte with a comma behind it */
    const char *path = scratch_write("a.csv", bytes, length);
    struct error error = ERROR_INIT;
    struct encoding_finding finding;
    assert_ok(encoding_detect(path, &finding, &error), &error);
    assert_int_equal(finding.encoding, ENCODING_GB18030);
    assert_int_equal(finding.invalid_line, 2);
    struct row_source *source = open_source(path);
    struct row row;
    expect_row(source, 1, "名称|地址");
    assert_true(next_row(source, &row));
    assert_int_equal(row.count, 2);
    assert_non_null(strstr(row.cells[0], "\xEF\xBF\xBD"));
    assert_string_equal(row.cells[1], "一号");
    expect_row(source, 3, "某乙公司|二号");
    expect_row(source, 4, "某丙公司|三号");
    expect_end(source);

    source = open_source(scratch_write("a.csv", "名称,地址\n甲\xE4\xBD,一号\n乙,二\0号\n", 39));
    expect_row(source, 1, "名称|地址");
    expect_row(source, 2, "甲\xEF\xBF\xBD|一号");
    expect_row(source, 3, "乙|二\xEF\xBF\xBD号");
    row_source_free(source);
}

static void expect_refusal(const char *path, enum result expected, const char *words) {
    struct error error = ERROR_INIT;
    struct row_source *source = NULL;
    enum result code = row_source_open(&source, path, NULL, &error);
    struct row row;
    bool more = true;
    while (code == RESULT_OK && more) {
        code = row_source_next(source, &row, &more, &error);
    }
    assert_int_equal(code, expected);
    if (strstr(error_sentence(&error), words) == NULL) {
        fail_msg("\"%s\" should say \"%s\"", error_sentence(&error), words);
    }
    row_source_free(source);
    error_clear(&error);
}

static void test_refusals(void **state) {
    (void)state;
    unsigned char noise[4096];
    for (size_t i = 0; i < sizeof(noise); i++) {
        noise[i] = (unsigned char)(i * 7919 % 251 + (i % 3 == 0 ? 128 : 0));
    }
    expect_refusal(scratch_write("noise", noise, sizeof(noise)), RESULT_INVALID, "noise:");
    expect_refusal(scratch_write("book.csv", "PK\x03\x04rest", 8), RESULT_INVALID,
                   "whole workbook");
    expect_refusal(scratch_write("old.csv", "\xD0\xCF\x11\xE0rest", 8), RESULT_INVALID,
                   "whole workbook");
    expect_refusal(scratch_write("empty.csv", "", 0), RESULT_INVALID, "empty");
    expect_refusal(scratch_folder, RESULT_USAGE, "ordinary");
    expect_refusal(scratch_path("none.csv"), RESULT_NOT_FOUND, "none.csv");
}

/* A quotation mark never closed must not eat the file, nor the memory. */
static void test_endless_row(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    buffer_append_text(&text, "名称,地址\n甲,\"开头\n");
    for (int i = 0; i < 200000; i++) {
        buffer_append_text(&text, "某公司,某地\n");
    }
    expect_refusal(scratch_write("a.csv", text.data, text.length), RESULT_INVALID, "a.csv:2:");
    buffer_reset(&text);
    for (int i = 0; i < 700000; i++) {
        buffer_append_text(&text, "a,");
    }
    expect_refusal(scratch_write("a.csv", text.data, text.length), RESULT_INVALID, "a.csv:1:");
    buffer_free(&text);
}

static void test_delimiters(void **state) {
    (void)state;
    struct row_source *source =
        open_source(scratch_write_text("a.csv", "名称\t备注\n甲,乙\t一\n丙\t\n"));
    expect_row(source, 1, "名称|备注");
    expect_row(source, 2, "甲,乙|一");
    expect_row(source, 3, "丙");
    expect_end(source);
    source = open_source(scratch_write_text("a.csv", "标题\n名称;备注\n甲,乙;一\n\"丙;丁\";二\n"));
    expect_row(source, 1, "标题");
    expect_row(source, 2, "名称|备注");
    expect_row(source, 3, "甲,乙|一");
    expect_row(source, 4, "丙;丁|二");
    expect_end(source);
}

/* Line numbers are those an editor shows, whatever ends the lines. */
static void test_lines(void **state) {
    (void)state;
    struct row_source *source =
        open_source(scratch_write_text("a.csv", "\n\na,b\r\n,,,\r\n\"x\ny\n\nz\",1\n\n\nc,d"));
    expect_row(source, 3, "a|b");
    expect_row(source, 5, "x\ny\n\nz|1");
    expect_row(source, 11, "c|d");
    expect_end(source);
    source = open_source(scratch_write_text("a.csv", "a,b\r\rc,\"d\re\"\rf,g\r"));
    expect_row(source, 1, "a|b");
    expect_row(source, 3, "c|d\re");
    expect_row(source, 5, "f|g");
    expect_end(source);
}

/* Thousands of empty columns are none. */
static void test_empty_columns(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    for (int row = 0; row < 30; row++) {
        buffer_printf(&text, "名称%d,值", row);
        for (int i = 0; i < 3000; i++) {
            buffer_append_text(&text, i % 7 == 0 ? ",　" : ",");
        }
        buffer_append_text(&text, "\n");
    }
    struct row_source *source = open_source(scratch_write("a.csv", text.data, text.length));
    struct row row;
    for (int i = 0; i < 30; i++) {
        assert_true(next_row(source, &row));
        assert_int_equal(row.count, 2);
        assert_int_equal(row.width, 3002);
    }
    expect_end(source);
    buffer_free(&text);
}

static void test_writing_cells(void **state) {
    (void)state;
    const char *cells[] = {"平", "有,逗号", "有\"引号\"", "两\n行", "", " 前后 "};
    struct row row = {.cells = cells, .count = 6, .width = 6, .line = 1};
    struct buffer text = BUFFER_INIT;
    csv_append_row(&text, &row);
    assert_string_equal(buffer_text(&text),
                        "平,\"有,逗号\",\"有\"\"引号\"\"\",\"两\n行\",,\" 前后 \"");
    struct row_source *source = open_source(scratch_write("a.csv", text.data, text.length));
    expect_row(source, 1, "平|有,逗号|有\"引号\"|两\n行|| 前后 ");
    expect_end(source);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_encodings, scratch_empty),
        cmocka_unit_test_teardown(test_wide_without_mark, scratch_empty),
        cmocka_unit_test_teardown(test_pieces, scratch_empty),
        cmocka_unit_test_teardown(test_stray_bytes, scratch_empty),
        cmocka_unit_test_teardown(test_refusals, scratch_empty),
        cmocka_unit_test_teardown(test_endless_row, scratch_empty),
        cmocka_unit_test_teardown(test_delimiters, scratch_empty),
        cmocka_unit_test_teardown(test_lines, scratch_empty),
        cmocka_unit_test_teardown(test_empty_columns, scratch_empty),
        cmocka_unit_test_teardown(test_writing_cells, scratch_empty),
    };
    return cmocka_run_group_tests_name("intake/csv_reader", tests, scratch_make, scratch_remove);
}
