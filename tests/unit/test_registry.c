#include "unit/nameless.h"
#include "unit/unit.h"

#include "base/buffer.h"
#include "embedded.h"
#include "guard/journal.h"
#include "registry/division.h"
#include "registry/enterprise.h"
#include "registry/fact.h"
#include "registry/fact_type.h"
#include "registry/industry.h"
#include "registry/initials.h"
#include "registry/scan.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct actor officer = {.name = "王建国", .clock = {.frozen_on = 20261122}};
static const struct save_origin origin = {.actor = &officer, .source = "测试"};
static struct store *store;
static struct enterprise_writer *enterprises;
static struct fact_writer *facts;
static struct error error = ERROR_INIT;

static int open_store(void **state) {
    (void)state;
    store = nameless_open();
    assert_ok(enterprise_writer_new(&enterprises, store, &error), &error);
    assert_ok(fact_writer_new(&facts, store, &error), &error);
    return 0;
}

static int close_store(void **state) {
    (void)state;
    enterprise_writer_free(enterprises);
    fact_writer_free(facts);
    store_close(store);
    error_clear(&error);
    return 0;
}

static int64_t count_of(const char *sql) {
    int64_t number = -1;
    assert_ok(store_fetch_int(store, sql, NO_VALUES, -1, &number, &error), &error);
    return number;
}

static struct enterprise named(const char *name, const char *uscc) {
    struct enterprise enterprise = enterprise_unknown();
    enterprise.name = name;
    enterprise.uscc = uscc;
    return enterprise;
}

static enum save_outcome save(struct enterprise *enterprise) {
    enum save_outcome outcome;
    assert_ok(enterprise_writer_save(enterprises, enterprise, &origin, &outcome, &error), &error);
    return outcome;
}

static enum save_outcome save_fact(int64_t enterprise, struct fact *fact, const char *record) {
    enum save_outcome outcome;
    assert_ok(fact_writer_save(facts, enterprise, fact, record, &origin, &outcome, &error), &error);
    return outcome;
}

static void test_saving_merges_what_is_known(void **state) {
    (void)state;
    struct enterprise first = named("呼图壁县天达商贸有限公司", "91350100M000100Y43");
    first.phone = "0994-4500000";
    assert_int_equal(save(&first), SAVE_INSERTED);
    struct enterprise again = named("呼图壁县天达商贸有限公司", NULL);
    again.id = first.id;
    assert_int_equal(save(&again), SAVE_UNCHANGED);
    again.capital = 100000000;
    again.established_on = 20200924;
    assert_int_equal(save(&again), SAVE_UPDATED);
    struct arena *arena = arena_new();
    struct enterprise loaded;
    assert_ok(enterprise_load(store, first.id, arena, &loaded, &error), &error);
    assert_string_equal(loaded.phone, "0994-4500000");
    assert_string_equal(loaded.region, "350100");
    assert_int_equal(loaded.capital, 100000000);
    assert_int_equal(loaded.established_on, 20200924);
    assert_int_equal(loaded.insured_staff, ENTERPRISE_UNKNOWN);
    arena_free(arena);
    char *after = NULL;
    assert_ok(store_fetch_text(store,
                               "SELECT after FROM journal WHERE action = 'enterprise.update'",
                               NO_VALUES, &after, &error),
              &error);
    assert_string_equal(after, "{\"capital\":100000000,\"established_on\":\"2020-09-24\"}");
    free(after);
    assert_ok(journal_verify(store, NULL, &error), &error);
}

static void test_wrong_enterprises_are_refused(void **state) {
    (void)state;
    enum save_outcome outcome;
    struct enterprise nameless = enterprise_unknown();
    assert_int_equal(enterprise_writer_save(enterprises, &nameless, &origin, &outcome, &error),
                     RESULT_INVALID);
    struct enterprise miscoded = named("某公司", "91350100M000100Y44");
    assert_int_equal(enterprise_writer_save(enterprises, &miscoded, &origin, &outcome, &error),
                     RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "91350100M000100Y44"));
    assert_int_equal(count_of("SELECT count(*) FROM enterprise"), 0);
}

static void test_names_are_found_however_they_are_spelled(void **state) {
    (void)state;
    struct enterprise one = named("天达（集团）有限公司", NULL);
    struct enterprise two = named("天达(集团)有限公司", NULL);
    save(&one);
    save(&two);
    int64_t ids[5];
    size_t found = 0;
    assert_ok(
        enterprise_writer_find_name(enterprises, "天达(集团)有限公司", ids, 5, &found, &error),
        &error);
    assert_int_equal(found, 2);
    assert_int_equal(ids[0], one.id);
}

