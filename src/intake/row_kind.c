#include "intake/row_kind.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/value_code.h"
#include "intake/value_fold.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Cells of a footer, at most: the rest of its row is blank. */
#define FOOTER_CELLS 6

/* Columns that the name of an enterprise takes at least; a person's takes fewer. */
#define NAME_COLUMNS 12

/* Columns of a long text that are looked at. */
#define START_COLUMNS 60

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

/* ---- words ----------------------------------------------------------------------------------- */

/* What stands behind the first of the words that a text begins with; NULL when it begins with
 * none. */
static const char *behind_any(const char *text, const char *const *words) {
    for (; *words != NULL; words++) {
        size_t length = strlen(*words);
        if (strncmp(text, *words, length) == 0) {
            return text + length;
        }
    }
    return NULL;
}

static bool is_any(const char *text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(text, *words) == 0) {
            return true;
        }
    }
    return false;
}

/* Folds a cell for judging it; of a long text only what it begins with. */
static void fold_start(const char *cell, char folded[static VALUE_SIZE]) {
    char start[VALUE_SIZE];
    if (!value_fold(cell, folded, VALUE_SIZE)) {
        size_t fit = text_fit(cell, strlen(cell), START_COLUMNS, NULL);
        snprintf(start, sizeof(start), "%.*s", (int)fit, cell);
        folded[0] = '\0';
        value_fold(start, folded, VALUE_SIZE);
    }
}

/* Over the brackets and stars before a word. */
static const char *skip_openers(const char *text) {
    static const char *const openers[] = {"(", "[", "*", "【", " ", NULL};
    for (const char *next; (next = behind_any(text, openers)) != NULL;) {
        text = next;
    }
    return text;
}

/* True for what ends as names of enterprises do, and is no sentence: behind a word of a hint or a
 * footer it makes the whole a name. */
static bool ends_as_name(const char *text) {
    static const char *const ends[] = {"公司", "店",   "厂",   "社", "部", "行", "馆", "院",
                                       "所",   "中心", "超市", "铺", "吧", "场", "站", "屋",
                                       "坊",   "室",   "会",   "城", "庄", "园", "户", "摊",
                                       "堂",   "楼",   "阁",   "轩", "苑", NULL};
    size_t length = strlen(text);
    if (strpbrk(text, ":,;") != NULL || strstr(text, "。") != NULL) {
        return false;
    }
    for (const char *const *end = ends; *end != NULL; end++) {
        size_t size = strlen(*end);
        if (length >= size && strcmp(text + length - size, *end) == 0) {
            return true;
        }
    }
    return false;
}

/* A number with its unit: 30, 1,200.50, 30户, (12%). */
static bool is_figure(const char *text) {
    size_t others = 0;
    if (strpbrk(text, "0123456789") == NULL) {
        return value_is_nothing(text);
    }
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text >= 0x80) {
            others++;
        } else if (strchr("0123456789.,%-+() ", *text) == NULL) {
            return false;
        }
    }
    return others <= strlen("万元");
}

/* ---- below a table --------------------------------------------------------------------------- */

enum closing {
    CLOSING_NONE,
    CLOSING_SUM,   /* 合计, 共 30 户: figures may stand beside it */
    CLOSING_LABEL, /* 制表人: names of people and days may */
    CLOSING_NOTE,  /* 注: ... */
};

static bool is_sum(const char *text) {
    static const char *const words[] = {"合计",     "总计",  "小计",  "共计",  "累计", "本页合计",
                                        "本页小计", "合 计", "总 计", "小 计", NULL};
    static const char *const whats[] = {"户数", "家数", "金额", "数量", "条数", "件数", "数", NULL};
    const char *rest = behind_any(text, words);
    if (rest == NULL) {
        return false;
    }
    const char *what = behind_any(rest, whats);
    rest = what != NULL ? what : rest;
    return *rest == '\0' || *rest == ':' || (is_figure(rest) && !ends_as_name(text));
}

/* 共 30 户, 第1页 共3页, 共计30条记录: nothing but such counts. 第8号店 and 共10家火锅店 are names.
 */
static bool is_count(const char *text) {
    static const char *const openers[] = {"共计", "总共", "合计", "共有", "共", "第", NULL};
    static const char *const measures[] = {"条", "户", "家", "页", "行",
                                           "件", "个", "笔", "项", NULL};
    static const char *const things[] = {"记录",     "企业",     "数据", "信息",
                                         "市场主体", "经营主体", NULL};
    static const char *const signs[] = {" ", "/", ",", "、", "。", ".", ";", "-", NULL};
    while (*text != '\0') {
        const char *rest = behind_any(text, openers);
        if (rest == NULL) {
            return false;
        }
        rest += strspn(rest, " :");
        size_t digits = strspn(rest, "0123456789,");
        if (digits == 0) {
            return false;
        }
        rest += digits;
        rest += strspn(rest, " ");
        text = behind_any(rest, measures);
        if (text == NULL) {
            return false;
        }
        const char *thing = behind_any(text, things);
        text = thing != NULL ? thing : text;
        for (const char *next; (next = behind_any(text, signs)) != NULL;) {
            text = next;
        }
    }
    return true;
}

