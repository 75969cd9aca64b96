#include "unit/scratch.h"

#include "base/buffer.h"
#include "base/uscc.h"
#include "intake/import.h"
#include "registry/enterprise.h"
#include "registry/fact.h"
#include "registry/fact_type.h"
#include "store/statement.h"

#include <signal.h>
#include <sys/wait.h>
#include <unicode/ucnv.h>

static struct store *store;
static struct actor actor = {.name = "测试"};

static int open_store(void **state) {
    struct error error = ERROR_INIT;
    (void)state;
    actor.clock = clock_frozen(20261031);
    enum result code = store_open(&store, scratch_path("county.db"), STORE_CREATE, &error);
    error_clear(&error);
    return code == RESULT_OK ? 0 : -1;
}

static int close_store(void **state) {
    store_close(store);
    store = NULL;
    return scratch_empty(state);
}

/* A valid code that is nobody's: a division of Xinjiang and a running number. */
static const char *uscc(int number) {
    static char codes[4][USCC_SIZE];
    static unsigned next;
    char *code = codes[next++ % 4];
    snprintf(code, USCC_SIZE, "91652323MAX%06d", number);
    code[17] = uscc_check_character(code);
    code[18] = '\0';
    return code;
}

static int64_t fetch(const char *sql) {
    struct error error = ERROR_INIT;
    int64_t number = -1;
    assert_ok(store_fetch_int(store, sql, NO_VALUES, -1, &number, &error), &error);
    return number;
}

static void expect_text(const char *sql, const char *expected) {
    struct error error = ERROR_INIT;
    char *text = NULL;
    assert_ok(store_fetch_text(store, sql, NO_VALUES, &text, &error), &error);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

/* Imports and checks that every row is accounted for. */
static struct batch_counts take(struct import_request request) {
    struct error error = ERROR_INIT;
    struct import_report report;
    request.actor = &actor;
    assert_ok(import_file(store, &request, &report, NULL, &error), &error);
    struct batch_counts counts = report.counts;
    assert_int_equal(counts.read,
                     counts.inserted + counts.updated + counts.unchanged + counts.rejected);
    int64_t rejects = 0;
    for (int i = 0; i < REASON_END; i++) {
        rejects += counts.rejects[i];
    }
    assert_int_equal(rejects, counts.rejected);
    if (report.batch != 0) {
        char sql[128];
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM reject WHERE batch = %lld",
                 (long long)report.batch);
        assert_int_equal(fetch(sql), counts.rejected);
    }
    import_report_free(&report);
    return counts;
}

static struct batch_counts take_text(enum import_kind kind, const char *profile, const char *text) {
    return take((struct import_request){.kind = kind,
                                        .path = scratch_write_text("in.csv", text),
                                        .said.profile = profile,
                                        .create_missing = true});
}

static void expect_counts(struct batch_counts counts, int64_t inserted, int64_t updated,
                          int64_t unchanged, int64_t rejected) {
    assert_int_equal(counts.inserted, inserted);
    assert_int_equal(counts.updated, updated);
    assert_int_equal(counts.unchanged, unchanged);
    assert_int_equal(counts.rejected, rejected);
}

/* A failed import must leave nothing at all. */
static void expect_failure(struct import_request request, enum result expected, const char *words) {
    struct error error = ERROR_INIT;
    struct import_report report;
    int64_t before = fetch("SELECT count(*) FROM journal") + fetch("SELECT count(*) FROM batch") +
                     fetch("SELECT count(*) FROM enterprise") + fetch("SELECT count(*) FROM fact");
    request.actor = &actor;
    assert_int_equal(import_file(store, &request, &report, NULL, &error), expected);
    if (strstr(error_sentence(&error), words) == NULL) {
        fail_msg("\"%s\" should say \"%s\"", error_sentence(&error), words);
    }
    error_clear(&error);
    assert_int_equal(fetch("SELECT count(*) FROM journal") + fetch("SELECT count(*) FROM batch") +
                         fetch("SELECT count(*) FROM enterprise") +
                         fetch("SELECT count(*) FROM fact"),
                     before);
}

