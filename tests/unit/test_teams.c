/* Who is sent where: plan/staff.h and plan/teams.h over a small county. */
#include "unit/county.h"
#include "unit/unit.h"

#include "plan/drawn.h"
#include "plan/measures_text.h"
#include "plan/staff.h"
#include "plan/teams.h"
#include "registry/record.h"
#include "score/period.h"
#include "store/statement.h"

#include <string.h>

#define SEED "01382438112797316654"

static struct county county;

static int open_county(void **state) {
    (void)state;
    random_state seed = 21;
    struct period period;
    county_open(&county, NULL, 20261031);
    county_fill(&county, &seed, 60);
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    return 0;
}

static int close_county(void **state) {
    (void)state;
    county_close(&county);
    return 0;
}

/* What a test says of an inspector; the rest is as it should be. */
struct known {
    const char *number;
    const char *region;
    const char *matters;
    const char *state;
    date until;
    bool expert;
};

static void add(const struct known *known) {
    struct record_writer *writer = NULL;
    struct record_value values[INSPECTOR_COLUMN_COUNT];
    const struct save_origin origin = {.actor = &county.officer, .source = "试验"};
    enum save_outcome outcome;
    int64_t id = 0;
    for (int i = 0; i < INSPECTOR_COLUMN_COUNT; i++) {
        values[i] = record_unknown();
    }
    values[INSPECTOR_number].text = known->number;
    values[INSPECTOR_name].text = arena_printf(county.arena, "某%s", known->number);
    values[INSPECTOR_region].text = known->region;
    values[INSPECTOR_matters].text = known->matters;
    values[INSPECTOR_state].text = known->state;
    values[INSPECTOR_expert].number = known->expert ? 1 : 0;
    if (known->until != DATE_NONE) {
        values[INSPECTOR_certificate_until].number = known->until;
    }
    assert_ok(record_writer_new(&writer, county.store, RECORD_INSPECTOR, &county.error),
              &county.error);
    assert_ok(store_begin(county.store, &county.error), &county.error);
    assert_ok(record_writer_save(writer, values, &origin, &outcome, &id, &county.error),
              &county.error);
    assert_ok(store_commit(county.store, &county.error), &county.error);
    record_writer_free(writer);
}

static void add_usual(int count) {
    for (int i = 0; i < count; i++) {
        add(&(struct known){.number = arena_printf(county.arena, "G%02d", i),
                            .until = 20280101,
                            .expert = i % 4 == 0});
    }
}

static void run(const char *sql) {
    assert_ok(store_execute(county.store, sql, NO_VALUES, &county.error), &county.error);
}

static struct plan load(int64_t id) {
    struct plan plan;
    assert_ok(plan_load(county.store, id, county.arena, &plan, &county.error), &county.error);
    return plan;
}

static int64_t make(const struct plan_scope *scope) {
    struct draw_rule rules[CLASS_COUNT] = {0};
    const struct draw_measures measures = {.mode = DRAW_MODE_RATE,
                                           .stratum_maximum = DRAW_NO_MAXIMUM,
                                           .rules = rules,
                                           .rule_count = CLASS_COUNT};
    int64_t id = 0;
    assert_ok(rates_parse("A=1/2,B=1/2,C=1/2,D=100%", rules, &county.error), &county.error);
    assert_ok(
        plan_create(county.store, &county.officer, "抽查", scope, &measures, &id, &county.error),
        &county.error);
    return id;
}

static int64_t make_drawn(const struct plan_scope *scope) {
    int64_t id = make(scope);
    assert_ok(
        plan_draw_through(county.store, &county.officer, id, SEED, "摇奖机", NULL, &county.error),
        &county.error);
    return id;
}

static enum result team(int64_t id) {
    return plan_team(county.store, &county.officer, id, NULL, &county.error);
}

/* One text of an inspector's line in a plan's roster, or NULL. */
static bool in_roster(int64_t id, const char *number) {
    struct draw_roster *roster = NULL;
    struct plan plan = load(id);
    bool found = false;
    assert_ok(staff_load(county.store, &plan, &roster, &county.error), &county.error);
    for (size_t i = 0; i < draw_roster_count(roster); i++) {
        found = found || strcmp(draw_roster_inspectors(roster)[i].id, number) == 0;
    }
    draw_roster_free(roster);
    return found;
}

