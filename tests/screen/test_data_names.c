/* Names that a person settles, on the screen, and the rows that waited for it. */
#include "screen/workstation_case.h"

#include "base/arena.h"
#include "base/uscc.h"
#include "intake/match_decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *code_of(int number) {
    static char code[USCC_SIZE];
    snprintf(code, sizeof code, "91652323MA%07d", number);
    code[USCC_LENGTH - 1] = uscc_check_character(code);
    code[USCC_LENGTH] = '\0';
    return code;
}

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

#define GENERAL_HEADER "企业名称,统一社会信用代码,信息类型,发生日期,文号\n"

/* Two enterprises, and a file of three names: one without its place, one with another form and half
 * a code, one of nobody. profile as case_take_in. */
static void take_in(const char *database, const char *profile) {
    char text[1024];
    snprintf(text, sizeof text, "企业名称,统一社会信用代码\n呼图壁县琼达坂商贸有限公司,%s\n",
             code_of(1));
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "呼图壁县博格达建材有限公司,%s\n", code_of(2));
    write_file("登记.csv", text);
    case_take_in(database, "enterprises", "enterprises", "登记.csv");
    snprintf(text, sizeof text,
             "%s"
             "琼达坂商贸有限公司,,行政处罚,2026-03-05,琼一号\n"
             "琼达坂商贸有限公司,,行政处罚,2026-03-06,琼二号\n"
             "博格达建材有限责任公司,%.15s,行政处罚,2026-03-07,博一号\n"
             "诸葛孔明连锁火锅店,,行政处罚,2026-03-08,诸一号\n",
             GENERAL_HEADER, code_of(2));
    write_file("处罚.csv", text);
    case_take_in(database, "facts", profile, "处罚.csv");
}

/* Opens the names of the newest intake. */
static void open_names(struct emulator *emulator) {
    keys_press(emulator, "5<Enter>");
    emulator_expect(emulator, case_words("Rejected rows, by reason"));
    keys_press(emulator, "m");
    emulator_expect(emulator, "1 / 3");
}

/* Column of a text on the screen. */
static int column_of(struct emulator *emulator, const char *text) {
    int row = 0;
    int column = 0;
    if (!emulator_find(emulator, text, &row, &column)) {
        emulator_dump(emulator);
        fail_msg("\"%s\" is not on the screen", text);
    }
    return column;
}

/* One key a name, the next one follows, and one key takes the rows in that waited. */
static void settle_all(const char *name, int rows, int columns) {
    const char *database = case_database(name);
    take_in(database, "facts");
    struct emulator *emulator = case_start(database, rows, columns);
    open_names(emulator);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    case_assert_shown(emulator, "100%");
    case_assert_shown(emulator, case_words("the place before"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "呼图壁县博格达建材有限公司");
    case_assert_shown(emulator, case_words("the form of entity"));
    char part[16];
    snprintf(part, sizeof part, "%.15s", code_of(2));
    int row = 0;
    int column = 0;
    assert_true(emulator_find(emulator, part, &row, &column));
    assert_int_equal(column_of(emulator, code_of(2)), column);
    assert_string_equal(emulator_text_at(emulator, row, column, 15), part);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "诸葛孔明连锁火锅店");
    keys_press(emulator, "n");
    emulator_expect(emulator, case_lead("Every name is settled. Press t: the rows that waited are "
                                        "taken in again."));
    keys_press(emulator, "u");
    emulator_expect(emulator, case_words("The decision about %s is taken back."));
    case_assert_shown(emulator, "诸葛孔明连锁火锅店");
    keys_press(emulator, "nt");
    emulator_expect(emulator, case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, "
                                        "%lld rejected."));
    case_assert_shown(emulator, "处罚.rejects.csv");
    case_assert_shown(emulator, "甲部门");
    keys_press(emulator, "e");
    emulator_expect(emulator, "1 / 2");
    keys_press(emulator, "<Enter><Tab>");
    emulator_expect(emulator, "琼二号");
    case_leave(emulator);
}

static void test_settling_one_after_another(void **state) {
    (void)state;
    settle_all("settle", 24, 80);
}

static void test_settling_on_a_large_screen(void **state) {
    (void)state;
    settle_all("settle-large", 40, 120);
}

/* Reads the newest decision. */
static void expect_newest_decision(const char *database, const char *name, const char *reason,
                                   bool withdrawn) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    struct arena *arena = arena_new();
    struct match_decision *found = NULL;
    size_t count = 0;
    assert_non_null(arena);
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(match_decision_list(store, 0, 1, arena, &found, &count, &error), &error);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].subject.name, name);
    assert_non_null(strstr(found[0].reason, reason));
    assert_int_equal(found[0].withdrawn_at != NULL, withdrawn);
    store_close(store);
    arena_free(arena);
}

/* A name left open comes round again; what the person says of how it is known is kept, and what the
 * program saw otherwise. */