static bool is_label(const char *text) {
    static const char *const people[] = {"制表人", "审核人", "复核人", "填表人",     "填报人",
                                         "经办人", "审批人", "打印人", "单位负责人", "负责人",
                                         "联系人", "导出人", NULL};
    static const char *const words[] = {"制表单位", "制表时间", "制表日期", "填报单位", "填报时间",
                                        "填报日期", "填表单位", "填表时间", "填表日期", "打印时间",
                                        "打印日期", "导出时间", "导出日期", "统计时间", "统计截止",
                                        "数据来源", "数据截止", "联系电话", NULL};
    static const char *const jobs[] = {"制表", "审核", "复核", "打印", "制单", NULL};
    static const char *const goes_on[] = {"于", "为", "至", "自", "时间", "日期", NULL};
    const char *rest = behind_any(text, people);
    if (rest != NULL) {
        return *rest == ':' || (text_width(rest) < NAME_COLUMNS && !ends_as_name(rest));
    }
    rest = behind_any(text, words);
    if (rest != NULL) {
        return *rest == '\0' || strchr(":( ", *rest) != NULL || isdigit((unsigned char)*rest) ||
               (behind_any(rest, goes_on) != NULL && !ends_as_name(rest));
    }
    rest = behind_any(text, jobs);
    return rest != NULL && (*rest == '\0' || *rest == ':');
}

static bool is_note(const char *text) {
    static const char *const marks[] = {"注", "备注", "说明", "附注", NULL};
    static const char *const openers[] = {"以上数据", "以上信息", "以上内容", "以上情况",
                                          "以上均",   "以上为",   "以上所列", "以上共",
                                          "以上企业", "本表",     NULL};
    const char *rest = behind_any(text, marks);
    if (rest != NULL) {
        size_t digits = strspn(rest, "0123456789 ");
        return rest[digits] == ':' || (digits > 0 && rest[digits] == '.');
    }
    return strcmp(text, "以下空白") == 0 ||
           (behind_any(text, openers) != NULL && !ends_as_name(text));
}

/* What a folded cell says that stands below a table. */
static enum closing closing_of(const char *text) {
    if (is_sum(text) || is_count(text)) {
        return CLOSING_SUM;
    }
    if (is_label(text)) {
        return CLOSING_LABEL;
    }
    return is_note(text) ? CLOSING_NOTE : CLOSING_NONE;
}

/* ---- below a header -------------------------------------------------------------------------- */

/* 元, (万元), 单位:户、万元 and nothing else. */
static bool is_unit(const char *text) {
    static const char *const words[] = {
        "人民币万元", "人民币元", "万元", "亿元", "千元", "平方米", "元", "户", "家", "个", "人",
        "件",         "条",       "次",   "吨",   "年",   "月",     "日", "%",  "m2", NULL};
    static const char *const labels[] = {"单位:", "金额单位:", "计量单位:", NULL};
    static const char *const signs[] = {"/", ",", "、", " ", NULL};
    static const char *const closers[] = {")", "]", "】", NULL};
    const char *rest = skip_openers(text);
    const char *behind = behind_any(rest, labels);
    rest = behind != NULL ? skip_openers(behind) : rest;
    while ((rest = behind_any(rest, words)) != NULL) {
        const char *closer = behind_any(rest, closers);
        rest = closer != NULL ? closer : rest;
        if (*rest == '\0') {
            return true;
        }
        rest = behind_any(rest, signs);
        if (rest == NULL) {
            return false;
        }
    }
    return false;
}

/* A hint that says so: 必填, 格式:..., (选填), 请填写全称. */
static bool is_strong_hint(const char *text) {
    static const char *const words[] = {"必填",     "选填",     "非必填", "必录", "选录",
                                        "不可为空", "可为空",   "填写",   "填表", "请填",
                                        "请输入",   "下拉选择", "请选择", NULL};
    static const char *const labels[] = {"格式", "填写说明", "说明", "注",
                                         "提示", "如",       "例如", NULL};
    const char *start = skip_openers(text);
    const char *rest = behind_any(start, words);
    if (rest != NULL) {
        return !ends_as_name(text);
    }
    rest = behind_any(start, labels);
    return rest != NULL &&
           (*rest == ':' || (strncmp(start, "格式", strlen("格式")) == 0 &&
                             (*rest == '\0' || strncmp(rest, "为", strlen("为")) == 0)));
}

