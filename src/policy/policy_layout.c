#include "policy/policy_layout.h"

#include "base/gettext.h"
#include "registry/fact_type.h"
#include "registry/relation_type.h"

#include <string.h>

static const struct policy_column general[] = {
    {"格式", "format", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 60,
     N_("the format of this workbook; leave it as it is")},
    {"代码", "code", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 60,
     N_("the same in all versions of a policy; letters, digits and hyphens")},
    {"版本", "version", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 60,
     N_("give another one to every version that is to be published, like 2026.2")},
    {"名称", "name", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 60, N_("the title of the policy")},
    {"说明", "note", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 60, N_("may be left empty")},
    {"适用主体", "applies_to.kinds", POLICY_SHAPE_WORDS, POLICY_WORDS_ENTITY, 60,
     N_("kinds of entity, with 、 between them")},
    {"适用地区", "applies_to.regions", POLICY_SHAPE_TEXTS, POLICY_WORDS_NONE, 60,
     N_("division codes of 2, 4, 6 or 9 digits, with 、 between them; empty: everywhere")},
    {"适用行业", "applies_to.industries", POLICY_SHAPE_TEXTS, POLICY_WORDS_NONE, 60,
     N_("codes of GB/T 4754 such as F or F52, with 、 between them; empty: all")},
    {"专业领域", "applies_to.field", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 60,
     N_("for a professional policy its field; empty for a general one")},
    {"总分上限", "maximum", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 60,
     N_("points that a total reaches at most")},
    {"A类下限", "classes.A", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 60, N_("always 0")},
    {"B类下限", "classes.B", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 60,
     N_("points from which a total is of this class")},
    {"C类下限", "classes.C", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 60,
     N_("points from which a total is of this class")},
    {"D类下限", "classes.D", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 60,
     N_("points from which a total is of this class")},
};

static const struct policy_column dimensions[] = {
    {"代码", "code", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 20, N_("no two alike")},
    {"名称", "name", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 30, N_("indicators name it by this")},
    {"封顶", "cap", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 10,
     N_("points at most; empty: no cap")},
};

static const struct policy_column indicators[] = {
    {"代码", "code", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 12, N_("no two alike")},
    {"名称", "name", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 30, N_("what people see")},
    {"二级指标", "group", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 18, N_("may be left empty")},
    {"维度", "dimension", POLICY_SHAPE_DIMENSION, POLICY_WORDS_NONE, 14,
     N_("name of a dimension in the sheet of dimensions")},
    {"类型", "kind", POLICY_SHAPE_WORD, POLICY_WORDS_KIND, 14,
     N_("how points are found; it decides which of the columns behind are filled in")},
    {"属性", "attribute", POLICY_SHAPE_WORD, POLICY_WORDS_ATTRIBUTE, 16,
     N_("for attributes: which one")},
    {"共用内容", "of", POLICY_SHAPE_WORD, POLICY_WORDS_SHARE, 12,
     N_("for sharing: what is shared with others")},
    {"涉企信息类型", "facts", POLICY_SHAPE_WORDS, POLICY_WORDS_FACT, 24,
     N_("types of facts that count, with 、 between them")},
    {"程度自(含)", "level.from", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("only facts of this level or above; empty: any")},
    {"程度至(不含)", "level.to", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("only facts below this level; empty: any")},
    {"金额自(元,含)", "amount.from", POLICY_SHAPE_YUAN, POLICY_WORDS_NONE, 12,
     N_("only facts of this amount or more; empty: any")},
    {"金额至(元,不含)", "amount.to", POLICY_SHAPE_YUAN, POLICY_WORDS_NONE, 12,
     N_("only facts of less than this amount; empty: any")},
    {"窗口(月)", "window", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("facts of so many months count")},
    {"计分依据", "by", POLICY_SHAPE_WORD, POLICY_WORDS_BY, 10,
     N_("for events: what the bands are of; empty: fixed points")},
    {"分值", "points", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("fixed points, where there are no bands")},
    {"近期(月)", "recent", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("for growth: the months that are compared")},
    {"基期(月)", "base", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("for growth: the months before them")},
    {"起算件数", "least", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("for growth: facts in the recent months from which it counts")},
    {"关联类型", "relations", POLICY_SHAPE_WORDS, POLICY_WORDS_RELATION, 20,
     N_("for relations: types of relations, with 、 between them")},
    {"关联层数", "hops", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("for relations: 1 or 2; empty: 1")},
    {"关联等级", "classes", POLICY_SHAPE_WORDS, POLICY_WORDS_CLASS, 10,
     N_("for relations: classes of the period before that count, in place of facts")},
    {"关联计量", "measure", POLICY_SHAPE_WORD, POLICY_WORDS_MEASURE, 10,
     N_("for relations: number or percent; empty: number")},
    {"封顶", "cap", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8, N_("points at most; empty: no cap")},
    {"保底", "floor", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("points at least, 0 or less; must be there where points are negative")},
    {"未知时", "missing", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 8,
     N_("points where the value is not known; empty: 0")},
    {"依据", "basis", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 18, N_("clause of the norm")},
    {"数据来源", "sources", POLICY_SHAPE_TEXTS, POLICY_WORDS_NONE, 20,
     N_("with 、 between them; where a name has a 、 itself, one a line")},
    {"说明", "note", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 36, N_("may be left empty")},
};

