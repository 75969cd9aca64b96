#include "intake/value_money.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Amounts are counted in hundredths of a fen until the end, so that 0.0025 (ten thousand yuan)
 * and 三角六分 stay exact. */
#define GRAINS_A_FEN 100
#define GRAINS_A_YUAN 10000

/* No fine and no capital is larger: 10^14 yuan, and all sums stay within 64 bits. */
#define YUAN_MAX 100000000000000LL

struct numeral {
    const char *text;
    int64_t value;
};

static const struct numeral digits[] = {
    {"零", 0}, {"〇", 0}, {"○", 0},  {"一", 1}, {"壹", 1}, {"二", 2}, {"贰", 2}, {"两", 2},
    {"三", 3}, {"叁", 3}, {"四", 4}, {"肆", 4}, {"五", 5}, {"伍", 5}, {"六", 6}, {"陆", 6},
    {"七", 7}, {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9}, {"貳", 2}, {"貮", 2},
    {"弍", 2}, {"叄", 3}, {"參", 3}, {"参", 3}, {"陸", 6}, {"兩", 2}};

static const struct numeral units[] = {
    {"十", 10},   {"拾", 10},    {"百", 100},   {"佰", 100},       {"千", 1000},
    {"仟", 1000}, {"万", 10000}, {"萬", 10000}, {"亿", 100000000}, {"億", 100000000}};

