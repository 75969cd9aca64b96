/* The libraries of inspectors and matters on screen: who holds, an entry changed, a recusal. */
#include "screen/workstation_case.h"

#include <stdio.h>

static void test_an_entry_is_changed_and_another_added(void **state) {
    (void)state;
    const char *database = case_database("library");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3b");
    emulator_expect(emulator, case_words("%lld inspectors, %lld can be sent. %s"));
    case_assert_shown(emulator, case_words("not in service"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "HTB-001");
    keys_press(emulator, "<Tab><Tab><Tab><Tab><Ctrl-U>2026-01-01<Ctrl-S>");
    emulator_expect(emulator, case_words("The entry is kept, and journalled."));
    assert_int_equal(case_count(database, "SELECT certificate_until FROM inspector WHERE number = "
                                          "'HTB-001'"),
                     20260101);
    keys_press(emulator, "aHTB-002<Tab>重号<Ctrl-S>");
    emulator_expect(emulator, case_words("%s is taken already; open that entry to change it."));
    keys_press(emulator, "<Esc>y<Tab>");
    emulator_expect(emulator, case_words("%lld matters, %lld in force. %s"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("What is looked at"));
    keys_press(emulator, "<Esc>");
    case_leave(emulator);
}

static void test_an_inspector_is_recused(void **state) {
    (void)state;
    const char *database = case_database("recuse");
    char code[32];
    char keys[96];
    struct emulator *emulator = case_start(database, 24, 80);
    case_riskiest(database, code);
    int64_t before = case_count(database, "SELECT count(*) FROM recusal");
    keys_press(emulator, "3bh");
    emulator_expect(emulator, case_words("Enterprise (USCC, registration number or name):"));
    snprintf(keys, sizeof(keys), "%s<Enter>亲属任职<Enter>", code);
    keys_press(emulator, keys);
    emulator_expect(emulator, case_words("%s is recused from %s."));
    assert_int_equal(case_count(database, "SELECT count(*) FROM recusal"), before + 1);
    keys_press(emulator, "h无此企业<Enter>亲属<Enter>");
    assert_int_equal(case_count(database, "SELECT count(*) FROM recusal"), before + 1);
    case_leave(emulator);
}

static void test_who_several_plans_inspect_is_listed(void **state) {
    (void)state;
    const char *database = case_database("visits");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3m");
    emulator_expect(
        emulator, case_words("No enterprise waits for the visits of several plans of this year."));
    case_leave(emulator);
    case_command(database, "plan new --title 甲 --rates A=10%,B=20%,C=50%,D=100%");
    case_command(database, "plan draw 1 --seed 12345678901234567890");
    case_command(database, "plan new --title 乙 --rates A=10%,B=20%,C=50%,D=100%");
    case_command(database, "plan draw 2 --seed 12345678901234567890");
    emulator = case_start(database, 24, 80);
    keys_press(emulator, "3m");
    emulator_expect(emulator, "2026-001 2026-002");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Score"));
    keys_press(emulator, "<Esc>");
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_entry_is_changed_and_another_added),
        cmocka_unit_test(test_an_inspector_is_recused),
        cmocka_unit_test(test_who_several_plans_inspect_is_listed),
    };
    return cmocka_run_group_tests_name("library", tests, case_set_up, case_tear_down);
}
