/* Grades by professional policies: beside the general class, by the policy of the field, with what
 * the authority judged before what was computed. */
#include "unit/county.h"
#include "unit/unit.h"

#include "policy/policy_store.h"
#include "registry/record.h"
#include "score/override.h"
#include "score/period.h"
#include "score/professional.h"
#include "score/professional_standing.h"

#include <stdlib.h>
#include <string.h>

#define GRADES                                                                                     \
    "SELECT enterprise || ' ' || field || ' ' || total || ' ' || grade FROM professional_result "  \
    "WHERE period = 202610"

static struct county county;

static const char *food_text(void) {
    size_t count = 0;
    return policy_builtins_professional(&count)[0].text;
}

static int set_up(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    county_close(&county);
    return 0;
}

static void publish(const char *text) {
    assert_ok(policy_store_publish(county.store, text, "food", &county.officer, &county.error),
              &county.error);
}

/* The food policy under another code, for a field. */
static void publish_as(const char *code, const char *field) {
    static const char old_code[] = "\"code\": \"food-operator\"";
    static const char old_field[] = "\"field\": \"食品\"";
    const char *first = strstr(food_text(), old_code);
    const char *second = strstr(food_text(), old_field);
    char *text = NULL;
    assert_true(first != NULL && second > first);
    first += strlen(old_code);
    assert_true(asprintf(&text, "%.*s\"code\": \"%s\"%.*s\"field\": \"%s\"%s",
                         (int)(first - strlen(old_code) - food_text()), food_text(), code,
                         (int)(second - first), first, field, second + strlen(old_field)) > 0);
    publish(text);
    free(text);
}

/* A restaurant of ten years, with ten persons: 16 + 6 points before any fact. */
static int64_t add_restaurant(int number) {
    struct enterprise known = enterprise_unknown();
    known.industry = "H6210";
    known.insured_staff = 10;
    known.established_on = 20160101;
    return county_add(&county, number, &known);
}

static int64_t add_fact(int64_t enterprise, int type, int32_t level, date day, const char *record) {
    struct fact fact = fact_make(type, day);
    fact.level = level;
    return county_fact(&county, enterprise, &fact, record);
}

static void run_period(bool close) {
    struct period period;
    assert_ok(
        period_run(county.store, &county.officer, 202610, close, NULL, &period, &county.error),
        &county.error);
}

static struct professional_standing *load(int64_t enterprise, struct explanation *explanation,
                                          size_t *count) {
    struct professional_standing *standings = NULL;
    assert_ok(
        explanation_load(county.store, enterprise, 0, county.arena, explanation, &county.error),
        &county.error);
    assert_ok(professional_standing_load(county.store, explanation, county.arena, &standings, count,
                                         &county.error),
              &county.error);
    return standings;
}

static void judge(int64_t enterprise, const char *field, const char *grade, date on, date until) {
    const struct save_origin origin = {.actor = &county.officer, .source = "试验"};
    struct record_writer *writer = NULL;
    struct record_value values[RECORD_MOST_COLUMNS] = {0};
    enum save_outcome outcome;
    int64_t id = 0;
    values[GRADE_enterprise].number = enterprise;
    values[GRADE_field].text = field;
    values[GRADE_grade].text = grade;
    values[GRADE_judged_on].number = on;
    values[GRADE_until].number = until;
    values[GRADE_agency].text = "呼图壁县市场监督管理局";
    assert_ok(store_begin(county.store, &county.error), &county.error);
    assert_ok(record_writer_new(&writer, county.store, RECORD_GRADE, &county.error), &county.error);
    assert_ok(record_writer_save(writer, values, &origin, &outcome, &id, &county.error),
              &county.error);
    record_writer_free(writer);
    assert_ok(store_commit(county.store, &county.error), &county.error);
}

/* ---- computing ------------------------------------------------------------------------------- */

static void test_a_grade_stands_beside_the_class(void **state) {
    (void)state;
    int64_t restaurant = add_restaurant(1);
    struct enterprise shop = enterprise_unknown();
    shop.industry = "F5231";
    county_add(&county, 2, &shop);
    add_fact(restaurant, FACT_TYPE_food_inspection, 2, 20260501, "1");
    run_period(false);
    const char *classes = county_dump(&county, "SELECT enterprise, total, final_class FROM result");
    assert_string_equal(county_dump(&county, GRADES), "");
    publish(food_text());
    run_period(false);
    assert_string_equal(county_dump(&county, GRADES), "1 食品 3700 B\n");
    assert_string_equal(county_dump(&county, "SELECT enterprise, total, final_class FROM result"),
                        classes);
}

