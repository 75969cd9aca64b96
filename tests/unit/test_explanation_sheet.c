/* The papers about one enterprise, read back: what stands on the page, what is folded and where it
 * then stands in full, what a reminder names and what it is silent about. */
#include "unit/county.h"
#include "unit/unit.h"

#include "book/read.h"
#include "report/explanation_rows.h"
#include "report/explanation_sheet.h"
#include "report/reminder.h"
#include "report/reminder_advice.h"
#include "score/explanation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct county county;
static char folder[] = "/tmp/xinfeng-paper-XXXXXX";
static char *path; /* of the paper written last */

static int set_up(void **state) {
    (void)state;
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    county_open(&county, NULL, 20261122);
    return 0;
}

static void forget_paper(void) {
    if (path != NULL) {
        assert_int_equal(remove(path), 0);
    }
    free(path);
    path = NULL;
}

static int tear_down(void **state) {
    (void)state;
    forget_paper();
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
    county_close(&county);
    return 0;
}

static int64_t add_fact(int64_t enterprise, int type, date day, const char *document,
                        const char *title) {
    struct fact fact = fact_make(type, day);
    fact.document = document;
    fact.title = title;
    fact.agency = "呼图壁县市场监督管理局";
    fact.level = 1;
    return county_fact(&county, enterprise, &fact, document);
}

static void run_period(void) {
    struct period period;
    assert_ok(
        period_run(county.store, &county.officer, 202611, false, NULL, &period, &county.error),
        &county.error);
}

static void write_page(int64_t enterprise) {
    const struct paper_place place = {.folder = folder};
    forget_paper();
    assert_ok(explanation_sheet_write(county.store, &county.officer, enterprise, 0, &place, &path,
                                      &county.error),
              &county.error);
}

static size_t write_reminder(int64_t enterprise) {
    const struct paper_place place = {.folder = folder};
    size_t count = 0;
    forget_paper();
    assert_ok(reminder_write(county.store, &county.officer, enterprise, 0, &place, &path, &count,
                             &county.error),
              &county.error);
    return count;
}

/* What a reading of a sheet finds. */
struct found {
    const char *text;   /* looked for, as a part of a cell */
    int rows;           /* that have it */
    int dropped;        /* lines that stand for indicators */
    int64_t indicators; /* centipoints of all lines of indicators */
    int64_t before;     /* of dimensions, before their cap */
    int64_t total;
};

static int64_t centipoints(const struct book_reader_row *row, uint32_t column) {
    const struct book_reader_cell *cell = book_reader_cell(row, column);
    double points = cell == NULL ? 0 : strtod(cell->text, NULL);
    return (int64_t)(points * 100 + (points < 0 ? -0.5 : 0.5));
}

static enum result look(void *context, const struct book_reader_row *row, struct error *error) {
    (void)error;
    struct found *found = context;
    const char *lead = row->cells[0].column == 0 ? row->cells[0].text : "";
    for (size_t i = 0; i < row->count; i++) {
        if (strstr(row->cells[i].text, found->text) != NULL) {
            found->rows++;
            break;
        }
    }
    if (strcmp(lead, "Total points") == 0) {
        found->total = centipoints(row, EXPLANATION_POINTS);
    } else if (strstr(lead, "(at most") != NULL) {
        found->before += centipoints(row, EXPLANATION_BEFORE);
    } else {
        found->indicators += centipoints(row, EXPLANATION_POINTS);
        found->dropped += strstr(lead, "further indicator") != NULL ? 1 : 0;
    }
    return RESULT_OK;
}

/* Reads a sheet of the paper written last, from 0, looking for a text. */
static struct found read_sheet(size_t sheet, const char *text) {
    struct found found = {.text = text};
    struct book_reader *reader = NULL;
    assert_ok(book_reader_open(&reader, path, &county.error), &county.error);
    assert_ok(book_reader_rows(reader, sheet, look, &found, &county.error), &county.error);
    book_reader_close(reader);
    return found;
}

static size_t count_sheets(void) {
    struct book_reader *reader = NULL;
    size_t count = 0;
    assert_ok(book_reader_open(&reader, path, &county.error), &county.error);
    const struct book_reader_sheet *sheets = book_reader_sheets(reader, &count);
    for (size_t i = 0; i < count; i++) {
        assert_false(sheets[i].hidden);
    }
    book_reader_close(reader);
    return count;
}

static int64_t stored_total(void) {
    return county_count(&county, "SELECT total FROM result WHERE period = 202611");
}

/* ---- the page -------------------------------------------------------------------------------- */