static void test_a_stub_becomes_whole(void **state) {
    (void)state;
    struct enterprise stub = named("某某有限公司", "91350100M000100Y43");
    stub.stub = true;
    save(&stub);
    struct enterprise again = named("某某有限公司", "91350100M000100Y43");
    again.id = stub.id;
    assert_int_equal(save(&again), SAVE_UNCHANGED);
    assert_int_equal(count_of("SELECT stub FROM enterprise"), 1);
    again.status = "open";
    again.industry = "F5211";
    assert_int_equal(save(&again), SAVE_UPDATED);
    assert_int_equal(count_of("SELECT stub FROM enterprise"), 0);
}

static void test_one_document_is_one_fact(void **state) {
    (void)state;
    struct enterprise owner = named("甲公司", NULL);
    save(&owner);
    struct fact fact = fact_make(FACT_TYPE_penalty, 20250310);
    fact.document = "呼市监处罚〔2025〕37号";
    fact.amount = 500000;
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_INSERTED);
    int64_t id = fact.id;
    assert_int_equal(fact_enterprise(id), owner.id);
    fact.document = "呼市监处罚〔2025〕 37号";
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_UPDATED);
    assert_int_equal(fact.id, id);
    fact.amount = 300000;
    fact.status = FACT_STATUS_revoked;
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_UPDATED);
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_UNCHANGED);
    fact.document = "呼市监处罚〔2025〕38号";
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_INSERTED);
    assert_int_equal(count_of("SELECT count(*) FROM fact"), 2);
}

static void test_facts_without_a_document_go_by_record_then_content(void **state) {
    (void)state;
    struct enterprise owner = named("乙公司", NULL);
    save(&owner);
    struct fact fact = fact_make(FACT_TYPE_complaint, 20250310);
    assert_int_equal(save_fact(owner.id, &fact, "r-1"), SAVE_INSERTED);
    assert_int_equal(save_fact(owner.id, &fact, "r-2"), SAVE_INSERTED);
    assert_int_equal(save_fact(owner.id, &fact, "r-1"), SAVE_UNCHANGED);
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_INSERTED);
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_UNCHANGED);
    fact.title = "短斤少两";
    assert_int_equal(save_fact(owner.id, &fact, NULL), SAVE_INSERTED);
}

/* Returns the source of a fact that was just saved under it. */
static int64_t source_of(int64_t enterprise, const char *source, const char *record) {
    struct fact fact = fact_make(FACT_TYPE_penalty, 20250310);
    struct save_origin from = {.actor = &officer, .source = source};
    enum save_outcome outcome = SAVE_UNCHANGED;
    int64_t id = 0;
    assert_ok(fact_writer_save(facts, enterprise, &fact, record, &from, &outcome, &error), &error);
    assert_int_equal(outcome, SAVE_INSERTED);
    assert_ok(store_fetch_int(store, "SELECT source FROM fact WHERE id = ?",
                              VALUES(value_int(fact.id)), 0, &id, &error),
              &error);
    return id;
}

static void test_a_source_taken_back_is_forgotten(void **state) {
    (void)state;
    struct enterprise owner = named("甲公司", NULL);
    save(&owner);
    assert_ok(store_begin(store, &error), &error);
    source_of(owner.id, "环保局", "1");
    store_rollback(store);
    assert_int_equal(count_of("SELECT count(*) FROM source"), 0);
    int64_t other = source_of(owner.id, "税务局", "2");
    int64_t again = source_of(owner.id, "环保局", "3");
    assert_int_not_equal(other, again);
    assert_int_equal(source_of(owner.id, "税务局", "4"), other);
    assert_int_equal(source_of(owner.id, "环保局", "5"), again);
    assert_int_equal(count_of("SELECT count(*) FROM source"), 2);
}

static void test_wrong_facts_are_refused(void **state) {
    (void)state;
    struct enterprise owner = named("丙公司", NULL);
    save(&owner);
    enum save_outcome outcome;
    struct fact undated = fact_make(FACT_TYPE_penalty, DATE_NONE);
    assert_int_equal(fact_writer_save(facts, owner.id, &undated, NULL, &origin, &outcome, &error),
                     RESULT_INVALID);
    struct fact backwards = fact_make(FACT_TYPE_penalty, 20250310);
    backwards.ended_on = 20250309;
    assert_int_equal(fact_writer_save(facts, owner.id, &backwards, NULL, &origin, &outcome, &error),
                     RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "2025-03-09"));
}

