/* The policy desk on the screen: reading a policy, a draft changed value by value, what it would
 * do, and its way into force. */
#include "screen/workstation_case.h"

#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Moves down until the row under the cursor holds a text. */
static void go_to(struct emulator *emulator, const char *text) {
    keys_press(emulator, "<Home>");
    for (int i = 0; i < 80; i++) {
        if (strstr(emulator_row(emulator, case_cursor_row(emulator)), text) != NULL) {
            return;
        }
        keys_press(emulator, "<Down>");
    }
    emulator_dump(emulator);
    fail_msg("the cursor comes to no row with \"%s\"", text);
}

/* Opens the enterprises' policy in force: the only version of its code before a draft is made. */
static void open_policy(struct emulator *emulator) {
    keys_press(emulator, "6");
    emulator_expect(emulator, "通用型企业信用风险分类指标体系");
    go_to(emulator, "通用型企业信用风险分类指标体系");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("In force. d makes a draft of it that can be changed."));
}

/* Makes draft 2026.2 of it and stands on its page. */
static void make_draft(struct emulator *emulator) {
    keys_press(emulator, "d");
    emulator_expect(emulator, case_words("Version of the draft:"));
    case_assert_shown(emulator, "2026.2");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Enter on a value changes it. t tries the draft; n "
                                         "proposes it."));
}

/* Opens indicator B101, the years since an enterprise was established, by its initials. */
static void open_years(struct emulator *emulator) {
    keys_press(emulator, "/clnx<Enter>");
    emulator_expect(emulator, "成立年限");
    go_to(emulator, "B101");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "1 / 81");
}

/* Goes on as another person. */
static void become(struct emulator *emulator, const char *name) {
    keys_press(emulator, "u");
    emulator_type(emulator, name);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, name);
}

/* The number that a query gives. */
static long number(const char *database, const char *sql) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    int64_t found = -1;
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(store_fetch_int(store, sql, NO_VALUES, -1, &found, &error), &error);
    store_close(store);
    return (long)found;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static void read_policy(const char *name, int rows, int columns) {
    struct emulator *emulator = case_start(case_database(name), rows, columns);
    open_policy(emulator);
    case_assert_shown(emulator, "基础属性");
    case_assert_shown(emulator, "22.0%"); /* its cap of the maximum */
    case_assert_not_shown(emulator, "成立年限");
    go_to(emulator, "主体存续"); /* unfolds, and folds again */
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "成立年限");
    case_assert_shown(emulator, "0 ~ 125");
    keys_press(emulator, "<Enter>");
    emulator_expect_gone(emulator, "成立年限");
    keys_press(emulator, "z");
    emulator_expect(emulator, "成立年限");
    keys_press(emulator, "z");
    emulator_expect_gone(emulator, "成立年限");
    go_to(emulator, "基础属性"); /* a dimension folds with all that is under it */
    keys_press(emulator, "<Enter>");
    emulator_expect_gone(emulator, "主体存续");
    keys_press(emulator, "o"); /* and has values of its own */
    emulator_expect(emulator, "220");
    keys_press(emulator, "<Esc>");
    open_years(emulator);
    case_assert_shown(emulator, "成立时间越短，经营越不稳定。");
    case_assert_shown(emulator, "O4、X9");
    case_assert_shown(emulator, "登记注册");
    keys_press(emulator, "<End>");
    case_assert_shown(emulator, "60 ~ 120");
    keys_press(emulator, "<Enter>"); /* in force: shown whole, never changed */
    emulator_expect(emulator, case_words(" Esc back"));
    keys_press(emulator, "<Esc>]");
    emulator_expect(emulator, "2 / 81");
    case_assert_shown(emulator, "B102");
    keys_press(emulator, "<Esc>x");
    emulator_expect(emulator, "动态信息");
    keys_press(emulator, "c");
    emulator_expect(emulator, case_words("%zu remarks"));
    case_leave(emulator);
}

static void test_a_policy_is_read(void **state) {
    (void)state;
    read_policy("policy-read", 24, 80);
}

static void test_a_policy_is_read_on_a_large_screen(void **state) {
    (void)state;
    read_policy("policy-read-large", 40, 120);
}

/* ---- changing ---------------------------------------------------------------------------------
 */

/* Asks for points of the second band, from 12 to 36 months. */
static void ask_points(struct emulator *emulator) {
    go_to(emulator, "12 ~ 36");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "自(含)");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words(" Enter done  Esc cancel  Ctrl-U clear"));
}

