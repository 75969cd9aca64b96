#include "unit/unit.h"

#include "unit/random.h"
#include "unit/stage.h"

#include <string.h>

#define ONE_DIMENSION "{\"code\":\"d\",\"name\":\"维\"}"
#define HEAD(code) "{\"code\":\"" code "\",\"name\":\"指标\",\"dimension\":\"d\",\"basis\":\"X9\","

static struct stage stage;

static int clear_stage(void **state) {
    (void)state;
    stage_clear(&stage);
    return 0;
}

#define TWO_RULES                                                                                  \
    "{\"code\":\"R1\",\"name\":\"一\",\"facts\":[\"serious_violation\"],\"mode\":\"auto\","       \
    "\"basis\":\"X11\"},{\"code\":\"R2\",\"name\":\"二\",\"facts\":[\"consumer_concern\","        \
    "\"blacklist\"],\"mode\":\"confirm\",\"basis\":\"X11\"}"

/* Histories made at random, the same ones every time. */

static date random_day(random_state *state) {
    return date_add_days(20261031, -random_between(state, -40, 2200));
}

static void random_fact(random_state *state) {
    struct fact *fact =
        stage_add(&stage, random_between(state, 1, FACT_TYPE_END - 1), random_day(state));
    if (random_between(state, 0, 2) == 0) {
        fact->ended_on = date_add_days(fact->occurred_on, random_between(state, 0, 900));
    }
    if (random_between(state, 0, 3) > 0) {
        fact->level = random_between(state, 0, 5);
    }
    if (random_between(state, 0, 3) > 0) {
        fact->amount = random_between(state, 0, 80000000);
    }
    if (random_between(state, 0, 6) == 0) {
        fact->status = random_between(state, 1, 5);
    }
}

static void random_enterprise(random_state *state) {
    static const char *const industries[] = {NULL, "F5211", "F5251", "H6210", "C1411", "B0610"};
    static const char *const statuses[] = {"open", "cancelling", "revoked", "withdrawn"};
    struct enterprise *enterprise = &stage.subject.enterprise;
    *enterprise = enterprise_unknown();
    enterprise->id = 1;
    enterprise->industry = industries[random_between(state, 0, 5)];
    enterprise->status = statuses[random_between(state, 0, 3)];
    enterprise->established_on = date_add_days(20261031, -random_between(state, 0, 5000));
    enterprise->capital = (int64_t)random_between(state, 0, 2000) * 1000000;
    enterprise->insured_staff = random_between(state, 0, 20);
    enterprise->key_field = random_between(state, 0, 1);
}

static void random_history(random_state *state, int most) {
    stage.subject.fact_count = 0;
    stage.override_count = 0;
    random_enterprise(state);
    for (int n = random_between(state, 0, most); n > 0; n--) {
        random_fact(state);
    }
}

/* Indicators whose parts contradict each other: negative points, ranges, falling bands. */
#define ODD_INDICATORS                                                                             \
    HEAD("P")                                                                                      \
    "\"kind\":\"event\",\"facts\":[\"penalty\",\"price\",\"complaint\"],"                          \
    "\"by\":\"level\",\"missing\":-3,\"bands\":[{\"to\":2,\"points\":61},{\"from\":2,"             \
    "\"to\":4,\"points\":-35},{\"from\":4,\"points\":333}],\"decay\":[[7,93],[19,41]],"            \
    "\"floor\":-50,\"cap\":240}," HEAD(                                                            \
        "Q") "\"kind\":\"amount\",\"facts\":[\"penalty\",\"other_penalty\",\"tax_arrears\"],"      \
             "\"level\":{\"from\":1},\"window\":48,\"bands\":[{\"from\":100,\"to\":200000,"        \
             "\"points\":77},{\"from\":200000,\"points\":12}]}," HEAD(                             \
                 "H") "\"kind\":\"count\",\"facts\":[\"honour\",\"licence\"],\"window\":30,"       \
                      "\"bands\":[{\"from\":1,\"to\":3,\"points\":-40},{\"from\":3,\"points\":-"   \
                      "90}],"                                                                      \
                      "\"floor\":-80},"                                                            \
                      "{\"code\":\"S\",\"name\":\"另\",\"dimension\":\"e\",\"basis\":\"X9\","     \
                      "\"kind\":\"present\",\"facts\":[\"blacklist\",\"equity_freeze\","           \
                      "\"change\"],"                                                               \
                      "\"points\":310}"
#define ODD_DIMENSIONS                                                                             \
    "{\"code\":\"d\",\"name\":\"维\",\"cap\":220},{\"code\":\"e\",\"name\":\"另\"}"

