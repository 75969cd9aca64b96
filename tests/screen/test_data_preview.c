/* What is understood of a file, looked at and corrected before it comes in: rows passed over, what
 * values become, another kind or sheet, trying out, and stopping. */
#include "screen/workstation_case.h"

#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Facts with a title, a hint and footers; a day that cannot be read and one that can only by a
 * person's eye. code is that of an enterprise of the county. */
static void write_penalties(const char *code) {
    FILE *file = fopen("处罚汇总.csv", "w");
    assert_non_null(file);
    fprintf(file,
            "某县行政处罚信息汇总表,,,,\n"
            "当事人,当事人统一社会信用代码,处罚文书文号,违法事实,处罚作出日期\n"
            "必填,必填,必填,选填,格式：2026-01-01\n"
            "甲,%s,某市监罚〔2026〕1号,未按期公示年报,2023年5月1日\n"
            "甲,%s,某市监罚〔2026〕2号,未明码标价,五月初\n"
            "从来没有过的商贸有限公司,,某市监罚〔2026〕4号,未明码标价,2026/4/6\n"
            "合计,,3件,,\n"
            "制表人：王五,,,,\n",
            code, code);
    assert_int_equal(fclose(file), 0);
}

/* A workbook of 2003 with penalties on two sheets; the second calls its documents otherwise. */
static void write_workbook(void) {
    static const char *const documents[] = {"处罚文书文号", "案号"};
    FILE *file = fopen("两张表.xml", "w");
    assert_non_null(file);
    fputs("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n"
          "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
          "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">",
          file);
    for (int sheet = 0; sheet < 2; sheet++) {
        const char *const rows[][4] = {
            {"当事人", documents[sheet], "违法事实", "处罚作出日期"},
            {"甲商贸有限公司", "某罚〔2026〕1号", "未明码标价", "2026-03-05"},
            {"乙商贸有限公司", "某罚〔2026〕2号", "未明码标价", "2026-03-06"}};
        fprintf(file, "<Worksheet ss:Name=\"处罚%d月\"><Table>", sheet + 1);
        for (size_t i = 0; i < 3; i++) {
            fputs("<Row>", file);
            for (size_t j = 0; j < 4; j++) {
                fprintf(file, "<Cell><Data ss:Type=\"String\">%s</Data></Cell>", rows[i][j]);
            }
            fputs("</Row>", file);
        }
        fputs("</Table></Worksheet>", file);
    }
    fputs("</Workbook>", file);
    assert_int_equal(fclose(file), 0);
}

/* The preview of a file of the folder at hand. */
static struct emulator *open_preview(const char *path, const char *part, int rows, int columns) {
    struct emulator *emulator = case_start(path, rows, columns);
    keys_press(emulator, "5n/");
    emulator_type(emulator, part);
    keys_press(emulator, "<Enter><Enter>");
    return emulator;
}

/* The database of the test at hand. */
static char database[256];

static struct emulator *open_penalties(const char *name, int rows, int columns) {
    char code[32];
    snprintf(database, sizeof(database), "%s", case_database(name));
    case_riskiest(database, code);
    write_penalties(code);
    struct emulator *emulator = open_preview(database, "处罚汇总", rows, columns);
    emulator_expect(emulator, case_words("  columns guessed"));
    return emulator;
}

static void test_rows_passed_over(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("skips", 24, 80);
    case_assert_shown(emulator, case_words(", %lld rows passed over"));
    keys_press(emulator, "r");
    emulator_expect(emulator, case_words("Rows passed over"));
    case_assert_shown(emulator, "某县行政处罚信息汇总表");
    case_assert_shown(emulator, case_words("above the header"));
    case_assert_shown(emulator, case_words("a hint"));
    case_assert_shown(emulator, case_words("below the table"));
    case_assert_shown(emulator, "制表人：王五");
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "<Home><Down><Enter>");
    emulator_expect(emulator, "格式："); /* the whole row, where a line has no room for it */
    keys_press(emulator, "<Esc>");
    emulator_resize(emulator, 40, 120);
    emulator_expect(emulator, case_words("below the table"));
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("  columns guessed"));
    case_leave(emulator);
}