static void change_draft(const char *name, int rows, int columns) {
    const char *database = case_database(name);
    struct emulator *emulator = case_start(database, rows, columns);
    open_policy(emulator);
    make_draft(emulator);
    open_years(emulator);
    ask_points(emulator); /* refused with its sentence, what was typed is still there */
    keys_press(emulator, "<Ctrl-U>-5<Enter>");
    emulator_expect(emulator,
                    case_lead("An indicator with negative points must state its \"floor\"."));
    case_assert_shown(emulator, "-5");
    assert_int_equal(number(database, "SELECT count(*) FROM journal WHERE action = "
                                      "'policy.draft'"),
                     1);
    keys_press(emulator, "<Ctrl-U>90<Enter>"); /* taken, kept at once */
    emulator_expect(emulator, case_lead("Kept: %s. U takes it back."));
    assert_int_equal(number(database, "SELECT document LIKE '%\"from\":12,\"points\":90,%' FROM "
                                      "policy WHERE state = 'draft'"),
                     1);
    keys_press(emulator, "U");
    emulator_expect(emulator,
                    case_lead("Taken back: the draft is as it was before. U changes it again."));
    case_assert_not_shown(emulator, " 90");
    assert_int_equal(number(database, "SELECT document LIKE '%\"from\":12,\"points\":85,%' FROM "
                                      "policy WHERE state = 'draft'"),
                     1);
    keys_press(emulator, "U"); /* the undo is undone */
    emulator_expect(emulator, " 90");
    go_to(emulator, "12 ~ 36"); /* the border of two bands moves as one */
    keys_press(emulator, "<Enter><Up><Up><Enter>");
    emulator_expect(emulator, case_words("The border of two bands: the other one moves along."));
    keys_press(emulator, "<Ctrl-U>24<Enter>");
    emulator_expect(emulator, "24 ~ 36");
    case_assert_shown(emulator, "~ 24");
    keys_press(emulator, "<Esc>v");
    emulator_expect(emulator, case_words("Before"));
    case_assert_shown(emulator, "24 ~ 36");
    case_assert_shown(emulator, "B101");
    go_to(emulator, "B101");
    keys_press(emulator, "<Enter>"); /* from what differs to the indicator */
    emulator_expect(emulator, "1 / 81");
    case_leave(emulator);
}

static void test_a_draft_is_changed(void **state) {
    (void)state;
    change_draft("policy-change", 24, 80);
}

static void test_a_draft_is_changed_on_a_large_screen(void **state) {
    (void)state;
    change_draft("policy-change-large", 40, 120);
}

/* Everything else that can be changed: bounds of classes, caps, modes of rules. */
static void test_other_values_are_changed(void **state) {
    (void)state;
    const char *database = case_database("policy-other");
    struct emulator *emulator = case_start(database, 24, 80);
    open_policy(emulator);
    make_draft(emulator);
    keys_press(emulator, "<Home><Enter>");
    go_to(emulator, "C类下限");
    keys_press(emulator, "<Enter><Ctrl-U>800<Enter>");
    emulator_expect(emulator, case_lead("The lower bounds must start at 0 for A and rise from "
                                        "class to class."));
    keys_press(emulator, "<Ctrl-U>510<Enter>");
    emulator_expect(emulator, case_lead("Kept: %s. U takes it back."));
    go_to(emulator, "适用主体");
    keys_press(emulator, "<Enter><Down> <Down> <Enter>");
    emulator_expect(emulator, case_lead("Kept: %s. U takes it back."));
    keys_press(emulator, "<Esc>");
    go_to(emulator, "基础属性");
    keys_press(emulator, "o");
    go_to(emulator, "封顶");
    keys_press(emulator, "<Enter><Ctrl-U>210<Enter>");
    emulator_expect(emulator, case_lead("Kept: %s. U takes it back."));
    keys_press(emulator, "<Esc>z/X11-1<Enter>");
    go_to(emulator, "X11-1");
    keys_press(emulator, "<Enter>");
    go_to(emulator, "方式");
    keys_press(emulator, "<Enter><Down><Enter>");
    emulator_expect(emulator, case_lead("Kept: %s. U takes it back."));
    static const char *const wanted[] = {"document ->> '$.classes.C' = 510",
                                         "document ->> '$.dimensions[0].cap' = 210",
                                         "document ->> '$.direct[0].mode' = 'confirm'",
                                         "document -> '$.applies_to.kinds' = '[\"enterprise\"]'"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        char sql[160];
        snprintf(sql, sizeof sql, "SELECT %s FROM policy WHERE state = 'draft'", wanted[i]);
        if (number(database, sql) != 1) {
            emulator_dump(emulator);
            fail_msg("not so: %s", wanted[i]);
        }
    }
    keys_press(emulator, "<Esc>xc"); /* it leaves other kinds to their policies now */
    emulator_expect(emulator, case_words("Every rule is kept, and nothing else is worth a look."));
    case_leave(emulator);
}

/* ---- trying -----------------------------------------------------------------------------------
 */

