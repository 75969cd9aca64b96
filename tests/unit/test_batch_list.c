/* The history of intakes by key, whichever way it is read, and the names that a person settles. */
#include "unit/nameless.h"
#include "unit/scratch.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/uscc.h"
#include "intake/batch.h"
#include "intake/batch_names.h"
#include "intake/candidate.h"
#include "intake/import.h"
#include "intake/mapping.h"
#include "intake/match_decision.h"
#include "intake/rejects.h"
#include "plan/undo.h"
#include "registry/restore.h"
#include "score/import_waiting.h"
#include "score/listing.h"

static struct store *store;
static struct arena *arena;
static struct error error = ERROR_INIT;
static const struct actor actor = {.name = "王建国", .clock = {.frozen_on = 20261122}};

static int open_store(void **state) {
    (void)state;
    store = nameless_open();
    arena = arena_new();
    assert_non_null(arena);
    return 0;
}

static int close_store(void **state) {
    store_close(store);
    arena_free(arena);
    return scratch_empty(state);
}

/* ---- intakes --------------------------------------------------------------------------------- */

/* Enters an intake that rejected a row on every third line from 3 on: of every fourth of them
 * nobody bears the name, the others have no date. */
static int64_t enter_batch(const char *kind, const char *file, int rejects) {
    struct batch *batch = NULL;
    const struct batch_head head = {.kind = kind,
                                    .file = file,
                                    .profile = "guess",
                                    .source = "甲部门",
                                    .header = "当事人,文号",
                                    .format = "CSV",
                                    .as_of = 20261122,
                                    .actor = &actor};
    const struct batch_counts counts = {.read = rejects, .rejected = rejects};
    assert_ok(store_begin(store, &error), &error);
    assert_ok(batch_begin(&batch, store, &head, &error), &error);
    for (int i = 0; i < rejects; i++) {
        char name[64];
        snprintf(name, sizeof(name), "第%d商行", i / 8);
        const struct batch_reject reject = {.line = 3 * (i + 1),
                                            .reason =
                                                i % 4 == 0 ? REASON_unknown_name : REASON_no_date,
                                            .sentence = "说明",
                                            .text = "第某商行,1号",
                                            .name = i % 4 == 0 ? name : NULL};
        assert_ok(batch_keep_reject(batch, &reject, &error), &error);
    }
    int64_t id = batch_id(batch);
    assert_ok(store_finish(store, batch_end(batch, &counts, "0", &error), &error), &error);
    batch_free(batch);
    return id;
}

/* Walks the whole list in pieces and expects the ids of wanted, then the same from the other end.
 */
static void expect_list(const struct batch_filter *filter, size_t most, const int64_t *wanted,
                        size_t wanted_count) {
    for (int backward = 0; backward < 2; backward++) {
        struct batch_page page = {.most = most, .backward = backward != 0};
        size_t seen = 0;
        size_t count = most;
        while (count == most) {
            struct batch_entry *entries = NULL;
            assert_ok(batch_list(store, filter, &page, arena, &entries, &count, &error), &error);
            for (size_t i = 0; i < count; i++, seen++) {
                assert_true(seen < wanted_count);
                assert_int_equal(entries[i].id, wanted[backward ? wanted_count - 1 - seen : seen]);
                page.key = entries[i].id;
            }
        }
        assert_int_equal(seen, wanted_count);
    }
    int64_t counted = 0;
    assert_ok(batch_count(store, filter, &counted, &error), &error);
    assert_int_equal(counted, wanted_count);
}

static void test_the_history_by_key(void **state) {
    (void)state;
    for (int i = 1; i <= 9; i++) {
        char file[64];
        snprintf(file, sizeof(file), i % 3 == 0 ? "行政处罚%d.XLSX" : "年报%d.csv", i);
        assert_int_equal(enter_batch(i % 2 == 0 ? "enterprises" : "facts", file, 0), i);
    }
    assert_ok(batch_mark_undone(store, &actor, 4, NULL, NULL, &error), &error);
    const int64_t all[] = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    const int64_t facts[] = {9, 7, 5, 3, 1};
    const int64_t undone[] = {4};
    const int64_t in_force[] = {8, 6, 2};
    const int64_t penalties[] = {9, 6, 3};
    for (size_t most = 1; most <= 10; most++) {
        expect_list(NULL, most, all, 9);
        expect_list(&(struct batch_filter){.kind = "facts"}, most, facts, 5);
        expect_list(&(struct batch_filter){.state = BATCH_UNDONE}, most, undone, 1);
        expect_list(&(struct batch_filter){.kind = "enterprises", .state = BATCH_IN_FORCE}, most,
                    in_force, 3);
        expect_list(&(struct batch_filter){.file = "处罚"}, most, penalties, 3);
        expect_list(&(struct batch_filter){.file = ".xlsx"}, most, penalties, 3);
        expect_list(&(struct batch_filter){.file = "%"}, most, NULL, 0);
    }
}

