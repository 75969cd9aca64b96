#include "unit/every_policy.h"
#include "unit/scratch.h"
#include "unit/unit.h"

#include "base/buffer.h"
#include "book/plain_book.h"
#include "policy/policy_book.h"
#include "policy/policy_cell.h"
#include "policy/policy_document.h"

static struct error error = ERROR_INIT;

static struct policy *parsed(const char *text) {
    struct policy *policy = NULL;
    assert_ok(policy_parse(&policy, text, "p.json", &error), &error);
    return policy;
}

/* Out to a file and in again. */
static void expect_round_trip(const char *text, const char *name) {
    const char *path = scratch_path(name);
    struct arena *arena = arena_new();
    struct policy *policy = parsed(text);
    struct policy_document document;
    assert_ok(policy_document_write(policy, path, 20261122, &error), &error);
    assert_ok(policy_document_read(path, arena, &document, &error), &error);
    for (size_t i = 0; i < document.faults.count; i++) {
        print_message("%s: %s\n", document.faults.items[i].place,
                      document.faults.items[i].sentence);
    }
    assert_non_null(document.policy);
    assert_string_equal(document.policy->canonical, policy->canonical);
    assert_string_equal(document.policy->digest, policy->digest);
    policy_free(document.policy);
    policy_free(policy);
    arena_free(arena);
}

static void test_a_policy_comes_back_as_it_went(void **state) {
    (void)state;
    expect_round_trip(policy_builtin_text(), "built-in.xlsx");
    expect_round_trip(policy_builtin_text(), "built-in.json");
    expect_round_trip(every_policy, "every.xlsx");
    expect_round_trip(every_policy, "every.json");
}

/* The text with the one place that reads `from` reading `to`; on the heap. */
static char *replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    char *made = NULL;
    assert_true(asprintf(&made, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) > 0);
    return made;
}

/* What the workbook has no place for must not be lost in silence, and no file be left. */
static void test_what_a_workbook_cannot_hold_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *from;
        const char *to;
    } odd[] = {
        {"\"sources\": [\"登记、注册\"]", "\"sources\": [\"登记\\n注册\"]"},
        {"\"sources\": [\"登记、注册\"]", "\"sources\": {\"a\": 1}"},
        {"\"note\": \"新设\"", "\"note\": \"（空）\""},
        {"\"decay\": [[6, 50]]", "\"decay\": []"},
        {"\"note\": \"新设\"", "\"note\": null"},
    };
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        char *text = replaced(every_policy, odd[i].from, odd[i].to);
        struct policy *policy = parsed(text);
        const char *path = scratch_path("odd.xlsx");
        assert_int_equal(policy_document_write(policy, path, 20261122, &error), RESULT_INVALID);
        assert_non_null(strstr(error_sentence(&error), ".json"));
        assert_int_not_equal(access(path, F_OK), 0);
        assert_ok(policy_document_write(policy, scratch_path("odd.json"), 20261122, &error),
                  &error);
        policy_free(policy);
        free(text);
    }
    struct policy *policy = parsed(every_policy);
    assert_int_equal(policy_document_write(policy, scratch_path("odd.xls"), 20261122, &error),
                     RESULT_USAGE);
    policy_free(policy);
}

/* All rules that are broken are told, each at its place, and none twice. */
static void test_faults_are_told_together(void **state) {
    (void)state;
    char *one = replaced(every_policy, "\"maximum\": 900", "\"maximum\": 0");
    char *two = replaced(one, "\"kind\": \"present\"", "\"kind\": \"presence\"");
    char *three = replaced(two, "\"window\": 12", "\"windows\": 12");
    char *four = replaced(three, "{\"to\": 2, \"points\": 155}", "{\"to\": 3, \"points\": 155}");
    struct arena *arena = arena_new();
    struct policy_document document;
    assert_ok(policy_document_check(four, "p.json", arena, &document, &error), &error);
    assert_null(document.policy);
    struct buffer all = BUFFER_INIT;
    for (size_t i = 0; i < document.faults.count; i++) {
        buffer_printf(&all, "%s: %s\n", document.faults.items[i].place,
                      document.faults.items[i].sentence);
    }
    static const char *const wanted[] = {
        "p.json:6:14: 0 is out of bounds",        "must be attribute, present",
        "\"windows\" is not known here",          "\"window\" is missing here",
        "The band overlaps band 1 of this list.",
    };
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        if (strstr(buffer_text(&all), wanted[i]) == NULL) {
            fail_msg("no \"%s\" in:\n%s", wanted[i], buffer_text(&all));
        }
    }
    assert_null(strstr(buffer_text(&all), "\"points\" is not known")); /* behind the wrong kind */
    assert_int_equal(policy_document_check("{", "p.json", arena, &document, &error),
                     RESULT_INVALID);
    buffer_free(&all);
    arena_free(arena);
    free(one);
    free(two);
    free(three);
    free(four);
}

