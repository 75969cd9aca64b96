/* Annual plans over a database: who is left out of a batch's frame, and what rates come of it. */
#include "unit/unit.h"

#include "plan/annual_batch.h"
#include "plan/annual_outlook.h"
#include "plan/measures_text.h"
#include "plan/scope.h"
#include "plan/visited.h"
#include "score/period.h"
#include "store/statement.h"
#include "unit/county.h"

#include <stdio.h>
#include <string.h>

#define SEED "01382438112797316654"

static struct county county;

/* A county of 120 enterprises, scored, with a published annual plan of one monthly task. */
static int open_county(void **state) {
    (void)state;
    random_state seed = 21;
    struct period period;
    struct annual_task task = {.title = "综合抽查", .first_month = 1, .last_month = 12};
    int64_t id = 0;
    int64_t place = 0;
    county_open(&county, NULL, 20260104);
    county_fill(&county, &seed, 120);
    assert_ok(
        period_run(county.store, &county.officer, 202601, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(annual_shares_parse("A=10%,B=50%,C=100%x2,D=100%x4", task.shares, &county.error),
              &county.error);
    assert_ok(annual_create(county.store, &county.officer, 2026, "年度计划", &id, &county.error),
              &county.error);
    assert_int_equal(id, 1);
    assert_ok(annual_task_add(county.store, &county.officer, id, &task, &place, &county.error),
              &county.error);
    assert_ok(annual_publish(county.store, &county.approver, id, &county.error), &county.error);
    return 0;
}

static int close_county(void **state) {
    (void)state;
    county_close(&county);
    return 0;
}

static struct annual load(void) {
    struct annual annual;
    assert_ok(annual_load(county.store, 1, county.arena, &annual, &county.error), &county.error);
    return annual;
}

/* Drafts a month and draws it; the plan. */
static int64_t draw_month(int month) {
    struct annual_drafted drafted;
    assert_ok(annual_draft(county.store, &county.officer, 1, month, 0, &drafted, &county.error),
              &county.error);
    assert_int_equal(drafted.made, 1);
    assert_ok(plan_draw_through(county.store, &county.officer, drafted.last_id, SEED, "摇奖机",
                                NULL, &county.error),
              &county.error);
    return drafted.last_id;
}

static void classes_of(int month, struct annual_class classes[CLASS_COUNT]) {
    struct annual annual = load();
    const struct annual_task *task = &annual.tasks[0];
    assert_ok(annual_batch_classes(county.store, annual.year, task, annual_task_batch(task, month),
                                   classes, &county.error),
              &county.error);
}

static void test_shares_are_read_as_they_are_written(void **state) {
    (void)state;
    static const char *const wrong[] = {"A=1%x0,B=1%,C=1%,D=1%",   "A=1%x,B=1%,C=1%,D=1%",
                                        "A=1%x100,B=1%,C=1%,D=1%", "A=1%,B=1%,C=1%",
                                        "A=1%,A=1%,C=1%,D=1%",     ""};
    struct annual_share shares[CLASS_COUNT];
    char text[ANNUAL_SHARE_TEXT_SIZE];
    assert_ok(annual_shares_parse("a=0.5% , B=1/3x2,C=２０%Ｘ3,D=100%", shares, &county.error),
              &county.error);
    assert_string_equal(annual_share_format(&shares[CLASS_A], text), "0.5%");
    assert_string_equal(annual_share_format(&shares[CLASS_B], text), "1/3x2");
    assert_string_equal(annual_share_format(&shares[CLASS_C], text), "20%x3");
    assert_string_equal(annual_share_format(&shares[CLASS_D], text), "100%");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(annual_shares_parse(wrong[i], shares, &county.error), RESULT_USAGE);
        error_clear(&county.error);
    }
}

static void test_who_was_drawn_waits_for_the_next_round(void **state) {
    (void)state;
    struct annual_class before[CLASS_COUNT];
    struct annual_class after[CLASS_COUNT];
    struct annual_class next[CLASS_COUNT];
    classes_of(2, before);
    int64_t plan = draw_month(1);
    classes_of(2, after);
    classes_of(4, next); /* the second round of class D */
    for (int i = 0; i < CLASS_COUNT; i++) {
        char sql[160];
        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM plan_unit WHERE plan = %lld AND class = '%s'",
                 (long long)plan, risk_class_letter((enum risk_class)i));
        int64_t drawn = county_count(&county, sql);
        assert_int_equal(after[i].drawn, drawn);
        assert_int_equal(after[i].eligible, before[i].eligible - drawn);
        assert_int_equal(after[i].population, before[i].population);
        assert_int_equal(before[i].drawn, 0);
    }
    assert_true(after[CLASS_D].drawn > 0);
    assert_int_equal(next[CLASS_D].round, 1);
    assert_int_equal(next[CLASS_D].drawn, 0);
    assert_int_equal(next[CLASS_D].eligible, next[CLASS_D].population);
    assert_int_equal(next[CLASS_A].eligible, after[CLASS_A].eligible); /* its year is one round */
}

