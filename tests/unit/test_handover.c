#include "unit/scratch.h"

#include "base/buffer.h"
#include "base/digest.h"
#include "guard/journal.h"
#include "intake/handover_check.h"
#include "report/handover.h"
#include "score/override.h"
#include "score/period.h"
#include "store/statement.h"
#include "unit/county.h"

#define DIGEST_PLACE 64

static struct county county;

/* Four enterprises whose points end in all the ways there are, judged in two months. */
static int open_county(void **state) {
    static const char *const names[] = {"甲,\"乙\"\\有限公司", " 丙\t丁\n商行 ", "戊公司",
                                        "己公司"};
    (void)state;
    county_open(&county, NULL, 20261031);
    for (int i = 0; i < 4; i++) {
        struct enterprise known = enterprise_unknown();
        known.name = names[i];
        known.region = "652323100";
        known.industry = i == 0 ? "F5211" : NULL;
        known.uscc = i == 3 ? "" : NULL;
        known.registration_number = i == 3 ? "652323050000001" : NULL;
        known.key_field = i == 1 ? 1 : 0;
        county_add(&county, i + 1, &known);
    }
    struct period period;
    assert_ok(period_run(county.store, &county.officer, 202609, true, NULL, &period, &county.error),
              &county.error);
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    static const char *const changes[] = {
        "UPDATE result SET total = 19990, dimensions = '[19985,0,5,0,0]', score_class = 'A', "
        "final_class = 'D', decided_by = 'direct', decided_rule = 'X11-1' WHERE enterprise = 1",
        "UPDATE result SET total = 5, dimensions = '[0,0,0,5,0]', score_class = 'A', "
        "final_class = 'A', decided_by = 'score' WHERE enterprise = 2",
        "UPDATE result SET total = 10010, dimensions = '[10000,10,0,0,0]' WHERE enterprise = 3",
        "UPDATE result SET total = 100000, dimensions = '[22000,17000,34000,15000,12000]', "
        "score_class = 'D', final_class = 'D', decided_by = 'score' WHERE enterprise = 4",
        "UPDATE result SET final_class = 'C' WHERE enterprise = 2 AND period = 202609",
        "DELETE FROM result WHERE enterprise = 4 AND period = 202609",
    };
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        assert_ok(store_execute(county.store, changes[i], NO_VALUES, &county.error), &county.error);
    }
    return 0;
}

static int close_county(void **state) {
    county_close(&county);
    return scratch_empty(state);
}

static struct handover_report hand(const char *name) {
    struct handover_report report;
    assert_ok(handover_write(county.store, &county.officer, scratch_path(name), 202610, NULL,
                             &report, &county.error),
              &county.error);
    return report;
}

static const char *policy_digest(void) {
    return county_dump(&county, "SELECT digest FROM policy");
}

/* The text with every "DIGEST" replaced by the policy's, without the line feed of the dump. */
static char *with_policy(const char *text) {
    struct buffer made = BUFFER_INIT;
    const char *digest = policy_digest();
    for (const char *mark; (mark = strstr(text, "DIGEST")) != NULL; text = mark + 6) {
        buffer_append(&made, text, (size_t)(mark - text));
        buffer_append(&made, digest, DIGEST_PLACE);
    }
    buffer_append_text(&made, text);
    return buffer_take(&made);
}

static void test_rows_are_written_to_the_byte(void **state) {
    (void)state;
    struct handover_report report = hand("a.csv");
    char *text = scratch_read(scratch_path("a.csv"));
    char uscc[USCC_SIZE];
    char *expected = with_policy(
        "\xEF\xBB\xBF"
        "统一社会信用代码,注册号,企业名称,期,评定日期,信用风险得分,得分等级,信用风险等级,"
        "上期信用风险等级,判定方式,直接判定规则,调整编号,调整文号,基础属性得分,动态信息得分,"
        "监管信息得分,关联关系得分,社会评价得分,其他维度得分,主体类别,登记状态,行政区划代码,"
        "行业代码,重点领域,指标体系,指标体系版本,指标体系摘要\r\n");
    assert_int_equal(strncmp(text, expected, strlen(expected)), 0);
    free(expected);
    struct buffer rows = BUFFER_INIT;
    buffer_printf(&rows,
                  "\r\n%s,,\"甲,\"\"乙\"\"\\有限公司\",2026-10,2026-10-31,199.90,A,D,D,direct,"
                  "X11-1,,,199.85,0.00,0.05,0.00,0.00,,enterprise,open,652323100,F5211,0,"
                  "general-enterprise,2026.1,DIGEST\r\n",
                  county_uscc(1, uscc));
    buffer_printf(&rows,
                  "%s,,丙 丁 商行,2026-10,2026-10-31,0.05,A,A,C,score,,,,0.00,0.00,0.00,0.05,"
                  "0.00,,enterprise,open,652323100,,1,general-enterprise,2026.1,DIGEST\r\n",
                  county_uscc(2, uscc));
    buffer_printf(&rows, "%s,,戊公司,2026-10,2026-10-31,100.10,", county_uscc(3, uscc));
    expected = with_policy(buffer_text(&rows));
    assert_non_null(strstr(text, expected));
    free(expected);
    expected = with_policy(",652323050000001,己公司,2026-10,2026-10-31,1000.00,D,D,,score,,,,"
                           "220.00,170.00,340.00,150.00,120.00,,enterprise,open,652323100,,0,"
                           "general-enterprise,2026.1,DIGEST\r\n");
    assert_non_null(strstr(text, expected));
    free(expected);
    buffer_reset(&rows);
    buffer_printf(&rows,
                  "\r\n#xinfeng-handover/1,mark=内部参考，不对外公开,period=2026-10,state=open,"
                  "rows=4,digest=%s,,,,,,,,,,,,,,,,,,,,,\r\n",
                  report.digest);
    const char *end = text + strlen(text) - strlen(buffer_text(&rows));
    assert_string_equal(end, buffer_text(&rows));
    buffer_free(&rows);
    free(text);
}

