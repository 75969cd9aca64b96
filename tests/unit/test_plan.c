#include "unit/unit.h"

#include "draw/record_parse.h"
#include "draw/ticket.h"
#include "draw/verify.h"
#include "plan/drawn.h"
#include "plan/measures_text.h"
#include "plan/plan.h"
#include "plan/scope.h"
#include "score/override.h"
#include "score/period.h"
#include "store/statement.h"
#include "unit/county.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED "01382438112797316654"
#define SOURCE "公证处摇奖机"

static struct county county;

/* A county of 120 enterprises, scored. */
static int open_county(void **state) {
    (void)state;
    random_state seed = 21;
    struct period period;
    county_open(&county, NULL, 20261031);
    county_fill(&county, &seed, 120);
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

/* Makes a draft with rates of 10, 20, 50 and 100 percent. */
static int64_t make_plan(const struct plan_scope *scope) {
    struct draw_rule rules[CLASS_COUNT] = {0};
    struct draw_measures measures = {
        .mode = DRAW_MODE_RATE,
        .stratum_maximum = DRAW_NO_MAXIMUM,
        .rules = rules,
        .rule_count = CLASS_COUNT,
    };
    int64_t id = 0;
    assert_ok(rates_parse("A=10%,B=20%,C=1/2,D=100%", rules, &county.error), &county.error);
    assert_ok(plan_create(county.store, &county.officer, "2026年第四季度抽查", scope, &measures,
                          &id, &county.error),
              &county.error);
    return id;
}

static int64_t make_whole_plan(void) {
    const struct plan_scope scope = {0};
    return make_plan(&scope);
}

static struct plan load(int64_t id) {
    struct plan plan;
    assert_ok(plan_load(county.store, id, county.arena, &plan, &county.error), &county.error);
    return plan;
}

/* Everything that planning wrote. */
static const char *everything(void) {
    const char *plans = county_dump(
        &county, "SELECT id || number || title || state || scope || measures || "
                 "coalesce(frame_digest, '') || coalesce(seed, '') || coalesce(seed_source, '') || "
                 "coalesce(drawn, '') || coalesce(approved_by, '') || coalesce(void_reason, '') || "
                 "coalesce(excluded, '') FROM plan ORDER BY id");
    const char *frames =
        county_dump(&county, "SELECT plan || hex(text) FROM plan_frame ORDER BY plan");
    const char *units = county_dump(
        &county, "SELECT plan || place || unit || ticket FROM plan_unit ORDER BY plan, place");
    const char *journal = county_dump(&county, "SELECT digest FROM journal");
    return arena_printf(county.arena, "%s%s%s%s", plans, frames, units, journal);
}

/* ---- states -------------------------------------------------------------------------------- */

enum verb { CHANGE, FREEZE, COMMIT, SET_SEED, DRAW, APPROVE, MAKE_VOID, VERBS };

static enum result take(int64_t id, enum verb verb) {
    struct store *store = county.store;
    struct error *error = &county.error;
    struct plan plan = load(id);
    switch (verb) {
    case CHANGE:
        return plan_change(store, &county.officer, id, "改名", &plan.scope, &plan.measures, error);
    case FREEZE:
        return plan_freeze(store, &county.officer, id, NULL, error);
    case COMMIT:
        return plan_commit(store, &county.officer, id, error);
    case SET_SEED:
        return plan_seed(store, &county.officer, id, SEED, SOURCE, error);
    case DRAW:
        return plan_draw(store, &county.officer, id, NULL, error);
    case APPROVE:
        return plan_approve(store, &county.approver, id, error);
    case MAKE_VOID:
        return plan_void(store, &county.officer, id, "名单有误", error);
    case VERBS:
        break;
    }
    return RESULT_USAGE;
}

/* Brings a new plan into a state by the steps of its life. */
static int64_t plan_in(enum plan_state state) {
    static const enum verb steps[] = {FREEZE, COMMIT, SET_SEED, DRAW, APPROVE};
    int64_t id = make_whole_plan();
    int count = state == PLAN_VOID ? 2 : state == PLAN_CLOSED ? 5 : (int)state;
    for (int i = 0; i < count; i++) {
        assert_ok(take(id, steps[i]), &county.error);
    }
    if (state == PLAN_VOID) {
        assert_ok(take(id, MAKE_VOID), &county.error);
    } else if (state == PLAN_CLOSED) { /* results are not taken in yet */
        assert_ok(store_execute(county.store, "UPDATE plan SET state = 'CLOSED' WHERE id = ?",
                                VALUES(value_int(id)), &county.error),
                  &county.error);
    }
    assert_int_equal(load(id).state, state);
    return id;
}

static void test_every_step_out_of_its_place_is_refused(void **state) {
    (void)state;
    static const enum plan_state from[] = {
        [CHANGE] = PLAN_DRAFT,       [FREEZE] = PLAN_DRAFT, [COMMIT] = PLAN_FROZEN,
        [SET_SEED] = PLAN_COMMITTED, [DRAW] = PLAN_SEEDED,  [APPROVE] = PLAN_DRAWN,
    };
    for (int at = PLAN_DRAFT; at <= PLAN_VOID; at++) {
        for (int verb = CHANGE; verb < VERBS; verb++) {
            int64_t id = plan_in((enum plan_state)at);
            const char *before = everything();
            enum result code = take(id, (enum verb)verb);
            bool allowed = verb == MAKE_VOID ? at != PLAN_VOID : (enum plan_state)at == from[verb];
            if (allowed) {
                assert_ok(code, &county.error);
                assert_string_not_equal(everything(), before);
            } else {
                county_expect(&county, code, RESULT_REFUSED, load(id).number);
                assert_string_equal(everything(), before);
            }
        }
    }
}

static void test_the_whole_life_leaves_its_traces(void **state) {
    (void)state;
    int64_t id = plan_in(PLAN_LOCKED);
    struct plan plan = load(id);
    assert_string_equal(plan.number, "2026-001");
    assert_string_equal(plan.created_by, "王建国");
    assert_string_equal(plan.approved_by, "李梅");
    assert_string_equal(plan.seed, SEED);
    assert_string_equal(plan.seed_source, SOURCE);
    assert_int_equal(plan.drawn, county_count(&county, "SELECT count(*) FROM plan_unit"));
    assert_int_equal(plan.population, 120);
    assert_string_equal(
        county_dump(&county, "SELECT action FROM journal WHERE subject = 'plan:2026-001'"),
        "plan.create\nplan.freeze\nplan.commit\nplan.seed\nplan.draw\nplan.approve\n");
    assert_ok(take(id, MAKE_VOID), &county.error);
    assert_string_equal(load(id).void_reason, "名单有误");
    int64_t next = make_whole_plan();
    assert_string_equal(load(next).number, "2026-002"); /* a number is not used again */
}

static void test_void_needs_a_reason(void **state) {
    (void)state;
    int64_t id = make_whole_plan();
    county_expect(&county, plan_void(county.store, &county.officer, id, " \t", &county.error),
                  RESULT_USAGE, "reason");
    county_expect(&county, plan_void(county.store, &county.officer, id, NULL, &county.error),
                  RESULT_USAGE, "reason");
    assert_int_equal(load(id).state, PLAN_DRAFT);
    assert_int_not_equal(store_execute(county.store, "DELETE FROM plan", NO_VALUES, &county.error),
                         RESULT_OK);
}

static void test_nobody_approves_a_plan_of_his_own(void **state) {
    (void)state;
    const struct actor third = {.name = "赵强", .clock = county.officer.clock};
    int64_t id = make_whole_plan(); /* by the officer */
    assert_ok(
        plan_draw_through(county.store, &county.approver, id, SEED, SOURCE, NULL, &county.error),
        &county.error);
    const char *before = everything();
    county_expect(&county, plan_approve(county.store, &county.officer, id, &county.error),
                  RESULT_REFUSED, "王建国"); /* who made it */
    county_expect(&county, plan_approve(county.store, &county.approver, id, &county.error),
                  RESULT_REFUSED, "李梅"); /* who drew it */
    assert_string_equal(everything(), before);
    assert_ok(plan_approve(county.store, &third, id, &county.error), &county.error);
}

static void test_seeds_are_twenty_digits_or_more_kept_as_written(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "0138243811279731665", /* 19 */
        "",
        "0138243811279731665a",
        "０１３８２４３８１１２７９７３１６６５４", /* full-width */
        " 01382438112797316654",
        "01382438112797316654 ",
        "-1382438112797316654",
        "0138243811279731.654",
    };
    int64_t id = plan_in(PLAN_COMMITTED);
    const char *before = everything();
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        enum result code =
            plan_seed(county.store, &county.officer, id, wrong[i], SOURCE, &county.error);
        county_expect(&county, code, RESULT_USAGE, i == 3 ? "full-width" : "seed");
        assert_string_equal(everything(), before);
    }
    static const char zeros[] = "00000000000000000000001";
    assert_ok(plan_seed(county.store, &county.officer, id, zeros, NULL, &county.error),
              &county.error);
    assert_string_equal(load(id).seed, zeros);
    /* Not even past the program. */
    assert_int_not_equal(
        store_execute(county.store, "UPDATE plan SET seed = '1'", NO_VALUES, &county.error),
        RESULT_OK);
}