/* At most so many; the rest is said to be there. */
static void test_faults_end_somewhere(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct arena *arena = arena_new();
    struct policy_document document;
    const char *end = strstr(every_policy, "\"measures\"");
    buffer_append(&text, every_policy, (size_t)(end - every_policy));
    for (int i = 0; i < 50; i++) {
        buffer_printf(&text, "\"odd%d\": 1,", i);
    }
    buffer_append_text(&text, end);
    assert_ok(policy_document_check(buffer_text(&text), "p.json", arena, &document, &error),
              &error);
    assert_int_equal(document.faults.count, POLICY_MOST_FAULTS);
    assert_true(document.faults.more);
    buffer_free(&text);
    arena_free(arena);
}

static void expect_cell(const struct policy_column *column, const char *text, const char *json) {
    struct arena *arena = arena_new();
    const struct policy_cells cells = {.arena = arena};
    const char *wrong = NULL;
    json_t *value = policy_cell_value(&cells, column, text, &wrong);
    char *got = value == NULL ? NULL : json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (json == NULL ? wrong == NULL || value != NULL : got == NULL || strcmp(got, json) != 0) {
        fail_msg("\"%s\" became %s (%s)", text, got == NULL ? "nothing" : got,
                 wrong == NULL ? "no sentence" : wrong);
    }
    free(got);
    json_decref(value);
    arena_free(arena);
}

/* What people and their programs make of a cell. */
static void test_cells_are_read_as_people_write_them(void **state) {
    (void)state;
    const struct policy_column number = {.shape = POLICY_SHAPE_NUMBER};
    const struct policy_column yuan = {.shape = POLICY_SHAPE_YUAN};
    const struct policy_column rate = {.shape = POLICY_SHAPE_RATE};
    const struct policy_column text = {.shape = POLICY_SHAPE_TEXT};
    const struct policy_column kind = {.shape = POLICY_SHAPE_WORD, .words = POLICY_WORDS_KIND};
    const struct policy_column kinds = {.shape = POLICY_SHAPE_WORDS, .words = POLICY_WORDS_ENTITY};
    expect_cell(&number, "12", "12");
    expect_cell(&number, "12.0", "12");
    expect_cell(&number, " １２ ", "12");
    expect_cell(&number, "-1.5E+2", "-150");
    expect_cell(&number, "无", "null");
    expect_cell(&number, "12.5", NULL);
    expect_cell(&number, "1e99", NULL);
    expect_cell(&number, "inf", NULL);
    expect_cell(&number, "0x10", NULL);
    expect_cell(&number, "十二", NULL);
    expect_cell(&yuan, "1234.5", "123450");
    expect_cell(&yuan, "0.29", "29");
    expect_cell(&yuan, "12345.670000000001", "1234567");
    expect_cell(&yuan, "1.005", NULL);
    expect_cell(&rate, "5%", "{\"num\":5,\"den\":100}");
    expect_cell(&rate, "５％", "{\"num\":5,\"den\":100}");
    expect_cell(&rate, "1/3", "{\"num\":1,\"den\":3}");
    expect_cell(&rate, "0.05", "{\"num\":5,\"den\":100}");
    expect_cell(&rate, "1", "{\"num\":100,\"den\":100}");
    expect_cell(&rate, "5", NULL);
    expect_cell(&rate, "5%%", NULL);
    expect_cell(&rate, "1/3x", NULL);
    expect_cell(&text, " 甲 ", "\" 甲 \"");
    expect_cell(&text, "（空）", "\"\"");
    expect_cell(&kind, "信息件数", "\"count\"");
    expect_cell(&kind, "count", "\"count\"");
    expect_cell(&kind, "件", NULL);
    expect_cell(&kinds, "企业、cooperative", "[\"enterprise\",\"cooperative\"]");
    expect_cell(&kinds, "企业\n\n个体工商户\n", "[\"enterprise\",\"individual\"]");
    expect_cell(&kinds, "企业、个体", NULL);
}

static void test_a_file_that_is_no_workbook_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct policy_document document;
    static const char zip[] = "PK\3\4 and nothing more";
    const char *path = scratch_write("broken.xlsx", zip, sizeof(zip));
    assert_int_equal(policy_document_read(path, arena, &document, &error), RESULT_INVALID);
    /* A workbook that is no policy: every sheet that is missing is told. */
    static const char *const headers[] = {"企业名称", "处罚日期"};
    const struct plain_book_head head = {
        .title = "x", .sheet = "总则", .headers = headers, .count = 2, .first_width = 20};
    struct plain_book *book = NULL;
    path = scratch_path("other.xlsx");
    assert_ok(plain_book_new(&book, path, scratch_folder, &head, &error), &error);
    assert_ok(plain_book_close(book, &error), &error);
    assert_ok(policy_document_read(path, arena, &document, &error), &error);
    assert_null(document.policy);
    assert_int_equal(document.faults.count, 6);
    assert_non_null(strstr(document.faults.items[0].sentence, "no sheet"));
    error_clear(&error);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_a_policy_comes_back_as_it_went, scratch_empty),
        cmocka_unit_test_teardown(test_what_a_workbook_cannot_hold_is_refused, scratch_empty),
        cmocka_unit_test(test_faults_are_told_together),
        cmocka_unit_test(test_faults_end_somewhere),
        cmocka_unit_test(test_cells_are_read_as_people_write_them),
        cmocka_unit_test_teardown(test_a_file_that_is_no_workbook_is_refused, scratch_empty),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