/* ---- rejects --------------------------------------------------------------------------------- */

/* Walks the rejects of a reason both ways in pieces; gives how many there are. */
static size_t walk_rejects(int64_t batch, const char *reason, size_t most) {
    size_t seen[2] = {0};
    for (int backward = 0; backward < 2; backward++) {
        struct batch_page page = {.most = most, .backward = backward != 0};
        int64_t last = backward ? INT64_MAX : 0;
        size_t count = most;
        while (count == most) {
            struct batch_line *lines = NULL;
            assert_ok(
                batch_lines(store, batch, false, reason, &page, arena, &lines, &count, &error),
                &error);
            for (size_t i = 0; i < count; i++) {
                assert_true(backward ? lines[i].line < last : lines[i].line > last);
                assert_true(reason == NULL || strcmp(lines[i].reason, reason) == 0);
                assert_string_equal(lines[i].text, "第某商行,1号");
                last = lines[i].line;
            }
            seen[backward] += count;
            page.key = last;
        }
    }
    assert_int_equal(seen[0], seen[1]);
    return seen[0];
}

static void test_rejects_by_key(void **state) {
    (void)state;
    enter_batch("facts", "甲.csv", 7);
    int64_t batch = enter_batch("facts", "乙.csv", 41);
    for (size_t most = 1; most <= 50; most += 7) {
        assert_int_equal(walk_rejects(batch, NULL, most), 41);
        assert_int_equal(walk_rejects(batch, "unknown_name", most), 11);
        assert_int_equal(walk_rejects(batch, "no_date", most), 30);
        assert_int_equal(walk_rejects(batch, "person", most), 0);
    }
}

/* ---- names ----------------------------------------------------------------------------------- */

static const char *code_of(int number) {
    static char code[USCC_SIZE];
    snprintf(code, sizeof(code), "91652323MA%07d", number);
    code[USCC_LENGTH - 1] = uscc_check_character(code);
    code[USCC_LENGTH] = '\0';
    return code;
}

/* Takes a file in by a profile; NULL: by the one that fits, else a guess. */
static int64_t take_by(const char *profile, enum import_kind kind, const char *name,
                       const char *text) {
    struct import_request request = {.kind = kind,
                                     .path = scratch_write_text(name, text),
                                     .said = {.profile = profile},
                                     .source = "甲部门",
                                     .as_of = 20260301,
                                     .actor = &actor};
    struct import_report report;
    assert_ok(import_file(store, &request, &report, NULL, &error), &error);
    int64_t batch = report.batch;
    import_report_free(&report);
    return batch;
}

static int64_t take(enum import_kind kind, const char *name, const char *text) {
    return take_by(NULL, kind, name, text);
}

/* Takes two enterprises in; gives the batch. */
static int64_t take_enterprises(void) {
    struct buffer text = BUFFER_INIT;
    buffer_append_text(&text, "企业名称,统一社会信用代码\n");
    buffer_printf(&text, "呼图壁县天山商贸有限公司,%s\n", code_of(1));
    buffer_printf(&text, "呼图壁县昆仑建材有限公司,%s\n", code_of(2));
    int64_t batch = take(IMPORT_ENTERPRISES, "企业.csv", buffer_text(&text));
    buffer_free(&text);
    return batch;
}

static struct batch_names_left left_of(int64_t batch) {
    struct batch_names_left left;
    assert_ok(batch_names_count(store, batch, &left, &error), &error);
    return left;
}

