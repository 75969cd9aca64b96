/* Several policies in force side by side, and how a version comes into force. */
#include "unit/county.h"
#include "unit/scratch.h"
#include "unit/unit.h"

#include "guard/journal.h"
#include "policy/policy_life.h"
#include "report/handover.h"
#include "score/explanation.h"
#include "score/period.h"
#include "store/statement.h"

static struct county county;

/* A policy that gives everybody the same points in its one dimension. */
static char *flat_policy(const char *code, const char *version, const char *applies, int points) {
    char *text = NULL;
    assert_true(
        asprintf(&text,
                 "{\"format\": \"xinfeng-policy/1\", \"code\": \"%s\", \"version\": \"%s\", "
                 "\"name\": \"%s\", \"applies_to\": {%s}, \"maximum\": 1000, "
                 "\"classes\": {\"A\": 0, \"B\": 200, \"C\": 500, \"D\": 750}, "
                 "\"dimensions\": [{\"code\": \"social\", \"name\": \"社会评价\"}], "
                 "\"indicators\": [{\"code\": \"F1\", \"name\": \"一律\", \"dimension\": "
                 "\"social\", \"kind\": \"attribute\", \"basis\": \"X9\", \"attribute\": "
                 "\"key_field\", \"bands\": [{\"points\": %d}]}, {\"code\": \"F2\", \"name\": "
                 "\"投诉\", \"dimension\": \"social\", \"kind\": \"present\", \"basis\": \"X9\", "
                 "\"facts\": [\"complaint\"], \"points\": 1}], "
                 "\"direct\": [{\"code\": \"F-1\", \"name\": \"严重违法\", \"facts\": "
                 "[\"serious_violation\"], \"mode\": \"auto\", \"basis\": \"X11\"}], "
                 "\"measures\": {"
                 "\"A\": {\"rate\": {\"num\": 1, \"den\": 100}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}, "
                 "\"B\": {\"rate\": {\"num\": 1, \"den\": 100}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}, "
                 "\"C\": {\"rate\": {\"num\": 1, \"den\": 100}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}, "
                 "\"D\": {\"rate\": {\"num\": 1, \"den\": 100}, \"times\": 1, \"method\": \"\", "
                 "\"text\": \"\"}}}",
                 code, version, code, applies, points) > 0);
    return text;
}

static int64_t save_draft(const char *code, const char *version, const char *applies, int points) {
    char *text = flat_policy(code, version, applies, points);
    struct policy *policy = NULL;
    int64_t id = 0;
    assert_ok(policy_parse(&policy, text, "p.json", &county.error), &county.error);
    assert_ok(policy_draft_save(county.store, policy, &county.officer, &id, &county.error),
              &county.error);
    policy_free(policy);
    free(text);
    return id;
}

static int64_t publish(const char *code, const char *version, const char *applies, int points) {
    int64_t id = save_draft(code, version, applies, points);
    assert_ok(policy_draft_propose(county.store, id, &county.officer, &county.error),
              &county.error);
    assert_ok(policy_draft_publish(county.store, id, &county.approver, &county.error),
              &county.error);
    return id;
}

static int64_t add(int number, const char *kind, const char *region, const char *industry) {
    struct enterprise known = enterprise_unknown();
    known.kind = kind;
    known.region = region;
    known.industry = industry;
    return county_add(&county, number, &known);
}

static struct period run(void) {
    struct period period;
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    return period;
}