static void only_who_holds_on_the_day_of_the_check_is_frozen(void **state) {
    const struct plan_scope scope = {
        .from = 20261101, .to = 20261130, .matter = "食品销售监督检查"};
    (void)state;
    run("INSERT INTO matter (code, title, category) VALUES ('SJ0402', '食品销售监督检查', '食品')");
    add(&(struct known){.number = "last", .until = 20261130});
    add(&(struct known){.number = "over", .until = 20261129});
    add(&(struct known){.number = "undated"});
    add(&(struct known){.number = "away", .until = 20280101, .state = "离岗"});
    add(&(struct known){.number = "here", .until = 20280101, .state = "在岗"});
    add(&(struct known){.number = "food", .until = 20280101, .matters = "特种设备 食品"});
    add(&(struct known){.number = "code", .until = 20280101, .matters = "SJ04"});
    add(&(struct known){.number = "lifts", .until = 20280101, .matters = "特种设备"});
    add(&(struct known){.number = "named", .until = 20280101, .region = "呼图壁县"});
    add(&(struct known){.number = "far", .until = 20280101, .region = "乌鲁木齐市"});
    add(&(struct known){.number = "prefecture", .until = 20280101, .region = "652300"});
    add(&(struct known){.number = "township", .until = 20280101, .region = "652323100"});
    int64_t id = make(&scope);
    assert_ok(plan_freeze(county.store, &county.officer, id, NULL, &county.error), &county.error);
    static const char *const in[] = {"last",  "here",       "food",    "code",
                                     "named", "prefecture", "township"};
    static const char *const out[] = {"over", "undated", "away", "lifts", "far"};
    for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
        assert_true(in_roster(id, in[i]));
    }
    for (size_t i = 0; i < sizeof(out) / sizeof(out[0]); i++) {
        assert_false(in_roster(id, out[i]));
    }
    assert_string_equal(load(id).staff_left_out,
                        "{\"elsewhere\":1,\"expired\":1,\"inactive\":1,\"undated\":1,"
                        "\"unqualified\":1}");
    assert_int_equal(county_count(&county, "SELECT count(*) FROM journal WHERE action = "
                                           "'plan.roster'"),
                     1);
}

static void every_unit_gets_a_team_as_even_as_can_be(void **state) {
    const struct plan_scope scope = {.expert = true};
    (void)state;
    add_usual(12);
    int64_t id = make_drawn(&scope);
    assert_non_null(load(id).roster_digest);
    assert_ok(team(id), &county.error);
    int64_t drawn = load(id).drawn;
    assert_int_equal(county_count(&county, "SELECT count(*) FROM plan_member"), 2 * drawn);
    assert_int_equal(county_count(&county, "SELECT count(DISTINCT unit || ' ' || inspector) FROM "
                                           "plan_member"),
                     2 * drawn);
    /* three experts, one for each unit: the busiest has a third of the units */
    assert_int_equal(county_count(&county, "SELECT max(n) FROM (SELECT count(*) AS n FROM "
                                           "plan_member GROUP BY inspector)"),
                     (drawn + 2) / 3);
    assert_int_equal(county_count(&county,
                                  "SELECT count(*) FROM (SELECT sum(expert) AS n FROM plan_member "
                                  "m JOIN inspector i ON i.number = m.inspector GROUP BY unit "
                                  "HAVING n = 0)"),
                     0);
    struct team_member *members = NULL;
    size_t count = 0;
    struct plan plan = load(id);
    assert_ok(teams_load(county.store, &plan, 2, 3, county.arena, &members, &count, &county.error),
              &county.error);
    assert_int_equal(count, 4);
    assert_int_equal(members[0].place, 2);
    assert_string_equal(members[0].name, arena_printf(county.arena, "某%s", members[0].number));
    assert_int_equal(team(id), RESULT_REFUSED);
    assert_non_null(strstr(error_sentence(&county.error), "already"));
}

static void nobody_goes_where_he_is_recused(void **state) {
    const struct plan_scope scope = {0};
    (void)state;
    add_usual(4);
    run("INSERT INTO recusal (inspector, enterprise, reason) SELECT 'G01', id, '近亲属' FROM "
        "enterprise WHERE id % 2 = 0");
    run("INSERT INTO recusal (inspector, enterprise, to_day) SELECT 'G02', id, 20261030 FROM "
        "enterprise");
    int64_t id = make_drawn(&scope);
    assert_ok(team(id), &county.error);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM plan_member m JOIN plan_unit u ON "
                                           "u.plan = m.plan AND u.unit = m.unit WHERE inspector = "
                                           "'G01' AND enterprise % 2 = 0"),
                     0);
    assert_true(county_count(&county, "SELECT count(*) FROM plan_member WHERE inspector = 'G01'") >
                0);
    assert_true(county_count(&county, "SELECT count(*) FROM plan_member WHERE inspector = 'G02'") >
                0); /* that recusal is over */
}

