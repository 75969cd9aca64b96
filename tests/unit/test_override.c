/* Articles 10, 11 and 19 as they are decided about in a registry: who decides, from when to when,
 * what it does to the open period, and that it can be taken back. */
#include "unit/unit.h"

#include "score/explanation.h"
#include "score/override_text.h"
#include "store/statement.h"
#include "unit/county.h"
#include "unit/scratch.h"

#include <string.h>

static struct county county;
static int64_t enterprise;

/* An enterprise with one penalty of level 3 and 50,000 yuan, scored for October on its last day. */
static int64_t penalty;

static void run(int64_t id, bool close) {
    struct period period;
    assert_ok(period_run(county.store, &county.officer, id, close, NULL, &period, &county.error),
              &county.error);
}

static int open_county(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    enterprise = county_add(&county, 1, NULL);
    struct fact fact = fact_make(FACT_TYPE_penalty, 20261001);
    fact.level = 3;
    fact.amount = 5000000;
    penalty = county_fact(&county, enterprise, &fact, NULL);
    return 0;
}

static int close_county(void **state) {
    (void)state;
    county_close(&county);
    return 0;
}

/* ---- proposals ------------------------------------------------------------------------------- */

static struct override about(enum score_override_kind kind) {
    return (struct override){.kind = kind,
                             .enterprise = enterprise,
                             .risk_class = CLASS_COUNT,
                             .fact_status = -1,
                             .amount_left = FACT_NO_AMOUNT,
                             .level_left = FACT_NO_LEVEL,
                             .reason = "依文书",
                             .document = "呼政复〔2026〕3号"};
}

static struct override exclusion(enum fact_status ground) {
    struct override made = about(OVERRIDE_EXCLUDE_FACT);
    made.fact = penalty;
    made.fact_status = (int)ground;
    return made;
}

static struct override part(int64_t amount, int32_t level) {
    struct override made = exclusion(FACT_STATUS_revoked);
    made.part = true;
    made.amount_left = amount;
    made.level_left = level;
    return made;
}

static struct override waiver(const char *rule, date until) {
    struct override made = about(OVERRIDE_WAIVE_DIRECT);
    made.rule = rule;
    made.valid_to = until;
    return made;
}

