/* Deciding about enterprises on the screen, in Chinese at 80 x 24: a fact revoked in part and
 * restored, a rule waived and one confirmed, an observation period, a proposal rejected. */
#include "screen/workstation_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* Three enterprises: 甲坊 with a penalty, 乙坊 on the serious-violation list and with a concern,
 * 丙坊 with nothing; scored. */
static const char *three_enterprises(const char *name) {
    const char *database = case_empty_database(name);
    write_file("three.csv", "企业名称,统一社会信用代码,市场主体类型,成立日期,登记状态\n"
                            "甲坊商贸有限公司,91652323MA00000019,有限责任公司,2015-03-01,开业\n"
                            "乙坊商贸有限公司,91652323MA0000002C,有限责任公司,2015-03-01,开业\n"
                            "丙坊商贸有限公司,91652323MA0000003F,有限责任公司,2015-03-01,开业\n");
    write_file("known.csv",
               "企业名称,统一社会信用代码,信息类型,发生日期,程度,金额(元),文号\n"
               "甲坊商贸有限公司,91652323MA00000019,行政处罚,2026-09-01,3,50000,呼罚1号\n"
               "乙坊商贸有限公司,91652323MA0000002C,严重违法失信名单,2026-08-01,,,昌列2号\n"
               "乙坊商贸有限公司,91652323MA0000002C,消费者反映强烈,2026-08-01,,,呼消3号\n");
    case_take_in(database, "enterprises", NULL, "three.csv");
    case_take_in(database, "facts", NULL, "known.csv");
    case_command(database, "score");
    return database;
}

/* Opens the page of an enterprise by its name, from the front page. */
static void open_enterprise(struct emulator *emulator, const char *name) {
    char keys[64];
    snprintf(keys, sizeof keys, "2/%s<Enter><Enter>", name);
    keys_press(emulator, keys);
    emulator_expect(emulator, case_words("Particulars"));
}

/* The score that the page of the enterprise shows, in hundredths. */
static long score_shown(struct emulator *emulator) {
    return case_number(emulator, 3, 0);
}

static void expect_message(struct emulator *emulator, const char *msgid) {
    emulator_expect(emulator, case_words(msgid));
}

#define PROPOSED                                                                                   \
    "Override %lld is proposed; another person approves it at desk 4 (u changes the person)."
#define CONSENT                                                                                    \
    "Propose this for %s? Once another person approves it, the score is %s and the class %s."

/* Submits the form and agrees; the proposal is made. */
static void propose(struct emulator *emulator) {
    keys_press(emulator, "<Ctrl-S>");
    expect_message(emulator, CONSENT);
    keys_press(emulator, "y");
    expect_message(emulator, PROPOSED);
}

/* Goes on as 李梅 and approves what is under the cursor. */
static void approve(struct emulator *emulator) {
    keys_press(emulator, "u李梅<Enter>a");
    emulator_expect(emulator, case_lead("Approve override %lld for %s as %s? The enterprise is "
                                        "scored anew at once."));
    keys_press(emulator, "y");
    expect_message(emulator, "Override %lld: done.");
}

static void test_a_fact_is_revoked_in_part_and_restored(void **state) {
    (void)state;
    struct emulator *emulator = case_start(three_enterprises("part"), 24, 80);
    open_enterprise(emulator, "甲坊");
    long whole = score_shown(emulator);
    keys_press(emulator, "b"); /* no fact under the cursor yet */
    expect_message(emulator, "Put the cursor on a fact first: Enter opens an indicator's facts, "
                             "Tab goes to the list of all.");
    keys_press(emulator, "<Tab>b");
    expect_message(emulator, "Amount left (yuan)");
    case_assert_shown(emulator, "50,000.00");
    keys_press(emulator, "两万<Tab>1");
    keys_press(emulator, "<Up>");
    keys_press(emulator, "<Ctrl-U>60000<Tab><Tab>部分撤销<Tab>呼政复〔2026〕8号<Ctrl-S>");
    expect_message(emulator,
                   "Of fact %lld no more than its amount, and nothing below 0, can remain.");
    keys_press(emulator, "<Up><Up><Up><Ctrl-U>20000");
    long then = case_number(emulator, 6, 0); /* once approved */
    assert_int_equal(case_number(emulator, 5, 0), whole);
    assert_true(then < whole);
    propose(emulator);
    keys_press(emulator, "<Tab><Tab>"); /* the list of its overrides */
    case_assert_shown(emulator, case_words("awaiting approval"));
    approve(emulator);
    case_assert_shown(emulator, case_words("in force"));
    assert_int_equal(score_shown(emulator), then);
    keys_press(emulator, "<Enter>"); /* all about it */
    emulator_expect(emulator, "50,000.00 -> 20,000.00");
    case_assert_shown(emulator, case_words("Approved by"));
    keys_press(emulator, "<Esc>[[");
    emulator_expect(emulator, case_words("revoked in part: "));
    keys_press(emulator, "w");
    expect_message(emulator, "Reason why the fact counts again:");
    keys_press(emulator, "法院判决撤销复议决定<Enter>");
    expect_message(emulator, "Document number:");
    keys_press(emulator, "（2026）新23行终9号<Enter>");
    expect_message(emulator, "Override %lld: done.");
    assert_int_equal(score_shown(emulator), whole);
    case_assert_shown(emulator, "呼罚1号");
    case_assert_not_shown(emulator, case_words("revoked in part: "));
    keys_press(emulator, "w");
    expect_message(emulator, "Nothing excludes this fact or revokes a part of it.");
    case_leave(emulator);
}

