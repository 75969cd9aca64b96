#include "unit/unit.h"

#include "guard/journal.h"
#include "policy/policy_store.h"
#include "score/explanation.h"
#include "store/statement.h"
#include "unit/county.h"
#include "unit/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct county county;

static int open_county(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    return 0;
}

static int close_county(void **state) {
    (void)state;
    county_close(&county);
    return 0;
}

/* Runs a period; fails the test when that fails. */
static struct period run(int64_t id, bool close) {
    struct period period;
    assert_ok(period_run(county.store, &county.officer, id, close, NULL, &period, &county.error),
              &county.error);
    return period;
}

#define RESULTS                                                                                    \
    "SELECT period || ' ' || enterprise || ' ' || total || ' ' || score_class || final_class || "  \
    "' ' || decided_by || coalesce(decided_rule, '') || coalesce(decided_id, '') || dimensions "   \
    "|| "                                                                                          \
    "indicators FROM result ORDER BY period, enterprise"
#define PERIODS                                                                                    \
    "SELECT id || ' ' || day || state || policy || ' ' || enterprises || ' ' || class_a || ' ' "   \
    "|| "                                                                                          \
    "class_b || ' ' || class_c || ' ' || class_d FROM period ORDER BY id"

/* Everything that scoring and deciding wrote. */
static const char *everything(void) {
    const char *results = county_dump(&county, RESULTS);
    const char *periods = county_dump(&county, PERIODS);
    const char *overrides =
        county_dump(&county, "SELECT id || state || coalesce(approver, '') FROM override");
    const char *journal = county_dump(&county, "SELECT digest FROM journal");
    return arena_printf(county.arena, "%s%s%s%s", results, periods, overrides, journal);
}

/* The counts kept with the periods must be those a recount gives. */
static void check_counts(void) {
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM period p WHERE class_a + class_b + class_c + "
                              "class_d <> enterprises OR EXISTS (SELECT 1 FROM (SELECT "
                              "coalesce(sum(final_class = 'A'), 0) AS a, "
                              "coalesce(sum(final_class = 'B'), 0) AS b, "
                              "coalesce(sum(final_class = 'C'), 0) AS c, "
                              "coalesce(sum(final_class = 'D'), 0) AS d "
                              "FROM result WHERE period = p.id) WHERE a <> class_a OR b <> class_b "
                              "OR c <> class_c OR d <> class_d)"),
        0);
}

/* Penalties of 300 points each (level 4), so that n of them give at least n x 300 up to 400. */
static struct fact heavy_penalty(date day) {
    struct fact fact = fact_make(FACT_TYPE_penalty, day);
    fact.level = 4;
    return fact;
}

static struct override set_class(int64_t enterprise, enum risk_class risk_class) {
    return (struct override){
        .kind = OVERRIDE_SET_CLASS,
        .enterprise = enterprise,
        .risk_class = risk_class,
        .reason = "实地核查",
        .document = "呼市监〔2026〕1号",
    };
}

static struct override waiver(int64_t enterprise, const char *rule, date until) {
    return (struct override){
        .kind = OVERRIDE_WAIVE_DIRECT,
        .enterprise = enterprise,
        .risk_class = CLASS_COUNT,
        .rule = rule,
        .reason = "已履行完毕",
        .document = "呼市监〔2026〕2号",
        .valid_to = until,
    };
}

static struct override exclusion(int64_t fact) {
    return (struct override){
        .kind = OVERRIDE_EXCLUDE_FACT,
        .enterprise = fact_enterprise(fact),
        .risk_class = CLASS_COUNT,
        .fact = fact,
        .fact_status = FACT_STATUS_revoked,
        .reason = "复议撤销",
        .document = "呼政复〔2026〕3号",
    };
}

static int64_t propose(const struct override *proposal) {
    int64_t id = 0;
    assert_ok(override_propose(county.store, &county.officer, proposal, &id, &county.error),
              &county.error);
    return id;
}

static int64_t approve(const struct override *proposal) {
    int64_t id = propose(proposal);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    return id;
}

static struct explanation explain(int64_t enterprise, int64_t period) {
    struct explanation explanation;
    assert_ok(explanation_load(county.store, enterprise, period, county.arena, &explanation,
                               &county.error),
              &county.error);
    return explanation;
}

