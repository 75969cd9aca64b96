#include "unit/nameless.h"
#include "unit/scratch.h"

#include "base/buffer.h"
#include "intake/catalog.h"
#include "intake/import.h"
#include "intake/kind_fact.h"

/* Expects a profile document to be refused with a sentence that holds words. */
static void expect_refused(const char *json, const char *words) {
    struct error error = ERROR_INIT;
    struct profile *profile = NULL;
    assert_int_equal(profile_parse(&profile, json, "p.json", &error), RESULT_INVALID);
    assert_null(profile);
    if (strstr(error_sentence(&error), words) == NULL ||
        strncmp(error_sentence(&error), "p.json", 6) != 0) {
        fail_msg("\"%s\" should say \"%s\"", error_sentence(&error), words);
    }
    error_clear(&error);
}

/* As many as sample-db/profiles holds. */
#define CARRIED_PROFILES 18

#define HEAD "{\"name\": \"n\", \"kind\": \"facts\", \"title\": \"t\", "
#define TYPE "\"constants\": {\"type\": \"penalty\"}"

static void test_refused_documents(void **state) {
    (void)state;
    expect_refused("{\n  \"name\": \"n\",\n  \"kind\" \"facts\"}", "p.json:3:");
    expect_refused("[]", "p.json:1:1: The value here must be an object");
    expect_refused("{}", "name");
    expect_refused("{\"name\": \"n\", \"kind\": \"cats\", \"title\": \"t\", \"columns\": {}}",
                   "kind");
    expect_refused(HEAD "\"colour\": 1, \"columns\": {}}", "colour");
    expect_refused(HEAD "\"columns\": {\"name\": \"a\", \"size\": \"b\"}}", "size");
    expect_refused(HEAD "\"columns\": {\"name\": {\"column\": \"a\", \"like\": 1}}}", "like");
    expect_refused(HEAD "\"columns\": {\"name\": \"a\"}}", "type");
    expect_refused(HEAD "\"columns\": {\"name\": \"a\"}, " TYPE "}", "occurred_on");
    expect_refused(HEAD "\"columns\": {\"occurred_on\": \"b\"}, " TYPE "}", "enterprise");
    expect_refused(
        HEAD "\"columns\": {\"name\": \"a\", \"occurred_on\": \"b\", \"type\": \"c\"}, " TYPE "}",
        "type");
    expect_refused(HEAD "\"required\": [\"amount\"], \"columns\": {\"name\": \"a\", "
                        "\"occurred_on\": \"b\"}, " TYPE "}",
                   "amount");
    expect_refused(HEAD "\"columns\": {\"name\": \"a\", \"occurred_on\": \"b\", \"amount\": "
                        "{\"column\": \"c\", \"unit\": \"dollars\"}}, " TYPE "}",
                   "unit");
    expect_refused(HEAD "\"columns\": {\"name\": \"a\", \"amount\": {\"as_of\": true}}, " TYPE "}",
                   "amount");
    expect_refused(HEAD
                   "\"columns\": {\"name\": \"a\", \"level\": {\"column\": \"c\", \"contains\": "
                   "[[\"x\"]]}}, " TYPE "}",
                   "contains");
}

/* Every profile the program carries reads, under the name it is carried by. */
static void test_carried(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct store *store = nameless_open();
    assert_int_equal(catalog_count(), CARRIED_PROFILES);
    for (size_t i = 0; i < catalog_count(); i++) {
        struct profile *carried = NULL;
        struct profile *profile = NULL;
        assert_ok(catalog_read(i, &carried, &error), &error);
        assert_ok(catalog_open(store, carried->name, carried->kind, &profile, &error), &error);
        assert_string_equal(profile->name, catalog_name(i));
        assert_true(strlen(profile->title) > 0);
        assert_non_null(profile->note);
        profile_free(carried);
        profile_free(profile);
    }
    store_close(store);
}

/* Binds a file without naming a profile; gives the name of the one chosen. */
static const char *choose(enum import_kind kind, const char *text, int64_t *line) {
    static char name[64];
    struct error error = ERROR_INIT;
    struct arena *arena = arena_new();
    struct row_source *source = NULL;
    struct profile *profile = NULL;
    struct binding binding;
    struct sample sample;
    struct store *store = nameless_open();
    const char *path = scratch_write_text("in.csv", text);
    assert_ok(row_source_open(&source, path, NULL, &error), &error);
    assert_ok(sample_read(source, arena, &sample, &error), &error);
    assert_ok(catalog_choose(store, &sample, path, kind, &profile, &binding, arena, &error),
              &error);
    snprintf(name, sizeof(name), "%s", profile != NULL ? profile->name : "none");
    if (profile != NULL) {
        *line = binding.line;
    }
    store_close(store);
    profile_free(profile);
    row_source_free(source);
    arena_free(arena);
    return name;
}

