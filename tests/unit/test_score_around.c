/* What is known of an enterprise from others: score/share.h and score/network.h over a database. */
#include "unit/scratch.h"

#include "registry/fact.h"
#include "registry/fact_type.h"
#include "score/around.h"
#include "store/statement.h"

#define TODAY 20261031
#define PERIOD 202610

static struct store *store;
static struct policy *policy;
static struct network_space spaces[2]; /* hold what was answered last: for one alone, among all */
static struct error error = ERROR_INIT;

static const char document[] =
    "{\"format\":\"xinfeng-policy/1\",\"code\":\"c\",\"version\":\"1\",\"name\":\"n\","
    "\"applies_to\":{\"kinds\":[\"enterprise\"]},\"maximum\":1000,"
    "\"classes\":{\"A\":0,\"B\":200,\"C\":500,\"D\":750},"
    "\"dimensions\":[{\"code\":\"d\",\"name\":\"维度\"}],\"indicators\":["
#define HEAD "\"name\":\"指标\",\"dimension\":\"d\",\"basis\":\"O9\",\"bands\":[]"
    "{\"code\":\"S1\"," HEAD ",\"kind\":\"share\",\"of\":\"address\"},"
    "{\"code\":\"S2\"," HEAD ",\"kind\":\"share\",\"of\":\"phone\"},"
    "{\"code\":\"S3\"," HEAD ",\"kind\":\"share\",\"of\":\"legal_person\"},"
    "{\"code\":\"S4\"," HEAD ",\"kind\":\"share\",\"of\":\"agent\"},"
    "{\"code\":\"R1\"," HEAD ",\"kind\":\"relation\",\"relations\":[\"legal_representative\"],"
    "\"facts\":[\"serious_violation\"]},"
    "{\"code\":\"R2\"," HEAD ",\"kind\":\"relation\",\"relations\":[\"legal_representative\","
    "\"investment\"],\"hops\":2,\"facts\":[\"serious_violation\"]},"
    "{\"code\":\"R3\"," HEAD ",\"kind\":\"relation\",\"relations\":[\"investment\",\"branch\"],"
    "\"hops\":2,\"classes\":[\"C\",\"D\"],\"measure\":\"percent\"}],"
    "\"direct\":[],\"measures\":{"
#define MEASURE "{\"rate\":{\"num\":1,\"den\":2},\"times\":1,\"method\":\"m\",\"text\":\"t\"}"
    "\"A\":" MEASURE ",\"B\":" MEASURE ",\"C\":" MEASURE ",\"D\":" MEASURE "}}";

enum { S1, S2, S3, S4, R1, R2, R3 };

static void run(const char *sql) {
    assert_ok(store_execute(store, sql, NO_VALUES, &error), &error);
}

static int open(void **state) {
    (void)state;
    assert_ok(store_open(&store, scratch_path("around.db"), STORE_CREATE, &error), &error);
    assert_ok(policy_parse(&policy, document, "here", &error), &error);
    return 0;
}

static int close_all(void **state) {
    (void)state;
    network_space_clear(&spaces[0]);
    network_space_clear(&spaces[1]);
    policy_free(policy);
    store_close(store);
    return scratch_empty(NULL);
}

static void add_enterprise(int64_t id, const char *address, const char *phone, const char *person) {
    char name[40];
    snprintf(name, sizeof(name), "企业%lld", (long long)id);
    assert_ok(store_execute(store,
                            "INSERT INTO enterprise (id, name, name_key, initials, kind, status, "
                            "region, address, phone, legal_person) "
                            "VALUES (?, ?, ?2, '', 'enterprise', 'open', '650000', ?, ?, ?)",
                            VALUES(value_int(id), value_text(name), value_text(address),
                                   value_text(phone), value_text(person)),
                            &error),
              &error);
}

static void relate(int64_t enterprise, const char *type, const char *party, int64_t other,
                   date from, date to) {
    assert_ok(store_execute(store,
                            "INSERT INTO relation (enterprise, type, party, party_name, other, "
                            "from_day, to_day) VALUES (?, ?, ?, ?3, nullif(?, 0), ?, ?)",
                            VALUES(value_int(enterprise), value_text(type), value_text(party),
                                   value_int(other), value_date(from), value_date(to)),
                            &error),
              &error);
}

static void add_fact(int64_t enterprise, int type, date occurred, date ended) {
    assert_ok(store_execute(store, "INSERT OR IGNORE INTO source (id, name) VALUES (1, '某局')",
                            NO_VALUES, &error),
              &error);
    assert_ok(store_execute(store,
                            "INSERT INTO fact (id, type, occurred_on, ended_on, identity, source, "
                            "recorded_on) VALUES (?, ?, ?, ?, 1, 1, 20260101)",
                            VALUES(value_int(fact_first_id(enterprise) + 1), value_int(type),
                                   value_date(occurred), value_date(ended)),
                            &error),
              &error);
}