static void test_names_by_key(void **state) {
    (void)state;
    int64_t batch = enter_batch("facts", "乙.csv", 80);
    assert_int_equal(left_of(batch).names, 10);
    for (size_t most = 1; most <= 12; most += 3) {
        for (int backward = 0; backward < 2; backward++) {
            struct batch_page page = {.most = most, .backward = backward != 0};
            size_t seen = 0;
            size_t count = most;
            while (count == most) {
                struct batch_name *names = NULL;
                assert_ok(batch_names(store, batch, &page, arena, &names, &count, &error), &error);
                for (size_t i = 0; i < count; i++, seen++) {
                    char wanted[64];
                    snprintf(wanted, sizeof(wanted), "第%d商行", (int)(backward ? 9 - seen : seen));
                    assert_string_equal(names[i].name, wanted);
                    assert_int_equal(names[i].rows, 2);
                    page.key = names[i].line;
                }
            }
            assert_int_equal(seen, 10);
        }
    }
}

/* Rows whose name was led to an enterprise can be taken in again alone; others stay. */
static void test_rows_that_wait(void **state) {
    (void)state;
    take_enterprises();
    int64_t batch = take(IMPORT_FACTS, "处罚.csv",
                         "企业名称,信息类型,发生日期,文号\n"
                         "天山商贸,行政处罚,2026-01-02,一号\n"
                         "昆仑,行政处罚,2026-01-03,二号\n"
                         "天山商贸,行政处罚,,三号\n"
                         "从来没有,行政处罚,2026-01-04,四号\n");
    int64_t names = left_of(batch).names;
    assert_int_equal(names, 3);
    assert_int_equal(left_of(batch).waiting, 0);
    struct candidate *found = NULL;
    size_t count = 0;
    assert_ok(candidate_find(store, "天山商贸", "", 3, arena, &found, &count, &error), &error);
    assert_true(count > 0);
    const struct match_subject tianshan = {"天山商贸", ""};
    const struct match_subject nobody = {"从来没有", ""};
    assert_ok(match_decide(store, &actor, &tianshan, found[0].id, "电话核实", NULL, &error),
              &error);
    assert_ok(match_decide(store, &actor, &nobody, 0, "外县", NULL, &error), &error);
    assert_int_equal(left_of(batch).names, 1);
    int64_t waiting = left_of(batch).waiting;
    assert_true(waiting >= 1);
    int64_t rows = 0;
    const char *path = scratch_path("再.csv");
    assert_ok(rejects_write(store, batch, REJECTS_WAITING, path, &rows, &error), &error);
    assert_int_equal(rows, waiting);
    char *text = scratch_read(path);
    assert_non_null(strstr(text, "一号"));
    assert_null(strstr(text, "二号"));
    assert_null(strstr(text, "四号"));
    free(text);
    assert_ok(rejects_write(store, batch, REJECTS_ALL, path, &rows, &error), &error);
    assert_int_equal(rows, 4);
    assert_ok(match_withdraw(store, &actor, 1, &error), &error);
    assert_int_equal(left_of(batch).waiting, 0);
    assert_int_equal(left_of(batch).names, 2);
}

static const char waiting_file[] = "企业名称,信息类型,发生日期,文号\n"
                                   "天山商贸,行政处罚,2026-01-02,一号\n"
                                   "天山商贸,行政处罚,2026-01-03,二号\n"
                                   "昆仑,行政处罚,2026-01-03,三号\n";

/* Leads the name of two rows of the file to the first enterprise. */
static void lead_tianshan(void) {
    const struct match_subject tianshan = {"天山商贸", ""};
    assert_ok(match_decide(store, &actor, &tianshan, 1, "电话核实", NULL, &error), &error);
}

/* The rows that wait go in again as their batch did, and nothing else does; once, unless that is
 * undone. */