/* The final class of an enterprise in the newest period, and what decided it. */
static void expect_class(int64_t enterprise, enum risk_class expected,
                         enum score_decision decision) {
    struct explanation explanation = explain(enterprise, 0);
    assert_int_equal(explanation.result.final_class, expected);
    assert_int_equal(explanation.result.decision, decision);
    explanation_clear(&explanation);
    check_counts();
}

/* The points of an explanation sum to the stored total, caps and floors minded. */
static void check_explanation(const struct explanation *explanation) {
    const struct policy *policy = explanation->policy;
    int64_t dimensions[POLICY_MOST_DIMENSIONS] = {0};
    int64_t total = 0;
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        const struct policy_indicator *indicator = &policy->indicators[one->indicator];
        int64_t given = 0;
        for (size_t j = 0; j < one->fact_count; j++) {
            const struct fact *fact = explanation_fact(explanation, one->facts[j].fact);
            assert_non_null(fact);
            assert_int_equal(explanation_fact_status(explanation, fact), FACT_STATUS_valid);
            assert_int_equal(one->facts[j].full * one->facts[j].percent / 100,
                             one->facts[j].centipoints);
            given += one->facts[j].centipoints;
        }
        if (indicator->kind == POLICY_EVENT) {
            assert_int_equal(given, one->raw);
        }
        int64_t high = indicator->cap == POLICY_NO_CAP ? INT64_MAX : indicator->cap * 100;
        int64_t low = indicator->floor * 100;
        assert_int_equal(one->centipoints, one->raw < low    ? low
                                           : one->raw > high ? high
                                                             : one->raw);
        dimensions[indicator->dimension] += one->centipoints;
    }
    for (size_t i = 0; i < policy->dimension_count; i++) {
        int64_t cap = policy->dimensions[i].cap * 100;
        assert_int_equal(dimensions[i], explanation->before_cap[i]);
        int64_t sum = dimensions[i] < 0 ? 0 : dimensions[i] > cap ? cap : dimensions[i];
        assert_int_equal(sum, explanation->result.dimensions[i]);
        total += sum;
    }
    assert_int_equal(explanation->result.total, total > 100000 ? 100000 : total);
    int64_t below = 0;
    int64_t above = 0;
    explanation_bounds(explanation, &below, &above);
    assert_true(below >= 0);
    assert_int_equal(policy_class_of(policy, total - below), explanation->result.score_class);
    if (above >= 0) {
        assert_true(above > 0);
        assert_int_equal(policy_class_of(policy, total + above),
                         explanation->result.score_class + 1);
        assert_int_equal(policy_class_of(policy, total + above - 1),
                         explanation->result.score_class);
    } else {
        assert_int_equal(explanation->result.score_class, CLASS_D);
    }
}

/* ---- runs ---------------------------------------------------------------------------------- */

static void test_a_run_scores_everyone(void **state) {
    (void)state;
    random_state seed = 7;
    county_fill(&county, &seed, 200);
    struct period period = run(202610, false);
    assert_int_equal(period.day, 20261031);
    assert_int_equal(period.enterprises, 200);
    assert_int_equal(period.facts, county_count(&county, "SELECT count(*) FROM fact"));
    assert_int_equal(county_count(&county, "SELECT count(*) FROM result"), 200);
    check_counts();
    struct period loaded;
    assert_ok(period_load(county.store, 202610, &loaded, &county.error), &county.error);
    assert_memory_equal(loaded.classes, period.classes, sizeof(loaded.classes));
    assert_true(period.classes[CLASS_A] > 0 && period.classes[CLASS_D] > 0);
    assert_ok(journal_verify(county.store, NULL, &county.error), &county.error);
}

static void test_a_run_again_gives_the_same(void **state) {
    (void)state;
    random_state seed = 8;
    county_fill(&county, &seed, 60);
    run(202610, false);
    const char *first = county_dump(&county, RESULTS);
    run(202610, false);
    assert_string_equal(county_dump(&county, RESULTS), first);
    county_count(&county, "SELECT count(*) FROM period");
    run(202609, false); /* an earlier month beside it */
    assert_int_equal(county_count(&county, "SELECT count(*) FROM period"), 2);
    assert_int_equal(county_count(&county, "SELECT day FROM period WHERE id = 202609"), 20260930);
    struct period latest;
    assert_ok(period_latest(county.store, &latest, &county.error), &county.error);
    assert_int_equal(latest.id, 202610);
    check_counts();
}