/* The digest of the text that doc/handover.md describes, made here by hand. */
static void test_the_digest_is_that_of_the_described_text(void **state) {
    (void)state;
    assert_ok(store_execute(county.store, "DELETE FROM result WHERE enterprise > 1", NO_VALUES,
                            &county.error),
              &county.error);
    char uscc[USCC_SIZE];
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text,
                  "%s\t\t甲,\"乙\"\\有限公司\t2026-10\t2026-10-31\t199.90\tA\tD\tD\tdirect\tX11-1\t"
                  "\t\t199.85\t0.00\t0.05\t0.00\t0.00\t\tenterprise\topen\t652323100\tF5211\t0\t"
                  "general-enterprise\t2026.1\tDIGEST\n"
                  "xinfeng-handover/1\t内部参考，不对外公开\t2026-10\topen\t1\n",
                  county_uscc(1, uscc));
    char *canonical = with_policy(buffer_text(&text));
    char digest[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex(canonical, strlen(canonical), digest, &county.error),
              &county.error);
    static const char *const names[] = {"a.csv", "a.xlsx", "a.JSONL"};
    for (int i = 0; i < 3; i++) {
        struct handover_report report = hand(names[i]);
        assert_string_equal(report.digest, digest);
        assert_int_equal(report.rows, 1);
        assert_ok(handover_check(scratch_path(names[i]), NULL, &county.error), &county.error);
    }
    free(canonical);
    buffer_free(&text);
}

static void test_json_lines_begin_with_what_they_are(void **state) {
    (void)state;
    struct handover_report report = hand("a.jsonl");
    char *text = scratch_read(scratch_path("a.jsonl"));
    char head[256];
    char uscc[USCC_SIZE];
    snprintf(head, sizeof(head),
             "{\"layout\":\"xinfeng-handover/1\",\"mark\":\"内部参考，不对外公开\",\"period\":"
             "\"2026-10\",\"state\":\"open\",\"rows\":4,\"digest\":\"%s\"}\n",
             report.digest);
    assert_int_equal(strncmp(text, head, strlen(head)), 0);
    struct buffer row = BUFFER_INIT;
    buffer_printf(
        &row,
        "\n{\"uscc\":\"%s\",\"registration_number\":null,\"name\":\"甲,\\\"乙\\\"\\\\有限公司\","
        "\"period\":\"2026-10\",\"day\":\"2026-10-31\",\"score\":199.90,\"score_class\":\"A\","
        "\"final_class\":\"D\",\"previous_class\":\"D\",\"decided_by\":\"direct\",\"rule\":"
        "\"X11-1\",\"override_id\":null,\"override_document\":null,\"basic\":199.85,",
        county_uscc(1, uscc));
    assert_non_null(strstr(text, buffer_text(&row)));
    buffer_free(&row);
    free(text);
}

static void test_overrides_are_told_with_their_document(void **state) {
    (void)state;
    const struct override proposal = {.kind = OVERRIDE_SET_CLASS,
                                      .enterprise = 3,
                                      .risk_class = CLASS_C,
                                      .reason = "核查",
                                      .document = "呼市监调〔2026〕1号",
                                      .valid_to = 20271231};
    int64_t id = 0;
    assert_ok(override_propose(county.store, &county.officer, &proposal, &id, &county.error),
              &county.error);
    assert_ok(override_approve(county.store, &county.approver, id, &county.error), &county.error);
    hand("a.csv");
    char *text = scratch_read(scratch_path("a.csv"));
    assert_non_null(strstr(text, ",A,C,A,override,,1,呼市监调〔2026〕1号,"));
    free(text);
}

