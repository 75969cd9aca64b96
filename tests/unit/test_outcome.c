/* Results of a plan: registry/inspection.h, plan/outcome.h, plan/outcome_list.h and plan/close.h
 * over a small county. What the commands tell is in tests/flow/results.py. */
#include "unit/county.h"
#include "unit/scratch.h"
#include "unit/unit.h"

#include "embedded.h"
#include "intake/match_decision.h"
#include "plan/close.h"
#include "plan/measures_text.h"
#include "plan/outcome.h"
#include "plan/outcome_list.h"
#include "plan/plan_import.h"
#include "plan/undo.h"
#include "registry/inspection.h"
#include "registry/inspection_code.h"
#include "score/period.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define SEED "01382438112797316654"

static struct county county;

static int open_county(void **state) {
    (void)state;
    random_state seed = 21;
    struct period period;
    county_open(&county, NULL, 20261031);
    county_fill(&county, &seed, 60);
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    return 0;
}

static int close_county(void **state) {
    county_close(&county);
    return scratch_empty(state);
}

static struct plan load(int64_t id) {
    struct plan plan;
    assert_ok(plan_load(county.store, id, county.arena, &plan, &county.error), &county.error);
    return plan;
}

/* A drawn plan for a matter; NULL: any. */
static int64_t make_drawn(const char *matter) {
    const struct plan_scope scope = {.matter = matter, .to = 20261120};
    struct draw_rule rules[CLASS_COUNT] = {0};
    const struct draw_measures measures = {.mode = DRAW_MODE_RATE,
                                           .stratum_maximum = DRAW_NO_MAXIMUM,
                                           .rules = rules,
                                           .rule_count = CLASS_COUNT};
    int64_t id = 0;
    assert_ok(rates_parse("A=1/4,B=1/4,C=1/2,D=100%", rules, &county.error), &county.error);
    assert_ok(
        plan_create(county.store, &county.officer, "抽查", &scope, &measures, &id, &county.error),
        &county.error);
    assert_ok(
        plan_draw_through(county.store, &county.officer, id, SEED, "摇奖机", NULL, &county.error),
        &county.error);
    return id;
}

static int64_t make_locked(const char *matter) {
    int64_t id = make_drawn(matter);
    assert_ok(plan_approve(county.store, &county.approver, id, &county.error), &county.error);
    return id;
}

/* The code of a plan's unit by its place. */
static const char *unit_at(int64_t id, int place) {
    return county_dump(&county, arena_printf(county.arena,
                                             "SELECT unit FROM plan_unit WHERE plan = %lld AND "
                                             "place = %d",
                                             (long long)id, place));
}

static struct outcome_entry entry_of(int64_t id, int place) {
    char *unit = arena_strdup(county.arena, unit_at(id, place));
    unit[strcspn(unit, "\n")] = '\0';
    return (struct outcome_entry){.unit = unit,
                                  .completed_on = 20261031,
                                  .method = "现场检查",
                                  .result = "未发现问题",
                                  .follow_up = "无需后续处置"};
}

static enum result enter(int64_t id, const struct outcome_entry *entry,
                         struct outcome_effect *effect) {
    return outcome_enter(county.store, &county.officer, id, entry, effect, &county.error);
}

static void must_enter(int64_t id, const struct outcome_entry *entry,
                       struct outcome_effect *effect) {
    assert_ok(enter(id, entry, effect), &county.error);
}

static struct outcome_sum sum_of(int64_t id, date today) {
    struct plan plan = load(id);
    struct outcome_sum sum;
    assert_ok(outcome_sum(county.store, &plan, today, county.arena, &sum, &county.error),
              &county.error);
    return sum;
}

/* ---- codes ----------------------------------------------------------------------------------- */

static void codes_are_found_by_code_and_word(void **state) {
    size_t count = 0;
    (void)state;
    for (int list = INSPECTION_RESULTS; list <= INSPECTION_FOLLOW_UPS; list++) {
        const struct inspection_code *codes = inspection_codes((enum inspection_list)list, &count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(inspection_code_find((enum inspection_list)list, codes[i].code), i);
            assert_int_equal(inspection_code_find((enum inspection_list)list, codes[i].word), i);
        }
    }
    assert_int_equal(inspection_code_find(INSPECTION_RESULTS, " 通过登记的住所(经营场所)无法联系"),
                     INSPECTION_RESULT_IS_unreachable);
    assert_int_equal(inspection_code_find(INSPECTION_RESULTS, "还行"), -1);
    assert_int_equal(inspection_code_find(INSPECTION_RESULTS, "现场检查"), -1);
    assert_int_equal(inspection_code_find(INSPECTION_METHODS, NULL), -1);
    assert_int_equal(inspection_level("不配合检查情节严重"), 3);
    assert_int_equal(inspection_level("还行"), FACT_NO_LEVEL);
    assert_string_equal(inspection_code_name(INSPECTION_METHODS, "现场检查"), "on site");
    assert_string_equal(inspection_code_name(INSPECTION_METHODS, "看了看"), "看了看");
    assert_string_equal(inspection_code_name(INSPECTION_METHODS, NULL), "");
}

