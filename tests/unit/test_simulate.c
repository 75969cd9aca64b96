/* A policy is tried on the whole registry: what is foretold is what then happens. */
#include "unit/county.h"
#include "unit/scratch.h"
#include "unit/unit.h"

#include "book/read.h"
#include "report/simulation_file.h"
#include "score/simulation_list.h"
#include "store/statement.h"

static struct county county;

/* The built-in policy as another version, with one place changed. */
static struct policy *changed_policy(const char *from, const char *to) {
    struct policy *policy = NULL;
    const char *text = policy_builtin_text();
    const char *at = strstr(text, from);
    char *made = NULL;
    assert_non_null(at);
    assert_true(asprintf(&made, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) > 0);
    char *version = strstr(made, "\"version\": \"");
    memcpy(version + strlen("\"version\": \""), "T", 1);
    assert_ok(policy_parse(&policy, made, "p.json", &county.error), &county.error);
    free(made);
    return policy;
}

/* Far fewer points from which enterprises are of class B. */
static struct policy *strict_policy(void) {
    return changed_policy("\"B\": 200", "\"B\": 40");
}

static struct simulation simulate(struct policy *policy, int64_t period) {
    struct simulation simulation;
    assert_ok(simulate_policy(county.store, policy, &county.officer.clock, period, NULL, NULL,
                              &simulation, &county.error),
              &county.error);
    return simulation;
}

static void run(int64_t id) {
    struct period period;
    assert_ok(period_run(county.store, &county.officer, id, false, NULL, &period, &county.error),
              &county.error);
}

static void test_what_is_foretold_happens(void **state) {
    (void)state;
    run(202610);
    const char *all = "SELECT * FROM result ORDER BY period, enterprise";
    const char *before = county_dump(&county, all);
    struct policy *policy = strict_policy();
    struct simulation simulation = simulate(policy, 0);
    assert_string_equal(county_dump(&county, all), before);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM policy"), 1);
    assert_int_equal(simulation.period, 202610);
    assert_int_equal(simulation.day, 20261031);
    assert_int_equal(simulation.enterprises, county_count(&county, "SELECT count(*) FROM result"));
    assert_true(simulation.changed > 0);
    for (int i = 0; i < CLASS_COUNT; i++) {
        char sql[96];
        int64_t now = 0;
        for (int j = 0; j <= CLASS_COUNT; j++) {
            now += simulation.moved[i][j];
        }
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM result WHERE final_class = '%s'",
                 risk_class_letter((enum risk_class)i));
        assert_int_equal(county_count(&county, sql), now);
    }
    assert_ok(
        policy_store_publish(county.store, policy->canonical, "p", &county.officer, &county.error),
        &county.error);
    run(202610);
    for (int i = 0; i < CLASS_COUNT; i++) {
        char sql[96];
        int64_t then = 0;
        for (int j = 0; j <= CLASS_COUNT; j++) {
            then += simulation.moved[j][i];
        }
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM result WHERE final_class = '%s'",
                 risk_class_letter((enum risk_class)i));
        assert_int_equal(county_count(&county, sql), then);
    }
    /* against itself nothing moves */
    assert_int_equal(simulate(policy, 202610).changed, 0);
    policy_free(policy);
}

static void test_a_policy_for_fewer_leaves_the_others_out(void **state) {
    (void)state;
    struct enterprise shop = enterprise_unknown();
    shop.kind = "individual";
    county_add(&county, 9001, &shop);
    struct policy *policy = changed_policy("\"individual\", \"cooperative\"", "\"enterprise\"");
    struct simulation simulation = simulate(policy, 0); /* no period was run: this month */
    assert_int_equal(simulation.period, 202610);
    assert_int_equal(simulation.changed, 1);
    int64_t gone = 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        gone += simulation.moved[i][CLASS_COUNT];
    }
    assert_int_equal(gone, 1);
    policy_free(policy);
    /* one of another code takes its kinds over, the others stay where they were */
    policy = changed_policy("\"code\": \"general-enterprise\"", "\"code\": \"firms\"");
    assert_int_equal(simulate(policy, 0).changed, 0);
    policy_free(policy);
}

