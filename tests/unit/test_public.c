/* What goes to the public: report/public_words.h, plan/announced.h and the sets of
 * report/plan_export.h over a small county. */
#include "unit/county.h"
#include "unit/unit.h"

#include "book/read.h"
#include "plan/announced.h"
#include "plan/plan.h"
#include "policy/policy_store.h"
#include "registry/record.h"
#include "report/plan_export.h"
#include "report/public_words.h"
#include "score/period.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEED "00382438112797316654"

static struct county county;
static int64_t plan;
static char folder[] = "/tmp/xinfeng-public-XXXXXX";

static int open_county(void **state) {
    (void)state;
    random_state seed = 5;
    struct period period;
    struct policy *policy = NULL;
    struct draw_rule rules[CLASS_COUNT];
    const struct plan_scope scope = {.matter = "公示信息检查"};
    int64_t id = 0;
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    county_open(&county, NULL, 20261031);
    county_fill(&county, &seed, 60);
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(policy_store_in_force(county.store, &policy, &id, &county.error), &county.error);
    struct draw_measures measures = plan_default_measures(policy, rules);
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        rules[i].rate = (struct draw_rate){1, 2};
    }
    assert_ok(plan_create(county.store, &county.officer, "秋季抽查", &scope, &measures, &plan,
                          &county.error),
              &county.error);
    policy_free(policy);
    return 0;
}

static int close_county(void **state) {
    (void)state;
    county_close(&county);
    rmdir(folder);
    return 0;
}

static void commit(void) {
    assert_ok(plan_freeze(county.store, &county.officer, plan, NULL, &county.error), &county.error);
    assert_ok(plan_commit(county.store, &county.officer, plan, &county.error), &county.error);
}

static void draw(void) {
    assert_ok(
        plan_draw_through(county.store, &county.officer, plan, SEED, NULL, NULL, &county.error),
        &county.error);
}

static struct plan load(void) {
    struct plan loaded;
    assert_ok(plan_load(county.store, plan, county.arena, &loaded, &county.error), &county.error);
    return loaded;
}

static enum result export_set(enum plan_export_set set, const char *title,
                              struct plan_export *export) {
    return plan_export_set_write(county.store, &county.officer, plan, set, title, folder, NULL,
                                 export, &county.error);
}

/* Gives a drawn enterprise a result under a task. */
static void add_result(int64_t enterprise, const char *task, const char *matter) {
    struct record_writer *writer = NULL;
    const struct save_origin origin = {.actor = &county.officer, .source = "测试"};
    struct record_value values[INSPECTION_RESULT_COLUMN_COUNT];
    enum save_outcome outcome;
    int64_t id = 0;
    for (size_t i = 0; i < INSPECTION_RESULT_COLUMN_COUNT; i++) {
        values[i] = record_unknown();
    }
    values[INSPECTION_RESULT_enterprise].number = enterprise;
    values[INSPECTION_RESULT_task].text = task;
    values[INSPECTION_RESULT_matter].text = matter;
    values[INSPECTION_RESULT_completed_on].number = 20261101;
    values[INSPECTION_RESULT_result].text = "未发现问题";
    assert_ok(store_begin(county.store, &county.error), &county.error);
    assert_ok(record_writer_new(&writer, county.store, RECORD_INSPECTION_RESULT, &county.error),
              &county.error);
    assert_ok(record_writer_save(writer, values, &origin, &outcome, &id, &county.error),
              &county.error);
    record_writer_free(writer);
    assert_ok(store_finish(county.store, RESULT_OK, &county.error), &county.error);
}

static enum result count_row(void *context, const struct book_reader_row *row,
                             struct error *error) {
    (void)row;
    (void)error;
    ++*(size_t *)context;
    return RESULT_OK;
}

/* Reads every workbook of an export as strictly as the house does, removes the files. */
static void read_all(struct plan_export *export) {
    for (size_t i = 0; i < export->count; i++) {
        struct book_reader *book = NULL;
        size_t sheets = 0;
        size_t rows = 0;
        if (strstr(export->files[i], ".xlsx") != NULL) {
            assert_ok(book_reader_open(&book, export->files[i], &county.error), &county.error);
            book_reader_sheets(book, &sheets);
            for (size_t sheet = 0; sheet < sheets; sheet++) {
                assert_ok(book_reader_rows(book, sheet, count_row, &rows, &county.error),
                          &county.error);
            }
            assert_true(rows > 5);
            book_reader_close(book);
        }
        assert_int_equal(unlink(export->files[i]), 0);
    }
    plan_export_clear(export);
}