/* ---- enterprises ----------------------------------------------------------------------------- */

static const char *enterprise_file(void) {
    static char text[4096];
    snprintf(
        text, sizeof(text),
        "呼图壁县市场主体名录（2026年10月）,,,\n"
        "*企业名称,统一社会信用代码,注册号,市场主体类型,法定代表人,注册资本,币种,成立日期,"
        "行业代码,登记状态,住所行政区划,住所,经营期限\n"
        "必填,必填,选填\n"
        "示例公司,91000000,,,,,,,,,,,\n"
        "某某县甲商贸有限公司,%s,652323050000001,有限责任公司,张某,\"5,350(万)\",人民币,"
        "2020/9/24,5211,K,652323,某路1号,2020-09-24至2040-09-23\n"
        "某某县乙餐馆, %s　,,个体工商户,李某,N/A,,44744,F5211,开业,652323100,,长期\n"
        "某某县丙（外资）有限公司,%s,,有限责任公司(外商投资),王某,100(万美元),,2023年04月12日,"
        "/,存续,,,\n"
        ",,,,\n"
        "某某县丁农民专业合作社,,652323050000009,农民专业合作社,赵某,500(万元人民币),,20200924,"
        "无,吊销，未注销,,,\n",
        uscc(1), uscc(2), uscc(3));
    return text;
}

static void test_enterprises(void **state) {
    (void)state;
    struct batch_counts counts = take_text(IMPORT_ENTERPRISES, NULL, enterprise_file());
    expect_counts(counts, 4, 0, 0, 0);
    assert_int_equal(fetch("SELECT capital FROM enterprise WHERE name LIKE '%甲%'"), 5350000000);
    assert_int_equal(fetch("SELECT established_on FROM enterprise WHERE name LIKE '%甲%'"),
                     20200924);
    assert_int_equal(fetch("SELECT expires_on FROM enterprise WHERE name LIKE '%甲%'"), 20400923);
    expect_text("SELECT industry FROM enterprise WHERE name LIKE '%甲%'", "F5211");
    expect_text("SELECT kind FROM enterprise WHERE name LIKE '%乙%'", "individual");
    expect_text("SELECT region FROM enterprise WHERE name LIKE '%乙%'", "652323100");
    assert_int_equal(fetch("SELECT established_on FROM enterprise WHERE name LIKE '%乙%'"),
                     20220702);
    assert_int_equal(fetch("SELECT expires_on FROM enterprise WHERE name LIKE '%乙%'"), -1);
    expect_text("SELECT capital_text FROM enterprise WHERE name LIKE '%丙%'", "100(万美元)");
    assert_int_equal(fetch("SELECT capital FROM enterprise WHERE name LIKE '%丙%'"), -1);
    expect_text("SELECT kind FROM enterprise WHERE name LIKE '%丁%'", "cooperative");
    expect_text("SELECT status FROM enterprise WHERE name LIKE '%丁%'", "revoked");
    assert_int_equal(fetch("SELECT line FROM enterprise WHERE name LIKE '%丁%'"), 9);

    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, enterprise_file()), 0, 0, 4, 0);
    assert_int_equal(fetch("SELECT count(*) FROM batch"), 2);
    assert_int_equal(fetch("SELECT count(*) FROM journal WHERE action = 'intake.import'"), 2);
}

static void test_retired_divisions(void **state) {
    (void)state;
    char text[512];
    snprintf(text, sizeof(text),
             "企业名称,统一社会信用代码,住所行政区划\n"
             "甲有限公司,%s,652222\n乙有限公司,%s,６５２１２２１００００１\n丙有限公司,%s,\n",
             uscc(1), uscc(2), uscc(3));
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, text), 3, 0, 0, 0);
    expect_text("SELECT region FROM enterprise WHERE name LIKE '甲%'", "650521");
    expect_text("SELECT region FROM enterprise WHERE name LIKE '乙%'", "650421100");
    expect_text("SELECT region FROM enterprise WHERE name LIKE '丙%'", "652323");
}