static void test_each_is_scored_by_the_policy_of_its_kind(void **state) {
    (void)state;
    int64_t firm = add(1, "enterprise", "652323100", "F5211");
    int64_t shop = add(2, "individual", "652323100", "F5211");
    int64_t union_of_farmers = add(3, "cooperative", "652323100", "A0111");
    int64_t shops = publish("shops", "1", "\"kinds\": [\"individual\"]", 300);
    struct period period = run();
    assert_int_equal(period.enterprises, 3);
    assert_int_equal(period.policy, 1); /* the one for enterprises stands for the period */
    assert_int_equal(county_count(&county, "SELECT policy FROM result WHERE enterprise = 1"), 1);
    assert_int_equal(county_count(&county, "SELECT policy FROM result WHERE enterprise = 3"), 1);
    assert_int_equal(county_count(&county, "SELECT policy FROM result WHERE enterprise = 2"),
                     shops);
    assert_int_equal(county_count(&county, "SELECT total FROM result WHERE enterprise = 2"), 30000);

    /* what explains the result is the policy of the row */
    struct explanation explanation;
    assert_ok(
        explanation_load(county.store, shop, 202610, county.arena, &explanation, &county.error),
        &county.error);
    assert_string_equal(explanation.policy->code, "shops");
    assert_int_equal(explanation.result.indicators[0].centipoints, 30000);
    assert_int_equal(explanation.before_cap[0], 30000);
    assert_true(explanation.way_known);
    explanation_clear(&explanation);
    assert_ok(
        explanation_load(county.store, firm, 202610, county.arena, &explanation, &county.error),
        &county.error);
    assert_string_equal(explanation.policy->code, "general-enterprise");
    explanation_clear(&explanation);

    /* and so for one that is scored anew, in the same period */
    publish("shops", "2", "\"kinds\": [\"individual\"]", 600);
    const struct fact complaint = {.type = FACT_TYPE_complaint,
                                   .occurred_on = 20261001,
                                   .amount = FACT_NO_AMOUNT,
                                   .level = FACT_NO_LEVEL};
    county_fact(&county, shop, &complaint, "1");
    const int64_t changed[] = {firm, shop, union_of_farmers};
    assert_ok(period_rescore(county.store, &county.officer, changed, 3, &county.error),
              &county.error);
    assert_int_equal(county_count(&county, "SELECT total FROM result WHERE enterprise = 2"), 30100);
    assert_int_equal(county_count(&county, "SELECT policy FROM result WHERE enterprise = 2"),
                     shops);
    run();
    assert_int_equal(county_count(&county, "SELECT total FROM result WHERE enterprise = 2"), 60100);
}

static void test_a_row_is_handed_over_with_its_policy(void **state) {
    (void)state;
    add(1, "enterprise", "652323100", "F5211");
    add(2, "individual", "652323100", "F5211");
    publish("shops", "7", "\"kinds\": [\"individual\"]", 300);
    run();
    struct handover_report report;
    assert_ok(handover_write(county.store, &county.officer, scratch_path("h.csv"), 202610, NULL,
                             &report, &county.error),
              &county.error);
    assert_int_equal(report.rows, 2);
    char *text = scratch_read(scratch_path("h.csv"));
    assert_non_null(strstr(text, "general-enterprise,2026.1"));
    assert_non_null(strstr(text, "shops,7"));
    assert_non_null(strstr(text, ",300.00,")); /* its one dimension, in the column of that name */
    free(text);
}

/* Rows from before there were several are explained by their period's policy. */
static void test_old_rows_have_the_policy_of_their_period(void **state) {
    (void)state;
    int64_t firm = add(1, "enterprise", "652323100", "F5211");
    run();
    assert_ok(
        store_execute(county.store, "UPDATE result SET policy = NULL", NO_VALUES, &county.error),
        &county.error);
    struct explanation explanation;
    assert_ok(explanation_load(county.store, firm, 0, county.arena, &explanation, &county.error),
              &county.error);
    assert_string_equal(explanation.policy->code, "general-enterprise");
    explanation_clear(&explanation);
    struct handover_report report;
    assert_ok(handover_write(county.store, &county.officer, scratch_path("h.csv"), 202610, NULL,
                             &report, &county.error),
              &county.error);
}

