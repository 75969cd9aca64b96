#include "unit/unit.h"

#include "guard/journal.h"
#include "registry/handed_class.h"
#include "registry/restore.h"
#include "score/handed.h"
#include "score/period.h"
#include "store/statement.h"
#include "unit/county.h"

#include <jansson.h>
#include <string.h>

static struct county county;
static struct handed_class_writer *writer;
static struct save_origin origin;

static int open_county(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    origin = (struct save_origin){.actor = &county.officer, .source = "省系统"};
    return handed_class_writer_new(&writer, county.store, &county.error) == RESULT_OK ? 0 : -1;
}

static int close_county(void **state) {
    (void)state;
    handed_class_writer_free(writer);
    county_close(&county);
    return 0;
}

static enum save_outcome save(int64_t enterprise, struct handed_class handed) {
    enum save_outcome outcome;
    assert_ok(
        handed_class_writer_save(writer, enterprise, &handed, &origin, &outcome, &county.error),
        &county.error);
    assert_true(handed.id > 0);
    return outcome;
}

static struct handed_class handed(char letter, int64_t score) {
    return (struct handed_class){.period = 202610, .letter = letter, .score = score};
}

static const char *rows(void) {
    return county_dump(&county,
                       "SELECT enterprise || ' ' || period || ' ' || name || ' ' || class || ' ' "
                       "|| coalesce(score, '-') || ' ' || coalesce(day, '-') FROM handed_class "
                       "JOIN source ON source.id = source ORDER BY handed_class.id");
}

static void test_there_is_one_for_each_period_and_source(void **state) {
    (void)state;
    int64_t first = county_add(&county, 1, NULL);
    int64_t second = county_add(&county, 2, NULL);
    assert_int_equal(save(first, handed('B', 20005)), SAVE_INSERTED);
    assert_int_equal(save(first, handed('B', 20005)), SAVE_UNCHANGED);
    assert_int_equal(save(second, handed('B', 20005)), SAVE_INSERTED);
    struct handed_class earlier = handed('C', HANDED_NO_SCORE);
    earlier.period = 202609;
    assert_int_equal(save(first, earlier), SAVE_INSERTED);
    origin.source = "市系统";
    assert_int_equal(save(first, handed('D', HANDED_NO_SCORE)), SAVE_INSERTED);
    assert_string_equal(rows(), "1 202610 省系统 B 20005 -\n"
                                "2 202610 省系统 B 20005 -\n"
                                "1 202609 省系统 C - -\n"
                                "1 202610 市系统 D - -\n");
    struct handed_class *all = NULL;
    size_t count = 0;
    assert_ok(handed_class_load_all(county.store, first, county.arena, &all, &count, &county.error),
              &county.error);
    assert_int_equal(count, 3);
    assert_int_equal(all[0].letter, 'B');
    assert_string_equal(all[0].source, "省系统");
    assert_int_equal(all[1].letter, 'D');
    assert_true(all[1].score == HANDED_NO_SCORE);
    assert_int_equal(all[2].period, 202609);
}

static void test_what_changes_is_journalled(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    struct handed_class known = handed('B', 20005);
    known.day = 20261031;
    save(id, known);
    assert_int_equal(save(id, handed('B', HANDED_NO_SCORE)), SAVE_UNCHANGED);
    assert_int_equal(save(id, handed('B', 20010)), SAVE_UPDATED);
    /* what was known of the class before says nothing of the new one */
    assert_int_equal(save(id, handed('C', HANDED_NO_SCORE)), SAVE_UPDATED);
    assert_string_equal(rows(), "1 202610 省系统 C - -\n");
    assert_string_equal(county_dump(&county, "SELECT before || after FROM journal "
                                             "WHERE action = 'handed_class.update' ORDER BY id"),
                        "{\"score\":20005}{\"score\":20010}\n"
                        "{\"class\":\"B\",\"day\":\"2026-10-31\",\"score\":20010}"
                        "{\"class\":\"C\",\"day\":null,\"score\":null}\n");
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'handed_class.insert'"),
        1);
}

static void refuse(struct handed_class wrong, const char *words) {
    enum save_outcome outcome;
    county_expect(&county,
                  handed_class_writer_save(writer, 1, &wrong, &origin, &outcome, &county.error),
                  RESULT_INVALID, words);
}

static void test_wrong_ones_are_refused(void **state) {
    (void)state;
    county_add(&county, 1, NULL);
    struct handed_class wrong = handed('B', 0);
    wrong.period = 202613;
    refuse(wrong, "period");
    wrong.period = 0;
    refuse(wrong, "period");
    refuse(handed('E', 0), "class");
    refuse(handed('\0', 0), "class");
    refuse(handed('A', 100001), "score");
    refuse(handed('A', -1), "score");
    assert_string_equal(rows(), "");
}

