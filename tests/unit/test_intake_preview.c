/* What a preview shows beside its columns: rows passed over, what values become, and corrections
 * that outlive another kind or sheet. */
#include "intake/preview.h"

#include "intake/kind_fact.h"
#include "unit/scratch.h"

static struct store *store;
static struct arena *arena;
static struct error error = ERROR_INIT;

static int open_store(void **state) {
    (void)state;
    arena = arena_new();
    return arena == NULL || store_open(&store, ":memory:", STORE_CREATE, &error) != RESULT_OK;
}

static int close_store(void **state) {
    store_close(store);
    arena_free(arena);
    return scratch_empty(state);
}

static struct preview *look(enum import_kind kind, const char *path) {
    const struct preview_request request = {.path = path, .kind = kind};
    struct preview *preview = NULL;
    assert_ok(preview_open(&preview, store, &request, &error), &error);
    return preview;
}

static size_t column_of(const struct preview *preview, const char *header) {
    for (size_t i = 0; i < preview_columns(preview); i++) {
        if (strcmp(preview_column(preview, i).header, header) == 0) {
            return i;
        }
    }
    fail_msg("there is no column %s", header);
    return 0;
}

static const char *penalties(void) {
    return scratch_write_text(
        "处罚.csv", "某县行政处罚汇总表,,,,,\n"
                    "当事人,统一社会信用代码,处罚文书文号,处罚日期,罚款金额（万元）,违法事实\n"
                    "必填,必填,必填,格式：2026-01-01,选填,选填\n"
                    "甲商贸有限公司,,某罚〔2026〕1号,2023年5月1日,0.2,未明码标价\n"
                    "乙商贸有限公司,,某罚〔2026〕2号,2026/4/6,,未明码标价\n"
                    "丙商贸有限公司,,某罚〔2026〕3号,五月初,1,未明码标价\n"
                    "丁商贸有限公司,123,某罚〔2026〕4号,2023年5月1日,两千,未明码标价\n"
                    "戊商贸有限公司,,某罚〔2026〕5号,/,,未明码标价\n"
                    "合计,,5件,,,\n"
                    "制表人：王五,,,,,\n");
}

static void assert_skip(const struct preview *preview, size_t place, int64_t line,
                        const char *part) {
    size_t count = 0;
    const struct preview_skip *skips = preview_skips(preview, &count);
    assert_true(place < count);
    assert_int_equal(skips[place].line, line);
    assert_non_null(strstr(skips[place].text, part));
    assert_true(skips[place].why[0] != '\0');
}

static void test_rows_passed_over(void **state) {
    (void)state;
    struct preview *preview = look(IMPORT_FACTS, penalties());
    bool whole = false;
    assert_int_equal(preview_skip_total(preview, &whole), 4);
    assert_true(whole);
    assert_skip(preview, 0, 1, "汇总表");
    assert_skip(preview, 1, 3, "格式：2026-01-01");
    assert_skip(preview, 2, 9, "合计  5件");
    assert_skip(preview, 3, 10, "制表人");
    preview_free(preview);
}

/* Footers of a long file lie behind the rows looked at: they are read for, and stopping that leaves
 * what was there. */
static bool stop(void *context, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)context;
    return false;
}

static void test_rows_passed_over_at_the_end(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    buffer_append_text(&text, "当事人,统一社会信用代码,处罚文书文号,处罚日期,处罚内容\n");
    for (int i = 0; i < 1000; i++) {
        buffer_printf(&text, "甲商贸有限公司,,某罚〔2026〕%d号,2026-01-05,罚款\n", i);
    }
    for (int i = 0; i < PREVIEW_SKIPS + 100; i++) {
        buffer_printf(&text, "制表人：王五%d,,,,\n", i);
    }
    struct preview *preview = look(IMPORT_FACTS, scratch_write_text("长.csv", buffer_text(&text)));
    buffer_free(&text);
    assert_ok(preview_set_type(preview, "penalty", &error), &error);
    bool whole = true;
    size_t count = 0;
    int calls = 0;
    const struct progress progress = {stop, &calls};
    assert_int_equal(preview_skip_total(preview, &whole), 0);
    assert_false(whole);
    assert_int_equal(preview_read_skips(preview, &progress, &error), RESULT_CANCELLED);
    error_clear(&error);
    assert_int_equal(calls, 1);
    assert_int_equal(preview_skip_total(preview, &whole), 0);
    assert_false(whole);
    assert_ok(preview_read_skips(preview, NULL, &error), &error);
    assert_int_equal(preview_skip_total(preview, &whole), PREVIEW_SKIPS + 100);
    assert_true(whole);
    preview_skips(preview, &count);
    assert_int_equal(count, PREVIEW_SKIPS);
    assert_skip(preview, 0, 1002, "制表人：王五0");
    preview_free(preview);
}

static struct preview_reading read_column(const struct preview *preview, const char *header) {
    struct preview_reading reading;
    assert_ok(preview_read(preview, column_of(preview, header), arena, &reading, &error), &error);
    return reading;
}

static struct preview_value value_of(const struct preview_reading *reading, const char *text) {
    for (size_t i = 0; i < reading->count; i++) {
        if (strcmp(reading->values[i].text, text) == 0) {
            return reading->values[i];
        }
    }
    fail_msg("there is no value %s", text);
    return (struct preview_value){0};
}

