#include "intake/value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Blanks beyond ASCII: no-break space, wide space, zero-width space, byte order mark. */
static size_t wide_blank(const char *text) {
    static const char *const blanks[] = {"\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B",
                                         "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
        if (text[0] == blanks[i][0] && text[1] == blanks[i][1] &&
            (blanks[i][2] == '\0' || text[2] == blanks[i][2])) {
            return strlen(blanks[i]);
        }
    }
    return 0;
}

static size_t blank_length(const char *text) {
    unsigned char byte = (unsigned char)*text;
    if (byte > 0x20 && byte < 0xC2) {
        return byte == 0x7F ? 1 : 0;
    }
    return byte <= 0x20 ? byte != '\0' : wide_blank(text);
}

/* The ASCII twin of a full-width character (U+FF01 to U+FF5E, three bytes); 0 when it has none. */
static char ascii_twin(const char *text) {
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] != 0xEF || (bytes[1] != 0xBC && bytes[1] != 0xBD) || (bytes[2] & 0xC0) != 0x80) {
        return '\0';
    }
    unsigned point = 0xF000U | (bytes[1] & 0x3FU) << 6 | (bytes[2] & 0x3FU);
    return point >= 0xFF01 && point <= 0xFF5E ? (char)(point - 0xFEE0) : '\0';
}

bool value_fold(const char *cell, char *text, size_t size) {
    size_t length = 0;
    bool pending = false;
    while (*cell != '\0') {
        size_t blank = blank_length(cell);
        if (blank > 0) {
            pending = length > 0;
            cell += blank;
            continue;
        }
        if (length + 2 >= size) {
            return false;
        }
        if (pending) {
            text[length++] = ' ';
            pending = false;
        }
        char twin = ascii_twin(cell);
        text[length++] = twin != '\0' ? twin : *cell;
        cell += twin != '\0' ? 3 : 1;
    }
    text[length] = '\0';
    return true;
}

/* No word that says nothing is longer, in bytes. */
#define NOTHING_MAX 12

/* Nothing but strokes: / \ - * . _ ? and their Chinese relatives. */
static bool is_strokes(const char *text) {
    static const char *const strokes[] = {"—", "–", "·", "、", "…", "。"};
    while (*text != '\0') {
        size_t step = strchr("/\\-*._? ", *text) != NULL ? 1 : 0;
        for (size_t i = 0; step == 0 && i < sizeof(strokes) / sizeof(strokes[0]); i++) {
            size_t length = strlen(strokes[i]);
            step = strncmp(text, strokes[i], length) == 0 ? length : 0;
        }
        if (step == 0) {
            return false;
        }
        text += step;
    }
    return true;
}

