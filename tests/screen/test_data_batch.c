/* What became of a file, on the screen: its rejected rows, whom it changed, mending, undoing, and
 * the history of all files. */
#include "screen/workstation_case.h"

#include "base/uscc.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Rows without a day: more than any screen shows at once. */
#define NO_DATE_ROWS 130

static const char *code_of(int number) {
    static char code[USCC_SIZE];
    snprintf(code, sizeof code, "91652323MA%07d", number);
    code[USCC_LENGTH - 1] = uscc_check_character(code);
    code[USCC_LENGTH] = '\0';
    return code;
}

static FILE *begin_file(const char *name) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    return file;
}

/* Forty enterprises of our own, so that what a file does to them is known to the row. */
static long take_enterprises(const char *database) {
    FILE *file = begin_file("登记.csv");
    fputs("企业名称,统一社会信用代码\n", file);
    for (int i = 1; i <= 40; i++) {
        fprintf(file, "天山雪莲第%d商贸有限公司,%s\n", i, code_of(i));
    }
    assert_int_equal(fclose(file), 0);
    return case_take_in(database, "enterprises", "enterprises", "登记.csv");
}

/* Facts of all forty; then rows without a day, and two of nobody. */
static long take_facts(const char *database) {
    FILE *file = begin_file("处罚.csv");
    fputs("文号,企业名称,统一社会信用代码,信息类型,发生日期\n", file);
    for (int i = 1; i <= 40; i++) {
        fprintf(file, "有日期%d号,天山雪莲第%d商贸有限公司,%s,行政处罚,2026-03-05\n", i, i,
                code_of(i));
    }
    for (int i = 1; i <= NO_DATE_ROWS; i++) {
        fprintf(file, "缺日期%d号,天山雪莲第1商贸有限公司,%s,行政处罚,\n", i, code_of(1));
    }
    fputs("甲号,从来没有的公司,,行政处罚,2026-03-05\n", file);
    fputs("乙号,从来没有的公司,,行政处罚,2026-03-06\n", file);
    assert_int_equal(fclose(file), 0);
    return case_take_in(database, "facts", "facts", "处罚.csv");
}

/* Opens the page of the newest intake. */
static void open_newest(struct emulator *emulator) {
    keys_press(emulator, "5<Enter>");
    emulator_expect(emulator, case_words("Rejected rows, by reason"));
}

/* Moves down until the row under the cursor holds a text. */
static void go_to(struct emulator *emulator, const char *text) {
    keys_press(emulator, "<Home>");
    for (int i = 0; i < 60; i++) {
        if (strstr(emulator_row(emulator, case_cursor_row(emulator)), text) != NULL) {
            return;
        }
        keys_press(emulator, "<Down>");
    }
    emulator_dump(emulator);
    fail_msg("the cursor comes to no row with \"%s\"", text);
}

/* Reasons are doors to their rows; any number of those is paged, shown whole, and left to the same
 * place. */
static void look_at_rejects(const char *name, int rows, int columns) {
    const char *database = case_database(name);
    take_enterprises(database);
    take_facts(database);
    struct emulator *emulator = case_start(database, rows, columns);
    open_newest(emulator);
    go_to(emulator, case_words("no date"));
    int place = case_cursor_row(emulator);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "1 / 130");
    case_assert_shown(emulator, "缺日期1号");
    keys_press(emulator, "<End>");
    emulator_expect(emulator, "130 / 130");
    case_assert_shown(emulator, "缺日期130号");
    case_assert_not_shown(emulator, "缺日期1号");
    keys_press(emulator,
               "<PageUp><PageUp><PageUp><PageUp><PageUp><PageUp><PageUp><PageUp><PageUp>");
    case_assert_shown(emulator, "缺日期1号");
    keys_press(emulator, "<Home><Down><Enter>");
    emulator_expect(emulator, "文号: 缺日期2号");
    case_assert_shown(emulator, "企业名称: 天山雪莲第1商贸有限公司");
    keys_press(emulator, "<Esc>f");
    emulator_expect(emulator, case_words("all reasons"));
    keys_press(emulator, "<Down><Enter>");
    emulator_expect(emulator, "1 / 2");
    case_assert_shown(emulator, "甲号");
    case_assert_not_shown(emulator, "缺日期");
    keys_press(emulator, "x");
    emulator_expect(emulator, "1 / 132");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("Rejected rows, by reason"));
    assert_int_equal(case_cursor_row(emulator), place);
    case_leave(emulator);
}

static void test_rejects_by_reason(void **state) {
    (void)state;
    look_at_rejects("rejects", 24, 80);
}

static void test_rejects_on_a_large_screen(void **state) {
    (void)state;
    look_at_rejects("rejects-large", 40, 120);
}

