/* The daily jobs as their users do them, on the real program: a plan from draft to locked, one
 * enterprise reviewed, a plan exported; and what happens when something goes wrong on the way. */
#include "screen/workstation_case.h"

#include "base/buffer.h"
#include "registry/initials.h"
#include "store/statement.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char seed[] = "12345678901234567890";

/* The plan of these databases stands committed: the next step takes the seed. */
static void make_committed_plan(const char *database) {
    case_command(database, "plan new --title 冬季抽查");
    case_command(database, "plan frame 1");
    case_command(database, "plan commit 1");
}

/* ---- drafting -------------------------------------------------------------------------------- */

static void test_a_plan_from_draft_to_locked(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("draft"), 24, 80);
    int keys = keys_press(emulator, "n");
    emulator_expect(emulator, case_words("Plan draft"));
    case_assert_shown(emulator, case_words("Double-random inspection, %s of %d"));
    keys += keys_press(emulator, "<Ctrl-S>");
    case_expect_state(emulator, "draft");
    keys += keys_press(emulator, "n");
    emulator_expect(emulator, case_words("Freeze the frame? Scope and measures can then no longer "
                                         "be changed, only the whole plan made void."));
    keys += keys_press(emulator, "y");
    case_expect_state(emulator, "frame frozen");
    keys += keys_press(emulator, "ny");
    case_expect_state(emulator, "committed");
    keys += keys_press(emulator, "n");
    emulator_type(emulator, seed);
    keys += keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Typed first, %zu digits:"));
    case_assert_shown(emulator, "12345  67890  12345  67890");
    emulator_type(emulator, seed);
    keys += keys_press(emulator, "<Enter>");
    case_expect_state(emulator, "seeded");
    keys += keys_press(emulator, "n");
    case_expect_state(emulator, "drawn");
    int before = keys;
    keys += keys_press(emulator, "e<Enter>");
    emulator_expect(emulator, "out/2026-001.xlsx");
    assert_true(keys - before <= 3);
    assert_true(case_file_exists("out/2026-001.xlsx"));
    assert_true(case_file_exists("out/2026-001.draw.json"));
    assert_true(case_file_exists("out/2026-001.frame.tsv"));
    keys += keys_press(emulator, "ny");
    emulator_expect(
        emulator,
        case_words("%s was proposed by %s, who may not approve it too; another person must."));
    case_expect_state(emulator, "drawn");
    keys += keys_press(emulator, "u李梅<Enter>");
    emulator_expect(emulator, case_words("What follows is done as %s."));
    case_assert_shown(emulator, "李梅");
    keys += keys_press(emulator, "ny");
    case_expect_state(emulator, "approved and locked");
    print_message("# %d keys, the seed aside\n", keys);
    assert_true(keys <= 30);
    keys_press(emulator, "n");
    emulator_expect(emulator, case_words("There is no next step. %s"));
    case_expect_state(emulator, "approved and locked");
    case_leave(emulator);
}

static void test_a_drawn_plan_is_exported_in_three_keys(void **state) {
    (void)state;
    const char *database = case_database("export");
    make_committed_plan(database);
    case_command(database, "plan seed 1 --seed 12345678901234567890");
    case_command(database, "plan draw 1");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>");
    case_expect_state(emulator, "drawn");
    remove("out/2026-001.xlsx");
    assert_true(keys_press(emulator, "e<Enter>") <= 3);
    emulator_expect(emulator, "out/2026-001.xlsx");
    assert_true(case_file_exists("out/2026-001.xlsx"));
    keys_press(emulator, "e<Ctrl-U>/proc/nowhere<Enter>");
    emulator_expect(emulator, "/proc/nowhere");
    case_assert_not_shown(emulator,
                          case_words("The plan workbook is %s, with record and frame beside it."));
    case_leave(emulator);
}

