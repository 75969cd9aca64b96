/* The short way of intake/bulk.h and the careful way come to the same database, row for row. */
#include "unit/scratch.h"

#include "base/buffer.h"
#include "base/uscc.h"
#include "intake/import.h"
#include "store/statement.h"
#include "unit/random.h"

#include <sqlite3.h>

#define SEEDS 24

static struct actor actor = {.name = "测试"};
static struct error error = ERROR_INIT;

/* Both ways, with a store each. */
static struct store *stores[2];
static const char *const names[] = {"careful.db", "short.db"};
static const uint64_t ways[] = {UINT64_MAX, 1};

static void open_stores(void) {
    actor.clock = clock_frozen(20261031);
    for (int i = 0; i < 2; i++) {
        assert_ok(store_open(&stores[i], scratch_path(names[i]), STORE_CREATE, &error), &error);
    }
}

static void close_stores(void) {
    for (int i = 0; i < 2; i++) {
        store_close(stores[i]);
    }
    scratch_empty(NULL);
}

/* ---- what a database holds ------------------------------------------------------------------- */

/* Every row of a table, value by value. */
static void dump_table(sqlite3 *database, const char *table, struct buffer *text) {
    char sql[128];
    sqlite3_stmt *rows = NULL;
    snprintf(sql, sizeof(sql), "SELECT * FROM %s ORDER BY 1, 2", table);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        buffer_printf(text, "%s", table);
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const unsigned char *value = sqlite3_column_text(rows, i);
            buffer_printf(text, "|%d:%s", sqlite3_column_type(rows, i),
                          value == NULL ? "" : (const char *)value);
        }
        buffer_append_char(text, '\n');
    }
    sqlite3_finalize(rows);
}

static char *dump(const char *name) {
    static const char *const tables[] = {"source", "enterprise",   "fact",   "fact_source", "batch",
                                         "reject", "batch_change", "remark", "journal"};
    struct buffer text = BUFFER_INIT;
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open_v2(scratch_path(name), &database, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        dump_table(database, tables[i], &text);
    }
    sqlite3_close(database);
    return buffer_take(&text);
}

static void expect_same_databases(const char *file, uint64_t seed) {
    char *careful = dump(names[0]);
    char *brief = dump(names[1]);
    size_t at = 0;
    while (careful[at] != '\0' && careful[at] == brief[at]) {
        at++;
    }
    if (careful[at] != brief[at]) {
        while (at > 0 && careful[at - 1] != '\n') {
            at--;
        }
        fail_msg("seed %llu, %s:\ncareful %.*s\nshort   %.*s", (unsigned long long)seed, file,
                 (int)strcspn(careful + at, "\n"), careful + at, (int)strcspn(brief + at, "\n"),
                 brief + at);
    }
    free(careful);
    free(brief);
}

/* ---- taking a file in ------------------------------------------------------------------------ */

/* Takes the file in both ways and compares what is said of it and what there is then. Returns how
 * many rows went the short way. */
static int64_t take_both(enum import_kind kind, const char *path, bool create_missing,
                         uint64_t seed) {
    struct import_report reports[2];
    for (int i = 0; i < 2; i++) {
        struct import_request request = {.kind = kind,
                                         .path = path,
                                         .create_missing = create_missing,
                                         .bulk_from = ways[i],
                                         .actor = &actor};
        assert_ok(import_file(stores[i], &request, &reports[i], NULL, &error), &error);
    }
    assert_memory_equal(&reports[0].counts, &reports[1].counts, sizeof(reports[0].counts));
    assert_int_equal(reports[0].changed_count, reports[1].changed_count);
    assert_memory_equal(reports[0].changed, reports[1].changed,
                        reports[0].changed_count * sizeof(int64_t));
    expect_same_databases(path, seed);
    assert_int_equal(reports[0].short_way, 0);
    int64_t brief = reports[1].short_way;
    for (int i = 0; i < 2; i++) {
        import_report_free(&reports[i]);
    }
    return brief;
}

/* ---- files ----------------------------------------------------------------------------------- */

#define PICK(random, list) list[random_next(random) % (sizeof(list) / sizeof((list)[0]))]

static bool one_in(random_state *random, int count) {
    return random_between(random, 1, count) == 1;
}

/* A valid code of a running number. */
static void put_uscc(int number, char code[USCC_SIZE]) {
    snprintf(code, USCC_SIZE, "91650102MA%07d", number % 10000000);
    code[17] = uscc_check_character(code);
    code[18] = '\0';
}

/* A registration number; even ones are shared by two enterprises now and then. */
static void put_number(int number, char text[16]) {
    snprintf(text, 16, "6501020%08u", (unsigned)number % 100000000U);
}