static void test_draws_of_other_plans_count_to_the_cap(void **state) {
    (void)state;
    struct draw_rule rules[CLASS_COUNT] = {0};
    const struct draw_measures measures = {.mode = DRAW_MODE_RATE,
                                           .stratum_maximum = DRAW_NO_MAXIMUM,
                                           .rules = rules,
                                           .rule_count = CLASS_COUNT};
    const struct plan_scope scope = {.from = 20260201, .to = 20260228};
    const struct plan_scope last_year = {.from = 20250201, .to = 20250228};
    struct annual_class before[CLASS_COUNT];
    struct annual_class after[CLASS_COUNT];
    int64_t plan = 0;
    assert_ok(rates_parse("A=100%,B=100%,C=100%,D=100%", rules, &county.error), &county.error);
    classes_of(2, before);
    for (int year = 0; year < 2; year++) {
        assert_ok(plan_create(county.store, &county.officer, "另一计划",
                              year == 0 ? &last_year : &scope, &measures, &plan, &county.error),
                  &county.error);
        classes_of(2, after);
        assert_int_equal(after[CLASS_A].eligible, before[CLASS_A].eligible); /* nothing is drawn */
        assert_ok(plan_draw_through(county.store, &county.officer, plan, SEED, "摇奖机", NULL,
                                    &county.error),
                  &county.error);
        classes_of(2, after);
        assert_int_equal(after[CLASS_A].eligible, year == 0 ? before[CLASS_A].eligible : 0);
        assert_int_equal(after[CLASS_D].eligible, before[CLASS_D].eligible); /* four are allowed */
    }
    assert_ok(plan_void(county.store, &county.officer, plan, "名单有误", &county.error),
              &county.error);
    classes_of(2, after);
    assert_int_equal(after[CLASS_A].eligible, before[CLASS_A].eligible);
}

static void test_the_limits_of_a_batch_stay_with_its_plan(void **state) {
    (void)state;
    struct annual_drafted drafted;
    struct plan plan;
    struct plan changed;
    draw_month(1);
    assert_ok(annual_draft(county.store, &county.officer, 1, 2, 0, &drafted, &county.error),
              &county.error);
    assert_ok(plan_load(county.store, drafted.last_id, county.arena, &plan, &county.error),
              &county.error);
    assert_true(plan.scope.limits.task > 0);
    assert_int_equal(plan.scope.limits.caps[CLASS_A], 1);
    assert_int_equal(plan.scope.limits.caps[CLASS_D], 4);
    assert_ok(plan_change(county.store, &county.officer, plan.id, "改名", &plan.scope,
                          &plan.measures, &county.error),
              &county.error);
    assert_ok(plan_load(county.store, plan.id, county.arena, &changed, &county.error),
              &county.error);
    assert_memory_equal(&changed.scope.limits, &plan.scope.limits, sizeof(plan.scope.limits));
    /* the control: without its limits the plan could draw everybody again */
    struct plan_counts with;
    struct plan_counts without;
    struct plan_scope free_scope = plan.scope;
    free_scope.limits = (struct plan_limits){0};
    assert_ok(plan_scope_count(county.store, 202601, &plan.scope, DATE_NONE, &with, &county.error),
              &county.error);
    assert_ok(
        plan_scope_count(county.store, 202601, &free_scope, DATE_NONE, &without, &county.error),
        &county.error);
    assert_int_equal(without.excluded[PLAN_EXCLUDED_round_done], 0);
    assert_int_equal(with.classes[CLASS_D] + with.excluded[PLAN_EXCLUDED_round_done] +
                         with.classes[CLASS_A] + with.classes[CLASS_B] + with.classes[CLASS_C],
                     without.classes[CLASS_A] + without.classes[CLASS_B] +
                         without.classes[CLASS_C] + without.classes[CLASS_D]);
    assert_true(with.excluded[PLAN_EXCLUDED_round_done] > 0);
}

static void test_a_refused_month_leaves_nothing(void **state) {
    (void)state;
    struct annual_drafted drafted;
    struct annual_task task = {.title = "另一任务", .first_month = 1, .last_month = 12};
    int64_t plans = county_count(&county, "SELECT count(*) FROM plan");
    int64_t place = 0;
    county_expect(&county,
                  annual_task_add(county.store, &county.officer, 1, &task, &place, &county.error),
                  RESULT_REFUSED, "published");
    assert_ok(annual_draft(county.store, &county.officer, 1, 1, 0, &drafted, &county.error),
              &county.error);
    county_expect(&county,
                  annual_draft(county.store, &county.officer, 1, 2, 0, &drafted, &county.error),
                  RESULT_REFUSED, "not drawn yet");
    assert_int_equal(county_count(&county, "SELECT count(*) FROM plan"), plans + 1);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM annual_batch WHERE plan IS NOT NULL"), 1);
}

static void test_the_outlook_of_a_year_without_change_is_the_plan(void **state) {
    (void)state;
    struct annual annual = load();
    struct annual_outlook outlook;
    assert_ok(annual_outlook_load(county.store, &annual, &annual.tasks[0], &outlook, &county.error),
              &county.error);
    assert_int_equal(outlook.next, 0);
    assert_int_equal(outlook.left, 12);
    for (int i = 0; i < CLASS_COUNT; i++) {
        const struct annual_outlook_class *one = &outlook.classes[i];
        assert_int_equal(one->start, one->now);
        assert_int_equal(one->moved_in, 0);
        assert_int_equal(one->moved_out, 0);
        assert_int_equal(one->drawn, 0);
        assert_int_equal(one->then.num, one->rate.num);
        assert_int_equal(one->then.den, one->rate.den);
        assert_true(one->left >= one->planned * 1000 - 500 &&
                    one->left <= one->planned * 1000 + 500);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_shares_are_read_as_they_are_written),
        TEST(test_who_was_drawn_waits_for_the_next_round),
        TEST(test_draws_of_other_plans_count_to_the_cap),
        TEST(test_the_limits_of_a_batch_stay_with_its_plan),
        TEST(test_a_refused_month_leaves_nothing),
        TEST(test_the_outlook_of_a_year_without_change_is_the_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