/* The draw and what goes to the public, in as many keys. */
static void test_the_whole_set_is_exported_in_three_keys(void **state) {
    (void)state;
    const char *database = case_database("whole");
    make_committed_plan(database);
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>E<Enter>");
    emulator_expect(emulator, case_words("Plan %s is not drawn yet; draw it first."));
    case_leave(emulator);
    case_command(database, "plan seed 1 --seed 12345678901234567890");
    case_command(database, "plan draw 1");
    emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>");
    case_expect_state(emulator, "drawn");
    case_assert_shown(emulator, case_words("Whole set"));
    remove("out/2026-001.public-list.xlsx");
    assert_true(keys_press(emulator, "E<Enter>") <= 3);
    emulator_expect(emulator, case_words("%s: %zu files."));
    assert_true(case_file_exists("out/2026-001.commitment.xlsx"));
    assert_true(case_file_exists("out/2026-001.ceremony.xlsx"));
    assert_true(case_file_exists("out/2026-001.public-list.xlsx"));
    case_leave(emulator);
}

/* Teams in one key; their names stand behind the households, beside the region where there is room.
 */
static void test_a_drawn_plan_gets_its_teams(void **state) {
    (void)state;
    const char *database = case_database("teams");
    make_committed_plan(database);
    case_command(database, "plan seed 1 --seed 12345678901234567890");
    case_command(database, "plan draw 1");
    struct emulator *emulator = case_start(database, 40, 120);
    keys_press(emulator, "3<Enter>");
    case_expect_state(emulator, "drawn");
    case_assert_shown(emulator, case_words("Roster digest"));
    assert_int_equal(keys_press(emulator, "t"), 1);
    emulator_expect(emulator,
                    case_words("Every drawn household has its team; the names stand behind "
                               "it."));
    keys_press(emulator, "G");
    case_assert_shown(emulator, case_words(", "));
    keys_press(emulator, "t");
    emulator_expect(emulator, case_words("Plan %s has its teams already."));
    emulator_resize(emulator, 24, 80);
    case_assert_shown(emulator, case_words(", "));
    case_leave(emulator);
}

/* What a draft has beyond the fields of the form stays when the form is kept. */
static void test_changing_a_draft_keeps_its_teams(void **state) {
    (void)state;
    const char *database = case_database("keeps");
    case_command(database, "plan new --title 冬季抽查 --team-size 3 --expert");
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>");
    case_expect_state(emulator, "draft");
    keys_press(emulator, "c<Ctrl-S>");
    case_expect_state(emulator, "draft");
    case_leave(emulator);
    assert_int_equal(case_count(database, "SELECT count(*) FROM journal j, plan p WHERE j.action = "
                                          "'plan.change' AND p.scope ->> 'team_size' = 3 AND "
                                          "p.scope ->> 'expert' = 1"),
                     1);
}

/* ---- the seed -------------------------------------------------------------------------------- */

/* Types seeds, the second only where a second is asked for, and expects a sentence and no change.
 */
static void refuse_seed(struct emulator *emulator, const char *first, const char *second,
                        const char *sentence) {
    keys_press(emulator, "n");
    emulator_expect(emulator,
                    case_words("Seed, 20 digits or more drawn in public (empty: by machine):"));
    emulator_type(emulator, first);
    keys_press(emulator, "<Enter>");
    if (second != NULL) {
        emulator_expect(emulator, case_words("Typed first, %zu digits:"));
        emulator_type(emulator, second);
        keys_press(emulator, "<Enter>");
    }
    emulator_expect(emulator, sentence);
    case_assert_not_shown(emulator, "~"); /* it is broken over rows rather than cut */
    keys_press(emulator, "<Down>");       /* the sentence goes with the next key, the plan stays */
    emulator_expect_gone(emulator, sentence);
    case_expect_state(emulator, "committed");
}

/* Both papers about the enterprise on the screen, each in two keys, and where they lie. */
static void test_the_papers_of_an_enterprise_are_two_keys_away(void **state) {
    (void)state;
    const char *database = case_database("papers");
    char code[32];
    char sheet[64];
    char reminder[64];
    case_riskiest(database, code);
    snprintf(sheet, sizeof sheet, "out/%s-2026-11.xlsx", code);
    snprintf(reminder, sizeof reminder, "out/%s-reminder-2026-11-22.xlsx", code);
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "2/");
    emulator_type(emulator, code);
    keys_press(emulator, "<Enter><Enter>");
    emulator_expect(emulator, case_words("Set class"));
    case_assert_shown(emulator, case_words("Reminder"));
    keys_press(emulator, "e");
    emulator_expect(emulator, case_words("Folder for the explanation:"));
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, sheet);
    assert_true(case_file_exists(sheet));
    keys_press(emulator, "n<Esc>");
    assert_false(case_file_exists(reminder));
    keys_press(emulator, "n<Enter>");
    emulator_expect(emulator, reminder);
    assert_true(case_file_exists(reminder));
    case_leave(emulator);
}

