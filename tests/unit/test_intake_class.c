#include "unit/scratch.h"

#include "intake/import.h"
#include "intake/kind_class.h"
#include "unit/county.h"

static struct county county;

static int open_county(void **state) {
    (void)state;
    county_open(&county, NULL, 20261031);
    for (int i = 1; i <= 3; i++) {
        county_add(&county, i, NULL);
    }
    return 0;
}

static int close_county(void **state) {
    county_close(&county);
    return scratch_empty(state);
}

/* Takes a file in and gives what came of it. */
static struct batch_counts take(const char *text, bool create_missing) {
    struct import_report report;
    const struct import_request request = {.kind = IMPORT_CLASSES,
                                           .path = scratch_write_text("in.csv", text),
                                           .create_missing = create_missing,
                                           .actor = &county.officer};
    assert_ok(import_file(county.store, &request, &report, NULL, &county.error), &county.error);
    struct batch_counts counts = report.counts;
    import_report_free(&report);
    return counts;
}

static const char *rows(void) {
    return county_dump(&county,
                       "SELECT enterprise || ' ' || period || ' ' || class || ' ' || "
                       "coalesce(score, '-') || ' ' || coalesce(day, '-') FROM handed_class "
                       "ORDER BY enterprise, period, source");
}

static const char *code(int number) {
    static char codes[4][USCC_SIZE];
    static unsigned next;
    return county_uscc(number, codes[next++ % 4]);
}

static void test_a_provincial_file_comes_in(void **state) {
    (void)state;
    char text[1024];
    snprintf(text, sizeof(text),
             "呼图壁县企业信用风险分类结果\n"
             "序号,企业名称,统一社会信用代码,评价月份,综合得分,信用风险类别,评定日期\n"
             "1,呼图壁县第1商贸有限公司,%s,2026年9月,85.5,信用风险低（A类）,2026/9/30\n"
             "2,呼图壁县第2商贸有限公司,%s,202609,３２０,Ｂ级,\n"
             "3,呼图壁县第3商贸有限公司,%s,,,较高,2026年10月31日\n",
             code(1), code(2), code(3));
    struct batch_counts counts = take(text, false);
    assert_int_equal(counts.inserted, 3);
    assert_string_equal(rows(), "1 202609 A 8550 20260930\n"
                                "2 202609 B 32000 -\n"
                                "3 202610 C - 20261031\n");
    assert_string_equal(county_dump(&county, "SELECT DISTINCT name FROM source JOIN handed_class "
                                             "ON source.id = source"),
                        "省级信用风险分类管理系统\n");
    counts = take(text, false);
    assert_int_equal(counts.unchanged, 3);
    assert_int_equal(county_count(&county, "SELECT count(*) FROM journal "
                                           "WHERE action LIKE 'handed_class%'"),
                     0);
}

/* Headers that no profile knows; who sent it stays who it is, whatever the file is called. */
static void test_columns_are_guessed(void **state) {
    (void)state;
    char text[1024];
    snprintf(text, sizeof(text),
             "经营主体全称,主体统一社会信用代码,所属分类月份,企业信用风险分类结果等级\n"
             "呼图壁县第1商贸有限公司,%s,2026-09,A\n呼图壁县第2商贸有限公司,%s,2026-09,C\n",
             code(1), code(2));
    struct batch_counts counts = take(text, false);
    assert_int_equal(counts.inserted, 2);
    assert_string_equal(rows(), "1 202609 A - -\n2 202609 C - -\n");
    assert_string_equal(county_dump(&county, "SELECT name FROM source"),
                        "省级信用风险分类管理系统\n");
}

static void expect_reject(const char *row, enum reason reason) {
    char text[512];
    snprintf(text, sizeof(text), "企业名称,统一社会信用代码,期,得分,等级\n%s\n", row);
    struct batch_counts counts = take(text, false);
    assert_int_equal(counts.read, 1);
    if (counts.rejects[reason] != 1) {
        fail_msg("%s should be refused: %s", row, reason_code(reason));
    }
}