static void test_a_scan_hands_every_enterprise_its_own_facts(void **state) {
    (void)state;
    static const int wanted[] = {0, 2, 0, 70, 1};
    for (int i = 0; i < 5; i++) {
        struct enterprise enterprise = named("公司", NULL);
        save(&enterprise);
        for (int n = 0; n < wanted[i]; n++) {
            struct fact fact = fact_make(FACT_TYPE_complaint, 20250101);
            char record[16];
            snprintf(record, sizeof(record), "%d", n);
            save_fact(enterprise.id, &fact, record);
        }
    }
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    bool more = true;
    assert_ok(registry_scan_new(&scan, store, 1, INT64_MAX, &error), &error);
    for (int i = 0; i < 5; i++) {
        assert_ok(registry_scan_next(scan, &subject, &more, &error), &error);
        assert_true(more);
        assert_int_equal(subject.fact_count, wanted[i]);
        for (size_t n = 0; n < subject.fact_count; n++) {
            assert_int_equal(fact_enterprise(subject.facts[n].id), subject.enterprise.id);
        }
    }
    assert_ok(registry_scan_next(scan, &subject, &more, &error), &error);
    assert_false(more);
    registry_scan_free(scan);
    assert_ok(registry_scan_new(&scan, store, 4, 4, &error), &error);
    assert_ok(registry_scan_next(scan, &subject, &more, &error), &error);
    assert_int_equal(subject.fact_count, 70);
    registry_scan_free(scan);
}

static void test_code_lists_know_their_codes(void **state) {
    (void)state;
    assert_string_equal(division_name("652323"), "呼图壁县");
    assert_string_equal(division_name("652323104"), "园户村镇");
    assert_string_equal(division_label("999999"), "999999");
    const char *codes[64];
    assert_int_equal(division_townships("652323", codes, 64), 12);
    assert_string_equal(industry_of_digits("5211"), "F5211");
    assert_null(industry_name("Z99"));
    assert_non_null(industry_name("F"));
    assert_int_equal(fact_type_find("penalty"), FACT_TYPE_penalty);
    for (int type = 1; type < FACT_TYPE_END; type++) {
        assert_int_equal(fact_type_find(fact_type_code(type)), type);
    }
}

static void test_initials_of_names(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_INIT;
    initials_append(&buffer, "呼图壁县Abc（9）商贸");
    assert_string_equal(buffer_text(&buffer), "htbxabc9sm");
    buffer_free(&buffer);
}

#define REGISTRY_TEST(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

static void expect_today(const char *code, const char *expected) {
    char today[DIVISION_SIZE];
    division_today(code, today);
    assert_string_equal(today, expected);
}

static void test_retired_divisions_lead_to_those_of_today(void **state) {
    (void)state;
    expect_today("652201", "650502"); /* the town of Hami */
    expect_today("652222", "650521");
    expect_today("652122", "650421");
    expect_today("652101", "650402"); /* the first of the list */
    expect_today("652303", "650109");
    expect_today("652323", "652323");       /* never retired */
    expect_today("652122100", "650421100"); /* a township goes with its county */
    expect_today("652122999", "650421");    /* as far as it is known */
    expect_today("652323104", "652323104");
    expect_today("999999", "999999");
    expect_today("000000", "000000");
    expect_today("6522", "6522");
    expect_today("", "");
    char region[7];
    assert_true(enterprise_region_of_uscc("91652201MA77X00X1X", region));
    assert_string_equal(region, "650502");
    assert_true(enterprise_region_of_uscc("91652323MA77X00X1X", region));
    assert_string_equal(region, "652323");
}

/* What the search rests on: lines of one width in order; what the list is for: old codes that mean
 * nothing today, and new ones that do. */
static void test_every_retired_division(void **state) {
    (void)state;
    const size_t width = strlen("652201\t650502\t2016\n");
    const char *text = embedded_divisions_retired;
    size_t count = strlen(text) / width;
    char before[7] = "";
    assert_int_equal(strlen(text) % width, 0);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        char old[7];
        char today[7];
        int year = 0;
        assert_int_equal(sscanf(text + i * width, "%6[0-9]\t%6[0-9]\t%4d\n", old, today, &year), 3);
        if (text[i * width + width - 1] != '\n' || strcmp(before, old) >= 0 ||
            division_name(old) != NULL || division_name(today) == NULL || year < 2000 ||
            year > 2026) {
            fail_msg("%s -> %s (%d)", old, today, year);
        }
        expect_today(old, today);
        expect_today(today, today);
        memcpy(before, old, sizeof(before));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(test_saving_merges_what_is_known),
        REGISTRY_TEST(test_wrong_enterprises_are_refused),
        REGISTRY_TEST(test_names_are_found_however_they_are_spelled),
        REGISTRY_TEST(test_a_stub_becomes_whole),
        REGISTRY_TEST(test_one_document_is_one_fact),
        REGISTRY_TEST(test_facts_without_a_document_go_by_record_then_content),
        REGISTRY_TEST(test_a_source_taken_back_is_forgotten),
        REGISTRY_TEST(test_wrong_facts_are_refused),
        REGISTRY_TEST(test_a_scan_hands_every_enterprise_its_own_facts),
        cmocka_unit_test(test_code_lists_know_their_codes),
        cmocka_unit_test(test_retired_divisions_lead_to_those_of_today),
        cmocka_unit_test(test_every_retired_division),
        cmocka_unit_test(test_initials_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
