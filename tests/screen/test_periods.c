/* Periods on the screen: the history of an enterprise, who moved between two periods, a day that is
 * tried, and closing a month. */
#include "screen/workstation_case.h"

#include <stdio.h>
#include <string.h>

/* The two sizes that every page has to serve. */
static const struct {
    int rows;
    int columns;
} sizes[] = {{24, 80}, {40, 120}};

enum { SIZES = sizeof sizes / sizeof sizes[0] };

static void test_the_history_leads_to_each_period(void **state) {
    (void)state;
    for (int i = 0; i < SIZES; i++) {
        struct emulator *emulator =
            case_start(case_database("history"), sizes[i].rows, sizes[i].columns);
        keys_press(emulator, "2<Enter>[");
        emulator_expect(emulator, case_words("Points +/-"));
        case_assert_shown(emulator, "2026-11");
        case_assert_shown(emulator, "2026-10");
        case_assert_shown(emulator, "####");
        int newest = case_cursor_row(emulator);
        assert_string_equal(emulator_text_at(emulator, newest, 0, 7), "2026-11");
        keys_press(emulator, "<Down><Enter>");
        char trail[64];
        snprintf(trail, sizeof trail, "2026-10%s", case_words(" (open)"));
        emulator_expect(emulator, trail);
        case_assert_not_shown(emulator, case_words("Points +/-"));
        keys_press(emulator, "o"); /* nothing is decided about what is past */
        case_assert_shown(emulator, trail);
        keys_press(emulator, "<Esc>");
        emulator_expect(emulator, case_words("Points +/-"));
        assert_int_equal(case_cursor_row(emulator), newest + 1);
        case_leave(emulator);
    }
}

/* The number behind the slash of the status line ("1 / 12 enterprises"), commas left out. */
static long rows_listed(struct emulator *emulator, int rows) {
    const char *slash = strstr(emulator_row(emulator, rows - 2), " / ");
    long number = 0;
    assert_non_null(slash);
    for (const char *at = slash + 3; (*at >= '0' && *at <= '9') || *at == ','; at++) {
        number = *at == ',' ? number : number * 10 + (*at - '0');
    }
    return number;
}

/* The first number of the status line that stands to the right, as the matrix has it. */
static long cell_count(struct emulator *emulator, int rows) {
    const char *text = emulator_row(emulator, rows - 2);
    long number = 0;
    text = strpbrk(text, "0123456789");
    assert_non_null(text);
    for (; (*text >= '0' && *text <= '9') || *text == ','; text++) {
        number = *text == ',' ? number : number * 10 + (*text - '0');
    }
    return number;
}

static void test_a_cell_of_the_matrix_lists_its_enterprises(void **state) {
    (void)state;
    for (int i = 0; i < SIZES; i++) {
        struct emulator *emulator =
            case_start(case_database("matrix"), sizes[i].rows, sizes[i].columns);
        keys_press(emulator, "w");
        emulator_expect(emulator, case_words("before \\ after"));
        case_assert_shown(emulator, case_words("newly scored"));
        long stayed = cell_count(emulator, sizes[i].rows);
        assert_true(stayed > sizes[i].rows); /* more than one page of the list */
        keys_press(emulator, "<Enter>");
        emulator_expect(emulator, "A -> A");
        assert_int_equal(rows_listed(emulator, sizes[i].rows), stayed);
        keys_press(emulator, "<End>");
        char last[32];
        snprintf(last, sizeof last, "%ld / %ld", stayed, stayed);
        emulator_expect(emulator, last);
        keys_press(emulator, "<Home><Enter>");
        emulator_expect(emulator, case_words("Particulars"));
        keys_press(emulator, "<Esc><Esc><Right>");
        emulator_expect(emulator, "A -> B");
        long moved = cell_count(emulator, sizes[i].rows);
        assert_true(moved > 0);
        keys_press(emulator, "<Enter>");
        emulator_expect(emulator, case_words("Decided by"));
        assert_int_equal(rows_listed(emulator, sizes[i].rows), moved);
        keys_press(emulator, "<Esc><Up><Left><Left>"); /* it stays in the matrix */
        emulator_expect(emulator, "A -> A");
        keys_press(emulator, "<Down><Down><Down><Down><Enter>");
        emulator_expect(emulator, case_words("Nobody is in this cell."));
        case_leave(emulator);
    }
}

