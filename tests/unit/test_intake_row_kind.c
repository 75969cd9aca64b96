#include "unit/unit.h"

#include "base/uscc.h"
#include "intake/catalog.h"
#include "intake/row_kind.h"

#include <stdio.h>
#include <string.h>

/* A binding of the general profile of enterprises to name, code and address. */
static struct profile *profile;
static struct arena *arena;
static struct binding binding;
static struct binding noted; /* to the same, with remarks before the name */
static const char *const headers[] = {"企业名称", "统一社会信用代码", "住所", "成立日期"};
static const char *const noted_headers[] = {"备注", "企业名称", "住所", "成立日期"};

static int bind(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    bool failed = false;
    struct row header = {.cells = headers, .count = 4, .width = 4, .line = 1};
    struct row noted_header = {.cells = noted_headers, .count = 4, .width = 4, .line = 1};
    arena = arena_new();
    assert_non_null(arena);
    assert_ok(
        profile_parse(&profile, catalog_general_document(IMPORT_ENTERPRISES), "general", &error),
        &error);
    assert_true(binding_make(&binding, profile, &header, arena, NULL, &failed));
    assert_true(binding_make(&noted, profile, &noted_header, arena, NULL, &failed));
    return 0;
}

static int release(void **state) {
    (void)state;
    profile_free(profile);
    arena_free(arena);
    return 0;
}

static void expect_in(const struct binding *in, enum row_kind kind, int64_t under, const char *a,
                      const char *b, const char *c, const char *d) {
    const char *cells[] = {a, b, c, d};
    struct row row = {.cells = cells, .count = 4, .width = 4, .line = 2};
    while (row.count > 0 && cells[row.count - 1][0] == '\0') {
        row.count--;
    }
    if (row_kind_of(in, &row, under) != kind) {
        fail_msg("%s|%s|%s|%s is %d, not %d", a, b, c, d, row_kind_of(in, &row, under), kind);
    }
}

static void expect(enum row_kind kind, int64_t under, const char *a, const char *b, const char *c,
                   const char *d) {
    expect_in(&binding, kind, under, a, b, c, d);
}

/* What stands before a name says nothing against it. */
static void test_remarks_before_a_name(void **state) {
    (void)state;
    expect_in(&noted, ROW_DATA, 900, "负责人：张三", "呼图壁县某商贸有限公司", "", "");
    expect_in(&noted, ROW_DATA, 900, "注：已迁出", "甲店", "", "");
    expect_in(&noted, ROW_DATA, 900, "合计", "甲店", "", "");
    expect_in(&noted, ROW_DATA, 1, "说明：已迁出", "甲店", "", "");
    expect_in(&noted, ROW_FOOTER, 900, "注：已迁出", "", "", "");
    expect_in(&noted, ROW_FOOTER, 900, "制表人：张三", "审核人：李四", "", "");
    expect_in(&noted, ROW_FOOTER, 900, "制表人：", "张三", "", "");
    expect_in(&noted, ROW_FOOTER, 900, "合计", "30", "", "");
}

static void test_what_is_passed_over(void **state) {
    (void)state;
    expect(ROW_HEADER_AGAIN, 40, headers[0], headers[1], headers[2], headers[3]);
    expect(ROW_HINT, 1, "必填", "必填，18位", "选填", "格式：2020-01-01");
    expect(ROW_HINT, 1, "", "（必填）", "", "");
    expect(ROW_EXAMPLE, 2, "案例（请删除）", "91652323MA00000010", "某路", "2020-01-01");
    expect(ROW_EXAMPLE, 1, "示例", "91652323MA00000010", "某路", "2020-01-01");
    expect(ROW_EXAMPLE, 1, "例：某某商贸有限公司", "", "", "");
    expect(ROW_NUMBERS, 1, "1", "2", "3", "4");
    expect(ROW_NUMBERS, 1, "(1)", "(2)", "(3)", "(4)");
    expect(ROW_UNITS, 1, "单位：万元", "", "", "");
    expect(ROW_FOOTER, 900, "合计", "", "", "30");
    expect(ROW_FOOTER, 900, "合计：30户", "", "", "");
    expect(ROW_FOOTER, 900, "制表人：王五", "", "审核人：赵六", "");
    expect(ROW_FOOTER, 900, "共 30 户", "", "", "");
    expect(ROW_FOOTER, 900, "第 1 页 共 3 页", "", "", "");
    expect(ROW_FOOTER, 900, "　　注：数据截至九月", "", "", "");
}

