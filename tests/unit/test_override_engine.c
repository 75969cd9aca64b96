/* Articles 9, 10 and 11 before the engine: bounds of the classes, the four direct rules in both
 * modes, what goes before what, and facts of which a part is revoked. */
#include "unit/unit.h"

#include "unit/stage.h"

#include <stdio.h>

#define ONE_DIMENSION "{\"code\":\"d\",\"name\":\"维\"}"
#define HEAD(code) "{\"code\":\"" code "\",\"name\":\"指标\",\"dimension\":\"d\",\"basis\":\"X9\","
#define ANY_INDICATOR HEAD("E") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"points\":300}"

static struct stage stage;

static int clear_stage(void **state) {
    (void)state;
    stage_clear(&stage);
    return 0;
}

static void expect(enum risk_class final_class, enum score_decision decision) {
    stage_total(&stage);
    assert_int_equal(stage.score.final_class, final_class);
    assert_int_equal(stage.score.decision, decision);
}

/* ---- article 9 ------------------------------------------------------------------------------- */

/* A hundredth of a point below a bound is the lower class still. 99 % of the bound's points and 1 %
 * of one point less come to just that. */
static void X9_bounds_belong_to_the_class_above(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("E") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"by\":\"level\",\"bands\":["
                        "{\"from\":0,\"to\":1,\"points\":200},{\"from\":1,\"to\":2,\"points\":199},"
                        "{\"from\":2,\"to\":3,\"points\":500},{\"from\":3,\"to\":4,\"points\":499},"
                        "{\"from\":4,\"to\":5,\"points\":750},{\"from\":5,\"to\":6,\"points\":749},"
                        "{\"from\":6,\"to\":7,\"points\":1000}],"
                        "\"decay\":[[1,100],[2,99],[12,1]]}",
              "");
    static const struct {
        int32_t level;       /* of the first fact */
        date occurred_on;    /* today: 100 %; a month ago: 99 % */
        int32_t other_level; /* of one three months old: 1 %; -1: none */
        int64_t total;
        enum risk_class expected;
    } cases[] = {
        {0, 20260930, 1, 19999, CLASS_A},   {0, 20261031, -1, 20000, CLASS_B},
        {2, 20260930, 3, 49999, CLASS_B},   {2, 20261031, -1, 50000, CLASS_C},
        {4, 20260930, 5, 74999, CLASS_C},   {4, 20261031, -1, 75000, CLASS_D},
        {6, 20261031, -1, 100000, CLASS_D},
    };
    struct fact *first = stage_add(&stage, FACT_TYPE_penalty, 20261031);
    struct fact *second = stage_add(&stage, FACT_TYPE_penalty, 20260731);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        first->level = cases[i].level;
        first->occurred_on = cases[i].occurred_on;
        second->level = cases[i].other_level < 0 ? 0 : cases[i].other_level;
        second->status = cases[i].other_level < 0 ? FACT_STATUS_disputed : FACT_STATUS_valid;
        assert_int_equal(stage_total(&stage), cases[i].total);
        assert_int_equal(stage.score.score_class, cases[i].expected);
        expect(cases[i].expected, DECIDED_BY_SCORE);
    }
}

/* ---- article 11: the rules ------------------------------------------------------------------- */

/* Sets the stage with one rule about a type of fact. */
static void set_rule(const char *item, const char *facts, const char *mode) {
    char rule[256];
    snprintf(rule, sizeof(rule),
             "{\"code\":\"X11-%s\",\"name\":\"规则\",\"facts\":[\"%s\"],\"mode\":\"%s\","
             "\"basis\":\"X11\"}",
             item, facts, mode);
    stage_set(&stage, ONE_DIMENSION, ANY_INDICATOR, rule);
}

/* A rule that holds by itself: in force from its fact's first day to the day before its end. */
static void check_auto(const char *item, int type) {
    set_rule(item, fact_type_code(type), "auto");
    expect(CLASS_A, DECIDED_BY_SCORE);
    struct fact *fact = stage_add(&stage, type, 20261031);
    expect(CLASS_D, DECIDED_BY_DIRECT); /* on its first day */
    fact->occurred_on = 20261101;
    expect(CLASS_A, DECIDED_BY_SCORE); /* the day before */
    fact->occurred_on = 20250101;
    fact->ended_on = 20261101;
    expect(CLASS_D, DECIDED_BY_DIRECT); /* on its last day */
    fact->ended_on = 20261031;
    expect(CLASS_A, DECIDED_BY_SCORE); /* the day it ends */
    fact->ended_on = DATE_NONE;
    struct score_override *decided = stage_override(&stage, OVERRIDE_CONFIRM_DIRECT);
    decided->rule = 0;
    expect(CLASS_D, DECIDED_BY_DIRECT); /* to confirm it as well changes nothing */
    decided->kind = OVERRIDE_WAIVE_DIRECT;
    expect(CLASS_A, DECIDED_BY_SCORE);
    stage_clear(&stage);
}