static void test_rows_that_wait_go_in_again(void **state) {
    (void)state;
    struct import_report report;
    struct batch_entry entry;
    take_enterprises();
    int64_t batch = take_by("facts", IMPORT_FACTS, "处罚.汇总.csv", waiting_file);
    assert_int_equal(import_waiting(store, batch, &actor, NULL, &report, NULL, &error),
                     RESULT_NOT_FOUND);
    error_clear(&error);
    assert_int_equal(import_waiting(store, 99, &actor, NULL, &report, NULL, &error),
                     RESULT_NOT_FOUND);
    error_clear(&error);
    lead_tianshan();
    assert_ok(import_waiting(store, batch, &actor, NULL, &report, NULL, &error), &error);
    assert_int_equal(report.counts.read, 2);
    assert_int_equal(report.counts.inserted, 2);
    assert_ok(batch_load(store, report.batch, arena, &entry, &error), &error);
    assert_string_equal(entry.file, "处罚.汇总.rejects.csv");
    assert_string_equal(entry.source, "甲部门");
    assert_string_equal(entry.profile, "facts");
    assert_int_equal(entry.as_of, 20260301);
    import_report_free(&report);
    assert_int_equal(left_of(batch).waiting, 0);
    assert_int_equal(import_waiting(store, batch, &actor, NULL, &report, NULL, &error),
                     RESULT_NOT_FOUND);
    error_clear(&error);
    struct undo_report undone;
    assert_ok(undo_batch(store, &actor, entry.id, NULL, &undone, &error), &error);
    assert_int_equal(undone.counts.facts, 2);
    assert_int_equal(left_of(batch).waiting, 2);
    assert_ok(import_waiting(store, batch, &actor, NULL, &report, NULL, &error), &error);
    assert_int_equal(report.counts.inserted, 2);
    import_report_free(&report);
}

/* Columns that were guessed are not guessed again behind a person's back. */
static void test_guessed_columns_are_looked_at(void **state) {
    (void)state;
    struct import_report report;
    take_enterprises();
    int64_t batch = take(IMPORT_FACTS, "处罚.csv",
                         "当事人,当事人统一社会信用代码,处罚文书文号,违法事实,处罚作出日期\n"
                         "天山商贸,,某市监罚〔2026〕1号,未按期公示年报,2026-03-05\n"
                         "昆仑,,某市监罚〔2026〕2号,未明码标价,2026-04-05\n");
    struct batch_entry entry;
    assert_ok(batch_load(store, batch, arena, &entry, &error), &error);
    assert_string_equal(entry.profile, MAPPING_GUESSED);
    lead_tianshan();
    assert_int_equal(left_of(batch).waiting, 1);
    assert_int_equal(import_waiting(store, batch, &actor, NULL, &report, NULL, &error),
                     RESULT_REFUSED);
    error_clear(&error);
}

static void expect_difference(const char *left, const char *right, const char *code,
                              const char *other, struct candidate_difference wanted) {
    struct candidate_difference differs = candidate_difference(left, right, code, other);
    assert_int_equal(differs.place, wanted.place);
    assert_int_equal(differs.form, wanted.form);
    assert_int_equal(differs.core, wanted.core);
    assert_int_equal(differs.code, wanted.code);
}

static void test_what_differs(void **state) {
    (void)state;
    expect_difference("呼图壁县天山商贸有限公司", "呼图壁县天山商贸有限公司", "", NULL,
                      (struct candidate_difference){.code = -1});
    expect_difference("天山商贸有限公司", "呼图壁县天山商贸有限公司", "", NULL,
                      (struct candidate_difference){.place = true, .code = -1});
    expect_difference("呼图壁县天山商贸有限公司", "呼图壁县天山商贸有限责任公司", "", NULL,
                      (struct candidate_difference){.form = true, .code = -1});
    expect_difference("呼图壁县天山商贸有限公司", "呼图壁县天山贸易有限公司", "91652323MA0000001X",
                      "91652323MA0000010X", (struct candidate_difference){.core = true, .code = 2});
    expect_difference("", "", "91652323MA0000001X", "短",
                      (struct candidate_difference){.code = -1});
}

/* ---- what a file did ------------------------------------------------------------------------- */

static void expect_reached(int64_t batch, const int64_t *wanted, size_t wanted_count) {
    int64_t *ids = NULL;
    size_t count = 0;
    assert_ok(restore_reached(store, batch, &ids, &count, &error), &error);
    assert_int_equal(count, wanted_count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ids[i], wanted[i]);
    }
    free(ids);
}

/* Whom a file reached, by each way of reaching, and what undoing it would take back: told before
 * as it is done then. */