static void try_draft(const char *name, int rows, int columns) {
    const char *database = case_database(name);
    struct emulator *emulator = case_start(database, rows, columns);
    open_policy(emulator);
    make_draft(emulator);
    keys_press(emulator, "<Home><Enter>");
    go_to(emulator, "B类下限");
    keys_press(emulator, "<Enter><Ctrl-U>100<Enter>");
    emulator_expect(emulator, case_lead("Kept: %s. U takes it back."));
    long results = number(database, "SELECT count(*) || sum(total) FROM result");
    keys_press(emulator, "<Esc>t");
    emulator_expect(emulator, case_words("now \\ then"));
    emulator_expect(emulator, " 1 / ");
    int row = 0;
    int column = 0;
    assert_true(emulator_find(emulator, case_words("now \\ then"), &row, &column));
    assert_non_null(strstr(emulator_row(emulator, row + 1), "%"));
    int place = case_cursor_row(emulator);
    assert_true(place > row + 5); /* matrix and list stand together */
    keys_press(emulator, "<Down>f");
    emulator_expect(emulator, "A -> B  ");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("[x clears]"));
    keys_press(emulator, "<Enter>"); /* one of them, and back to the same place */
    emulator_expect(emulator, case_words("Particulars"));
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("[x clears]"));
    keys_press(emulator, "ss<End><Home>x");
    emulator_expect_gone(emulator, case_words("[x clears]"));
    keys_press(emulator, "w");
    emulator_expect(emulator, case_words("Save as (.xlsx or .csv):"));
    keys_press(emulator, "<Ctrl-U>");
    emulator_type(emulator, name);
    keys_press(emulator, "<Enter>"); /* the usual ending is put behind it */
    emulator_expect(emulator, ".xlsx");
    char path[64];
    snprintf(path, sizeof path, "%s.xlsx", name);
    emulator_expect(emulator, case_words("%lld enterprises that move are listed in %s."));
    assert_true(case_file_exists(path));
    assert_int_equal(number(database, "SELECT count(*) || sum(total) FROM result"), results);
    case_leave(emulator);
}

static void test_a_draft_is_tried(void **state) {
    (void)state;
    try_draft("policy-try", 24, 80);
}

static void test_a_draft_is_tried_on_a_large_screen(void **state) {
    (void)state;
    try_draft("policy-try-large", 40, 120);
}

/* ---- into force -------------------------------------------------------------------------------
 */

static void publish_draft(const char *name, int rows, int columns) {
    const char *database = case_database(name);
    struct emulator *emulator = case_start(database, rows, columns);
    open_policy(emulator);
    keys_press(emulator, "n"); /* a version in force has no next step */
    emulator_expect(emulator, case_lead("There is no next step: only drafts are proposed and "
                                        "published. d makes a draft of this version."));
    keys_press(emulator, "V"); /* nor can it go without another in its place */
    keys_press(emulator, "y");
    assert_int_equal(number(database, "SELECT count(*) FROM policy WHERE state = 'retired'"), 0);
    make_draft(emulator);
    keys_press(emulator, "c"); /* whom it would take over is worth a look */
    emulator_expect(emulator, "general-individual");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, "适用主体");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, "general-individual");
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("Enter on a value changes it. t tries the draft; n "
                                         "proposes it."));
    keys_press(emulator, "ny");
    emulator_expect(emulator, case_words("proposed"));
    keys_press(emulator, "n"); /* the same person */
    emulator_expect(
        emulator,
        case_lead("%s was proposed by %s, who may not approve it too; another person must."));
    assert_int_equal(number(database, "SELECT count(*) FROM policy WHERE state = 'draft'"), 1);
    open_years(emulator); /* a change would take the proposal back: that is asked first */
    go_to(emulator, "12 ~ 36");
    keys_press(emulator, "<Enter><Enter>");
    emulator_expect(emulator, case_words("The draft is proposed. A change takes the proposal back; "
                                         "change it all the same?"));
    keys_press(emulator, "n<Esc>x");
    become(emulator, "李梅");
    keys_press(emulator, "1"); /* it waits on the front page */
    emulator_expect(emulator, case_words("What waits"));
    go_to(emulator, "2026.2");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_lead("Proposed. n publishes it, by another person than proposed "
                                        "it (u changes the person)."));
    keys_press(emulator, "<Esc>6n");
    emulator_expect(emulator, "general-individual"); /* who else retires by it is told */
    keys_press(emulator, "y");
    emulator_expect(emulator, case_words("in force"));
    case_assert_not_shown(emulator, case_words("proposed"));
    assert_int_equal(number(database, "SELECT published_by = '李梅' AND proposed_by = '王建国' "
                                      "FROM policy WHERE version = '2026.2'"),
                     1);
    assert_int_equal(number(database, "SELECT count(*) FROM policy WHERE state = 'published'"), 2);
    keys_press(emulator, "<Esc><Esc>");
    emulator_expect(emulator, case_words("retired"));
    case_leave(emulator);
}

