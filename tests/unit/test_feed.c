#include "unit/unit.h"

#include "store/feed.h"
#include "unit/random.h"
#include "unit/scratch.h"

static struct error error = ERROR_INIT;

static struct store *open_store(const char *name) {
    struct store *store = NULL;
    assert_ok(store_open(&store, scratch_path(name), STORE_CREATE, &error), &error);
    return store;
}

static void run(struct store *store, const char *sql) {
    assert_ok(store_execute(store, sql, NO_VALUES, &error), &error);
}

static int64_t ask(struct store *store, const char *sql) {
    int64_t number = -1;
    assert_ok(store_fetch_int(store, sql, NO_VALUES, -1, &number, &error), &error);
    return number;
}

/* A table with every kind of value, fed and bound alike. */
static void make_tables(struct store *store) {
    static const char columns[] =
        "(id INTEGER PRIMARY KEY, number INTEGER, text TEXT NOT NULL, bytes BLOB,"
        " source INTEGER REFERENCES source (id)) STRICT";
    char sql[256];
    snprintf(sql, sizeof(sql), "CREATE TABLE fed %s", columns);
    run(store, sql);
    snprintf(sql, sizeof(sql), "CREATE TABLE bound %s", columns);
    run(store, sql);
    run(store, "INSERT INTO source (id, name) VALUES (7, 'court')");
}

/* Numbers around every bound of the record format, and any others. */
static int64_t some_number(random_state *random) {
    static const int64_t bounds[] = {0,
                                     1,
                                     127,
                                     128,
                                     32767,
                                     32768,
                                     8388607,
                                     8388608,
                                     2147483647,
                                     2147483648,
                                     INT64_MAX,
                                     INT64_C(140737488355327),
                                     INT64_C(140737488355328)};
    int64_t number = bounds[random_next(random) % (sizeof(bounds) / sizeof(bounds[0]))];
    switch (random_next(random) % 3) {
    case 0:
        return number;
    case 1:
        return ~number;
    default:
        return (int64_t)random_next(random);
    }
}

/* One row, to both tables. */
static void add_row(struct store *store, struct feed *feed, int64_t id, random_state *random,
                    int longest) {
    static char text[16000];
    static unsigned char record[40000];
    size_t length = (size_t)random_between(random, 0, longest);
    memset(text, 'a' + (int)(id % 26), length);
    text[length] = '\0';
    struct value values[] = {
        value_int(id),
        random_next(random) % 5 == 0 ? value_null() : value_int(some_number(random)),
        value_text(text),
        random_next(random) % 2 == 0 ? value_null() : value_blob(text, length / 2),
        value_int(7),
    };
    assert_ok(store_execute(store, "INSERT INTO bound VALUES (?, ?, ?, ?, ?)", values, 5, &error),
              &error);
    values[0] = value_null();
    assert_true(row_record_bound(values, 5) < sizeof(record));
    size_t size = row_record_encode(values, 5, record);
    assert_true(size <= row_record_bound(values, 5));
    assert_ok(feed_part_row(feed, id, record, size, &error), &error);
}

/* Feeds parts of rows, and compares with what binding made of them. */
static void feed_and_compare(size_t parts, int rows, int longest, int64_t step, uint64_t seed) {
    random_state random = seed;
    struct store *store = open_store("feed.db");
    struct feed *feed = NULL;
    int64_t id = -3;
    make_tables(store);
    assert_ok(store_begin(store, &error), &error);
    assert_ok(
        feed_new(&feed, store, "fed", parts, (uint64_t)(longest + 60) * 2 * rows * parts, &error),
        &error);
    for (size_t part = 0; part < parts; part++) {
        if (part % 5 == 3) {
            continue; /* an empty part is not written */
        }
        assert_ok(feed_part_begin(feed, part, &error), &error);
        for (int row = 0; row < rows; row++) {
            id += 1 + (int64_t)(random_next(&random) % (uint64_t)step);
            add_row(store, feed, id, &random, longest);
        }
        assert_ok(feed_part_end(feed, &error), &error);
        assert_ok(feed_insert(feed, part, &error), &error);
    }
    feed_free(feed);
    assert_int_equal(ask(store, "SELECT count(*) FROM bound"),
                     ask(store, "SELECT count(*) FROM fed"));
    assert_int_equal(
        ask(store, "SELECT count(*) FROM (SELECT * FROM bound EXCEPT SELECT * FROM fed)"), 0);
    assert_ok(store_commit(store, &error), &error);
    assert_ok(store_check(store, &error), &error);
    assert_int_equal(
        ask(store, "SELECT count(*) FROM pragma_database_list WHERE name LIKE 'feed%'"), 0);
    store_close(store);
    scratch_empty(NULL);
}

static void one_part_of_few_rows(void **state) {
    (void)state;
    feed_and_compare(1, 1, 10, 1, 1);
    feed_and_compare(1, 200, 40, 1 << 20, 2);
}