/* The profile that reads officers' forms knows the same words. */
static void the_profile_knows_every_word(void **state) {
    static const char *const fields[] = {"result", "method", "follow_up"};
    json_t *profile = json_loads(embedded_results, 0, NULL);
    (void)state;
    assert_non_null(profile);
    for (int list = INSPECTION_RESULTS; list <= INSPECTION_FOLLOW_UPS; list++) {
        size_t count = 0;
        const struct inspection_code *codes = inspection_codes((enum inspection_list)list, &count);
        json_t *column = json_object_get(json_object_get(profile, "columns"), fields[list]);
        json_t *map = json_object_get(column, "map");
        assert_int_equal(json_object_size(map), count);
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(json_string_value(json_object_get(map, codes[i].word)),
                                codes[i].word);
        }
    }
    json_decref(profile);
}

/* ---- entering -------------------------------------------------------------------------------- */

static void a_result_is_a_record_a_fact_and_a_score(void **state) {
    struct outcome_effect effect;
    (void)state;
    int64_t id = make_locked("年报检查");
    struct outcome_entry entry = entry_of(id, 1);
    entry.result = "公示信息隐瞒真实情况弄虚作假";
    entry.follow_up = "移送办案机构";
    must_enter(id, &entry, &effect);
    assert_int_equal(effect.saved, SAVE_INSERTED);
    assert_true(effect.counted);
    assert_true(effect.after.centipoints > effect.before.centipoints);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM inspection_result WHERE task = "
                                           "'2026-001' AND matter = '年报检查' AND inspectors IS "
                                           "NULL AND batch IS NULL"),
                     1);
    assert_int_equal(county_count(&county, "SELECT level FROM fact WHERE type = 7 AND title = "
                                           "'公示信息隐瞒真实情况弄虚作假' AND occurred_on = "
                                           "20261031 AND batch IS NULL"),
                     3);
    must_enter(id, &entry, &effect);
    assert_int_equal(effect.saved, SAVE_UNCHANGED);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'plan.result'"), 1);
}

static void the_same_enterprise_has_a_result_of_each_matter(void **state) {
    struct outcome_effect effect;
    (void)state;
    int64_t id = make_locked(NULL);
    struct outcome_entry entry = entry_of(id, 1);
    entry.matter = "甲";
    must_enter(id, &entry, &effect);
    entry.matter = "乙";
    entry.result = "发现问题待后续处理";
    entry.follow_up = "其他";
    must_enter(id, &entry, &effect);
    struct outcome_sum sum = sum_of(id, 20261031);
    assert_int_equal(sum.in, 1); /* a household counts once */
    assert_int_equal(sum.unpublished, 2);
    assert_int_equal(sum.open, 1);
    county_expect(&county,
                  outcome_withdraw(county.store, &county.officer, id, entry.unit, NULL, "误录",
                                   &effect, &county.error),
                  RESULT_NOT_FOUND, "no result"); /* which of the two? */
    assert_ok(outcome_withdraw(county.store, &county.officer, id, entry.unit, "乙", "误录", &effect,
                               &county.error),
              &county.error);
    entry.matter = NULL; /* the only one there is */
    entry.result = "未发现问题";
    entry.follow_up = "无需后续处置";
    must_enter(id, &entry, &effect);
    assert_int_equal(effect.saved, SAVE_UNCHANGED);
}

static void only_a_locked_plan_takes_results(void **state) {
    struct outcome_effect effect;
    (void)state;
    int64_t id = make_drawn(NULL);
    struct outcome_entry entry = entry_of(id, 1);
    county_expect(&county, enter(id, &entry, &effect), RESULT_REFUSED, "drawn");
    assert_ok(plan_approve(county.store, &county.approver, id, &county.error), &county.error);
    must_enter(id, &entry, &effect);
    assert_ok(plan_void(county.store, &county.officer, id, "重抽", &county.error), &county.error);
    county_expect(&county, enter(id, &entry, &effect), RESULT_REFUSED, "void");
}