/* 30 points are A and 31 are B; 45 B and 46 C; 60 C and 61 D: the steps of the national measure. */
static void test_the_bounds_are_those_of_the_measure(void **state) {
    (void)state;
    static const struct {
        int points;
        enum risk_class grade;
    } steps[] = {{0, CLASS_A},  {30, CLASS_A}, {31, CLASS_B}, {45, CLASS_B},
                 {46, CLASS_C}, {60, CLASS_C}, {61, CLASS_D}, {100, CLASS_D}};
    struct policy *policy = NULL;
    assert_ok(policy_parse(&policy, food_text(), "food", &county.error), &county.error);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        assert_int_equal(policy_class_of(policy, steps[i].points * 100), steps[i].grade);
    }
    assert_int_equal(policy->dimensions[0].cap, 40);
    assert_int_equal(policy->dimensions[1].cap, 60);
    for (size_t i = 0; i < policy->indicator_count; i++) { /* whole points alone */
        assert_int_equal(policy->indicators[i].decay_count, 0);
    }
    policy_free(policy);
}

static void test_the_newest_policy_of_a_field_grades_and_fields_stand_side_by_side(void **state) {
    (void)state;
    add_restaurant(1);
    publish(food_text());
    publish_as("food-restaurants", "食品");
    publish_as("lifts", "特种设备");
    run_period(false);
    assert_string_equal(
        county_dump(&county, "SELECT field || ' ' || (SELECT code FROM policy WHERE id = policy) "
                             "FROM professional_result ORDER BY field"),
        "特种设备 lifts\n食品 food-restaurants\n");
}

static void test_a_change_grades_anew_and_a_closed_period_keeps(void **state) {
    (void)state;
    int64_t restaurant = add_restaurant(1);
    int64_t fact = add_fact(restaurant, FACT_TYPE_food_sampling, 3, 20260501, "1");
    const struct override proposal = {.kind = OVERRIDE_EXCLUDE_FACT,
                                      .enterprise = restaurant,
                                      .fact = fact,
                                      .risk_class = CLASS_COUNT,
                                      .fact_status = FACT_STATUS_revoked,
                                      .reason = "复检合格",
                                      .document = "1号"};
    int64_t id = 0;
    publish(food_text());
    run_period(false);
    assert_string_equal(county_dump(&county, GRADES), "1 食品 4700 C\n");
    assert_ok(override_propose(county.store, &county.officer, &proposal, &id, &county.error),
              &county.error);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    assert_string_equal(county_dump(&county, GRADES), "1 食品 2200 A\n");
    run_period(true);
    assert_ok(override_withdraw(county.store, &county.officer, id, "误", "2号", &county.error),
              &county.error);
    assert_string_equal(county_dump(&county, GRADES), "1 食品 2200 A\n");
    county_today(&county, 20261130);
    struct period period;
    assert_ok(
        period_run(county.store, &county.officer, 202611, false, NULL, &period, &county.error),
        &county.error);
    assert_string_equal(county_dump(&county, GRADES), "1 食品 2200 A\n");
    assert_int_equal(
        county_count(&county, "SELECT total FROM professional_result WHERE period = 202611"), 4700);
}

/* Who sets the class sets the general one. */
static void test_a_class_set_by_a_person_is_no_grade(void **state) {
    (void)state;
    int64_t restaurant = add_restaurant(1);
    const struct override proposal = {.kind = OVERRIDE_SET_CLASS,
                                      .enterprise = restaurant,
                                      .risk_class = CLASS_D,
                                      .reason = "立案",
                                      .document = "1号",
                                      .valid_to = 20270101};
    int64_t id = 0;
    publish(food_text());
    run_period(false);
    assert_ok(override_propose(county.store, &county.officer, &proposal, &id, &county.error),
              &county.error);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    assert_string_equal(county_dump(&county, "SELECT final_class FROM result"), "D\n");
    assert_string_equal(county_dump(&county, GRADES), "1 食品 2200 A\n");
}