static const struct policy_column bands[] = {
    [POLICY_BAND_OWNER] = {"指标代码", NULL, POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 12,
                           N_("code of an indicator in the sheet of indicators")},
    [POLICY_BAND_NAME] = {"指标名称", NULL, POLICY_SHAPE_SHOWN, POLICY_WORDS_NONE, 30,
                          N_("to read by; not taken in")},
    [POLICY_BAND_WHAT] = {"项目", NULL, POLICY_SHAPE_WORD, POLICY_WORDS_BAND, 12,
                          N_("what the row is: a band of values, a code, or a step of decay")},
    [POLICY_BAND_FROM] = {"自(含)", "from", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 12,
                          N_("for bands: from this value on; empty: no lower end")},
    [POLICY_BAND_TO] = {"至(不含)", "to", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 12,
                        N_("for bands: below this value; empty: no upper end. For decay: below "
                           "this age in months")},
    [POLICY_BAND_CODE] = {"属性代码", "code", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 14,
                          N_("for codes: the code, of an industry for instance")},
    [POLICY_BAND_MEANING] = {"代码含义", NULL, POLICY_SHAPE_SHOWN, POLICY_WORDS_NONE, 30,
                             N_("to read by; not taken in")},
    [POLICY_BAND_POINTS] = {"分值", "points", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 10,
                            N_("points of the band or code")},
    [POLICY_BAND_PERCENT] = {"百分比", "percent", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 10,
                             N_("for decay: percent of the points that is left")},
};

static const struct policy_column direct[] = {
    {"代码", "code", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 12, N_("no two alike")},
    {"名称", "name", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 50, N_("what people see")},
    {"涉企信息类型", "facts", POLICY_SHAPE_WORDS, POLICY_WORDS_FACT, 30,
     N_("types of facts that count, with 、 between them")},
    {"方式", "mode", POLICY_SHAPE_WORD, POLICY_WORDS_MODE, 12,
     N_("at once, or when a person confirmed it")},
    {"依据", "basis", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 24, N_("clause of the norm")},
};

static const struct policy_column measures[] = {
    [POLICY_MEASURE_CLASS] = {"等级", NULL, POLICY_SHAPE_WORD, POLICY_WORDS_CLASS, 6,
                              N_("each of A, B, C and D once")},
    {"抽查比例", "rate", POLICY_SHAPE_RATE, POLICY_WORDS_NONE, 12, N_("a share: 1/5, or 5%")},
    {"每年最多(次)", "times", POLICY_SHAPE_NUMBER, POLICY_WORDS_NONE, 12,
     N_("a number of times a year")},
    {"检查方式", "method", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 36,
     N_("ways that are allowed, as they stand in plans")},
    {"要求", "text", POLICY_SHAPE_TEXT, POLICY_WORDS_NONE, 70, N_("the requirement in words")},
};

#define COLUMNS(table) table, sizeof(table) / sizeof((table)[0])

static const struct {
    const char *name;
    const struct policy_column *columns;
    size_t count;
} sheets[POLICY_SHEET_COUNT] = {
    [POLICY_SHEET_GENERAL] = {"总则", COLUMNS(general)},
    [POLICY_SHEET_DIMENSIONS] = {"维度", COLUMNS(dimensions)},
    [POLICY_SHEET_INDICATORS] = {"指标", COLUMNS(indicators)},
    [POLICY_SHEET_BANDS] = {"档次", COLUMNS(bands)},
    [POLICY_SHEET_DIRECT] = {"直接判定", COLUMNS(direct)},
    [POLICY_SHEET_MEASURES] = {"监管措施", COLUMNS(measures)},
};

const char *policy_sheet_name(enum policy_sheet sheet) {
    return sheets[sheet].name;
}

