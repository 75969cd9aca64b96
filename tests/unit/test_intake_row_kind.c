#include "unit/unit.h"

#include "intake/catalog.h"
#include "intake/row_kind.h"

#include <string.h>

/* A binding of the general profile of enterprises to name, code and address. */
static struct profile *profile;
static struct arena *arena;
static struct binding binding;
static const char *const headers[] = {"企业名称", "统一社会信用代码", "住所", "成立日期"};

static int bind(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    bool failed = false;
    struct row header = {.cells = headers, .count = 4, .width = 4, .line = 1};
    arena = arena_new();
    assert_non_null(arena);
    assert_ok(
        profile_parse(&profile, catalog_general_document(IMPORT_ENTERPRISES), "general", &error),
        &error);
    assert_true(binding_make(&binding, profile, &header, arena, NULL, &failed));
    return 0;
}

static int release(void **state) {
    (void)state;
    profile_free(profile);
    arena_free(arena);
    return 0;
}

static void expect(enum row_kind kind, int64_t under, const char *a, const char *b, const char *c,
                   const char *d) {
    const char *cells[] = {a, b, c, d};
    struct row row = {.cells = cells, .count = 4, .width = 4, .line = 2};
    while (row.count > 0 && cells[row.count - 1][0] == '\0') {
        row.count--;
    }
    if (row_kind_of(&binding, &row, under) != kind) {
        fail_msg("%s|%s|%s|%s is %d, not %d", a, b, c, d, row_kind_of(&binding, &row, under), kind);
    }
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
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("intake/row_kind", tests, bind, release);
}