static void test_regions_and_industries_narrow_a_policy(void **state) {
    (void)state;
    add(1, "enterprise", "652323100", "F5211");
    add(2, "enterprise", "652324100", "F5211");
    add(3, "enterprise", "652323100", "C1311");
    add(4, "enterprise", "652323100", NULL);
    publish("narrow", "1",
            "\"kinds\": [\"enterprise\"], \"regions\": [\"652323\"], \"industries\": [\"F52\"]",
            300);
    assert_int_equal(run().enterprises, 4);
    assert_string_equal(
        county_dump(&county, "SELECT group_concat(enterprise || ':' || policy, ' ') FROM result"),
        "1:2 2:1 3:1 4:1\n");
    /* a narrow one does not push the wide one out */
    assert_int_equal(county_count(&county, "SELECT count(*) FROM policy WHERE state = 'published'"),
                     2);
}

static void test_a_professional_policy_scores_nobody(void **state) {
    (void)state;
    add(1, "enterprise", "652323100", "F5211");
    publish("food", "1", "\"kinds\": [\"enterprise\"], \"field\": \"食品\"", 300);
    run();
    assert_int_equal(county_count(&county, "SELECT policy FROM result"), 1);
    struct policy *policy = NULL;
    int64_t id = 0;
    assert_ok(policy_store_in_force(county.store, &policy, &id, &county.error), &county.error);
    assert_int_equal(id, 1);
    policy_free(policy);
}

/* A general policy by which nobody is scored any more is retired, not sooner. */
static void test_policies_that_are_covered_retire(void **state) {
    (void)state;
    publish("firms", "1", "\"kinds\": [\"enterprise\", \"cooperative\"]", 1);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM policy WHERE state = 'published'"),
                     2);
    publish("shops", "1", "\"kinds\": [\"individual\"]", 1);
    assert_string_equal(county_dump(&county, "SELECT state FROM policy ORDER BY id"),
                        "retired\npublished\npublished\n");
    publish("shops", "2", "\"kinds\": [\"individual\"]", 1);
    assert_string_equal(county_dump(&county, "SELECT state FROM policy ORDER BY id"),
                        "retired\npublished\nretired\npublished\n");
    assert_int_equal(county_count(&county, "SELECT retired_on FROM policy WHERE id = 1"), 20261031);
    publish("food", "1", "\"kinds\": [\"individual\"], \"field\": \"食品\"", 1);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM policy WHERE state = 'published'"),
                     3);
}

static void test_two_persons_bring_a_version_into_force(void **state) {
    (void)state;
    int64_t id = save_draft("shops", "1", "\"kinds\": [\"individual\"]", 1);
    county_expect(&county, policy_draft_publish(county.store, id, &county.approver, &county.error),
                  RESULT_REFUSED, "Nobody proposed");
    assert_ok(policy_draft_propose(county.store, id, &county.officer, &county.error),
              &county.error);
    county_expect(&county, policy_draft_publish(county.store, id, &county.officer, &county.error),
                  RESULT_REFUSED, "another person must");
    /* taken in anew it is another text, which nobody proposed */
    assert_int_equal(save_draft("shops", "1", "\"kinds\": [\"individual\"]", 2), id);
    county_expect(&county, policy_draft_publish(county.store, id, &county.approver, &county.error),
                  RESULT_REFUSED, "Nobody proposed");
    assert_ok(policy_draft_propose(county.store, id, &county.approver, &county.error),
              &county.error);
    assert_ok(policy_draft_publish(county.store, id, &county.officer, &county.error),
              &county.error);
    county_expect(&county, policy_draft_publish(county.store, id, &county.approver, &county.error),
                  RESULT_REFUSED, "no draft");
    county_expect(&county, policy_draft_propose(county.store, id, &county.approver, &county.error),
                  RESULT_REFUSED, "no draft");
    char *text = flat_policy("shops", "1", "\"kinds\": [\"individual\"]", 3);
    struct policy *policy = NULL;
    assert_ok(policy_parse(&policy, text, "p.json", &county.error), &county.error);
    county_expect(&county,
                  policy_draft_save(county.store, policy, &county.officer, &id, &county.error),
                  RESULT_REFUSED, "exists already");
    policy_free(policy);
    free(text);
    assert_string_equal(
        county_dump(&county, "SELECT action || ' ' || actor FROM journal WHERE subject = "
                             "'policy:shops' ORDER BY id"),
        "policy.draft 王建国\npolicy.propose 王建国\npolicy.draft 王建国\npolicy.propose 李梅\n"
        "policy.publish 王建国\n");
    assert_ok(journal_verify(county.store, NULL, &county.error), &county.error);
    assert_int_not_equal(
        store_execute(county.store, "DELETE FROM policy WHERE id = 2", NO_VALUES, &county.error),
        RESULT_OK);
}