static void test_rows_that_tell_no_class_are_refused(void **state) {
    (void)state;
    char row[256];
    static const struct {
        const char *rest;
        enum reason reason;
    } wrong[] = {
        {"2026-10,100,E", REASON_bad_value},         {"2026-10,100,A或B", REASON_bad_value},
        {"2026-10,100,高（A类）", REASON_bad_value}, {"2026-10,100,", REASON_unknown_word},
        {"2026-13,100,A", REASON_bad_value},         {",100,A", REASON_no_date},
        {"2026-10,1000.01,A", REASON_bad_value},     {"2026-10,-1,A", REASON_bad_value},
        {"2026-10,很高,A", REASON_bad_value},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        snprintf(row, sizeof(row), ",%s,%s", code(1), wrong[i].rest);
        expect_reject(row, wrong[i].reason);
    }
    snprintf(row, sizeof(row), "某公司,%s,2026-10,100,A", code(9));
    expect_reject(row, REASON_unknown_code);
    expect_reject("没有的公司,,2026-10,100,A", REASON_unknown_name);
    assert_string_equal(rows(), "");
}

static void test_unknown_enterprises_are_entered_when_asked(void **state) {
    (void)state;
    char text[512];
    snprintf(text, sizeof(text), "企业名称,统一社会信用代码,期,等级\n某公司,%s,2026-10,D\n",
             code(9));
    struct batch_counts counts = take(text, true);
    assert_int_equal(counts.inserted, 1);
    assert_int_equal(counts.stubs, 1);
    assert_string_equal(rows(), "4 202610 D - -\n");
    assert_int_equal(county_count(&county, "SELECT stub FROM enterprise WHERE id = 4"), 1);
}

static void test_two_rows_must_not_contradict(void **state) {
    (void)state;
    char text[512];
    snprintf(text, sizeof(text),
             "企业名称,统一社会信用代码,期,等级\n,%s,2026-10,A\n,%s,2026-10,B\n,%s,2026-09,B\n"
             ",%s,2026-10,A\n",
             code(1), code(1), code(1), code(1));
    struct batch_counts counts = take(text, false);
    assert_int_equal(counts.inserted, 2);
    assert_int_equal(counts.unchanged, 1);
    assert_int_equal(counts.rejects[REASON_conflict], 1);
    assert_string_equal(rows(), "1 202609 B - -\n1 202610 A - -\n");
}

static void test_classes_as_they_are_written(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        char letter;
    } cells[] = {
        {"A", 'A'},          {"b", 'B'},
        {"Ｃ类", 'C'},       {"D级", 'D'},
        {"低", 'A'},         {"一般风险", 'B'},
        {"中风险", 'B'},     {"较高", 'C'},
        {"风险高", 'D'},     {"信用风险较高（C类）", 'C'},
        {"A类A类", 'A'},     {"C类企业，信用风险较高", 'C'},
        {"AB", '\0'},        {"A/B", '\0'},
        {"低（D类）", '\0'}, {"较低", '\0'},
        {"E", '\0'},         {"", '\0'},
    };
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        if (class_letter_parse(cells[i].cell) != cells[i].letter) {
            fail_msg("%s was read as '%c'", cells[i].cell, class_letter_parse(cells[i].cell));
        }
    }
}

#define WITH_COUNTY(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_COUNTY(test_a_provincial_file_comes_in),
        WITH_COUNTY(test_columns_are_guessed),
        WITH_COUNTY(test_rows_that_tell_no_class_are_refused),
        WITH_COUNTY(test_unknown_enterprises_are_entered_when_asked),
        WITH_COUNTY(test_two_rows_must_not_contradict),
        cmocka_unit_test(test_classes_as_they_are_written),
    };
    return cmocka_run_group_tests_name("intake/kind_class", tests, scratch_make, scratch_remove);
}