static void test_choosing(void **state) {
    (void)state;
    int64_t line = 0;
    assert_string_equal(choose(IMPORT_ENTERPRISES, "企业名称,统一社会信用代码,核准日期\n", &line),
                        "enterprises");
    assert_string_equal(
        choose(IMPORT_ENTERPRISES, "企业名称,性质,主键,更新时间,统一社会信用代码\n", &line),
        "beijing-listed-companies");
    assert_string_equal(
        choose(IMPORT_FACTS,
               "某市检查情况\n\n\"制表\n单位\",,\n"
               "唯一标识,行政相对人,证件号码,监督检查形式,监督检查结果,监督检查日期,"
               "监督检查机关\n",
               &line),
        "beijing-culture-inspections");
    assert_int_equal(line, 5);
    assert_string_equal(choose(IMPORT_FACTS, "当事人名称,信息类型,处罚决定日期,金额(元)\n", &line),
                        "facts");
    /* names alone may be any list: such a profile is never chosen unasked */
    assert_string_equal(choose(IMPORT_FACTS, "企业名称\n甲\n", &line), "none");
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < HEADER_ROWS_MAX; i++) {
        buffer_printf(&text, "标题%d\n", i);
    }
    buffer_append_text(&text, "企业名称,统一社会信用代码\n");
    assert_string_equal(choose(IMPORT_ENTERPRISES, buffer_text(&text), &line), "none");
    buffer_free(&text);
}

/* A header says its unit; the profile's own word goes before. */
static void test_units(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct arena *arena = arena_new();
    struct profile *profile = NULL;
    assert_ok(profile_parse(&profile,
                            HEAD "\"columns\": {\"name\": \"名\", \"occurred_on\": \"日\", "
                                 "\"amount\": {\"column\": [\"无此列\", \"罚款（万元）\"], "
                                 "\"otherwise\": \"没收\"}}, " TYPE "}",
                            "p", &error),
              &error);
    const char *cells[] = {"*名：", "日", "罚款(万元)", "没收"};
    struct row row = {.cells = cells, .count = 4, .width = 4, .line = 7};
    struct binding binding;
    bool failed = false;
    assert_true(binding_make(&binding, profile, &row, arena, NULL, &failed));
    const struct bound_field *amount = binding_field(&binding, FACT_FIELD_AMOUNT);
    assert_int_equal(amount->column_count, 2);
    assert_int_equal(amount->columns[0], 2);
    assert_int_equal(amount->units[0], 1000000);
    assert_int_equal(amount->columns[1], 3);
    assert_int_equal(amount->units[1], 100);
    assert_int_equal(binding.matched, 4);
    cells[1] = "月";
    const char *missing = NULL;
    assert_false(binding_make(&binding, profile, &row, arena, &missing, &failed));
    assert_string_equal(missing, "日");
    profile_free(profile);
    arena_free(arena);
}

/* A profile of one's own, from a file. */
static void test_own_file(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct profile *profile = NULL;
    struct store *store = nameless_open();
    const char *path = scratch_write_text(
        "own.json", HEAD "\"columns\": {\"name\": \"a\", \"occurred_on\": \"b\"}, " TYPE "}");
    assert_ok(catalog_open(store, path, IMPORT_FACTS, &profile, &error), &error);
    assert_string_equal(profile->name, "n");
    profile_free(profile);
    assert_int_equal(catalog_open(store, path, IMPORT_ENTERPRISES, &profile, &error), RESULT_USAGE);
    assert_null(profile);
    assert_int_equal(catalog_open(store, scratch_path("none.json"), IMPORT_FACTS, &profile, &error),
                     RESULT_NOT_FOUND);
    error_clear(&error);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused_documents),
        cmocka_unit_test(test_carried),
        cmocka_unit_test_teardown(test_choosing, scratch_empty),
        cmocka_unit_test(test_units),
        cmocka_unit_test_teardown(test_own_file, scratch_empty),
    };
    return cmocka_run_group_tests_name("intake/profile", tests, scratch_make, scratch_remove);
}