static void teams_are_those_of_the_roster_that_was_frozen(void **state) {
    const struct plan_scope scope = {0};
    (void)state;
    add_usual(5);
    int64_t id = make_drawn(&scope);
    run("UPDATE inspector SET state = '离岗', name = '改名' WHERE number = 'G00'");
    add(&(struct known){.number = "late", .until = 20280101});
    assert_ok(team(id), &county.error);
    assert_true(county_count(&county, "SELECT count(*) FROM plan_member WHERE inspector = 'G00'") >
                0);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM plan_member WHERE inspector = 'late'"), 0);
    run("UPDATE plan_roster SET text = CAST(replace(text, '某G01', '某G77') AS BLOB)");
    struct team_member *members = NULL;
    size_t count = 0;
    struct plan plan = load(id);
    county_expect(
        &county,
        teams_load(county.store, &plan, 1, 9, county.arena, &members, &count, &county.error),
        RESULT_DAMAGED, "digest");
}

static void without_enough_inspectors_units_and_persons_are_named(void **state) {
    const struct plan_scope scope = {0};
    (void)state;
    int64_t none = make_drawn(&scope);
    assert_null(load(none).roster_digest);
    county_expect(&county, team(none), RESULT_REFUSED, "without inspectors");
    add(&(struct known){.number = "alone", .until = 20280101});
    int64_t one = make_drawn(&scope);
    county_expect(&county, team(one), RESULT_REFUSED, "某alone");
    run("UPDATE inspector SET state = '退休'");
    int64_t nobody = make_drawn(&scope);
    county_expect(&county, team(nobody), RESULT_REFUSED, "nobody of the roster");
    assert_int_equal(county_count(&county, "SELECT count(*) FROM plan_member"), 0);
}

static void teams_come_after_the_draw_and_before_the_approval(void **state) {
    const struct plan_scope scope = {0};
    (void)state;
    add_usual(4);
    int64_t id = make(&scope);
    county_expect(&county, team(id), RESULT_REFUSED, "draw");
    assert_ok(
        plan_draw_through(county.store, &county.officer, id, SEED, "摇奖机", NULL, &county.error),
        &county.error);
    assert_ok(plan_approve(county.store, &county.approver, id, &county.error), &county.error);
    county_expect(&county, team(id), RESULT_REFUSED, "");
}

static void a_team_has_a_size(void **state) {
    struct draw_rule rules[CLASS_COUNT] = {0};
    const struct draw_measures measures = {.mode = DRAW_MODE_RATE,
                                           .stratum_maximum = DRAW_NO_MAXIMUM,
                                           .rules = rules,
                                           .rule_count = CLASS_COUNT};
    const struct plan_scope nine = {.team_size = 9};
    const struct plan_scope three = {.team_size = 3};
    int64_t id = 0;
    (void)state;
    add_usual(4);
    assert_ok(rates_parse("A=1/2,B=1/2,C=1/2,D=100%", rules, &county.error), &county.error);
    county_expect(
        &county,
        plan_create(county.store, &county.officer, "抽查", &nine, &measures, &id, &county.error),
        RESULT_USAGE, "9");
    id = make_drawn(&three);
    assert_ok(team(id), &county.error);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM plan_member"), 3 * load(id).drawn);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_who_holds_on_the_day_of_the_check_is_frozen,
                                        open_county, close_county),
        cmocka_unit_test_setup_teardown(every_unit_gets_a_team_as_even_as_can_be, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(nobody_goes_where_he_is_recused, open_county, close_county),
        cmocka_unit_test_setup_teardown(teams_are_those_of_the_roster_that_was_frozen, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(without_enough_inspectors_units_and_persons_are_named,
                                        open_county, close_county),
        cmocka_unit_test_setup_teardown(teams_come_after_the_draw_and_before_the_approval,
                                        open_county, close_county),
        cmocka_unit_test_setup_teardown(a_team_has_a_size, open_county, close_county),
    };
    return cmocka_run_group_tests_name("teams", tests, NULL, NULL);
}