/* What is known of an enterprise, asked for alone and among all; both must say the same. */
static void ask(int64_t enterprise, struct score_around *known, struct score_related *related) {
    struct score_around both[2];
    const struct id_list alone = {.ids = &enterprise, .count = 1};
    for (int all = 0; all < 2; all++) {
        struct around *around = NULL;
        network_space_clear(&spaces[all]);
        assert_ok(
            around_new(&around, store, &policy, 1, TODAY, PERIOD, all ? NULL : &alone, &error),
            &error);
        assert_ok(around_of(around, 0, &spaces[all], enterprise, &both[all], &error), &error);
        around_free(around);
    }
    assert_memory_equal(both[0].shared, both[1].shared, sizeof(both[0].shared));
    assert_int_equal(both[0].related == NULL, both[1].related == NULL);
    for (size_t i = R1; both[0].related != NULL && i <= R3; i++) {
        assert_int_equal(both[0].related[i].known, both[1].related[i].known);
        assert_int_equal(both[0].related[i].hits, both[1].related[i].hits);
        for (int64_t j = 0; j < both[0].related[i].hits; j++) {
            assert_int_equal(both[0].related[i].enterprises[j], both[1].related[i].enterprises[j]);
        }
        related[i] = both[1].related[i];
    }
    *known = both[1];
}

static void others_are_counted_by_what_is_the_same_without_blanks(void **state) {
    struct score_around known;
    struct score_related related[7];
    (void)state;
    add_enterprise(1, "园户村镇 1 号", "0994-450 1234", "王 建国");
    add_enterprise(2, "园户村镇1号", "09944501234", "王建国");
    add_enterprise(3, "园户村镇1号", NULL, "王建国");
    add_enterprise(4, "园户村镇2号", "", NULL);
    relate(3, "legal_representative", "王建国#11223344", 0, DATE_NONE, DATE_NONE);
    relate(1, "agent", "代办张某", 0, DATE_NONE, DATE_NONE);
    relate(4, "agent", "代办张某", 0, DATE_NONE, TODAY);
    relate(2, "agent", "代办张某", 0, TODAY, DATE_NONE);
    ask(1, &known, related);
    assert_int_equal(known.shared[SHARE_ADDRESS], 2);
    assert_int_equal(known.shared[SHARE_PHONE], 1);
    /* The third is another person of that name, as the relation tells. */
    assert_int_equal(known.shared[SHARE_LEGAL_PERSON], 1);
    /* The fourth's agent acted until this day. */
    assert_int_equal(known.shared[SHARE_AGENT], 1);
    ask(4, &known, related);
    assert_int_equal(known.shared[SHARE_ADDRESS], 0);
    assert_int_equal(known.shared[SHARE_PHONE], -1);
    assert_int_equal(known.shared[SHARE_LEGAL_PERSON], -1);
    assert_int_equal(known.shared[SHARE_AGENT], -1);
}

/* 1 and 2 have one legal representative; 2 invests in 3; 3 has the branch 4; 5 stands apart. */
static void set_up_a_chain(void) {
    for (int64_t id = 1; id <= 5; id++) {
        add_enterprise(id, NULL, NULL, NULL);
    }
    relate(1, "legal_representative", "李某#1", 0, DATE_NONE, DATE_NONE);
    relate(2, "legal_representative", "李某#1", 0, DATE_NONE, DATE_NONE);
    relate(2, "investment", "CODE3", 3, DATE_NONE, DATE_NONE);
    relate(3, "branch", "CODE4", 4, DATE_NONE, DATE_NONE);
    relate(5, "legal_representative", "李某#2", 0, DATE_NONE, DATE_NONE);
}

static void relations_lead_as_far_as_their_hops(void **state) {
    struct score_around known;
    struct score_related related[7];
    (void)state;
    set_up_a_chain();
    add_fact(2, FACT_TYPE_serious_violation, 20250101, DATE_NONE);
    add_fact(3, FACT_TYPE_serious_violation, 20250101, DATE_NONE);
    ask(1, &known, related);
    assert_int_equal(related[R1].known, 1); /* 2 */
    assert_int_equal(related[R1].hits, 1);
    assert_int_equal(related[R2].known, 2); /* 2, and 3 through it */
    assert_int_equal(related[R2].hits, 2);
    assert_int_equal(related[R2].enterprises[0], 2);
    assert_int_equal(related[R2].enterprises[1], 3);
    ask(3, &known, related); /* against the arrow */
    assert_int_equal(related[R1].known, 0);
    assert_int_equal(related[R2].known, 2);
    assert_int_equal(related[R2].enterprises[0], 2);
    ask(5, &known, related);
    assert_int_equal(related[R2].known, 0);
}