static void test_a_rule_is_waived_for_a_time(void **state) {
    (void)state;
    struct emulator *emulator = case_start(three_enterprises("waive"), 24, 80);
    open_enterprise(emulator, "乙坊");
    emulator_expect(emulator, "X11-1");
    keys_press(emulator, "m");
    expect_message(emulator, "Direct rule");
    case_assert_shown(emulator, "X11-1"); /* the one that decides stands chosen */
    keys_press(emulator, "<Tab>已移出名单<Tab>呼移〔2026〕1号<Ctrl-S>");
    emulator_expect(emulator, case_words("\"%s\" is needed.")); /* it has to end */
    keys_press(emulator, "2026-12-10");
    propose(emulator);
    keys_press(emulator, "4");
    case_assert_shown(emulator, "2026-12-10");
    approve(emulator);
    keys_press(emulator, "2");
    emulator_expect(emulator, case_words("Particulars"));
    case_assert_not_shown(emulator, "X11-1");
    keys_press(emulator, "c"); /* the other rule waits to be confirmed */
    emulator_expect(emulator, "X11-4");
    case_assert_shown(emulator, case_words("Once approved "));
    keys_press(emulator, "<Esc>1");
    emulator_expect(emulator, case_words("%lld override ends within 30 days"));
    case_leave(emulator);
}

static void test_something_new_is_observed(void **state) {
    (void)state;
    struct emulator *emulator = case_start(three_enterprises("observe"), 24, 80);
    open_enterprise(emulator, "丙坊");
    long score = score_shown(emulator);
    keys_press(emulator, "v");
    expect_message(emulator, "What is new");
    case_assert_shown(emulator, case_words("It leaves score and class, and bears on which "
                                           "inspections are planned."));
    write_file("申请.txt", "申请");
    keys_press(emulator, "<Left>"); /* round to the last: a new model */
    case_assert_shown(emulator, case_words("new model of business"));
    keys_press(emulator,
               "<Tab>平台经济<Tab>呼观〔2026〕1号<Tab><Tab>2026-12-22<Tab><Tab>nowhere.pdf");
    keys_press(emulator, "<Ctrl-S>");
    emulator_expect(emulator, "nowhere.pdf");
    keys_press(emulator, "<Ctrl-U>申请.txt");
    propose(emulator);
    keys_press(emulator, "4");
    approve(emulator);
    keys_press(emulator, "i");
    emulator_expect(emulator, "申请.txt");
    case_assert_shown(emulator, "SHA-256");
    keys_press(emulator, "<Esc>1");
    emulator_expect(emulator, case_words("%lld override ends within 30 days"));
    keys_press(emulator, "<Home><Enter>"); /* the only thing that waits is a door */
    emulator_expect(emulator, case_words("Shown: %s  [x show all]"));
    case_assert_shown(emulator, "丙坊");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Particulars"));
    assert_int_equal(score_shown(emulator), score);
    case_leave(emulator);
}

static void test_a_proposal_is_rejected_with_a_reason(void **state) {
    (void)state;
    struct emulator *emulator = case_start(three_enterprises("reject"), 24, 80);
    open_enterprise(emulator, "甲坊");
    long score = score_shown(emulator);
    keys_press(emulator, "o<Right><Tab>走访情况<Tab>呼核〔2026〕1号");
    propose(emulator);
    keys_press(emulator, "4u李梅<Enter>t");
    expect_message(emulator, "Reason of the rejection:");
    keys_press(emulator, "<Enter>"); /* none given */
    expect_message(emulator, "Give the reason of the rejection.");
    case_assert_shown(emulator, case_words("awaiting approval"));
    keys_press(emulator, "t依据不足，请补充材料<Enter>");
    expect_message(emulator, "Override %lld: done.");
    case_assert_shown(emulator, case_words("rejected"));
    keys_press(emulator, "i");
    emulator_expect(emulator, "依据不足，请补充材料");
    case_assert_shown(emulator, case_words("Rejected by"));
    keys_press(emulator, "<Esc>f");
    emulator_expect(emulator, case_words("approved, not begun"));
    keys_press(emulator, "<Down><Enter>"); /* those that await approval: none */
    expect_message(emulator, "There are none of these; x shows all overrides, f others.");
    keys_press(emulator, "x");
    emulator_expect(emulator, "甲坊");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Particulars"));
    assert_int_equal(score_shown(emulator), score);
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fact_is_revoked_in_part_and_restored),
        cmocka_unit_test(test_a_rule_is_waived_for_a_time),
        cmocka_unit_test(test_something_new_is_observed),
        cmocka_unit_test(test_a_proposal_is_rejected_with_a_reason),
    };
    return cmocka_run_group_tests_name("overrides", tests, case_set_up, case_tear_down);
}
