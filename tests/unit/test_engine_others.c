/* Indicators that compare an enterprise with its past or with others: growth, share, relation. */
#include "unit/stage.h"
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#define DIMENSION "{\"code\":\"d\",\"name\":\"维度\"}"
#define INDICATOR "\"name\":\"指标\",\"dimension\":\"d\",\"basis\":\"O7\""

static struct stage stage;

static int clear(void **state) {
    (void)state;
    stage_clear(&stage);
    return 0;
}

static void add_complaints(int count, date day) {
    for (int i = 0; i < count; i++) {
        stage_add(&stage, FACT_TYPE_complaint, day);
    }
}

static void set_growth(void) {
    stage_set(&stage, DIMENSION,
              "{\"code\":\"g\"," INDICATOR ",\"kind\":\"growth\",\"facts\":[\"complaint\"],"
              "\"recent\":3,\"base\":12,\"least\":3,\"bands\":["
              "{\"from\":0,\"to\":200,\"points\":1},{\"from\":200,\"to\":400,\"points\":20},"
              "{\"from\":400,\"points\":50}]}",
              "");
}

/* 2026-10-31: the recent months begin on 2026-08-01 (age 2 from there on, 3 on 07-31), those
 * before on 2025-08-01. floor(100 r base / (b recent)). */
static void growth_is_rounded_down_and_fires_bands_from_their_lower_end(void **state) {
    (void)state;
    set_growth();
    add_complaints(4, 20260915);
    add_complaints(8, 20260215);
    assert_int_equal(stage_points(&stage, "g"), 2000); /* 100*4*12/(8*3) = 200 */
    assert_int_equal(stage.score.indicators[0].value, 200);
    add_complaints(1, 20260215);
    assert_int_equal(stage_points(&stage, "g"), 100); /* 4800/27 = 177.7 */
    assert_int_equal(stage.score.indicators[0].value, 177);
    assert_int_equal(stage.score.indicators[0].base, 9);
}

static void growth_knows_the_ends_of_its_months(void **state) {
    (void)state;
    set_growth();
    add_complaints(1, 20260731);                       /* age 3: of the months before */
    add_complaints(3, 20260801);                       /* age 2 */
    add_complaints(1, 20250731);                       /* age 15: of neither */
    add_complaints(1, 20250801);                       /* age 14 */
    assert_int_equal(stage_points(&stage, "g"), 5000); /* 3600/(2*3) = 600 */
    assert_int_equal(stage.score.indicators[0].value, 600);
    assert_int_equal(stage.score.indicators[0].base, 2);
}

static void growth_without_a_past_counts_it_as_one(void **state) {
    (void)state;
    set_growth();
    add_complaints(3, 20260915);
    assert_int_equal(stage_points(&stage, "g"), 5000); /* 3600/3 = 1200 */
    assert_int_equal(stage.score.indicators[0].value, 1200);
}

static void growth_is_silent_below_the_least(void **state) {
    (void)state;
    set_growth();
    add_complaints(2, 20260915);
    assert_int_equal(stage_points(&stage, "g"), 0);
    assert_int_equal(stage.score.indicators[0].value, 800);
    add_complaints(1, 20260915);
    assert_int_equal(stage_points(&stage, "g"), 5000);
}

static void facts_that_do_not_count_make_no_growth(void **state) {
    (void)state;
    set_growth();
    add_complaints(2, 20260915);
    stage_add(&stage, FACT_TYPE_complaint, 20260915)->status = FACT_STATUS_revoked;
    stage_add(&stage, FACT_TYPE_tip_off, 20260915);
    stage_add(&stage, FACT_TYPE_complaint, 20261101);
    assert_int_equal(stage_points(&stage, "g"), 0);
}

/* ---- share ----------------------------------------------------------------------------------- */

static void sharing_gives_bands_and_missing(void **state) {
    (void)state;
    struct score_around around = {.shared = {0}};
    stage_set(&stage, DIMENSION,
              "{\"code\":\"s\"," INDICATOR ",\"kind\":\"share\",\"of\":\"phone\",\"missing\":7,"
              "\"bands\":[{\"from\":3,\"to\":10,\"points\":15},{\"from\":10,\"points\":40}]}",
              "");
    stage.around = &around;
    const int64_t expected[][2] = {{-1, 700}, {0, 0}, {2, 0}, {3, 1500}, {9, 1500}, {10, 4000}};
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        around.shared[SHARE_PHONE] = expected[i][0];
        assert_int_equal(stage_points(&stage, "s"), expected[i][1]);
        assert_int_equal(stage.score.indicators[0].known, expected[i][0] >= 0);
    }
}

/* ---- relation -------------------------------------------------------------------------------- */

