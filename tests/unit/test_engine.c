#include "unit/unit.h"

#include "unit/stage.h"

#define ONE_DIMENSION "{\"code\":\"d\",\"name\":\"维\"}"
#define HEAD(code) "{\"code\":\"" code "\",\"name\":\"指标\",\"dimension\":\"d\",\"basis\":\"X9\","

static struct stage stage;

static int clear_stage(void **state) {
    (void)state;
    stage_clear(&stage);
    return 0;
}

static void test_attribute_bands_hold_their_lower_end(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("AGE") "\"kind\":\"attribute\",\"attribute\":\"age_months\",\"missing\":20,"
                          "\"bands\":[{\"to\":12,\"points\":60},{\"from\":12,\"to\":36,"
                          "\"points\":40}]}",
              "");
    static const struct {
        date established_on;
        int64_t centipoints;
    } cases[] = {
        {20261031, 6000},  /* today: 0 months */
        {20251101, 6000},  /* 11 months */
        {20251031, 4000},  /* 12 months to the day */
        {20231101, 4000},  /* 35 months */
        {20231031, 0},     /* 36 months: no band */
        {19000101, 0},     /* far out of every band */
        {DATE_NONE, 2000}, /* not known */
        {20261101, 2000},  /* not there yet on t: as good as not known */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        stage.subject.enterprise.established_on = cases[i].established_on;
        assert_int_equal(stage_points(&stage, "AGE"), cases[i].centipoints);
    }
}

static void test_capital_is_whole_ten_thousands_of_yuan(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("CAP") "\"kind\":\"attribute\",\"attribute\":\"capital\",\"missing\":7,"
                          "\"bands\":[{\"to\":3,\"points\":40},{\"from\":3,\"points\":1}]}",
              "");
    static const struct {
        int64_t fen;
        int64_t centipoints;
    } cases[] = {{0, 4000}, {2999999, 4000}, {3000000, 100}, {ENTERPRISE_UNKNOWN, 700}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        stage.subject.enterprise.capital = cases[i].fen;
        assert_int_equal(stage_points(&stage, "CAP"), cases[i].centipoints);
    }
}

static void test_other_numbers_of_an_enterprise(void **state) {
    (void)state;
    stage_set(
        &stage, ONE_DIMENSION,
        HEAD("STAFF") "\"kind\":\"attribute\",\"attribute\":\"insured_staff\",\"missing\":8,"
                      "\"bands\":[{\"from\":0,\"to\":1,\"points\":30}]}," HEAD(
                          "PAID") "\"kind\":\"attribute\",\"attribute\":\"paid_in_percent\","
                                  "\"bands\":[{\"to\":30,\"points\":15}]}," HEAD(
                                      "KEY") "\"kind\":\"attribute\",\"attribute\":\"key_field\","
                                             "\"bands\":[{\"from\":1,\"to\":2,\"points\":20}]}",
        "");
    assert_int_equal(stage_points(&stage, "STAFF"), 800);
    assert_int_equal(stage_points(&stage, "PAID"), 0);
    assert_int_equal(stage_points(&stage, "KEY"), 0);
    stage.subject.enterprise.insured_staff = 0;
    stage.subject.enterprise.paid_in_percent = 29;
    stage.subject.enterprise.key_field = 1;
    assert_int_equal(stage_points(&stage, "STAFF"), 3000);
    assert_int_equal(stage_points(&stage, "PAID"), 1500);
    assert_int_equal(stage_points(&stage, "KEY"), 2000);
    assert_int_equal(stage_total(&stage), 6500);
    stage.subject.enterprise.paid_in_percent = 30;
    stage.subject.enterprise.insured_staff = 1;
    stage.subject.enterprise.key_field = 0;
    assert_int_equal(stage_total(&stage), 0);
}