/* Another spelling of the brackets is no change; another name is. */
static void test_names(void **state) {
    (void)state;
    char text[512];
    snprintf(text, sizeof(text), "企业名称,统一社会信用代码\n某某（县）公司,%s\n", uscc(1));
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, text), 1, 0, 0, 0);
    snprintf(text, sizeof(text), "企业名称,统一社会信用代码\n某某(县) 公司,%s\n", uscc(1));
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, text), 0, 0, 1, 0);
    snprintf(text, sizeof(text), "企业名称,统一社会信用代码\n某某县新名公司,%s\n", uscc(1));
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, text), 0, 1, 0, 0);
    assert_int_equal(fetch("SELECT count(*) FROM journal WHERE action = 'enterprise.update'"), 1);
    /* without a code: the one of that name, or nobody */
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL,
                            "企业名称,统一社会信用代码\n某某县新名公司,\n某某县无码公司,不详\n"),
                  0, 0, 1, 1);
}

/* The same enterprise twice in one file: more of it is fine, a contradiction is for a person. */
static void test_enterprise_twice(void **state) {
    (void)state;
    char text[1024];
    snprintf(text, sizeof(text),
             "企业名称,统一社会信用代码,法定代表人,住所\n甲公司,%s,张某,\n甲公司,%s,,某路\n"
             "甲公司,%s,李某,\n",
             uscc(1), uscc(1), uscc(1));
    struct batch_counts counts = take_text(IMPORT_ENTERPRISES, NULL, text);
    expect_counts(counts, 1, 1, 0, 1);
    assert_int_equal(counts.rejects[REASON_conflict], 1);
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, text), 0, 0, 2, 1);
    expect_text("SELECT legal_person FROM enterprise", "张某");
}

/* ---- facts ----------------------------------------------------------------------------------- */

static const char *tax_file(void) {
    static char text[8192];
    snprintf(
        text, sizeof(text),
        "纳税人识别号,纳税人名称,行政处罚文号,案件名称,处罚类别,处罚事由,税务行政处罚依据,"
        "法定代表人姓名,身份类型名称,处罚结果,罚款金额,处罚机构,处罚日期\n"
        "%s,甲公司,某税罚〔2026〕1 号,案,一般程序处罚,丢失发票,\"依据\n第二行\",张*,居民身份证,"
        "罚款2000元,,某税务所,2026/9/24\n"
        "%s,甲公司,某税罚〔2026〕2 号,案,一般程序处罚,丢失发票,依据,张*,居民身份证,"
        "罚款300.5元,300.5,某税务所,2026/9/25 10:00\n"
        "%s,甲公司,某税罚〔2026〕2 号,案,一般程序处罚,丢失发票,依据,张*,居民身份证,"
        "罚款300.5元,300.5,某税务所,2026/9/25\n"
        "%s,甲公司,某税罚〔2026〕2 号,案,一般程序处罚,丢失发票,依据,张*,居民身份证,"
        "罚款999元,,某税务所,2026/9/25\n"
        "652323050000001,乙商店,某税罚〔2026〕3 号,案,一般程序处罚,丢失发票,依据,李*,居民身份证,"
        "罚款80元,,某税务所,2026/9/26\n"
        "652323************,丙摊,某税罚〔2026〕4 号,案,一般程序处罚,丢失发票,依据,王*,居民身份证,"
        "罚款80元,,某税务所,2026/9/26\n"
        "652323************,乙商店,某税罚〔2026〕5 号,案,一般程序处罚,丢失发票,依据,王*,"
        "居民身份证,罚款80元,,某税务所,2026/9/26\n",
        uscc(1), uscc(1), uscc(1), uscc(1));
    return text;
}