static void a_part_of_many_leaves(void **state) {
    (void)state;
    feed_and_compare(1, 3000, 300, 5, 3);
    feed_and_compare(2, 400, 7000, INT64_C(1) << 40, 4);
}

static void more_parts_than_one_page_of_schema_holds(void **state) {
    (void)state;
    feed_and_compare(1500, 2, 30, 1000, 5);
}

/* More leaves than one inner page divides. */
static void a_tree_of_three_levels(void **state) {
    (void)state;
    random_state random = 6;
    struct store *store = open_store("deep.db");
    struct feed *feed = NULL;
    enum { ROWS = 26000 };
    static char text[15000];
    static unsigned char record[15100];
    make_tables(store);
    assert_ok(store_begin(store, &error), &error);
    assert_ok(feed_new(&feed, store, "fed", 1, (uint64_t)sizeof(record) * ROWS, &error), &error);
    assert_ok(feed_part_begin(feed, 0, &error), &error);
    for (int64_t id = 1; id <= ROWS; id++) {
        memset(text, 'a' + (int)(random_next(&random) % 26), sizeof(text));
        struct value values[] = {value_null(),
                                 value_int(id * 3),
                                 {.type = VALUE_TEXT, .data = text, .length = sizeof(text)},
                                 value_null(),
                                 value_int(7)};
        size_t size = row_record_encode(values, 5, record);
        assert_ok(feed_part_row(feed, id, record, size, &error), &error);
    }
    assert_ok(feed_part_end(feed, &error), &error);
    assert_ok(feed_insert(feed, 0, &error), &error);
    feed_free(feed);
    assert_int_equal(
        ask(store, "SELECT count(*) FROM fed WHERE number = id * 3 AND length(text) = 15000"),
        ROWS);
    store_rollback(store);
    store_close(store);
    scratch_empty(NULL);
}

/* SQLite takes no page there, and finds the file damaged when another page leads to it. */
static void the_page_of_locks_is_passed_over(void **state) {
    (void)state;
    static char record[8000];
    static char page[TREE_PAGE];
    static const char zeros[TREE_PAGE];
    FILE *file = fopen(scratch_path("tree"), "w+b");
    struct tree_file pages = {.file = fileno(file),
                              .next = TREE_LOCK_PAGE - 1,
                              .end = TREE_LOCK_PAGE + 40,
                              .path = "tree"};
    struct tree *tree = NULL;
    assert_ok(tree_new(&tree, &pages, 2, false, &error), &error);
    for (int64_t id = 1; id < 40; id++) {
        assert_ok(tree_add(tree, id, record, sizeof(record), &error), &error);
    }
    assert_ok(tree_end(tree, &error), &error);
    tree_free(tree);
    for (uint32_t number = TREE_LOCK_PAGE - 1; number <= TREE_LOCK_PAGE + 1; number++) {
        assert_int_equal(fseeko(file, (off_t)(number - 1) * (off_t)TREE_PAGE, SEEK_SET), 0);
        assert_int_equal(fread(page, 1, TREE_PAGE, file), TREE_PAGE);
        assert_int_equal(memcmp(page, zeros, TREE_PAGE) == 0, number == TREE_LOCK_PAGE);
    }
    fclose(file);
    scratch_empty(NULL);
}

static void a_key_that_is_taken_is_refused(void **state) {
    (void)state;
    struct store *store = open_store("taken.db");
    struct feed *feed = NULL;
    random_state random = 8;
    make_tables(store);
    run(store, "INSERT INTO fed VALUES (5, 5, 'there', NULL, 7)");
    assert_ok(store_begin(store, &error), &error);
    assert_ok(feed_new(&feed, store, "fed", 1, 1000, &error), &error);
    assert_ok(feed_part_begin(feed, 0, &error), &error);
    add_row(store, feed, 5, &random, 10);
    assert_ok(feed_part_end(feed, &error), &error);
    assert_int_not_equal(feed_insert(feed, 0, &error), RESULT_OK);
    feed_free(feed);
    store_rollback(store);
    assert_int_equal(ask(store, "SELECT count(*) FROM fed"), 1);
    assert_int_equal(
        ask(store, "SELECT count(*) FROM pragma_database_list WHERE name LIKE 'feed%'"), 0);
    error_clear(&error);
    store_close(store);
    scratch_empty(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_part_of_few_rows),
        cmocka_unit_test(a_part_of_many_leaves),
        cmocka_unit_test(more_parts_than_one_page_of_schema_holds),
        cmocka_unit_test(a_tree_of_three_levels),
        cmocka_unit_test(the_page_of_locks_is_passed_over),
        cmocka_unit_test(a_key_that_is_taken_is_refused),
    };
    return cmocka_run_group_tests_name("feed", tests, scratch_make, NULL);
}