static void test_a_closed_period_says_so(void **state) {
    (void)state;
    struct handover_report report;
    assert_ok(handover_write(county.store, &county.officer, scratch_path("a.csv"), 202609, NULL,
                             &report, &county.error),
              &county.error);
    assert_true(report.closed);
    assert_int_equal(report.rows, 3);
    char *text = scratch_read(scratch_path("a.csv"));
    assert_non_null(strstr(text, "period=2026-09,state=closed,rows=3,"));
    free(text);
    assert_string_equal(county_dump(&county, "SELECT actor || ' ' || subject || ' ' || "
                                             "json_extract(after, '$.rows') || ' ' || "
                                             "(json_extract(after, '$.digest') <> '') FROM journal "
                                             "WHERE action = 'handover'"),
                        "王建国 period:2026-09 3 1\n");
}

/* A county may add a dimension of its own, and may do without one of the five. */
static void test_other_dimensions_have_a_column(void **state) {
    (void)state;
    char *policy = strdup(policy_builtin_text());
    assert_non_null(policy);
    for (char *place; (place = strstr(policy, "\"social\"")) != NULL;) {
        memcpy(place, "\"county\"", 8);
    }
    county_close(&county);
    county_open(&county, policy, 20261031);
    free(policy);
    county_add(&county, 1, NULL);
    struct period period;
    assert_ok(
        period_run(county.store, &county.officer, 202610, false, NULL, &period, &county.error),
        &county.error);
    assert_ok(store_execute(county.store, "UPDATE result SET dimensions = '[100,200,300,400,550]'",
                            NO_VALUES, &county.error),
              &county.error);
    hand("a.csv");
    char *text = scratch_read(scratch_path("a.csv"));
    assert_non_null(strstr(text, ",1.00,2.00,3.00,4.00,,5.50,"));
    free(text);
}

static void refuse(enum result expected, const char *words, const char *path, int64_t period) {
    struct handover_report report;
    county_expect(
        &county,
        handover_write(county.store, &county.officer, path, period, NULL, &report, &county.error),
        expected, words);
}

