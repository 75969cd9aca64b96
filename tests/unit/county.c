#include "unit/county.h"

#include "unit/nameless.h"
#include "unit/unit.h"

#include "base/buffer.h"
#include "policy/policy_store.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void county_open(struct county *county, const char *policy, date today) {
    *county = (struct county){.officer = {.name = "王建国"}, .approver = {.name = "李梅"}};
    county_today(county, today);
    county->store = nameless_open();
    county->arena = arena_new();
    assert_non_null(county->arena);
    assert_ok(enterprise_writer_new(&county->enterprises, county->store, &county->error),
              &county->error);
    assert_ok(fact_writer_new(&county->facts, county->store, &county->error), &county->error);
    assert_ok(policy_store_publish(county->store, policy == NULL ? policy_builtin_text() : policy,
                                   "policy", &county->officer, &county->error),
              &county->error);
}

void county_close(struct county *county) {
    enterprise_writer_free(county->enterprises);
    fact_writer_free(county->facts);
    store_close(county->store);
    arena_free(county->arena);
    error_clear(&county->error);
    *county = (struct county){0};
}

void county_today(struct county *county, date today) {
    county->officer.clock = clock_frozen(today);
    county->approver.clock = clock_frozen(today);
}

const char *county_uscc(int number, char uscc[static USCC_SIZE]) {
    snprintf(uscc, USCC_SIZE, "91652323MA%07dX", number);
    uscc[17] = uscc_check_character(uscc);
    uscc[18] = '\0';
    return uscc;
}

int64_t county_add(struct county *county, int number, const struct enterprise *known) {
    char uscc[USCC_SIZE];
    char name[64];
    struct enterprise enterprise = known == NULL ? enterprise_unknown() : *known;
    const struct save_origin origin = {.actor = &county->officer, .source = "试验"};
    enum save_outcome outcome;
    snprintf(name, sizeof(name), "呼图壁县第%d商贸有限公司", number);
    enterprise.uscc = enterprise.uscc == NULL ? county_uscc(number, uscc) : enterprise.uscc;
    enterprise.uscc = enterprise.uscc[0] == '\0' ? NULL : enterprise.uscc;
    enterprise.name = enterprise.name == NULL ? name : enterprise.name;
    assert_ok(store_begin(county->store, &county->error), &county->error);
    assert_ok(
        enterprise_writer_save(county->enterprises, &enterprise, &origin, &outcome, &county->error),
        &county->error);
    assert_ok(store_commit(county->store, &county->error), &county->error);
    return enterprise.id;
}

int64_t county_fact(struct county *county, int64_t enterprise, const struct fact *fact,
                    const char *record) {
    struct fact saved = *fact;
    const struct save_origin origin = {.actor = &county->officer, .source = "试验"};
    enum save_outcome outcome;
    assert_ok(store_begin(county->store, &county->error), &county->error);
    assert_ok(fact_writer_save(county->facts, enterprise, &saved, record, &origin, &outcome,
                               &county->error),
              &county->error);
    assert_ok(store_commit(county->store, &county->error), &county->error);
    return saved.id;
}

void county_fill(struct county *county, random_state *state, int enterprises) {
    static const char *const regions[] = {"652323100", "652323101", "652323104", "652301"};
    static const char *const industries[] = {NULL, "F5211", "F5251", "H6210", "C1411"};
    assert_ok(store_begin(county->store, &county->error), &county->error);
    for (int n = 1; n <= enterprises; n++) {
        struct enterprise known = enterprise_unknown();
        known.region = regions[random_between(state, 0, 3)];
        known.industry = industries[random_between(state, 0, 4)];
        known.key_field = random_between(state, 0, 4) == 0 ? 1 : 0;
        known.established_on = date_add_days(20261031, -random_between(state, 0, 5000));
        int64_t id = county_add(county, n, &known);
        for (int f = random_between(state, 0, 9) - 3; f > 0; f--) {
            struct fact fact = fact_make(random_between(state, 1, FACT_TYPE_END - 1),
                                         date_add_days(20261031, -random_between(state, 0, 1500)));
            fact.level = random_between(state, 0, 4);
            fact.amount = random_between(state, 0, 9000000);
            if (random_between(state, 0, 1) == 0) {
                fact.ended_on = date_add_days(fact.occurred_on, random_between(state, 0, 700));
            }
            char record[16];
            snprintf(record, sizeof(record), "%d", f);
            county_fact(county, id, &fact, record);
        }
    }
    assert_ok(store_commit(county->store, &county->error), &county->error);
}

int64_t county_count(struct county *county, const char *sql) {
    int64_t number = -1;
    assert_ok(store_fetch_int(county->store, sql, NO_VALUES, -1, &number, &county->error),
              &county->error);
    return number;
}

const char *county_dump(struct county *county, const char *sql) {
    struct buffer text = BUFFER_INIT;
    struct statement *rows = NULL;
    bool row = true;
    assert_ok(store_query(&rows, county->store, sql, NO_VALUES, &county->error), &county->error);
    while (row) {
        assert_ok(statement_step(rows, &row, &county->error), &county->error);
        if (row) {
            buffer_printf(&text, "%s\n", statement_string(rows, 0));
        }
    }
    statement_free(rows);
    char *copy = arena_strdup(county->arena, buffer_text(&text));
    buffer_free(&text);
    assert_non_null(copy);
    return copy;
}

void county_expect(struct county *county, enum result code, enum result expected,
                   const char *words) {
    if (code != expected || strstr(error_sentence(&county->error), words) == NULL) {
        fail_msg("wanted %s with \"%s\", got %s: %s", result_name(expected), words,
                 result_name(code), error_sentence(&county->error));
    }
    error_clear(&county->error);
}