static bool stop_at(void *context, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    int *left = context;
    return --*left > 0;
}

static enum result draw_through(int64_t id, const char *seed) {
    return plan_draw_through(county.store, &county.officer, id, seed, SOURCE, NULL, &county.error);
}

static void test_drawing_through_is_all_or_nothing(void **state) {
    (void)state;
    int64_t id = make_whole_plan();
    const char *before = everything();
    county_expect(&county, draw_through(id, "123"), RESULT_USAGE, "20");
    assert_string_equal(everything(), before); /* not frozen either */
    int left = 1;
    struct progress progress = {.report = stop_at, .context = &left};
    county_expect(&county,
                  plan_draw_through(county.store, &county.officer, id, SEED, SOURCE, &progress,
                                    &county.error),
                  RESULT_CANCELLED, "nothing was changed");
    assert_string_equal(everything(), before);
    county_expect(&county, draw_through(99, SEED), RESULT_NOT_FOUND, "no plan 99");
    assert_ok(draw_through(id, SEED), &county.error);
    before = everything();
    county_expect(&county, draw_through(id, SEED), RESULT_REFUSED, "Nothing was changed");
    assert_string_equal(everything(), before);
    for (int at = PLAN_FROZEN; at <= PLAN_SEEDED; at++) {
        id = plan_in((enum plan_state)at);
        assert_ok(draw_through(id, SEED), &county.error);
        assert_int_equal(load(id).state, PLAN_DRAWN);
    }
}