/* A field that an enterprise leaves, by its trade, takes its grade along. */
static void test_who_leaves_the_trade_has_no_grade(void **state) {
    (void)state;
    int64_t restaurant = add_restaurant(1);
    publish(food_text());
    run_period(false);
    assert_ok(store_begin(county.store, &county.error), &county.error);
    struct enterprise other = enterprise_unknown();
    const struct save_origin origin = {.actor = &county.officer, .source = "试验"};
    enum save_outcome outcome;
    other.id = restaurant;
    other.industry = "F5231";
    assert_ok(enterprise_writer_save(county.enterprises, &other, &origin, &outcome, &county.error),
              &county.error);
    assert_ok(period_rescore(county.store, &county.officer, &restaurant, 1, &county.error),
              &county.error);
    assert_ok(store_commit(county.store, &county.error), &county.error);
    assert_string_equal(county_dump(&county, GRADES), "");
}

/* ---- explaining ------------------------------------------------------------------------------ */

static void test_a_computed_grade_is_explained_to_the_point(void **state) {
    (void)state;
    int64_t restaurant = add_restaurant(1);
    struct explanation explanation;
    size_t count = 0;
    add_fact(restaurant, FACT_TYPE_food_inspection, 2, 20260501, "1");
    publish(food_text());
    run_period(false);
    struct professional_standing *standings = load(restaurant, &explanation, &count);
    assert_int_equal(count, 1);
    const struct explanation *own = standings[0].own;
    int64_t sum = 0;
    for (size_t i = 0; i < own->result.indicator_count; i++) {
        sum += own->result.indicators[i].centipoints;
    }
    assert_int_equal(sum, own->result.total);
    assert_int_equal(own->before_cap[0], 2200);
    assert_int_equal(own->before_cap[1], 1500);
    assert_string_equal(standings[0].grade, "B");
    assert_null(standings[0].judged);
    professional_standing_clear(standings, count);
    explanation_clear(&explanation);
}

static void test_what_the_authority_judged_goes_before(void **state) {
    (void)state;
    int64_t restaurant = add_restaurant(1);
    struct explanation explanation;
    size_t count = 0;
    publish(food_text());
    run_period(false);
    judge(restaurant, "食品经营", "D", 20250101, 20260101); /* over */
    judge(restaurant, "食品经营", "C", 20260101, DATE_NONE);
    judge(restaurant, "食品经营", "B", 20251201, DATE_NONE); /* older */
    judge(restaurant, "食品经营", "D", 20261201, DATE_NONE); /* to come */
    judge(restaurant, "特种设备", "Ⅱ", 20260301, DATE_NONE); /* a field without a policy */
    struct professional_standing *standings = load(restaurant, &explanation, &count);
    assert_int_equal(count, 2);
    assert_string_equal(standings[0].field, "食品");
    assert_string_equal(standings[0].grade, "C");
    assert_string_equal(standings[0].judged, "C");
    assert_int_equal(standings[0].judged_on, 20260101);
    assert_int_equal(standings[0].own->result.final_class, CLASS_A);
    assert_string_equal(standings[1].field, "特种设备");
    assert_string_equal(standings[1].grade, "Ⅱ");
    assert_null(standings[1].own);
    professional_standing_clear(standings, count);
    explanation_clear(&explanation);
}

static void test_fields_are_counted_by_grade(void **state) {
    (void)state;
    struct professional_count *counts = NULL;
    size_t count = 0;
    publish(food_text());
    for (int i = 1; i <= 4; i++) {
        int64_t restaurant = add_restaurant(i);
        if (i == 4) {
            add_fact(restaurant, FACT_TYPE_food_sampling, 3, 20260501, "1");
        }
    }
    run_period(false);
    assert_ok(
        professional_counts(county.store, 202610, county.arena, &counts, &count, &county.error),
        &county.error);
    assert_int_equal(count, 1);
    assert_string_equal(counts[0].field, "食品");
    assert_int_equal(counts[0].grades[CLASS_A], 3);
    assert_int_equal(counts[0].grades[CLASS_C], 1);
}

int main(void) {
#define GRADE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        GRADE_TEST(test_a_grade_stands_beside_the_class),
        GRADE_TEST(test_the_bounds_are_those_of_the_measure),
        GRADE_TEST(test_the_newest_policy_of_a_field_grades_and_fields_stand_side_by_side),
        GRADE_TEST(test_a_change_grades_anew_and_a_closed_period_keeps),
        GRADE_TEST(test_a_class_set_by_a_person_is_no_grade),
        GRADE_TEST(test_who_leaves_the_trade_has_no_grade),
        GRADE_TEST(test_a_computed_grade_is_explained_to_the_point),
        GRADE_TEST(test_what_the_authority_judged_goes_before),
        GRADE_TEST(test_fields_are_counted_by_grade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
