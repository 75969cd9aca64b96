/* The plan of a year on the screen: made, published by another person, its batches drafted from the
 * calendar, which shows all twelve months at 80 columns. */
#include "screen/workstation_case.h"

#include <stdio.h>
#include <string.h>

/* An annual plan of 2026 with two tasks, published. */
static const char *published_database(const char *name) {
    const char *database = case_database(name);
    case_command(database, "annual new --year 2026 --title 2026年度抽查计划");
    case_command(database, "annual task 1 --title 双随机综合抽查 --department 信用监管股");
    case_command(database, "annual task 1 --title 零售抽查 --industry F52 --batches quarter "
                           "--months 4-12 --rates A=2%,B=4%,C=10%,D=20%");
    case_command(database, "--as 李敏 annual publish 1");
    return database;
}

/* The row on which a text stands. */
static int row_of(struct emulator *emulator, const char *text) {
    for (int row = 0; row < 24; row++) {
        if (strstr(emulator_row(emulator, row), text) != NULL) {
            return row;
        }
    }
    emulator_dump(emulator);
    fail_msg("%s is not on the screen", text);
    return -1;
}

/* The numbers of a row of the calendar; how many there are. */
static int numbers_of(struct emulator *emulator, int row, long *numbers, int most) {
    const char *text = emulator_text_at(emulator, row, 14, 66);
    int count = 0;
    int length = 0;
    for (; count < most && sscanf(text, " %ld%n", &numbers[count], &length) == 1; count++) {
        text += length;
    }
    return count;
}

static void test_all_months_stand_beside_each_other(void **state) {
    (void)state;
    struct emulator *emulator = case_start(published_database("annual"), 24, 80);
    long months[13];
    long loads[13];
    long sum = 0;
    keys_press(emulator, "3y");
    emulator_expect(emulator, case_words("Annual plans"));
    case_assert_shown(emulator, case_words("published"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Task, month"));
    int head = row_of(emulator, case_words("Task, month"));
    assert_int_equal(numbers_of(emulator, head, months, 13), 12);
    for (int month = 0; month < 12; month++) {
        assert_int_equal(months[month], month + 1);
    }
    assert_int_equal(numbers_of(emulator, head + 1, months, 13), 13);
    assert_int_equal(
        numbers_of(emulator, row_of(emulator, case_words("Planned in all")), loads, 13), 13);
    for (int month = 0; month < 12; month++) {
        sum += loads[month];
        assert_true(loads[month] >= months[month]);
    }
    assert_int_equal(sum, loads[12]);
    case_assert_shown(emulator, case_words("Each inspector"));
    case_assert_shown(emulator, "2026-11");
    case_leave(emulator);
}

static void test_a_cell_is_drafted_once(void **state) {
    (void)state;
    struct emulator *emulator = case_start(published_database("annual-draft"), 24, 80);
    keys_press(emulator, "3y<Enter>");
    emulator_expect(emulator, case_words("Task, month"));
    case_assert_shown(emulator, case_words("not drafted yet"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator,
                    case_lead("Draft the plan of this batch? Its rates follow the classes "
                              "of today and what is left of the year."));
    keys_press(emulator, "n");
    case_assert_shown(emulator, case_words("not drafted yet"));
    keys_press(emulator, "<Enter>y");
    emulator_expect(emulator, "2026-001");
    case_assert_shown(emulator, case_words("Measures"));
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("Task, month"));
    case_assert_shown(emulator, "2026-001");
    case_assert_shown(emulator, "   +");
    keys_press(emulator, "<Enter>"); /* opens the plan that is there, without a question */
    emulator_expect(emulator, case_words("Measures"));
    keys_press(emulator, "<Esc><Down><Left><Left><Left><Left><Left><Left><Left><Left>");
    emulator_expect(emulator, case_words("no batch"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("The task has no batch in this month."));
    keys_press(emulator, "<Up>o");
    emulator_expect(emulator, case_words("Rate then"));
    keys_press(emulator, "<Esc>");
    case_leave(emulator);
}

static void test_a_plan_is_made_and_published_by_another(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("annual-new"), 24, 80);
    keys_press(emulator, "3y");
    emulator_expect(emulator,
                    case_lead("There is no annual plan yet. Press n to make one: its tasks "
                              "are parted into batches by month or quarter, and each "
                              "batch becomes a plan."));
    keys_press(emulator, "n<Enter>");
    emulator_expect(emulator, case_words("The plan has no task yet."));
    keys_press(emulator, "py");
    emulator_expect(emulator, case_words("Annual plan %lld has no task yet; add one with "
                                         "\"xinfeng annual task\"."));
    keys_press(emulator, "nRetail<Down>");
    case_assert_shown(emulator, "A=1%,B=5%,C=20%x2,D=100%x4");
    keys_press(emulator, "<Ctrl-S>");
    emulator_expect(emulator, case_words("Planned in all"));
    keys_press(emulator, "py");
    emulator_expect(emulator, case_words("The annual plan"));
    case_assert_shown(emulator, case_words("draft"));
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_months_stand_beside_each_other),
        cmocka_unit_test(test_a_cell_is_drafted_once),
        cmocka_unit_test(test_a_plan_is_made_and_published_by_another),
    };
    return cmocka_run_group_tests(tests, case_set_up, case_tear_down);
}
