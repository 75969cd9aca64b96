/* Teams from the draw to today, and their record: draw/team_history.h, draw/team_record.h. */
#include "draw/team_next.h"
#include "draw/team_record.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#define SEED "01382438112797316654"

static struct error error = ERROR_INIT;

static const struct draw_unit units[] = {
    {"91A", "6501", "", "", 'A'}, {"91B", "6501", "", "", 'B'}, {"91C", "6502", "", "", 'B'},
    {"91D", "6502", "", "", 'C'}, {"91E", "6501", "", "", 'D'},
};

static const struct draw_inspector inspectors[] = {
    {"G1", "甲", "", true, "2027-01-01", "91A"},   {"G2", "乙", "", false, "2027-01-01", ""},
    {"G3", "丙", "6501", false, "2027-01-01", ""}, {"G4", "丁", "6502", true, "2027-01-01", ""},
    {"G5", "戊", "", true, "2027-01-01", "91C"},
};

static const char *const drawn[] = {"91D", "91A", "91C", "91B"};

struct stage {
    struct draw_frame *frame;
    struct draw_roster *roster;
    struct arena *arena;
    struct draw_team_source source;
};

static struct stage stage;

static int open_stage(void **state) {
    const struct draw_team_rule rule = {.size = 2, .expert = true};
    (void)state;
    stage = (struct stage){.arena = arena_new()};
    assert_ok(draw_frame_build(&stage.frame, units, 5, &error), &error);
    assert_ok(draw_roster_build(&stage.roster, &rule, inspectors, 5, &error), &error);
    stage.source = (struct draw_team_source){.frame = stage.frame,
                                             .roster = stage.roster,
                                             .draw_id = "teams",
                                             .seed = SEED,
                                             .units = drawn,
                                             .unit_count = 4};
    return 0;
}

static int close_stage(void **state) {
    (void)state;
    draw_frame_free(stage.frame);
    draw_roster_free(stage.roster);
    arena_free(stage.arena);
    error_clear(&error);
    return 0;
}

static const char *number(uint32_t place) {
    return draw_roster_inspectors(stage.roster)[place].id;
}

/* The entry of a unit as assigned. */
static const struct draw_team_entry *assigned(const struct draw_team_history *history,
                                              const char *unit) {
    for (size_t i = 0; i < history->assigned_count; i++) {
        if (strcmp(history->assigned[i].unit, unit) == 0) {
            return &history->assigned[i];
        }
    }
    fail_msg("%s has no team", unit);
    return &history->assigned[0];
}

static enum result replay(struct draw_team_history *history) {
    error_clear(&error);
    return draw_team_replay(&stage.source, stage.arena, history, &error);
}

static void teams_stand_in_the_order_of_tickets(void **state) {
    struct draw_team_history history;
    (void)state;
    assert_ok(replay(&history), &error);
    assert_int_equal(history.assigned_count, 4);
    for (size_t i = 1; i < 4; i++) {
        assert_true(strcmp(history.assigned[i - 1].ticket, history.assigned[i].ticket) < 0);
    }
    for (size_t i = 0; i < 4; i++) {
        const struct draw_team_unit unit = {history.assigned[i].unit, history.assigned[i].region};
        assert_true(draw_team_holds(stage.roster, &unit, history.assigned[i].team, 2));
    }
}

static void a_change_takes_one_out_and_another_in(void **state) {
    struct draw_team_history history;
    (void)state;
    assert_ok(replay(&history), &error);
    const struct draw_team_entry *before = assigned(&history, "91B");
    const char *leaves = number(before->team[0]);
    const char *stays = number(before->team[1]);
    /* by a person: whoever may go and keeps an expert in it */
    const char *comes = NULL;
    for (uint32_t i = 0; i < 5 && comes == NULL; i++) {
        const struct draw_team_unit unit = {"91B", "6501"};
        const uint32_t team[] = {i, before->team[1]};
        if (i != before->team[0] && draw_team_holds(stage.roster, &unit, team, 2)) {
            comes = number(i);
        }
    }
    assert_non_null(comes);
    const struct draw_team_change change = {"91B", leaves, comes, true, "病假"};
    stage.source.changes = &change;
    stage.source.change_count = 1;
    assert_ok(replay(&history), &error);
    assert_string_equal(number(history.changed[0].team[0]), comes);
    assert_string_equal(number(history.changed[0].team[1]), stays);
}

static void a_unit_that_came_in_gets_the_next_by_the_rule(void **state) {
    struct draw_team_history history;
    const struct draw_team_change change = {"91E", NULL, NULL, false, "补抽"};
    (void)state;
    stage.source.changes = &change;
    stage.source.change_count = 1;
    assert_ok(replay(&history), &error);
    const struct draw_team_unit unit = {"91E", "6501"};
    assert_true(draw_team_holds(stage.roster, &unit, history.changed[0].team, 2));
}

