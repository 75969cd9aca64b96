/* Taking files in on the screen: from choosing one to undoing it. */
#include "screen/workstation_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Writes a file that nobody made a profile for: two good rows, one without a day, one whose
 * enterprise nobody knows. code is that of an enterprise of the county. */
static void write_file(const char *name, const char *code) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fprintf(file,
            "某县行政处罚信息汇总表,,,,\n"
            "当事人,当事人统一社会信用代码,处罚文书文号,违法事实,处罚作出日期\n"
            "甲,%s,某市监罚〔2026〕1号,未按期公示年报,2026-03-05\n"
            "甲,%s,某市监罚〔2026〕2号,未明码标价,2026/4/6\n"
            "甲,%s,某市监罚〔2026〕3号,未明码标价,\n"
            "从来没有过的商贸有限公司,,某市监罚〔2026〕4号,未明码标价,2026年5月6日\n"
            "制表人：王五,,,,\n",
            code, code, code);
    assert_int_equal(fclose(file), 0);
}

/* Opens the preview of a file in the folder at hand. */
static void choose_file(struct emulator *emulator, const char *part) {
    keys_press(emulator, "5");
    emulator_expect(emulator, case_lead("Nothing was taken in yet. Press n and choose a file: "
                                        "whatever it is called, you see what is understood of it "
                                        "before anything changes."));
    keys_press(emulator, "n/");
    emulator_type(emulator, part);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, part);
    keys_press(emulator, "<Enter>");
}

static void test_from_choosing_to_undoing(void **state) {
    (void)state;
    char code[32];
    const char *database = case_database("data");
    case_riskiest(database, code);
    write_file("处罚汇总.csv", code);
    struct emulator *emulator = case_start(database, 24, 80);
    choose_file(emulator, "处罚汇总");
    emulator_expect(emulator, case_words("  columns guessed"));
    case_assert_shown(emulator, "当事人统一社会信用代码");
    keys_press(emulator, "d");
    emulator_expect(emulator, case_words("Tried out: nothing was kept"));
    case_assert_shown(emulator, case_words("no date"));
    case_assert_shown(emulator, case_words("no enterprise of this name"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator,
                    case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, %lld "
                              "rejected."));
    case_assert_shown(emulator, "处罚汇总.csv");
    case_assert_shown(emulator, case_words("Rejected rows, by reason"));
    keys_press(emulator, "w<Ctrl-U>退回.xlsx<Enter>");
    emulator_expect(emulator, "退回.xlsx");
    assert_true(case_file_exists("退回.xlsx"));
    keys_press(emulator, "<Esc>U");
    emulator_expect(emulator, case_words("facts it entered, removed"));
    keys_press(emulator, "选错了<Enter>");
    emulator_expect(emulator, case_lead("Intake %lld undone: %lld enterprises and %lld facts "
                                        "removed, %lld rows as they were before."));
    case_assert_shown(emulator, "选错了");
    keys_press(emulator, "U");
    emulator_expect(emulator, case_words("Intake %lld (%s) was undone already, by %s."));
    keys_press(emulator, "<Esc><Esc><Esc><Esc>");
    case_assert_shown(emulator, "处罚汇总.csv");
    case_assert_shown(emulator, case_words("undone"));
    case_leave(emulator);
}

/* A column corrected by hand is guarded, saved as a profile, and known the next time. */
static void test_correcting_a_column(void **state) {
    (void)state;
    char code[32];
    const char *database = case_database("correct");
    case_riskiest(database, code);
    write_file("处罚汇总.csv", code);
    struct emulator *emulator = case_start(database, 24, 80);
    choose_file(emulator, "处罚汇总");
    emulator_expect(emulator, case_words("  columns guessed"));
    keys_press(emulator, "<Down><Down><Down><Enter>");
    emulator_expect(emulator, case_words("(not read)"));
    keys_press(emulator, "<Home><Enter>");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_lead("What you said of the columns is lost: neither saved as a "
                                        "profile nor taken in."));
    keys_press(emulator, "n");
    keys_press(emulator, "v本县处罚<Enter>");
    emulator_expect(emulator, case_words("Saved as %s; it is taken the next time such columns "
                                         "come."));
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("Choose a file"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("  profile %s"));
    case_assert_shown(emulator, "本县处罚");
    case_leave(emulator);
}