static void test_industries_go_by_the_longest_prefix(void **state) {
    (void)state;
    stage_set(
        &stage, ONE_DIMENSION,
        HEAD("IND") "\"kind\":\"attribute\",\"attribute\":\"industry\",\"missing\":3,"
                    "\"codes\":{\"F5\":5,\"F525\":20,\"F52\":12,\"G\":10}}," HEAD(
                        "STATUS") "\"kind\":\"attribute\",\"attribute\":\"status\",\"missing\":1,"
                                  "\"codes\":{\"cancelling\":30}}",
        "");
    static const struct {
        const char *code;
        int64_t centipoints;
    } cases[] = {{"F5251", 2000}, {"F525", 2000}, {"F5211", 1200}, {"F51", 500}, {"F", 0},
                 {"G5411", 1000}, {"H", 0},       {"", 300},       {NULL, 300}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        stage.subject.enterprise.industry = cases[i].code;
        assert_int_equal(stage_points(&stage, "IND"), cases[i].centipoints);
    }
    assert_int_equal(stage_points(&stage, "STATUS"), 100);
    stage.subject.enterprise.status = "cancelling";
    assert_int_equal(stage_points(&stage, "STATUS"), 3000);
    stage.subject.enterprise.status = "cancellingly"; /* only industries go by prefix */
    assert_int_equal(stage_points(&stage, "STATUS"), 0);
}

static void test_an_empty_code_map_gives_nothing_for_what_is_known(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("IND") "\"kind\":\"attribute\",\"attribute\":\"industry\",\"missing\":3,"
                          "\"codes\":{}}",
              "");
    assert_int_equal(stage_points(&stage, "IND"), 300);
    stage.subject.enterprise.industry = "F52";
    assert_int_equal(stage_points(&stage, "IND"), 0);
}

static void test_a_listing_is_over_on_the_day_it_ends(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("LIST") "\"kind\":\"present\",\"facts\":[\"abnormal_listing\"],"
                           "\"points\":160}",
              "");
    assert_int_equal(stage_points(&stage, "LIST"), 0);
    struct fact *fact = stage_add(&stage, FACT_TYPE_abnormal_listing, 20261031);
    assert_int_equal(stage_points(&stage, "LIST"), 16000); /* begun today */
    fact->ended_on = 20261031;
    assert_int_equal(stage_points(&stage, "LIST"), 0);
    fact->ended_on = 20261101;
    assert_int_equal(stage_points(&stage, "LIST"), 16000);
    stage.day = 20261030;
    assert_int_equal(stage_points(&stage, "LIST"), 0); /* not begun */
    stage.day = 20261031;
    stage_add(&stage, FACT_TYPE_abnormal_listing, 20200101);
    assert_int_equal(stage_points(&stage, "LIST"), 16000); /* two give no more than one */
    assert_int_equal(stage.score.indicators[0].value, 2);
}

static void test_counts_stop_at_the_window(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("N") "\"kind\":\"count\",\"facts\":[\"complaint\",\"tip_off\"],\"window\":12,"
                        "\"bands\":[{\"from\":1,\"to\":2,\"points\":15},{\"from\":2,\"to\":4,"
                        "\"points\":40},{\"from\":4,\"points\":80}]}",
              "");
    stage_add(&stage, FACT_TYPE_complaint, 20251031); /* 12 months: outside */
    assert_int_equal(stage_points(&stage, "N"), 0);
    stage_add(&stage, FACT_TYPE_complaint, 20251101); /* 11 months: inside */
    assert_int_equal(stage_points(&stage, "N"), 1500);
    stage_add(&stage, FACT_TYPE_tip_off, 20261031);
    assert_int_equal(stage_points(&stage, "N"), 4000);
    stage_add(&stage, FACT_TYPE_penalty, 20261031); /* another type */
    assert_int_equal(stage_points(&stage, "N"), 4000);
    stage_add(&stage, FACT_TYPE_complaint, 20261101);                      /* after t */
    stage_add(&stage, FACT_TYPE_complaint, 20261001)->ended_on = 20261002; /* over, but counts */
    assert_int_equal(stage_points(&stage, "N"), 4000);
    stage_add(&stage, FACT_TYPE_complaint, 20260101);
    assert_int_equal(stage_points(&stage, "N"), 8000);
    assert_int_equal(stage.score.indicators[0].value, 4);
}