static void words_of_classes_are_found_and_others_are_not(void **state) {
    static const char *const telling[] = {"D类",          "对C 级企业", "Ａ类", "b类",
                                          "Ｄ　类",       "信用风险",   "得分", "Class B",
                                          "class d draw", "RISK CLASS"};
    static const char *const silent[] = {
        "",      "食品类",       "特种设备类", "VIP等",        "2026年抽查",
        "CAD级", "classic draw", "第2类",      "Class Action", "食品安全风险监测"};
    (void)state;
    assert_false(public_words_tell(NULL));
    for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++) {
        assert_true(public_words_tell(telling[i]));
    }
    for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
        assert_false(public_words_tell(silent[i]));
    }
}

static void results_are_those_of_the_task_and_of_who_was_drawn(void **state) {
    struct announced_unit *units = NULL;
    struct announced_result *rows = NULL;
    size_t count = 0;
    size_t checked = 0;
    (void)state;
    draw();
    struct plan drawn = load();
    assert_ok(announced_units(county.store, &drawn, county.arena, &units, &count, &county.error),
              &county.error);
    assert_int_equal(count, drawn.drawn);
    for (size_t i = 1; i < count; i++) {
        assert_true(strcmp(units[i - 1].unit, units[i].unit) < 0);
    }
    int64_t first = county_count(&county, "SELECT min(enterprise) FROM plan_unit");
    int64_t outside = county_count(&county, "SELECT min(id) FROM enterprise WHERE id NOT IN "
                                            "(SELECT enterprise FROM plan_unit)");
    add_result(first, drawn.number, "甲");
    add_result(first, drawn.number, "乙");
    add_result(first, "another task", "甲");
    add_result(outside, drawn.number, "甲");
    assert_ok(announced_results(county.store, &drawn, county.arena, &rows, &count, &checked,
                                &county.error),
              &county.error);
    assert_int_equal(count, 2);
    assert_int_equal(checked, 1);
    assert_int_equal(rows[0].completed_on, 20261101);
    assert_string_equal(rows[0].unit, rows[1].unit);
}

static void each_set_comes_when_the_plan_has_come_so_far(void **state) {
    struct plan_export export;
    (void)state;
    county_expect(&county, export_set(PLAN_EXPORT_COMMITMENT, NULL, &export), RESULT_REFUSED,
                  "not committed");
    assert_int_equal(export.count, 0);
    commit();
    assert_ok(export_set(PLAN_EXPORT_COMMITMENT, NULL, &export), &county.error);
    assert_int_equal(export.count, 1);
    read_all(&export);
    assert_ok(export_set(PLAN_EXPORT_CEREMONY, NULL, &export), &county.error);
    read_all(&export);
    county_expect(&county, export_set(PLAN_EXPORT_NOTICE, NULL, &export), RESULT_REFUSED,
                  "not drawn");
    draw();
    assert_ok(export_set(PLAN_EXPORT_NOTICE, NULL, &export), &county.error);
    assert_int_equal(export.count, 1);
    read_all(&export);
    add_result(county_count(&county, "SELECT min(enterprise) FROM plan_unit"), load().number, NULL);
    assert_ok(export_set(PLAN_EXPORT_WHOLE, NULL, &export), &county.error);
    assert_int_equal(export.count, PLAN_EXPORT_MOST - 2); /* it has no teams */
    read_all(&export);
    assert_ok(plan_void(county.store, &county.officer, plan, "重抽", &county.error), &county.error);
    county_expect(&county, export_set(PLAN_EXPORT_CEREMONY, NULL, &export), RESULT_REFUSED, "void");
    assert_ok(export_set(PLAN_EXPORT_WHOLE, NULL, &export), &county.error);
    assert_int_equal(export.count, 3);
    read_all(&export);
}

static void what_is_refused_leaves_neither_file_nor_entry(void **state) {
    struct plan_export export;
    (void)state;
    draw();
    county_expect(&county, export_set(PLAN_EXPORT_WHOLE, "D类抽查", &export), RESULT_REFUSED,
                  "speaks of classes");
    add_result(county_count(&county, "SELECT min(enterprise) FROM plan_unit"), load().number,
               "D类检查");
    county_expect(&county, export_set(PLAN_EXPORT_WHOLE, NULL, &export), RESULT_REFUSED,
                  "result or matter");
    assert_int_equal(export.count, 0);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'plan.export'"), 0);
    assert_int_equal(rmdir(folder), 0); /* it is empty */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_classes_are_found_and_others_are_not),
        cmocka_unit_test_setup_teardown(results_are_those_of_the_task_and_of_who_was_drawn,
                                        open_county, close_county),
        cmocka_unit_test_setup_teardown(each_set_comes_when_the_plan_has_come_so_far, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(what_is_refused_leaves_neither_file_nor_entry, open_county,
                                        close_county),
    };
    return cmocka_run_group_tests_name("public", tests, NULL, NULL);
}
