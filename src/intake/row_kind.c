#include "intake/row_kind.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/value.h"
#include "intake/value_code.h"

#include <stdlib.h>
#include <string.h>

/* Rows under the header in which hints, units and numbers of columns are looked for. */
#define HINT_ROWS 5

/* Cells of a footer, at most: the rest of its row is blank. */
#define FOOTER_CELLS 6

const char *row_kind_name(enum row_kind kind) {
    switch (kind) {
    case ROW_HEADER_AGAIN:
        return _("the header again");
    case ROW_HINT:
        return _("a hint");
    case ROW_EXAMPLE:
        return _("an example");
    case ROW_UNITS:
        return _("units");
    case ROW_NUMBERS:
        return _("numbers of columns");
    case ROW_FOOTER:
        return _("below the table");
    case ROW_DATA:
        break;
    }
    return "";
}

static bool begins_with_any(const char *text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strncmp(text, *words, strlen(*words)) == 0) {
            return true;
        }
    }
    return false;
}

/* A cell without the blanks before it. */
static const char *trimmed(const char *cell) {
    for (;;) {
        if (*cell == ' ' || *cell == '\t') {
            cell++;
        } else if (strncmp(cell, "\xE3\x80\x80", 3) == 0) {
            cell += 3;
        } else {
            return cell;
        }
    }
}

/* What a row holds, for judging. */
struct content {
    size_t filled;
    const char *first; /* its first cell that holds something, trimmed; "" when none does */
    bool code;         /* some cell is a valid USCC */
};

static struct content content_of(const struct row *row) {
    struct content content = {.first = ""};
    for (size_t i = 0; i < row->count; i++) {
        const char *cell = trimmed(row->cells[i]);
        if (*cell == '\0') {
            continue;
        }
        content.first = content.filled++ == 0 ? cell : content.first;
        content.code = content.code || value_code_parse(cell).kind == CODE_USCC;
    }
    return content;
}

/* The columns that say who a row speaks of hold something that can be looked up: a name as an
 * enterprise may have one. */