/* Of the column under the cursor the reason and its values stand below, without a key. */
static void test_what_values_become(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("values", 24, 80);
    keys_press(emulator, "<End>");
    case_assert_shown(emulator, case_words("by its header"));
    case_assert_shown(emulator, case_words(", rejected for it: %zu rows"));
    case_assert_shown(emulator, "=> 2023-05-01");
    case_assert_shown(emulator, "五月初");
    keys_press(emulator, "w");
    emulator_expect(emulator, case_words("%zu of %zu values"));
    case_assert_shown(emulator, "2026/4/6");
    case_assert_shown(emulator, "=> 2026-04-06");
    case_assert_shown(
        emulator, case_lead("is no day that can be read without doubt; write it as 2026-10-31"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("(not read)"));
    keys_press(emulator, "<Home><PageUp><Enter>");
    emulator_expect(emulator, case_words("%s: not read, as a person said."));
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_lead("No column looks like the day it happened: press Enter on "
                                        "the one that is, or y when all rows speak of today."));
    keys_press(emulator, "i");
    case_assert_shown(emulator, case_words("  columns guessed"));
    keys_press(emulator, "y");
    emulator_expect(emulator, case_lead("d tries it out and keeps nothing; i takes it in. Enter "
                                        "changes what a column is."));
    case_leave_unsaved(emulator);
}

static void test_values_on_other_screens(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("screens", 40, 120);
    keys_press(emulator, "<End>");
    case_assert_shown(emulator, "=> 2026-04-06");
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "w");
    keys_press(emulator, "<Down><Up>");
    case_assert_shown(emulator, "五月初");
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "=> 2023-05-01");
    case_leave(emulator);
}

/* Makes the document number a title, and the facts of no column of theirs unread. */
static void correct(struct emulator *emulator) {
    keys_press(emulator, "<Home><Down><Down><Enter>");
    emulator_expect(emulator, case_words("(not read)"));
    emulator_type(emulator, case_words("agency"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("by hand"));
}

/* What was corrected and has no place in another kind is named and asked for, once. */
static void test_another_kind(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("kind", 24, 80);
    correct(emulator);
    keys_press(emulator, "k");
    emulator_type(emulator, case_words("Inspectors"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_lead("What you said of these has no place there and will be "
                                        "lost: %s. Change all the same?"));
    case_assert_shown(emulator, "处罚文书文号");
    keys_press(emulator, "n");
    emulator_expect(emulator, case_words("by hand"));
    case_assert_shown(emulator, case_words("facts"));
    keys_press(emulator, "k");
    emulator_type(emulator, case_words("Inspectors"));
    keys_press(emulator, "<Enter>y");
    emulator_expect(emulator, case_words("Inspectors"));
    case_assert_not_shown(emulator, case_words("by hand"));
    case_leave(emulator);
}

/* On another sheet a correction stays when its column is there, too. */
static void test_another_sheet(void **state) {
    (void)state;
    write_workbook();
    struct emulator *emulator = open_preview(case_empty_database("sheet"), "两张表", 24, 80);
    emulator_expect(emulator, "[处罚1月]");
    keys_press(emulator, "<End><Up><Enter>");
    emulator_expect(emulator, case_words("(not read)"));
    keys_press(emulator, "<PageUp><Enter>");
    emulator_expect(emulator, case_words("%s: not read, as a person said."));
    keys_press(emulator, "s<Down><Enter>");
    emulator_expect(emulator, "[处罚2月]");
    keys_press(emulator, "<End><Up>");
    case_assert_shown(emulator, case_words("%s: not read, as a person said."));
    keys_press(emulator, "<Up><Enter>");
    emulator_expect(emulator, "案号");
    emulator_type(emulator, case_words("agency"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("by hand"));
    keys_press(emulator, "s<Up><Enter>");
    emulator_expect(emulator, case_lead("What you said of these has no place there and will be "
                                        "lost: %s. Change all the same?"));
    case_assert_shown(emulator, "案号");
    case_assert_not_shown(emulator, "违法事实 =");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("by hand"));
    case_assert_shown(emulator, "[处罚2月]");
    case_leave_unsaved(emulator);
}

/* What is in is not taken in twice, unless it was corrected meanwhile. */
static void take_in_again(struct emulator *emulator) {
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("Taken in. Esc goes back."));
    keys_press(emulator, "i");
    emulator_expect(emulator, case_lead("The file was taken in already, as intake %lld."));
    keys_press(emulator, "<End><Up><Enter>");
    emulator_expect(emulator, case_words("(not read)"));
    keys_press(emulator, "<PageUp><Enter>");
    emulator_expect(emulator, case_words("%s: not read, as a person said."));
    keys_press(emulator, "i");
    emulator_expect(emulator, case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, "
                                        "%lld rejected."));
}