static struct override observation(date until) {
    struct override made = about(OVERRIDE_OBSERVE);
    made.novelty = NOVELTY_MODEL;
    made.valid_to = until;
    return made;
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

static void refuse(const struct override *proposal, enum result expected, const char *words) {
    int64_t id = 0;
    county_expect(&county,
                  override_propose(county.store, &county.officer, proposal, &id, &county.error),
                  expected, words);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM override"), 0);
}

static struct override load(int64_t id, date today) {
    struct override override;
    assert_ok(override_load(county.store, id, today, county.arena, &override, &county.error),
              &county.error);
    return override;
}

static struct explanation explain(int64_t period) {
    struct explanation explanation;
    assert_ok(explanation_load(county.store, enterprise, period, county.arena, &explanation,
                               &county.error),
              &county.error);
    return explanation;
}

/* ---- what stands ----------------------------------------------------------------------------- */

#define RESULT_OF                                                                                  \
    "SELECT total || final_class || decided_by || coalesce(decided_rule, '') || dimensions || "    \
    "indicators FROM result WHERE period = (SELECT max(id) FROM period)"

static const char *result(void) {
    return county_dump(&county, RESULT_OF);
}

static int64_t total(void) {
    return county_count(&county, "SELECT total FROM result ORDER BY period DESC LIMIT 1");
}

static void expect_class(enum risk_class expected, enum score_decision decision) {
    struct explanation explanation = explain(0);
    assert_int_equal(explanation.result.final_class, expected);
    assert_int_equal(explanation.result.decision, decision);
    explanation_clear(&explanation);
}

/* ---- article 10 ------------------------------------------------------------------------------ */

/* Excludes by a ground, sees the fact gone with its ground and document kept, restores it and sees
 * everything as it was. */
static void check_ground(enum fact_status ground) {
    run(202610, false);
    const char *before = result();
    struct override proposal = exclusion(ground);
    int64_t id = propose(&proposal);
    assert_string_equal(result(), before);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    struct explanation explanation = explain(0);
    const struct fact *fact = explanation_fact(&explanation, penalty);
    bool counted = true;
    assert_int_equal(explanation_fact_points(&explanation, penalty, &counted), 0);
    assert_false(counted);
    assert_int_equal(explanation_fact_status(&explanation, fact), ground);
    assert_int_equal(fact->status, FACT_STATUS_valid); /* the source's word is kept */
    assert_int_equal(explanation_to_restore(&explanation, penalty)->id, id);
    explanation_clear(&explanation);
    assert_ok(override_withdraw(county.store, &county.officer, id, "二审改判",
                                "（2026）新23行终9号", &county.error),
              &county.error);
    assert_string_equal(result(), before);
    struct override kept = load(id, 20261031);
    assert_int_equal(kept.state, OVERRIDE_WITHDRAWN);
    assert_int_equal(kept.fact_status, ground);
    assert_string_equal(kept.document, "呼政复〔2026〕3号");
    assert_string_equal(kept.withdrawn_reason, "二审改判");
    assert_string_equal(kept.withdrawn_document, "（2026）新23行终9号");
    assert_string_equal(kept.withdrawn_by, county.officer.name);
}

#define GROUND_TEST(item, ground)                                                                  \
    static void X10_##item##_##ground(void **state) {                                              \
        (void)state;                                                                               \
        check_ground(FACT_STATUS_##ground);                                                        \
    }
GROUND_TEST(1, revoked)
GROUND_TEST(2, changed)
GROUND_TEST(3, erroneous)
GROUND_TEST(4, disputed)
GROUND_TEST(5, excluded_by_law)

static void X10_1_in_part_the_rest_counts_and_the_part_stands_beside_it(void **state) {
    (void)state;
    run(202610, false);
    const char *before = result();
    int64_t whole = total();
    struct override proposal = part(2000000, 1);
    int64_t id = approve(&proposal);
    assert_true(total() < whole);
    struct explanation explanation = explain(0);
    const struct fact *fact = explanation_fact(&explanation, penalty);
    bool counted = false;
    int64_t points = explanation_fact_points(&explanation, penalty, &counted);
    assert_true(counted && points > 0);
    assert_int_equal(explanation_fact_status(&explanation, fact), FACT_STATUS_valid);
    assert_int_equal(fact->amount, 5000000);
    struct fact left = explanation_fact_left(&explanation, fact);
    assert_int_equal(left.amount, 2000000);
    assert_int_equal(left.level, 1);
    explanation_clear(&explanation);
    struct override kept = load(id, 20261031);
    assert_true(kept.part);
    assert_int_equal(kept.amount_before, 5000000);
    assert_int_equal(kept.amount_left, 2000000);
    assert_int_equal(kept.level_before, 3);
    assert_int_equal(kept.level_left, 1);
    struct buffer text = BUFFER_INIT;
    override_text_what(&kept, &text);
    assert_string_equal(buffer_text(&text),
                        "revoke part: amount 50,000.00 -> 20,000.00, level 3 -> 1");
    buffer_free(&text);
    int64_t reduced = total();
    run(202610, false); /* a run finds the same as the re-score */
    assert_int_equal(total(), reduced);
    assert_ok(override_withdraw(county.store, &county.officer, id, "撤销决定被撤",
                                "呼政复〔2026〕9号", &county.error),
              &county.error);
    assert_string_equal(result(), before);
}

/* It counts as if the source had said the rest alone. */
static void X10_1_in_part_scores_as_the_rest_alone_would(void **state) {
    (void)state;
    run(202610, false);
    struct override proposal = part(2000000, 1);
    int64_t id = approve(&proposal);
    const char *reduced = result();
    assert_ok(override_withdraw(county.store, &county.officer, id, "核对", "核1号", &county.error),
              &county.error);
    assert_ok(store_execute(county.store, "UPDATE fact SET amount = 2000000, level = 1", NO_VALUES,
                            &county.error),
              &county.error);
    run(202610, false);
    assert_string_equal(result(), reduced);
}

static void X10_1_a_second_part_begins_where_the_first_left_off(void **state) {
    (void)state;
    run(202610, false);
    struct override first = part(3000000, FACT_NO_LEVEL);
    int64_t one = approve(&first);
    struct override second = part(1000000, FACT_NO_LEVEL);
    int64_t two = approve(&second);
    assert_int_equal(load(two, 20261031).amount_before, 3000000);
    assert_ok(override_withdraw(county.store, &county.officer, one, "误", "核1号", &county.error),
              &county.error);
    struct explanation explanation = explain(0);
    const struct fact *fact = explanation_fact(&explanation, penalty);
    assert_int_equal(explanation_fact_left(&explanation, fact).amount, 1000000);
    explanation_clear(&explanation);
}

static void X10_1_a_part_is_refused_that_does_not_fit(void **state) {
    (void)state;
    struct override proposal = part(FACT_NO_AMOUNT, FACT_NO_LEVEL);
    refuse(&proposal, RESULT_INVALID, "what remains");
    proposal = part(5000000, 3);
    refuse(&proposal, RESULT_INVALID, "All of fact");
    proposal = part(5000001, FACT_NO_LEVEL);
    refuse(&proposal, RESULT_INVALID, "no more than its amount");
    proposal = part(-1, FACT_NO_LEVEL);
    refuse(&proposal, RESULT_INVALID, "nothing below 0");
    proposal = part(1000000, 4);
    refuse(&proposal, RESULT_INVALID, "no more than its level");
    proposal = part(1000000, 1);
    proposal.fact_status = FACT_STATUS_changed;
    refuse(&proposal, RESULT_INVALID, "Only a revocation");
    struct fact bare = fact_make(FACT_TYPE_complaint, 20261002);
    proposal = part(1000000, FACT_NO_LEVEL);
    proposal.fact = county_fact(&county, enterprise, &bare, "bare");
    refuse(&proposal, RESULT_INVALID, "has no amount");
    proposal.amount_left = FACT_NO_AMOUNT;
    proposal.level_left = 1;
    refuse(&proposal, RESULT_INVALID, "has no level");
}

/* What a proposal found must stand still when it is approved. */
static void X10_1_a_part_of_a_fact_that_changed_since_is_not_approved(void **state) {
    (void)state;
    run(202610, false);
    struct override proposal = part(2000000, FACT_NO_LEVEL);
    int64_t id = propose(&proposal);
    assert_ok(
        store_execute(county.store, "UPDATE fact SET amount = 3000000", NO_VALUES, &county.error),
        &county.error);
    county_expect(&county, override_approve(county.store, &county.approver, id, &county.error),
                  RESULT_REFUSED, "has changed since");
    assert_int_equal(load(id, 20261031).state, OVERRIDE_PROPOSED);
}

static void X10_restoring_needs_reason_and_document(void **state) {
    (void)state;
    run(202610, false);
    struct override proposal = exclusion(FACT_STATUS_disputed);
    int64_t id = approve(&proposal);
    const char *before = result();
    county_expect(&county,
                  override_withdraw(county.store, &county.officer, id, " ", "呼1号", &county.error),
                  RESULT_INVALID, "reason");
    county_expect(
        &county,
        override_withdraw(county.store, &county.officer, id, "异议撤销", NULL, &county.error),
        RESULT_INVALID, "document");
    assert_string_equal(result(), before);
    int64_t other = propose(&proposal); /* a mere proposal is withdrawn without */
    assert_ok(override_withdraw(county.store, &county.officer, other, "重复", NULL, &county.error),
              &county.error);
}

/* A closed month keeps what counted then, and can tell, whatever is decided later. */
static void X10_a_closed_period_tells_what_was_decided_by_then(void **state) {
    (void)state;
    struct override proposal = part(2000000, 1);
    int64_t id = approve(&proposal);
    run(202610, true);
    county_today(&county, 20261115);
    run(202611, false);
    assert_ok(override_withdraw(county.store, &county.officer, id, "恢复", "核1号", &county.error),
              &county.error);
    struct override gone = exclusion(FACT_STATUS_erroneous);
    gone.valid_from = 20261001;
    approve(&gone);
    struct explanation closed = explain(202610);
    const struct fact *fact = explanation_fact(&closed, penalty);
    bool counted = false;
    explanation_fact_points(&closed, penalty, &counted);
    assert_true(counted);
    assert_int_equal(explanation_fact_left(&closed, fact).amount, 2000000);
    assert_int_equal(explanation_fact_status(&closed, fact), FACT_STATUS_valid);
    explanation_clear(&closed);
    struct explanation open = explain(202611);
    assert_int_equal(explanation_fact_status(&open, explanation_fact(&open, penalty)),
                     FACT_STATUS_erroneous);
    explanation_clear(&open);
}

/* Every step has its entry, with how the enterprise stood before and after. */
static void X10_each_step_is_in_the_journal(void **state) {
    (void)state;
    run(202610, false);
    struct override proposal = part(2000000, 1);
    int64_t id = approve(&proposal);
    assert_ok(override_withdraw(county.store, &county.officer, id, "恢复", "核1号", &county.error),
              &county.error);
    const char *entries = county_dump(
        &county,
        "SELECT action || ' ' || coalesce(reason, '') || ' ' || coalesce(before, '') || "
        "' ' || coalesce(after, '') FROM journal WHERE subject = 'override:1' ORDER BY id");
    assert_non_null(strstr(entries, "override.propose 依文书"));
    assert_non_null(strstr(entries, "\"amount_before\":5000000,\"amount_left\":2000000"));
    assert_non_null(strstr(entries, "override.approve  {\"centipoints\":"));
    assert_non_null(strstr(entries, "override.withdraw 恢复"));
    assert_non_null(strstr(entries, "\"document\":\"核1号\""));
}

/* ---- article 11 ------------------------------------------------------------------------------ */

static void list(int type) {
    struct fact fact = fact_make(type, 20260901);
    county_fact(&county, enterprise, &fact, NULL);
}

static void X11_a_waiver_ends_on_its_day_without_a_key(void **state) {
    (void)state;
    list(FACT_TYPE_serious_violation);
    county_today(&county, 20261010);
    struct override proposal = waiver("X11-1", 20261020);
    int64_t id = approve(&proposal);
    run(202610, false);
    struct explanation explanation = explain(0);
    assert_int_equal(explanation.result.decision, DECIDED_BY_SCORE);
    explanation_clear(&explanation);
    size_t count = 9;
    county_today(&county, 20261019); /* the last day it holds */
    assert_ok(override_catch_up(county.store, &county.officer.clock, &count, &county.error),
              &county.error);
    assert_int_equal(count, 0);
    county_today(&county, 20261020);
    assert_ok(override_catch_up(county.store, &county.officer.clock, &count, &county.error),
              &county.error);
    assert_int_equal(count, 1);
    expect_class(CLASS_D, DECIDED_BY_DIRECT);
    assert_int_equal(load(id, 20261020).state, OVERRIDE_EXPIRED);
    assert_ok(override_catch_up(county.store, &county.officer.clock, &count, &county.error),
              &county.error);
    assert_int_equal(count, 0); /* done once */
    assert_int_equal(county_count(&county, "SELECT count(*) FROM journal WHERE action = "
                                           "'override.due' AND actor = 'system clock'"),
                     1);
    assert_int_equal(county_count(&county, "SELECT class_d FROM period"), 1);
}

/* The first day counts, and so does the last; the day in valid_to no more. */
static void X11_an_override_begins_on_its_first_day(void **state) {
    (void)state;
    county_today(&county, 20261010);
    run(202610, false);
    struct override proposal = about(OVERRIDE_SET_CLASS);
    proposal.risk_class = CLASS_C;
    proposal.valid_from = 20261015;
    proposal.valid_to = 20261017;
    approve(&proposal);
    static const struct {
        date today;
        size_t scored;
        bool holds;
    } days[] = {
        {20261014, 0, false}, {20261015, 1, true}, {20261016, 0, true}, {20261017, 1, false}};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        size_t count = 9;
        county_today(&county, days[i].today);
        assert_ok(override_catch_up(county.store, &county.officer.clock, &count, &county.error),
                  &county.error);
        assert_int_equal(count, days[i].scored);
        struct explanation explanation = explain(0);
        assert_int_equal(explanation.result.final_class == CLASS_C, days[i].holds);
        explanation_clear(&explanation);
    }
}

