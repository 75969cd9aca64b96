/* Running a period again after some changes (score/stir.h, score/rescore.h): whatever changed, what
 * the short way finds is what scoring everybody finds. */
#include "unit/county.h"
#include "unit/scratch.h"

#include "policy/policy_store.h"
#include "score/period.h"
#include "score/stir.h"
#include "store/statement.h"

#define ENTERPRISES 400
#define POOL 160   /* of addresses, telephone numbers, persons */
#define PARTIES 90 /* of relations */
#define ROUNDS 250

#define BANDS                                                                                      \
    "\"bands\":[{\"from\":1,\"to\":2,\"points\":11},{\"from\":2,\"to\":3,\"points\":23},"          \
    "{\"from\":3,\"to\":4,\"points\":41},{\"from\":4,\"points\":83}]"
#define HEAD "\"name\":\"指标\",\"dimension\":\"d\",\"basis\":\"O9\"," BANDS
#define MEASURE "{\"rate\":{\"num\":1,\"den\":2},\"times\":1,\"method\":\"m\",\"text\":\"t\"}"
/* The field is that of a professional policy, with its comma, or nothing. */
#define POLICY(code, field, indicators)                                                            \
    "{\"format\":\"xinfeng-policy/1\",\"code\":\"" code "\",\"version\":\"1\",\"name\":\"n\","     \
    "\"applies_to\":{" field "\"kinds\":[\"enterprise\"]},\"maximum\":1000,"                       \
    "\"classes\":{\"A\":0,\"B\":40,\"C\":90,\"D\":200},"                                           \
    "\"dimensions\":[{\"code\":\"d\",\"name\":\"维度\"}],\"indicators\":[" indicators              \
    "],\"direct\":[],\"measures\":{\"A\":" MEASURE ",\"B\":" MEASURE ",\"C\":" MEASURE             \
    ",\"D\":" MEASURE "}}"
#define SHARES                                                                                     \
    "{\"code\":\"S1\"," HEAD ",\"kind\":\"share\",\"of\":\"address\"},"                            \
    "{\"code\":\"S2\"," HEAD ",\"kind\":\"share\",\"of\":\"phone\"},"                              \
    "{\"code\":\"S3\"," HEAD ",\"kind\":\"share\",\"of\":\"legal_person\"},"                       \
    "{\"code\":\"S4\"," HEAD ",\"kind\":\"share\",\"of\":\"agent\"}"
#define RELATIONS                                                                                  \
    "{\"code\":\"R1\"," HEAD ",\"kind\":\"relation\",\"relations\":[\"legal_representative\"],"    \
    "\"facts\":[\"serious_violation\",\"penalty\"]},"                                              \
    "{\"code\":\"R2\"," HEAD ",\"kind\":\"relation\",\"relations\":[\"agent\",\"investment\"],"    \
    "\"hops\":2,\"facts\":[\"serious_violation\",\"penalty\"]},"                                   \
    "{\"code\":\"R3\"," HEAD ",\"kind\":\"relation\",\"relations\":[\"investment\"],\"hops\":2,"   \
    "\"classes\":[\"C\",\"D\"]}"

static const char policy[] = POLICY("c", "", SHARES "," RELATIONS);

static struct county county;
static random_state numbers = 20261127;

static int pick(int least, int most) {
    return random_between(&numbers, least, most);
}

/* One of the pool's texts, written with or without blanks, or none. */
static struct value some_text(const char *what) {
    int number = pick(-10, POOL);
    const char *blank = pick(0, 1) == 0 ? " " : "";
    return number < 0 ? value_null()
                      : value_text(arena_printf(county.arena, "%s%s%d", what, blank, number));
}

static void run(const char *sql, const struct value *values, size_t count) {
    assert_ok(store_execute(county.store, sql, values, count, &county.error), &county.error);
}

static void run_period(bool all, struct period *period) {
    assert_ok((all ? period_run : period_run_again)(county.store, &county.officer, 202610, false,
                                                    NULL, period, &county.error),
              &county.error);
}