static bool stop(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void test_what_cannot_be_handed_over(void **state) {
    (void)state;
    refuse(RESULT_USAGE, ".jsonl", scratch_path("a.txt"), 202610);
    refuse(RESULT_USAGE, ".jsonl", scratch_path("csv"), 202610);
    refuse(RESULT_USAGE, ".jsonl", scratch_path(".csv"), 202610);
    refuse(RESULT_NOT_FOUND, "2026-08", scratch_path("a.csv"), 202608);
    refuse(RESULT_NOT_FOUND, "no folder", scratch_path("none/a.csv"), 202610);
    scratch_write_text("a.csv", "old");
    const struct progress never = {.report = stop};
    struct handover_report report;
    county_expect(&county,
                  handover_write(county.store, &county.officer, scratch_path("a.csv"), 202610,
                                 &never, &report, &county.error),
                  RESULT_CANCELLED, "");
    assert_ok(store_execute(county.store,
                            "UPDATE result SET dimensions = '[1,2]' WHERE enterprise = 3",
                            NO_VALUES, &county.error),
              &county.error);
    refuse(RESULT_DAMAGED, "number 3", scratch_path("a.csv"), 202610);
    refuse(RESULT_DAMAGED, "number 3", scratch_path("a.xlsx"), 202610);
    refuse(RESULT_DAMAGED, "number 3", scratch_path("a.jsonl"), 202610);
    assert_ok(store_execute(county.store, "UPDATE result SET enterprise = 9 WHERE enterprise = 3",
                            NO_VALUES, &county.error),
              &county.error);
    refuse(RESULT_DAMAGED, "4 results and 3 enterprises", scratch_path("a.csv"), 202610);
    char *text = scratch_read(scratch_path("a.csv"));
    assert_string_equal(text, "old");
    free(text);
    assert_null(scratch_read(scratch_path("a.xlsx")));
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'handover'"), 0);
}

static void test_no_period_at_all(void **state) {
    (void)state;
    assert_ok(
        store_execute(county.store, "DROP TRIGGER period_closed_stays", NO_VALUES, &county.error),
        &county.error);
    assert_ok(store_execute(county.store, "DELETE FROM period_policy", NO_VALUES, &county.error),
              &county.error);
    assert_ok(store_execute(county.store, "DELETE FROM result", NO_VALUES, &county.error),
              &county.error);
    assert_ok(store_execute(county.store, "DELETE FROM period", NO_VALUES, &county.error),
              &county.error);
    refuse(RESULT_NOT_FOUND, "No period", scratch_path("a.csv"), 0);
}

/* ---- checking -------------------------------------------------------------------------------- */

/* The file with one piece of it replaced by another. */
static const char *changed(const char *name, const char *from, const char *to) {
    char *text = scratch_read(scratch_path(name));
    char *place = strstr(text, from);
    assert_non_null(place);
    struct buffer made = BUFFER_INIT;
    buffer_append(&made, text, (size_t)(place - text));
    buffer_append_text(&made, to);
    buffer_append_text(&made, place + strlen(from));
    char copy[64];
    snprintf(copy, sizeof(copy), "changed-%s", name);
    const char *path = scratch_write_text(copy, buffer_text(&made));
    buffer_free(&made);
    free(text);
    return path;
}

static void check(enum result expected, const char *words, const char *path) {
    county_expect(&county, handover_check(path, NULL, &county.error), expected, words);
}

static void test_changed_files_are_told(void **state) {
    (void)state;
    hand("a.csv");
    hand("a.jsonl");
    check(RESULT_OK, "", scratch_path("a.csv"));
    check(RESULT_OK, "", scratch_path("a.jsonl"));
    check(RESULT_INVALID, "digest", changed("a.csv", "199.90", "199.91"));
    check(RESULT_INVALID, "digest", changed("a.csv", "199.90", "199.904"));
    check(RESULT_INVALID, "digest", changed("a.csv", "state=open", "state=closed"));
    check(RESULT_INVALID, "digest", changed("a.csv", "戊公司", "戌公司"));
    check(RESULT_INVALID, "digest",
          changed("a.jsonl", "\"final_class\":\"D\"", "\"final_class\":\"A\""));
    check(RESULT_INVALID, "holds 4 rows and holds 5", changed("a.csv", "\r\n#", "\r\nx,y\r\n#"));
    check(RESULT_INVALID, "holds 5 rows and holds 4", changed("a.csv", "rows=4", "rows=5"));
    check(RESULT_INVALID, "cut short", changed("a.csv", "\r\n#xinfeng-handover/1,", "\r\n,"));
    check(RESULT_INVALID, "cut short", changed("a.jsonl", "{\"layout\":", "{\"shape\":"));
    check(RESULT_INVALID, "xinfeng-handover/2", changed("a.csv", "handover/1", "handover/2"));
    check(RESULT_INVALID, "xinfeng-handover/2", changed("a.jsonl", "handover/1", "handover/2"));
    check(RESULT_INVALID, "信用风险得分", changed("a.csv", "信用风险得分", "得分"));
    check(RESULT_INVALID, "second time",
          changed("a.csv", "\r\n#", "\r\n#xinfeng-handover/1,rows=4\r\n#"));
}

static void test_other_files_are_left_alone(void **state) {
    (void)state;
    hand("a.csv");
    check(
        RESULT_OK, "",
        scratch_write_text("b.csv", "企业名称,统一社会信用代码,期,信用风险等级\n甲,,2026-10,A\n"));
    /* rows that were handed back and mended are no whole file any more */
    check(RESULT_OK, "", changed("a.csv", "\xEF\xBB\xBF", "\xEF\xBB\xBF原因,行号,"));
    /* another program may write what a number can do without, and in what order it likes */
    check(RESULT_OK, "", changed("a.csv", ",100.10,", ",100.1,"));
    hand("a.jsonl");
    check(RESULT_OK, "",
          changed("a.jsonl", "\"score\":199.90,\"score_class\":\"A\"",
                  "\"score_class\":\"A\",\"score\":199.9"));
}

static void test_points(void **state) {
    (void)state;
    char text[HANDOVER_POINTS_SIZE];
    assert_string_equal(handover_points(0, text), "0.00");
    assert_string_equal(handover_points(5, text), "0.05");
    assert_string_equal(handover_points(10, text), "0.10");
    assert_string_equal(handover_points(100000, text), "1000.00");
    assert_string_equal(handover_points(-5, text), "-0.05");
    assert_string_equal(handover_points(INT64_MIN, text), "-92233720368547758.08");
}

#define WITH_COUNTY(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_COUNTY(test_rows_are_written_to_the_byte),
        WITH_COUNTY(test_the_digest_is_that_of_the_described_text),
        WITH_COUNTY(test_json_lines_begin_with_what_they_are),
        WITH_COUNTY(test_overrides_are_told_with_their_document),
        WITH_COUNTY(test_a_closed_period_says_so),
        WITH_COUNTY(test_other_dimensions_have_a_column),
        WITH_COUNTY(test_what_cannot_be_handed_over),
        WITH_COUNTY(test_no_period_at_all),
        WITH_COUNTY(test_changed_files_are_told),
        WITH_COUNTY(test_other_files_are_left_alone),
        cmocka_unit_test(test_points),
    };
    return cmocka_run_group_tests_name("report/handover", tests, scratch_make, scratch_remove);
}