/* A rule that a person has to confirm for the enterprise. */
static void check_confirm(const char *item, int type) {
    set_rule(item, fact_type_code(type), "confirm");
    struct fact *fact = stage_add(&stage, type, 20261001);
    expect(CLASS_A, DECIDED_BY_SCORE);
    stage_override(&stage, OVERRIDE_CONFIRM_DIRECT)->rule = 0;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    fact->status = FACT_STATUS_revoked;
    expect(CLASS_A, DECIDED_BY_SCORE); /* confirmed, but without a fact */
    fact->status = FACT_STATUS_valid;
    stage_override(&stage, OVERRIDE_WAIVE_DIRECT)->rule = 0;
    expect(CLASS_A, DECIDED_BY_SCORE);
    stage_clear(&stage);
}

#define RULE_TESTS(item, type)                                                                     \
    static void X11_##item##_auto(void **state) {                                                  \
        (void)state;                                                                               \
        check_auto(#item, type);                                                                   \
    }                                                                                              \
    static void X11_##item##_confirm(void **state) {                                               \
        (void)state;                                                                               \
        check_confirm(#item, type);                                                                \
    }
RULE_TESTS(1, FACT_TYPE_serious_violation)
RULE_TESTS(2, FACT_TYPE_judgment_debtor)
RULE_TESTS(3, FACT_TYPE_blacklist)
RULE_TESTS(4, FACT_TYPE_consumer_concern)

/* ---- article 11: what goes before what ------------------------------------------------------- */

static void set_two_rules(void) {
    stage_set(&stage, ONE_DIMENSION, ANY_INDICATOR,
              "{\"code\":\"R1\",\"name\":\"一\",\"facts\":[\"serious_violation\"],\"mode\":"
              "\"auto\",\"basis\":\"X11\"},{\"code\":\"R2\",\"name\":\"二\",\"facts\":["
              "\"blacklist\"],\"mode\":\"confirm\",\"basis\":\"X11\"}");
    stage_add(&stage, FACT_TYPE_penalty, 20261001); /* 300 points: B */
    stage_add(&stage, FACT_TYPE_serious_violation, 20261001);
}

static void X11_a_class_set_to_A_does_not_hide_a_direct_rule(void **state) {
    (void)state;
    set_two_rules();
    stage_override(&stage, OVERRIDE_SET_CLASS)->risk_class = CLASS_A;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.score_class, CLASS_B);
}

static void X11_once_the_rule_is_waived_the_set_class_counts(void **state) {
    (void)state;
    set_two_rules();
    stage_override(&stage, OVERRIDE_WAIVE_DIRECT)->rule = 0;
    expect(CLASS_B, DECIDED_BY_SCORE);
    struct score_override *set = stage_override(&stage, OVERRIDE_SET_CLASS);
    set->risk_class = CLASS_A;
    expect(CLASS_A, DECIDED_BY_OVERRIDE);
    set->risk_class = CLASS_C; /* it may be the worse class too */
    expect(CLASS_C, DECIDED_BY_OVERRIDE);
    assert_int_equal(stage.score.override_id, set->id);
}

static void X11_a_waiver_is_of_one_rule_only(void **state) {
    (void)state;
    set_two_rules();
    stage_add(&stage, FACT_TYPE_blacklist, 20261001);
    stage_override(&stage, OVERRIDE_CONFIRM_DIRECT)->rule = 1;
    struct score_override *waived = stage_override(&stage, OVERRIDE_WAIVE_DIRECT);
    waived->rule = 0;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.rule, 1);
    waived->rule = 1;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.rule, 0);
}

static void X10_an_excluded_fact_makes_its_rule_silent(void **state) {
    (void)state;
    set_two_rules();
    stage_override(&stage, OVERRIDE_EXCLUDE_FACT)->fact = 2;
    expect(CLASS_B, DECIDED_BY_SCORE);
}

static void X19_an_observation_period_leaves_score_and_class(void **state) {
    (void)state;
    set_two_rules();
    int64_t before = stage_total(&stage);
    stage_override(&stage, OVERRIDE_OBSERVE)->rule = 0;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.total, before);
}

/* ---- article 10, item 1: in part ------------------------------------------------------------- */

/* Points by level, by amount, for a level and up, and a sum of amounts, all of one penalty of
 * level 3 and 50,000 yuan. */
