/* The frozen roster: draw/roster.h, its text and digest, and whom it lets go where. */
#include "draw/roster.h"
#include "unit/unit.h"

#include <string.h>

static struct error error = ERROR_INIT;

static const struct draw_team_rule rule = {.size = 2, .expert = true, .load_most = 7};

static const struct draw_inspector inspectors[] = {
    {"H2", "乙", "652323100", false, "2027-01-01", ""},
    {"H1", "甲", "", true, "2028-12-31", "91A,91B"},
    {"H3", "丙", "6523", true, "", "91C"},
};

static const char text[] = "team\t2\t1\t7\n"
                           "H1\t甲\t\t1\t2028-12-31\t91A,91B\n"
                           "H2\t乙\t652323100\t0\t2027-01-01\t\n"
                           "H3\t丙\t6523\t1\t\t91C\n";

static void the_text_is_sorted_and_comes_back(void **state) {
    struct draw_roster *roster = NULL;
    struct draw_roster *again = NULL;
    size_t length = 0;
    char digest[DIGEST_HEX_SIZE];
    (void)state;
    assert_ok(draw_roster_build(&roster, &rule, inspectors, 3, &error), &error);
    assert_string_equal(draw_roster_text(roster, &length), text);
    assert_int_equal(length, strlen(text));
    assert_ok(digest_sha256_hex(text, length, digest, &error), &error);
    assert_string_equal(draw_roster_digest(roster), digest);
    assert_ok(draw_roster_parse(&again, text, length, &error), &error);
    assert_int_equal(draw_roster_count(again), 3);
    assert_int_equal(draw_roster_rule(again)->load_most, 7);
    assert_string_equal(draw_roster_inspectors(again)[0].recusals, "91A,91B");
    draw_roster_free(roster);
    draw_roster_free(again);
}

static void another_text_is_refused_by_its_line(void **state) {
    static const struct {
        const char *text;
        const char *words;
    } wrong[] = {
        {"", "Line 1"},
        {"team\t2\t1\t7", "Line 1"},
        {"team\t2\t1\n", "Line 1"},
        {"team\t2\t1\t7\t\n", "Line 1"},
        {"team\t0\t1\t7\n", "Line 1"},
        {"team\t9\t1\t7\n", "Line 1"},
        {"team\t02\t1\t7\n", "Line 1"},
        {"team\t2\t2\t7\n", "Line 1"},
        {"team\t2\t1\t-1\n", "Line 1"},
        {"team\t2\t1\t0\nH1\t甲\t\t1\t\n", "Line 2"},
        {"team\t2\t1\t0\nH1\t甲\t\t3\t\t\n", "Line 2"},
        {"team\t2\t1\t0\nH2\t甲\t\t1\t\t\nH1\t乙\t\t1\t\t\n", "Line 3"},
        {"team\t2\t1\t0\nH1\t甲\t\t1\t\t\nH1\t乙\t\t1\t\t\n", "Line 3"},
        {"team\t2\t1\t0\n\t甲\t\t1\t\t\n", "Line 2"},
        {"team\t2\t1\t0\nH1\t甲\t\t1\t\t91B,91A\n", "Line 2"},
        {"team\t2\t1\t0\nH1\t甲\t\t1\t\t91A,91A\n", "Line 2"},
        {"team\t2\t1\t0\nH1\t甲\t\t1\t\t91A,\n", "Line 2"},
        {"team\t2\t1\t0\nH1\t甲\t\t1\t\t,91A\n", "Line 2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct draw_roster *roster = NULL;
        enum result code = draw_roster_parse(&roster, wrong[i].text, strlen(wrong[i].text), &error);
        assert_int_equal(code, RESULT_INVALID);
        assert_null(roster);
        assert_non_null(strstr(error_sentence(&error), wrong[i].words));
        error_clear(&error);
    }
}

static void what_cannot_stand_in_it_is_refused(void **state) {
    const struct draw_inspector twice[] = {{"H1", "甲", "", false, "", ""},
                                           {"H1", "乙", "", false, "", ""}};
    const struct draw_inspector nameless[] = {{"", "甲", "", false, "", ""}};
    const struct draw_inspector broken[] = {{"H1", "甲\t乙", "", false, "", ""}};
    const struct draw_team_rule none = {.size = 0};
    struct draw_roster *roster = NULL;
    (void)state;
    assert_int_equal(draw_roster_build(&roster, &rule, twice, 2, &error), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "H1"));
    assert_int_equal(draw_roster_build(&roster, &rule, nameless, 1, &error), RESULT_INVALID);
    assert_int_equal(draw_roster_build(&roster, &rule, broken, 1, &error), RESULT_INVALID);
    assert_int_equal(draw_roster_build(&roster, &none, inspectors, 3, &error), RESULT_USAGE);
    assert_null(roster);
    error_clear(&error);
}

static void recusals_and_regions_say_who_may_go(void **state) {
    (void)state;
    assert_true(draw_inspector_may(&inspectors[0], "91A", "652323100"));
    assert_false(draw_inspector_may(&inspectors[0], "91A", "652323101"));
    assert_false(draw_inspector_may(&inspectors[0], "91A", "652323"));
    assert_false(draw_inspector_may(&inspectors[1], "91A", "652323100"));
    assert_false(draw_inspector_may(&inspectors[1], "91B", "652323100"));
    assert_true(draw_inspector_may(&inspectors[1], "91", "652323100"));
    assert_true(draw_inspector_may(&inspectors[2], "91A", "652323100"));
    assert_false(draw_inspector_may(&inspectors[2], "91A", "652400"));
}

static void teams_go_by_the_roster(void **state) {
    const struct draw_team_unit units[] = {{"91D", "652323100"}, {"91E", "652323100"}};
    const struct draw_team_unit recused[] = {{"91A", "652323100"}, {"91C", "652323100"}};
    const struct draw_team_rule pairs = {.size = 2};
    struct draw_roster *roster = NULL;
    struct team_result teams;
    (void)state;
    assert_ok(draw_roster_build(&roster, &pairs, inspectors, 3, &error), &error);
    assert_ok(draw_teams(roster, units, 2, "teams", "01382438112797316654", NULL, &teams, &error),
              &error);
    assert_int_equal(teams.load, 2);
    assert_int_equal(teams.loads[0] + teams.loads[1] + teams.loads[2], 4);
    team_result_clear(&teams);
    assert_ok(draw_teams(roster, recused, 2, "teams", "01382438112797316654", NULL, &teams, &error),
              &error);
    assert_int_equal(teams.loads[1], 2); /* the only one who may go to both */
    team_result_clear(&teams);
    const struct draw_team_unit elsewhere[] = {{"91D", "652301"}};
    assert_ok(
        draw_teams(roster, elsewhere, 1, "teams", "01382438112797316654", NULL, &teams, &error),
        &error);
    team_result_clear(&teams);
    const struct draw_team_unit alone[] = {{"91C", "652400"}};
    assert_int_equal(
        draw_teams(roster, alone, 1, "teams", "01382438112797316654", NULL, &teams, &error),
        RESULT_REFUSED);
    assert_int_equal(teams.block.unit_count, 1);
    assert_int_equal(teams.block.inspector_count, 1);
    team_result_clear(&teams);
    draw_roster_free(roster);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_is_sorted_and_comes_back),
        cmocka_unit_test(another_text_is_refused_by_its_line),
        cmocka_unit_test(what_cannot_stand_in_it_is_refused),
        cmocka_unit_test(recusals_and_regions_say_who_may_go),
        cmocka_unit_test(teams_go_by_the_roster),
    };
    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