static int64_t close_september(void) {
    struct period period;
    county_today(&county, 20260930);
    assert_ok(period_run(county.store, &county.officer, 202609, true, NULL, &period, &county.error),
              &county.error);
    county_today(&county, 20261031);
    return period.id;
}

static void move_in(int64_t id) {
    run("UPDATE enterprise SET address = ?2, phone = ?3, legal_person = ?4 WHERE id = ?1",
        VALUES(value_int(id), some_text("园户村镇"), some_text("0994-4"), some_text("王建国")));
}

static void relate(int64_t id) {
    static const char *const types[] = {"legal_representative", "agent", "investment"};
    int64_t other = pick(0, 2) == 0 ? pick(1, ENTERPRISES) : 0;
    const char *party = other != 0 ? arena_printf(county.arena, "企业%d", (int)other)
                                   : arena_printf(county.arena, "王建国%d", pick(0, PARTIES));
    run("INSERT OR IGNORE INTO relation (enterprise, type, party, party_name, other, from_day, "
        "to_day) VALUES (?, ?, ?, ?3, nullif(?, 0), ?, ?)",
        VALUES(value_int(id), value_text(types[pick(0, 2)]), value_text(party), value_int(other),
               value_date(pick(0, 5) == 0 ? 20261101 : DATE_NONE),
               value_date(pick(0, 5) == 0 ? 20261031 : DATE_NONE)));
}

static void add_fact(int64_t id) {
    struct fact fact = fact_make(pick(0, 1) == 0 ? FACT_TYPE_serious_violation : FACT_TYPE_penalty,
                                 date_add_days(20261031, -pick(0, 800)));
    fact.ended_on = pick(0, 2) == 0 ? date_add_days(fact.occurred_on, pick(1, 900)) : DATE_NONE;
    county_fact(&county, id, &fact, arena_printf(county.arena, "%d", pick(0, 1 << 30)));
}

static int open(void **state) {
    (void)state;
    county_open(&county, policy, 20261031);
    assert_ok(store_begin(county.store, &county.error), &county.error);
    for (int n = 1; n <= ENTERPRISES; n++) {
        county_add(&county, n, NULL);
    }
    for (int64_t id = 1; id <= ENTERPRISES; id++) {
        move_in(id);
        for (int more = pick(0, 2); more > 0; more--) {
            relate(id);
        }
        if (pick(0, 3) == 0) {
            add_fact(id);
        }
    }
    assert_ok(store_commit(county.store, &county.error), &county.error);
    close_september();
    return 0;
}

static int close_all(void **state) {
    (void)state;
    county_close(&county);
    return scratch_empty(NULL);
}

/* One change of any kind, and who was touched by it, as those who make it say. */
static void change(int64_t id) {
    switch (pick(0, 6)) {
    case 0:
        move_in(id);
        break;
    case 1:
        relate(id);
        break;
    case 2:
        run("UPDATE relation SET to_day = iif(to_day IS NULL, 20261031, NULL), "
            "other = iif(other IS NULL, ?2, NULL) WHERE enterprise = ?1",
            VALUES(value_int(id), value_int(pick(1, ENTERPRISES))));
        break;
    case 3:
        run("DELETE FROM relation WHERE enterprise = ?1", VALUES(value_int(id)));
        break;
    case 4:
        add_fact(id);
        break;
    case 5:
        run("INSERT INTO override (kind, enterprise, fact, fact_status, reason, document, "
            "valid_from, state, proposer, proposed_at) SELECT 'exclude-fact', ?1, id, 1, 'r', 'd', "
            "20260101, 'approved', 'p', '' FROM fact WHERE id >> 20 = ?1 LIMIT 1",
            VALUES(value_int(id)));
        break;
    default:
        run("UPDATE enterprise SET kind = iif(kind = 'enterprise', 'cooperative', 'enterprise') "
            "WHERE id = ?1",
            VALUES(value_int(id)));
    }
}