static void test_levels_and_amounts_choose_facts(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("L") "\"kind\":\"count\",\"facts\":[\"penalty\"],\"window\":12,"
                        "\"level\":{\"from\":2,\"to\":4},\"bands\":[{\"from\":1,\"points\":1},"
                        "{\"from\":-5,\"to\":1,\"points\":50}]}," HEAD(
                            "M") "\"kind\":\"present\",\"facts\":[\"penalty\"],\"amount\":{"
                                 "\"from\":10000},"
                                 "\"points\":2}",
              "");
    assert_int_equal(stage_points(&stage, "L"), 5000); /* a band may hold 0 */
    struct fact *fact = stage_add(&stage, FACT_TYPE_penalty, 20261001);
    assert_int_equal(stage_points(&stage, "L"), 5000); /* no level: no match */
    assert_int_equal(stage_points(&stage, "M"), 0);
    fact->level = 1;
    fact->amount = 9999;
    assert_int_equal(stage_points(&stage, "L"), 5000);
    assert_int_equal(stage_points(&stage, "M"), 0);
    fact->level = 2;
    fact->amount = 10000;
    assert_int_equal(stage_points(&stage, "L"), 100);
    assert_int_equal(stage_points(&stage, "M"), 200);
    fact->level = 4;
    assert_int_equal(stage_points(&stage, "L"), 5000);
}

static void test_amounts_are_summed_in_fen_and_judged_in_yuan(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("SUM") "\"kind\":\"amount\",\"facts\":[\"penalty\",\"other_penalty\"],"
                          "\"window\":36,\"bands\":[{\"from\":5000,\"to\":20000,\"points\":20},"
                          "{\"from\":20000,\"points\":50}]}",
              "");
    stage_add(&stage, FACT_TYPE_penalty, 20260101)->amount = 499950;
    stage_add(&stage, FACT_TYPE_penalty, 20260101); /* no amount */
    assert_int_equal(stage_points(&stage, "SUM"), 0);
    stage_add(&stage, FACT_TYPE_other_penalty, 20260101)->amount = 49;
    assert_int_equal(stage_points(&stage, "SUM"), 0); /* 4999.99 yuan */
    stage_add(&stage, FACT_TYPE_penalty, 20260101)->amount = 1;
    assert_int_equal(stage_points(&stage, "SUM"), 2000);              /* 5000.00 yuan */
    stage_add(&stage, FACT_TYPE_penalty, 20231031)->amount = 9900000; /* 36 months: outside */
    assert_int_equal(stage_points(&stage, "SUM"), 2000);
    stage_add(&stage, FACT_TYPE_penalty, 20231101)->amount = 1500000;
    assert_int_equal(stage_points(&stage, "SUM"), 5000);
    assert_int_equal(stage.score.indicators[0].value, 20000);
}

static void test_events_by_level_amount_and_fixed(void **state) {
    (void)state;
    stage_set(
        &stage, ONE_DIMENSION,
        HEAD("LEVEL") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"by\":\"level\","
                      "\"missing\":9,\"bands\":[{\"to\":2,\"points\":60},{\"from\":2,"
                      "\"to\":3,\"points\":120}]}," HEAD(
                          "AMOUNT") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"by\":\"amount\","
                                    "\"missing\":8,\"bands\":[{\"from\":100,\"points\":33}],"
                                    "\"decay\":[[12,50]]}," HEAD(
                                        "FIXED") "\"kind\":\"event\",\"facts\":[\"penalty\"],"
                                                 "\"points\":7,"
                                                 "\"window\":6}",
        "");
    struct fact *fact = stage_add(&stage, FACT_TYPE_penalty, 20261001);
    assert_int_equal(stage_points(&stage, "LEVEL"), 900);
    assert_int_equal(stage_points(&stage, "AMOUNT"), 400); /* decay holds for missing too */
    assert_int_equal(stage_points(&stage, "FIXED"), 700);
    fact->level = 1;
    fact->amount = 9999;
    assert_int_equal(stage_points(&stage, "LEVEL"), 6000);
    assert_int_equal(stage_points(&stage, "AMOUNT"), 0); /* 99.99 yuan */
    fact->amount = 10000;
    assert_int_equal(stage_points(&stage, "AMOUNT"), 1650); /* 16.5 points: exact centipoints */
    struct fact *second = stage_add(&stage, FACT_TYPE_penalty, 20260430); /* 6 months old */
    second->level = 3;                                                    /* in no band */
    assert_int_equal(stage_points(&stage, "LEVEL"), 6000);
    assert_int_equal(stage_points(&stage, "FIXED"), 700);
    second->level = 2;
    assert_int_equal(stage_points(&stage, "LEVEL"), 18000);
    assert_int_equal(stage.score.indicators[0].value, 2);
}