static void test_skipping_and_reasons(void **state) {
    (void)state;
    char database[256];
    snprintf(database, sizeof database, "%s", case_database("skip"));
    take_in(database, "facts");
    struct emulator *emulator = case_start(database, 24, 80);
    open_names(emulator);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    keys_press(emulator, "s");
    emulator_expect(emulator, "呼图壁县博格达建材有限公司");
    keys_press(emulator, "r电话问过<Enter><Enter>");
    emulator_expect(emulator, "诸葛孔明连锁火锅店");
    expect_newest_decision(database, "博格达建材有限责任公司", "电话问过", false);
    keys_press(emulator, "ss");
    emulator_expect(emulator, "诸葛孔明连锁火锅店");
    keys_press(emulator, "s");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    keys_press(emulator, "r<Ctrl-U><Enter><Enter>");
    emulator_expect(emulator, "诸葛孔明连锁火锅店");
    expect_newest_decision(database, "琼达坂商贸有限公司", "100%", false);
    keys_press(emulator, "u");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    expect_newest_decision(database, "琼达坂商贸有限公司", "100%", true);
    case_leave(emulator);
}

/* Enterprises like another name than the file's, chosen for the file's. */
static void test_looking_with_another_name(void **state) {
    (void)state;
    char database[256];
    snprintf(database, sizeof database, "%s", case_database("other"));
    take_in(database, "facts");
    struct emulator *emulator = case_start(database, 24, 80);
    open_names(emulator);
    keys_press(emulator, "<End><Enter>");
    emulator_expect(emulator, "诸葛孔明连锁火锅店");
    keys_press(emulator, "/博格达建材<Enter>");
    emulator_expect(emulator, "呼图壁县博格达建材有限公司");
    case_assert_shown(emulator, "诸葛孔明连锁火锅店");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    expect_newest_decision(database, "诸葛孔明连锁火锅店", "100%", false);
    case_leave(emulator);
}

/* Nothing waits before a name is settled, and that is said. */
static void test_nothing_waits_yet(void **state) {
    (void)state;
    const char *database = case_database("early");
    take_in(database, "facts");
    struct emulator *emulator = case_start(database, 24, 80);
    open_names(emulator);
    keys_press(emulator, "t");
    emulator_expect(emulator, case_lead("No rejected row waits to be taken in again: first say "
                                        "which enterprise a name means."));
    case_leave(emulator);
}

/* Columns that were guessed are shown again before the rows go in. */
static void test_guessed_columns(void **state) {
    (void)state;
    char text[1024];
    const char *database = case_database("guessed");
    take_in(database, "facts");
    snprintf(text, sizeof text,
             "当事人,当事人统一社会信用代码,处罚文书文号,违法事实,处罚作出日期\n"
             "呼图壁县琼达坂商贸有限公司,%s,某市监罚〔2026〕1号,未按期公示年报,2026-03-05\n"
             "博格达建材,,某市监罚〔2026〕2号,未明码标价,2026-03-06\n"
             "琼达坂商贸,,某市监罚〔2026〕3号,未明码标价,2026-03-07\n",
             code_of(1));
    write_file("汇总.csv", text);
    case_take_in(database, "facts", NULL, "汇总.csv");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "5<Enter>");
    emulator_expect(emulator, case_words("Rejected rows, by reason"));
    keys_press(emulator, "m<Enter>");
    emulator_expect(emulator, "呼图壁县博格达建材有限公司");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    keys_press(emulator, "t");
    emulator_expect(emulator, case_lead("The columns of this file were guessed. The rows that wait "
                                        "go into a file; look at its columns and press i to take "
                                        "it in."));
    keys_press(emulator, "<Ctrl-U>等待.csv<Enter>");
    emulator_expect(emulator, case_words("  columns guessed"));
    keys_press(emulator, "i");
    emulator_expect(emulator, case_lead("Taken in: %lld inserted, %lld updated, %lld unchanged, "
                                        "%lld rejected."));
    case_assert_shown(emulator, "等待.csv");
    case_assert_shown(emulator, "甲部门");
    keys_press(emulator, "<Esc><Esc>");
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    keys_press(emulator, "t");
    emulator_expect(emulator, case_lead("No rejected row waits to be taken in again: first say "
                                        "which enterprise a name means."));
    case_leave(emulator);
    assert_int_equal(unlink("等待.csv"), 0);
}

static void test_tiny(void **state) {
    (void)state;
    char database[256];
    snprintf(database, sizeof database, "%s", case_database("tiny"));
    take_in(database, "facts");
    struct emulator *emulator = case_start(database, 5, 20);
    keys_press(emulator, "5<Enter>m<End><Home><Enter><Down><Up>r<Esc>/<Esc>sss");
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "呼图壁县琼达坂商贸有限公司");
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "<Enter>");
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "呼图壁县博格达建材有限公司");
    expect_newest_decision(database, "琼达坂商贸有限公司", "100%", false);
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settling_one_after_another),
        cmocka_unit_test(test_settling_on_a_large_screen),
        cmocka_unit_test(test_skipping_and_reasons),
        cmocka_unit_test(test_looking_with_another_name),
        cmocka_unit_test(test_nothing_waits_yet),
        cmocka_unit_test(test_guessed_columns),
        cmocka_unit_test(test_tiny),
    };
    return cmocka_run_group_tests_name("screen/data_names", tests, case_set_up, case_tear_down);
}