/* A period that is over is judged on its own last day, a closed one not at all. */
static void X11_later_days_leave_earlier_periods(void **state) {
    (void)state;
    struct override proposal = about(OVERRIDE_SET_CLASS);
    proposal.risk_class = CLASS_C;
    proposal.valid_to = 20261105;
    approve(&proposal);
    run(202610, false);
    size_t count = 9;
    county_today(&county, 20261110);
    assert_ok(override_catch_up(county.store, &county.officer.clock, &count, &county.error),
              &county.error);
    assert_int_equal(count, 0);
    expect_class(CLASS_C, DECIDED_BY_OVERRIDE);
    run(202610, true);
    county_today(&county, 20261210);
    assert_ok(override_catch_up(county.store, &county.officer.clock, &count, &county.error),
              &county.error);
    assert_int_equal(count, 0);
}

static void X11_4_holds_once_confirmed_and_no_longer_than_that(void **state) {
    (void)state;
    list(FACT_TYPE_consumer_concern);
    run(202610, false);
    struct override proposal = about(OVERRIDE_CONFIRM_DIRECT);
    proposal.rule = "X11-4";
    proposal.valid_to = 20261115;
    int64_t id = propose(&proposal);
    assert_int_not_equal(county_count(&county, "SELECT final_class = 'D' FROM result"), 1);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    expect_class(CLASS_D, DECIDED_BY_DIRECT);
    county_today(&county, 20261114);
    run(202611, false);
    expect_class(CLASS_D, DECIDED_BY_DIRECT);
    county_today(&county, 20261115);
    run(202611, false);
    struct explanation explanation = explain(0);
    assert_int_equal(explanation.result.decision, DECIDED_BY_SCORE);
    explanation_clear(&explanation);
}