static void test_a_wrong_seed_changes_nothing(void **state) {
    (void)state;
    const char *database = case_database("seed");
    make_committed_plan(database);
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>");
    case_expect_state(emulator, "committed");
    refuse_seed(
        emulator, "1234567890123456789", NULL,
        case_words("The seed has %zu digits; at least %d are needed, leading zeros included."));
    refuse_seed(emulator, "１２３４５６７８９０１２３４５６７８９０", NULL,
                case_words("The seed has full-width digits; switch the input method to half-width "
                           "and type the digits again."));
    refuse_seed(emulator, "12345 67890 12345 67890", NULL,
                case_lead("Character %zu of the seed is not a digit from 0 to 9; write the digits "
                          "as they were thrown, without blanks or other characters."));
    refuse_seed(emulator, seed, "12345678901234567891",
                case_words("The two seeds differ; nothing was changed. Type them again."));
    keys_press(emulator, "n");
    emulator_type(emulator, seed);
    keys_press(emulator, "<Enter><Esc>");
    emulator_expect_gone(emulator, case_words("Typed first, %zu digits:"));
    case_expect_state(emulator, "committed");
    keys_press(emulator, "n<Enter>"); /* nothing typed: the machine may make one, when agreed to */
    emulator_expect(emulator, case_words("Let this machine make the seed? Every sheet then says "
                                         "that it was not drawn in public."));
    keys_press(emulator, "<Enter>");
    emulator_expect_gone(emulator, case_words("Let this machine make the seed? Every sheet then "
                                              "says that it was not drawn in public."));
    case_expect_state(emulator, "committed");
    keys_press(emulator, "n<Enter>y");
    case_expect_state(emulator, "seeded");
    case_leave(emulator);
}

static void test_the_second_seed_survives_a_resize(void **state) {
    (void)state;
    const char *database = case_database("resize");
    make_committed_plan(database);
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "3<Enter>n");
    emulator_type(emulator, seed);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Typed first, %zu digits:"));
    emulator_type(emulator, "1234567890");
    emulator_resize(emulator, 5, 20);
    emulator_resize(emulator, 40, 120);
    emulator_expect(emulator, "12345  67890  12345  67890");
    case_assert_shown(emulator, case_words("The same digits once more:"));
    emulator_type(emulator, "1234567890");
    keys_press(emulator, "<Enter>");
    case_expect_state(emulator, "seeded");
    case_leave(emulator);
}

/* ---- reviewing one enterprise ---------------------------------------------------------------- */

/* Four initials from the middle of a name: "翔峰烟酒" of 呼图壁县翔峰烟酒批发部. */
static void initials_of(const char *name, char initials[5]) {
    struct buffer buffer = BUFFER_INIT;
    initials_append(&buffer, name);
    assert_true(buffer.length >= 8);
    snprintf(initials, 5, "%.4s", buffer_text(&buffer) + 4);
    buffer_free(&buffer);
}

static void test_a_breakdown_is_eight_keys_away(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("find"), 40, 120);
    char initials[5];
    keys_press(emulator, "2");
    emulator_expect(emulator, case_words("USCC"));
    int column = 0;
    int row = 0;
    emulator_find(emulator, case_words("Name"), &row, &column);
    char name[128];
    snprintf(name, sizeof name, "%s", emulator_text_at(emulator, row + 1, column, 44));
    name[strcspn(name, " ")] = '\0';
    initials_of(name, initials);
    case_leave(emulator);

    emulator = case_start(case_database("find"), 40, 120);
    int keys = keys_press(emulator, "2/");
    keys += keys_press(emulator, initials);
    keys += keys_press(emulator, "<Enter><Enter>");
    assert_true(keys <= 8);
    emulator_expect(emulator, name);
    static const char *const dimensions[] = {"基础属性", "动态信息", "监管信息", "关联关系",
                                             "社会评价"};
    int above = 0;
    for (size_t i = 0; i < 5; i++) {
        case_assert_shown(emulator, dimensions[i]);
        emulator_find(emulator, dimensions[i], &row, &column);
        assert_int_equal(column, 0);
        assert_true(row > above);
        above = row;
    }
    case_leave(emulator);
}