static void test_facts(void **state) {
    (void)state;
    struct batch_counts counts = take_text(IMPORT_FACTS, NULL, tax_file());
    expect_counts(counts, 4, 0, 1, 2);
    assert_int_equal(counts.stubs, 2);
    assert_int_equal(counts.rejects[REASON_conflict], 1);
    assert_int_equal(counts.rejects[REASON_unknown_name], 1);
    assert_int_equal(counts.said[REMARK_code_unusable], 1);
    assert_int_equal(fetch("SELECT count(*) FROM enterprise WHERE stub = 1"), 2);
    assert_int_equal(fetch("SELECT amount FROM fact WHERE document LIKE '%1 号'"), 200000);
    assert_int_equal(fetch("SELECT amount FROM fact WHERE document LIKE '%2 号'"), 30050);
    assert_int_equal(fetch("SELECT level FROM fact WHERE document LIKE '%2 号'"), 2);
    assert_int_equal(fetch("SELECT occurred_on FROM fact WHERE document LIKE '%2 号'"), 20260925);
    assert_int_equal(fetch("SELECT line FROM fact WHERE document LIKE '%2 号'"), 4);
    assert_int_equal(fetch("SELECT line FROM reject WHERE reason = 'conflict'"), 6);
    expect_text("SELECT e.registration_number FROM fact f JOIN enterprise e ON e.id = f.id >> 20 "
                "WHERE document LIKE '%5 号'",
                "652323050000001");
    counts = take_text(IMPORT_FACTS, "beijing-tax-penalties", tax_file());
    expect_counts(counts, 0, 0, 5, 2);
    assert_int_equal(counts.stubs, 0);
}