static struct policy *parsed(const char *code, const char *version, const char *applies,
                             int points) {
    char *text = flat_policy(code, version, applies, points);
    struct policy *policy = NULL;
    assert_ok(policy_parse(&policy, text, "p.json", &county.error), &county.error);
    free(text);
    return policy;
}

static void expect_displaced(const char *code, const char *applies, const char *wanted) {
    struct policy *policy = parsed(code, "9", applies, 1);
    struct policy_version *versions = NULL;
    size_t count = 0;
    char found[256] = "";
    assert_ok(policy_draft_displaces(county.store, policy, county.arena, &versions, &count,
                                     &county.error),
              &county.error);
    for (size_t i = 0; i < count; i++) {
        snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s ", versions[i].code);
    }
    assert_string_equal(found, wanted);
    policy_free(policy);
}

/* Who publishes is told before which other policies retire by it. */
static void test_what_a_version_displaces_is_foretold(void **state) {
    (void)state;
    publish("shops", "1", "\"kinds\": [\"individual\"]", 1);
    publish("here", "1", "\"kinds\": [\"enterprise\"], \"regions\": [\"652323\"]", 1);
    expect_displaced("shops", "\"kinds\": [\"individual\"]", "");
    expect_displaced("general-enterprise", "\"kinds\": [\"enterprise\", \"individual\"]",
                     "here shops ");
    expect_displaced("general-enterprise", "\"kinds\": [\"enterprise\"]", "here ");
    expect_displaced("other", "\"kinds\": [\"enterprise\", \"individual\"], \"field\": \"食品\"",
                     "");
    const char *all = "\"kinds\": [\"enterprise\", \"individual\", \"cooperative\"]";
    expect_displaced("other", all, "here shops general-enterprise ");
    publish("other", "9", all, 1); /* and so it happens */
    assert_string_equal(
        county_dump(&county, "SELECT code FROM policy WHERE state = 'published' ORDER BY id"),
        "other\n");
}

/* Two persons change the same draft: the second is told, and nothing of the first is lost. */
static void test_a_draft_is_changed_as_it_was_looked_at(void **state) {
    (void)state;
    struct policy *first = parsed("shops", "1", "\"kinds\": [\"individual\"]", 1);
    struct policy *second = parsed("shops", "1", "\"kinds\": [\"individual\"]", 2);
    int64_t id = 0;
    assert_ok(policy_draft_begin(county.store, first, &county.officer, &id, &county.error),
              &county.error);
    county_expect(&county,
                  policy_draft_begin(county.store, second, &county.officer, &id, &county.error),
                  RESULT_REFUSED, "exists already");
    assert_ok(policy_draft_propose(county.store, id, &county.officer, &county.error),
              &county.error);
    assert_ok(policy_draft_change(county.store, id, first->digest, second, &county.approver,
                                  &county.error),
              &county.error);
    assert_int_equal(county_count(&county, "SELECT proposed_by IS NULL FROM policy WHERE id = 2"),
                     1);
    county_expect(
        &county,
        policy_draft_change(county.store, id, first->digest, first, &county.officer, &county.error),
        RESULT_REFUSED, "李梅 changed the draft meanwhile");
    assert_string_equal(county_dump(&county, "SELECT digest FROM policy WHERE id = 2"),
                        arena_printf(county.arena, "%s\n", second->digest));
    assert_ok(policy_draft_propose(county.store, id, &county.officer, &county.error),
              &county.error);
    assert_ok(policy_draft_publish(county.store, id, &county.approver, &county.error),
              &county.error);
    county_expect(&county,
                  policy_draft_change(county.store, id, second->digest, first, &county.officer,
                                      &county.error),
                  RESULT_REFUSED, "only drafts are changed");
    policy_free(first);
    policy_free(second);
}