static void test_a_month_not_over_is_judged_today(void **state) {
    (void)state;
    county_today(&county, 20261015);
    county_add(&county, 1, NULL);
    assert_int_equal(run(202610, false).day, 20261015);
    county_today(&county, 20261105);
    assert_int_equal(run(202610, false).day, 20261031);
}

static void test_periods_that_cannot_be_run(void **state) {
    (void)state;
    struct period period;
    int64_t id = county_add(&county, 1, NULL);
    const char *before = everything();
    county_expect(
        &county,
        period_run(county.store, &county.officer, 202611, false, NULL, &period, &county.error),
        RESULT_REFUSED, "2026-11 has not begun");
    county_today(&county, 20261030);
    county_expect(
        &county,
        period_run(county.store, &county.officer, 202610, true, NULL, &period, &county.error),
        RESULT_REFUSED, "from 2026-10-31 on");
    assert_string_equal(everything(), before);
    county_today(&county, 20261031);
    assert_true(run(202610, true).closed);
    before = everything();
    for (int close = 0; close < 2; close++) {
        county_expect(&county,
                      period_run(county.store, &county.officer, 202610, close == 1, NULL, &period,
                                 &county.error),
                      RESULT_REFUSED, "closed and stays as it is");
    }
    assert_string_equal(everything(), before);
    county_expect(&county, period_load(county.store, 202609, &period, &county.error),
                  RESULT_NOT_FOUND, "2026-09 was not run yet");
    struct explanation explanation;
    county_expect(
        &county,
        explanation_load(county.store, id, 202609, county.arena, &explanation, &county.error),
        RESULT_NOT_FOUND, "2026-09");
    int64_t parsed = 0;
    county_expect(&county, period_parse("2026-13", &parsed, &county.error), RESULT_USAGE,
                  "\"2026-13\" is no period");
    county_expect(&county, period_parse("202610", &parsed, &county.error), RESULT_USAGE, "YYYY-MM");
}

static void test_a_run_needs_a_policy_and_takes_the_newest(void **state) {
    (void)state;
    county_add(&county, 1, NULL);
    int64_t old = run(202610, false).policy;
    char *text = strdup(policy_builtin_text());
    memcpy(strstr(text, "\"2026.1\""), "\"2026.2\"", 8);
    assert_ok(policy_store_publish(county.store, text, "p", &county.officer, &county.error),
              &county.error);
    free(text);
    assert_true(run(202610, false).policy > old);
    assert_ok(store_execute(county.store, "UPDATE policy SET state = 'retired'", NO_VALUES,
                            &county.error),
              &county.error);
    struct period period;
    county_expect(
        &county,
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        RESULT_NOT_FOUND, "No policy is in force");
}

static void test_a_policy_scores_only_the_kinds_it_is_made_for(void **state) {
    (void)state;
    struct enterprise individual = enterprise_unknown();
    individual.kind = "individual";
    int64_t shop = county_add(&county, 1, &individual);
    county_add(&county, 2, NULL);
    char *text = strdup(policy_builtin_text());
    memcpy(strstr(text, "\"2026.1\""), "\"2026.2\"", 8);
    char *rest = strstr(text, "\"individual\"");
    memset(rest, ' ', strlen("\"individual\", \"cooperative\""));
    memcpy(rest, "\"enterprise\"", strlen("\"enterprise\""));
    assert_ok(policy_store_publish(county.store, text, "p", &county.officer, &county.error),
              &county.error);
    free(text);
    assert_int_equal(run(202610, false).enterprises, 1);
    struct override proposal = set_class(shop, CLASS_C);
    approve(&proposal);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM result"), 1);
    assert_int_equal(county_count(&county, "SELECT enterprises FROM period"), 1);
}

/* Stops at the n-th look. */
static bool stop_at(void *context, uint64_t done, uint64_t total) {
    int *left = context;
    assert_true(done <= total);
    return --*left > 0;
}