static int64_t open_batch(int64_t id) {
    assert_ok(
        store_execute(county.store,
                      "INSERT INTO batch (id, kind, file, digest, profile, source, actor, at, "
                      "as_of, header) VALUES (?, 'classes', 'f.csv', '', '', '', '', '', 0, "
                      "'')",
                      VALUES(value_int(id)), &county.error),
        &county.error);
    return id;
}

static void test_a_batch_is_taken_back(void **state) {
    (void)state;
    int64_t first = county_add(&county, 1, NULL);
    int64_t second = county_add(&county, 2, NULL);
    struct handed_class known = handed('B', 20005);
    known.day = 20261031;
    save(first, known);
    const char *before = rows();
    origin.batch = open_batch(7);
    assert_int_equal(save(first, handed('D', 90000)), SAVE_UPDATED);
    assert_int_equal(save(second, handed('A', 0)), SAVE_INSERTED);
    struct restore_counts counts;
    struct rests rests = RESTS_INIT;
    assert_ok(restore_rests(county.store, 7, &rests, &county.error), &county.error);
    assert_int_equal(rests.count, 0);
    assert_ok(restore_batch(county.store, &county.officer, 7, &counts, &county.error),
              &county.error);
    assert_string_equal(rows(), before);
    assert_int_equal(counts.handed, 1);
    assert_int_equal(counts.restored, 1);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'handed_class.restore'"),
        1);
}

static void test_later_intakes_rest_on_it(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    struct rests rests = RESTS_INIT;
    open_batch(7);
    assert_ok(
        store_execute(county.store, "UPDATE enterprise SET batch = 7", NO_VALUES, &county.error),
        &county.error);
    origin.batch = open_batch(8);
    save(id, handed('A', 0));
    assert_ok(restore_rests(county.store, 7, &rests, &county.error), &county.error);
    assert_int_equal(rests.count, 1);
    rests_free(&rests);
    rests = (struct rests)RESTS_INIT;
    origin.batch = open_batch(9);
    save(id, handed('B', 0));
    assert_ok(restore_rests(county.store, 8, &rests, &county.error), &county.error);
    assert_int_equal(rests.count, 1);
    rests_free(&rests);
}

static void test_own_and_handed_are_compared(void **state) {
    (void)state;
    struct period period;
    for (int i = 1; i <= 5; i++) {
        county_add(&county, i, NULL);
    }
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(store_execute(county.store,
                            "UPDATE result SET final_class = substr('ABBDC', enterprise, 1), "
                            "total = enterprise * 100",
                            NO_VALUES, &county.error),
              &county.error);
    save(1, handed('A', 100));
    save(2, handed('C', HANDED_NO_SCORE));
    save(3, handed('C', 55000));
    save(4, handed('A', 0));
    int64_t sixth = county_add(&county, 6, NULL);
    save(sixth, handed('D', 80000));
    struct handed_class other = handed('D', 0);
    other.period = 202609;
    save(5, other);
    struct handed_matrix matrix;
    assert_ok(handed_matrix_load(county.store, 202610, &matrix, &county.error), &county.error);
    assert_int_equal(matrix.counts[CLASS_A][CLASS_A], 1);
    assert_int_equal(matrix.counts[CLASS_B][CLASS_C], 2);
    assert_int_equal(matrix.counts[CLASS_D][CLASS_A], 1);
    assert_int_equal(matrix.same, 1);
    assert_int_equal(matrix.different, 3);
    assert_int_equal(matrix.only_handed, 1);
    assert_int_equal(matrix.only_own, 1);
    struct handed_row *list = NULL;
    size_t count = 0;
    assert_ok(handed_rows_load(county.store, 202610, 9, county.arena, &list, &count, &county.error),
              &county.error);
    assert_int_equal(count, 3);
    assert_int_equal(list[0].own, CLASS_D);
    assert_int_equal(list[0].handed, CLASS_A);
    assert_int_equal(list[1].own_score, 300);
    assert_int_equal(list[1].handed_score, 55000);
    assert_true(list[2].handed_score == HANDED_NO_SCORE);
    assert_string_equal(list[2].source, "省系统");
    assert_ok(handed_rows_load(county.store, 202610, 2, county.arena, &list, &count, &county.error),
              &county.error);
    assert_int_equal(count, 2);
}

#define WITH_COUNTY(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_COUNTY(test_there_is_one_for_each_period_and_source),
        WITH_COUNTY(test_what_changes_is_journalled),
        WITH_COUNTY(test_wrong_ones_are_refused),
        WITH_COUNTY(test_a_batch_is_taken_back),
        WITH_COUNTY(test_later_intakes_rest_on_it),
        WITH_COUNTY(test_own_and_handed_are_compared),
    };
    return cmocka_run_group_tests_name("registry/handed_class", tests, NULL, NULL);
}
