/* Choosing a file: narrowing as one types, paths, going up, and folders that are gone. */
#include "screen/workstation_case.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* A table that can be taken in. */
static void write_table(const char *path) {
    write_text(path, "当事人,统一社会信用代码,处罚文书文号,违法事实,处罚作出日期\n"
                     "甲商店,92650123MA00000000,某市监罚〔2026〕1号,未明码标价,2026-03-05\n");
}

/* A home with folders of Chinese names: 资料/处罚 of two tables and a note, and 资料/外来. */
static void make_home(const char *name, char home[static PATH_MAX]) {
    static const char *const folders[] = {"", "/资料", "/资料/处罚", "/资料/外来"};
    char path[PATH_MAX];
    assert_non_null(getcwd(path, sizeof(path)));
    snprintf(home, PATH_MAX, "%.2000s/%s", path, name);
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        snprintf(path, sizeof(path), "%.2000s%s", home, folders[i]);
        assert_int_equal(mkdir(path, 0777), 0);
    }
    snprintf(path, sizeof(path), "%.2000s/资料/处罚/行政处罚一月.csv", home);
    write_table(path);
    snprintf(path, sizeof(path), "%.2000s/资料/处罚/行政处罚二月.csv", home);
    write_table(path);
    snprintf(path, sizeof(path), "%.2000s/资料/处罚/说明.md", home);
    write_text(path, "说明\n");
    setenv("HOME", home, 1);
}

static struct emulator *start(const char *database, int rows, int columns) {
    struct emulator *emulator = case_start(case_empty_database(database), rows, columns);
    keys_press(emulator, "5n");
    return emulator;
}

/* Goes to the folder of the tables by its path. */
static struct emulator *start_in_home(const char *name, int rows, int columns) {
    char home[PATH_MAX];
    make_home(name, home);
    struct emulator *emulator = start(name, rows, columns);
    keys_press(emulator, "o<Ctrl-U>~/资料/处罚<Enter>");
    emulator_expect(emulator, "行政处罚一月.csv");
    return emulator;
}

static void assert_under_cursor(struct emulator *emulator, const char *name) {
    const char *row = emulator_row(emulator, case_cursor_row(emulator));
    if (strstr(row, name) == NULL) {
        emulator_dump(emulator);
        fail_msg("\"%s\" is not under the cursor", name);
    }
}

static void narrow_as_typed(struct emulator *emulator) {
    keys_press(emulator, "/一");
    case_assert_shown(emulator, "行政处罚一月.csv");
    case_assert_not_shown(emulator, "行政处罚二月.csv");
    case_assert_not_shown(emulator, "说明.md");
    keys_press(emulator, "<Ctrl-U>");
    case_assert_shown(emulator, "说明.md");
    keys_press(emulator, "罚<Esc>");
    emulator_expect(emulator, "说明.md");
    keys_press(emulator, "/xzcf");
    case_assert_not_shown(emulator, "说明.md");
    keys_press(emulator, "<Down><Enter>");
    case_assert_shown(emulator, "行政处罚一月.csv");
    case_assert_shown(emulator, "行政处罚二月.csv");
    case_assert_not_shown(emulator, "说明.md");
    case_assert_shown(emulator, case_words("only names with %s  [x shows all]"));
}

/* Each key narrows the rows, Enter keeps them, Esc brings all back. */
static void test_narrowing_as_one_types(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("narrow", 24, 80);
    narrow_as_typed(emulator);
    keys_press(emulator, "/<Ctrl-U>没有<Esc>");
    emulator_expect(emulator, "行政处罚一月.csv");
    case_assert_not_shown(emulator, "说明.md");
    keys_press(emulator, "x");
    case_assert_shown(emulator, "说明.md");
    keys_press(emulator, "/没有<Enter>");
    emulator_expect(emulator, case_lead("No name here holds what was looked for. / changes it, x "
                                        "shows all."));
    case_leave(emulator);
}

static void test_narrowing_on_a_wide_screen(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("wide", 40, 120);
    narrow_as_typed(emulator);
    case_leave(emulator);
}

/* Chinese typed with no line open for it narrows at once, as an input method commits it. */
static void test_typing_without_a_line(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("typing", 24, 80);
    emulator_type(emulator, "二月");
    case_assert_shown(emulator, "行政处罚二月.csv");
    case_assert_not_shown(emulator, "行政处罚一月.csv");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, "行政处罚一月.csv");
    case_leave(emulator);
}

static void test_small_screen(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("tiny", 24, 80);
    emulator_resize(emulator, 5, 20);
    keys_press(emulator, "/二<Enter>");
    case_assert_shown(emulator, "行政处罚二月");
    keys_press(emulator, "o");
    keys_press(emulator, "<Ctrl-U>~/资料/外<Tab><Enter>");
    emulator_expect(emulator, case_lead("Nothing lies in this folder. Backspace goes to the one "
                                        "above, p to other places."));
    keys_press(emulator, "<Left>");
    emulator_resize(emulator, 24, 80);
    assert_under_cursor(emulator, "外来/");
    case_leave(emulator);
}

