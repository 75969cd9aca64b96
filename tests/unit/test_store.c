#include "unit/unit.h"

#include "guard/journal.h"
#include "store/statement.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/xinfeng-store-XXXXXX";
static char path[64];

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static int name_file(void **state) {
    (void)state;
    snprintf(path, sizeof(path), "%s/a.db", folder);
    return 0;
}

static int remove_files(void **state) {
    (void)state;
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[80];
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        unlink(name);
    }
    return 0;
}

/* Opens and expects a refusal whose sentence holds words. */
static void expect_refusal(enum result expected, const char *words) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    assert_int_equal(store_open(&store, path, STORE_OPEN, &error), expected);
    assert_null(store);
    assert_non_null(strstr(error_sentence(&error), words));
    assert_non_null(strstr(error_sentence(&error), path));
    error_clear(&error);
}

static void write_file(const void *data, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    fclose(file);
}

static void run_elsewhere(const char *sql) {
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static struct store *open_new(void) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    assert_ok(store_open(&store, path, STORE_CREATE, &error), &error);
    return store;
}

static void test_each_wrong_file_has_its_own_sentence(void **state) {
    (void)state;
    expect_refusal(RESULT_NOT_FOUND, "There is no database");
    write_file("", 0);
    expect_refusal(RESULT_DAMAGED, "is empty");
    write_file("this is no database, it is a letter to the bureau, and long enough to be one: "
               "0123456789012345678901234567890123456789",
               118);
    expect_refusal(RESULT_DAMAGED, "is not a database");
    unlink(path);
    run_elsewhere("CREATE TABLE other (a); INSERT INTO other VALUES (1)");
    expect_refusal(RESULT_DAMAGED, "another program's");
}

static void test_a_newer_database_is_left_alone(void **state) {
    (void)state;
    store_close(open_new());
    run_elsewhere("PRAGMA user_version = 999");
    expect_refusal(RESULT_REFUSED, "newer version");
}

static void test_a_cut_database_is_called_damaged(void **state) {
    (void)state;
    store_close(open_new());
    assert_int_equal(truncate(path, 8192), 0);
    expect_refusal(RESULT_DAMAGED, "cut short");
}

static void test_an_existing_database_is_not_made_again(void **state) {
    (void)state;
    store_close(open_new());
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    assert_int_equal(store_open(&store, path, STORE_CREATE, &error), RESULT_REFUSED);
    assert_non_null(strstr(error_sentence(&error), "exists already"));
    error_clear(&error);
}

static void test_a_folder_is_no_database(void **state) {
    (void)state;
    snprintf(path, sizeof(path), "%s", folder);
    expect_refusal(RESULT_USAGE, "is a folder");
}

static void test_nested_changes_undo_only_themselves(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct store *store = open_new();
    const char *insert = "INSERT INTO source (name) VALUES (?)";
    assert_ok(store_begin(store, &error), &error);
    assert_ok(store_execute(store, insert, VALUES(value_text("outer")), &error), &error);
    assert_ok(store_begin(store, &error), &error);
    assert_ok(store_execute(store, insert, VALUES(value_text("inner")), &error), &error);
    store_rollback(store);
    assert_ok(store_commit(store, &error), &error);
    int64_t count = 0;
    assert_ok(store_fetch_int(store, "SELECT count(*) FROM source", NO_VALUES, -1, &count, &error),
              &error);
    assert_int_equal(count, 1);
    store_close(store);
}

static void write_entry(struct store *store, const char *subject) {
    struct error error = ERROR_INIT;
    struct actor actor = {.name = "王建国", .clock = clock_frozen(20261122)};
    struct journal_entry entry = {.action = "test", .subject = subject, .after = "{\"a\":1}"};
    assert_ok(journal_write(store, &actor, &entry, &error), &error);
}

static void test_the_journal_shows_a_changed_entry(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct store *store = open_new();
    write_entry(store, "one");
    write_entry(store, "two");
    write_entry(store, "three");
    int64_t entries = 0;
    assert_ok(journal_verify(store, &entries, &error), &error);
    assert_int_equal(entries, 3);
    assert_int_not_equal(
        store_execute(store, "UPDATE journal SET actor = 'x' WHERE id = 2", NO_VALUES, &error),
        RESULT_OK);
    store_close(store);
    run_elsewhere("DROP TRIGGER journal_keeps; UPDATE journal SET actor = 'x' WHERE id = 2");
    assert_ok(store_open(&store, path, STORE_OPEN, &error), &error);
    assert_int_equal(journal_verify(store, NULL, &error), RESULT_MISMATCH);
    assert_non_null(strstr(error_sentence(&error), "entry 2"));
    error_clear(&error);
    store_close(store);
}

static void test_the_journal_shows_a_removed_entry(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct store *store = open_new();
    write_entry(store, "one");
    write_entry(store, "two");
    store_close(store);
    run_elsewhere("DROP TRIGGER journal_stays; DELETE FROM journal WHERE id = 1");
    assert_ok(store_open(&store, path, STORE_OPEN, &error), &error);
    assert_int_equal(journal_verify(store, NULL, &error), RESULT_MISMATCH);
    error_clear(&error);
    store_close(store);
}

#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, name_file, remove_files)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_each_wrong_file_has_its_own_sentence),
        STORE_TEST(test_a_newer_database_is_left_alone),
        STORE_TEST(test_a_cut_database_is_called_damaged),
        STORE_TEST(test_an_existing_database_is_not_made_again),
        STORE_TEST(test_a_folder_is_no_database),
        STORE_TEST(test_nested_changes_undo_only_themselves),
        STORE_TEST(test_the_journal_shows_a_changed_entry),
        STORE_TEST(test_the_journal_shows_a_removed_entry),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