static void what_could_not_be_is_named(void **state) {
    struct draw_team_history history;
    assert_ok(replay(&history), &error);
    const struct draw_team_entry *team = assigned(&history, "91A");
    const char *first = number(team->team[0]);
    const struct draw_team_change wrong[] = {
        {"91A", first, "G1", true, "recused"},
        {"91A", first, "G4", true, "of another region"},
        {"91A", first, first, true, "the same one"},
        {"91A", "G1", "G2", true, "not in the team"},
        {"91A", first, "G9", true, "nobody"},
        {"91A", first, NULL, true, "no one comes"},
        {"91E", first, "G2", true, "no team yet"},
        {"91A", NULL, NULL, false, "has a team"},
        {"91E", NULL, NULL, true, "chosen"},
        {"91E", NULL, "G2", false, "named"},
    };
    (void)state;
    stage.source.change_count = 1;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        stage.source.changes = &wrong[i];
        assert_int_equal(replay(&history), RESULT_MISMATCH);
        assert_non_null(strstr(error_sentence(&error), wrong[i].unit));
    }
    static const char *const strange[] = {"91Z"};
    static const char *const twice[] = {"91A", "91A"};
    stage.source.change_count = 0;
    stage.source.units = strange;
    stage.source.unit_count = 1;
    assert_int_equal(replay(&history), RESULT_MISMATCH);
    stage.source.units = twice;
    stage.source.unit_count = 2;
    assert_int_equal(replay(&history), RESULT_MISMATCH);
}

/* A swap by the rule is the one the rule gives, and no other. */
static void the_rule_cannot_be_claimed_for_another_choice(void **state) {
    struct draw_team_history history;
    size_t held = 0;
    (void)state;
    assert_ok(replay(&history), &error);
    const char *leaves = number(assigned(&history, "91B")->team[0]);
    for (uint32_t i = 0; i < 5; i++) {
        const struct draw_team_change change = {"91B", leaves, number(i), false, "病假"};
        stage.source.changes = &change;
        stage.source.change_count = 1;
        held += replay(&history) == RESULT_OK;
    }
    assert_int_equal(held, 1);
}

static void write_record(char **text) {
    assert_ok(draw_team_record_write(text, &stage.source, "2026-001", "2026-001.frame.tsv", &error),
              &error);
}

static enum result verify(const char *text) {
    size_t length = 0;
    const char *frame = draw_frame_text(stage.frame, &length);
    error_clear(&error);
    return draw_team_record_verify(text, strlen(text), frame, length, NULL, &error);
}

/* A text with the first `old` in it replaced. */
static char *replace(const char *text, const char *old, const char *new) {
    char *edited = malloc(strlen(text) + strlen(new) + 1);
    const char *at = strstr(text, old);
    assert_non_null(edited);
    assert_non_null(at);
    size_t before = (size_t)(at - text);
    memcpy(edited, text, before);
    strcpy(edited + before, new);
    strcat(edited, at + strlen(old));
    return edited;
}

static void a_record_holds_and_a_changed_one_does_not(void **state) {
    static const struct {
        const char *old;
        const char *new;
        const char *named;
    } edits[] = {
        {"\"reason\": \"补抽\"", "\"reason\": \"抽补\"", "teams_digest"},
        {"\"load\": ", "\"load\": 1", "load"},
        {"\"number\": \"2026-001\"", "\"number\": \"2026-002\"", "teams_digest"},
        {"\"seed\": \"01", "\"seed\": \"11", ""},
        {"\"roster_digest\": \"", "\"roster_digest\": \"0", "roster_digest"},
        {"\\t91A\"", "\\t91B\"", ""},
        {"\"uscc\": \"91A\"", "\"uscc\": \"91E\"", ""},
        {"  \"draw_id\"", " \"draw_id\"", "edited"},
    };
    const struct draw_team_change change = {"91E", NULL, NULL, false, "补抽"};
    (void)state;
    stage.source.changes = &change;
    stage.source.change_count = 1;
    char *text = NULL;
    write_record(&text);
    assert_ok(verify(text), &error);
    for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
        char *edited = replace(text, edits[i].old, edits[i].new);
        assert_int_equal(verify(edited), RESULT_MISMATCH);
        assert_non_null(strstr(error_sentence(&error), edits[i].named));
        free(edited);
    }
    assert_int_equal(verify("{}"), RESULT_INVALID);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(teams_stand_in_the_order_of_tickets, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(a_change_takes_one_out_and_another_in, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(a_unit_that_came_in_gets_the_next_by_the_rule, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(what_could_not_be_is_named, open_stage, close_stage),
        cmocka_unit_test_setup_teardown(the_rule_cannot_be_claimed_for_another_choice, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(a_record_holds_and_a_changed_one_does_not, open_stage,
                                        close_stage),
    };
    return cmocka_run_group_tests_name("team history", tests, NULL, NULL);
}