static void test_a_stopped_run_leaves_the_old_result(void **state) {
    (void)state;
    random_state seed = 9;
    county_fill(&county, &seed, 600);
    run(202610, false);
    assert_ok(store_execute(county.store, "UPDATE fact SET status = 1", NO_VALUES, &county.error),
              &county.error);
    const char *before = everything();
    for (int looks = 1; looks <= 2; looks++) { /* 600 enterprises: looks at 0 and 512 */
        int left = looks;
        struct progress progress = {.report = stop_at, .context = &left};
        struct period period;
        county_expect(&county,
                      period_run(county.store, &county.officer, 202610, false, &progress, &period,
                                 &county.error),
                      RESULT_CANCELLED, "nothing was changed");
        assert_string_equal(everything(), before);
    }
    run(202610, false);
    assert_string_not_equal(everything(), before);
}

/* ---- overrides ----------------------------------------------------------------------------- */

static void test_an_approved_class_holds_until_taken_back(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    county_add(&county, 2, NULL);
    run(202610, false);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE);
    struct override proposal = set_class(id, CLASS_C);
    int64_t override = propose(&proposal);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE); /* a proposal changes nothing */
    assert_ok(override_approve(county.store, &county.approver, override, &county.error),
              &county.error);
    expect_class(id, CLASS_C, DECIDED_BY_OVERRIDE);
    run(202610, false);
    expect_class(id, CLASS_C, DECIDED_BY_OVERRIDE);
    assert_ok(
        override_withdraw(county.store, &county.officer, override, "情况变化", NULL, &county.error),
        &county.error);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE);
    county_expect(
        &county,
        override_withdraw(county.store, &county.officer, override, "又", NULL, &county.error),
        RESULT_REFUSED, "already");
    county_expect(&county,
                  override_approve(county.store, &county.approver, override, &county.error),
                  RESULT_REFUSED, "already");
}

/* The kind "observe" is kept beside the others, and bears on no score. */
static void test_an_observation_period_leaves_the_class(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    struct override proposal = set_class(id, CLASS_B);
    approve(&proposal);
    assert_ok(store_execute(county.store,
                            "INSERT INTO override (kind, enterprise, reason, document, valid_from, "
                            "state, proposer, proposed_at) SELECT 'observe', enterprise, reason, "
                            "document, valid_from, state, proposer, proposed_at FROM override",
                            NO_VALUES, &county.error),
              &county.error);
    run(202610, false);
    expect_class(id, CLASS_B, DECIDED_BY_OVERRIDE);
}

static void test_an_override_ends_by_itself(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    struct override proposal = set_class(id, CLASS_B);
    proposal.valid_to = 20261130;
    int64_t override = approve(&proposal);
    run(202610, false);
    expect_class(id, CLASS_B, DECIDED_BY_OVERRIDE);
    county_today(&county, 20261129);
    run(202611, false);
    expect_class(id, CLASS_B, DECIDED_BY_OVERRIDE);
    county_today(&county, 20261130); /* the first day it no longer holds */
    run(202611, false);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE);
    struct override loaded;
    assert_ok(override_load(county.store, override, 20261130, county.arena, &loaded, &county.error),
              &county.error);
    assert_int_equal(loaded.state, OVERRIDE_EXPIRED);
    county_expect(
        &county,
        override_withdraw(county.store, &county.officer, override, "迟", NULL, &county.error),
        RESULT_REFUSED, "expired");
    struct override later = set_class(id, CLASS_D);
    later.valid_from = 20261201;
    approve(&later);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE); /* not begun */
    county_today(&county, 20261201);
    run(202612, false);
    expect_class(id, CLASS_D, DECIDED_BY_OVERRIDE);
}

/* A month that has not ended is judged today, also for one enterprise between two runs. */
static void test_a_decision_after_the_run_takes_effect_at_once(void **state) {
    (void)state;
    county_today(&county, 20261010);
    int64_t id = county_add(&county, 1, NULL);
    run(202610, false);
    county_today(&county, 20261020);
    struct override proposal = set_class(id, CLASS_C);
    proposal.valid_to = 20261025;
    int64_t override = approve(&proposal);
    expect_class(id, CLASS_C, DECIDED_BY_OVERRIDE);
    struct explanation explanation = explain(id, 0);
    assert_int_equal(explanation.result.day, 20261020);
    explanation_clear(&explanation);
    struct override other = set_class(id, CLASS_B);
    county_today(&county, 20261025);
    approve(&other); /* the first one has ended by now */
    expect_class(id, CLASS_B, DECIDED_BY_OVERRIDE);
    county_expect(
        &county,
        override_withdraw(county.store, &county.officer, override, "迟", NULL, &county.error),
        RESULT_REFUSED, "expired");
    /* In a later month the period's own last day counts, not today. */
    county_today(&county, 20261110);
    struct override late = set_class(id, CLASS_D);
    approve(&late);
    expect_class(id, CLASS_B, DECIDED_BY_OVERRIDE);
    explanation = explain(id, 0);
    assert_int_equal(explanation.result.day, 20261031);
    explanation_clear(&explanation);
}