/* Entering fails half way through: nothing is left. */
static void a_refused_result_leaves_nothing(void **state) {
    struct outcome_effect effect;
    (void)state;
    int64_t id = make_locked("年报检查");
    struct outcome_entry entry = entry_of(id, 1);
    int64_t entries = county_count(&county, "SELECT count(*) FROM journal");
    entry.completed_on = 20261030;
    county_expect(&county, enter(id, &entry, &effect), RESULT_USAGE, "2026-10-31");
    entry.completed_on = 20261101;
    county_expect(&county, enter(id, &entry, &effect), RESULT_USAGE, "after today");
    entry.completed_on = 20261031;
    entry.matter = "食品检查";
    county_expect(&county, enter(id, &entry, &effect), RESULT_REFUSED, "食品检查");
    assert_int_equal(county_count(&county, "SELECT count(*) FROM journal"), entries);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM inspection_result"), 0);
}

/* ---- taking in ------------------------------------------------------------------------------- */

/* The first enterprise that a plan did not draw. */
static int64_t not_drawn(int64_t id) {
    return county_count(&county, arena_printf(county.arena,
                                              "SELECT min(id) FROM enterprise WHERE id NOT IN "
                                              "(SELECT enterprise FROM plan_unit WHERE plan = "
                                              "%lld)",
                                              (long long)id));
}

static void take_in(const char *text, struct import_report *report) {
    const struct import_request request = {.kind = IMPORT_RESULTS,
                                           .path = scratch_path("结果.csv"),
                                           .source = "检查组",
                                           .said = {.profile = "results"},
                                           .actor = &county.officer};
    scratch_write("结果.csv", text, strlen(text));
    assert_ok(plan_import(county.store, &request, report, NULL, &county.error), &county.error);
}

#define HEADER "任务编号,企业名称,统一社会信用代码,检查完成日期,检查方式,检查结果,后续处理\n"

/* A task that is no plan's is taken as it is; rows that waited for a name are judged like others.
 */
static void rows_are_judged_by_the_plan_they_name(void **state) {
    struct import_report report;
    (void)state;
    int64_t id = make_locked(NULL);
    struct outcome_entry entry = entry_of(id, 1);
    take_in(arena_printf(county.arena,
                         HEADER "2026-001,某某,%s,2026-10-31,现场检查,注销,无需后续处置\n"
                                "外省-7,某某,%s,2019-10-31,现场检查,注销,无需后续处置\n"
                                "2026-001,老字号,,2026-10-31,现场检查,注销,无需后续处置\n",
                         entry.unit, entry.unit),
            &report);
    assert_int_equal(report.counts.inserted, 2);
    assert_int_equal(report.counts.rejects[REASON_unknown_name], 1);
    int64_t batch = report.batch;
    import_report_free(&report);
    assert_int_equal(sum_of(id, 20261031).in, 1);

    const struct match_subject old = {"老字号", ""};
    assert_ok(match_decide(county.store, &county.officer, &old, not_drawn(id), "电话核实", NULL,
                           &county.error),
              &county.error);
    assert_ok(
        plan_import_waiting(county.store, batch, &county.officer, &report, NULL, &county.error),
        &county.error);
    assert_int_equal(report.counts.inserted, 0);
    assert_int_equal(report.counts.rejects[REASON_plan], 1);
    import_report_free(&report);
}

/* ---- what is due ----------------------------------------------------------------------------- */

static void what_is_due_is_summed_up(void **state) {
    struct outcome_effect effect;
    struct outcome_due *dues = NULL;
    size_t count = 0;
    int64_t published = 0;
    (void)state;
    int64_t id = make_locked(NULL);
    struct outcome_entry entry = entry_of(id, 1);
    must_enter(id, &entry, &effect);
    struct outcome_sum sum = sum_of(id, 20261120);
    assert_int_equal(sum.due_next, 20261127);
    assert_int_equal(sum.overdue, 0);
    assert_int_equal(sum.late, 0); /* the last day of the plan is not over */
    assert_int_equal(sum_of(id, 20261127).overdue, 0);
    assert_int_equal(sum_of(id, 20261128).overdue, 1);
    sum = sum_of(id, 20261121);
    assert_int_equal(sum.late, sum.units - 1);
    assert_ok(outcome_dues(county.store, 20261031, county.arena, &dues, &count, &county.error),
              &county.error);
    assert_int_equal(count, 1);
    assert_int_equal(dues[0].sum.unpublished, 1);
    assert_ok(plan_publish(county.store, &county.officer, id, 20261031, &published, &county.error),
              &county.error);
    assert_int_equal(published, 1);
    assert_ok(outcome_dues(county.store, 20261031, county.arena, &dues, &count, &county.error),
              &county.error);
    assert_int_equal(count, 0); /* nothing to publish, and the time is not over */
    assert_ok(outcome_dues(county.store, 20261121, county.arena, &dues, &count, &county.error),
              &county.error);
    assert_int_equal(count, 1);
}