/* A version goes out of force when others score all that it did. */
static void test_a_version_is_retired(void **state) {
    (void)state;
    county_expect(&county, policy_retire(county.store, 1, &county.officer, &county.error),
                  RESULT_REFUSED, "no other general policy would");
    int64_t shops = publish("shops", "1", "\"kinds\": [\"individual\"]", 1);
    int64_t food = publish("food", "1", "\"kinds\": [\"enterprise\"], \"field\": \"食品\"", 1);
    assert_ok(policy_retire(county.store, food, &county.officer, &county.error), &county.error);
    assert_ok(policy_retire(county.store, shops, &county.officer, &county.error), &county.error);
    assert_string_equal(county_dump(&county, "SELECT state FROM policy ORDER BY id"),
                        "published\nretired\nretired\n");
    county_expect(&county, policy_retire(county.store, shops, &county.officer, &county.error),
                  RESULT_REFUSED, "is not in force");
    assert_string_equal(county_dump(&county, "SELECT actor FROM journal WHERE action = "
                                             "'policy.retire' ORDER BY id"),
                        "王建国\n王建国\n");
}

static void expect_found(const char *name, const char *version) {
    struct policy_version found;
    assert_ok(policy_store_find(county.store, name, county.arena, &found, &county.error),
              &county.error);
    assert_string_equal(found.version, version);
}

static void test_versions_are_found_by_name(void **state) {
    (void)state;
    struct policy_version found;
    save_draft("shops", "1", "\"kinds\": [\"individual\"]", 1);
    save_draft("shops", "2", "\"kinds\": [\"individual\"]", 1);
    expect_found("shops", "2"); /* the newest draft */
    expect_found("shops@1", "1");
    publish("shops", "1", "\"kinds\": [\"individual\"]", 1);
    expect_found("shops", "1"); /* the one in force */
    expect_found("shops@2", "2");
    county_expect(&county,
                  policy_store_find(county.store, "shops@3", county.arena, &found, &county.error),
                  RESULT_NOT_FOUND, "shops@3");
    struct policy_version *all = NULL;
    size_t count = 0;
    assert_ok(policy_store_list(county.store, county.arena, &all, &count, &county.error),
              &county.error);
    assert_int_equal(count, 3);
    assert_string_equal(all[0].code, "general-enterprise");
    assert_string_equal(all[1].version, "2");
    assert_string_equal(all[2].published_by, "李梅");
    assert_int_equal(all[2].published_on, 20261031);
}

static int open_county(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    return 0;
}

static int close_county(void **state) {
    county_close(&county);
    return scratch_empty(state);
}

#define POLICIES_TEST(name) cmocka_unit_test_setup_teardown(name, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        POLICIES_TEST(test_each_is_scored_by_the_policy_of_its_kind),
        POLICIES_TEST(test_a_row_is_handed_over_with_its_policy),
        POLICIES_TEST(test_old_rows_have_the_policy_of_their_period),
        POLICIES_TEST(test_regions_and_industries_narrow_a_policy),
        POLICIES_TEST(test_a_professional_policy_scores_nobody),
        POLICIES_TEST(test_policies_that_are_covered_retire),
        POLICIES_TEST(test_two_persons_bring_a_version_into_force),
        POLICIES_TEST(test_a_draft_is_changed_as_it_was_looked_at),
        POLICIES_TEST(test_a_version_is_retired),
        POLICIES_TEST(test_what_a_version_displaces_is_foretold),
        POLICIES_TEST(test_versions_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