const struct policy_column *policy_sheet_columns(enum policy_sheet sheet, size_t *count) {
    *count = sheets[sheet].count;
    return sheets[sheet].columns;
}

/* ---- words ------------------------------------------------------------------------------------
 */

struct word {
    const char *code;
    const char *word;
};

static const struct word entities[] = {
    {"enterprise", "企业"}, {"individual", "个体工商户"}, {"cooperative", "农民专业合作社"}};
static const struct word kinds[] = {{"attribute", "主体属性"}, {"present", "现有信息"},
                                    {"count", "信息件数"},     {"amount", "金额合计"},
                                    {"event", "逐件计分"},     {"growth", "件数增长"},
                                    {"share", "与他人共用"},   {"relation", "关联主体"}};
static const struct word attributes[] = {{"age_months", "成立月数"},
                                         {"capital", "注册资本(万元)"},
                                         {"insured_staff", "参保人数"},
                                         {"paid_in_percent", "实缴百分比"},
                                         {"key_field", "重点领域(1是0否)"},
                                         {"kind", "主体类型"},
                                         {"status", "登记状态"},
                                         {"industry", "行业"}};
static const struct word shares[] = {
    {"address", "住所"}, {"phone", "电话"}, {"legal_person", "法定代表人"}, {"agent", "代理机构"}};
static const struct word ways[] = {{"level", "程度"}, {"amount", "金额(元)"}};
static const struct word classes[] = {{"A", "A"}, {"B", "B"}, {"C", "C"}, {"D", "D"}};
static const struct word units[] = {{"count", "户数"}, {"percent", "占比"}};
static const struct word rows[] = {{"band", "分值档"}, {"code", "代码分值"}, {"decay", "时间衰减"}};
static const struct word modes[] = {{"auto", "自动判定"}, {"confirm", "确认后判定"}};

static const struct {
    const char *title;
    const struct word *words; /* NULL: of the registry */
    size_t count;
} lists[POLICY_WORDS_COUNT] = {
    [POLICY_WORDS_NONE] = {"", COLUMNS(classes)},
    [POLICY_WORDS_ENTITY] = {"适用主体", COLUMNS(entities)},
    [POLICY_WORDS_KIND] = {"指标类型", COLUMNS(kinds)},
    [POLICY_WORDS_ATTRIBUTE] = {"属性", COLUMNS(attributes)},
    [POLICY_WORDS_SHARE] = {"共用内容", COLUMNS(shares)},
    [POLICY_WORDS_FACT] = {"涉企信息类型", NULL, FACT_TYPE_END - 1},
    [POLICY_WORDS_BY] = {"计分依据", COLUMNS(ways)},
    [POLICY_WORDS_RELATION] = {"关联类型", NULL, RELATION_TYPE_COUNT},
    [POLICY_WORDS_CLASS] = {"等级", COLUMNS(classes)},
    [POLICY_WORDS_MEASURE] = {"关联计量", COLUMNS(units)},
    [POLICY_WORDS_BAND] = {"档次项目", COLUMNS(rows)},
    [POLICY_WORDS_MODE] = {"判定方式", COLUMNS(modes)},
};

const char *policy_words_title(enum policy_words words) {
    return lists[words].title;
}

size_t policy_words_count(enum policy_words words) {
    return lists[words].count;
}

const char *policy_words_code(enum policy_words words, size_t index) {
    if (lists[words].words != NULL) {
        return lists[words].words[index].code;
    }
    return words == POLICY_WORDS_FACT ? fact_type_code((int)index + 1)
                                      : relation_type_code((enum relation_type)index);
}

const char *policy_words_word(enum policy_words words, size_t index) {
    if (lists[words].words != NULL) {
        return lists[words].words[index].word;
    }
    return words == POLICY_WORDS_FACT ? fact_type_name((int)index + 1)
                                      : relation_type_name((enum relation_type)index);
}

const char *policy_words_of(enum policy_words words, const char *code) {
    for (size_t i = 0; i < lists[words].count; i++) {
        if (strcmp(policy_words_code(words, i), code) == 0) {
            return policy_words_word(words, i);
        }
    }
    return NULL;
}

const char *policy_words_find(enum policy_words words, const char *word) {
    for (size_t i = 0; i < lists[words].count; i++) {
        if (strcmp(policy_words_code(words, i), word) == 0 ||
            strcmp(policy_words_word(words, i), word) == 0) {
            return policy_words_code(words, i);
        }
    }
    return NULL;
}