static void test_two_persons_publish(void **state) {
    (void)state;
    publish_draft("policy-publish", 24, 80);
}

static void test_two_persons_publish_on_a_large_screen(void **state) {
    (void)state;
    publish_draft("policy-publish-large", 40, 120);
}

/* ---- files ------------------------------------------------------------------------------------
 */

/* Out as JSON, one place broken, in: a list of what is wrong; mended, in as a draft. */
static void test_out_to_a_file_and_in_again(void **state) {
    (void)state;
    const char *database = case_database("policy-file");
    struct emulator *emulator = case_start(database, 24, 80);
    open_policy(emulator);
    keys_press(emulator, "e");
    emulator_expect(emulator, case_words("Save as (.xlsx or .json):"));
    keys_press(emulator, "<Ctrl-U>p.json<Enter>");
    emulator_expect(emulator, case_lead("Wrote %s."));
    assert_true(case_file_exists("p.json"));
    keys_press(emulator, "e<Ctrl-U>p.json<Enter>"); /* nothing is written over */
    emulator_expect(emulator, case_words("%s stands there already, and nothing is written over it; "
                                         "name another file."));
    keys_press(emulator, "<Ctrl-U>p.xlsx<Enter>");
    emulator_expect(emulator, case_lead("Wrote %s."));
    assert_true(case_file_exists("p.xlsx"));
    assert_int_equal(system("sed -e 's/\"C\": 500/\"C\": 5000/' -e 's/\"version\": \"2026.1\"/"
                            "\"version\": \"试行\"/' p.json > broken.json"),
                     0);
    keys_press(emulator, "<Esc>i");
    emulator_expect(emulator, case_words("Policy file (.xlsx or .json):"));
    keys_press(emulator, "broken.json<Enter>");
    emulator_expect(emulator, case_words("%zu faults"));
    case_assert_shown(emulator, "broken.json:");
    assert_int_equal(number(database, "SELECT count(*) FROM policy"), 4);
    assert_int_equal(system("sed -i 's/\"C\": 5000/\"C\": 505/' broken.json"), 0);
    keys_press(emulator, "r");
    emulator_expect(emulator, case_words("Nothing is wrong with the file any more; Esc, then i "
                                         "takes it in."));
    keys_press(emulator, "<Esc>ibroken.json<Enter>");
    emulator_expect(emulator, "试行");
    emulator_expect(emulator, case_words("Enter on a value changes it. t tries the draft; n "
                                         "proposes it."));
    assert_int_equal(number(database, "SELECT count(*) FROM policy WHERE state = 'draft'"), 1);
    keys_press(emulator, "<Esc>ibroken.json<Enter>"); /* a draft is not replaced unasked */
    emulator_expect(emulator, case_words("Draft %s of %s stands there already; put the file in its "
                                         "place?"));
    keys_press(emulator, "nip.xlsx<Enter>"); /* and what is in force never */
    emulator_expect(emulator, case_lead("Version %s of policy %s exists already; give the new one "
                                        "another version."));
    keys_press(emulator, "inichts.json<Enter>");
    emulator_expect(emulator, "nichts.json");
    case_leave(emulator);
}

/* Every page of the desk on a screen that shows next to nothing. */
static void test_the_desk_survives_a_tiny_screen(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("policy-tiny"), 5, 20);
    keys_press(emulator,
               "6<Down><Down><Enter>z<Down><End><Home><Enter><Down><End><Enter><Esc><Esc>");
    keys_press(emulator, "d<Enter>/b101<Enter><End><Enter><End><Enter><Esc><Esc>xt<Down><End>f<Esc>"
                         "<Esc>v<Enter><Esc><Esc>c<Esc>");
    emulator_resize(emulator, 1, 1);
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, case_words("Enter on a value changes it. t tries the draft; n "
                                         "proposes it."));
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_policy_is_read),
        cmocka_unit_test(test_a_policy_is_read_on_a_large_screen),
        cmocka_unit_test(test_a_draft_is_changed),
        cmocka_unit_test(test_a_draft_is_changed_on_a_large_screen),
        cmocka_unit_test(test_other_values_are_changed),
        cmocka_unit_test(test_a_draft_is_tried),
        cmocka_unit_test(test_a_draft_is_tried_on_a_large_screen),
        cmocka_unit_test(test_two_persons_publish),
        cmocka_unit_test(test_two_persons_publish_on_a_large_screen),
        cmocka_unit_test(test_out_to_a_file_and_in_again),
        cmocka_unit_test(test_the_desk_survives_a_tiny_screen),
    };
    return cmocka_run_group_tests(tests, case_set_up, case_tear_down);
}