/* The entry that text starts with; NULL when there is none. */
static const struct numeral *starts_with(const char *text, const struct numeral *table,
                                         size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strncmp(text, table[i].text, strlen(table[i].text)) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

#define FIND(text, table) starts_with(text, table, sizeof(table) / sizeof(table[0]))

/* Moves over a word; false when it does not stand there. */
static bool skip_word(const char **text, const char *word) {
    size_t length = strlen(word);
    if (strncasecmp(*text, word, length) != 0) {
        return false;
    }
    *text += length;
    return true;
}

/* A Chinese numeral being read: what is complete in 亿 and in 万, the section, its last digit. */
struct reading {
    int64_t high;
    int64_t middle;
    int64_t section;
    int64_t digit; /* -1: none */
};

/* false when the number outgrows all bounds, and for a unit of nothing: 万元, 百货. Only 十 may
 * stand for one of itself. */
static bool add_unit(struct reading *reading, int64_t unit) {
    if (unit < 10000) {
        if (unit > 10 && reading->digit < 0) {
            return false;
        }
        reading->section += (reading->digit < 0 ? 1 : reading->digit) * unit;
    } else {
        int64_t sum = reading->section + (reading->digit < 0 ? 0 : reading->digit);
        int64_t whole = reading->middle + sum;
        if (whole > YUAN_MAX / unit || (reading->digit < 0 && whole == 0)) {
            return false;
        }
        if (unit == 10000) {
            if (reading->middle > 0) {
                return false; /* 一万五千万: a slip of the pen, not an amount */
            }
            reading->middle = whole * unit;
        } else {
            reading->high += whole * unit;
            reading->middle = 0;
        }
        reading->section = 0;
    }
    reading->digit = -1;
    return true;
}

/* 十四万九千 and the like, in yuan. */
static bool read_chinese(const char **text, int64_t *number) {
    struct reading reading = {0, 0, 0, -1};
    const char *place = *text;
    for (;;) {
        const struct numeral *digit = FIND(place, digits);
        const struct numeral *unit = digit == NULL ? FIND(place, units) : NULL;
        if (digit != NULL) {
            reading.digit = (reading.digit < 0 ? 0 : reading.digit * 10) + digit->value;
            place += strlen(digit->text);
        } else if (unit != NULL && add_unit(&reading, unit->value)) {
            place += strlen(unit->text);
        } else {
            break;
        }
        if (reading.digit > YUAN_MAX || reading.section > YUAN_MAX || reading.high > YUAN_MAX) {
            return false;
        }
    }
    *number =
        reading.high + reading.middle + reading.section + (reading.digit < 0 ? 0 : reading.digit);
    if (place == *text || FIND(place, units) != NULL || *number > YUAN_MAX) {
        return false;
    }
    *text = place;
    return true;
}

static bool skip_yuan(const char **text) {
    return skip_word(text, "元") || skip_word(text, "圆") || skip_word(text, "圓");
}

/* 5,350.25 with the unit characters behind it (5千, 1.5万), else in unit (grains). */
static bool read_arabic(const char **text, int64_t unit, int64_t *grains) {
    int64_t whole = 0;
    int64_t fraction = 0;
    int64_t scale = 1;
    const char *place = *text;
    if (value_read_whole(&place, 18, &whole) <= 0 || whole > YUAN_MAX) {
        return false;
    }
    if (*place == '.') {
        for (place++; *place >= '0' && *place <= '9'; place++) {
            if (scale < 1000000) {
                fraction = fraction * 10 + (*place - '0');
                scale *= 10;
            }
        }
    }
    int64_t factor = 1;
    for (const struct numeral *entry; factor < 10000 && (entry = FIND(place, units)) != NULL;) {
        factor *= entry->value;
        place += strlen(entry->text);
        unit = factor * GRAINS_A_YUAN;
    }
    const char *behind = place;
    if (factor == 1 && skip_yuan(&behind)) {
        unit = GRAINS_A_YUAN; /* said here, whatever the column counts in */
    }
    if (whole > YUAN_MAX * GRAINS_A_YUAN / unit) {
        return false;
    }
    *text = place;
    *grains = whole * unit + fraction * unit / scale;
    return true;
}

static bool read_any(const char **text, int64_t unit, int64_t *grains) {
    if (read_arabic(text, unit, grains)) {
        return true;
    }
    int64_t yuan = 0;
    if (!read_chinese(text, &yuan)) {
        return false;
    }
    *grains = yuan * GRAINS_A_YUAN;
    return true;
}

/* What can stand behind 元: 三角六分, and the slip 壹万元伍千元. */
static void read_rest(const char **text, int64_t *grains) {
    for (;;) {
        const char *place = *text;
        int64_t part = 0;
        if (!read_any(&place, GRAINS_A_YUAN, &part)) {
            return;
        }
        if (skip_word(&place, "角")) {
            *grains += part / 10;
        } else if (skip_word(&place, "分")) {
            *grains += part / 100;
        } else if (part < *grains && skip_yuan(&place)) {
            *grains += part;
        } else {
            return;
        }
        *text = place;
    }
}

/* An amount; *named tells whether 元 stands behind it. */
static bool read_amount(const char **text, int64_t unit, int64_t *grains, bool *named) {
    if (!read_any(text, unit, grains)) {
        return false;
    }
    const char *place = *text;
    *named = skip_yuan(&place);
    if (*named) {
        *text = place;
        read_rest(text, grains);
    }
    return true;
}

static bool is_foreign(const char *text) {
    static const char *const words[] = {
        "美元",   "美金",   "美圆",   "港元", "港币", "港幣", "港圆",   "欧元", "欧圆",
        "日元",   "日圆",   "英镑",   "韩元", "澳元", "加元", "加拿大", "法郎", "卢布",
        "新元",   "新加坡", "新西兰", "马克", "台币", "澳门", "葡币",   "泰铢", "卢比",
        "林吉特", "坚戈",   "索姆",   "里拉", "克朗", "USD",  "HKD",    "EUR",  "JPY",
        "GBP",    "KRW",    "AUD",    "CAD",  "CHF",  "SGD",  "NZD",    "TWD",  "MOP",
        "RUB",    "KZT",    "KGS",    "THB",  "MYR",  "$",    "€",      "£"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasestr(text, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Moves over any of the words, as often as they come. */
static void skip_words(const char **text, const char *const *words, size_t count) {
    bool moved = true;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < count; i++) {
            moved = skip_word(text, words[i]) || moved;
        }
    }
}

static int64_t to_fen(int64_t grains) {
    return (grains + GRAINS_A_FEN / 2) / GRAINS_A_FEN;
}

/* Folds and drops what only sets off the parts, blanks and brackets, and the sign in front that
 * keeps a workbook from counting. */
static bool fold_amount(const char *cell, char text[static VALUE_SIZE]) {
    if (!value_fold(cell, text, VALUE_SIZE)) {
        return false;
    }
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        if (strchr(" ()[]", *in) == NULL && (*in != '\'' || in != text)) {
            *out++ = *in;
        }
    }
    *out = '\0';
    return true;
}

/* The whole of a folded cell as one amount. */
static bool read_whole_cell(const char *text, int64_t unit, int64_t *grains) {
    static const char *const before[] = {"人民币", "罚款", "处以", "并处",     "处",      "罚金",
                                         "共计",   "合计", "RMB",  "CNY",      "¥",       "￥",
                                         ":",      "金额", "大写", "注册资本", "注册资金"};
    static const char *const behind[] = {"人民币", "整",   "正", "RMB", "CNY",
                                         "元",     "罚款", "。", "."};
    bool named = false;
    skip_words(&text, before, sizeof(before) / sizeof(before[0]));
    if (!read_amount(&text, unit, grains, &named)) {
        return false;
    }
    skip_words(&text, behind, sizeof(behind) / sizeof(behind[0]));
    return *text == '\0';
}

enum parse value_money_parse(const char *cell, int64_t unit, int64_t *fen) {
    char text[VALUE_SIZE];
    if (!fold_amount(cell, text)) {
        return PARSE_BAD;
    }
    if (value_is_nothing(text)) {
        return PARSE_NONE;
    }
    int64_t grains = 0;
    /* No foreign money is among the words around an amount of yuan: it is looked for behind. */
    if (!read_whole_cell(text, unit * GRAINS_A_FEN, &grains)) {
        return is_foreign(text) ? PARSE_FOREIGN : PARSE_BAD;
    }
    *fen = to_fen(grains);
    return PARSE_OK;
}

/* ---- sentences ------------------------------------------------------------------------------ */

/* Moves an end back over a word; false when it does not stand before it. */
static bool back_over(const char *start, const char **end, const char *word) {
    size_t length = strlen(word);
    if ((size_t)(*end - start) < length || memcmp(*end - length, word, length) != 0) {
        return false;
    }
    *end -= length;
    return true;
}

/* True when one of the words stands before place, with nothing but fillers between. */
static bool follows(const char *start, const char *place, const char *const *words, size_t count,
                    const char *const *fillers, size_t filler_count) {
    bool moved = true;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < count; i++) {
            const char *end = place;
            if (back_over(start, &end, words[i])) {
                return true;
            }
        }
        for (size_t i = 0; i < filler_count && !moved; i++) {
            moved = back_over(start, &place, fillers[i]);
        }
    }
    return false;
}