static void put_name(int number, char *name, size_t size) {
    static const char *const towns[] = {"天山区", "新市区", "米东区"};
    static const char *const trades[] = {"商贸", "食品", "信息科技（新疆）", "ABC餐饮"};
    snprintf(name, size, "乌鲁木齐市%s第%d%s有限公司", towns[number % 3], number / 2,
             trades[number % 4]);
}

/* A name as careless people write it. */
static void add_name(struct buffer *line, int number, random_state *random) {
    char name[160];
    put_name(number, name, sizeof(name));
    switch (random_between(random, 1, 24)) {
    case 1:
        buffer_printf(line, " %s ", name);
        break;
    case 2:
        buffer_printf(line, "%s？", name);
        break;
    case 3:
        buffer_printf(line, "\"%s\"", name);
        break;
    case 4:
        buffer_printf(line, "%s分公司", name);
        break;
    case 5:
        buffer_append_text(line, "张*");
        break;
    case 6:
        break;
    case 7:
        buffer_printf(line, "%s　", name);
        break;
    default:
        buffer_append_text(line, name);
    }
}

static void add_code(struct buffer *line, int number, random_state *random) {
    char code[USCC_SIZE];
    put_uscc(number, code);
    switch (random_between(random, 1, 30)) {
    case 1:
        break;
    case 2:
        buffer_append_text(line, "无");
        break;
    case 3:
        code[5] = 'Z';
        buffer_append_text(line, code);
        break;
    case 4:
        buffer_printf(line, "%.17s%c", code, code[17] == '0' ? 'O' : code[17]);
        break;
    case 5:
        buffer_printf(line, "%s(1-1)", code);
        break;
    case 6:
        buffer_printf(line, "'%s", code);
        break;
    case 7:
        for (char *at = code; *at != '\0'; at++) {
            *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        }
        buffer_append_text(line, code);
        break;
    default:
        buffer_append_text(line, code);
    }
}

static void add_number(struct buffer *line, int number, random_state *random) {
    char text[16];
    if (one_in(random, 3)) {
        put_number(one_in(random, 12) ? number + 1 : number, text);
        buffer_append_text(line, text);
    }
}

/* A row of a file of facts about one of so many enterprises. */
static void add_fact(struct buffer *line, int enterprises, random_state *random) {
    static const char *const types[] = {"行政处罚", "行政处罚", "食品抽检", "未年报",
                                        "penalty",  "抽查检查", " 举报",    "查无此类"};
    static const char *const days[] = {"2024-03-05", "2024/03/05", "2023年4月12日",
                                       "20230412",   "2022-13-40", "2021-01-01 10:00:00",
                                       "44744",      "无",         ""};
    static const char *const titles[] = {
        "未明码标价",  "无照经营",   "无",     "未知",     "虚假 广告", "不正当竞争", "",
        "\"含,逗号\"", "\"两\n行\"", "说“好”", "ABC  abc", "N/A",       "没有"};
    static const char *const agencies[] = {
        "天山区市场监督管理局", "天山区市场监管局", "", "—", "/", "未公示"};
    static const char *const amounts[] = {"",         "2000",   "2000.5", "2,000.00",
                                          "0.2万元",  "壹万元", "约两千", "100美元",
                                          "2000.555", "00012",  "无"};
    static const char *const levels[] = {"", "0", "2", "警告", "不合格", "12", "无"};
    static const char *const ends[] = {"",     "",           "",          "2024-06-01",
                                       "长期", "2020-01-01", "2099-01-01"};
    static const char *const states[] = {"", "", "", "有效", "撤销"};
    int number = random_between(random, 1, enterprises);
    add_code(line, number, random);
    buffer_append_char(line, ',');
    add_number(line, number, random);
    buffer_append_char(line, ',');
    add_name(line, number, random);
    buffer_printf(line, ",%s,%s,", PICK(random, types),
                  one_in(random, 3) ? PICK(random, days) : "2024-03-05");
    if (!one_in(random, 4)) {
        static const char *const marks[] = {"〔2024〕", "(2024)", "［2024］", " (2024) "};
        buffer_printf(line, "乌市监罚%s%d号", PICK(random, marks),
                      random_between(random, 1, enterprises));
    }
    buffer_printf(line, ",%s,%s,%s,%s,%s,%s", PICK(random, titles), PICK(random, agencies),
                  PICK(random, amounts), PICK(random, levels), PICK(random, ends),
                  PICK(random, states));
    if (one_in(random, 60)) {
        buffer_append_text(line, ",zu viel");
    }
}

