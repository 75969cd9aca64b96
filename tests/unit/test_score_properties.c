/* What holds of every score under any policy: points add up, caps hold, more is never less, taking
 * a fact out gives the former score back, and no order matters. Policies and histories are made at
 * random from a seed that is printed on failure. */
#include "unit/unit.h"

#include "unit/random.h"
#include "unit/stage.h"

#include "base/buffer.h"
#include <stdio.h>
#include <string.h>

#define POLICIES 120
#define HISTORIES 40

static struct stage stage;
static uint64_t seed_now;

static int clear_stage(void **state) {
    (void)state;
    stage_clear(&stage);
    return 0;
}

/* Fails with the seed that leads there. */
#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fail_msg("seed %llu: %s", (unsigned long long)seed_now, #condition);                   \
        }                                                                                          \
    } while (0)

/* ---- policies at random ---------------------------------------------------------------------- */

static const char *const types[] = {"penalty", "abnormal_listing", "complaint",
                                    "tip_off", "blacklist",        "tax_arrears",
                                    "price",   "judgment_debtor"};

enum { TYPES = sizeof types / sizeof types[0] };

static void put_types(random_state *state, struct buffer *text) {
    int first = random_between(state, 0, TYPES - 1);
    int second = (first + random_between(state, 1, TYPES - 1)) % TYPES;
    buffer_printf(text, "\"facts\":[\"%s\",\"%s\"]", types[first], types[second]);
}

/* Bands that rise with the value, so that more of a fact is never less. */
static void put_rising_bands(random_state *state, struct buffer *text, int step) {
    int points = random_between(state, 0, 40);
    int from = 1;
    buffer_append_text(text, ",\"bands\":[");
    for (int i = random_between(state, 1, 4); i > 0; i--) {
        int to = from + random_between(state, 1, step);
        buffer_printf(text, "{\"from\":%d,", from);
        if (i > 1) {
            buffer_printf(text, "\"to\":%d,", to);
        }
        buffer_printf(text, "\"points\":%d}%s", points, i > 1 ? "," : "");
        points += random_between(state, 0, 120);
        from = to;
    }
    buffer_append_char(text, ']');
}

static void put_indicator(random_state *state, struct buffer *text, int number) {
    buffer_printf(text,
                  "%s{\"code\":\"I%d\",\"name\":\"指标\",\"dimension\":\"d%d\",\"basis\":\"X9\",",
                  number == 0 ? "" : ",", number, random_between(state, 0, 2));
    put_types(state, text);
    switch (random_between(state, 0, 3)) {
    case 0:
        buffer_printf(text, ",\"kind\":\"present\",\"points\":%d", random_between(state, 0, 300));
        break;
    case 1:
        buffer_printf(text, ",\"kind\":\"count\",\"window\":%d", random_between(state, 3, 60));
        put_rising_bands(state, text, 3);
        break;
    case 2:
        buffer_printf(text, ",\"kind\":\"amount\",\"window\":%d", random_between(state, 3, 60));
        put_rising_bands(state, text, 200000);
        break;
    default:
        buffer_printf(text, ",\"kind\":\"event\",\"points\":%d,\"decay\":[[%d,100],[%d,%d]]",
                      random_between(state, 0, 200), random_between(state, 1, 11),
                      random_between(state, 12, 60), random_between(state, 0, 99));
        break;
    }
    if (random_between(state, 0, 1) == 0) {
        buffer_printf(text, ",\"cap\":%d", random_between(state, 0, 250));
    }
    buffer_append_char(text, '}');
}

/* Sets the stage under a policy in which every point speaks against an enterprise. */
static void set_random_policy(random_state *state) {
    char dimensions[256];
    struct buffer indicators = BUFFER_INIT;
    snprintf(
        dimensions, sizeof dimensions,
        "{\"code\":\"d0\",\"name\":\"甲\",\"cap\":%d},{\"code\":\"d1\",\"name\":\"乙\",\"cap\":"
        "%d},{\"code\":\"d2\",\"name\":\"丙\"}",
        random_between(state, 0, 500), random_between(state, 0, 500));
    for (int i = 0; i < 8; i++) {
        put_indicator(state, &indicators, i);
    }
    stage_clear(&stage);
    stage_set(&stage, dimensions, buffer_text(&indicators),
              "{\"code\":\"R1\",\"name\":\"一\",\"facts\":[\"serious_violation\"],\"mode\":"
              "\"auto\",\"basis\":\"X11\"}");
    buffer_free(&indicators);
}

/* ---- histories at random --------------------------------------------------------------------- */