/* Whom a file changed, one of them, and back to the same row. */
static void test_enterprises_of_an_intake(void **state) {
    (void)state;
    const char *database = case_database("reached");
    take_enterprises(database);
    take_facts(database);
    struct emulator *emulator = case_start(database, 24, 80);
    open_newest(emulator);
    keys_press(emulator, "e");
    emulator_expect(emulator, "1 / 40");
    case_assert_shown(emulator, "天山雪莲第1商贸有限公司");
    keys_press(emulator, "<End>");
    emulator_expect(emulator, "40 / 40");
    keys_press(emulator, "<Up><Up><Up>");
    case_assert_shown(emulator, "天山雪莲第40商贸有限公司");
    int place = case_cursor_row(emulator);
    keys_press(emulator, "<Enter><Tab>");
    emulator_expect(emulator, "有日期37号");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, "37 / 40");
    assert_int_equal(case_cursor_row(emulator), place);
    case_leave(emulator);
}

/* Nothing is written over, another place is asked for, the whole path is told; mended, the file
 * goes in with the kind and source of the intake. */
static void test_rejects_out_and_in(void **state) {
    (void)state;
    char here[PATH_MAX];
    char path[PATH_MAX + 64];
    const char *database = case_database("mend");
    take_enterprises(database);
    take_facts(database);
    assert_non_null(getcwd(here, sizeof here));
    struct emulator *emulator = case_start(database, 24, 80);
    open_newest(emulator);
    keys_press(emulator, "w<Ctrl-U>登记.csv<Enter>");
    emulator_expect(emulator, case_words("%s stands there already, and nothing is written over it; "
                                         "name another file."));
    keys_press(emulator, "<Ctrl-U>/没有/这里.xlsx<Enter>");
    emulator_expect(emulator, "/没有/");
    assert_false(case_file_exists("/没有/这里.xlsx"));
    keys_press(emulator, "<Ctrl-U>退回<Enter>");
    emulator_expect(emulator, case_words("The rejected rows are saved"));
    snprintf(path, sizeof path, "%s/退回.xlsx", here);
    case_assert_shown(emulator, path);
    assert_true(case_file_exists(path));
    keys_press(emulator, "<Esc>r");
    emulator_expect(emulator, "退回.xlsx");
    emulator_expect(emulator, case_words("  profile %s"));
    keys_press(emulator, "i");
    emulator_expect(emulator, case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, "
                                        "%lld rejected."));
    case_assert_shown(emulator, "退回.xlsx");
    case_assert_shown(emulator, "甲部门");
    case_leave(emulator);
    assert_int_equal(unlink(path), 0);
}

/* The file that is offered stands nowhere yet, however often rows were saved. */
static void test_a_free_name_is_offered(void **state) {
    (void)state;
    const char *database = case_database("offer");
    take_enterprises(database);
    take_facts(database);
    struct emulator *emulator = case_start(database, 24, 80);
    open_newest(emulator);
    keys_press(emulator, "w<Enter>");
    emulator_expect(emulator, "/处罚.rejects.xlsx");
    keys_press(emulator, "<Esc>w<Enter>");
    emulator_expect(emulator, "/处罚.rejects-2.xlsx");
    assert_true(case_file_exists("处罚.rejects.xlsx"));
    assert_true(case_file_exists("处罚.rejects-2.xlsx"));
    keys_press(emulator, "<Esc>");
    case_leave(emulator);
    assert_int_equal(unlink("处罚.rejects.xlsx"), 0);
    assert_int_equal(unlink("处罚.rejects-2.xlsx"), 0);
}

/* Undoing names what goes, once; a blank answer undoes nothing; what rests on it is listed. */
static void test_undoing_names_what_goes(void **state) {
    (void)state;
    char expected[128];
    const char *database = case_database("undo");
    long entered = take_enterprises(database);
    take_facts(database);
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "5<Down><Enter>");
    emulator_expect(emulator, "登记.csv");
    keys_press(emulator, "U");
    emulator_expect(emulator, "处罚.csv");
    case_assert_shown(emulator, case_words("Intake %lld cannot be undone yet: %zu things rest on "
                                           "it"));
    keys_press(emulator, "<Esc><Esc><Up><Enter>");
    emulator_expect(emulator, case_words("Rejected rows, by reason"));
    keys_press(emulator, "U");
    snprintf(expected, sizeof expected, "%s: 40", case_words("facts it entered, removed"));
    emulator_expect(emulator, expected);
    case_assert_not_shown(emulator, case_words("enterprises it entered, removed"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator,
                    case_lead("Nothing was undone: say why, it is kept with the intake."));
    keys_press(emulator, "U选错了文件<Enter>");
    emulator_expect(emulator, "选错了文件");
    keys_press(emulator, "<Esc><Down><Enter>");
    emulator_expect(emulator, "登记.csv");
    keys_press(emulator, "U");
    snprintf(expected, sizeof expected, "%s: 40", case_words("enterprises it entered, removed"));
    emulator_expect(emulator, expected);
    keys_press(emulator, "<Esc>");
    emulator_expect_gone(emulator, expected);
    case_assert_not_shown(emulator, case_words("undone"));
    assert_true(entered > 0);
    case_leave(emulator);
}