static void relations_count_or_take_their_share(void **state) {
    (void)state;
    struct score_related related[2] = {{.known = 7, .hits = 2}, {.known = 7, .hits = 2}};
    struct score_around around = {.related = related};
    stage_set(&stage, DIMENSION,
              "{\"code\":\"n\"," INDICATOR ",\"kind\":\"relation\",\"relations\":[\"shareholder\"],"
              "\"facts\":[\"serious_violation\"],\"bands\":[{\"from\":2,\"points\":30}]},"
              "{\"code\":\"p\"," INDICATOR ",\"kind\":\"relation\",\"relations\":[\"shareholder\"],"
              "\"hops\":2,\"measure\":\"percent\",\"classes\":[\"C\",\"D\"],"
              "\"bands\":[{\"from\":28,\"to\":29,\"points\":11}]}",
              "");
    stage.around = &around;
    assert_int_equal(stage_points(&stage, "n"), 3000);
    assert_int_equal(stage_points(&stage, "p"), 1100); /* 200/7 = 28.5 */
    related[0].hits = 1;
    related[1].known = 0;
    related[1].hits = 0;
    assert_int_equal(stage_points(&stage, "n"), 0);
    assert_int_equal(stage_points(&stage, "p"), 0);
    around.related = NULL;
    assert_int_equal(stage_points(&stage, "n"), 0);
}

/* The facts it looks at are those of others. */
static void own_facts_do_not_count_as_those_of_related_enterprises(void **state) {
    (void)state;
    stage_set(&stage, DIMENSION,
              "{\"code\":\"n\"," INDICATOR ",\"kind\":\"relation\",\"relations\":[\"shareholder\"],"
              "\"facts\":[\"penalty\"],\"bands\":[{\"from\":1,\"points\":30}]}",
              "");
    stage_add(&stage, FACT_TYPE_penalty, 20260101);
    assert_int_equal(stage_points(&stage, "n"), 0);
}

/* ---- documents that break a rule ------------------------------------------------------------- */

static void expect_refused(const char *indicator, const char *sentence) {
    static const char form[] =
        "{\"format\":\"xinfeng-policy/1\",\"code\":\"c\",\"version\":\"1\",\"name\":\"n\","
        "\"applies_to\":{\"kinds\":[\"enterprise\"]},\"maximum\":1000,"
        "\"classes\":{\"A\":0,\"B\":200,\"C\":500,\"D\":750},\"dimensions\":[" DIMENSION "],"
        "\"indicators\":[{\"code\":\"i\"," INDICATOR ",%s}],\"direct\":[],"
        "\"measures\":{\"A\":%s,\"B\":%s,\"C\":%s,\"D\":%s}}";
    static const char measure[] =
        "{\"rate\":{\"num\":1,\"den\":2},\"times\":1,\"method\":\"m\",\"text\":\"t\"}";
    char text[4096];
    struct policy *policy = NULL;
    struct error error = ERROR_INIT;
    snprintf(text, sizeof(text), form, indicator, measure, measure, measure, measure);
    assert_int_equal(policy_parse(&policy, text, "here", &error), RESULT_INVALID);
    if (strstr(error_sentence(&error), sentence) == NULL) {
        fail_msg("%s", error_sentence(&error));
    }
    error_clear(&error);
}

static void what_a_kind_needs_must_be_there(void **state) {
    (void)state;
    expect_refused("\"kind\":\"growth\",\"facts\":[\"complaint\"],\"recent\":3,\"base\":0,"
                   "\"least\":1,\"bands\":[]",
                   "0 is out of bounds");
    expect_refused("\"kind\":\"growth\",\"facts\":[\"complaint\"],\"recent\":3,\"base\":9,"
                   "\"least\":1,\"window\":3,\"bands\":[]",
                   "window");
    expect_refused("\"kind\":\"share\",\"of\":\"name\",\"bands\":[]", "of");
    expect_refused("\"kind\":\"relation\",\"relations\":[\"cousin\"],\"facts\":[\"penalty\"],"
                   "\"bands\":[]",
                   "cousin");
    expect_refused("\"kind\":\"relation\",\"relations\":[],\"facts\":[\"penalty\"],\"bands\":[]",
                   "at least one");
    expect_refused("\"kind\":\"relation\",\"relations\":[\"agent\"],\"hops\":3,"
                   "\"facts\":[\"penalty\"],\"bands\":[]",
                   "3 is out of bounds");
    expect_refused("\"kind\":\"relation\",\"relations\":[\"agent\"],\"classes\":[\"E\"],"
                   "\"bands\":[]",
                   "\"E\"");
    expect_refused("\"kind\":\"relation\",\"relations\":[\"agent\"],\"classes\":[\"D\"],"
                   "\"facts\":[\"penalty\"],\"bands\":[]",
                   "facts");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(growth_is_rounded_down_and_fires_bands_from_their_lower_end,
                                  clear),
        cmocka_unit_test_teardown(growth_knows_the_ends_of_its_months, clear),
        cmocka_unit_test_teardown(growth_without_a_past_counts_it_as_one, clear),
        cmocka_unit_test_teardown(growth_is_silent_below_the_least, clear),
        cmocka_unit_test_teardown(facts_that_do_not_count_make_no_growth, clear),
        cmocka_unit_test_teardown(sharing_gives_bands_and_missing, clear),
        cmocka_unit_test_teardown(relations_count_or_take_their_share, clear),
        cmocka_unit_test_teardown(own_facts_do_not_count_as_those_of_related_enterprises, clear),
        cmocka_unit_test(what_a_kind_needs_must_be_there),
    };
    return cmocka_run_group_tests_name("engine_others", tests, NULL, NULL);
}