/* ---- article 19 ------------------------------------------------------------------------------ */

static void X19_only_low_and_moderate_risk_is_observed(void **state) {
    (void)state;
    struct override proposal = observation(20270601);
    proposal.novelty = NOVELTY_NONE;
    refuse(&proposal, RESULT_INVALID, "what is new");
    proposal = observation(DATE_NONE);
    refuse(&proposal, RESULT_INVALID, "ends some day");
    list(FACT_TYPE_serious_violation);
    run(202610, false);
    proposal = observation(20270601);
    refuse(&proposal, RESULT_REFUSED, "class D");
}

static void X19_an_observation_period_bears_on_no_score(void **state) {
    (void)state;
    run(202610, false);
    const char *before = result();
    struct override proposal = observation(20270601);
    int64_t id = approve(&proposal);
    assert_string_equal(result(), before);
    struct override kept = load(id, 20261031);
    assert_int_equal(kept.kind, OVERRIDE_OBSERVE);
    assert_int_equal(kept.novelty, NOVELTY_MODEL);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static int64_t count_of(enum override_choice choice, int days, date today) {
    const struct override_filter filter = {.choice = choice, .days = days};
    int64_t count = 0;
    struct override *overrides = NULL;
    size_t listed = 0;
    assert_ok(override_count(county.store, &filter, today, &count, &county.error), &county.error);
    assert_ok(override_list(county.store, &filter, today, county.arena, &overrides, &listed,
                            &county.error),
              &county.error);
    assert_int_equal(count, listed);
    return count;
}

static void overrides_are_listed_by_what_they_are_today(void **state) {
    (void)state;
    run(202610, false);
    struct override proposal = observation(20261130);
    propose(&proposal);
    approve(&proposal); /* ends in 30 days */
    proposal.valid_to = 20261201;
    approve(&proposal);
    proposal.valid_to = DATE_NONE;
    proposal = about(OVERRIDE_SET_CLASS);
    proposal.risk_class = CLASS_B;
    proposal.valid_from = 20261101;
    int64_t later = approve(&proposal);
    int64_t rejected = propose(&proposal);
    assert_ok(override_reject(county.store, &county.approver, rejected, "依据不足", &county.error),
              &county.error);
    assert_string_equal(load(rejected, 20261031).decided_reason, "依据不足");
    assert_int_equal(count_of(OVERRIDES_ALL, 0, 20261031), 5);
    assert_int_equal(count_of(OVERRIDES_PROPOSED, 0, 20261031), 1);
    assert_int_equal(count_of(OVERRIDES_IN_FORCE, 0, 20261031), 2);
    assert_int_equal(count_of(OVERRIDES_TO_COME, 0, 20261031), 1);
    assert_int_equal(count_of(OVERRIDES_ENDING, 30, 20261031), 1);
    assert_int_equal(count_of(OVERRIDES_ENDING, 29, 20261031), 0);
    assert_int_equal(count_of(OVERRIDES_REJECTED, 0, 20261031), 1);
    assert_int_equal(count_of(OVERRIDES_IN_FORCE, 0, 20261130), 2);
    assert_int_equal(count_of(OVERRIDES_EXPIRED, 0, 20261130), 1);
    assert_int_equal(count_of(OVERRIDES_TO_COME, 0, 20261130), 0);
    assert_ok(
        override_withdraw(county.store, &county.officer, later, "不再需要", NULL, &county.error),
        &county.error);
    assert_int_equal(count_of(OVERRIDES_WITHDRAWN, 0, 20261031), 1);
    assert_int_equal(count_of(OVERRIDES_TO_COME, 0, 20261031), 0);
}

/* ---- attachments ----------------------------------------------------------------------------- */

static void attachments_are_known_by_their_digest(void **state) {
    (void)state;
    struct attachment given[2];
    const char *path = scratch_write_text("复议决定.pdf", "abc");
    assert_ok(attachment_read(path, county.arena, &given[0], &county.error), &county.error);
    path = scratch_write_text("b.txt", "other");
    assert_ok(attachment_read(path, county.arena, &given[1], &county.error), &county.error);
    assert_string_equal(given[0].name, "复议决定.pdf");
    assert_int_equal(given[0].size, 3);
    assert_string_equal(given[0].digest,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct override proposal = exclusion(FACT_STATUS_revoked);
    proposal.attachments = given;
    proposal.attachment_count = 2;
    int64_t id = propose(&proposal);
    struct attachment *kept = NULL;
    size_t count = 0;
    assert_ok(attachment_load(county.store, id, county.arena, &kept, &count, &county.error),
              &county.error);
    assert_int_equal(count, 2);
    assert_string_equal(kept[1].name, "b.txt");
    assert_ptr_equal(attachment_find(kept, count, given[0].digest), &kept[0]);
    assert_null(attachment_find(kept, 1, given[1].digest));
    struct attachment none;
    county_expect(
        &county, attachment_read(scratch_write("empty", "", 0), county.arena, &none, &county.error),
        RESULT_INVALID, "empty");
    county_expect(&county,
                  attachment_read(scratch_path("nowhere"), county.arena, &none, &county.error),
                  RESULT_NOT_FOUND, "nowhere");
    county_expect(&county, attachment_read("/tmp", county.arena, &none, &county.error),
                  RESULT_INVALID, "no file");
}

#define WITH_COUNTY(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

static int clear_scratch(void **state) {
    scratch_empty(state);
    return scratch_remove(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_COUNTY(X10_1_revoked),
        WITH_COUNTY(X10_2_changed),
        WITH_COUNTY(X10_3_erroneous),
        WITH_COUNTY(X10_4_disputed),
        WITH_COUNTY(X10_5_excluded_by_law),
        WITH_COUNTY(X10_1_in_part_the_rest_counts_and_the_part_stands_beside_it),
        WITH_COUNTY(X10_1_in_part_scores_as_the_rest_alone_would),
        WITH_COUNTY(X10_1_a_second_part_begins_where_the_first_left_off),
        WITH_COUNTY(X10_1_a_part_is_refused_that_does_not_fit),
        WITH_COUNTY(X10_1_a_part_of_a_fact_that_changed_since_is_not_approved),
        WITH_COUNTY(X10_restoring_needs_reason_and_document),
        WITH_COUNTY(X10_a_closed_period_tells_what_was_decided_by_then),
        WITH_COUNTY(X10_each_step_is_in_the_journal),
        WITH_COUNTY(X11_a_waiver_ends_on_its_day_without_a_key),
        WITH_COUNTY(X11_an_override_begins_on_its_first_day),
        WITH_COUNTY(X11_later_days_leave_earlier_periods),
        WITH_COUNTY(X11_4_holds_once_confirmed_and_no_longer_than_that),
        WITH_COUNTY(X19_only_low_and_moderate_risk_is_observed),
        WITH_COUNTY(X19_an_observation_period_bears_on_no_score),
        WITH_COUNTY(overrides_are_listed_by_what_they_are_today),
        WITH_COUNTY(attachments_are_known_by_their_digest),
    };
    return cmocka_run_group_tests_name("override", tests, scratch_make, clear_scratch);
}