static void test_decay_steps_at_month_ends_and_leap_days(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("E") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"points\":100,"
                        "\"decay\":[[1,100],[12,70],[24,40]]}",
              "");
    static const struct {
        date occurred_on;
        date day;
        int64_t centipoints;
    } cases[] = {
        {20260131, 20260227, 10000}, /* one day short of a short month's last */
        {20260131, 20260228, 7000},  /* the last day of February counts as the 31st */
        {20260130, 20260228, 7000},  {20260128, 20260227, 10000}, {20260128, 20260228, 7000},
        {20260331, 20260429, 10000}, {20260331, 20260430, 7000},  {20260430, 20260530, 7000},
        {20260430, 20260529, 10000}, {20240131, 20240228, 10000}, /* a leap year has one more */
        {20240131, 20240229, 7000},  {20240229, 20250227, 7000},  /* 11 months */
        {20240229, 20250228, 4000},                               /* 12 months */
        {20240229, 20260227, 4000},  {20240229, 20260228, 0},     /* 24 months: past the table */
        {20240229, 20240229, 10000}, {20230228, 20240228, 4000},  {20230228, 20240227, 7000},
        {20251231, 20261230, 7000},  {20251231, 20261231, 4000},
    };
    struct fact *fact = stage_add(&stage, FACT_TYPE_penalty, 20260131);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fact->occurred_on = cases[i].occurred_on;
        stage.day = cases[i].day;
        if (stage_points(&stage, "E") != cases[i].centipoints) {
            fail_msg("%d to %d: %lld", cases[i].occurred_on, cases[i].day,
                     (long long)stage_points(&stage, "E"));
        }
    }
}

static void test_caps_and_floors_clamp(void **state) {
    (void)state;
    stage_set(
        &stage, "{\"code\":\"d\",\"name\":\"维\",\"cap\":100},{\"code\":\"e\",\"name\":\"另\"}",
        HEAD("HIGH") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"points\":40,\"cap\":70}," HEAD(
            "LOW") "\"kind\":\"count\",\"facts\":[\"honour\"],\"window\":36,"
                   "\"bands\":[{\"from\":1,\"points\":-30}],\"floor\":-20}," HEAD(
                       "DEEP") "\"kind\":\"event\",\"facts\":[\"licence\"],\"points\":-90,"
                               "\"floor\":-500}," HEAD(
                                   "MORE") "\"kind\":\"event\",\"facts\":[\"tip_off\"],\"points\":"
                                           "50},"
                                           "{\"code\":\"OTHER\",\"name\":\"另\",\"dimension\":"
                                           "\"e\",\"basis\":\"X9\","
                                           "\"kind\":\"event\",\"facts\":[\"price\"],\"points\":"
                                           "800}",
        "");
    stage_add(&stage, FACT_TYPE_penalty, 20261001);
    assert_int_equal(stage_points(&stage, "HIGH"), 4000);
    stage_add(&stage, FACT_TYPE_penalty, 20261001);
    assert_int_equal(stage_points(&stage, "HIGH"), 7000);
    assert_int_equal(stage.score.indicators[0].raw, 8000);
    stage_add(&stage, FACT_TYPE_honour, 20261001);
    assert_int_equal(stage_points(&stage, "LOW"), -2000);
    assert_int_equal(stage.score.indicators[1].raw, -3000);
    assert_int_equal(stage.score.total, 5000);
    stage_add(&stage, FACT_TYPE_tip_off, 20261001);
    stage_add(&stage, FACT_TYPE_tip_off, 20261001);
    assert_int_equal(stage_total(&stage), 10000); /* 150 cut to the dimension's 100 */
    stage_add(&stage, FACT_TYPE_licence, 20261001);
    stage_add(&stage, FACT_TYPE_licence, 20261001);
    assert_int_equal(stage_points(&stage, "DEEP"), -18000);
    assert_int_equal(stage.score.dimensions[0], 0); /* never below 0 */
    stage_add(&stage, FACT_TYPE_price, 20261001);
    assert_int_equal(stage_total(&stage), 80000); /* nor does it lower another dimension */
    stage_add(&stage, FACT_TYPE_price, 20261001);
    assert_int_equal(stage_total(&stage), 100000);
    assert_int_equal(stage.score.dimensions[1], 160000); /* no cap; the total has one */
}