static void test_nobody_decides_on_his_own_proposal(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    run(202610, false);
    struct override proposal = set_class(id, CLASS_C);
    int64_t override = propose(&proposal);
    const char *before = everything();
    county_expect(&county, override_approve(county.store, &county.officer, override, &county.error),
                  RESULT_REFUSED, "王建国");
    county_expect(&county,
                  override_reject(county.store, &county.officer, override, "否", &county.error),
                  RESULT_REFUSED, "another person");
    county_expect(&county,
                  override_reject(county.store, &county.approver, override, " ", &county.error),
                  RESULT_INVALID, "reason of the rejection");
    county_expect(
        &county,
        override_withdraw(county.store, &county.approver, override, "", NULL, &county.error),
        RESULT_INVALID, "reason of the withdrawal");
    county_expect(&county, override_approve(county.store, &county.approver, 99, &county.error),
                  RESULT_NOT_FOUND, "no override number 99");
    assert_string_equal(everything(), before);
    assert_ok(override_reject(county.store, &county.approver, override, "理由不足", &county.error),
              &county.error);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE);
    county_expect(&county,
                  override_approve(county.store, &county.approver, override, &county.error),
                  RESULT_REFUSED, "rejected already");
}

static void refuse(const struct override *proposal, enum result expected, const char *words) {
    int64_t id = 0;
    const char *before = everything();
    county_expect(&county,
                  override_propose(county.store, &county.officer, proposal, &id, &county.error),
                  expected, words);
    assert_string_equal(everything(), before);
}

static void test_proposals_that_lack_something_are_refused(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    int64_t other = county_add(&county, 2, NULL);
    struct fact fact = heavy_penalty(20261001);
    int64_t penalty = county_fact(&county, id, &fact, NULL);
    struct override proposal = set_class(id, CLASS_B);
    proposal.reason = " \t";
    refuse(&proposal, RESULT_INVALID, "reason");
    proposal = set_class(id, CLASS_B);
    proposal.document = NULL;
    refuse(&proposal, RESULT_INVALID, "document");
    proposal = set_class(id, CLASS_COUNT);
    refuse(&proposal, RESULT_INVALID, "A, B, C or D");
    proposal = set_class(id, CLASS_B);
    proposal.valid_to = 20261031; /* today: it would end as it begins */
    refuse(&proposal, RESULT_INVALID, "end before it begins");
    proposal = exclusion(penalty);
    proposal.enterprise = other;
    refuse(&proposal, RESULT_INVALID, "does not belong");
    proposal = exclusion(penalty + 1);
    refuse(&proposal, RESULT_NOT_FOUND, "no fact number");
    proposal = exclusion(penalty);
    proposal.fact_status = FACT_STATUS_valid;
    refuse(&proposal, RESULT_INVALID, "article 10");
    proposal.fact_status = 6;
    refuse(&proposal, RESULT_INVALID, "article 10");
    proposal = waiver(id, "X11-9", 20270101);
    refuse(&proposal, RESULT_NOT_FOUND, "X11-9");
    proposal = waiver(id, NULL, 20270101);
    refuse(&proposal, RESULT_NOT_FOUND, "no direct rule");
    proposal = waiver(id, "X11-1", DATE_NONE);
    refuse(&proposal, RESULT_INVALID, "day it ends");
}

