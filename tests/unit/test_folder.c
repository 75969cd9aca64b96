/* Folders as a person goes about in them: paths as they are written, names completed, what is gone.
 */
#include "base/folder_path.h"
#include "unit/scratch.h"

#include <sys/stat.h>

static struct arena *arena;

static int start(void **state) {
    arena = arena_new();
    setenv("HOME", "/home/wang", 1);
    return arena == NULL ? -1 : scratch_make(state);
}

static int end(void **state) {
    arena_free(arena);
    return scratch_remove(state);
}

static void assert_read(const char *text, const char *path) {
    assert_string_equal(folder_path_read(arena, text, "/data"), path);
}

static void test_paths_as_they_are_written(void **state) {
    (void)state;
    assert_read("/a/b.csv", "/a/b.csv");
    assert_read("  /a/处罚 2026.csv \t", "/a/处罚 2026.csv");
    assert_read("'/a/处罚 2026.csv' ", "/a/处罚 2026.csv");
    assert_read("\"/a/b\"", "/a/b");
    assert_read("~", "/home/wang");
    assert_read("~/下载/x", "/home/wang/下载/x");
    assert_read("~li/x", "/data/~li/x");
    assert_read("file:///a/%E5%A4%84%20b.csv", "/a/处 b.csv");
    assert_read("file://county-pc/a/100%.csv", "/a/100%.csv");
    assert_read("下载/x.csv", "/data/下载/x.csv");
    assert_string_equal(folder_path_read(arena, "x", "/"), "/x");
    assert_true(folder_path_is(" '/a b'"));
    assert_true(folder_path_is("~/x"));
    assert_true(folder_path_is("file:///x"));
    assert_false(folder_path_is("处罚"));
    assert_false(folder_path_is(""));
}

static void assert_completed(const char *text, const char *const *names, size_t count, bool folder,
                             const char *expected) {
    struct folder_entry entries[4] = {0};
    const struct folder_entry *found[4];
    for (size_t i = 0; i < count; i++) {
        entries[i].name = names[i];
        entries[i].folder = folder;
        found[i] = &entries[i];
    }
    char *completed = folder_path_complete(text, found, count);
    if (expected == NULL) {
        assert_null(completed);
    } else {
        assert_non_null(completed);
        assert_string_equal(completed, expected);
    }
    free(completed);
}

/* 处 and 外 share their first byte: completion must not stop within a character. */
static void test_names_completed(void **state) {
    (void)state;
    const char *const two[] = {"行政处罚.csv", "行政外包.csv"};
    const char *const one[] = {"下载"};
    assert_completed("~/行", two, 2, false, "~/行政");
    assert_completed("~/行政", two, 2, false, NULL);
    assert_completed("~/行政", two, 1, false, "~/行政处罚.csv");
    assert_completed("/home/wang/", one, 1, true, "/home/wang/下载/");
    assert_completed("/下载", one, 1, true, "/下载/");
    assert_completed("/x", NULL, 0, false, NULL);
    assert_completed("~", NULL, 0, false, "~/");
}

static void test_what_is_gone(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct folder_entry entry;
    struct folder_entry *entries = NULL;
    size_t count = 0;
    const char *file = scratch_write_text("在.csv", "x");
    assert_ok(folder_look(file, &entry, &error), &error);
    assert_string_equal(entry.name, "在.csv");
    assert_true(entry.likely && !entry.folder);
    assert_int_equal(folder_look(scratch_path("不在.csv"), &entry, &error), RESULT_NOT_FOUND);
    assert_non_null(strstr(error_sentence(&error), "不在.csv"));
    error_clear(&error);
    assert_int_equal(folder_look(arena_printf(arena, "%s/x", file), &entry, &error),
                     RESULT_NOT_FOUND);
    error_clear(&error);
    assert_int_equal(folder_look("/dev/null", &entry, &error), RESULT_INVALID);
    error_clear(&error);
    assert_int_equal(folder_list(scratch_path("无"), arena, &entries, &count, &error),
                     RESULT_NOT_FOUND);
    error_clear(&error);
    assert_string_equal(folder_nearest(arena, scratch_path("一/二/三")), scratch_folder);
    assert_string_equal(folder_nearest(arena, file), scratch_folder);
    assert_string_equal(folder_nearest(arena, scratch_folder), scratch_folder);
    assert_string_equal(folder_nearest(arena, "/no/such/place"), "/");
    assert_string_equal(folder_nearest(arena, "no/such/place"), "/");
    unlink(file);
}

/* What root may do, nobody can forbid: only others are refused. */
static void test_what_may_not_be_read(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct folder_entry entry;
    const char *closed = scratch_path("closed");
    assert_int_equal(mkdir(closed, 0), 0);
    if (geteuid() != 0) {
        assert_int_equal(folder_look(closed, &entry, &error), RESULT_REFUSED);
        assert_non_null(strstr(error_sentence(&error), "closed"));
        error_clear(&error);
        assert_string_equal(folder_nearest(arena, closed), scratch_folder);
    }
    rmdir(closed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_as_they_are_written),
        cmocka_unit_test(test_names_completed),
        cmocka_unit_test(test_what_is_gone),
        cmocka_unit_test(test_what_may_not_be_read),
    };
    return cmocka_run_group_tests_name("folder", tests, start, end);
}