static void test_classes_go_by_the_total(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("E") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"by\":\"level\","
                        "\"bands\":[{\"from\":0,\"to\":1,\"points\":200},{\"from\":1,\"to\":2,"
                        "\"points\":500},{\"from\":2,\"to\":3,\"points\":750},{\"from\":3,"
                        "\"points\":1}],\"decay\":[[1,100],[2,99]]}",
              "");
    static const struct {
        int level;
        date occurred_on;
        int64_t total;
        enum risk_class expected;
    } cases[] = {
        {3, 20261031, 100, CLASS_A},   {0, 20260930, 19800, CLASS_A}, {0, 20261031, 20000, CLASS_B},
        {1, 20260930, 49500, CLASS_B}, {1, 20261031, 50000, CLASS_C}, {2, 20260930, 74250, CLASS_C},
        {2, 20261031, 75000, CLASS_D},
    };
    struct fact *fact = stage_add(&stage, FACT_TYPE_penalty, 20261031);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fact->level = cases[i].level;
        fact->occurred_on = cases[i].occurred_on;
        assert_int_equal(stage_total(&stage), cases[i].total);
        assert_int_equal(stage.score.score_class, cases[i].expected);
        assert_int_equal(stage.score.final_class, cases[i].expected);
        assert_int_equal(stage.score.decision, DECIDED_BY_SCORE);
    }
}

static void test_the_statuses_of_article_10_never_count(void **state) {
    (void)state;
    stage_set_built_in(&stage);
    int64_t before = stage_total(&stage);
    struct fact *fact = stage_add(&stage, FACT_TYPE_serious_violation, 20261001);
    assert_true(stage_total(&stage) > before);
    assert_int_equal(stage.score.decision, DECIDED_BY_DIRECT);
    static const enum fact_status statuses[] = {FACT_STATUS_revoked, FACT_STATUS_changed,
                                                FACT_STATUS_erroneous, FACT_STATUS_disputed,
                                                FACT_STATUS_excluded_by_law};
    for (size_t i = 0; i < 5; i++) {
        fact->status = (int32_t)statuses[i];
        assert_int_equal(stage_total(&stage), before);
        assert_int_equal(stage.score.decision, DECIDED_BY_SCORE);
    }
    fact->status = FACT_STATUS_valid;
    fact->occurred_on = 20261101; /* tomorrow's fact is no fact today */
    assert_int_equal(stage_total(&stage), before);
    assert_int_equal(stage.score.decision, DECIDED_BY_SCORE);
}

#define TWO_RULES                                                                                  \
    "{\"code\":\"R1\",\"name\":\"一\",\"facts\":[\"serious_violation\"],\"mode\":\"auto\","       \
    "\"basis\":\"X11\"},{\"code\":\"R2\",\"name\":\"二\",\"facts\":[\"consumer_concern\","        \
    "\"blacklist\"],\"mode\":\"confirm\",\"basis\":\"X11\"}"
#define ANY_INDICATOR HEAD("E") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"points\":300}"

static void expect(enum risk_class final_class, enum score_decision decision) {
    stage_total(&stage);
    assert_int_equal(stage.score.final_class, final_class);
    assert_int_equal(stage.score.decision, decision);
}

static void test_direct_rules_auto_confirmed_and_waived(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION, ANY_INDICATOR, TWO_RULES);
    expect(CLASS_A, DECIDED_BY_SCORE);
    struct fact *concern = stage_add(&stage, FACT_TYPE_consumer_concern, 20261001);
    expect(CLASS_A, DECIDED_BY_SCORE); /* nobody confirmed it */
    stage_override(&stage, OVERRIDE_CONFIRM_DIRECT)->rule = 1;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.rule, 1);
    concern->ended_on = 20261031;
    expect(CLASS_A, DECIDED_BY_SCORE); /* confirmed, but no longer in force */
    stage_add(&stage, FACT_TYPE_serious_violation, 20261001);
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.rule, 0);
    stage_override(&stage, OVERRIDE_WAIVE_DIRECT)->rule = 1; /* the wrong rule */
    expect(CLASS_D, DECIDED_BY_DIRECT);
    stage_override(&stage, OVERRIDE_WAIVE_DIRECT)->rule = 0;
    expect(CLASS_A, DECIDED_BY_SCORE);
    assert_int_equal(stage.score.score_class, CLASS_A);
    concern->ended_on = DATE_NONE; /* both waived: a waiver also stops a confirmed rule */
    expect(CLASS_A, DECIDED_BY_SCORE);
}