static bool stop(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void test_it_can_be_stopped(void **state) {
    (void)state;
    const struct progress progress = {stop, NULL};
    struct policy *policy = strict_policy();
    struct simulation simulation;
    county_expect(&county,
                  simulate_policy(county.store, policy, &county.officer.clock, 0, NULL, &progress,
                                  &simulation, &county.error),
                  RESULT_CANCELLED, "");
    county_expect(&county,
                  simulation_file_write(county.store, policy, &county.officer, 0,
                                        scratch_path("l.csv"), &progress, &simulation,
                                        &county.error),
                  RESULT_CANCELLED, "");
    assert_null(scratch_read(scratch_path("l.csv")));
    policy_free(policy);
}

static enum result count_row(void *context, const struct book_reader_row *row,
                             struct error *error) {
    (void)row;
    (void)error;
    ++*(int64_t *)context;
    return RESULT_OK;
}

static void test_whom_it_moves_is_listed(void **state) {
    (void)state;
    struct policy *policy = strict_policy();
    struct simulation simulation;
    assert_ok(simulation_file_write(county.store, policy, &county.officer, 0, scratch_path("l.csv"),
                                    NULL, &simulation, &county.error),
              &county.error);
    char *text = scratch_read(scratch_path("l.csv"));
    int64_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    assert_int_equal(lines, simulation.changed + 1);
    assert_non_null(strstr(text, ",A,B,"));
    free(text);
    struct book_reader *reader = NULL;
    int64_t rows = 0;
    assert_ok(simulation_file_write(county.store, policy, &county.officer, 0,
                                    scratch_path("l.xlsx"), NULL, &simulation, &county.error),
              &county.error);
    assert_ok(book_reader_open(&reader, scratch_path("l.xlsx"), &county.error), &county.error);
    assert_ok(book_reader_rows(reader, 0, count_row, &rows, &county.error), &county.error);
    assert_int_equal(rows, simulation.changed + 1);
    rows = 0;
    assert_ok(book_reader_rows(reader, 1, count_row, &rows, &county.error), &county.error);
    assert_int_equal(rows, 1 + CLASS_COUNT + 1 + 1);
    book_reader_close(reader);
    county_expect(&county,
                  simulation_file_write(county.store, policy, &county.officer, 0,
                                        scratch_path("l.txt"), NULL, &simulation, &county.error),
                  RESULT_USAGE, ".csv or .xlsx");
    policy_free(policy);
}

/* In order, each id at most once where the order is that of ids; between neighbours nothing falls.
 */
static void expect_order(const struct simulation_list *list, enum simulation_order order) {
    for (size_t i = 1; i < list->shown_count; i++) {
        const struct simulation_move *one = &list->moves[list->shown[i - 1]];
        const struct simulation_move *next = &list->moves[list->shown[i]];
        int64_t left = order == SIMULATION_BY_TOTAL    ? one->total[1]
                       : order == SIMULATION_BY_CHANGE ? one->total[1] - one->total[0]
                                                       : 0;
        int64_t right = order == SIMULATION_BY_TOTAL    ? next->total[1]
                        : order == SIMULATION_BY_CHANGE ? next->total[1] - next->total[0]
                                                        : 0;
        assert_true(left < right || (left == right && one->enterprise < next->enterprise));
    }
}

static void test_whom_it_moves_is_kept_to_be_looked_at(void **state) {
    (void)state;
    struct policy *policy = strict_policy();
    struct simulation simulation;
    struct simulation_list list = {0};
    assert_ok(simulation_list_run(&list, county.store, policy, &county.officer.clock, NULL,
                                  &simulation, &county.error),
              &county.error);
    assert_true(list.count > 2);
    assert_int_equal(list.count, simulation.changed);
    assert_int_equal(list.shown_count, list.count);
    expect_order(&list, SIMULATION_BY_ID);
    for (int now = -1; now <= CLASS_COUNT; now++) {
        for (int then = 0; now >= 0 && then <= CLASS_COUNT; then++) {
            simulation_list_narrow(&list, now, then);
            assert_int_equal(list.shown_count, now == then ? 0 : simulation.moved[now][then]);
        }
    }
    simulation_list_narrow(&list, -1, -1);
    simulation_list_sort(&list, SIMULATION_BY_CHANGE, false);
    expect_order(&list, SIMULATION_BY_CHANGE);
    simulation_list_sort(&list, SIMULATION_BY_TOTAL, true);
    int64_t highest = list.moves[list.shown[0]].total[1];
    simulation_list_sort(&list, SIMULATION_BY_TOTAL, false);
    expect_order(&list, SIMULATION_BY_TOTAL);
    assert_int_equal(list.moves[list.shown[list.shown_count - 1]].total[1], highest);
    const struct progress progress = {stop, NULL}; /* stopped: the list is empty */
    county_expect(&county,
                  simulation_list_run(&list, county.store, policy, &county.officer.clock, &progress,
                                      &simulation, &county.error),
                  RESULT_CANCELLED, "");
    assert_int_equal(list.count, 0);
    assert_int_equal(list.shown_count, 0);
    simulation_list_free(&list);
    policy_free(policy);
}

static int open_county(void **state) {
    (void)state;
    random_state seed = 7;
    county_open(&county, NULL, 20261031);
    county_fill(&county, &seed, 300);
    return 0;
}

static int close_county(void **state) {
    county_close(&county);
    return scratch_empty(state);
}

#define SIMULATE_TEST(name) cmocka_unit_test_setup_teardown(name, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        SIMULATE_TEST(test_what_is_foretold_happens),
        SIMULATE_TEST(test_a_policy_for_fewer_leaves_the_others_out),
        SIMULATE_TEST(test_it_can_be_stopped),
        SIMULATE_TEST(test_whom_it_moves_is_listed),
        SIMULATE_TEST(test_whom_it_moves_is_kept_to_be_looked_at),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