/* Whatever may be data is data: enterprises have all kinds of names. */
static void test_what_is_data(void **state) {
    (void)state;
    expect(ROW_DATA, 1, "呼图壁县某商贸有限公司", "91652323MA00000010", "某路", "2020-01-01");
    expect(ROW_DATA, 1, "示例商贸有限公司", "91652323MA00000010", "某路", "2020-01-01");
    expect(ROW_DATA, 1, "案例咨询服务有限公司", "", "某路", "");
    expect(ROW_DATA, 9, "合计商贸有限公司", "", "", "");
    expect(ROW_DATA, 9, "合计商贸有限公司", "", "幸福路1号", "2020-01-01");
    expect(ROW_DATA, 9, "共和街道便民超市", "", "", "");
    expect(ROW_DATA, 9, "第一百货商店", "", "", "");
    expect(ROW_DATA, 9, "注册会计师事务所有限公司", "", "", "");
    expect(ROW_DATA, 9, "制表设备有限责任公司", "", "", "");
    expect(ROW_DATA, 9, "甲", "", "", "");
    expect(ROW_DATA, 9, "", "", "某路", "");
    expect(ROW_DATA, 9, "1", "2", "3", "4"); /* far below the header these are no numbers */
    expect(ROW_DATA, 9, "必填", "", "", "");
}

/* A valid code, made here so that it is nobody's. */
static const char *code(void) {
    static char uscc[USCC_SIZE];
    snprintf(uscc, sizeof(uscc), "91652323MA0000001");
    uscc[USCC_LENGTH - 1] = uscc_check_character(uscc);
    return uscc;
}

static void test_templates(void **state) {
    (void)state;
    expect(ROW_HINT, 1, "文本", "18位", "文本", "yyyy-mm-dd");
    expect(ROW_HINT, 1, "营业执照上的名称", "必填", "选填", "选填");
    expect(ROW_HINT, 1, "必填，营业执照上的企业名称全称", "必填", "", "");
    expect(ROW_HINT, 2, "填写说明：一行一户，不得合并单元格", "", "", "");
    expect(ROW_HINT, 1, "*必填", "", "", "【选填】");
    expect(ROW_EXAMPLE, 1, "示例（请删除）", code(), "某路", "2020-01-01");
    expect(ROW_EXAMPLE, 1, "某某公司", code(), "某路", "示例，导入前请删除");
    expect(ROW_EXAMPLE, 1, "（示例）", code(), "", "");
    expect(ROW_EXAMPLE, 1, "示例1", "", "", "");
    expect(ROW_EXAMPLE, 1, "【示例】某公司", "", "", "");
    expect(ROW_EXAMPLE, 1, "示例公司", "91000000", "", "");
    expect(ROW_NUMBERS, 1, "①", "②", "③", "④");
    expect(ROW_NUMBERS, 1, "１", "２", "３", "４");
    expect(ROW_NUMBERS, 1, "甲", "乙", "1", "2");
    expect(ROW_NUMBERS, 1, "栏次", "1", "2", "3=1+2");
    expect(ROW_NUMBERS, 1, "", "2", "3", "4");
    expect(ROW_UNITS, 1, "（单位：户、万元）", "", "", "");
    expect(ROW_UNITS, 1, "", "", "", "（万元）");
    expect(ROW_UNITS, 1, "单位:元/户", "", "", "");
    expect(ROW_HEADER_AGAIN, 1, headers[0], headers[1], "", "");
    expect(ROW_HEADER_AGAIN, 99, "企业 名称", headers[1], headers[2], headers[3]);
}

static void test_footers(void **state) {
    (void)state;
    expect(ROW_FOOTER, 900, "合计", "", "", "");
    expect(ROW_FOOTER, 900, "合 计", "30", "1,200.50", "45%");
    expect(ROW_FOOTER, 900, "", "小计", "", "30户");
    expect(ROW_FOOTER, 900, "总计户数", "", "", "30");
    expect(ROW_FOOTER, 900, "本页小计：30", "", "", "");
    expect(ROW_FOOTER, 900, "合计30户", "", "", "");
    expect(ROW_FOOTER, 900, "共计30条记录", "", "", "");
    expect(ROW_FOOTER, 900, "共30户企业。", "", "", "");
    expect(ROW_FOOTER, 900, "第1页/共3页", "", "", "");
    expect(ROW_FOOTER, 900, "制表人", "王五", "审核人", "赵六");
    expect(ROW_FOOTER, 900, "制表人王五", "", "", "");
    expect(ROW_FOOTER, 900, "审核：", "", "", "");
    expect(ROW_FOOTER, 900, "制表单位：某某县市场监督管理局", "", "", "2026年10月");
    expect(ROW_FOOTER, 900, "数据来源于登记系统", "", "", "");
    expect(ROW_FOOTER, 900, "备注：含分支机构", "", "", "");
    expect(ROW_FOOTER, 900, "注1：含分支机构", "", "", "");
    expect(ROW_FOOTER, 900, "以上数据截至九月底", "", "", "");
    expect(ROW_FOOTER, 900, "以下空白", "", "", "");
    expect(ROW_FOOTER, 2, "合计", "", "", "0"); /* of a file without data */
    /* a note longer than any value */
    expect(ROW_FOOTER, 900,
           "说明：一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
           "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
           "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
           "", "", "");
}