static bool names_somebody(const struct binding *binding, const struct row *row) {
    for (size_t i = 0; i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        for (size_t j = 0; bound->field->field.shape == SHAPE_NAME && j < bound->column_count;
             j++) {
            char folded[VALUE_SIZE];
            const char *cell = row_cell(row, bound->columns[j]);
            if (!value_fold(cell, folded, sizeof(folded)) ||
                (!value_is_nothing(folded) && text_width(folded) >= 12)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_header(const struct binding *binding, const struct row *row) {
    if (row->count != binding->header_count || row->count == 0) {
        return false;
    }
    for (size_t i = 0; i < row->count; i++) {
        if (strcmp(row->cells[i], binding->headers[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* 1 2 3 4, (1) (2) (3) ... one under each column. */
static bool is_numbers(const struct row *row, const struct content *content) {
    if (content->filled < 3 || content->filled + 1 < row->count) {
        return false;
    }
    long expected = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *cell = trimmed(row->cells[i]);
        cell += strspn(cell, "(");
        char *end = NULL;
        long number = strtol(cell, &end, 10);
        if (*cell == '\0' && i == 0) {
            continue;
        }
        if (end == cell || end[strspn(end, ") ")] != '\0' ||
            (expected != 0 && number != expected) || number < 1) {
            return false;
        }
        expected = number + 1;
    }
    return true;
}

static bool any_cell_begins(const struct row *row, size_t most, const char *const *words) {
    for (size_t i = 0; i < row->count && i < most; i++) {
        if (begins_with_any(trimmed(row->cells[i]), words)) {
            return true;
        }
    }
    return false;
}

/* Hints say of most columns how to fill them in. */
static bool is_hint(const struct row *row, const struct content *content) {
    static const char *const words[] = {
        "必填", "选填",     "非必填", "(必填",  "(选填", "（必填", "（选填", "填写", "填表", "格式",
        "请填", "下拉选择", "说明:",  "说明：", "注:",   "注：",   "如:",    "如：", NULL};
    return !content->code && any_cell_begins(row, row->count, words) &&
           (content->filled <= 2 || any_cell_begins(row, 3, words));
}

/* True for a cell that is a mark of examples, behind which no name goes on. */
static bool is_example_cell(const char *cell) {
    static const char *const marks[] = {"示例",  "样例",   "案例", "例如", "例:", "例：",
                                        "(示例", "（示例", "(例",  "（例", NULL};
    static const char *const nobodies[] = {"公司", "企业", "单位", "数据", "有限公司", NULL};
    static const char *const signs[] = {":", "：", "(", "（", " ", "1", "2", "行", "、", "-", NULL};
    for (const char *const *mark = marks; *mark != NULL; mark++) {
        size_t length = strlen(*mark);
        if (strncmp(cell, *mark, length) != 0) {
            continue;
        }
        bool whole = cell[length] == '\0' || (*mark)[length - 1] == ':' ||
                     (length > 3 && strcmp(*mark + length - 3, "：") == 0) ||
                     begins_with_any(cell + length, signs) || strstr(cell, "请删除") != NULL ||
                     strstr(cell, "某某") != NULL;
        for (const char *const *nobody = nobodies; !whole && *nobody != NULL; nobody++) {
            whole = strcmp(cell + length, *nobody) == 0;
        }
        if (whole) {
            return true;
        }
    }
    return false;
}

/* An example says so in one of its first cells. */
static bool is_example(const struct row *row) {
    for (size_t i = 0; i < row->count && i < 3; i++) {
        if (is_example_cell(trimmed(row->cells[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_units(const struct content *content) {
    static const char *const words[] = {"单位:", "单位：", "(单位", "（单位", "金额单位", NULL};
    return content->filled <= 2 && begins_with_any(content->first, words);
}

/* What stands below a table: sums, who made it, how many there are. Few cells, no code, and the
 * columns for names hold no name. */
static bool is_footer(const struct binding *binding, const struct row *row,
                      const struct content *content) {
    static const char *const words[] = {
        "合计",       "总计",     "小计",     "共计",     "制表",     "审核人",
        "填表人",     "填报人",   "复核",     "经办人",   "负责人:",  "负责人：",
        "单位负责人", "注:",      "注：",     "备注:",    "备注：",   "说明:",
        "说明：",     "以上",     "以下空白", "第1页",    "打印",     "数据来源",
        "统计时间",   "统计截止", "导出时间", "制表单位", "制表时间", NULL};
    static const char *const counts[] = {"共", "第", NULL};
    static const char *const measures[] = {"条", "户", "家", "页", "行", "件", NULL};
    if (content->code || content->filled > FOOTER_CELLS ||
        (content->filled > 1 && names_somebody(binding, row))) {
        return false;
    }
    if (begins_with_any(content->first, words)) {
        /* 合计商贸有限公司 is a name: behind the word stands a sign, a number or nothing */
        return content->filled > 1 || text_width(content->first) <= 8 ||
               strpbrk(content->first, ":0123456789") != NULL ||
               strstr(content->first, "：") != NULL;
    }
    if (!begins_with_any(content->first, counts) || text_width(content->first) > 24) {
        return false;
    }
    bool number = strpbrk(content->first, "0123456789") != NULL;
    for (const char *const *measure = measures; number && *measure != NULL; measure++) {
        if (strstr(content->first, *measure) != NULL) {
            return true;
        }
    }
    return false;
}

enum row_kind row_kind_of(const struct binding *binding, const struct row *row, int64_t under) {
    struct content content = content_of(row);
    if (is_header(binding, row)) {
        return ROW_HEADER_AGAIN;
    }
    if (under <= HINT_ROWS) {
        if (is_numbers(row, &content)) {
            return ROW_NUMBERS;
        }
        if (is_example(row)) {
            return ROW_EXAMPLE;
        }
        if (is_hint(row, &content)) {
            return ROW_HINT;
        }
        if (is_units(&content)) {
            return ROW_UNITS;
        }
    }
    return is_footer(binding, row, &content) ? ROW_FOOTER : ROW_DATA;
}