static void test_waiving_one_rule_leaves_the_other(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION, ANY_INDICATOR, TWO_RULES);
    stage_add(&stage, FACT_TYPE_serious_violation, 20261001);
    stage_add(&stage, FACT_TYPE_blacklist, 20261001);
    stage_override(&stage, OVERRIDE_CONFIRM_DIRECT)->rule = 1;
    stage_override(&stage, OVERRIDE_WAIVE_DIRECT)->rule = 0;
    expect(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(stage.score.rule, 1);
}

static void test_a_set_class_replaces_the_score_but_hides_no_rule(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION, ANY_INDICATOR, TWO_RULES);
    stage_add(&stage, FACT_TYPE_penalty, 20261001); /* 300 points: B */
    expect(CLASS_B, DECIDED_BY_SCORE);
    struct score_override *set = stage_override(&stage, OVERRIDE_SET_CLASS);
    set->risk_class = CLASS_C;
    expect(CLASS_C, DECIDED_BY_OVERRIDE);
    assert_int_equal(stage.score.override_id, set->id);
    assert_int_equal(stage.score.score_class, CLASS_B); /* the score's own class stays */
    set->risk_class = CLASS_A;
    expect(CLASS_A, DECIDED_BY_OVERRIDE);
    struct fact *listed = stage_add(&stage, FACT_TYPE_serious_violation, 20261001);
    expect(CLASS_D, DECIDED_BY_DIRECT);
    struct score_override *exclude = stage_override(&stage, OVERRIDE_EXCLUDE_FACT);
    exclude->fact = listed->id;
    expect(CLASS_A, DECIDED_BY_OVERRIDE);
    set->risk_class = CLASS_D;
    expect(CLASS_D, DECIDED_BY_OVERRIDE);
    exclude->fact = 99; /* of nobody here */
    expect(CLASS_D, DECIDED_BY_DIRECT);
}

static void test_an_excluded_fact_is_as_if_it_were_not_there(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION, ANY_INDICATOR, "");
    stage_add(&stage, FACT_TYPE_penalty, 20261001);
    struct fact *second = stage_add(&stage, FACT_TYPE_penalty, 20261002);
    assert_int_equal(stage_total(&stage), 60000);
    int64_t without[] = {second->id};
    assert_int_equal(stage_total_without(&stage, without, 1), 30000);
    stage_override(&stage, OVERRIDE_EXCLUDE_FACT)->fact = second->id;
    assert_int_equal(stage_total(&stage), 30000);
    size_t count = 0;
    const struct score_contribution *given = score_engine_contributions(stage.engine, &count);
    assert_int_equal(count, 1);
    assert_int_equal(given[0].fact, 0);
    assert_int_equal(given[0].centipoints, 30000);
}

#define ENGINE_TEST(test) cmocka_unit_test_teardown(test, clear_stage)

int main(void) {
    const struct CMUnitTest tests[] = {
        ENGINE_TEST(test_attribute_bands_hold_their_lower_end),
        ENGINE_TEST(test_capital_is_whole_ten_thousands_of_yuan),
        ENGINE_TEST(test_other_numbers_of_an_enterprise),
        ENGINE_TEST(test_industries_go_by_the_longest_prefix),
        ENGINE_TEST(test_an_empty_code_map_gives_nothing_for_what_is_known),
        ENGINE_TEST(test_a_listing_is_over_on_the_day_it_ends),
        ENGINE_TEST(test_counts_stop_at_the_window),
        ENGINE_TEST(test_levels_and_amounts_choose_facts),
        ENGINE_TEST(test_amounts_are_summed_in_fen_and_judged_in_yuan),
        ENGINE_TEST(test_events_by_level_amount_and_fixed),
        ENGINE_TEST(test_decay_steps_at_month_ends_and_leap_days),
        ENGINE_TEST(test_caps_and_floors_clamp),
        ENGINE_TEST(test_classes_go_by_the_total),
        ENGINE_TEST(test_the_statuses_of_article_10_never_count),
        ENGINE_TEST(test_direct_rules_auto_confirmed_and_waived),
        ENGINE_TEST(test_waiving_one_rule_leaves_the_other),
        ENGINE_TEST(test_a_set_class_replaces_the_score_but_hides_no_rule),
        ENGINE_TEST(test_an_excluded_fact_is_as_if_it_were_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