/* Each stands close to one of the above and must not be lost. */
static void test_what_is_nearly_none(void **state) {
    (void)state;
    static const char *const names[] = {"合计商贸有限公司", "合计1号店",
                                        "总计算机有限公司", "小计餐馆",
                                        "共10家火锅店",     "第1家餐厅",
                                        "第8号当铺",        "第3页书店",
                                        "共享单车有限公司", "制表厂",
                                        "审核咨询有限公司", "打印店",
                                        "打印社",           "复核会计师事务所",
                                        "以上海鲜餐馆",     "以上数据科技公司",
                                        "说明文化有限公司", "备注书店",
                                        "注册会计师事务所", "本草堂药房",
                                        "统计师事务所",     "数据来源科技公司",
                                        "单位食堂",         "联系人广告有限公司",
                                        "经办人事务所",     "格式塔咨询中心",
                                        "填写未来文具店",   "如意饭店",
                                        "例外服饰店",       "例行茶馆",
                                        "案例1号酒吧",      "案例行动咨询公司",
                                        "示例商贸有限公司", "案例（北京）咨询有限公司",
                                        "必填饱餐馆",       "元气超市",
                                        "日用品店",         "万元店",
                                        "序号文具店"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        expect(ROW_DATA, 1, names[i], "", "", "");
        expect(ROW_DATA, 900, names[i], "", "", "");
        expect(ROW_DATA, 1, names[i], code(), "幸福路1号", "2020-01-01");
        expect(ROW_DATA, 1, "", names[i], "", "");
    }
    expect(ROW_DATA, 900, "合计", code(), "", "");
    expect(ROW_DATA, 900, "合计", "", "幸福路1号院", "2020-01-01");
    expect(ROW_DATA, 900, "合计：", "652323050000001", "", "");
    expect(ROW_DATA, 900, "负责人", "张三", "县局", "2020-01-01");
    expect(ROW_DATA, 1, "甲店", "", "说明：已迁出", "");
    expect(ROW_DATA, 1, "甲店", "", "", "如：迁出");
    expect(ROW_DATA, 1, "某某商贸有限公司", "", "必填", "");
    expect(ROW_DATA, 1, "单位：某某商贸有限公司", "", "", "");
    expect(ROW_DATA, 1, "1", "2", "4", "5");
    expect(ROW_DATA, 1, "3", "4", "5", "6");
    expect(ROW_DATA, 1, "甲", "乙", "丙", "丁");
    expect(ROW_DATA, 1, headers[0], "", "", "");
    expect(ROW_DATA, 1, headers[0], code(), headers[2], headers[3]);
    expect(ROW_DATA, 1, "\xFF\xFE", "", "", "");
    /* two words of hints among many cells */
    const char *wide[] = {"甲店", "某路", "", "2020-01-01", "选填", "张三", "文本"};
    struct row row = {.cells = wide, .count = 7, .width = 7, .line = 2};
    assert_int_equal(row_kind_of(&binding, &row, 1), ROW_DATA);
    expect(ROW_DATA, 900, "合\xFF计", "", "", "");
}

static void test_names(void **state) {
    (void)state;
    assert_string_equal(row_kind_name(ROW_DATA), "");
    for (int kind = ROW_HEADER_AGAIN; kind <= ROW_FOOTER; kind++) {
        assert_true(strlen(row_kind_name((enum row_kind)kind)) > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_passed_over),
        cmocka_unit_test(test_what_is_data),
        cmocka_unit_test(test_remarks_before_a_name),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_footers),
        cmocka_unit_test(test_what_is_nearly_none),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("intake/row_kind", tests, bind, release);
}