/* The person's number in a cell that should hold a code is not spread further. */
static void test_person_numbers(void **state) {
    (void)state;
    struct batch_counts counts = take_text(IMPORT_FACTS, "facts",
                                           "企业名称,统一社会信用代码,信息类型,发生日期\n"
                                           "甲摊,652323197001010011X0,行政处罚,2026-01-01\n"
                                           "王*某,,行政处罚,2026-01-01\n");
    expect_counts(counts, 0, 0, 0, 2);
    assert_int_equal(counts.rejects[REASON_person], 1);
    assert_int_equal(fetch("SELECT count(*) FROM reject WHERE sentence LIKE '%19700101%'"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM reject WHERE sentence LIKE '%652323****%'"), 1);
}

static void test_without_create_missing(void **state) {
    (void)state;
    struct batch_counts counts =
        take((struct import_request){.kind = IMPORT_FACTS,
                                     .path = scratch_write_text("in.csv", tax_file()),
                                     .said.profile = "beijing-tax-penalties"});
    expect_counts(counts, 0, 0, 0, 7);
    assert_int_equal(counts.rejects[REASON_unknown_code], 5);
    assert_int_equal(fetch("SELECT count(*) FROM enterprise"), 0);
}

/* Rows that name their enterprise by code come first, wherever they stand. */
static void test_order_of_rows(void **state) {
    (void)state;
    char text[1024];
    snprintf(text, sizeof(text),
             "企业名称,统一社会信用代码,信息类型,发生日期,文号\n"
             "甲公司,,行政处罚,2026-01-01,1号\n"
             "甲公司,652323050000001,行政处罚,2026-01-02,2号\n"
             "别名公司,652323050000001,行政处罚,2026-01-03,3号\n"
             "甲公司,%s,行政处罚,2026-01-04,4号\n",
             uscc(1));
    struct batch_counts counts = take_text(IMPORT_FACTS, "facts", text);
    expect_counts(counts, 4, 0, 0, 0);
    assert_int_equal(counts.stubs, 1);
    assert_int_equal(counts.said[REMARK_number_unknown], 1);
    assert_int_equal(counts.said[REMARK_name_differs], 1);
    assert_int_equal(fetch("SELECT count(DISTINCT id >> 20) FROM fact"), 1);
    expect_counts(take_text(IMPORT_FACTS, "facts", text), 0, 0, 4, 0);
}

static void test_several_of_one_name(void **state) {
    (void)state;
    char text[2048] = "企业名称,统一社会信用代码\n";
    for (int i = 1; i <= 7; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "同名公司,%s\n", uscc(i));
    }
    expect_counts(take_text(IMPORT_ENTERPRISES, NULL, text), 7, 0, 0, 0);
    struct batch_counts counts =
        take_text(IMPORT_FACTS, "beijing-abnormal-operations", "企业名称\n同名公司\n无此公司\n");
    expect_counts(counts, 0, 0, 0, 2);
    assert_int_equal(counts.rejects[REASON_ambiguous_name], 1);
    assert_int_equal(counts.rejects[REASON_unknown_name], 1);
    struct error error = ERROR_INIT;
    char *sentence = NULL;
    assert_ok(store_fetch_text(store, "SELECT sentence FROM reject WHERE reason = 'ambiguous_name'",
                               NO_VALUES, &sentence, &error),
              &error);
    assert_non_null(strstr(sentence, uscc(1)));
    assert_non_null(strstr(sentence, uscc(5)));
    assert_null(strstr(sentence, uscc(6)));
    free(sentence);
}

/* A list without days: the day of the file stands in once and stays. */
static void test_day_of_the_file(void **state) {
    (void)state;
    char text[256];
    snprintf(text, sizeof(text), "企业名称,统一社会信用代码\n甲公司,%s\n", uscc(1));
    take_text(IMPORT_ENTERPRISES, NULL, text);
    struct import_request request = {.kind = IMPORT_FACTS,
                                     .path = scratch_write_text("list.csv", "企业名称\n甲公司\n"),
                                     .said.profile = "beijing-abnormal-operations",
                                     .as_of = 20261001};
    expect_counts(take(request), 1, 0, 0, 0);
    request.as_of = 20261115;
    expect_counts(take(request), 0, 0, 1, 0);
    request.as_of = DATE_NONE;
    expect_counts(take(request), 0, 0, 1, 0);
    assert_int_equal(fetch("SELECT occurred_on FROM fact"), 20261001);
    assert_int_equal(fetch("SELECT count(*) FROM fact"), 1);
}

/* What persons decided about a fact, a file that says nothing of it does not undo (X10). */
static void test_status_is_kept(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    take_text(IMPORT_FACTS, NULL, tax_file());
    assert_ok(store_execute(store, "UPDATE fact SET status = 1 WHERE document LIKE '%1 号'",
                            NO_VALUES, &error),
              &error);
    expect_counts(take_text(IMPORT_FACTS, NULL, tax_file()), 0, 0, 5, 2);
    assert_int_equal(fetch("SELECT status FROM fact WHERE document LIKE '%1 号'"), 1);
    /* a file that does speak of it does change it */
    char text[512];
    snprintf(text, sizeof(text),
             "企业名称,统一社会信用代码,信息类型,发生日期,文号,信息状态\n"
             "甲公司,%s,其他部门行政处罚,2026-09-24,某税罚〔2026〕1号,有效\n",
             uscc(1));
    expect_counts(take_text(IMPORT_FACTS, "facts", text), 0, 1, 0, 0);
    assert_int_equal(fetch("SELECT status FROM fact WHERE document LIKE '%1 号' OR document LIKE "
                           "'%1号'"),
                     0);
}

/* Bad cells, each a row rejected with its reason; blank days are never made up. */
static void test_bad_rows(void **state) {
    (void)state;
    static const struct {
        const char *row;
        enum reason reason;
    } cases[] = {
        {"甲公司,%s,行政处罚,,,,", REASON_no_date},
        {"甲公司,%s,行政处罚,去年,,,", REASON_bad_value},
        {"甲公司,%s,行政处罚,1/2/2026,,,", REASON_bad_value},
        {"甲公司,%s,表扬信,2026-01-01,,,", REASON_unknown_word},
        {"甲公司,%s,,2026-01-01,,,", REASON_unknown_word},
        {"甲公司,%s,行政处罚,2026-01-01,不少,,", REASON_bad_value},
        {"甲公司,%s,行政处罚,2026-01-01,,很重,", REASON_unknown_word},
        {"甲公司,%s,行政处罚,2026-01-01,,,2025-01-01", REASON_rules},
        {"甲公司,%s,行政处罚,2026-01-01,,,,,,多出的,一格", REASON_columns},
        {"甲\xEF\xBF\xBD司,%s,行政处罚,2026-01-01,,,", REASON_encoding},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer text = BUFFER_INIT;
        char row[256];
        snprintf(row, sizeof(row), "%s", cases[i].row);
        char *place = strstr(row, "%s");
        buffer_append_text(&text,
                           "企业名称,统一社会信用代码,信息类型,发生日期,金额(元),程度,结束日期\n");
        buffer_append(&text, row, (size_t)(place - row));
        buffer_printf(&text, "%s%s\n", uscc(1), place + 2);
        struct batch_counts counts = take_text(IMPORT_FACTS, "facts", buffer_text(&text));
        if (counts.rejected != 1 || counts.rejects[cases[i].reason] != 1) {
            fail_msg("\"%s\" should be rejected for %s", cases[i].row,
                     reason_code(cases[i].reason));
        }
        buffer_free(&text);
    }
    /* nothing of a rejected row stays, not even the enterprise it would have entered */
    assert_int_equal(fetch("SELECT count(*) FROM enterprise"), 0);
    struct batch_counts counts =
        take_text(IMPORT_FACTS, "facts",
                  "企业名称,统一社会信用代码,信息类型,发生日期\n,,行政处罚,2026-01-01\n");
    assert_int_equal(counts.rejects[REASON_no_subject], 1);
}

/* GB18030 with full-width codes, a stray broken byte, and line breaks in cells. */
static void test_gb18030(void **state) {
    (void)state;
    char text[1024];
    char bytes[1024];
    UErrorCode status = U_ZERO_ERROR;
    snprintf(text, sizeof(text),
             "单位名称,营业执照注册号,统一社会信用代码,违法事实认定依据（处罚类别）,处罚依据,"
             "处罚决定（处罚事由）,处罚机关单位,立案日期,项目ID\n"
             "某甲公司,%s ,,\"依据\n条\",依据,处五千元罚款。,某局,21/9/2026 00:00:00,a-1\n"
             "某乙公司,无 ,９１%s,依据,依据,给予警告。,某局,1/3/2026 00:00:00,a-2\n"
             "某丙公司,,%s,依据,依据,处五万元罚款。,某局,,a-3\n",
             uscc(1), uscc(2) + 2, uscc(3));
    int32_t length = ucnv_convert("GB18030", "UTF-8", bytes, sizeof(bytes), text, -1, &status);
    assert_true(U_SUCCESS(status));
    struct import_request request = {.kind = IMPORT_FACTS,
                                     .path = scratch_write("in.csv", bytes, (size_t)length),
                                     .create_missing = true};
    struct batch_counts counts = take(request);
    expect_counts(counts, 2, 0, 0, 1);
    assert_int_equal(counts.rejects[REASON_no_date], 1);
    assert_int_equal(fetch("SELECT amount FROM fact WHERE occurred_on = 20260921"), 500000);
    assert_int_equal(fetch("SELECT level FROM fact WHERE occurred_on = 20260301"), 1);
    char *name = strstr(bytes, uscc(1));
    assert_non_null(name);
    name[-2] = (char)0xFF; /* in the name of the first */
    request.path = scratch_write("in.csv", bytes, (size_t)length);
    counts = take(request);
    expect_counts(counts, 0, 0, 1, 2);
    assert_int_equal(counts.rejects[REASON_encoding], 1);
}

/* ---- whole or not at all -----------------------------------------------------------------------
 */

static const char *many_rows(int rows) {
    struct buffer text = BUFFER_INIT;
    buffer_append_text(&text, "企业名称,统一社会信用代码,信息类型,发生日期,文号\n");
    for (int i = 0; i < rows; i++) {
        buffer_printf(&text, "公司%d,%s,行政处罚,2026-01-01,%d号\n", i, uscc(i), i);
    }
    const char *path = scratch_write("many.csv", text.data, text.length);
    buffer_free(&text);
    return path;
}

static bool stop_half_way(void *context, uint64_t done, uint64_t total) {
    int *calls = context;
    (void)done;
    (void)total;
    return ++*calls < 4;
}

static void test_cancel(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct import_report report;
    int calls = 0;
    struct progress progress = {stop_half_way, &calls};
    struct import_request request = {.kind = IMPORT_FACTS,
                                     .path = many_rows(3000),
                                     .said.profile = "facts",
                                     .create_missing = true,
                                     .actor = &actor};
    assert_int_equal(import_file(store, &request, &report, &progress, &error), RESULT_CANCELLED);
    error_clear(&error);
    assert_int_equal(calls, 4);
    assert_int_equal(fetch("SELECT count(*) FROM enterprise"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM fact"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM batch"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM journal"), 0);
    assert_int_equal(import_file(store, &request, &report, NULL, &error), RESULT_OK);
    assert_int_equal(report.counts.inserted, 3000);
    import_report_free(&report);
}

static bool kill_half_way(void *context, uint64_t done, uint64_t total) {
    int *calls = context;
    (void)done;
    (void)total;
    if (++*calls == 8) {
        kill(getpid(), SIGKILL);
    }
    return true;
}

/* A process that dies in the middle leaves the database as it was. */
static void test_kill(void **state) {
    (void)state;
    const char *path = many_rows(3000);
    store_close(store);
    store = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct error error = ERROR_INIT;
        struct store *other = NULL;
        struct import_report report;
        int calls = 0;
        struct progress progress = {kill_half_way, &calls};
        struct import_request request = {.kind = IMPORT_FACTS,
                                         .path = path,
                                         .said.profile = "facts",
                                         .create_missing = true,
                                         .actor = &actor};
        if (store_open(&other, scratch_path("county.db"), STORE_OPEN, &error) == RESULT_OK) {
            import_file(other, &request, &report, &progress, &error);
        }
        _exit(1); /* not killed: the test fails */
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    struct error error = ERROR_INIT;
    assert_ok(store_open(&store, scratch_path("county.db"), STORE_OPEN, &error), &error);
    assert_ok(store_check(store, &error), &error);
    assert_int_equal(fetch("SELECT count(*) FROM enterprise"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM batch"), 0);
}

static void test_dry_run(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct import_report report;
    struct import_request request = {.kind = IMPORT_FACTS,
                                     .path = scratch_write_text("in.csv", tax_file()),
                                     .create_missing = true,
                                     .dry_run = true,
                                     .rejects_path = scratch_path("rejects.csv"),
                                     .actor = &actor};
    assert_ok(import_file(store, &request, &report, NULL, &error), &error);
    assert_int_equal(report.counts.inserted, 4);
    assert_int_equal(report.counts.stubs, 2);
    assert_int_equal(report.batch, 0);
    assert_true(report.rejects_written);
    assert_string_equal(report.profile, "beijing-tax-penalties");
    import_report_free(&report);
    assert_int_equal(fetch("SELECT count(*) FROM enterprise"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM batch"), 0);
    assert_int_equal(fetch("SELECT count(*) FROM journal"), 0);
    expect_counts(take_text(IMPORT_FACTS, NULL, tax_file()), 4, 0, 1, 2);
}

static void test_refused_files(void **state) {
    (void)state;
    struct import_request request = {.kind = IMPORT_FACTS, .path = scratch_path("none.csv")};
    expect_failure(request, RESULT_NOT_FOUND, "none.csv");
    request.path = scratch_write_text("in.csv", "甲,乙\n1,2\n");
    expect_failure(request, RESULT_USAGE, "--map");
    request.said.profile = "beijing-tax-penalties";
    expect_failure(request, RESULT_INVALID, "纳税人识别号");
    request.said.profile = "no-such";
    expect_failure(request, RESULT_NOT_FOUND, "beijing-tax-penalties");
    request.said.profile = "enterprises";
    expect_failure(request, RESULT_USAGE, "enterprises");
    request.said.profile = "facts";
    request.path = scratch_write_text("in.csv", tax_file());
    request.rejects_path = request.path;
    expect_failure(request, RESULT_USAGE, "in.csv");
}

/* A rule broken in the middle of the file ends it all: the quotation mark of line 2. */
static void test_damage_in_the_middle(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    buffer_append_text(&text, "企业名称,统一社会信用代码,信息类型,发生日期,文号\n");
    for (int i = 0; i < 40000; i++) {
        buffer_printf(&text, "公司%d,%s,行政处罚,2026-01-01,%s%d号\n", i, uscc(i),
                      i == 9000 ? "\"" : "", i);
    }
    struct import_request request = {.kind = IMPORT_FACTS,
                                     .said.profile = "facts",
                                     .create_missing = true,
                                     .path = scratch_write("in.csv", text.data, text.length)};
    expect_failure(request, RESULT_INVALID, "in.csv:9002:");
    buffer_free(&text);
}

/* ---- rejects ------------------------------------------------------------------------------------
 */

/* Replaces the first `from` in a text. */
static char *replace(const char *text, const char *from, const char *to) {
    const char *place = strstr(text, from);
    assert_non_null(place);
    struct buffer made = BUFFER_INIT;
    buffer_append(&made, text, (size_t)(place - text));
    buffer_append_text(&made, to);
    buffer_append_text(&made, place + strlen(from));
    return buffer_take(&made);
}

/* Mended in the rejects file, the rows come in, and what is still wrong keeps the same columns. */
static void test_mending_rejects(void **state) {
    (void)state;
    char text[1024];
    snprintf(text, sizeof(text),
             "某年处罚情况,,\n企业名称,统一社会信用代码,信息类型,发生日期,文号\n"
             "甲公司,%s,行政处罚,2026-01-01,1号\n"
             "乙公司,%s,行政处罚,昨天,2号\n"
             "丙公司,%s,行政处罚,\"前,天\",3号\n",
             uscc(1), uscc(2), uscc(3));
    struct import_request request = {.kind = IMPORT_FACTS,
                                     .said.profile = "facts",
                                     .create_missing = true,
                                     .path = scratch_write_text("in.csv", text),
                                     .rejects_path = scratch_path("rejects.csv")};
    expect_counts(take(request), 1, 0, 0, 2);
    char *rejects = scratch_read(request.rejects_path);
    assert_non_null(rejects);
    assert_int_equal(memcmp(rejects, "\xEF\xBB\xBF原因,行号,企业名称,统一社会信用代码", 40), 0);
    assert_non_null(strstr(rejects, ",4,乙公司,"));
    assert_non_null(strstr(rejects, "\"前,天\",3号\r\n"));

    char *mended = replace(rejects, "行政处罚,昨天", "行政处罚,2026-01-02");
    request.path = scratch_write_text("mended.csv", mended);
    request.rejects_path = scratch_path("again.csv");
    expect_counts(take(request), 1, 0, 0, 1);
    char *again = scratch_read(request.rejects_path);
    assert_non_null(again);
    assert_int_equal(memcmp(again, "\xEF\xBB\xBF原因,行号,企业名称,统一社会信用代码", 40), 0);
    assert_null(strstr(strstr(again, "企业名称"), "原因"));
    assert_int_equal(fetch("SELECT count(*) FROM fact"), 2);
    free(rejects);
    free(mended);
    free(again);
}

int main(void) {
#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_enterprises),
        WITH_STORE(test_retired_divisions),
        WITH_STORE(test_names),
        WITH_STORE(test_enterprise_twice),
        WITH_STORE(test_facts),
        WITH_STORE(test_person_numbers),
        WITH_STORE(test_without_create_missing),
        WITH_STORE(test_order_of_rows),
        WITH_STORE(test_several_of_one_name),
        WITH_STORE(test_day_of_the_file),
        WITH_STORE(test_status_is_kept),
        WITH_STORE(test_bad_rows),
        WITH_STORE(test_gb18030),
        WITH_STORE(test_cancel),
        WITH_STORE(test_kill),
        WITH_STORE(test_dry_run),
        WITH_STORE(test_refused_files),
        WITH_STORE(test_damage_in_the_middle),
        WITH_STORE(test_mending_rejects),
    };
    return cmocka_run_group_tests_name("intake/import", tests, scratch_make, scratch_remove);
}