static void test_what_values_become(void **state) {
    (void)state;
    struct preview *preview = look(IMPORT_FACTS, penalties());
    struct preview_reading days = read_column(preview, "处罚日期");
    assert_int_equal(days.rows, 5);
    assert_int_equal(days.blank, 0);
    assert_int_equal(days.unread, 1);
    assert_int_equal(days.different, 4);
    assert_string_equal(days.values[0].text, "五月初"); /* what cannot be read stands first */
    assert_int_equal(days.values[0].line, 6);
    assert_int_equal(days.values[0].fate, VALUE_UNREAD);
    assert_non_null(days.values[0].remark);
    struct preview_value day = value_of(&days, "2023年5月1日");
    assert_int_equal(day.fate, VALUE_READ);
    assert_int_equal(day.shape, SHAPE_DATE);
    assert_int_equal(day.number, 20230501);
    assert_int_equal(day.times, 2);
    assert_null(day.remark);
    assert_int_equal(value_of(&days, "/").fate, VALUE_NOTHING);

    struct preview_reading amounts = read_column(preview, "罚款金额（万元）");
    assert_int_equal(amounts.blank, 2);
    assert_int_equal(value_of(&amounts, "0.2").number, 200000);

    struct preview_reading codes = read_column(preview, "统一社会信用代码");
    assert_int_equal(codes.blank, 4);
    assert_int_equal(value_of(&codes, "123").fate, VALUE_NOTHING); /* the name still counts */
    assert_non_null(value_of(&codes, "123").remark);
    assert_int_equal(codes.unread, 0);

    struct preview_reading names = read_column(preview, "当事人");
    assert_string_equal(value_of(&names, "甲商贸有限公司").read, "甲商贸有限公司");
    preview_free(preview);
}

/* The values are read too while something else is missing, and follow what a person says. */
static void test_values_of_a_column_corrected(void **state) {
    (void)state;
    struct preview *preview =
        look(IMPORT_FACTS, scratch_write_text("表.csv", "企业名称,甲,乙\n"
                                                        "甲商贸有限公司,2026-01-05,9\n"
                                                        "乙商贸有限公司,2026-01-06,10\n"));
    size_t second = column_of(preview, "乙");
    assert_non_null(preview_missing(preview));
    assert_ok(preview_assign(preview, second, FACT_FIELD_LEVEL, &error), &error);
    struct preview_reading levels = read_column(preview, "乙");
    assert_int_equal(value_of(&levels, "9").fate, VALUE_READ);
    assert_int_equal(value_of(&levels, "10").fate, VALUE_UNREAD); /* by the kind, not the shape */
    assert_ok(preview_assign(preview, second, -1, &error), &error);
    levels = read_column(preview, "乙");
    assert_int_equal(levels.unread, 0);
    assert_int_equal(levels.count, 2);
    assert_int_equal(value_of(&levels, "10").fate, VALUE_NOTHING);
    preview_free(preview);
}

static void test_corrections_taken_over(void **state) {
    (void)state;
    const char *path = penalties();
    struct preview *former = look(IMPORT_FACTS, path);
    size_t document = column_of(former, "处罚文书文号");
    size_t fine = column_of(former, "罚款金额（万元）");
    assert_ok(preview_assign(former, document, -1, &error), &error);
    assert_ok(preview_assign(former, fine, FACT_FIELD_RECORD, &error), &error);
    assert_ok(preview_set_type(former, "penalty", &error), &error);

    struct buffer lost = BUFFER_INIT;
    struct preview *same = look(IMPORT_FACTS, path);
    assert_ok(preview_adopt(same, former, &lost, &error), &error);
    assert_int_equal(lost.length, 0);
    assert_int_equal(preview_column(same, document).field, -1);
    assert_int_equal(preview_column(same, fine).field, FACT_FIELD_RECORD);
    assert_int_equal(preview_column(same, fine).why, GUESS_PERSON);
    assert_true(preview_changed(same));
    struct said said;
    assert_ok(preview_said(same, &said, &error), &error);
    assert_int_equal(said.column_count, 2);
    assert_string_equal(said.type, "penalty");

    struct preview *other = look(IMPORT_ENTERPRISES, path);
    assert_ok(preview_adopt(other, same, &lost, &error), &error);
    assert_non_null(strstr(buffer_text(&lost), "罚款金额（万元）"));
    assert_null(strstr(buffer_text(&lost), "处罚文书文号")); /* not read: holds of every kind */
    assert_int_equal(preview_column(other, document).field, -1);
    assert_ok(preview_said(other, &said, &error), &error);
    assert_int_equal(said.column_count, 1);
    assert_null(said.type);
    preview_free(former);
    preview_free(same);
    preview_free(other);
    buffer_free(&lost);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_passed_over, open_store, close_store),
        cmocka_unit_test_setup_teardown(test_rows_passed_over_at_the_end, open_store, close_store),
        cmocka_unit_test_setup_teardown(test_what_values_become, open_store, close_store),
        cmocka_unit_test_setup_teardown(test_values_of_a_column_corrected, open_store, close_store),
        cmocka_unit_test_setup_teardown(test_corrections_taken_over, open_store, close_store),
    };
    return cmocka_run_group_tests_name("intake_preview", tests, scratch_make, scratch_remove);
}
