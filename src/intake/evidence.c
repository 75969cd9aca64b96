#include "intake/evidence.h"

#include "base/text.h"
#include "intake/value.h"
#include "intake/value_code.h"
#include "intake/value_money.h"
#include "registry/division.h"
#include "registry/industry.h"

#include <ctype.h>
#include <string.h>

/* Different texts of a column that are told apart. */
#define MOST_DISTINCT 64

static bool ends_with_any(const char *text, const char *const *ends) {
    size_t length = strlen(text);
    for (; *ends != NULL; ends++) {
        size_t end = strlen(*ends);
        if (length > end && strcmp(text + length - end, *ends) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds_any(const char *text, const char *const *parts) {
    for (; *parts != NULL; parts++) {
        if (strstr(text, *parts) != NULL) {
            return true;
        }
    }
    return false;
}

static bool all_digits(const char *text, size_t least, size_t most) {
    size_t digits = strspn(text, "0123456789");
    return text[digits] == '\0' && digits >= least && digits <= most;
}

static bool is_agency(const char *text) {
    static const char *const ends[] = {"局",     "委员会", "政府",   "支队",   "大队",
                                       "总队",   "法院",   "检察院", "税务所", "监管所",
                                       "管理所", "监察队", NULL};
    static const char *const parts[] = {"税务局", "监督管理局", "执法大队", "执法总队", NULL};
    return ends_with_any(text, ends) || holds_any(text, parts);
}

static bool is_name(const char *text) {
    static const char *const ends[] = {
        "公司", "店", "厂",     "合作社", "中心", "商行",       "部",           "馆",
        "院",   "行", "经营户", "超市",   "餐厅", "酒店",       "宾馆",         "学校",
        "社",   "场", "户",     "联合社", "企业", "(有限合伙)", "（有限合伙）", "站",
        "吧",   "园", "铺",     "坊",     "城",   NULL};
    static const char *const parts[] = {"公司", "合作社", "经营部", "商行", NULL};
    size_t length = strlen(text);
    return length >= 6 && length <= 240 && !is_agency(text) &&
           (ends_with_any(text, ends) || holds_any(text, parts));
}

static bool is_document(const char *text) {
    static const char *const brackets[] = {"〔20", "[20", "（20", "(20", "【20", "字第", NULL};
    static const char *const ends[] = {"号", NULL};
    size_t length = strlen(text);
    return length <= 200 && holds_any(text, brackets) &&
           (ends_with_any(text, ends) || strstr(text, "号") != NULL);
}

static bool is_person(const char *text) {
    int width = text_width(text);
    return (unsigned char)text[0] >= 0xE4 && width >= 4 && width <= 8 && strlen(text) <= 12;
}

static bool is_phone(const char *text) {
    size_t signs = strspn(text, "0123456789-() +/");
    size_t digits = 0;
    for (const char *at = text; *at != '\0'; at++) {
        digits += isdigit((unsigned char)*at) != 0;
    }
    return text[signs] == '\0' && digits >= 7 && digits <= 13 && (text[0] == '1' || text[0] == '0');
}

/* Words by which results and decisions say how grave something is. */
static const char *const level_words[] = {"合格", "符合", "未发现", "正常", "警告", "通报批评",
                                          "罚款", "没收", "停产",   "停业", "吊销", "责令",
                                          "严重", "整改", "改正",   NULL};

static bool is_flag(const char *text) {
    static const char *const words[] = {"是", "否", "有效", "失效", "Y", "N", NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (strcmp(text, *word) == 0) {
            return true;
        }
    }
    return false;
}

/* Days: what is written with separators, and bare numbers, apart. */
static void weigh_day(const char *cell, const char *folded, struct evidence *evidence) {
    date day = DATE_NONE;
    date other = DATE_NONE;
    enum parse first = value_date_parse(cell, true, &day);
    enum parse plain = value_date_parse(cell, false, &other);
    if (first != PARSE_OK && plain != PARSE_OK) {
        evidence->terms +=
            strcmp(folded, "长期") == 0 || value_term_end_parse(cell, false, &day) == PARSE_OK;
        return;
    }
    bool bare = all_digits(folded, 5, 5);
    evidence->serials += bare;
    evidence->days += !bare;
    evidence->day_first += first == PARSE_OK && plain != PARSE_OK;
}

static void weigh_amount(const char *cell, const char *folded, struct evidence *evidence) {
    static const char *const marks[] = {"元", "万", ",", "美元", "¥", "￥", NULL};
    static const char *const numerals[] = {"一", "二", "两", "三", "四", "五", "六", "七",
                                           "八", "九", "十", "壹", "贰", "叁", "肆", "伍",
                                           "陆", "柒", "捌", "玖", "拾", NULL};
    static const char *const fines[] = {"罚款", "处以", "元罚", "元整", NULL};
    int64_t fen = 0;
    enum parse parse = value_money_parse(cell, MONEY_YUAN, &fen);
    bool counted = strpbrk(folded, "0123456789") != NULL || holds_any(folded, numerals);
    bool money = counted && (parse == PARSE_OK || parse == PARSE_FOREIGN);
    evidence->amounts += money && (holds_any(folded, marks) || strchr(folded, '.') != NULL);
    evidence->fines += holds_any(folded, fines) != 0;
}

/* A division of today or a retired one. */
static bool is_division(const char *folded) {
    char today[DIVISION_SIZE];
    if (!all_digits(folded, 6, 6) && !all_digits(folded, 9, 9)) {
        return false;
    }
    division_today(folded, today);
    return division_name(today) != NULL;
}

static void weigh_code(const char *cell, const char *folded, struct evidence *evidence) {
    struct code code = value_code_parse(cell);
    evidence->usccs += code.kind == CODE_USCC;
    evidence->numbers += code.kind == CODE_NUMBER && code.checked; /* not any 15 digits */
    evidence->regions += is_division(folded);
    bool letter = isupper((unsigned char)folded[0]) && strlen(folded) <= 5;
    evidence->industries += (letter && industry_name(folded) != NULL) ||
                            (all_digits(folded, 3, 4) && industry_of_digits(folded) != NULL);
}

static void weigh(const char *cell, struct evidence *evidence) {
    char folded[VALUE_SIZE];
    if (!value_fold(cell, folded, sizeof(folded))) {
        evidence->filled++;
        evidence->long_texts++;
        evidence->levels += holds_any(cell, level_words);
        evidence->fines += strstr(cell, "罚款") != NULL;
        return;
    }
    if (value_is_nothing(folded)) {
        return;
    }
    int64_t number = 0;
    evidence->filled++;
    weigh_code(cell, folded, evidence);
    weigh_day(cell, folded, evidence);
    weigh_amount(cell, folded, evidence);
    evidence->integers += value_integer_parse(cell, &number) == PARSE_OK;
    evidence->names += is_name(folded);
    evidence->agencies += is_agency(folded);
    evidence->documents += is_document(folded);
    evidence->persons += is_person(folded);
    evidence->phones += is_phone(folded);
    evidence->flags += is_flag(folded);
    evidence->levels += holds_any(folded, level_words);
    evidence->long_texts += strlen(folded) > 60;
}

/* Notes a text among those seen, as long as there are few. */
static void note_distinct(const char **seen, size_t *count, const char *text) {
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(seen[i], text) == 0) {
            return;
        }
    }
    if (*count < MOST_DISTINCT) {
        seen[(*count)++] = text;
    }
}

struct evidence evidence_of(const struct sample *sample, size_t header, size_t column) {
    struct evidence evidence = {0};
    const char *seen[MOST_DISTINCT];
    for (size_t i = header + 1; i < sample->count; i++) {
        const char *cell = row_cell(&sample->rows[i], column);
        if (cell[0] != '\0') {
            weigh(cell, &evidence);
            note_distinct(seen, &evidence.distinct, cell);
        }
    }
    return evidence;
}

bool evidence_row_is_data(const struct row *row) {
    struct evidence evidence = {0};
    for (size_t i = 0; i < row->count && i < SAMPLE_COLUMNS; i++) {
        weigh(row->cells[i], &evidence);
    }
    return evidence.usccs + evidence.numbers + evidence.days + evidence.amounts +
               evidence.documents >
           0;
}

int evidence_share(const struct evidence *evidence, size_t count) {
    return evidence->filled == 0 ? 0 : (int)(100 * count / evidence->filled);
}
