/* Scoring everybody by several threads: score/run_all.h over a database that can be read by other
 * connections, beside one that cannot (its file is gone, so one thread does all). */
#include "unit/county.h"
#include "unit/scratch.h"

#include "base/buffer.h"
#include "score/period.h"
#include "store/statement.h"

#define ENTERPRISES 1300 /* three pieces */

#define RESULTS                                                                                    \
    "SELECT id || ' ' || period || ' ' || enterprise || ' ' || coalesce(day, '') || ' ' || total " \
    "|| score_class || final_class || decided_by || coalesce(decided_rule, '') || "                \
    "coalesce(decided_id, '') || dimensions || indicators || policy FROM result ORDER BY id"

static struct county county;       /* without a name */
static struct store *named = NULL; /* the same on disk */

static void run_in(struct store *store, struct period *period) {
    assert_ok(period_run(store, &county.officer, 202610, false, NULL, period, &county.error),
              &county.error);
}

static void change(struct store *store, const char *sql) {
    assert_ok(store_execute(store, sql, NO_VALUES, &county.error), &county.error);
}

static int64_t count_in(struct store *store, const char *sql) {
    int64_t count = 0;
    assert_ok(store_fetch_int(store, sql, NO_VALUES, -1, &count, &county.error), &county.error);
    return count;
}

/* All results as one text; freed by the caller. */
static char *results_of(struct store *store) {
    struct buffer all = BUFFER_INIT;
    struct statement *rows = NULL;
    bool row = true;
    assert_ok(store_query(&rows, store, RESULTS, NO_VALUES, &county.error), &county.error);
    while (true) {
        assert_ok(statement_step(rows, &row, &county.error), &county.error);
        if (!row) {
            break;
        }
        buffer_append_text(&all, statement_string(rows, 0));
        buffer_append_char(&all, '\n');
    }
    statement_free(rows);
    return buffer_take(&all);
}

/* Both databases must hold the same results, and the named one be sound, its indexes too. */
static void expect_alike(void) {
    char *alone = results_of(county.store);
    char *together = results_of(named);
    assert_string_equal(together, alone);
    free(alone);
    free(together);
    assert_ok(store_check(named, &county.error), &county.error);
}

/* An enterprise of which more counts than one page takes. */
static void add_long_one(void) {
    int64_t id = county_add(&county, ENTERPRISES + 1, NULL);
    for (int i = 0; i < 900; i++) {
        char record[16];
        struct fact fact = fact_make(FACT_TYPE_complaint, 20261001);
        snprintf(record, sizeof record, "r%d", i);
        county_fact(&county, id, &fact, record);
    }
}

static int open_both(void **state) {
    (void)state;
    random_state seed = 77;
    county_open(&county, NULL, 20261031);
    county_fill(&county, &seed, ENTERPRISES);
    add_long_one();
    assert_ok(store_execute(county.store, "VACUUM INTO ?", VALUES(value_text(scratch_path("n.db"))),
                            &county.error),
              &county.error);
    assert_ok(store_open(&named, scratch_path("n.db"), STORE_OPEN, &county.error), &county.error);
    return 0;
}

static int close_both(void **state) {
    store_close(named);
    named = NULL;
    county_close(&county);
    return scratch_empty(state);
}

static void threads_come_to_what_one_comes_to(void **state) {
    (void)state;
    struct period alone;
    struct period together;
    run_in(county.store, &alone);
    run_in(named, &together);
    expect_alike();
    assert_int_equal(together.enterprises, ENTERPRISES + 1);
    assert_int_equal(together.facts, alone.facts);
    assert_memory_equal(together.classes, alone.classes, sizeof(alone.classes));
    assert_true(count_in(named, "SELECT max(length(indicators)) FROM result") > 16000);
}

static void a_second_run_writes_what_changed(void **state) {
    (void)state;
    struct period period;
    run_in(county.store, &period);
    run_in(named, &period);
    change(named, "CREATE TEMP TABLE written (id INTEGER)");
    change(named, "CREATE TEMP TRIGGER writes AFTER INSERT ON main.result BEGIN "
                  "INSERT INTO written VALUES (new.id); END");
    run_in(named, &period);
    assert_int_equal(count_in(named, "SELECT count(*) FROM written"), 0);
    struct store *const both[] = {county.store, named};
    for (int i = 0; i < 2; i++) {
        change(both[i], "UPDATE enterprise SET status = 'revoked', established_on = NULL "
                        "WHERE id IN (7, 1200)");
        change(both[i], "UPDATE fact SET status = 1 WHERE id >> 20 = 12 AND status = 0");
        run_in(both[i], &period);
    }
    expect_alike();
    assert_in_range(count_in(named, "SELECT count(*) FROM written"), 1, 3);
}

static void who_is_scored_no_more_has_no_result(void **state) {
    (void)state;
    struct period period;
    struct store *const both[] = {county.store, named};
    for (int i = 0; i < 2; i++) {
        run_in(both[i], &period);
        change(both[i], "PRAGMA foreign_keys = OFF");
        change(both[i], "DELETE FROM enterprise WHERE id IN (1, 700, 1301)");
        run_in(both[i], &period);
        assert_int_equal(period.enterprises, ENTERPRISES - 2);
        assert_int_equal(count_in(both[i], "SELECT count(*) FROM result"), ENTERPRISES - 2);
    }
    char *alone = results_of(county.store);
    char *together = results_of(named);
    assert_string_equal(together, alone);
    free(alone);
    free(together);
}

/* Changes that are not kept yet are seen by their own connection alone. */
static void a_run_inside_another_change_sees_it(void **state) {
    (void)state;
    struct period period;
    assert_ok(store_begin(named, &county.error), &county.error);
    change(named, "UPDATE fact SET status = 1");
    run_in(named, &period);
    assert_ok(store_commit(named, &county.error), &county.error);
    change(county.store, "UPDATE fact SET status = 1");
    run_in(county.store, &period);
    expect_alike();
}

/* Stops at the n-th look. */
static bool stop_at(void *context, uint64_t done, uint64_t total) {
    int *left = context;
    assert_true(done <= total);
    return --*left > 0;
}

static void stopped_threads_leave_the_old_results(void **state) {
    (void)state;
    struct period period;
    run_in(named, &period);
    char *before = results_of(named);
    change(named, "UPDATE fact SET status = 1");
    for (int looks = 1; looks <= 3; looks++) {
        int left = looks;
        struct progress progress = {.report = stop_at, .context = &left};
        county_expect(
            &county,
            period_run(named, &county.officer, 202610, false, &progress, &period, &county.error),
            RESULT_CANCELLED, "nothing was changed");
        char *after = results_of(named);
        assert_string_equal(after, before);
        free(after);
    }
    free(before);
}

#define RUN_TEST(test) cmocka_unit_test_setup_teardown(test, open_both, close_both)

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN_TEST(threads_come_to_what_one_comes_to),
        RUN_TEST(a_second_run_writes_what_changed),
        RUN_TEST(who_is_scored_no_more_has_no_result),
        RUN_TEST(a_run_inside_another_change_sees_it),
        RUN_TEST(stopped_threads_leave_the_old_results),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