static void test_who_moved_is_written_to_a_file(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("export"), 24, 80);
    keys_press(emulator, "we");
    emulator_expect(emulator, case_words("Write to (.xlsx or .csv):"));
    keys_press(emulator, "<Ctrl-U>moved.csv<Enter>");
    emulator_expect(emulator, case_words("Wrote %s."));
    assert_true(case_file_exists("moved.csv"));
    keys_press(emulator, "e<Ctrl-U>moved.doc<Enter>");
    emulator_expect(emulator, "moved.doc");
    assert_false(case_file_exists("moved.doc"));
    case_leave(emulator);
}

static void test_both_periods_can_be_chosen(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("choice"), 24, 80);
    keys_press(emulator, "wf");
    emulator_expect(emulator, case_words("The earlier period"));
    keys_press(emulator, "<Up><Enter>"); /* November beside itself */
    emulator_expect(emulator,
                    case_lead("Both periods are %s; give two different ones to compare."));
    case_assert_shown(emulator, "2026-10");
    case_leave(emulator);
}

static void test_a_day_is_tried_and_not_stored(void **state) {
    (void)state;
    for (int i = 0; i < SIZES; i++) {
        struct emulator *emulator =
            case_start(case_database("tried"), sizes[i].rows, sizes[i].columns);
        keys_press(emulator, "v");
        emulator_expect(emulator, "2026-11-30");
        keys_press(emulator, "<Ctrl-U>2026-11-30<Enter>");
        emulator_expect(emulator, case_words(" (tried, not stored)"));
        keys_press(emulator, "v<Ctrl-U>2026-12-01<Enter>");
        emulator_expect(emulator, "2026-12-01");
        case_assert_shown(emulator, case_words(" (tried, not stored)"));
        keys_press(emulator, "v<Ctrl-U>morgen<Enter>");
        emulator_expect(emulator, "morgen");
        keys_press(emulator, "v<Esc><Esc>");
        emulator_expect(emulator, case_words("What waits"));
        case_leave(emulator);
    }
}

static void test_a_month_that_is_over_is_closed_once(void **state) {
    (void)state;
    for (int i = 0; i < SIZES; i++) {
        struct emulator *emulator =
            case_start(case_database("closing"), sizes[i].rows, sizes[i].columns);
        case_assert_shown(emulator, case_words("The month of period %s is over: Enter closes it"));
        keys_press(emulator, "c");
        emulator_expect(emulator, case_lead("Score period %s for the last time and close it? Its "
                                            "classes then stay as they are for good, whatever is "
                                            "recorded later."));
        keys_press(emulator, "n");
        case_assert_shown(emulator, case_words("The month of period %s is over: Enter closes it"));
        keys_press(emulator, "<Enter>y");
        emulator_expect(emulator, case_words("Period %s closed: A %lld, B %lld, C %lld, D %lld."));
        case_assert_not_shown(emulator,
                              case_words("The month of period %s is over: Enter closes it"));
        keys_press(emulator, "c"); /* November has days to come */
        emulator_expect(emulator, "2026-11-30");
        keys_press(emulator, "2<Enter>[<Down><Enter>");
        char trail[64];
        snprintf(trail, sizeof trail, "2026-10%s", case_words(" (closed)"));
        emulator_expect(emulator, trail);
        case_leave(emulator);
    }
}

static void test_an_empty_county_has_nothing_to_compare(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_empty_database("nothing"), 24, 80);
    keys_press(emulator, "w");
    emulator_expect(emulator,
                    case_lead("Two periods are needed to compare; score another month first."));
    keys_press(emulator, "c");
    emulator_expect(emulator, case_words("No period was scored yet."));
    keys_press(emulator, "v<Enter>");
    emulator_expect(emulator, case_words(" (tried, not stored)"));
    case_leave(emulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_history_leads_to_each_period),
        cmocka_unit_test(test_a_cell_of_the_matrix_lists_its_enterprises),
        cmocka_unit_test(test_who_moved_is_written_to_a_file),
        cmocka_unit_test(test_both_periods_can_be_chosen),
        cmocka_unit_test(test_a_day_is_tried_and_not_stored),
        cmocka_unit_test(test_a_month_that_is_over_is_closed_once),
        cmocka_unit_test(test_an_empty_county_has_nothing_to_compare),
    };
    return cmocka_run_group_tests(tests, case_set_up, case_tear_down);
}