static void test_what_a_file_did(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    int64_t entered = take_enterprises();
    const int64_t both[] = {1, 2};
    expect_reached(entered, both, 2);
    buffer_printf(&text, "企业名称,统一社会信用代码,法定代表人\n呼图壁县天山商贸有限公司,%s,李四\n",
                  code_of(1));
    int64_t changed = take(IMPORT_ENTERPRISES, "变更.csv", buffer_text(&text));
    expect_reached(changed, both, 1);
    int64_t facts = take(IMPORT_FACTS, "处罚.csv",
                         "企业名称,信息类型,发生日期,文号\n"
                         "呼图壁县昆仑建材有限公司,行政处罚,2026-01-02,一号\n"
                         "呼图壁县昆仑建材有限公司,行政处罚,2026-01-03,二号\n");
    expect_reached(facts, both + 1, 1);
    buffer_reset(&text);
    buffer_printf(&text,
                  "企业名称,统一社会信用代码,领域,等级,评定日期\n"
                  "呼图壁县天山商贸有限公司,%s,食品,A,2026-01-02\n",
                  code_of(1));
    int64_t grades = take(IMPORT_GRADES, "分级.csv", buffer_text(&text));
    expect_reached(grades, both, 1);
    buffer_free(&text);
    const int64_t batches[] = {grades, facts, changed, entered};
    for (size_t i = 0; i < sizeof(batches) / sizeof(batches[0]); i++) {
        struct restore_counts told;
        struct undo_report done;
        assert_ok(restore_count(store, batches[i], &told, &error), &error);
        assert_ok(undo_batch(store, &actor, batches[i], NULL, &done, &error), &error);
        assert_memory_equal(&told, &done.counts, sizeof(told));
        assert_true(told.enterprises + told.facts + told.records + told.restored > 0);
    }
}

/* What rests on a file is told whole, one a line, when a list is asked for. */
static void test_all_that_rests_on_a_file(void **state) {
    (void)state;
    int64_t entered = take_enterprises();
    for (int i = 0; i < 8; i++) {
        struct buffer text = BUFFER_INIT;
        char name[64];
        snprintf(name, sizeof(name), "处罚%d.csv", i);
        buffer_printf(&text,
                      "企业名称,信息类型,发生日期,文号\n"
                      "呼图壁县天山商贸有限公司,行政处罚,2026-01-02,第%d号\n",
                      i);
        take(IMPORT_FACTS, name, buffer_text(&text));
        buffer_free(&text);
    }
    struct rests list = RESTS_LIST;
    struct rests few = RESTS_INIT;
    assert_ok(undo_ask(store, entered, &list, &error), &error);
    assert_ok(undo_ask(store, entered, &few, &error), &error);
    assert_int_equal(list.count, 8);
    assert_int_equal(few.count, 8);
    assert_non_null(strstr(buffer_text(&list.text), "处罚7.csv"));
    assert_non_null(strchr(buffer_text(&list.text), '\n'));
    assert_null(strstr(buffer_text(&few.text), "处罚7.csv"));
    assert_null(strchr(buffer_text(&few.text), '\n'));
    rests_free(&list);
    rests_free(&few);
}

/* ---- enterprises by id ----------------------------------------------------------------------- */

static void test_enterprises_by_id(void **state) {
    (void)state;
    take_enterprises();
    const int64_t ids[] = {2, 77, 1};
    struct listing_row rows[3];
    size_t found = 0;
    assert_ok(listing_of(store, 0, ids, 3, arena, rows, &found, &error), &error);
    assert_int_equal(found, 2);
    assert_string_equal(rows[0].name, "呼图壁县昆仑建材有限公司");
    assert_string_equal(rows[1].name, "呼图壁县天山商贸有限公司");
    assert_int_equal(rows[1].risk_class, CLASS_COUNT);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_the_history_by_key),
        WITH_STORE(test_rejects_by_key),
        WITH_STORE(test_names_by_key),
        WITH_STORE(test_rows_that_wait),
        WITH_STORE(test_rows_that_wait_go_in_again),
        WITH_STORE(test_guessed_columns_are_looked_at),
        WITH_STORE(test_what_differs),
        WITH_STORE(test_what_a_file_did),
        WITH_STORE(test_all_that_rests_on_a_file),
        WITH_STORE(test_enterprises_by_id),
    };
    return cmocka_run_group_tests_name("intake/batch_list", tests, scratch_make, scratch_remove);
}
