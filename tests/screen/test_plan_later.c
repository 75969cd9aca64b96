/* What changes after the draw, on the plan's page: another household, another inspector, more
 * households. */
#include "screen/workstation_case.h"

#include <inttypes.h>

static const char *drawn_database(const char *name) {
    const char *database = case_database(name);
    case_command(database, "plan new --title 冬季抽查 --rates A=20%,B=20%,C=50%,D=50%");
    case_command(database, "plan draw 1 --seed 12345678901234567890");
    return database;
}

static void test_a_household_is_replaced(void **state) {
    (void)state;
    const char *database = drawn_database("replace");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>p"); /* at the top of the page there is no household */
    emulator_expect(
        emulator, case_words("Go to a drawn household first; they stand at the end of the page."));
    keys_press(emulator, "Gp<Esc>"); /* thought better of it */
    assert_int_equal(case_count(database, "SELECT count(*) FROM plan_extra"), 0);
    keys_press(emulator, "p");
    emulator_expect(emulator, case_words("Why it cannot be checked (the next ticket comes in):"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Give the reason why more is drawn; it goes into the "
                                         "plan's record."));
    keys_press(emulator, "p已停业<Enter>");
    emulator_expect(emulator, case_words("%s is marked; the next of its stratum by ticket came in "
                                         "for it."));
    assert_int_equal(case_count(database, "SELECT count(*) FROM plan_extra WHERE reason = '已停业' "
                                          "AND replaces IS NOT NULL"),
                     1);
    keys_press(emulator, "J"); /* the life of the plan tells it */
    emulator_expect(emulator, case_words("The life of the plan"));
    keys_press(emulator, "<End>");
    case_assert_shown(emulator, "已停业");
    keys_press(emulator, "<Esc>");
    case_leave(emulator);
}

static void test_an_inspector_is_swapped(void **state) {
    (void)state;
    const char *database = drawn_database("swap");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>Gw");
    emulator_expect(emulator, case_words("Plan %s has no teams yet; assign them first."));
    keys_press(emulator, "t");
    emulator_expect(emulator,
                    case_words("Every drawn household has its team; the names stand behind it."));
    keys_press(emulator, "Gw");
    emulator_expect(emulator, case_words("Who cannot go"));
    keys_press(emulator, "<Enter><Enter>病假<Enter>");
    emulator_expect(emulator, case_words("The team of %s is changed."));
    assert_int_equal(case_count(database, "SELECT count(*) FROM plan_team_change WHERE chosen = "
                                          "'rule' AND reason = '病假'"),
                     1);
    keys_press(emulator, "w<Enter>无此人<Enter>病假<Enter>");
    emulator_expect(emulator, case_words("\"%s\" is nobody of the roster frozen with plan %s; give "
                                         "the staff number of an inspector of it."));
    assert_int_equal(case_count(database, "SELECT count(*) FROM plan_team_change"), 1);
    case_leave(emulator);
}

static void test_more_households_are_drawn(void **state) {
    (void)state;
    const char *database = drawn_database("extend");
    struct emulator *emulator = case_start(database, 24, 80);
    int64_t drawn = case_count(database, "SELECT drawn FROM plan");
    keys_press(emulator, "3<Enter>x3<Enter>专项工作<Enter>");
    emulator_expect(emulator, case_words("%" PRIu64 " more are drawn, the next ones by ticket."));
    assert_int_equal(case_count(database, "SELECT count(*) FROM plan_unit"), drawn + 3);
    keys_press(emulator, "xabc<Enter>专项工作<Enter>");
    emulator_expect(emulator, case_words("Give how many units more are drawn, from 1 to the %zu of "
                                         "the frame."));
    assert_int_equal(case_count(database, "SELECT count(*) FROM plan_unit"), drawn + 3);
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_household_is_replaced),
        cmocka_unit_test(test_an_inspector_is_swapped),
        cmocka_unit_test(test_more_households_are_drawn),
    };
    return cmocka_run_group_tests_name("plan later", tests, case_set_up, case_tear_down);
}