/* Tab goes as far as the names agree, the list shows what a path may become, Esc undoes it all. */
static void test_completing_a_path(void **state) {
    (void)state;
    char home[PATH_MAX];
    make_home("complete", home);
    struct emulator *emulator = start("complete", 24, 80);
    keys_press(emulator, "o<Ctrl-U>~<Tab>");
    case_assert_shown(emulator, "~/");
    case_assert_shown(emulator, "资料/");
    keys_press(emulator, "<Tab>");
    case_assert_shown(emulator, "~/资料/");
    keys_press(emulator, "处<Tab>");
    case_assert_shown(emulator, "~/资料/处罚/");
    case_assert_shown(emulator, "说明.md");
    keys_press(emulator, "行<Tab>");
    case_assert_shown(emulator, "~/资料/处罚/行政处罚");
    case_assert_not_shown(emulator, "说明.md");
    keys_press(emulator, "<Esc>");
    emulator_expect_gone(emulator, "行政处罚");
    keys_press(emulator, "o<Ctrl-U>~/资料/处罚/行政处罚二<Tab>");
    case_assert_shown(emulator, "~/资料/处罚/行政处罚二月.csv");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Take a file in"));
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, "说明.md");
    assert_under_cursor(emulator, "行政处罚二月.csv");
    case_leave(emulator);
}

/* A file dropped on the terminal comes as a paste within quotation marks. */
static void test_pasting_a_path(void **state) {
    (void)state;
    char home[PATH_MAX];
    char dropped[PATH_MAX + 64];
    make_home("paste", home);
    struct emulator *emulator = start("paste", 40, 120);
    snprintf(dropped, sizeof(dropped), "'%.2000s/资料/处罚/行政处罚一月.csv' ", home);
    emulator_paste(emulator, dropped);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Take a file in"));
    case_assert_shown(emulator, "行政处罚一月.csv");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, "说明.md");
    keys_press(emulator, "o<Ctrl-U>~/没有这个<Enter>");
    emulator_expect(emulator, case_words("%s is not there (any more)."));
    assert_under_cursor(emulator, "行政处罚一月.csv"); /* as it was */
    case_leave(emulator);
}

static void test_going_up(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("up", 24, 80);
    emulator_type(emulator, "\177");
    assert_under_cursor(emulator, "处罚/");
    keys_press(emulator, "<Down>");
    assert_under_cursor(emulator, "外来/");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_lead("Nothing lies in this folder. Backspace goes to the one "
                                        "above, p to other places."));
    keys_press(emulator, "h");
    assert_under_cursor(emulator, "外来/");
    keys_press(emulator, "<Left>");
    assert_under_cursor(emulator, "资料/");
    keys_press(emulator, "o<Ctrl-U>/<Enter>");
    keys_press(emulator, "<Left>");
    emulator_expect(emulator, case_lead("This is the topmost folder; p goes to other places."));
    case_leave(emulator);
}

/* What was listed and is gone when it is opened: a sentence, and the list without it. */
static void test_entries_that_vanish(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("vanish", 40, 120);
    keys_press(emulator, "/一月<Enter>");
    assert_int_equal(unlink("vanish/资料/处罚/行政处罚一月.csv"), 0);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("%s is not there (any more)."));
    keys_press(emulator, "x");
    case_assert_not_shown(emulator, "行政处罚一月.csv");
    case_assert_shown(emulator, "行政处罚二月.csv");
    keys_press(emulator, "<Left><Down>");
    assert_under_cursor(emulator, "外来/");
    assert_int_equal(rmdir("vanish/资料/外来"), 0);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("%s is not there (any more)."));
    case_assert_shown(emulator, "处罚/");
    case_assert_not_shown(emulator, "外来/");
    case_leave(emulator);
}

/* The folder used last is gone: the nearest one above is opened, and that is said. */
static void test_folder_used_last_is_gone(void **state) {
    (void)state;
    struct emulator *emulator = start_in_home("last", 24, 80);
    keys_press(emulator, "/一月<Enter><Enter>");
    emulator_expect(emulator, case_words("Take a file in"));
    assert_int_equal(rename("last/资料/处罚", "last/移走"), 0);
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_lead("%s is gone or may not be read; this is %s, the nearest "
                                        "folder above it."));
    case_assert_shown(emulator, "外来/");
    keys_press(emulator, "<Esc>n");
    emulator_expect(emulator, case_lead("%s is gone or may not be read; this is %s, the nearest "
                                        "folder above it."));
    case_assert_shown(emulator, "外来/");
    keys_press(emulator, "<Down>");
    case_assert_shown(emulator, case_words("%zu entries"));
    case_leave(emulator);
}

/* Root may read everything; anybody else is told whom to ask. */
static void test_folder_that_may_not_be_read(void **state) {
    (void)state;
    if (geteuid() == 0) {
        return;
    }
    struct emulator *emulator = start_in_home("closed", 24, 80);
    assert_int_equal(chmod("closed/资料/外来", 0), 0);
    keys_press(emulator, "<Left><Down><Enter>");
    emulator_expect(emulator, case_words("You may not read %s; ask whom it belongs to, or copy it "
                                         "elsewhere."));
    assert_under_cursor(emulator, "外来/");
    assert_int_equal(chmod("closed/资料/外来", 0777), 0);
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narrowing_as_one_types),
        cmocka_unit_test(test_narrowing_on_a_wide_screen),
        cmocka_unit_test(test_typing_without_a_line),
        cmocka_unit_test(test_small_screen),
        cmocka_unit_test(test_completing_a_path),
        cmocka_unit_test(test_pasting_a_path),
        cmocka_unit_test(test_going_up),
        cmocka_unit_test(test_entries_that_vanish),
        cmocka_unit_test(test_folder_used_last_is_gone),
        cmocka_unit_test(test_folder_that_may_not_be_read),
    };
    return cmocka_run_group_tests_name("screen/data_files", tests, case_set_up, case_tear_down);
}
