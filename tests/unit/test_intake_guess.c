/* Files nobody made a profile for, in the shapes that departments send: what their columns are. */
#include "unit/nameless.h"
#include "unit/scratch.h"

#include "base/buffer.h"
#include "base/uscc.h"
#include "intake/assign.h"
#include "intake/evidence.h"
#include "intake/preview.h"
#include "intake/profile_store.h"

static struct store *store;
static struct error error = ERROR_INIT;

static int open_store(void **state) {
    (void)state;
    store = nameless_open();
    return 0;
}

static int close_store(void **state) {
    store_close(store);
    return scratch_empty(state);
}

static struct preview *look(enum import_kind kind, const char *name, const char *text,
                            struct said said) {
    const struct preview_request request = {
        .path = scratch_write_text(name, text), .kind = kind, .said = said};
    struct preview *preview = NULL;
    assert_ok(preview_open(&preview, store, &request, &error), &error);
    return preview;
}

/* "名称=name 代码=uscc ..." of the columns that would be read, in their order. */
static const char *told(const struct preview *preview) {
    static struct buffer text;
    const struct kind *kind = kind_of(preview_kind(preview));
    buffer_reset(&text);
    for (size_t i = 0; i < preview_columns(preview); i++) {
        struct preview_column column = preview_column(preview, i);
        if (column.field >= 0 && column.confidence >= GUESS_SURE) {
            buffer_printf(&text, "%s%s=%s%s", text.length == 0 ? "" : " ", column.header,
                          kind->fields[column.field].name, column.also ? "+" : "");
        }
    }
    return buffer_text(&text);
}

/* Rows are given without their codes: @ stands for valid ones in turn. */
static const char *with_codes(const char *rows) {
    static struct buffer text;
    int next = 0;
    buffer_reset(&text);
    for (; *rows != '\0'; rows++) {
        if (*rows == '@') {
            char body[USCC_SIZE];
            snprintf(body, sizeof(body), "91652323MA%07d", 1 + next++ % 4);
            buffer_printf(&text, "%s%c", body, uscc_check_character(body));
        } else {
            buffer_append_char(&text, *rows);
        }
    }
    return buffer_text(&text);
}

static void expect(enum import_kind kind, const char *name, const char *text, const char *type,
                   const char *columns) {
    int confidence = 0;
    struct preview *preview = look(kind, name, with_codes(text), (struct said){0});
    assert_string_equal(told(preview), columns);
    const char *found = preview_type(preview, &confidence);
    assert_string_equal(found == NULL ? "" : found, type);
    assert_null(preview_missing(preview));
    preview_free(preview);
}

static void test_penalties_of_another_department(void **state) {
    (void)state;
    expect(IMPORT_FACTS, "税务.csv",
           "纳税人税号,纳税人名称,处罚决定文书号,违法的事实,税务机关,作出处罚日期\n"
           "@,甲商贸有限公司,某税罚〔2026〕1号,逾期申报,某县税务局,2026/1/5\n"
           "@,乙餐饮店,某税罚〔2026〕2号,丢失发票,某县税务局,2026/2/6\n"
           "@,丙农民专业合作社,某税罚〔2026〕3号,逾期申报,某县税务局,2026/3/7\n"
           "@,丁建材厂,某税罚〔2026〕4号,丢失发票,某县税务局,2026/4/8\n",
           "other_penalty",
           "纳税人税号=uscc 纳税人名称=name 处罚决定文书号=document 税务机关=agency "
           "作出处罚日期=occurred_on");
}

/* The department's own code and name never stand for the enterprise's. */
static void test_whose_code_it_is(void **state) {
    (void)state;
    expect(IMPORT_FACTS, "检查.csv",
           "检查机关统一社会信用代码,检查机关,被检查单位,单位信用代码,检查结果,检查日期\n"
           "11652323MB0000001X,某县文化局,甲网吧,@,合格,2026-01-05 10:39:00\n"
           "11652323MB0000001X,某县文化局,乙书店,@,不合格,2026-02-06 10:39:00\n"
           "11652323MB0000001X,某县文化局,丙影院,@,合格,2026-03-07 10:39:00\n"
           "11652323MB0000001X,某县文化局,丁歌厅,@,合格,2026-04-08 10:39:00\n",
           "other_inspection",
           "检查机关=agency 被检查单位=name 单位信用代码=uscc 检查结果=level 检查日期=occurred_on");
}