static void a_corrected_result_is_to_be_published_again(void **state) {
    struct outcome_effect effect;
    int64_t published = 0;
    (void)state;
    int64_t id = make_locked(NULL);
    struct outcome_entry entry = entry_of(id, 1);
    must_enter(id, &entry, &effect);
    assert_ok(plan_publish(county.store, &county.officer, id, 20261031, &published, &county.error),
              &county.error);
    entry.method = "书面检查"; /* the notice does not tell it */
    must_enter(id, &entry, &effect);
    assert_int_equal(sum_of(id, 20261031).unpublished, 0);
    entry.result = "注销";
    must_enter(id, &entry, &effect);
    assert_int_equal(sum_of(id, 20261031).unpublished, 1);
}

/* ---- closing --------------------------------------------------------------------------------- */

static void a_plan_with_every_result_closes_without_a_reason(void **state) {
    struct outcome_effect effect;
    (void)state;
    int64_t id = make_locked(NULL);
    int64_t drawn = load(id).drawn;
    for (int place = 1; place <= drawn; place++) {
        county_expect(&county,
                      plan_close(county.store, &county.officer, id, NULL, NULL, 0, &county.error),
                      RESULT_REFUSED, "missing");
        struct outcome_entry entry = entry_of(id, place);
        must_enter(id, &entry, &effect);
    }
    assert_ok(plan_close(county.store, &county.officer, id, NULL, NULL, 0, &county.error),
              &county.error);
    assert_int_equal(load(id).state, PLAN_CLOSED);
    struct outcome_sum sum = sum_of(id, 20261031);
    assert_string_equal(sum.closed_by, county.officer.name);
    assert_null(sum.close_reason);
    assert_int_equal(sum.missing, 0);
}

static void what_a_closed_plan_rests_on_cannot_be_undone(void **state) {
    struct outcome_effect effect;
    struct undo_report report;
    (void)state;
    int64_t id = make_locked(NULL);
    struct outcome_entry entry = entry_of(id, 1);
    must_enter(id, &entry, &effect);
    assert_ok(
        store_execute(county.store,
                      "INSERT INTO batch (id, kind, file, digest, profile, source, header, "
                      "actor, at, as_of, rows_read, rows_inserted, rows_updated, rows_unchanged, "
                      "rows_rejected) VALUES (7, 'results', 'x', '', '', '', '', '', '', 0, 1, "
                      "1, 0, 0, 0)",
                      NO_VALUES, &county.error),
        &county.error);
    assert_ok(store_execute(county.store, "UPDATE inspection_result SET batch = 7", NO_VALUES,
                            &county.error),
              &county.error);
    assert_ok(plan_close(county.store, &county.officer, id, "封路", NULL, 0, &county.error),
              &county.error);
    county_expect(&county,
                  undo_batch(county.store, &county.officer, 7, "误导入", &report, &county.error),
                  RESULT_REFUSED, "2026-001");
    assert_int_equal(county_count(&county, "SELECT count(*) FROM inspection_result"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_found_by_code_and_word),
        cmocka_unit_test(the_profile_knows_every_word),
#define ON_COUNTY(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)
        ON_COUNTY(a_result_is_a_record_a_fact_and_a_score),
        ON_COUNTY(the_same_enterprise_has_a_result_of_each_matter),
        ON_COUNTY(only_a_locked_plan_takes_results),
        ON_COUNTY(a_refused_result_leaves_nothing),
        ON_COUNTY(rows_are_judged_by_the_plan_they_name),
        ON_COUNTY(what_is_due_is_summed_up),
        ON_COUNTY(a_corrected_result_is_to_be_published_again),
        ON_COUNTY(a_plan_with_every_result_closes_without_a_reason),
        ON_COUNTY(what_a_closed_plan_rests_on_cannot_be_undone),
    };
    return cmocka_run_group_tests_name("outcome", tests, scratch_make, scratch_remove);
}