/* A hint only among others: what a column is made of. */
static bool is_weak_hint(const char *text) {
    static const char *const words[] = {"文本", "数字", "日期", "字符",  "整数",   "数值",
                                        "小数", "18位", "汉字", "是/否", "是或否", NULL};
    return is_any(text, words) || strncasecmp(text, "yyyy", 4) == 0;
}

/* True when an example is told by the mark itself and nothing that goes on as a name. */
static bool is_example(const char *text) {
    static const char *const marks[] = {"填写示例", "填表示例", "参考示例", "示例",
                                        "样例",     "案例",     "范例",     NULL};
    static const char *const short_marks[] = {"例如", "例", NULL};
    static const char *const whole[] = {"",   "公司", "企业",     "单位",   "数据",
                                        "行", "名称", "有限公司", "公司名", NULL};
    static const char *const signs[] = {":", ")", "】", " ", NULL};
    const char *start = skip_openers(text);
    const char *rest = behind_any(start, short_marks);
    if (rest != NULL) {
        return *rest == ':' || *rest == ')';
    }
    rest = behind_any(start, marks);
    if (rest == NULL) {
        return false;
    }
    const char *close = *rest == '(' ? strchr(rest, ')') : NULL;
    const char *number = rest + strspn(rest, "0123456789");
    return is_any(rest, whole) || behind_any(rest, signs) != NULL || *number == '\0' ||
           *number == ':' || (close != NULL && close[1] == '\0') || strstr(rest, "删除") != NULL ||
           strstr(rest, "某某") != NULL;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* What is counted of a row's cells. */
struct content {
    size_t filled;
    bool code; /* some cell is a valid code */
    size_t units;
    size_t strong;       /* hints that say so */
    size_t early_strong; /* among the first three columns */
    size_t weak;
    bool example;
    enum closing closing; /* what the first filled cell says */
    bool colon;           /* and whether a colon stands behind it */
    size_t labels;        /* cells that are 制表人 and the like */
    bool closing_alone;   /* every other filled cell is a figure or closes too */
};

static void count_cell(struct content *content, const char *cell, size_t column) {
    char folded[VALUE_SIZE];
    fold_start(cell, folded);
    if (folded[0] == '\0') {
        return;
    }
    enum code_kind kind = value_code_parse(cell).kind;
    enum closing closing = closing_of(folded);
    bool strong = is_strong_hint(folded);
    bool figure = is_figure(folded);
    if (content->filled++ == 0) {
        content->closing = closing;
        content->colon = strchr(folded, ':') != NULL;
    } else if (!figure && closing == CLOSING_NONE) {
        content->closing_alone = false;
    }
    content->code = content->code || kind == CODE_USCC || kind == CODE_NUMBER;
    content->labels += closing == CLOSING_LABEL;
    content->units += is_unit(folded);
    content->strong += strong;
    content->early_strong += strong && column < 3;
    content->weak += !strong && is_weak_hint(folded);
    content->example =
        content->example || ((column < 3 || strstr(folded, "删除") != NULL) && is_example(folded));
}

static struct content content_of(const struct row *row) {
    struct content content = {.closing_alone = true};
    for (size_t i = 0; i < row->count; i++) {
        count_cell(&content, row->cells[i], i);
    }
    return content;
}

/* The columns that say who a row speaks of hold a name of so many columns at least. */
static bool names_somebody(const struct binding *binding, const struct row *row, int least) {
    for (size_t i = 0; i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        for (size_t j = 0; bound->field->field.shape == SHAPE_NAME && j < bound->column_count;
             j++) {
            char folded[VALUE_SIZE];
            fold_start(row_cell(row, bound->columns[j]), folded);
            if (text_width(folded) >= least && !value_is_nothing(folded) && !is_figure(folded) &&
                closing_of(folded) == CLOSING_NONE && !is_strong_hint(folded)) {
                return true;
            }
        }
    }
    return false;
}

/* The same but for blanks. */
static bool same_text(const char *one, const char *other) {
    for (;;) {
        one += strspn(one, " \t\r\n");
        other += strspn(other, " \t\r\n");
        if (*one != *other) {
            return false;
        }
        if (*one == '\0') {
            return true;
        }
        one++;
        other++;
    }
}

/* Every cell that holds something holds the header of its column; two at least, unless there is but
 * one column. */
static bool is_header(const struct binding *binding, const struct row *row) {
    size_t same = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (text_blank(row->cells[i])) {
            continue;
        }
        if (i >= binding->header_count || !same_text(row->cells[i], binding->headers[i])) {
            return false;
        }
        same++;
    }
    return same >= 2 || (same == 1 && binding->header_count == 1);
}