/* Fine and gravity stand in the text of the decision; the day is written day first. */
static void test_what_only_a_text_tells(void **state) {
    (void)state;
    const char *text =
        with_codes("项目,单位名称,统一社会信用代码,处罚决定,立案日期\n"
                   "a1,甲商贸有限公司,@,责令十日内改正，处五千元罚款。,21/8/2026 00:00:00\n"
                   "a2,乙餐饮店,@,处一万元罚款。,3/9/2026 00:00:00\n"
                   "a3,丙建材厂,@,没收违法所得，处二千元罚款。,25/9/2026 00:00:00\n"
                   "a4,丁商店,@,警告。,1/10/2026 00:00:00\n");
    struct preview *preview = look(IMPORT_FACTS, "环境处罚.csv", text, (struct said){0});
    struct said said;
    assert_null(preview_missing(preview));
    struct actor actor = {.name = "王建国"};
    assert_ok(preview_save(preview, store, &actor, "环境", &error), &error);
    assert_ok(preview_said(preview, &said, &error), &error);
    assert_string_equal(said.profile, "环境");
    preview_free(preview);
    char *document = NULL;
    assert_ok(profile_store_document(store, "环境", &document, &error), &error);
    assert_non_null(strstr(document, "\"sentence\": true"));
    assert_non_null(strstr(document, "\"day_first\": true"));
    assert_non_null(strstr(document, "没收"));
    free(document);
}

/* Running numbers of 15 digits are no registration numbers: their check digits do not fit. */
static void test_numbers_that_are_no_codes(void **state) {
    (void)state;
    const char *cells[] = {"代码",
                           "202600000000002",
                           "202600000000003",
                           "202600000000004",
                           "202600000000005",
                           "110108000000016"};
    struct row rows[6];
    for (size_t i = 0; i < 6; i++) {
        rows[i] = (struct row){.cells = &cells[i], .count = 1, .width = 1, .line = (int64_t)i + 1};
    }
    struct sample sample = {.rows = rows, .count = 6, .width = 1, .whole = true};
    struct evidence evidence = evidence_of(&sample, 0, 0);
    assert_int_equal(evidence.filled, 5);
    assert_int_equal(evidence.numbers, 1); /* the example of the standard */
}

/* Values alone tell where headers say nothing. */
static void test_headers_that_say_nothing(void **state) {
    (void)state;
    struct preview *preview = look(IMPORT_ENTERPRISES, "名单.csv",
                                   with_codes("甲,乙,丙\n"
                                              "1,@,甲商贸有限公司\n"
                                              "2,@,乙建材有限公司\n"
                                              "3,@,丙餐饮有限公司\n"
                                              "4,@,丁农民专业合作社\n"),
                                   (struct said){0});
    assert_string_equal(told(preview), "乙=uscc 丙=name");
    preview_free(preview);
}

/* A header that lies is not believed: 日期 with no days in it is no day. */
static void test_a_header_that_lies(void **state) {
    (void)state;
    struct preview *preview = look(IMPORT_FACTS, "处罚.csv",
                                   with_codes("当事人,统一社会信用代码,处罚日期,备注\n"
                                              "甲商贸有限公司,@,见附件,2026-01-05\n"
                                              "乙商贸有限公司,@,见附件,2026-01-06\n"
                                              "丙商贸有限公司,@,同上,2026-01-07\n"
                                              "丁商贸有限公司,@,同上,2026-01-08\n"
                                              "戊商贸有限公司,,同上,2026-01-09\n"),
                                   (struct said){0});
    assert_non_null(preview_missing(preview));
    assert_non_null(strstr(preview_missing(preview), "occurred_on"));
    assert_ok(preview_assign(preview, 3, kind_find_field(IMPORT_FACTS, "occurred_on"), &error),
              &error);
    assert_null(preview_missing(preview));
    assert_true(preview_changed(preview));
    preview_free(preview);
}