static void test_a_seeded_plan_is_drawn_with_its_own_seed_only(void **state) {
    (void)state;
    int64_t id = plan_in(PLAN_SEEDED);
    const char *before = everything();
    county_expect(&county, draw_through(id, "99999999999999999999"), RESULT_REFUSED,
                  "written once");
    assert_string_equal(everything(), before);
    assert_ok(draw_through(id, SEED), &county.error);
}

/* ---- frame --------------------------------------------------------------------------------- */

static const char *frame_text(int64_t id) {
    struct plan plan = load(id);
    struct draw_frame *frame = NULL;
    size_t length = 0;
    assert_ok(drawn_load_frame(county.store, &plan, &frame, &county.error), &county.error);
    const char *text = arena_strdup(county.arena, draw_frame_text(frame, &length));
    assert_int_equal(strlen(text), length);
    draw_frame_free(frame);
    return text;
}

static void test_the_frame_is_everyone_sorted_with_its_digest(void **state) {
    (void)state;
    int64_t id = plan_in(PLAN_FROZEN);
    const char *expected = county_dump(
        &county, "SELECT coalesce(e.uscc, e.registration_number) || char(9) || e.region || char(9) "
                 "|| r.final_class || char(9) || char(9) || iif(e.key_field = 1, 'key', '') FROM "
                 "enterprise e JOIN result r ON r.enterprise = e.id ORDER BY 1");
    const char *text = frame_text(id);
    assert_string_equal(text, expected);
    char digest[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex(text, strlen(text), digest, &county.error), &county.error);
    assert_string_equal(load(id).frame_digest, digest);
    struct plan plan = load(id);
    assert_ok(draw_measures_digest(&plan.measures, digest, &county.error), &county.error);
    assert_string_equal(plan.measures_digest, digest);
    /* What happens afterwards is not in it. */
    assert_ok(
        store_execute(county.store, "UPDATE enterprise SET region = '1'", NO_VALUES, &county.error),
        &county.error);
    assert_string_equal(frame_text(id), expected);
}