/* The number in a cell that numbers its column: 1, (1), ①, 3=1+2; 0 when it is none. */
static int column_number(const char *text) {
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] == 0xE2 && bytes[1] == 0x91 && bytes[2] >= 0xA0 && bytes[2] <= 0xB3) {
        return text[3] == '\0' ? bytes[2] - 0xA0 + 1 : 0;
    }
    bool bracket = *text == '(';
    text += bracket;
    int number = 0;
    for (; isdigit((unsigned char)*text) && number < 1000; text++) {
        number = number * 10 + (*text - '0');
    }
    text += bracket && *text == ')';
    return *text == '\0' || *text == '=' ? number : 0;
}

/* 1 2 3 4, (1) (2) (3) ..., 甲 乙 1 2: one under each column, none of them left out but the first.
 */
static bool is_numbers(const struct row *row, size_t filled) {
    static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", NULL};
    static const char *const labels[] = {"栏次", "行次", "序号", NULL};
    int expected = 1;
    size_t stem = 0;
    if (filled < 3 || filled + 1 < row->count) {
        return false;
    }
    for (size_t i = 0; i < row->count; i++) {
        char folded[VALUE_SIZE];
        if (!value_fold(row->cells[i], folded, sizeof(folded))) {
            return false;
        }
        int number = column_number(folded);
        if (i == 0 && (folded[0] == '\0' || is_any(folded, labels))) {
            continue;
        }
        if (expected == 1 && stems[stem] != NULL && strcmp(folded, stems[stem]) == 0) {
            stem++;
        } else if (number == expected || (i == 1 && stem == 0 && expected == 1 && number == 2)) {
            expected = number + 1;
        } else {
            return false;
        }
    }
    return expected > 1;
}

/* Hints say of most columns how to fill them in, or of some in a row that names nobody. */
static bool is_hint(const struct binding *binding, const struct row *row,
                    const struct content *content) {
    size_t hints = content->strong + content->weak;
    if (content->code || hints == 0) {
        return false;
    }
    if (hints >= 2 && hints * 2 >= content->filled) {
        return true;
    }
    return content->strong > 0 && (content->filled <= 2 || content->early_strong > 0) &&
           !names_somebody(binding, row, 1);
}

static bool is_footer(const struct binding *binding, const struct row *row,
                      const struct content *content) {
    if (content->code) {
        return false;
    }
    switch (content->closing) {
    case CLOSING_SUM:
        return content->closing_alone;
    case CLOSING_LABEL:
        /* 负责人 may be what a column of posts says, where more stands beside it */
        return content->filled <= FOOTER_CELLS &&
               (content->colon || content->filled <= 2 || content->labels >= 2) &&
               !names_somebody(binding, row, NAME_COLUMNS);
    case CLOSING_NOTE:
        return content->filled <= 2 && !names_somebody(binding, row, 1);
    case CLOSING_NONE:
        break;
    }
    return false;
}

/* The first cell that holds something may close a table: its first character begins one of the
 * words that do. Asked of every row of a large file. */
static bool may_close(const struct row *row) {
    static const char *const initials[] = {"合", "总", "小", "共", "累", "本", "第", "制", "审",
                                           "复", "填", "经", "打", "单", "负", "联", "导", "统",
                                           "数", "注", "备", "说", "附", "以", NULL};
    static const char *const blanks[] = {" ", "\t", "\r", "\n", "　", NULL};
    for (size_t i = 0; i < row->count; i++) {
        const char *cell = row->cells[i];
        for (const char *next; (next = behind_any(cell, blanks)) != NULL;) {
            cell = next;
        }
        if (*cell != '\0') {
            return behind_any(cell, initials) != NULL;
        }
    }
    return false;
}

enum row_kind row_kind_of(const struct binding *binding, const struct row *row, int64_t under) {
    if (is_header(binding, row)) {
        return ROW_HEADER_AGAIN;
    }
    if (under > ROW_KIND_UNDER && !may_close(row)) {
        return ROW_DATA;
    }
    struct content content = content_of(row);
    if (under <= ROW_KIND_UNDER) {
        if (is_numbers(row, content.filled)) {
            return ROW_NUMBERS;
        }
        if (content.example) {
            return ROW_EXAMPLE;
        }
        if (is_hint(binding, row, &content)) {
            return ROW_HINT;
        }
        if (content.filled > 0 && content.units == content.filled) {
            return ROW_UNITS;
        }
    }
    return is_footer(binding, row, &content) ? ROW_FOOTER : ROW_DATA;
}