/* A name nobody bears is put to an enterprise by a person. */
static void test_deciding_a_name(void **state) {
    (void)state;
    char code[32];
    const char *database = case_database("decide");
    case_riskiest(database, code);
    write_file("处罚汇总.csv", code);
    struct emulator *emulator = case_start(database, 24, 80);
    choose_file(emulator, "处罚汇总");
    emulator_expect(emulator, case_words("  columns guessed"));
    keys_press(emulator, "i");
    emulator_expect(emulator, case_words("Rejected rows, by reason"));
    keys_press(emulator, "m");
    emulator_expect(emulator, "从来没有过的商贸有限公司");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Which enterprise is meant?"));
    keys_press(emulator, "n");
    emulator_expect(emulator, case_words("No name of this intake waits for a decision."));
    case_leave(emulator);
}

/* What is no table is refused with its sentence, and the place is kept. */
static void test_files_that_are_none(void **state) {
    (void)state;
    FILE *file = fopen("图.pdf", "w");
    assert_non_null(file);
    fputs("%PDF-1.7\n", file);
    assert_int_equal(fclose(file), 0);
    struct emulator *emulator = case_start(case_database("none"), 24, 80);
    choose_file(emulator, "图.pdf");
    emulator_expect(emulator, "PDF");
    case_assert_shown(emulator, case_words("Choose a file"));
    keys_press(emulator, "/<Ctrl-U>没有这样的文件<Enter>");
    emulator_expect(emulator, case_lead("No name here holds what was looked for. / changes it, x "
                                        "shows all."));
    keys_press(emulator, "/<Ctrl-U>/no/such/place.csv<Enter>");
    emulator_expect(emulator, "/no/such/place.csv");
    case_leave(emulator);
}

/* A folder of thousands, long names, and a screen of twenty columns. */
static void test_small_screens_and_long_names(void **state) {
    (void)state;
    char code[32];
    const char *database = case_database("small");
    case_riskiest(database, code);
    assert_true(mkdir("很多", 0777) == 0);
    for (int i = 0; i < 2000; i++) {
        char name[128];
        snprintf(name, sizeof(name),
                 "很多/某某县市场监督管理局关于二〇二六年第%d批行政处罚信息的汇总"
                 "表终稿.csv",
                 i);
        if (i % 400 == 0) {
            write_file(name, code);
        } else {
            FILE *file = fopen(name, "w");
            assert_non_null(file);
            fclose(file);
        }
    }
    struct emulator *emulator = case_start(database, 24, 80);
    choose_file(emulator, "很多");
    emulator_expect(emulator, case_words("%zu entries"));
    keys_press(emulator, "<End><Home><PageDown>");
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "/第400批<Enter>");
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "第400批");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("  columns guessed"));
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "<Down><Up>");
    emulator_resize(emulator, 40, 120);
    emulator_expect(emulator, "当事人统一社会信用代码");
    case_assert_shown(emulator, "%");
    case_leave(emulator);
}

static void test_in_english(void **state) {
    (void)state;
    char code[32];
    const char *database = case_database("english");
    case_riskiest(database, code);
    write_file("处罚汇总.csv", code);
    struct emulator *emulator = case_start_english(database, 24, 80);
    keys_press(emulator, "5n/");
    emulator_type(emulator, "处罚汇总");
    keys_press(emulator, "<Enter><Enter>");
    emulator_expect(emulator, "columns guessed");
    case_assert_shown(emulator, "unified social");
    keys_press(emulator, "i");
    emulator_expect(emulator, "Rejected rows, by reason");
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_choosing_to_undoing),
        cmocka_unit_test(test_correcting_a_column),
        cmocka_unit_test(test_deciding_a_name),
        cmocka_unit_test(test_files_that_are_none),
        cmocka_unit_test(test_small_screens_and_long_names),
        cmocka_unit_test(test_in_english),
    };
    return cmocka_run_group_tests_name("screen/data_desk", tests, case_set_up, case_tear_down);
}