static void test_rules_are_waived_confirmed_and_their_facts_excluded(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    struct fact listed = fact_make(FACT_TYPE_serious_violation, 20260901);
    struct fact concern = fact_make(FACT_TYPE_consumer_concern, 20260901);
    int64_t listing = county_fact(&county, id, &listed, NULL);
    county_fact(&county, id, &concern, NULL);
    run(202610, false);
    expect_class(id, CLASS_D, DECIDED_BY_DIRECT);
    struct override proposal = waiver(id, "X11-1", 20270101);
    int64_t waived = approve(&proposal);
    struct explanation explanation = explain(id, 0);
    assert_int_equal(explanation.result.decision, DECIDED_BY_SCORE);
    assert_true(explanation.result.total >= 40000); /* the points stay */
    explanation_clear(&explanation);
    struct override confirm = waiver(id, "X11-4", DATE_NONE);
    confirm.kind = OVERRIDE_CONFIRM_DIRECT;
    approve(&confirm);
    explanation = explain(id, 0);
    assert_string_equal(explanation.result.rule, "X11-4");
    explanation_clear(&explanation);
    struct override set = set_class(id, CLASS_A);
    approve(&set);
    expect_class(id, CLASS_D, DECIDED_BY_DIRECT); /* a set class hides no rule */
    struct override exclude = exclusion(listing);
    approve(&exclude);
    assert_ok(override_withdraw(county.store, &county.officer, waived, "误", NULL, &county.error),
              &county.error);
    explanation = explain(id, 0);
    assert_string_equal(explanation.result.rule, "X11-4"); /* the listing counts no more */
    const struct fact *fact = explanation_fact(&explanation, listing);
    assert_int_equal(explanation_fact_status(&explanation, fact), FACT_STATUS_revoked);
    bool counted = true;
    assert_int_equal(explanation_fact_points(&explanation, listing, &counted), 0);
    assert_false(counted);
    explanation_clear(&explanation);
    check_counts();
}

static void test_a_preview_is_what_approval_brings(void **state) {
    (void)state;
    random_state seed = 10;
    county_fill(&county, &seed, 80);
    run(202610, false);
    int previews = 0;
    for (int64_t id = 1; id <= 80; id++) {
        struct explanation explanation = explain(id, 0);
        struct override proposals[] = {
            set_class(id, CLASS_B), waiver(id, "X11-1", 20270101),
            exclusion(explanation.fact_count == 0 ? 0 : explanation.facts[0].id)};
        struct override *proposal = &proposals[id % 3];
        if (id % 3 == 2 && explanation.fact_count == 0) {
            explanation_clear(&explanation);
            continue;
        }
        struct explanation_effect effect;
        assert_ok(explanation_preview(county.store, &explanation, &county.officer.clock, proposal,
                                      &effect, &county.error),
                  &county.error);
        assert_int_equal(effect.before.total, explanation.result.total);
        assert_int_equal(effect.before.final_class, explanation.result.final_class);
        explanation_clear(&explanation);
        approve(proposal);
        explanation = explain(id, 0);
        assert_int_equal(explanation.result.total, effect.after.total);
        assert_int_equal(explanation.result.final_class, effect.after.final_class);
        assert_int_equal(explanation.result.day, effect.day);
        explanation_clear(&explanation);
        previews++;
    }
    assert_true(previews > 60);
    check_counts();
}

static void test_an_enterprise_new_since_the_run_is_counted_once_scored(void **state) {
    (void)state;
    county_add(&county, 1, NULL);
    run(202610, false);
    int64_t id = county_add(&county, 2, NULL);
    struct override proposal = set_class(id, CLASS_B);
    approve(&proposal);
    expect_class(id, CLASS_B, DECIDED_BY_OVERRIDE);
    assert_int_equal(county_count(&county, "SELECT enterprises FROM period"), 2);
    assert_int_equal(county_count(&county, "SELECT class_b FROM period"), 1);
}

static void test_a_closed_period_stays_as_it_is(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    struct fact first = heavy_penalty(20261001);
    int64_t fact = county_fact(&county, id, &first, "1");
    run(202610, true);
    const char *results = county_dump(&county, RESULTS);
    struct explanation before = explain(id, 202610);
    assert_int_equal(before.way_count, 1);
    struct override exclude = exclusion(fact);
    approve(&exclude);
    struct fact second = fact_make(FACT_TYPE_serious_violation, 20261005);
    county_fact(&county, id, &second, "2");
    assert_string_equal(county_dump(&county, RESULTS), results);
    struct explanation after = explain(id, 202610);
    assert_int_equal(after.result.total, before.result.total);
    assert_int_equal(after.result.indicator_count, before.result.indicator_count);
    for (size_t i = 0; i < after.result.indicator_count; i++) {
        assert_int_equal(after.result.indicators[i].centipoints,
                         before.result.indicators[i].centipoints);
    }
    check_explanation(&after);
    assert_true(after.way_known); /* by the facts of then, whatever became of them */
    assert_int_equal(after.way_count, 1);
    assert_int_equal(after.way[0], fact);
    assert_int_equal(after.fact_count, 1);
    explanation_clear(&before);
    explanation_clear(&after);
    county_today(&county, 20261130);
    run(202611, false);
    expect_class(id, CLASS_D, DECIDED_BY_DIRECT);
    check_counts();
}