static bool total_precedes(const char *start, const char *place) {
    static const char *const words[] = {"共计", "合计", "总计", "共处", "总额"};
    static const char *const fillers[] = {"人民币", "罚款", "罚", "处以", "处", "共", "为", "金额"};
    return follows(start, place, words, sizeof(words) / sizeof(words[0]), fillers,
                   sizeof(fillers) / sizeof(fillers[0]));
}

static bool fine_precedes(const char *start, const char *place) {
    static const char *const words[] = {"罚款", "罚金", "处罚"};
    static const char *const fillers[] = {"人民币", "金额", "计", "共", "为", ":"};
    return follows(start, place, words, sizeof(words) / sizeof(words[0]), fillers,
                   sizeof(fillers) / sizeof(fillers[0]));
}

/* True when 罚款 stands right behind an amount. */
static bool fine_follows(const char *place) {
    static const char *const between[] = {"整", "正", "人民币", "的", "行政"};
    skip_words(&place, between, sizeof(between) / sizeof(between[0]));
    return skip_word(&place, "罚款") || skip_word(&place, "罚金");
}

/* What the amounts of a sentence come to. */
struct tally {
    int64_t all;
    int64_t fines;
    int64_t total;
    int count;
    int fine_count;
    bool has_total;
    bool unclear; /* a number that is none, or a range */
};

/* True when the amount is a bound of a range: 壹万元以上叁万元以下. */
static bool is_bound(const char *place) {
    return skip_word(&place, "以上") || skip_word(&place, "以下");
}

/* Over the characters of a number that cannot be read; not at all where there is no number. */
static const char *skip_numeral(const char *place) {
    if (*place == '.' || *place == ',') {
        return place;
    }
    for (const struct numeral *entry;
         (entry = FIND(place, digits)) != NULL || (entry = FIND(place, units)) != NULL;) {
        place += strlen(entry->text);
    }
    return place + strspn(place, "0123456789.,");
}

static void count_amounts(const char *text, struct tally *tally) {
    const char *place = text;
    bool parted = false;
    while (*place != '\0') {
        const char *start = place;
        int64_t grains = 0;
        bool named = false;
        if (!read_amount(&place, GRAINS_A_YUAN, &grains, &named)) {
            place = skip_numeral(start);
            /* 百货 is a word, 数万元 an amount that is not said. */
            const char *behind = place;
            bool word = FIND(start, units) != NULL && !skip_yuan(&behind);
            tally->unclear = tally->unclear || (place != start && !word);
            place += place == start;
            continue;
        }
        bool joined = parted; /* 1,50元: one number or two? */
        parted = !named && *place == ',' && isdigit((unsigned char)place[1]);
        if (!named && !fine_follows(place)) {
            continue;
        }
        tally->unclear = tally->unclear || (joined && start[-1] == ',');
        tally->unclear = tally->unclear || is_bound(place);
        tally->all += grains;
        tally->count++;
        if (total_precedes(text, start)) {
            tally->total = grains;
            tally->has_total = true;
        }
        if (fine_follows(place) || fine_precedes(text, start)) {
            tally->fines += grains;
            tally->fine_count++;
        }
    }
}

enum parse value_fine_parse(const char *cell, int64_t unit, int64_t *fen) {
    enum parse whole = value_money_parse(cell, unit, fen);
    if (whole != PARSE_BAD) {
        return whole;
    }
    /* A sentence may be longer than any single value; one beyond this is a whole document. */
    char text[4096];
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    struct tally tally = {0};
    count_amounts(text, &tally);
    if (tally.unclear) {
        return PARSE_BAD;
    }
    if (tally.count == 0) {
        return PARSE_NONE;
    }
    if (tally.has_total) {
        *fen = to_fen(tally.total);
    } else if (tally.fine_count > 0) {
        *fen = to_fen(tally.fines);
    } else if (tally.count == 1) {
        *fen = to_fen(tally.all);
    } else {
        return PARSE_BAD;
    }
    return PARSE_OK;
}