static const char fact_header[] = "统一社会信用代码,注册号,企业名称,信息类型,发生日期,文号,事由,"
                                  "认定机关,金额(元),程度,结束日期,信息状态";

/* A file of facts: hints and repeated headers, blank lines, rows. */
static const char *write_facts(int rows, int enterprises, random_state *random) {
    struct buffer text = BUFFER_INIT;
    const char *line_end = one_in(random, 2) ? "\r\n" : "\n";
    buffer_printf(&text, "%s%s%s", one_in(random, 2) ? "\xEF\xBB\xBF" : "", fact_header, line_end);
    if (one_in(random, 3)) {
        buffer_printf(&text, "示例,,某某公司%s", line_end);
    }
    for (int i = 0; i < rows; i++) {
        if (one_in(random, 90)) {
            buffer_printf(&text, "%s%s", one_in(random, 2) ? fact_header : "  ", line_end);
        }
        add_fact(&text, enterprises, random);
        buffer_append_text(&text, i + 1 == rows && one_in(random, 2) ? "" : line_end);
    }
    const char *path = scratch_write("facts.csv", text.data, text.length);
    buffer_free(&text);
    return path;
}

static void add_enterprise(struct buffer *line, int number, random_state *random) {
    static const char *const kinds[] = {"有限责任公司", "个体工商户", "农民专业合作社", ""};
    static const char *const states[] = {"存续", "注销", "吊销", "", "怪"};
    static const char *const capitals[] = {"100", "100.5", "", "10美元", "壹百"};
    static const char *const days[] = {"2001-02-03", "2001/2/3", "", "2001-02-30"};
    static const char *const industries[] = {"5211", "F5211", "F", "", "9999"};
    static const char *const regions[] = {"650102", "", "650102001", "旧"};
    add_code(line, number, random);
    buffer_append_char(line, ',');
    add_number(line, number, random);
    buffer_append_char(line, ',');
    add_name(line, number, random);
    buffer_printf(line, ",%s,%s,%s,%s,%s,%s", PICK(random, kinds), PICK(random, states),
                  PICK(random, capitals), PICK(random, days), PICK(random, industries),
                  PICK(random, regions));
}

static const char *write_enterprises(int rows, int first, int enterprises, random_state *random) {
    struct buffer text = BUFFER_INIT;
    bool dirty = !one_in(random, 3);
    buffer_append_text(&text, "统一社会信用代码,注册号,企业名称,企业类型,登记状态,注册资本(万元),"
                              "成立日期,行业代码,住所行政区划\n");
    for (int i = 0; i < rows; i++) {
        random_state clean = 77;
        int number =
            dirty && one_in(random, 6) ? random_between(random, 1, enterprises) : first + i;
        if (!dirty && one_in(random, 2)) {
            char code[USCC_SIZE];
            char name[160];
            put_uscc(number, code);
            put_name(number, name, sizeof(name));
            buffer_printf(&text, "%s,,%s,有限责任公司,存续,%d,2001-02-03,5211,", code, name,
                          number);
        } else {
            add_enterprise(&text, number, dirty ? random : &clean);
        }
        buffer_append_char(&text, '\n');
    }
    const char *path = scratch_write("enterprises.csv", text.data, text.length);
    buffer_free(&text);
    return path;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void dirty_files_come_to_the_same(void **state) {
    (void)state;
    int64_t enterprises_brief = 0;
    int64_t facts_brief = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        random_state random = seed;
        int enterprises = random_between(&random, 3, 120);
        int rows = random_between(&random, 1, 400);
        open_stores();
        enterprises_brief +=
            take_both(IMPORT_ENTERPRISES, write_enterprises(enterprises, 1, enterprises, &random),
                      false, seed);
        facts_brief += take_both(IMPORT_FACTS, write_facts(rows, enterprises + 5, &random),
                                 one_in(&random, 2), seed);
        take_both(IMPORT_ENTERPRISES,
                  write_enterprises(enterprises / 2 + 1, enterprises - 1, enterprises, &random),
                  false, seed);
        take_both(IMPORT_FACTS, write_facts(rows, enterprises + 5, &random), one_in(&random, 2),
                  seed);
        take_both(IMPORT_FACTS, scratch_path("facts.csv"), false, seed);
        for (int i = 0; i < 2; i++) {
            assert_ok(store_check(stores[i], &error), &error);
        }
        close_stores();
    }
    /* Else nothing was compared. */
    assert_true(enterprises_brief > 0);
    assert_true(facts_brief > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dirty_files_come_to_the_same),
    };
    return cmocka_run_group_tests_name("intake_bulk", tests, scratch_make, scratch_remove);
}