/* An override begins between the run and the freezing, and nobody looked at a list since. */
static void test_a_frame_rests_on_the_classes_of_its_day(void **state) {
    (void)state;
    struct period period;
    struct override proposal = {.kind = OVERRIDE_SET_CLASS,
                                .enterprise = 1,
                                .risk_class = CLASS_C,
                                .reason = "实地核查",
                                .document = "呼市监〔2026〕1号",
                                .valid_from = 20261115};
    int64_t id = 0;
    county_today(&county, 20261110);
    assert_ok(
        period_run(county.store, &county.officer, 202611, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(override_propose(county.store, &county.officer, &proposal, &id, &county.error),
              &county.error);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    int64_t before = county_count(&county, "SELECT class_c FROM period WHERE id = 202611");
    county_today(&county, 20261115);
    int64_t plan = make_whole_plan();
    assert_ok(take(plan, FREEZE), &county.error);
    assert_int_equal(county_count(&county, "SELECT class_c FROM period WHERE id = 202611"),
                     before + 1);
    char uscc[USCC_SIZE];
    const char *frame = county_dump(&county, "SELECT text FROM plan_frame");
    const char *line = strstr(frame, county_uscc(1, uscc));
    assert_non_null(line);
    const char *end = strchr(line, '\n');
    assert_non_null(end);
    assert_non_null(memmem(line, (size_t)(end - line), "\tC", 2));
}

static void test_a_changed_frame_is_not_drawn_from(void **state) {
    (void)state;
    int64_t id = plan_in(PLAN_SEEDED);
    assert_ok(store_execute(county.store,
                            "UPDATE plan_frame SET text = CAST(replace(CAST(text AS TEXT), "
                            "char(9) || 'A' || char(9), char(9) || 'B' || char(9)) AS BLOB)",
                            NO_VALUES, &county.error),
              &county.error);
    const char *before = everything();
    county_expect(&county, take(id, DRAW), RESULT_DAMAGED, "not the one that was frozen");
    assert_string_equal(everything(), before);
}

static void test_those_who_cannot_be_inspected_are_left_out_and_counted(void **state) {
    (void)state;
    static const char *const statuses[] = {"cancelled", "revoked",    "withdrawn", "moved_out",
                                           "open",      "cancelling", "changed"};
    for (int i = 0; i < 7; i++) {
        struct enterprise known = enterprise_unknown();
        known.status = statuses[i];
        county_add(&county, 500 + i, &known);
    }
    struct enterprise nameless = enterprise_unknown();
    nameless.uscc = "";
    county_add(&county, 600, &nameless);
    nameless.name = "无代码商店";
    nameless.registration_number = "652323600000001";
    county_add(&county, 601, &nameless);
    struct period period;
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    int64_t id = plan_in(PLAN_DRAWN);
    struct plan plan = load(id);
    assert_string_equal(plan.excluded, "{\"deregistered\":4,\"no_code\":1}");
    assert_int_equal(plan.population, 120 + 3 + 1);
    const char *text = frame_text(id);
    assert_non_null(strstr(text, "652323600000001\t"));
    char uscc[USCC_SIZE];
    for (int i = 0; i < 7; i++) {
        bool there = strstr(text, county_uscc(500 + i, uscc)) != NULL;
        assert_int_equal(there, i >= 4);
    }
    struct plan_counts counts;
    plan.scope.limits = (struct plan_limits){0}; /* its own units would count as visits */
    assert_ok(
        plan_scope_count(county.store, 202610, &plan.scope, DATE_NONE, &counts, &county.error),
        &county.error);
    int64_t whole = 0;
    for (int c = 0; c < CLASS_COUNT; c++) {
        whole += counts.classes[c];
    }
    assert_int_equal(whole, plan.population);
    assert_int_equal(counts.excluded[PLAN_EXCLUDED_deregistered], 4);
}

static void test_the_scope_narrows_the_frame(void **state) {
    (void)state;
    const struct plan_scope scope = {.region = "652323", .industry = "F52"};
    int64_t id = make_plan(&scope);
    assert_ok(take(id, FREEZE), &county.error);
    assert_int_equal(load(id).population,
                     county_count(&county, "SELECT count(*) FROM enterprise WHERE region LIKE "
                                           "'652323%' AND industry LIKE 'F52%'"));
    assert_string_equal(load(id).scope.industry, "F52");
    const struct plan_scope nobody = {.region = "11"};
    id = make_plan(&nobody);
    const char *before = everything();
    county_expect(&county, take(id, FREEZE), RESULT_REFUSED,
                  "No enterprise is in the plan's scope");
    assert_string_equal(everything(), before);
}

/* ---- proof --------------------------------------------------------------------------------- */

static void test_the_record_of_a_drawn_plan_verifies(void **state) {
    (void)state;
    int64_t id = plan_in(PLAN_DRAWN);
    struct plan plan = load(id);
    struct draw_frame *frame = NULL;
    struct draw_record *record = NULL;
    char *text = NULL;
    size_t length = 0;
    assert_ok(drawn_load_frame(county.store, &plan, &frame, &county.error), &county.error);
    assert_ok(drawn_record(county.store, &plan, frame, "x.frame.tsv", &record, &county.error),
              &county.error);
    assert_int_equal(record->unit_count, plan.drawn);
    assert_ok(draw_record_write(&text, record, &county.error), &county.error);
    const char *frame_bytes = draw_frame_text(frame, &length);
    assert_ok(draw_verify_text(text, strlen(text), frame_bytes, length, &county.error),
              &county.error);
    char *at = strstr(text, SEED);
    at[0] = '9';
    county_expect(&county, draw_verify_text(text, strlen(text), frame_bytes, length, &county.error),
                  RESULT_MISMATCH, "");
    free(text);
    draw_record_free(record);
    /* The kept strata and units are those of the record; each class gets about its rate. */
    struct drawn_stratum *strata = NULL;
    size_t count = 0;
    assert_ok(drawn_load_strata(county.store, id, county.arena, &strata, &count, &county.error),
              &county.error);
    int64_t population = 0;
    int64_t drawn = 0;
    for (size_t i = 0; i < count; i++) {
        population += strata[i].population;
        drawn += strata[i].drawn;
        assert_true(strata[i].drawn <= strata[i].population);
        assert_true(!strata[i].certain || strata[i].drawn == strata[i].population);
        assert_int_equal(strata[i].certain, strata[i].risk_class == CLASS_D);
        assert_int_equal(strlen(strata[i].cutoff_ticket), strata[i].drawn > 0 ? 64 : 0);
    }
    assert_int_equal(population, plan.population);
    assert_int_equal(drawn, plan.drawn);
    struct drawn_unit units[7];
    int64_t seen = 0;
    do { /* page by page */
        assert_ok(
            drawn_load_units(county.store, id, seen, county.arena, units, 7, &count, &county.error),
            &county.error);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(units[i].place, ++seen);
            assert_non_null(draw_frame_find(frame, units[i].unit));
        }
    } while (count == 7);
    assert_int_equal(seen, plan.drawn);
    draw_frame_free(frame);
}

static void test_an_undrawn_plan_has_no_record(void **state) {
    (void)state;
    int64_t id = plan_in(PLAN_SEEDED);
    struct plan plan = load(id);
    struct draw_frame *frame = NULL;
    struct draw_record *record = NULL;
    assert_ok(drawn_load_frame(county.store, &plan, &frame, &county.error), &county.error);
    county_expect(&county, drawn_record(county.store, &plan, frame, "x", &record, &county.error),
                  RESULT_REFUSED, "not drawn yet");
    draw_frame_free(frame);
    plan = load(make_whole_plan());
    county_expect(&county, drawn_load_frame(county.store, &plan, &frame, &county.error),
                  RESULT_REFUSED, "no frame yet");
}

/* The same enterprises, taken in forwards or backwards. */
static char *drawn_of(bool backwards, char digest[DIGEST_HEX_SIZE]) {
    struct period period;
    county_open(&county, NULL, 20261031);
    for (int i = 0; i < 90; i++) {
        int number = backwards ? 90 - i : i + 1;
        random_state seed = (random_state)number;
        struct enterprise known = enterprise_unknown();
        known.region = number % 2 == 0 ? "652323100" : "652323101";
        int64_t id = county_add(&county, number, &known);
        struct fact fact = fact_make(FACT_TYPE_penalty, 20260901);
        fact.level = random_between(&seed, 0, 4);
        if (number % 3 == 0) {
            county_fact(&county, id, &fact, NULL);
        }
    }
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    int64_t id = make_whole_plan();
    assert_ok(draw_through(id, SEED), &county.error);
    memcpy(digest, load(id).frame_digest, DIGEST_HEX_SIZE);
    const char *units = county_dump(
        &county, "SELECT place || unit || class || stratum || rank || ticket FROM plan_unit "
                 "ORDER BY place");
    char *copy = strdup(units);
    assert_non_null(copy);
    return copy;
}

static void test_two_databases_draw_alike(void **state) {
    (void)state;
    char first_digest[DIGEST_HEX_SIZE];
    char second_digest[DIGEST_HEX_SIZE];
    county_close(&county);
    char *first = drawn_of(false, first_digest);
    county_close(&county);
    char *second = drawn_of(true, second_digest);
    assert_string_equal(first_digest, second_digest);
    assert_string_equal(first, second);
    assert_true(strlen(first) > 500);
    free(first);
    free(second);
}

/* ---- requests ------------------------------------------------------------------------------ */

static void refuse_plan(const char *title, const struct plan_scope *scope,
                        const struct draw_measures *measures, enum result expected,
                        const char *words) {
    int64_t id = 0;
    const char *before = everything();
    county_expect(
        &county,
        plan_create(county.store, &county.officer, title, scope, measures, &id, &county.error),
        expected, words);
    assert_string_equal(everything(), before);
}

static void test_requests_that_cannot_be_met_are_refused(void **state) {
    (void)state;
    struct plan plan = load(make_whole_plan());
    const struct plan_scope backwards = {.from = 20261201, .to = 20261130};
    refuse_plan(" ", &plan.scope, &plan.measures, RESULT_USAGE, "title");
    refuse_plan(NULL, &plan.scope, &plan.measures, RESULT_USAGE, "title");
    refuse_plan("题", &backwards, &plan.measures, RESULT_USAGE, "end before it begins");
    struct draw_rule rules[CLASS_COUNT];
    struct draw_measures measures = plan.measures;
    memcpy(rules, plan.measures.rules, sizeof(rules));
    for (int i = 0; i < CLASS_COUNT; i++) {
        rules[i].grade = ""; /* outlives the plan's arena */
    }
    rules[1].rate.num = 0;
    measures.rules = rules;
    refuse_plan("题", &plan.scope, &measures, RESULT_USAGE, "B");
    county_close(&county);
    county_open(&county, NULL, 20261031);
    measures.rules = rules;
    rules[1].rate = (struct draw_rate){1, 5};
    const struct plan_scope scope = {0};
    refuse_plan("题", &scope, &measures, RESULT_NOT_FOUND, "period");
}

static void test_plans_are_found_by_number_and_id(void **state) {
    (void)state;
    int64_t first = make_whole_plan();
    int64_t second = make_whole_plan();
    int64_t id = 0;
    assert_ok(plan_find(county.store, "2026-002", &id, &county.error), &county.error);
    assert_int_equal(id, second);
    assert_ok(plan_find(county.store, "1", &id, &county.error), &county.error);
    assert_int_equal(id, first);
    static const char *const wrong[] = {"3",  "1x", "2026",    "",
                                        " 1", "-1", "2026-01", "99999999999999999999"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        county_expect(&county, plan_find(county.store, wrong[i], &id, &county.error),
                      RESULT_NOT_FOUND, "There is no plan");
    }
    struct plan *plans = NULL;
    size_t count = 0;
    assert_ok(plan_list(county.store, county.arena, &plans, &count, &county.error), &county.error);
    assert_int_equal(count, 2);
    assert_int_equal(plans[0].id, second);
    county_today(&county, 20270101);
    assert_string_equal(load(make_whole_plan()).number, "2027-001");
}

static void test_a_draft_can_be_changed(void **state) {
    (void)state;
    int64_t id = make_whole_plan();
    struct draw_rule rules[CLASS_COUNT] = {0};
    struct draw_measures measures = {.mode = DRAW_MODE_TOTAL,
                                     .total = 30,
                                     .stratum_maximum = DRAW_NO_MAXIMUM,
                                     .rules = rules,
                                     .rule_count = CLASS_COUNT};
    const struct plan_scope scope = {.region = "652323", .from = 20261101, .to = 20261130};
    assert_ok(weights_parse("A=1,B=5,C=20,D=100", rules, &county.error), &county.error);
    assert_ok(
        plan_change(county.store, &county.officer, id, "新题", &scope, &measures, &county.error),
        &county.error);
    struct plan plan = load(id);
    assert_string_equal(plan.title, "新题");
    assert_int_equal(plan.scope.from, 20261101);
    assert_int_equal(plan.measures.total, 30);
    assert_int_equal(plan.measures.rules[3].weight, 100);
    assert_ok(draw_through(id, SEED), &county.error);
    assert_int_equal(load(id).drawn, 30);
}

#define PLAN_TEST(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        PLAN_TEST(test_every_step_out_of_its_place_is_refused),
        PLAN_TEST(test_the_whole_life_leaves_its_traces),
        PLAN_TEST(test_void_needs_a_reason),
        PLAN_TEST(test_nobody_approves_a_plan_of_his_own),
        PLAN_TEST(test_seeds_are_twenty_digits_or_more_kept_as_written),
        PLAN_TEST(test_drawing_through_is_all_or_nothing),
        PLAN_TEST(test_a_seeded_plan_is_drawn_with_its_own_seed_only),
        PLAN_TEST(test_the_frame_is_everyone_sorted_with_its_digest),
        PLAN_TEST(test_a_frame_rests_on_the_classes_of_its_day),
        PLAN_TEST(test_a_changed_frame_is_not_drawn_from),
        PLAN_TEST(test_those_who_cannot_be_inspected_are_left_out_and_counted),
        PLAN_TEST(test_the_scope_narrows_the_frame),
        PLAN_TEST(test_the_record_of_a_drawn_plan_verifies),
        PLAN_TEST(test_an_undrawn_plan_has_no_record),
        PLAN_TEST(test_two_databases_draw_alike),
        PLAN_TEST(test_requests_that_cannot_be_met_are_refused),
        PLAN_TEST(test_plans_are_found_by_number_and_id),
        PLAN_TEST(test_a_draft_can_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