static void facts_of_related_enterprises_must_be_in_force(void **state) {
    struct score_around known;
    struct score_related related[7];
    (void)state;
    set_up_a_chain();
    add_fact(2, FACT_TYPE_serious_violation, 20250101, TODAY);
    add_fact(3, FACT_TYPE_serious_violation, 20250101, 20261101);
    ask(1, &known, related);
    assert_int_equal(related[R1].hits, 0);
    assert_int_equal(related[R2].hits, 1);
    run("INSERT INTO override (kind, enterprise, fact, fact_status, reason, document, valid_from, "
        "state, proposer, proposed_at) SELECT 'exclude-fact', 3, id, 1, 'r', 'd', 20260101, "
        "'approved', 'p', '' FROM fact WHERE id >> 20 = 3");
    ask(1, &known, related);
    assert_int_equal(related[R2].hits, 0);
}

static void relations_that_are_over_or_to_come_lead_nowhere(void **state) {
    struct score_around known;
    struct score_related related[7];
    (void)state;
    set_up_a_chain();
    run("UPDATE relation SET to_day = 20261031 WHERE enterprise = 2 AND type = 'investment'");
    run("UPDATE relation SET from_day = 20261101 WHERE enterprise = 1");
    ask(1, &known, related);
    assert_null(known.related);
    ask(3, &known, related);
    assert_int_equal(related[R2].known, 0);
    assert_int_equal(related[R3].known, 1); /* 4, its branch */
}

/* Two rows about one party may have found different enterprises behind it, as the registry grew
 * between them: the younger one is it, in whatever order the rows came. */
static void a_party_is_the_youngest_enterprise_found_behind_it(void **state) {
    struct score_around known;
    struct score_related related[7];
    (void)state;
    set_up_a_chain();
    relate(1, "investment", "CODE9", 5, DATE_NONE, DATE_NONE);
    relate(2, "investment", "CODE9", 4, DATE_NONE, DATE_NONE);
    add_fact(4, FACT_TYPE_serious_violation, 20250101, DATE_NONE);
    add_fact(5, FACT_TYPE_serious_violation, 20250101, DATE_NONE);
    ask(1, &known, related);
    assert_int_equal(related[R2].hits, 1);
    assert_int_equal(related[R2].enterprises[0], 5);
}

/* Classes are those of the last period closed before this one. */
static void related_classes_are_those_of_the_last_closed_period(void **state) {
    struct score_around known;
    struct score_related related[7];
    (void)state;
    set_up_a_chain();
    run("INSERT INTO policy (id, code, version, name, state, document, digest) "
        "VALUES (1, 'c', '1', 'n', 'draft', '', '')");
    run("INSERT INTO period VALUES (202608, 20260831, 'closed', 1, '', '', 0, 0, 0, 0, 0, 0, '', "
        "'', NULL, NULL),"
        "(202609, 20260930, 'open', 1, '', '', 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, "
        "NULL)");
    run("INSERT INTO result VALUES "
        "(202608 << 40 | 3, 202608, 3, 20260831, 0, 'C', 'D', 'score', NULL, NULL, '[]', '[]', "
        "NULL, 0),"
        "(202608 << 40 | 4, 202608, 4, 20260831, 0, 'B', 'B', 'score', NULL, NULL, '[]', '[]', "
        "NULL, 0),"
        "(202609 << 40 | 4, 202609, 4, 20260930, 0, 'D', 'D', 'score', NULL, NULL, '[]', '[]', "
        "NULL, 0)");
    ask(2, &known, related); /* 3 and, through it, 4 */
    assert_int_equal(related[R3].known, 2);
    assert_int_equal(related[R3].hits, 1);
    assert_int_equal(related[R3].enterprises[0], 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(others_are_counted_by_what_is_the_same_without_blanks, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(relations_lead_as_far_as_their_hops, open, close_all),
        cmocka_unit_test_setup_teardown(facts_of_related_enterprises_must_be_in_force, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(relations_that_are_over_or_to_come_lead_nowhere, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(a_party_is_the_youngest_enterprise_found_behind_it, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(related_classes_are_those_of_the_last_closed_period, open,
                                        close_all),
    };
    return cmocka_run_group_tests_name("score_around", tests, scratch_make, scratch_remove);
}