/* Groups above columns, and a title above both. */
static void test_a_header_of_two_rows(void **state) {
    (void)state;
    const char *text =
        with_codes("某县行政处罚汇总表,,,,\n"
                   "当事人,,处罚,,\n"
                   "名称,统一社会信用代码,文号,日期,机关\n"
                   "甲商贸有限公司,@,某罚〔2026〕1号,2026-01-05,某县市场监督管理局\n"
                   "乙商贸有限公司,@,某罚〔2026〕2号,2026-01-06,某县市场监督管理局\n"
                   "丙商贸有限公司,@,某罚〔2026〕3号,2026-01-07,某县市场监督管理局\n"
                   "丁商贸有限公司,@,某罚〔2026〕4号,2026-01-08,某县市场监督管理局\n");
    struct preview *preview = look(IMPORT_FACTS, "处罚.csv", text, (struct said){0});
    assert_null(preview_missing(preview));
    assert_int_equal(preview_header_line(preview), 3);
    size_t skipped = 0;
    assert_string_equal(preview_skips(preview, &skipped)[0].text, "某县行政处罚汇总表");
    assert_non_null(strstr(told(preview), "=document"));
    assert_non_null(strstr(told(preview), "=occurred_on"));
    preview_free(preview);
}

/* Which kind a file is of; and what is said goes before any guess. */
static void test_kinds_and_what_is_said(void **state) {
    (void)state;
    struct preview *preview =
        look(IMPORT_KIND_COUNT, "人员.csv",
             "工号,姓名,执法证编号,执法证有效期\nA01,王五,Z001,2027-12-31\n", (struct said){0});
    assert_int_equal(preview_kind(preview), IMPORT_INSPECTORS);
    preview_free(preview);
    const struct said_column columns[] = {{"丙", "name"}, {"乙", "-"}};
    const struct said said = {
        .columns = columns, .column_count = 2, .type = "penalty", .day = true};
    preview = look(IMPORT_FACTS, "名单.csv",
                   with_codes("甲,乙,丙\n1,@,甲商贸有限公司\n2,@,乙建材有限公司\n"
                              "3,@,丙餐饮有限公司\n4,@,丁农民专业合作社\n"),
                   said);
    assert_string_equal(told(preview), "丙=name");
    assert_null(preview_missing(preview));
    preview_free(preview);
    const struct said wrong = {.columns = (const struct said_column[]){{"没有", "name"}},
                               .column_count = 1};
    const struct preview_request request = {
        .path = scratch_write_text("x.csv", "企业名称,统一社会信用代码\n甲公司,\n"),
        .kind = IMPORT_ENTERPRISES,
        .said = wrong};
    assert_int_equal(preview_open(&preview, store, &request, &error), RESULT_USAGE);
    assert_non_null(strstr(error_sentence(&error), "没有"));
    error_clear(&error);
}

/* The best whole is found, not the best of each alone. */
static void test_assigning(void **state) {
    (void)state;
    const int worth[] = {9, 8, 0, 8, 2, 0};
    int column_of[2];
    assert_true(assign_best(worth, 2, 3, column_of));
    assert_int_equal(column_of[0], 1);
    assert_int_equal(column_of[1], 0);
    const int nothing[] = {0, 0};
    assert_true(assign_best(nothing, 2, 1, column_of));
    assert_int_equal(column_of[0], -1);
    assert_int_equal(column_of[1], -1);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_penalties_of_another_department),
        WITH_STORE(test_whose_code_it_is),
        WITH_STORE(test_what_only_a_text_tells),
        WITH_STORE(test_numbers_that_are_no_codes),
        WITH_STORE(test_headers_that_say_nothing),
        WITH_STORE(test_a_header_that_lies),
        WITH_STORE(test_a_header_of_two_rows),
        WITH_STORE(test_kinds_and_what_is_said),
        cmocka_unit_test(test_assigning),
    };
    return cmocka_run_group_tests_name("intake/guess", tests, scratch_make, scratch_remove);
}