/* ---- the history ----------------------------------------------------------------------------- */

/* Sixty files of one row each, every tenth of another kind. */
static void take_many(const char *database) {
    for (int i = 1; i <= 60; i++) {
        char name[64];
        bool facts = i % 10 == 0;
        snprintf(name, sizeof name, facts ? "处罚%d.csv" : "登记%d.csv", i);
        FILE *file = begin_file(name);
        fputs(facts ? "企业名称,统一社会信用代码,信息类型,发生日期,文号\n"
                    : "企业名称,统一社会信用代码\n",
              file);
        fprintf(file, "天山雪莲第%d商贸有限公司,%s%s\n", facts ? i - 1 : i,
                code_of(facts ? i - 1 : i), facts ? ",行政处罚,2026-03-05,甲号" : "");
        assert_int_equal(fclose(file), 0);
        case_take_in(database, facts ? "facts" : "enterprises", facts ? "facts" : "enterprises",
                     name);
        assert_int_equal(unlink(name), 0);
    }
}

static void walk_history(const char *name, int rows, int columns) {
    const char *database = case_empty_database(name);
    take_many(database);
    struct emulator *emulator = case_start(database, rows, columns);
    keys_press(emulator, "5");
    emulator_expect(emulator, "1 / 60");
    case_assert_shown(emulator, "处罚60.csv");
    keys_press(emulator, "<End>");
    emulator_expect(emulator, "60 / 60");
    case_assert_shown(emulator, "登记1.csv");
    keys_press(emulator, "<Home>/处罚<Enter>");
    emulator_expect(emulator, "1 / 6");
    case_assert_not_shown(emulator, "登记");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "SHA-256");
    keys_press(emulator, "U选错了<Enter><Esc>");
    emulator_expect(emulator, "1 / 6");
    keys_press(emulator, "xtt");
    emulator_expect(emulator, "1 / 1 ");
    case_assert_shown(emulator, "处罚60.csv");
    keys_press(emulator, "t");
    emulator_expect(emulator, "1 / 60");
    keys_press(emulator, "t");
    emulator_expect(emulator, "1 / 59");
    case_assert_not_shown(emulator, "处罚60.csv");
    keys_press(emulator, "f<Home><Down><Enter>");
    emulator_expect(emulator, "1 / 54");
    keys_press(emulator, "/没有这样的<Enter>");
    emulator_expect(emulator, case_lead("No intake fits. Press x to clear search and filters."));
    keys_press(emulator, "x");
    emulator_expect(emulator, "1 / 60");
    case_leave(emulator);
}

static void test_the_history(void **state) {
    (void)state;
    walk_history("history", 24, 80);
}

static void test_the_history_on_a_large_screen(void **state) {
    (void)state;
    walk_history("history-large", 40, 120);
}

/* ---- twenty columns -------------------------------------------------------------------------- */

/* Every page stands a screen of 20 x 5, whatever is pressed, and is whole again on a larger one. */
static void test_tiny(void **state) {
    (void)state;
    const char *database = case_database("tiny");
    take_enterprises(database);
    take_facts(database);
    struct emulator *emulator = case_start(database, 5, 20);
    keys_press(emulator, "5<End><Home>t<PageDown>x");
    keys_press(emulator, "<Enter><End><Home><PageDown><PageUp>");
    keys_press(emulator, "e<End><Home><Enter><Esc><Esc>");
    keys_press(emulator, "w<Esc>U<Esc>m<Esc>");
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "处罚.csv");
    go_to(emulator, case_words("no date"));
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "<Enter><End><PageUp><Home><Enter><Down><Esc>f<Esc>x");
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "1 / 132");
    case_assert_shown(emulator, "缺日期1号");
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rejects_by_reason),
        cmocka_unit_test(test_rejects_on_a_large_screen),
        cmocka_unit_test(test_enterprises_of_an_intake),
        cmocka_unit_test(test_rejects_out_and_in),
        cmocka_unit_test(test_a_free_name_is_offered),
        cmocka_unit_test(test_undoing_names_what_goes),
        cmocka_unit_test(test_the_history),
        cmocka_unit_test(test_the_history_on_a_large_screen),
        cmocka_unit_test(test_tiny),
    };
    return cmocka_run_group_tests_name("screen/data_batch", tests, case_set_up, case_tear_down);
}