/* Goes down to the first indicator that has facts and opens it. */
static void open_first_indicator(struct emulator *emulator) {
    for (int i = 0; i < 40; i++) {
        int row = case_cursor_row(emulator);
        if (strncmp(emulator_text_at(emulator, row, 2, 2), "+ ", 2) == 0) {
            keys_press(emulator, "<Enter>");
            assert_string_equal(emulator_text_at(emulator, row, 2, 2), "- ");
            return;
        }
        keys_press(emulator, "<Down>");
    }
    fail_msg("%s", "no indicator has facts");
}

static void test_an_indicator_opens_to_its_facts(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("facts"), 40, 120);
    keys_press(emulator, "2<Enter>");
    emulator_expect(emulator, case_words("Particulars"));
    open_first_indicator(emulator);
    keys_press(emulator, "<Down>");
    int row = case_cursor_row(emulator);
    char day[16];
    char document[64];
    snprintf(day, sizeof day, "%s", emulator_text_at(emulator, row, 6, 10));
    snprintf(document, sizeof document, "%s", emulator_text_at(emulator, row, 48, 60));
    document[strcspn(document, " ")] = '\0';
    assert_int_equal(strncmp(day, "20", 2), 0);
    assert_true(strlen(document) > 5);
    keys_press(emulator, "<Enter>"); /* all that is known of it */
    emulator_expect(emulator, case_words("Amount (yuan)"));
    case_assert_shown(emulator, document);
    case_assert_shown(emulator, day);
    case_assert_shown(emulator, case_words("Recorded on"));
    case_assert_shown(emulator, case_words("valid"));
    keys_press(emulator, "<Esc><Tab>");
    emulator_expect(emulator, case_words("Occurred"));
    case_assert_shown(emulator, document); /* the list of all facts has it too */
    keys_press(emulator, "<Esc>");
    emulator_expect(emulator, case_words("USCC"));
    case_leave(emulator);
}

/* On the page of all facts: opens the form for the first fact whose exclusion changes the score,
 * and gives the score with it. */
static long find_fact_that_matters(struct emulator *emulator, long now) {
    for (int i = 0; i < 60; i++) {
        keys_press(emulator, "d");
        emulator_expect(emulator, case_words("Once approved "));
        assert_int_equal(case_number(emulator, 4, 0), now);
        long then = case_number(emulator, 5, 0);
        if (then != now) {
            return then;
        }
        keys_press(emulator, "<Esc>");
        emulator_expect_gone(emulator, case_words("Once approved "));
        keys_press(emulator, "<Down>");
    }
    fail_msg("%s", "no fact's exclusion changes the score");
    return now;
}

static void test_an_excluded_fact_lowers_the_score_once_approved(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("exclude"), 24, 80);
    keys_press(emulator, "2f<Down><Down><Enter><PageDown><Enter>"); /* a B: no cap cuts it */
    emulator_expect(emulator, case_words("Particulars"));
    long now = case_number(emulator, 3, 0);
    keys_press(emulator, "<Tab>");
    emulator_expect(emulator, case_words("Occurred"));
    long then = find_fact_that_matters(emulator, now);
    keys_press(emulator, "<Ctrl-S>");
    emulator_expect(emulator, case_words("Reason"));
    case_assert_shown(emulator, case_words("\"%s\" is needed."));
    keys_press(emulator, "处罚决定已撤销<Tab>呼市监撤〔2026〕1号<Ctrl-S>");
    emulator_expect(emulator, case_words("Propose this for %s? Once another person approves it, "
                                         "the score is %s and the class %s."));
    keys_press(emulator, "y");
    emulator_expect(emulator, case_words("Override %lld is proposed; another person approves it at "
                                         "desk 4 (u changes the person)."));
    assert_int_equal(case_number(emulator, 3, 0), now);
    keys_press(emulator, "4");
    emulator_expect(emulator, case_words("awaiting approval"));
    case_assert_shown(emulator, "王建国");
    keys_press(emulator, "ay");
    emulator_expect(
        emulator,
        case_words("%s was proposed by %s, who may not approve it too; another person must."));
    keys_press(emulator, "u李梅<Enter>ay");
    emulator_expect(emulator, case_words("Override %lld: done."));
    case_assert_shown(emulator, case_words("in force"));
    keys_press(emulator, "2");
    emulator_expect(emulator, case_words("Particulars"));
    assert_int_equal(case_number(emulator, 3, 0), then);
    keys_press(emulator, "1");
    emulator_expect(emulator, case_words("What waits"));
    case_leave(emulator);
}