static void test_a_short_page_names_everything(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    add_fact(id, FACT_TYPE_penalty, 20260305, "呼罚1号", "虚假宣传");
    run_period();
    write_page(id);
    assert_int_equal(count_sheets(), 1);
    struct found found = read_sheet(0, "呼罚1号");
    assert_true(found.rows >= 1);
    assert_int_equal(found.total, stored_total());
    assert_int_equal(found.indicators, found.before);
    assert_int_equal(found.dropped, 0);
    assert_int_equal(read_sheet(0, "NOT FOR PUBLICATION").rows, 1);
    assert_int_equal(read_sheet(0, "By the score").rows, 1);
}

static void test_a_long_page_folds_and_still_adds_up(void **state) {
    (void)state;
    static const int types[] = {FACT_TYPE_penalty,           FACT_TYPE_other_penalty,
                                FACT_TYPE_food_inspection,   FACT_TYPE_food_sampling,
                                FACT_TYPE_special_equipment, FACT_TYPE_product_quality,
                                FACT_TYPE_counterfeiting,    FACT_TYPE_price,
                                FACT_TYPE_tax_arrears,       FACT_TYPE_wage_arrears};
    int64_t id = county_add(&county, 1, NULL);
    for (int i = 0; i < 80; i++) {
        char document[32];
        snprintf(document, sizeof(document), "呼文〔2026〕%d号", i + 100);
        add_fact(id, types[i % 10], 20260101 + i % 28, document, NULL);
    }
    run_period();
    write_page(id);
    assert_int_equal(count_sheets(), 2);
    struct found page = read_sheet(0, "呼文〔2026〕");
    struct found full = read_sheet(1, "呼文〔2026〕");
    assert_int_equal(page.total, stored_total());
    assert_int_equal(full.total, stored_total());
    assert_int_equal(page.indicators, page.before);
    assert_int_equal(full.indicators, full.before);
    assert_int_equal(full.before, page.before);
    assert_true(page.rows < full.rows);
    for (int i = 0; i < 80; i++) {
        char document[32];
        snprintf(document, sizeof(document), "呼文〔2026〕%d号", i + 100);
        assert_true(read_sheet(1, document).rows >= 1);
    }
}

static void test_a_direct_rule_is_told_with_its_fact(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    add_fact(id, FACT_TYPE_serious_violation, 20260801, "呼严1号", "吊销后列入");
    run_period();
    write_page(id);
    assert_int_equal(read_sheet(0, "X11-1").rows, 1);
    assert_int_equal(read_sheet(0, "Triggered by: 2026-08-01 serious-violation list 呼严1号").rows,
                     1);
}

static void test_an_override_is_told_with_who_stands_behind_it(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    int64_t override = 0;
    const struct override proposal = {.kind = OVERRIDE_SET_CLASS,
                                      .enterprise = id,
                                      .risk_class = CLASS_C,
                                      .reason = "立案调查",
                                      .document = "呼市监18号",
                                      .valid_to = 20270531};
    run_period();
    assert_ok(override_propose(county.store, &county.officer, &proposal, &override, &county.error),
              &county.error);
    assert_ok(override_approve(county.store, &county.approver, override, &county.error),
              &county.error);
    write_page(id);
    assert_int_equal(
        read_sheet(0, "document 呼市监18号; proposed by 王建国, approved by 李梅").rows, 1);
}

/* An override that was decided after a closed period was run did not bear on it. */
static void test_a_closed_period_tells_the_overrides_of_its_time(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    int64_t fact = add_fact(id, FACT_TYPE_penalty, 20260305, "呼罚1号", NULL);
    int64_t override = 0;
    struct period period;
    struct explanation explanation;
    const struct override proposal = {.kind = OVERRIDE_EXCLUDE_FACT,
                                      .enterprise = id,
                                      .fact = fact,
                                      .risk_class = CLASS_COUNT,
                                      .fact_status = FACT_STATUS_revoked,
                                      .reason = "复议",
                                      .document = "呼政复3号",
                                      .valid_from = 20261001};
    assert_ok(period_run(county.store, &county.officer, 202610, true, NULL, &period, &county.error),
              &county.error);
    county_today(&county, 20261123);
    assert_ok(override_propose(county.store, &county.officer, &proposal, &override, &county.error),
              &county.error);
    assert_ok(override_approve(county.store, &county.approver, override, &county.error),
              &county.error);
    assert_ok(explanation_load(county.store, id, 202610, county.arena, &explanation, &county.error),
              &county.error);
    assert_int_equal(explanation.override_count, 0);
    assert_int_equal(explanation.today.override_count, 1);
    explanation_clear(&explanation);
    run_period();
    assert_ok(explanation_load(county.store, id, 202611, county.arena, &explanation, &county.error),
              &county.error);
    assert_true(explanation_override_held(&explanation, &explanation.overrides[0]));
    explanation_clear(&explanation);
}

/* ---- the reminder ---------------------------------------------------------------------------- */