static void test_trying_out(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("try", 24, 80);
    correct(emulator);
    keys_press(emulator, "d");
    emulator_expect(emulator, case_words("Tried out: nothing was kept"));
    case_assert_shown(emulator, case_words("Rejected rows, by reason"));
    case_assert_shown(emulator, case_words("a value that cannot be read"));
    case_assert_shown(emulator, case_words("no enterprise of this name"));
    case_assert_shown(emulator, case_words(" Enter take the file in  Esc back to the columns"));
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "<End><Up><PageUp>");
    emulator_resize(emulator, 24, 80);
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("by hand")); /* the correction stands */
    keys_press(emulator, "d");
    emulator_expect(emulator, case_words("Tried out: nothing was kept"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator,
                    case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, %lld "
                              "rejected."));
    case_assert_shown(emulator, case_words("Rejected rows, by reason"));
    take_in_again(emulator);
    case_leave(emulator);
}

/* Everything that taking a file in writes. */
static int64_t count_all(void) {
    struct store *store = NULL;
    struct error error = ERROR_INIT;
    int64_t count = 0;
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(store_fetch_int(store,
                              "SELECT (SELECT count(*) FROM batch) + (SELECT count(*) FROM fact) + "
                              "(SELECT count(*) FROM reject) + (SELECT count(*) FROM journal) + "
                              "(SELECT count(*) FROM enterprise)",
                              NO_VALUES, -1, &count, &error),
              &error);
    store_close(store);
    return count;
}

/* Esc follows the key at once: it is heard at the first that the work tells of itself. */
static void test_stopping(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("stop", 24, 80);
    correct(emulator);
    int64_t before = count_all();
    emulator_type(emulator, "d\033");
    emulator_expect(emulator, case_lead("Stopped trying out: nothing was taken in, the columns are "
                                        "as you left them."));
    case_assert_shown(emulator, case_words("by hand"));
    assert_int_equal(count_all(), before);
    emulator_type(emulator, "i\033");
    emulator_expect(emulator, case_lead("Stopped: nothing was taken in, the database is as it was "
                                        "before."));
    case_assert_shown(emulator, case_words("by hand"));
    assert_int_equal(count_all(), before);
    keys_press(emulator, "i");
    emulator_expect(emulator,
                    case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, %lld "
                              "rejected."));
    assert_true(count_all() > before);
    case_leave(emulator);
}

/* A file taken away while it is looked at: a sentence in Chinese, and the page stands. */
static void test_file_taken_away(void **state) {
    (void)state;
    struct emulator *emulator = open_penalties("away", 40, 120);
    correct(emulator);
    assert_int_equal(rename("处罚汇总.csv", "移走"), 0);
    keys_press(emulator, "d");
    emulator_expect(emulator, case_words("there is no such file or folder"));
    case_assert_shown(emulator, case_words("by hand"));
    assert_int_equal(rename("移走", "处罚汇总.csv"), 0);
    keys_press(emulator, "d");
    emulator_expect(emulator, case_words("Tried out: nothing was kept"));
    keys_press(emulator, "<Esc>");
    case_leave_unsaved(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_passed_over),
        cmocka_unit_test(test_what_values_become),
        cmocka_unit_test(test_values_on_other_screens),
        cmocka_unit_test(test_another_kind),
        cmocka_unit_test(test_another_sheet),
        cmocka_unit_test(test_trying_out),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_file_taken_away),
    };
    return cmocka_run_group_tests_name("screen/data_preview", tests, case_set_up, case_tear_down);
}
