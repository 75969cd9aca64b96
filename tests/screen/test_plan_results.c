/* The results of a plan on the screen, in Chinese at 80 x 24: entered, corrected, taken back,
 * followed up, made public, and the plan closed. */
#include "screen/workstation_case.h"

#define MATTER "食品销售监督检查"

static void expect_message(struct emulator *emulator, const char *msgid) {
    emulator_expect(emulator, case_words(msgid));
}

/* The page of plan 2026-001, drawn, with teams, and approved by 李梅, as 王建国. */
static struct emulator *open_locked(const char *name) {
    const char *database = case_database(name);
    case_command(database, "plan new --title 冬季抽查 --matter " MATTER
                           " --rates A=2%,B=2%,C=20%,D=20% --to 2026-11-21");
    case_command(database, "plan draw 1 --seed 12345678901234567890");
    case_command(database, "plan team 1");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>");
    case_expect_state(emulator, "drawn");
    keys_press(emulator, "r");
    emulator_expect(emulator, case_words("Notice by"));
    keys_press(emulator, "<Enter>"); /* not yet */
    emulator_expect(emulator, case_words("Plan %s has to be approved and locked before results "
                                         "are entered."));
    keys_press(emulator, "<Esc>u李梅<Enter>ny");
    case_expect_state(emulator, "approved and locked");
    keys_press(emulator, "u王建国<Enter>r");
    emulator_expect(emulator, case_words("%lld of %lld in, %lld cases open. "));
    return emulator;
}

static void test_a_result_is_entered_corrected_and_taken_back(void **state) {
    (void)state;
    struct emulator *emulator = open_locked("entered");
    expect_message(emulator, "%lld missing past the last day. ");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, MATTER);
    case_assert_shown(emulator, case_words("no problem found"));
    case_assert_shown(emulator, "2026-11-22"); /* today stands there */
    keys_press(emulator, "<Right><Right>");
    expect_message(emulator, "public information hides the truth or is false");
    case_assert_shown(emulator, case_words("correction ordered")); /* moved along */
    keys_press(emulator, "<Tab><Tab><Ctrl-U>2026-11-23<Ctrl-S>");
    emulator_expect(emulator, case_lead("The inspection would be completed on %s, after today, "
                                        "%s; correct the date."));
    keys_press(emulator, "<Ctrl-U>2026-11-22<Tab><Tab><Tab>年报数据不实<Ctrl-S>");
    expect_message(emulator, "%s: class %s -> %s, %s -> %s points");
    case_assert_shown(emulator, "2026-12-18"); /* twenty working days on */
    case_assert_shown(emulator, case_words("correction ordered"));
    keys_press(emulator, "<Enter>"); /* as it was entered */
    emulator_expect(emulator, "年报数据不实");
    keys_press(emulator, "<Left><Left><Ctrl-S>");
    expect_message(emulator, "%s: class %s -> %s, %s -> %s points");
    case_assert_shown(emulator, case_words("no problem found"));
    keys_press(emulator, "<Enter><Ctrl-S>"); /* kept as it is */
    expect_message(emulator, "%s: the result stands so already.");
    keys_press(emulator, "w<Enter>"); /* without a reason */
    expect_message(emulator, "Give the reason why the result is taken back.");
    keys_press(emulator, "w录错企业<Enter>");
    expect_message(emulator, "The result is taken back; the enterprise is scored without it.");
    case_assert_not_shown(emulator, "2026-12-18");
    keys_press(emulator, "w");
    expect_message(emulator, "%s has no result yet; Enter enters it.");
    case_leave(emulator);
}

static void test_a_typed_result_is_not_lost_by_a_key(void **state) {
    (void)state;
    struct emulator *emulator = open_locked("typed");
    keys_press(emulator, "<Enter><Right><Esc>");
    expect_message(emulator, "Leave without keeping the result? What was typed is lost.");
    keys_press(emulator, "n<Ctrl-S>");
    expect_message(emulator, "%s: class %s -> %s, %s -> %s points");
    case_leave(emulator);
}

static void test_a_case_is_followed_up_and_the_plan_closed(void **state) {
    (void)state;
    struct emulator *emulator = open_locked("closed");
    keys_press(emulator, "d"); /* no result yet */
    expect_message(emulator, "%s has no result yet; Enter enters it.");
    keys_press(emulator, "<Enter><Ctrl-S>d"); /* nothing was found */
    expect_message(emulator, "Nothing is to follow for %s.");
    keys_press(emulator, "<Down><Enter><Right><Ctrl-S>d");
    expect_message(emulator, "Followed up on:");
    keys_press(emulator, "<Enter>呼市监责改〔2026〕9号<Enter>已补报<Enter>");
    expect_message(emulator, "The case is closed.");
    case_assert_shown(emulator, "已补报");
    keys_press(emulator, "f<Down><Enter>"); /* those without a result */
    emulator_expect_gone(emulator, "已补报");
    case_assert_shown(emulator, case_words("without a result"));
    keys_press(emulator, "x");
    emulator_expect(emulator, "已补报");
    keys_press(emulator, "p明天<Enter>"); /* no day */
    expect_message(emulator, "\"%s\" is no day; write it as YYYY-MM-DD, for instance 2026-10-31.");
    keys_press(emulator, "p<Enter>");
    expect_message(emulator, "%lld result is noted as public.");
    emulator_expect_gone(emulator, "2026-12-18");
    keys_press(emulator, "c<Enter>"); /* no reason */
    expect_message(emulator, "Close the plan? Its results can then no longer be changed.");
    keys_press(emulator, "y");
    emulator_expect(emulator, case_lead("Plan %s cannot be closed: the results of %zu households "
                                        "are missing (%s%s); enter them, or give the reason."));
    keys_press(emulator, "c大雪封路<Enter>y");
    emulator_expect(emulator, "大雪封路");
    keys_press(emulator, "<Enter>");
    expect_message(emulator, "Plan %s is closed; its results stay as they are.");
    keys_press(emulator, "<Esc>");
    case_expect_state(emulator, "closed");
    case_leave(emulator);
}

/* What is missing or to be made public waits on the front page, behind a door. */
static void test_the_front_page_tells_what_is_due(void **state) {
    (void)state;
    struct emulator *emulator = open_locked("due");
    keys_press(emulator, "<Enter><Ctrl-S>1");
    expect_message(emulator, "Plan %s: %lld results are missing past its last day");
    emulator_expect(emulator, "2026-12-18");
    int row = 0;
    assert_true(emulator_find(
        emulator, case_words("Plan %s: %lld results are missing past its last day"), &row, NULL));
    while (case_cursor_row(emulator) < row) {
        keys_press(emulator, "<Down>");
    }
    keys_press(emulator, "<Enter>");
    expect_message(emulator, "Notice by");
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_result_is_entered_corrected_and_taken_back),
        cmocka_unit_test(test_a_typed_result_is_not_lost_by_a_key),
        cmocka_unit_test(test_a_case_is_followed_up_and_the_plan_closed),
        cmocka_unit_test(test_the_front_page_tells_what_is_due),
    };
    return cmocka_run_group_tests_name("results", tests, case_set_up, case_tear_down);
}