static void check_sums(const struct stage *at) {
    const struct policy *policy = at->policy;
    const struct score *score = &at->score;
    int64_t dimensions[POLICY_MOST_DIMENSIONS] = {0};
    int64_t given[POLICY_MOST_INDICATORS] = {0};
    size_t count = 0;
    const struct score_contribution *contributions = score_engine_contributions(at->engine, &count);
    for (size_t i = 0; i < count; i++) {
        given[contributions[i].indicator] += contributions[i].centipoints;
        assert_true(contributions[i].fact < at->subject.fact_count);
    }
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &policy->indicators[i];
        int64_t points = score->indicators[i].centipoints;
        assert_true(points >= indicator->floor * 100);
        assert_true(indicator->cap == POLICY_NO_CAP || points <= indicator->cap * 100);
        if (indicator->kind == POLICY_EVENT) {
            assert_int_equal(given[i], score->indicators[i].raw);
        }
        dimensions[indicator->dimension] += points;
    }
    int64_t total = 0;
    for (size_t i = 0; i < policy->dimension_count; i++) {
        int64_t cap = policy->dimensions[i].cap == POLICY_NO_CAP ? INT64_MAX
                                                                 : policy->dimensions[i].cap * 100;
        int64_t sum = dimensions[i] < 0 ? 0 : dimensions[i] > cap ? cap : dimensions[i];
        assert_int_equal(score->dimensions[i], sum);
        total += sum;
    }
    assert_int_equal(score->total, total > 100000 ? 100000 : total);
    assert_true(score->total >= 0);
}

static void test_caps_hold_and_points_add_up(void **state) {
    (void)state;
    random_state seed = 1;
    stage_set(&stage, ODD_DIMENSIONS, ODD_INDICATORS, TWO_RULES);
    for (int round = 0; round < 2000; round++) {
        random_history(&seed, 40);
        stage_total(&stage);
        check_sums(&stage);
    }
    stage_clear(&stage);
    stage_set_built_in(&stage);
    for (int round = 0; round < 2000; round++) {
        random_history(&seed, 40);
        stage_total(&stage);
        check_sums(&stage);
    }
}

static void test_the_order_of_facts_never_matters(void **state) {
    (void)state;
    random_state seed = 2;
    stage_set(&stage, ODD_DIMENSIONS, ODD_INDICATORS, TWO_RULES);
    for (int round = 0; round < 1000; round++) {
        random_history(&seed, 20);
        stage_total(&stage);
        struct score before = stage.score;
        for (size_t i = stage.subject.fact_count; i > 1; i--) {
            size_t other = (size_t)random_between(&seed, 0, (int)i - 1);
            struct fact fact = stage.facts[i - 1];
            stage.facts[i - 1] = stage.facts[other];
            stage.facts[other] = fact;
        }
        stage_total(&stage);
        assert_memory_equal(&before, &stage.score, sizeof(before));
    }
}

/* Facts that speak for an enterprise under the built-in policy. */
static bool is_good(const struct fact *fact) {
    return fact->type == FACT_TYPE_honour || fact->type == FACT_TYPE_licence ||
           fact->type == FACT_TYPE_other_licence ||
           (fact->type == FACT_TYPE_inspection && fact->level == 0);
}

/* More facts in the months before make the recent ones a smaller growth. */
static bool is_past_of_a_growth(const struct fact *fact) {
    for (size_t i = 0; i < stage.policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &stage.policy->indicators[i];
        if (indicator->kind == POLICY_GROWTH && score_fact_matches(indicator, fact) &&
            date_months_between(fact->occurred_on, stage.day) >= indicator->recent) {
            return true;
        }
    }
    return false;
}

static void test_a_bad_fact_never_lowers_a_total_and_its_exclusion_gives_it_back(void **state) {
    (void)state;
    random_state seed = 3;
    stage_set_built_in(&stage);
    int raised = 0;
    for (int round = 0; round < 3000; round++) {
        random_history(&seed, 12);
        int64_t before = stage_total(&stage);
        struct score old = stage.score;
        random_fact(&seed);
        struct fact *news = &stage.facts[stage.subject.fact_count - 1];
        int64_t after = stage_total(&stage);
        if (!is_past_of_a_growth(news)) {
            bool good = is_good(news);
            assert_true(good ? after <= before : after >= before);
            assert_true(good ? stage.score.final_class <= old.final_class
                             : stage.score.final_class >= old.final_class);
        }
        raised += after > before ? 1 : 0;
        stage_override(&stage, OVERRIDE_EXCLUDE_FACT)->fact = news->id;
        stage_total(&stage);
        assert_memory_equal(&old, &stage.score, sizeof(old));
    }
    assert_true(raised > 500); /* the histories are no empty ones */
}

/* ---- the way down -------------------------------------------------------------------------- */

/* The fewest facts without which the class falls, by trying all sets; 0 when there is none. */
static size_t fewest_by_force(void) {
    size_t facts = stage.subject.fact_count;
    stage_total(&stage);
    enum risk_class now = stage.score.final_class;
    size_t fewest = 0;
    for (uint32_t set = 1; set < 1u << facts; set++) {
        int64_t without[16];
        size_t count = 0;
        for (size_t i = 0; i < facts; i++) {
            if (set >> i & 1) {
                without[count++] = stage.facts[i].id;
            }
        }
        if (fewest != 0 && count >= fewest) {
            continue;
        }
        stage_total_without(&stage, without, count);
        if (stage.score.final_class < now) {
            fewest = count;
        }
    }
    return fewest;
}