/* ---- trouble --------------------------------------------------------------------------------- */

static void test_a_busy_database_says_so_and_nothing_is_lost(void **state) {
    (void)state;
    const char *database = case_database("busy");
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    struct emulator *emulator = case_start(database, 24, 80);
    keys_press(emulator, "n");
    emulator_expect(emulator, case_words("Plan draft"));
    keys_press(emulator, "<End>（补）");
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(store_begin(store, &error), &error);
    keys_press(emulator, "<Ctrl-S>");
    emulator_expect(emulator,
                    case_words("%s is being changed by another program; try again in a moment."));
    case_assert_shown(emulator, "（补）");
    assert_int_equal(store_finish(store, RESULT_REFUSED, &error), RESULT_REFUSED);
    store_close(store);
    error_clear(&error);
    keys_press(emulator, "<Ctrl-S>");
    case_expect_state(emulator, "draft");
    case_assert_shown(emulator, "（补）");
    case_leave(emulator);
}

static void test_sigterm_gives_the_terminal_back(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("signal"), 24, 80);
    assert_true(emulator_alternate(emulator));
    assert_false(emulator_cooked(emulator));
    keys_press(emulator, "2/xin"); /* in the middle of something */
    emulator_signal(emulator, SIGTERM);
    int status = emulator_wait(emulator);
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGTERM : WEXITSTATUS(status) != 127);
    assert_false(emulator_alternate(emulator));
    assert_true(emulator_cooked(emulator));
    emulator_free(emulator);
}

static void test_an_empty_database_shows_the_way(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_empty_database("empty"), 24, 80);
    case_assert_shown(emulator, case_words("There are no enterprises yet. Leave with q, then:"));
    case_assert_shown(emulator, "xinfeng import");
    case_assert_shown(emulator, "xinfeng sample");
    case_assert_shown(emulator, case_words("not scored yet"));
    keys_press(emulator, "n");
    emulator_expect(
        emulator,
        case_words("Score a period first (R): a plan draws by the classes of the newest period."));
    keys_press(emulator, "2");
    emulator_expect(emulator, "xinfeng import");
    keys_press(emulator, "<Enter><Down><End>");
    keys_press(emulator, "3");
    emulator_expect(
        emulator, case_words("There are no inspection plans yet. Press n to make one: it takes its "
                             "classes from the newest period and its rates from the policy."));
    keys_press(emulator, "4");
    emulator_expect(
        emulator,
        case_words(
            "There are no overrides. Open an enterprise (desk 2) and press o to propose one."));
    keys_press(emulator, "at<Enter>");
    case_assert_shown(
        emulator,
        case_words(
            "There are no overrides. Open an enterprise (desk 2) and press o to propose one."));
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plan_from_draft_to_locked),
        cmocka_unit_test(test_a_drawn_plan_is_exported_in_three_keys),
        cmocka_unit_test(test_the_whole_set_is_exported_in_three_keys),
        cmocka_unit_test(test_a_drawn_plan_gets_its_teams),
        cmocka_unit_test(test_changing_a_draft_keeps_its_teams),
        cmocka_unit_test(test_the_papers_of_an_enterprise_are_two_keys_away),
        cmocka_unit_test(test_a_wrong_seed_changes_nothing),
        cmocka_unit_test(test_the_second_seed_survives_a_resize),
        cmocka_unit_test(test_a_breakdown_is_eight_keys_away),
        cmocka_unit_test(test_an_indicator_opens_to_its_facts),
        cmocka_unit_test(test_an_excluded_fact_lowers_the_score_once_approved),
        cmocka_unit_test(test_a_busy_database_says_so_and_nothing_is_lost),
        cmocka_unit_test(test_sigterm_gives_the_terminal_back),
        cmocka_unit_test(test_an_empty_database_shows_the_way),
    };
    return cmocka_run_group_tests(tests, case_set_up, case_tear_down);
}