static void add_fact(random_state *state) {
    struct fact *fact = stage_add(&stage, random_between(state, 1, FACT_TYPE_END - 1),
                                  date_add_days(20261031, -random_between(state, -30, 1900)));
    if (random_between(state, 0, 2) == 0) {
        fact->ended_on = date_add_days(fact->occurred_on, random_between(state, 0, 700));
    }
    if (random_between(state, 0, 2) > 0) {
        fact->level = random_between(state, 0, 5);
        fact->amount = random_between(state, 0, 90000000);
    }
    if (random_between(state, 0, 7) == 0) {
        fact->status = random_between(state, 1, 5);
    }
}

static void new_history(random_state *state) {
    stage.subject.fact_count = 0;
    stage.override_count = 0;
    stage.subject.enterprise = enterprise_unknown();
    stage.subject.enterprise.id = 1;
    stage.subject.enterprise.established_on =
        date_add_days(20261031, -random_between(state, 0, 5000));
    stage.subject.enterprise.status = "open";
    for (int n = random_between(state, 0, 25); n > 0; n--) {
        add_fact(state);
    }
}

/* ---- what holds ------------------------------------------------------------------------------ */

static int64_t clamp(int64_t value, int64_t cap) {
    int64_t most = cap == POLICY_NO_CAP ? INT64_MAX : cap * 100;
    return value < 0 ? 0 : value > most ? most : value;
}

/* Indicators within floor and cap, dimensions the clamped sums of theirs, the total that of
 * dimensions. */
static void check_sums(void) {
    const struct policy *policy = stage.policy;
    int64_t sums[POLICY_MOST_DIMENSIONS] = {0};
    int64_t total = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *one = &policy->indicators[i];
        int64_t points = stage.score.indicators[i].centipoints;
        HOLDS(points >= one->floor * 100);
        HOLDS(one->cap == POLICY_NO_CAP || points <= one->cap * 100);
        sums[one->dimension] += points;
    }
    for (size_t i = 0; i < policy->dimension_count; i++) {
        HOLDS(stage.score.dimensions[i] == clamp(sums[i], policy->dimensions[i].cap));
        total += stage.score.dimensions[i];
    }
    HOLDS(stage.score.total == clamp(total, policy->maximum));
}

static void shuffle(random_state *state) {
    for (size_t i = stage.subject.fact_count; i > 1; i--) {
        size_t other = (size_t)random_between(state, 0, (int)i - 1);
        struct fact fact = stage.facts[i - 1];
        stage.facts[i - 1] = stage.facts[other];
        stage.facts[other] = fact;
    }
}

/* One more fact, then its exclusion by a person, then its removal: the former score twice. */
static void check_one_more(random_state *state, bool rising, int *raised) {
    struct score before = stage.score;
    add_fact(state);
    int64_t id = stage.facts[stage.subject.fact_count - 1].id;
    stage_total(&stage);
    check_sums();
    if (rising) {
        HOLDS(stage.score.total >= before.total);
        HOLDS(stage.score.final_class >= before.final_class);
    }
    *raised += stage.score.total > before.total ? 1 : 0;
    stage_total_without(&stage, &id, 1);
    HOLDS(memcmp(&before, &stage.score, sizeof before) == 0);
    stage_override(&stage, OVERRIDE_EXCLUDE_FACT)->fact = id;
    stage_total(&stage);
    HOLDS(memcmp(&before, &stage.score, sizeof before) == 0);
}

static void check_history(random_state *state, bool rising, int *raised) {
    new_history(state);
    stage_total(&stage);
    check_sums();
    struct score before = stage.score;
    shuffle(state);
    stage_total(&stage);
    HOLDS(memcmp(&before, &stage.score, sizeof before) == 0);
    check_one_more(state, rising, raised);
}

static void test_scores_hold_under_random_policies(void **state) {
    (void)state;
    int raised = 0;
    for (uint64_t policy = 1; policy <= POLICIES; policy++) {
        random_state random = 7000 + policy;
        seed_now = (uint64_t)random;
        set_random_policy(&random);
        for (int i = 0; i < HISTORIES; i++) {
            check_history(&random, true, &raised);
        }
    }
    assert_true(raised > POLICIES); /* the policies are no empty ones */
}

/* The policies that travel in the program, whose honours and licences lower a score. */
static void test_scores_hold_under_the_policies_that_ship(void **state) {
    (void)state;
    int raised = 0;
    size_t count = 0;
    const struct policy_builtin *builtins = policy_builtins(&count);
    for (size_t i = 0; i < count; i++) {
        stage_clear(&stage);
        stage_set_document(&stage, builtins[i].text);
        for (uint64_t history = 1; history <= 1000; history++) {
            random_state random = 9000 + history;
            seed_now = (uint64_t)random;
            check_history(&random, false, &raised);
        }
    }
    assert_true(count > 1);
    assert_true(raised > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_scores_hold_under_random_policies, clear_stage),
        cmocka_unit_test_teardown(test_scores_hold_under_the_policies_that_ship, clear_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