bool value_is_nothing(const char *folded) {
    static const char *const words[] = {"无",   "不详",   "不祥",   "未知", "未提供", "未填写",
                                        "未填", "暂无",   "没有",   "空",   "无数据", "(无)",
                                        "(空)", "不适用", "未公示", "N/A",  "#N/A",   "NA",
                                        "NULL", "(NULL)", "NONE",   "NIL",  "NaN"};
    if (is_strokes(folded)) {
        return true;
    }
    if (strlen(folded) > NOTHING_MAX) {
        return false;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasecmp(folded, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Trims and joins lines in place, leaving every other character as it is. */
static void trim(char *text) {
    char *out = text;
    const char *in = text;
    const char *blank_start = NULL;
    while (*in != '\0') {
        size_t blank = blank_length(in);
        if (blank > 0) {
            blank_start = blank_start == NULL ? in : blank_start;
            in += blank;
            continue;
        }
        if (blank_start != NULL && out != text) {
            *out++ = ' ';
        }
        blank_start = NULL;
        *out++ = *in++;
    }
    *out = '\0';
}

bool value_text_trim(char *text) {
    trim(text);
    char folded[VALUE_SIZE];
    return !value_fold(text, folded, sizeof(folded)) || !value_is_nothing(folded);
}

bool value_name_trim(char *text) {
    static const char *const tails[] = {"?", "？", ".", "。", ",", "，", "、", "·", ";", "；"};
    trim(text);
    size_t length = strlen(text);
    bool cut = true;
    while (cut) {
        cut = false;
        for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
            size_t tail = strlen(tails[i]);
            if (length >= tail && memcmp(text + length - tail, tails[i], tail) == 0) {
                length -= tail;
                text[length] = '\0';
                cut = true;
            }
        }
        while (length > 0 && text[length - 1] == ' ') {
            text[--length] = '\0';
        }
    }
    return value_text_trim(text);
}

/* ---- days ---------------------------------------------------------------------------------- */

static const char *skip_blanks(const char *text) {
    return text + strspn(text, " ");
}

/* What may stand behind a day: a time of day, which is let go. */
static bool is_time(const char *text) {
    static const char *const words[] = {"上午", "下午", "时", "分", "秒", "点"};
    text = skip_blanks(text);
    while (*text != '\0') {
        size_t step = strspn(text, "0123456789:. +TZAPMapm");
        for (size_t i = 0; step == 0 && i < sizeof(words) / sizeof(words[0]); i++) {
            size_t length = strlen(words[i]);
            step = strncmp(text, words[i], length) == 0 ? length : 0;
        }
        if (step == 0) {
            return false;
        }
        text += step;
    }
    return true;
}

/* Up to most digits at *text; -1 when there is none. *digits is how many. */
static int read_number(const char **text, int most, int *digits) {
    int value = 0;
    *digits = 0;
    while (isdigit((unsigned char)**text) && *digits < most) {
        value = value * 10 + (**text - '0');
        (*text)++;
        (*digits)++;
    }
    return *digits == 0 ? -1 : value;
}

/* The mark between the numbers of a day: its length, 0 when there is none. */
static size_t separator(const char *text, const char *chinese) {
    size_t length = strlen(chinese);
    if (strncmp(text, chinese, length) == 0) {
        return length;
    }
    return strchr("-/.", *text) != NULL && *text != '\0' ? 1 : 0;
}

/* Day and month before a year. */
static date from_day_and_month(int first, int second, int year, bool day_first) {
    if (day_first) {
        return date_make(year, second, first);
    }
    if (first > 12) {
        return date_make(year, second, first);
    }
    return second > 12 || first == second ? date_make(year, first, second) : DATE_NONE;
}

/* 2020/9/24, 2023年4月12日, 21/9/2023: three numbers. */
static date read_three(const char *text, bool day_first) {
    int digits[3];
    int first = read_number(&text, 4, &digits[0]);
    size_t step = separator(text, "年");
    if (first < 0 || step == 0) {
        return DATE_NONE;
    }
    text = skip_blanks(text + step);
    int second = read_number(&text, 2, &digits[1]);
    step = separator(text, "月");
    if (second < 0 || step == 0) {
        return DATE_NONE;
    }
    text = skip_blanks(text + step);
    int third = read_number(&text, digits[0] == 4 ? 2 : 4, &digits[2]);
    if (strncmp(text, "日", strlen("日")) == 0) {
        text += strlen("日");
    }
    if (third < 0 || isdigit((unsigned char)*text) || !is_time(text)) {
        return DATE_NONE;
    }
    if (digits[0] == 4) {
        return date_make(first, second, third);
    }
    return digits[2] == 4 ? from_day_and_month(first, second, third, day_first) : DATE_NONE;
}

/* 20200924, 20200924103900 and a workbook's serial number such as 44744 or 44744.5: the days since
 * 1899-12-30, taken from 1950 to 2098. */
static date read_digits(const char *text) {
    size_t digits = strspn(text, "0123456789");
    bool fraction =
        text[digits] == '.' && text[digits + 1 + strspn(text + digits + 1, "0123456789")] == '\0';
    if (digits == 5 && (text[digits] == '\0' || fraction)) {
        int serial = atoi(text);
        return serial >= 18264 && serial <= 72684 ? date_add_days(18991230, serial) : DATE_NONE;
    }
    if (digits == 8 && is_time(text + digits)) {
        int value = atoi(text);
        return date_make(value / 10000, value / 100 % 100, value % 100);
    }
    if (digits == 14 && text[digits] == '\0') {
        int value = (int)(strtoll(text, NULL, 10) / 1000000);
        return date_make(value / 10000, value / 100 % 100, value % 100);
    }
    return DATE_NONE;
}

static bool says_long_term(const char *text) {
    static const char *const words[] = {"长期",   "永久",   "无固定期限",
                                        "无期限", "无限期", "不约定期限"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

static enum parse parse_folded(const char *text, bool day_first, date *day) {
    if (value_is_nothing(text) || says_long_term(text)) {
        return PARSE_NONE;
    }
    date found = read_three(text, day_first);
    if (found == DATE_NONE) {
        found = read_digits(text);
    }
    if (found == DATE_NONE || date_year(found) < 1900) {
        return PARSE_BAD;
    }
    if (date_year(found) >= 2099) {
        return PARSE_NONE;
    }
    *day = found;
    return PARSE_OK;
}

enum parse value_date_parse(const char *cell, bool day_first, date *day) {
    char text[VALUE_SIZE];
    *day = DATE_NONE;
    return value_fold(cell, text, sizeof(text)) ? parse_folded(text, day_first, day) : PARSE_BAD;
}

enum parse value_term_end_parse(const char *cell, bool day_first, date *day) {
    static const char *const marks[] = {"至", "到", "~", "--"};
    char text[VALUE_SIZE];
    *day = DATE_NONE;
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    const char *end = text;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        const char *mark = strstr(text, marks[i]);
        if (mark != NULL) {
            end = skip_blanks(mark + strlen(marks[i]));
            break;
        }
    }
    return parse_folded(end, day_first, day);
}

enum parse value_period_parse(const char *cell, int64_t *period) {
    char text[VALUE_SIZE];
    *period = 0;
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    if (value_is_nothing(text)) {
        return PARSE_NONE;
    }
    const char *place = text;
    int digits = 0;
    int year = read_number(&place, 4, &digits);
    size_t step = separator(place, "年");
    int month = -1;
    if (digits == 4) {
        place = skip_blanks(place + step);
        month = read_number(&place, 2, &digits);
        place += strncmp(place, "月", strlen("月")) == 0 ? strlen("月") : 0;
        place += strncmp(place, "期", strlen("期")) == 0 ? strlen("期") : 0;
    }
    if (month >= 1 && month <= 12 && *place == '\0' && (step > 0 || digits == 2)) {
        *period = year * 100 + month;
        return year >= 1900 && year < 2099 ? PARSE_OK : PARSE_BAD;
    }
    date day = DATE_NONE;
    enum parse parse = parse_folded(text, false, &day);
    *period = day / 100;
    return parse;
}

/* Reads digits with or without thousands separators; gives how many digits, -1 for more than most.
 */
static int read_grouped(const char **text, int most, int64_t *value) {
    int digits = 0;
    for (; isdigit((unsigned char)**text) || (**text == ',' && digits > 0); (*text)++) {
        if (**text == ',') {
            continue;
        }
        if (++digits > most) {
            return -1;
        }
        *value = *value * 10 + (**text - '0');
    }
    return digits;
}

enum parse value_points_parse(const char *cell, int64_t *hundredths, bool *exact) {
    char text[VALUE_SIZE];
    *exact = true;
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    if (value_is_nothing(text)) {
        return PARSE_NONE;
    }
    const char *place = text;
    int64_t value = 0;
    int digits = read_grouped(&place, 12, &value);
    int decimals = 0;
    bool up = false;
    for (place += *place == '.'; isdigit((unsigned char)*place); place++, decimals++) {
        int digit = *place - '0';
        value = decimals < 2 ? value * 10 + digit : value;
        up = decimals == 2 ? digit >= 5 : up;
        *exact = *exact && (decimals < 2 || digit == 0);
    }
    for (int i = decimals; i < 2; i++) {
        value *= 10;
    }
    place += strcmp(place, "分") == 0 ? strlen("分") : 0;
    if (digits <= 0 || *place != '\0') {
        return PARSE_BAD;
    }
    *hundredths = value + up;
    return PARSE_OK;
}

enum parse value_integer_parse(const char *cell, int64_t *number) {
    char text[VALUE_SIZE];
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    if (value_is_nothing(text)) {
        return PARSE_NONE;
    }
    bool negative = text[0] == '-';
    int64_t value = 0;
    const char *place = text + negative;
    int digits = read_grouped(&place, 15, &value);
    /* A workbook writes whole numbers as 3.0 now and then. */
    if (place[0] == '.' && place[1] == '0') {
        place += 1 + strspn(place + 1, "0");
    }
    place += *place == '%';
    if (digits <= 0 || *place != '\0') {
        return PARSE_BAD;
    }
    *number = negative ? -value : value;
    return PARSE_OK;
}

/* The first decimal number in a folded text, in ten-thousandths; *end is behind it. False when
 * there is none, or it has more decimals. */
static bool first_decimal(const char *text, int64_t *number, const char **end) {
    const char *at = text + strcspn(text, "0123456789");
    int64_t value = 0;
    int decimals = -1;
    if (*at == '\0') {
        return false;
    }
    for (; isdigit((unsigned char)*at) || (*at == '.' && decimals < 0); at++) {
        if (*at == '.') {
            decimals = 0;
            continue;
        }
        if (value > INT64_MAX / 1000000 || decimals == 4) {
            return false;
        }
        value = value * 10 + (*at - '0');
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 4; i++) {
        value *= 10;
    }
    *number = value;
    *end = at;
    return true;
}

enum parse value_rate_parse(const char *cell, int64_t *rate) {
    char text[VALUE_SIZE];
    int64_t number = 0;
    const char *end = NULL;
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    if (value_is_nothing(text)) {
        return PARSE_NONE;
    }
    if (!first_decimal(text, &number, &end)) {
        return PARSE_BAD;
    }
    bool percent = *end == '%' || number > 10000;
    if (percent && number % 100 != 0) {
        return PARSE_BAD; /* finer than hundredths of a percent */
    }
    *rate = percent ? number / 100 : number;
    return *rate <= 10000 ? PARSE_OK : PARSE_BAD;
}

enum parse value_times_parse(const char *cell, int64_t *times) {
    char text[VALUE_SIZE];
    int64_t number = 0;
    const char *end = NULL;
    if (!value_fold(cell, text, sizeof(text))) {
        return PARSE_BAD;
    }
    if (value_is_nothing(text) || strstr(text, "不限") != NULL) {
        return PARSE_NONE;
    }
    if (!first_decimal(text, &number, &end) || number % 10000 != 0) {
        return PARSE_BAD;
    }
    *times = number / 10000;
    return PARSE_OK;
}