static struct score_override *set_part(void) {
    stage_set(
        &stage, ONE_DIMENSION,
        HEAD("LEVEL") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"by\":\"level\",\"bands\":"
                      "[{\"from\":1,\"to\":2,\"points\":10},{\"from\":2,\"to\":3,\"points\":"
                      "40},{\"from\":3,\"points\":90}]}," HEAD(
                          "AMOUNT") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"by\":"
                                    "\"amount\",\"bands\":[{\"from\":0,\"to\":30000,"
                                    "\"points\":5},{\"from\":30000,\"points\":25}]}," HEAD(
                                        "HEAVY") "\"kind\":\"count\",\"facts\":[\"penalty\"],"
                                                 "\"window\":12,\"level\":{\"from\":3},"
                                                 "\"bands\":[{\"from\":1,\"points\":7}]}," HEAD(
                                                     "SUM") "\"kind\":\"amount\",\"facts\":["
                                                            "\"penalty\"],\"window\":12,"
                                                            "\"bands\":[{\"from\":1,\"to\":"
                                                            "20001,\"points\":1},{\"from\":"
                                                            "20001,\"points\":3}]}",
        "{\"code\":\"R1\",\"name\":\"一\",\"facts\":[\"penalty\"],\"mode\":\"confirm\","
        "\"basis\":\"X11\"}");
    struct fact *fact = stage_add(&stage, FACT_TYPE_penalty, 20261001);
    fact->level = 3;
    fact->amount = 5000000;
    struct score_override *part = stage_override(&stage, OVERRIDE_EXCLUDE_FACT);
    part->fact = fact->id;
    part->part = true;
    part->amount_left = FACT_NO_AMOUNT;
    part->level_left = FACT_NO_LEVEL;
    return part;
}

static void expect_points(int64_t level, int64_t amount, int64_t heavy, int64_t sum) {
    assert_int_equal(stage_points(&stage, "LEVEL"), level * 100);
    assert_int_equal(stage_points(&stage, "AMOUNT"), amount * 100);
    assert_int_equal(stage_points(&stage, "HEAVY"), heavy * 100);
    assert_int_equal(stage_points(&stage, "SUM"), sum * 100);
}

static void X10_1_in_part_only_the_revoked_part_drops(void **state) {
    (void)state;
    struct score_override *part = set_part();
    expect_points(90, 25, 7, 3);
    part->amount_left = 2000000;
    expect_points(90, 5, 7, 1);
    part->amount_left = 3000000; /* the bound itself remains */
    expect_points(90, 25, 7, 3);
    part->amount_left = 0;
    expect_points(90, 5, 7, 0);
    part->amount_left = FACT_NO_AMOUNT;
    part->level_left = 2;
    expect_points(40, 25, 0, 3);
    part->amount_left = 2000000;
    expect_points(40, 5, 0, 1);
    assert_int_equal(stage.facts[0].amount, 5000000); /* the fact itself is not touched */
    assert_int_equal(stage.facts[0].level, 3);
}

static void X10_1_in_part_never_adds_to_what_the_source_says(void **state) {
    (void)state;
    struct score_override *part = set_part();
    part->amount_left = 4000000;
    part->level_left = 2;
    stage.facts[0].amount = 100000; /* the source has taken it back further since */
    stage.facts[0].level = 1;
    expect_points(10, 5, 0, 1);
    stage.facts[0].amount = FACT_NO_AMOUNT;
    stage.facts[0].level = FACT_NO_LEVEL;
    expect_points(0, 0, 0, 0); /* not known stays not known */
}

static void X10_1_of_two_revocations_in_part_the_least_remains(void **state) {
    (void)state;
    struct score_override *part = set_part();
    part->amount_left = 4000000;
    part->level_left = 2;
    struct score_override *other = stage_override(&stage, OVERRIDE_EXCLUDE_FACT);
    *other = *part;
    other->amount_left = 1000000;
    other->level_left = FACT_NO_LEVEL;
    expect_points(40, 5, 0, 1);
    other->part = false; /* the whole is revoked as well */
    expect_points(0, 0, 0, 0);
}

static void X10_1_in_part_the_fact_stays_in_force(void **state) {
    (void)state;
    struct score_override *part = set_part();
    part->level_left = 1;
    stage_override(&stage, OVERRIDE_CONFIRM_DIRECT)->rule = 0;
    expect(CLASS_D, DECIDED_BY_DIRECT);
}

#define WITH_STAGE(test) cmocka_unit_test_teardown(test, clear_stage)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_STAGE(X9_bounds_belong_to_the_class_above),
        WITH_STAGE(X11_1_auto),
        WITH_STAGE(X11_1_confirm),
        WITH_STAGE(X11_2_auto),
        WITH_STAGE(X11_2_confirm),
        WITH_STAGE(X11_3_auto),
        WITH_STAGE(X11_3_confirm),
        WITH_STAGE(X11_4_auto),
        WITH_STAGE(X11_4_confirm),
        WITH_STAGE(X11_a_class_set_to_A_does_not_hide_a_direct_rule),
        WITH_STAGE(X11_once_the_rule_is_waived_the_set_class_counts),
        WITH_STAGE(X11_a_waiver_is_of_one_rule_only),
        WITH_STAGE(X10_an_excluded_fact_makes_its_rule_silent),
        WITH_STAGE(X19_an_observation_period_leaves_score_and_class),
        WITH_STAGE(X10_1_in_part_only_the_revoked_part_drops),
        WITH_STAGE(X10_1_in_part_never_adds_to_what_the_source_says),
        WITH_STAGE(X10_1_of_two_revocations_in_part_the_least_remains),
        WITH_STAGE(X10_1_in_part_the_fact_stays_in_force),
    };
    return cmocka_run_group_tests_name("override_engine", tests, NULL, NULL);
}
