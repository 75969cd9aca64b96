#include "unit/nameless.h"
#include "unit/unit.h"

#include "base/uscc.h"
#include "book/check.h"
#include "book/sheet_look.h"
#include "draw/record_parse.h"
#include "draw/verify.h"
#include "guard/journal.h"
#include "plan/plan.h"
#include "policy/policy_store.h"
#include "registry/enterprise.h"
#include "report/plan_export.h"
#include "report/plan_verify.h"
#include "report/plan_words.h"
#include "score/period.h"
#include "store/statement.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zip.h>

#define ENTERPRISES 200

static const struct actor officer = {.name = "王建国", .clock = {.frozen_on = 20261122}};
static const struct actor approver = {.name = "古丽娜尔", .clock = {.frozen_on = 20261123}};
static const char seed[] = "01382438112797316654";
static struct store *store;
/* Files of a plan without teams. */
#define EXPORTED 3

static struct error error = ERROR_INIT;
static char folder[] = "/tmp/xinfeng-report-XXXXXX";
static int64_t plan;

/* A code that is right to the check digit, different for every number. */
static void make_uscc(int number, char uscc[static 19]) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    snprintf(uscc, 19, "91652323MA%07d0", number);
    for (const char *check = alphabet; *check != '\0'; check++) {
        uscc[17] = *check;
        if (uscc_valid(uscc)) {
            return;
        }
    }
    fail_msg("no check digit fits %s", uscc);
}

static void save_enterprises(void) {
    static const char *const trades[] = {"商贸", "餐饮管理", "农业科技", "建筑安装", "物流运输"};
    const struct save_origin origin = {.actor = &officer, .source = "测试", .bulk = true};
    struct enterprise_writer *writer = NULL;
    assert_ok(enterprise_writer_new(&writer, store, &error), &error);
    for (int i = 0; i < ENTERPRISES; i++) {
        char uscc[19];
        char name[96];
        char address[96];
        enum save_outcome outcome;
        make_uscc(i, uscc);
        snprintf(name, sizeof(name), "呼图壁县天达%s%d有限公司", trades[i % 5], i);
        snprintf(address, sizeof(address), "呼图壁县东风路%d号商住楼%d单元", i, i % 7);
        struct enterprise enterprise = enterprise_unknown();
        enterprise.name = name;
        enterprise.uscc = uscc;
        enterprise.region = i % 3 == 0 ? "652323100" : "652323101";
        enterprise.address = address;
        enterprise.phone = "09944500000";
        assert_ok(enterprise_writer_save(writer, &enterprise, &origin, &outcome, &error), &error);
    }
    enterprise_writer_free(writer);
}

static void make_plan(void) {
    struct policy *policy = NULL;
    int64_t id = 0;
    struct draw_rule rules[CLASS_COUNT];
    const struct plan_scope scope = {.matter = "公示信息检查", .department = "信用监管股"};
    assert_ok(policy_store_in_force(store, &policy, &id, &error), &error);
    struct draw_measures measures = plan_default_measures(policy, rules);
    rules[CLASS_A].rate = (struct draw_rate){1, 2};
    assert_ok(
        plan_create(store, &officer, "2026年第四季度抽查计划", &scope, &measures, &plan, &error),
        &error);
    policy_free(policy);
}

static int open_store(void **state) {
    (void)state;
    struct period period;
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    store = nameless_open();
    assert_ok(store_begin(store, &error), &error);
    assert_ok(policy_store_publish(store, policy_builtin_text(), "built in", &officer, &error),
              &error);
    save_enterprises();
    assert_ok(store_finish(store, RESULT_OK, &error), &error);
    assert_ok(period_run(store, &officer, 202610, false, NULL, &period, &error), &error);
    make_plan();
    return 0;
}

static void draw_plan(void) {
    assert_ok(plan_draw_through(store, &officer, plan, seed, "公开摇号", NULL, &error), &error);
}

/* Counts what lies in the folder, and removes it. */
static int clean_folder(void) {
    int count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[400];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        assert_int_equal(remove(path), 0);
        count++;
    }
    closedir(directory);
    return count;
}