/* ---- explanations -------------------------------------------------------------------------- */

static void test_explanations_add_up(void **state) {
    (void)state;
    random_state seed = 11;
    county_fill(&county, &seed, 300);
    run(202610, false);
    for (int64_t id = 1; id <= 300; id++) {
        struct explanation explanation = explain(id, 0);
        check_explanation(&explanation);
        explanation_clear(&explanation);
    }
}

static void test_a_damaged_result_is_called_damaged(void **state) {
    (void)state;
    static const char *const damages[] = {
        "UPDATE result SET indicators = '[[999,1,100,100,[]]]'",
        "UPDATE result SET indicators = '[[-1,1,100,100,[]]]'",
        "UPDATE result SET indicators = 'x'",
        "UPDATE result SET dimensions = '{}'",
    };
    int64_t id = county_add(&county, 1, NULL);
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
        run(202610, false);
        struct explanation explanation;
        assert_ok(store_execute(county.store, damages[i], NO_VALUES, &county.error), &county.error);
        county_expect(
            &county,
            explanation_load(county.store, id, 0, county.arena, &explanation, &county.error),
            RESULT_DAMAGED, "run the period again");
    }
    run(202610, false);
    expect_class(id, CLASS_A, DECIDED_BY_SCORE);
}

/* Taking the way's facts out, one approved exclusion each, brings the class the way promises. */
static void test_the_way_down_can_be_gone(void **state) {
    (void)state;
    random_state seed = 12;
    county_fill(&county, &seed, 120);
    run(202610, false);
    int gone = 0;
    for (int64_t id = 1; id <= 120; id++) {
        struct explanation explanation = explain(id, 0);
        enum risk_class now = explanation.result.final_class;
        assert_true(explanation.way_known);
        assert_true(explanation.way_count == 0 || explanation.way_class < now);
        assert_true(now != CLASS_A || explanation.way_count == 0);
        for (size_t i = 0; i < explanation.way_count; i++) {
            expect_class(id, now, explanation.result.decision);
            struct override exclude = exclusion(explanation.way[i]);
            approve(&exclude);
        }
        if (explanation.way_count > 0) {
            struct explanation after = explain(id, 0);
            assert_int_equal(after.result.final_class, explanation.way_class);
            explanation_clear(&after);
            gone++;
        }
        explanation_clear(&explanation);
    }
    assert_true(gone > 20);
}

#define SCORE_TEST(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        SCORE_TEST(test_a_run_scores_everyone),
        SCORE_TEST(test_a_run_again_gives_the_same),
        SCORE_TEST(test_a_month_not_over_is_judged_today),
        SCORE_TEST(test_periods_that_cannot_be_run),
        SCORE_TEST(test_a_run_needs_a_policy_and_takes_the_newest),
        SCORE_TEST(test_a_policy_scores_only_the_kinds_it_is_made_for),
        SCORE_TEST(test_a_stopped_run_leaves_the_old_result),
        SCORE_TEST(test_an_approved_class_holds_until_taken_back),
        SCORE_TEST(test_an_observation_period_leaves_the_class),
        SCORE_TEST(test_an_override_ends_by_itself),
        SCORE_TEST(test_a_decision_after_the_run_takes_effect_at_once),
        SCORE_TEST(test_nobody_decides_on_his_own_proposal),
        SCORE_TEST(test_proposals_that_lack_something_are_refused),
        SCORE_TEST(test_rules_are_waived_confirmed_and_their_facts_excluded),
        SCORE_TEST(test_a_preview_is_what_approval_brings),
        SCORE_TEST(test_an_enterprise_new_since_the_run_is_counted_once_scored),
        SCORE_TEST(test_a_closed_period_stays_as_it_is),
        SCORE_TEST(test_explanations_add_up),
        SCORE_TEST(test_a_damaged_result_is_called_damaged),
        SCORE_TEST(test_the_way_down_can_be_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