static void test_a_reminder_names_what_stands_and_is_silent_of_tip_offs(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    add_fact(id, FACT_TYPE_penalty, 20260305, "呼罚1号", "虚假宣传");
    add_fact(id, FACT_TYPE_tip_off, 20260405, "呼举1号", "张某举报");
    add_fact(id, FACT_TYPE_complaint, 20260505, "呼诉1号", "李某投诉");
    add_fact(id, FACT_TYPE_licence, 20260605, "呼许1号", "食品经营许可");
    run_period();
    write_reminder(id);
    assert_int_equal(count_sheets(), 1);
    assert_int_equal(read_sheet(0, "penalty: 虚假宣传").rows, 1);
    assert_int_equal(read_sheet(0, "呼举1号").rows, 0);
    assert_int_equal(read_sheet(0, "张某").rows, 0);
    assert_int_equal(read_sheet(0, "李某").rows, 0);
    assert_int_equal(read_sheet(0, "呼许1号").rows, 0);
    assert_int_equal(read_sheet(0, "NOT FOR PUBLICATION").rows, 0);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'reminder.export'"), 1);
}

static void test_a_reminder_without_anything_to_say_is_refused(void **state) {
    (void)state;
    const struct paper_place place = {.folder = folder};
    int64_t id = county_add(&county, 1, NULL);
    char *none = NULL;
    size_t count = 1;
    add_fact(id, FACT_TYPE_tip_off, 20260405, "呼举1号", NULL);
    run_period();
    county_expect(
        &county,
        reminder_write(county.store, &county.officer, id, 0, &place, &none, &count, &county.error),
        RESULT_REFUSED, "Nothing is on record");
    assert_null(none);
    assert_int_equal(count, 0);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'reminder.export'"), 0);
}

static void test_every_kind_of_fact_is_advised_or_left_out_on_purpose(void **state) {
    (void)state;
    int silent = 0;
    for (int type = 1; type < FACT_TYPE_END; type++) {
        const struct reminder_advice *advice = reminder_advice_of(type);
        silent += advice == NULL ? 1 : 0;
        assert_true(advice == NULL || strlen(advice->text) > 20);
    }
    assert_int_equal(silent, 7);
    assert_null(reminder_advice_of(FACT_TYPE_tip_off));
    assert_null(reminder_advice_of(FACT_TYPE_honour));
    assert_null(reminder_advice_of(0));
    assert_null(reminder_advice_of(FACT_TYPE_END));
}

/* ---- where a paper goes ---------------------------------------------------------------------- */

static void test_a_paper_that_cannot_be_written_leaves_nothing(void **state) {
    (void)state;
    int64_t id = county_add(&county, 1, NULL);
    char *none = NULL;
    const struct paper_place ending = {.file = "/tmp/paper.pdf"};
    const struct paper_place nowhere = {.file = "/tmp/xinfeng-no-such-folder/paper.xlsx"};
    run_period();
    county_expect(&county,
                  explanation_sheet_write(county.store, &county.officer, id, 0, &ending, &none,
                                          &county.error),
                  RESULT_USAGE, ".xlsx");
    county_expect(&county,
                  explanation_sheet_write(county.store, &county.officer, id, 0, &nowhere, &none,
                                          &county.error),
                  RESULT_NOT_FOUND, "xinfeng-no-such-folder");
    assert_null(none);
    assert_int_equal(
        county_count(&county, "SELECT count(*) FROM journal WHERE action = 'explanation.export'"),
        0);
}

/* Without a USCC the file is called by the registration number, slashes and all made harmless. */
static void test_a_number_with_a_slash_makes_a_file_name(void **state) {
    (void)state;
    struct enterprise known = enterprise_unknown();
    known.uscc = "";
    known.registration_number = "652323/0001 甲";
    known.region = "652323";
    int64_t id = county_add(&county, 1, &known);
    run_period();
    write_page(id);
    assert_non_null(strstr(path, "/652323_0001____"));
    assert_int_equal(access(path, R_OK), 0);
}

int main(void) {
#define PAPER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        PAPER_TEST(test_a_short_page_names_everything),
        PAPER_TEST(test_a_long_page_folds_and_still_adds_up),
        PAPER_TEST(test_a_direct_rule_is_told_with_its_fact),
        PAPER_TEST(test_an_override_is_told_with_who_stands_behind_it),
        PAPER_TEST(test_a_closed_period_tells_the_overrides_of_its_time),
        PAPER_TEST(test_a_reminder_names_what_stands_and_is_silent_of_tip_offs),
        PAPER_TEST(test_a_reminder_without_anything_to_say_is_refused),
        PAPER_TEST(test_every_kind_of_fact_is_advised_or_left_out_on_purpose),
        PAPER_TEST(test_a_paper_that_cannot_be_written_leaves_nothing),
        PAPER_TEST(test_a_number_with_a_slash_makes_a_file_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