/* Makes a few changes as intakes do: those who changed are scored at once. */
static void change_some(void) {
    assert_ok(store_begin(county.store, &county.error), &county.error);
    for (int changes = pick(1, 3); changes > 0; changes--) {
        int64_t id = pick(1, ENTERPRISES);
        change(id);
        assert_ok(period_rescore(county.store, &county.officer, &id, 1, &county.error),
                  &county.error);
    }
    assert_ok(store_commit(county.store, &county.error), &county.error);
}

/* Everything a run leaves behind. */
static const char *everything(void) {
    return arena_printf(
        county.arena, "%s%s%s",
        county_dump(&county,
                    "SELECT json_array(enterprise, day, total, score_class, final_class, "
                    "dimensions, indicators, facts) FROM result WHERE period = 202610 ORDER BY id"),
        county_dump(&county, "SELECT json_array(enterprises, facts, class_a, class_b, class_c, "
                             "class_d) FROM period WHERE id = 202610"),
        county_dump(&county, "SELECT json_array(enterprise, field, total, indicators) FROM "
                             "professional_result WHERE period = 202610 ORDER BY enterprise"));
}

static void the_short_way_finds_what_scoring_everybody_finds(void **state) {
    struct period period;
    int short_ways = 0;
    int moved = 0;
    (void)state;
    run_period(false, &period);
    assert_int_equal(period.scored, period.enterprises);
    for (int round = 0; round < ROUNDS; round++) {
        change_some();
        const char *before = everything();
        run_period(false, &period);
        const char *again = everything();
        short_ways += period.scored < period.enterprises;
        moved += strcmp(before, again) != 0;
        run_period(true, &period);
        assert_int_equal(period.scored, period.enterprises);
        assert_string_equal(again, everything());
    }
    assert_true(short_ways > ROUNDS / 2);
    assert_true(moved > ROUNDS / 4); /* others than those who changed were moved */
    assert_ok(store_check(county.store, &county.error), &county.error);
}

/* A change of the first enterprise bears on others, and each of these is found. */
static void expect_found(const char *sql) {
    struct period period;
    int64_t id = 1;
    run_period(true, &period);
    run(sql, NO_VALUES);
    assert_ok(period_rescore(county.store, &county.officer, &id, 1, &county.error), &county.error);
    const char *before = everything();
    run_period(false, &period);
    assert_in_range(period.scored, 2, ENTERPRISES / 4);
    const char *again = everything();
    assert_string_not_equal(again, before);
    run_period(true, &period);
    assert_string_equal(again, everything());
}

static void others_are_found_by_what_they_had_in_common(void **state) {
    static const char *const changes[][3] = {
        {"UPDATE enterprise SET address = '甲地' WHERE id < 3", "SELECT 1",
         "UPDATE enterprise SET address = '乙地' WHERE id = 1"},
        {"UPDATE enterprise SET phone = '0991-1' WHERE id < 3", "SELECT 1",
         "UPDATE enterprise SET phone = NULL WHERE id = 1"},
        {"UPDATE enterprise SET legal_person = '某甲' WHERE id < 3", "SELECT 1",
         "UPDATE enterprise SET legal_person = '某乙' WHERE id = 1"},
        {"INSERT INTO relation (enterprise, type, party, party_name) VALUES "
         "(2, 'legal_representative', '某丙', '')",
         "UPDATE enterprise SET legal_person = '某丙' WHERE id = 1",
         "UPDATE enterprise SET legal_person = '某乙' WHERE id = 1"},
        {"INSERT INTO relation (enterprise, type, party, party_name) VALUES "
         "(1, 'agent', '某丁', ''), (2, 'agent', '某丁', '')",
         "SELECT 1", "DELETE FROM relation WHERE enterprise = 1 AND party = '某丁'"},
        {"INSERT INTO relation (enterprise, type, party, party_name, other) VALUES "
         "(1, 'investment', '某戊', '', 2)",
         "SELECT 1", "DELETE FROM relation WHERE enterprise = 1 AND party = '某戊'"},
    };
    (void)state;
    run("DELETE FROM relation WHERE enterprise < 3 OR other < 3", NO_VALUES);
    struct fact fact = fact_make(FACT_TYPE_penalty, 20260101);
    county_fact(&county, 1, &fact, "1");
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        run(changes[i][0], NO_VALUES);
        run(changes[i][1], NO_VALUES);
        expect_found(changes[i][2]);
    }
}