static void check_way_down(void) {
    struct error error = ERROR_INIT;
    struct score_input input = stage_input(&stage);
    struct way_down way;
    struct arena *arena = arena_new();
    stage_total(&stage);
    enum risk_class now = stage.score.final_class;
    assert_ok(way_down_find(stage.engine, &input, arena, &way, &error), &error);
    assert_true(way.smallest);
    assert_int_equal(way.count, fewest_by_force());
    if (way.count > 0) {
        stage_total_without(&stage, way.facts, way.count);
        assert_int_equal(stage.score.final_class, way.reached);
        assert_true(way.reached < now);
    }
    arena_free(arena);
}

static void test_the_way_down_is_the_smallest(void **state) {
    (void)state;
    random_state seed = 4;
    stage_set(&stage, ODD_DIMENSIONS, ODD_INDICATORS, TWO_RULES);
    for (int round = 0; round < 1500; round++) {
        random_history(&seed, 9);
        check_way_down();
    }
    stage_clear(&stage);
    stage_set_built_in(&stage);
    for (int round = 0; round < 1500; round++) {
        random_history(&seed, 9);
        check_way_down();
    }
}

/* Facts that lower the score must not hide the way: without all facts this one stays B. */
static void test_good_facts_do_not_hide_the_way_down(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("BASE") "\"kind\":\"attribute\",\"attribute\":\"age_months\",\"missing\":210,"
                           "\"bands\":[]}," HEAD(
                               "BAD") "\"kind\":\"event\",\"facts\":[\"penalty\"],\"points\":40}"
                                      "," HEAD("GOOD") "\"kind\":\"count\",\"facts\":[\"honour\"],"
                                                       "\"window\":36,"
                                                       "\"bands\":[{\"from\":1,\"points\":-30}],"
                                                       "\"floor\":-30}",
              "");
    struct fact *bad = stage_add(&stage, FACT_TYPE_penalty, 20261001);
    stage_add(&stage, FACT_TYPE_honour, 20261001);
    assert_int_equal(stage_total(&stage), 22000);
    struct error error = ERROR_INIT;
    struct score_input input = stage_input(&stage);
    struct way_down way;
    struct arena *arena = arena_new();
    assert_ok(way_down_find(stage.engine, &input, arena, &way, &error), &error);
    assert_int_equal(way.count, 1);
    assert_int_equal(way.facts[0], bad->id);
    assert_int_equal(way.reached, CLASS_A);
    arena_free(arena);
}

static void test_a_way_among_many_facts_is_a_way(void **state) {
    (void)state;
    stage_set(&stage, ONE_DIMENSION,
              HEAD("E") "\"kind\":\"event\",\"facts\":[\"tip_off\"],"
                        "\"points\":5}",
              TWO_RULES);
    for (int i = 0; i < 100; i++) {
        stage_add(&stage, FACT_TYPE_tip_off, 20261001); /* 500 points: C */
    }
    struct error error = ERROR_INIT;
    struct score_input input = stage_input(&stage);
    struct way_down way;
    struct arena *arena = arena_new();
    assert_ok(way_down_find(stage.engine, &input, arena, &way, &error), &error);
    assert_int_equal(way.count, 1);
    assert_true(way.smallest);
    stage_add(&stage, FACT_TYPE_serious_violation, 20260101); /* now D, by a rule */
    input = stage_input(&stage);
    assert_ok(way_down_find(stage.engine, &input, arena, &way, &error), &error);
    assert_int_equal(way.count, 1);
    assert_int_equal(way.facts[0], 101);
    assert_int_equal(way.reached, CLASS_C);
    /* Eleven rules' facts at once are past what can be tried: still a way, and no more than that.
     */
    for (int i = 0; i < 10; i++) {
        stage_add(&stage, FACT_TYPE_serious_violation, 20260101);
    }
    input = stage_input(&stage);
    assert_ok(way_down_find(stage.engine, &input, arena, &way, &error), &error);
    assert_false(way.smallest);
    assert_int_equal(way.count, 11);
    stage_total_without(&stage, way.facts, way.count);
    assert_int_equal(stage.score.final_class, way.reached);
    assert_true(way.reached < CLASS_D);
    arena_free(arena);
}

#define PROPERTY_TEST(test) cmocka_unit_test_teardown(test, clear_stage)

int main(void) {
    const struct CMUnitTest tests[] = {
        PROPERTY_TEST(test_caps_hold_and_points_add_up),
        PROPERTY_TEST(test_the_order_of_facts_never_matters),
        PROPERTY_TEST(test_a_bad_fact_never_lowers_a_total_and_its_exclusion_gives_it_back),
        PROPERTY_TEST(test_the_way_down_is_the_smallest),
        PROPERTY_TEST(test_good_facts_do_not_hide_the_way_down),
        PROPERTY_TEST(test_a_way_among_many_facts_is_a_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