static int close_store(void **state) {
    (void)state;
    clean_folder();
    rmdir(folder);
    store_close(store);
    error_clear(&error);
    return 0;
}

static char *read_whole(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    struct stat status;
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    char *bytes = malloc((size_t)status.st_size + 1);
    assert_non_null(bytes);
    *length = fread(bytes, 1, (size_t)status.st_size, file);
    assert_int_equal(*length, status.st_size);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

static enum result export_plan(const struct progress *progress) {
    struct plan_export export;
    enum result code = plan_export_write(store, &officer, plan, folder, progress, &export, &error);
    for (int i = 0; i < EXPORTED; i++) {
        assert_int_equal(export.files[i] != NULL, code == RESULT_OK);
    }
    plan_export_clear(&export);
    return code;
}

static int64_t exports_journalled(void) {
    int64_t number = -1;
    assert_ok(store_fetch_int(store, "SELECT count(*) FROM journal WHERE action = 'plan.export'",
                              NO_VALUES, -1, &number, &error),
              &error);
    return number;
}

static void test_three_files_come_out_and_prove_the_draw(void **state) {
    (void)state;
    struct plan_export export;
    size_t lengths[EXPORTED];
    char *bytes[EXPORTED];
    draw_plan();
    assert_ok(plan_export_write(store, &officer, plan, folder, NULL, &export, &error), &error);
    for (int i = 0; i < EXPORTED; i++) {
        bytes[i] = read_whole(export.files[i], &lengths[i]);
        assert_true(lengths[i] > 100);
    }
    assert_memory_equal(bytes[0], "PK\003\004", 4);
    assert_ok(draw_verify_text(bytes[1], lengths[1], bytes[2], lengths[2], &error), &error);
    char *after = NULL;
    char hex[DIGEST_HEX_SIZE];
    assert_ok(store_fetch_text(store, "SELECT after FROM journal WHERE action = 'plan.export'",
                               NO_VALUES, &after, &error),
              &error);
    for (int i = 0; i < EXPORTED; i++) {
        assert_ok(digest_file_hex(export.files[i], NULL, hex, &error), &error);
        assert_non_null(strstr(after, strrchr(export.files[i], '/') + 1));
        assert_non_null(strstr(after, hex));
        free(bytes[i]);
    }
    free(after);
    assert_ok(journal_verify(store, NULL, &error), &error);
    plan_export_clear(&export);
    assert_int_equal(clean_folder(), EXPORTED);
}

/* Replaces the first occurrence of a text in a part of a workbook by another. */
static void change_part(const char *path, const char *part, const char *from, const char *to) {
    zip_t *archive = zip_open(path, 0, NULL);
    zip_stat_t status;
    assert_non_null(archive);
    assert_int_equal(zip_stat(archive, part, 0, &status), 0);
    char *text = calloc(1, (size_t)status.size + strlen(to) + 1);
    zip_file_t *file = zip_fopen(archive, part, 0);
    assert_non_null(text);
    assert_non_null(file);
    assert_int_equal(zip_fread(file, text, status.size), status.size);
    zip_fclose(file);
    char *at = strstr(text, from);
    assert_non_null(at);
    memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
    memcpy(at, to, strlen(to));
    zip_source_t *source = zip_source_buffer(archive, text, strlen(text), 1);
    assert_non_null(source);
    assert_true(zip_file_add(archive, part, source, ZIP_FL_OVERWRITE) >= 0);
    assert_int_equal(zip_close(archive), 0);
}

/* Verifies what the sheets of a workbook show; its record has to be this text. */
static enum result verify_sheets(const char *path, const char *record_text) {
    struct book_reader *book = NULL;
    struct draw_record *record = NULL;
    char *text = NULL;
    assert_ok(book_reader_open(&book, path, &error), &error);
    assert_ok(plan_verify_take_record(book, &text, &error), &error);
    assert_string_equal(text, record_text);
    assert_ok(draw_record_parse(&record, text, strlen(text), &error), &error);
    enum result code = plan_verify_sheets(book, record, &error);
    draw_record_free(record);
    free(text);
    book_reader_close(book);
    return code;
}

static void test_the_workbook_shows_what_its_record_says(void **state) {
    (void)state;
    struct plan_export export;
    size_t length = 0;
    draw_plan();
    assert_ok(plan_export_write(store, &officer, plan, folder, NULL, &export, &error), &error);
    char *record = read_whole(export.files[1], &length);
    assert_ok(verify_sheets(export.files[0], record), &error);
    change_part(export.files[0], "xl/worksheets/sheet2.xml", "呼图壁县天达", "呼图壁县恒通");
    assert_int_equal(verify_sheets(export.files[0], record), RESULT_MISMATCH);
    assert_non_null(strstr(error_sentence(&error), "!B4 "));
    assert_non_null(strstr(error_sentence(&error), "呼图壁县恒通"));
    assert_non_null(strstr(error_sentence(&error), "呼图壁县天达"));
    free(record);
    plan_export_clear(&export);
}

static void test_the_same_plan_gives_the_same_bytes(void **state) {
    (void)state;
    size_t lengths[2];
    char *bytes[2];
    draw_plan();
    for (int i = 0; i < 2; i++) {
        struct plan_export export;
        assert_ok(plan_export_write(store, &officer, plan, folder, NULL, &export, &error), &error);
        bytes[i] = read_whole(export.files[0], &lengths[i]);
        plan_export_clear(&export);
    }
    assert_int_equal(lengths[0], lengths[1]);
    assert_memory_equal(bytes[0], bytes[1], lengths[0]);
    free(bytes[0]);
    free(bytes[1]);
    assert_int_equal(clean_folder(), EXPORTED);
}

static void test_every_drawn_state_can_be_exported(void **state) {
    (void)state;
    draw_plan();
    assert_ok(plan_approve(store, &approver, plan, &error), &error);
    assert_ok(export_plan(NULL), &error);
    assert_ok(plan_void(store, &approver, plan, "事项有误", &error), &error);
    assert_ok(export_plan(NULL), &error);
    assert_int_equal(exports_journalled(), 2);
}

static void test_nothing_drawn_is_nothing_to_export(void **state) {
    (void)state;
    assert_int_equal(export_plan(NULL), RESULT_REFUSED);
    assert_ok(plan_void(store, &approver, plan, "不再需要", &error), &error);
    assert_int_equal(export_plan(NULL), RESULT_REFUSED);
    assert_non_null(strstr(error_sentence(&error), "2026-001"));
    plan++;
    assert_int_equal(export_plan(NULL), RESULT_NOT_FOUND);
    assert_int_equal(exports_journalled(), 0);
    assert_int_equal(clean_folder(), 0);
}

static void test_a_wrong_folder_is_named(void **state) {
    (void)state;
    struct plan_export export;
    char missing[64];
    draw_plan();
    snprintf(missing, sizeof(missing), "%s/missing", folder);
    assert_int_equal(plan_export_write(store, &officer, plan, missing, NULL, &export, &error),
                     RESULT_NOT_FOUND);
    assert_non_null(strstr(error_sentence(&error), missing));
    assert_int_equal(plan_export_write(store, &officer, plan, "/proc/self/task", NULL, &export,
                                       &error) == RESULT_OK,
                     0);
    assert_int_equal(exports_journalled(), 0);
    assert_int_equal(clean_folder(), 0);
}

static void test_a_file_that_cannot_be_replaced_leaves_the_others(void **state) {
    (void)state;
    char path[96];
    size_t length = 0;
    draw_plan();
    snprintf(path, sizeof(path), "%s/2026-001.frame.tsv", folder);
    assert_int_equal(mkdir(path, 0777), 0);
    snprintf(path, sizeof(path), "%s/2026-001.xlsx", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("an earlier one", file);
    fclose(file);
    assert_int_equal(export_plan(NULL), RESULT_REFUSED);
    char *kept = read_whole(path, &length);
    assert_string_equal(kept, "an earlier one");
    free(kept);
    assert_int_equal(exports_journalled(), 0);
    assert_int_equal(clean_folder(), 2); /* the folder in the way and the earlier workbook */
}

/* Exports while no file may grow beyond a limit, which the library does not notice by itself. */
static enum result export_within(rlim_t limit) {
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit narrow = {.rlim_cur = limit, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &narrow), 0);
    enum result code = export_plan(NULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    return code;
}

static void test_a_full_disk_leaves_nothing(void **state) {
    (void)state;
    char path[96];
    struct stat status;
    draw_plan();
    assert_ok(export_plan(NULL), &error);
    snprintf(path, sizeof(path), "%s/2026-001.xlsx", folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(clean_folder(), EXPORTED);
    assert_int_equal(export_within((rlim_t)status.st_size / 2), RESULT_NO_SPACE);
    assert_int_equal(clean_folder(), 0);
    /* The workbook itself would fit: only what it is made from breaks off. */
    assert_int_equal(export_within((rlim_t)status.st_size + 1), RESULT_NO_SPACE);
    assert_non_null(strstr(error_sentence(&error), folder));
    assert_int_equal(clean_folder(), 0);
    assert_int_equal(exports_journalled(), 1);
}

static bool stop_at_once(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void test_a_stopped_export_leaves_nothing(void **state) {
    (void)state;
    const struct progress progress = {.report = stop_at_once};
    draw_plan();
    assert_int_equal(export_plan(&progress), RESULT_CANCELLED);
    assert_int_equal(exports_journalled(), 0);
    assert_int_equal(clean_folder(), 0);
}

static void test_a_workbook_with_a_row_too_few_is_caught(void **state) {
    (void)state;
    const struct book_facts facts = {.title = "t",
                                     .subject = "s",
                                     .author = "a",
                                     .company = "c",
                                     .keywords = "k",
                                     .comments = "c",
                                     .heading = "R&D",
                                     .verification = "",
                                     .created = 20261122};
    const struct sheet_column column = {NULL, 10, 10, SHEET_TEXT};
    const uint32_t right[] = {2};
    const uint32_t wrong[] = {3};
    char path[64];
    struct book *book = NULL;
    snprintf(path, sizeof(path), "%s/book.xlsx", folder);
    assert_ok(book_new(&book, path, folder, &facts, &error), &error);
    struct sheet *sheet = book_add_sheet(book, "one");
    sheet_set_columns(sheet, &column, 1);
    sheet_settle(sheet);
    SHEET_PUT(sheet, sheet_text(SHEET_TEXT, "</row> is text here"));
    sheet_gap(sheet, 10);
    char *long_text = malloc(100000);
    assert_non_null(long_text);
    for (size_t i = 0; i < 99999; i += 3) {
        memcpy(long_text + i, "检", 4);
    }
    SHEET_PUT(sheet, sheet_day(SHEET_DATE, 20261122), sheet_text(SHEET_CODE, long_text));
    free(long_text);
    assert_int_equal(sheet_row(sheet), 3);
    assert_ok(book_close(book, &error), &error);
    assert_ok(book_check(path, folder, right, 1, &error), &error);
    assert_int_equal(book_check(path, folder, wrong, 1, &error), RESULT_NO_SPACE);
    assert_int_equal(truncate(path, 3000), 0);
    assert_int_equal(book_check(path, folder, right, 1, &error), RESULT_NO_SPACE);
}

static void test_too_many_sheets_fail_at_the_close(void **state) {
    (void)state;
    const struct book_facts facts = {.title = "t",
                                     .subject = "s",
                                     .author = "a",
                                     .company = "c",
                                     .keywords = "k",
                                     .comments = "c",
                                     .heading = "",
                                     .verification = "",
                                     .created = 20261122};
    char path[64];
    struct book *book = NULL;
    snprintf(path, sizeof(path), "%s/book.xlsx", folder);
    assert_ok(book_new(&book, path, folder, &facts, &error), &error);
    for (int i = 0; i <= BOOK_MOST_SHEETS; i++) {
        char name[16];
        snprintf(name, sizeof(name), "sheet %d", i);
        sheet_gap(book_add_sheet(book, name), 10);
    }
    assert_int_equal(book_close(book, &error), RESULT_IO);
}

static void test_numbers_and_rates_are_said_exactly(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(plan_words_count(0, arena), "0");
    assert_string_equal(plan_words_count(999, arena), "999");
    assert_string_equal(plan_words_count(5832, arena), "5,832");
    assert_string_equal(plan_words_count(-1234567, arena), "-1,234,567");
    assert_string_equal(plan_words_count(-123, arena), "-123");
    assert_string_equal(plan_words_rate((struct draw_rate){1, 100}, arena), "1%");
    assert_string_equal(plan_words_rate((struct draw_rate){1, 40}, arena), "2.5%");
    assert_string_equal(plan_words_rate((struct draw_rate){1, 10000}, arena), "0.01%");
    assert_string_equal(plan_words_rate((struct draw_rate){1, 3}, arena), "1/3");
    assert_string_equal(plan_words_rate((struct draw_rate){7, 7}, arena), "100%");
    assert_string_equal(plan_words_moment("2026-11-22T12:00:00+08:00", arena), "2026-11-22 12:00");
    assert_string_equal(plan_words_moment(NULL, arena), "");
    arena_free(arena);
}

static void test_a_measure_is_said_whole(void **state) {
    (void)state;
    const struct draw_rule rules[] = {
        {.risk_class = 'A', .grade = "", .rate = {1, 100}, .maximum = DRAW_NO_MAXIMUM},
        {.risk_class = 'B', .grade = "", .rate = {5, 100}, .minimum = 20, .maximum = 90},
        {.risk_class = 'B', .grade = "II", .rate = {1, 3}, .maximum = DRAW_NO_MAXIMUM},
    };
    const struct draw_measures measures = {
        .mode = DRAW_MODE_RATE, .rules = rules, .rule_count = 3, .by_grade = true};
    struct arena *arena = arena_new();
    assert_string_equal(plan_words_measure(&measures, 'A', 5832, arena), "base 5,832; rate 1%");
    assert_string_equal(plan_words_measure(&measures, 'B', 7, arena),
                        "base 7; rate 5%, at least 20, at most 90; grade II: rate 1/3 "
                        "(~33.3333%)");
    arena_free(arena);
}

static void test_lines_are_counted_as_they_wrap(void **state) {
    (void)state;
    assert_int_equal(sheet_look_lines("", 10), 1);
    assert_int_equal(sheet_look_lines("登记事项检查", 12), 1);
    assert_int_equal(sheet_look_lines("登记事项检查", 11), 2); /* no half character */
    assert_int_equal(sheet_look_lines("登记\n事项\n", 12), 3);
    assert_int_equal(sheet_look_lines("untargeted draw", 12), 2);
    assert_int_equal(sheet_look_lines("one two three", 8), 2);
    assert_int_equal(sheet_look_lines("检", 1), 1); /* narrower than any character: it ends */
}

#define STORE_TEST(function) cmocka_unit_test_setup_teardown(function, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_three_files_come_out_and_prove_the_draw),
        STORE_TEST(test_the_workbook_shows_what_its_record_says),
        STORE_TEST(test_the_same_plan_gives_the_same_bytes),
        STORE_TEST(test_every_drawn_state_can_be_exported),
        STORE_TEST(test_nothing_drawn_is_nothing_to_export),
        STORE_TEST(test_a_wrong_folder_is_named),
        STORE_TEST(test_a_file_that_cannot_be_replaced_leaves_the_others),
        STORE_TEST(test_a_full_disk_leaves_nothing),
        STORE_TEST(test_a_stopped_export_leaves_nothing),
        STORE_TEST(test_a_workbook_with_a_row_too_few_is_caught),
        STORE_TEST(test_too_many_sheets_fail_at_the_close),
        cmocka_unit_test(test_numbers_and_rates_are_said_exactly),
        cmocka_unit_test(test_a_measure_is_said_whole),
        cmocka_unit_test(test_lines_are_counted_as_they_wrap),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