static void nothing_new_is_nothing_to_look_at(void **state) {
    struct period period;
    (void)state;
    run_period(false, &period);
    run_period(false, &period);
    assert_int_equal(period.scored, 0);
    assert_int_equal(period.enterprises, ENTERPRISES);
    assert_true(period.facts > 0);
}

static void another_day_is_for_everybody(void **state) {
    struct period period;
    (void)state;
    county_today(&county, 20261030);
    run_period(false, &period);
    county_today(&county, 20261031);
    run_period(false, &period);
    assert_int_equal(period.scored, ENTERPRISES);
}

static void another_policy_is_for_everybody(void **state) {
    struct period period;
    (void)state;
    run_period(false, &period);
    assert_ok(policy_store_publish(county.store, POLICY("c2", "", SHARES), "policy",
                                   &county.officer, &county.error),
              &county.error);
    run_period(false, &period);
    assert_int_equal(period.scored, ENTERPRISES);
    run_period(false, &period);
    assert_int_equal(period.scored, 0);
    run("DELETE FROM relation WHERE enterprise < 3", NO_VALUES);
    run("INSERT INTO relation (enterprise, type, party, party_name) VALUES (2, 'agent', '某庚', "
        "'')",
        NO_VALUES);
    expect_found("INSERT INTO relation (enterprise, type, party, party_name) VALUES "
                 "(1, 'agent', '某庚', '')");
    assert_ok(policy_store_publish(county.store, POLICY("f", "\"field\":\"食品\",", RELATIONS),
                                   "policy", &county.officer, &county.error),
              &county.error);
    run_period(false, &period);
    assert_int_equal(period.scored, ENTERPRISES);
    const char *grades = everything();
    int64_t id = 1;
    add_fact(id);
    assert_ok(period_rescore(county.store, &county.officer, &id, 1, &county.error), &county.error);
    run_period(false, &period);
    assert_in_range(period.scored, 1, ENTERPRISES / 4);
    const char *again = everything();
    run_period(true, &period);
    assert_string_equal(again, everything());
    assert_string_not_equal(again, grades);
}

/* The classes of the last closed period are those of relations. */
static void closing_an_earlier_period_is_for_everybody(void **state) {
    struct period period;
    (void)state;
    county_today(&county, 20261130);
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(
        period_run(county.store, &county.officer, 202611, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(period_run_again(county.store, &county.officer, 202611, false, NULL, &period,
                               &county.error),
              &county.error);
    assert_int_equal(period.scored, 0);
    assert_ok(period_run(county.store, &county.officer, 202610, true, NULL, &period, &county.error),
              &county.error);
    assert_ok(period_run_again(county.store, &county.officer, 202611, false, NULL, &period,
                               &county.error),
              &county.error);
    assert_int_equal(period.scored, ENTERPRISES);
}

static void many_changes_are_for_everybody(void **state) {
    struct period period;
    int64_t ids[STIR_FEW + 1];
    (void)state;
    run_period(false, &period);
    for (int i = 0; i <= STIR_FEW; i++) {
        ids[i] = i + 1;
    }
    assert_ok(period_rescore(county.store, &county.officer, ids, STIR_FEW + 1, &county.error),
              &county.error);
    run_period(false, &period);
    assert_int_equal(period.scored, ENTERPRISES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_short_way_finds_what_scoring_everybody_finds, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(others_are_found_by_what_they_had_in_common, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(nothing_new_is_nothing_to_look_at, open, close_all),
        cmocka_unit_test_setup_teardown(another_day_is_for_everybody, open, close_all),
        cmocka_unit_test_setup_teardown(another_policy_is_for_everybody, open, close_all),
        cmocka_unit_test_setup_teardown(closing_an_earlier_period_is_for_everybody, open,
                                        close_all),
        cmocka_unit_test_setup_teardown(many_changes_are_for_everybody, open, close_all),
    };
    return cmocka_run_group_tests_name("run_again", tests, scratch_make, scratch_remove);
}
