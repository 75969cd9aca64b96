#include "intake/value_date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Minutes that China is ahead of UTC. */
#define CHINA_ZONE 480

#define DAY_MINUTES 1440

static const char *skip_blanks(const char *text) {
    return text + strspn(text, " ");
}

/* Moves over a word; false when it does not stand there. */
static bool skip_word(const char **text, const char *word) {
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0) {
        return false;
    }
    *text += length;
    return true;
}

/* Moves over the first of the words that stands there. */
static bool skip_any(const char **text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (skip_word(text, *words)) {
            return true;
        }
    }
    return false;
}

/* ---- the numbers of a day -------------------------------------------------------------------- */

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

/* A Chinese digit, or the O and 0 that are typed for 〇; -1 when there is none. */
static int read_chinese_digit(const char **text) {
    static const struct {
        const char *text;
        int value;
    } digits[] = {{"〇", 0}, {"零", 0}, {"○", 0},  {"O", 0},  {"o", 0},  {"0", 0},
                  {"一", 1}, {"壹", 1}, {"二", 2}, {"贰", 2}, {"三", 3}, {"叁", 3},
                  {"四", 4}, {"肆", 4}, {"五", 5}, {"伍", 5}, {"六", 6}, {"陆", 6},
                  {"七", 7}, {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9}};
    for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++) {
        if (skip_word(text, digits[i].text)) {
            return digits[i].value;
        }
    }
    return -1;
}

/* A year of four Chinese digits: 二〇二三. */
static int read_chinese_year(const char **text) {
    const char *place = *text;
    int year = 0;
    for (int i = 0; i < 4; i++) {
        int digit = read_chinese_digit(&place);
        if (digit < 0) {
            return -1;
        }
        year = year * 10 + digit;
    }
    *text = place;
    return year;
}

/* A month or a day in Chinese: 四, 十二, 二十一, 廿一, 〇四, 一二. */
static int read_chinese_number(const char **text) {
    static const char *const ten[] = {"十", "拾", NULL};
    static const char *const twenty[] = {"廿", NULL};
    static const char *const thirty[] = {"卅", NULL};
    const char *place = *text;
    int first = read_chinese_digit(&place);
    int tens = -1;
    if (first != 0 && skip_any(&place, ten)) {
        tens = first < 0 ? 1 : first;
    } else if (first < 0) {
        tens = skip_any(&place, twenty) ? 2 : skip_any(&place, thirty) ? 3 : -1;
    }
    if (first < 0 && tens < 0) {
        return -1;
    }
    int last = read_chinese_digit(&place);
    *text = place;
    if (tens >= 0) {
        return tens * 10 + (last < 0 ? 0 : last);
    }
    return last < 0 ? first : first * 10 + last;
}

/* A year, or the day or month that stands first: *digits counts its digits. */
static int read_first(const char **text, int *digits) {
    int value = read_number(text, 4, digits);
    if (value <= 0 && (*digits == 0 || *digits == 1)) {
        *text -= *digits;
        value = read_chinese_year(text);
        *digits = value < 0 ? 0 : 4;
    }
    return value;
}

/* A month, or a day behind it. */
static int read_part(const char **text, int most, int *digits) {
    int value = read_number(text, most, digits);
    return value < 0 ? read_chinese_number(text) : value;
}

static int read_month(const char **text, int *digits) {
    const char *place = *text;
    *digits = 0;
    if (skip_word(&place, "元") && strncmp(place, "月", strlen("月")) == 0) {
        *text = place;
        return 1;
    }
    return read_part(text, 2, digits);
}

/* Moves over the mark between the numbers of a day; false when there is none. */
static bool skip_separator(const char **text, const char *chinese) {
    static const char *const wide_marks[] = {"‐", "‒", "–", "—", "−", "、", NULL};
    const char *place = skip_blanks(*text);
    if (*place != '\0' && strchr("-/.\\_", *place) != NULL) {
        place++;
    } else if (!skip_word(&place, chinese) && !skip_any(&place, wide_marks)) {
        return false;
    }
    *text = skip_blanks(place);
    return true;
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
static date read_three(const char **text, bool day_first) {
    static const char *const ends[] = {"日", "号", NULL};
    int digits[3];
    const char *place = *text;
    int first = read_first(&place, &digits[0]);
    if (first < 0 || !skip_separator(&place, "年")) {
        return DATE_NONE;
    }
    int second = read_month(&place, &digits[1]);
    if (second < 0 || !skip_separator(&place, "月")) {
        return DATE_NONE;
    }
    int third = read_part(&place, digits[0] == 4 ? 2 : 4, &digits[2]);
    if (third < 0 || isdigit((unsigned char)*place)) {
        return DATE_NONE;
    }
    const char *end = skip_blanks(place);
    *text = skip_any(&end, ends) ? end : place;
    if (digits[0] == 4) {
        return date_make(first, second, third);
    }
    return digits[2] == 4 ? from_day_and_month(first, second, third, day_first) : DATE_NONE;
}

/* ---- what may stand behind a day ------------------------------------------------------------- */

/* Z, +08:00, -0500: the zone's minutes ahead of UTC. */
static bool read_zone(const char **text, int *ahead) {
    const char *place = skip_blanks(*text);
    int digits = 0;
    *ahead = 0;
    if (*place == 'Z') {
        *text = place + 1;
        return true;
    }
    if (*place != '+' && *place != '-') {
        return false;
    }
    int sign = *place++ == '-' ? -1 : 1;
    int hours = read_number(&place, 2, &digits);
    place += *place == ':';
    int other = 0;
    int minutes = read_number(&place, 2, &other);
    if (digits != 2 || hours > 14 || other == 1 || minutes > 59) {
        return false;
    }
    *ahead = sign * (hours * 60 + (minutes < 0 ? 0 : minutes));
    *text = place;
    return true;
}

/* Minutes and seconds behind the hour: :39, :39:00.000, 时39分, 点. false when there are none. */
static bool read_minutes(const char **text, int *minutes) {
    static const char *const hour_marks[] = {":", "时", "点", NULL};
    static const char *const minute_marks[] = {":", "分", NULL};
    int digits = 0;
    *minutes = 0;
    bool colon = **text == ':';
    if (!skip_any(text, hour_marks)) {
        return false;
    }
    int read = read_number(text, 2, &digits);
    if (read < 0) {
        return !colon;
    }
    *minutes = read;
    colon = **text == ':';
    if (skip_any(text, minute_marks)) {
        int seconds = read_number(text, 2, &digits);
        if ((seconds < 0 && colon) || seconds > 60) {
            return false;
        }
        skip_word(text, "秒");
    }
    if (**text == '.' && isdigit((unsigned char)(*text)[1])) {
        *text += 1 + strspn(*text + 1, "0123456789");
    }
    return read <= 59;
}

/* 103900 behind a T. */
static bool read_compact(const char **text, int *hours, int *minutes) {
    size_t digits = strspn(*text, "0123456789");
    if (digits != 4 && digits != 6) {
        return false;
    }
    int number = atoi(*text) / (digits == 6 ? 100 : 1);
    *hours = number / 100;
    *minutes = number % 100;
    *text += digits;
    return *minutes <= 59;
}

/* Moves over a time of day. *days is by how many the day in China lies behind the one written. */
static void skip_time(const char **text, int *days) {
    static const char *const halves[] = {"上午", "下午", "凌晨", "早上", "中午", "晚上", NULL};
    static const char *const english[] = {"AM", "PM", "am", "pm", NULL};
    const char *place = skip_blanks(*text);
    int digits = 0;
    int hours = 0;
    int minutes = 0;
    bool marked = skip_word(&place, "T");
    skip_any(&place, halves);
    place = skip_blanks(place);
    if (!marked || !read_compact(&place, &hours, &minutes)) {
        hours = read_number(&place, 2, &digits);
        if (hours < 0 || !read_minutes(&place, &minutes)) {
            return;
        }
    }
    if (hours > 24) {
        return;
    }
    const char *half = skip_blanks(place);
    place = skip_any(&half, english) ? half : place;
    int ahead = CHINA_ZONE;
    if (read_zone(&place, &ahead)) {
        int china = hours * 60 + minutes - ahead + CHINA_ZONE;
        *days = china < 0 ? -1 : china / DAY_MINUTES;
    }
    *text = place;
}

/* 星期三, (周三): a workbook's long form of a day. */
static void skip_weekday(const char **text) {
    static const char *const words[] = {"星期", "周", NULL};
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天", NULL};
    const char *place = skip_blanks(*text);
    bool bracket = skip_word(&place, "(");
    if (skip_any(&place, words) && skip_any(&place, days) && (!bracket || skip_word(&place, ")"))) {
        *text = place;
    }
}

/* ---- days ------------------------------------------------------------------------------------ */

/* 20200924, 20200924103900 and a workbook's serial number such as 44744 or 44744.5: the days since
 * 1899-12-30, taken from 1950 to 2098. */
static date read_digits(const char **text) {
    size_t digits = strspn(*text, "0123456789");
    const char *end = *text + digits;
    if (digits == 5) {
        int serial = atoi(*text);
        *text = *end == '.' ? end + 1 + strspn(end + 1, "0123456789") : end;
        return serial >= 18264 && serial <= 72684 ? date_add_days(18991230, serial) : DATE_NONE;
    }
    if (digits != 8 && digits != 12 && digits != 14) {
        return DATE_NONE;
    }
    int64_t value = strtoll(*text, NULL, 10);
    value = digits == 8 ? value * 10000 : digits == 14 ? value / 100 : value;
    if (value % 10000 / 100 > 24 || value % 100 > 59) {
        return DATE_NONE;
    }
    *text = end;
    value /= 10000;
    return date_make((int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100));
}

/* Reads a day with what belongs to it and moves behind it; DATE_NONE when there is none. */
static date read_day(const char **text, bool day_first) {
    const char *place = *text;
    date found = read_three(&place, day_first);
    if (found == DATE_NONE) {
        place = *text;
        found = read_digits(&place);
    }
    if (found == DATE_NONE) {
        return DATE_NONE;
    }
    int days = 0;
    if (*place != '\0') {
        skip_weekday(&place);
        skip_time(&place, &days);
    }
    *text = place;
    return days == 0 ? found : date_add_days(found, days);
}

/* What says that no last day is set. */
static bool says_long_term(const char *text) {
    static const char *const words[] = {"长期",   "长 期",    "永久",   "永续",       "无固定期限",
                                        "无期限", "无限期",   "不限期", "不约定期限", "无约定期限",
                                        "无限",   "不定期限", NULL};
    static const char *const behind[] = {"有效", "经营", "存续", "营业", NULL};
    if (isdigit((unsigned char)*text)) {
        return false;
    }
    bool bracket = skip_word(&text, "(");
    if (!skip_any(&text, words)) {
        return false;
    }
    skip_any(&text, behind);
    return (!bracket || skip_word(&text, ")")) && *text == '\0';
}

/* The days that databases and workbooks write for none. */
static bool is_zero(const char *text) {
    static const char *const words[] = {"0000-00-00", "0000/00/00", "1900-01-00",
                                        "1900/01/00", "1900/1/0",   NULL};
    if (*text != '0' && strncmp(text, "1900", 4) != 0) {
        return false;
    }
    if (skip_any(&text, words)) {
        int days = 0;
        skip_time(&text, &days);
        return *text == '\0';
    }
    return strcmp(text, "0") == 0 || strcmp(text, "00000000") == 0;
}

static enum parse parse_folded(const char *text, bool day_first, date *day) {
    static const char *const stops[] = {".", "。", NULL};
    if (value_is_nothing(text) || says_long_term(text) || is_zero(text)) {
        return PARSE_NONE;
    }
    date found = read_day(&text, day_first);
    text = skip_blanks(text);
    skip_any(&text, stops);
    if (found == DATE_NONE || date_year(found) < 1900 || *text != '\0') {
        return PARSE_BAD;
    }
    if (date_year(found) >= 2099) {
        return PARSE_NONE;
    }
    *day = found;
    return PARSE_OK;
}

/* Folds, and lets go of the sign that keeps a workbook from counting. */
static const char *fold(const char *cell, char text[static VALUE_SIZE]) {
    if (!value_fold(cell, text, VALUE_SIZE)) {
        return NULL;
    }
    return text[0] == '\'' ? skip_blanks(text + 1) : text;
}

enum parse value_date_parse(const char *cell, bool day_first, date *day) {
    char text[VALUE_SIZE];
    *day = DATE_NONE;
    const char *folded = fold(cell, text);
    return folded != NULL ? parse_folded(folded, day_first, day) : PARSE_BAD;
}

/* The text of the last day of a term: what stands behind the mark of a range. */
static const char *find_end(const char *text, bool day_first) {
    static const char *const starts[] = {"自", "从", NULL};
    static const char *const opens[] = {"起", NULL};
    static const char *const marks[] = {"至", "到", "~", "〜", "--", "——", "-", "—", "–", NULL};
    const char *place = text;
    skip_any(&place, starts);
    place = skip_blanks(place);
    read_day(&place, day_first); /* there may be none: 至2030-01-01 */
    place = skip_blanks(place);
    skip_any(&place, opens);
    place = skip_blanks(place);
    return skip_any(&place, marks) ? skip_blanks(place) : text;
}

enum parse value_term_end_parse(const char *cell, bool day_first, date *day) {
    static const char closes[] = "止";
    char text[VALUE_SIZE];
    *day = DATE_NONE;
    const char *folded = fold(cell, text);
    if (folded == NULL) {
        return PARSE_BAD;
    }
    size_t length = strlen(text);
    if (length >= strlen(closes) && strcmp(text + length - strlen(closes), closes) == 0) {
        text[length - strlen(closes)] = '\0';
    }
    if (value_is_nothing(folded)) {
        return PARSE_NONE;
    }
    const char *end = find_end(folded, day_first);
    return strcmp(end, "今") == 0 ? PARSE_NONE : parse_folded(end, day_first, day);
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
    int year = read_first(&place, &digits);
    bool parted = false;
    int month = -1;
    if (digits == 4) {
        parted = skip_separator(&place, "年");
        month = read_month(&place, &digits);
        place = skip_blanks(place);
        skip_word(&place, "月");
        skip_word(&place, "期");
    }
    if (month >= 1 && month <= 12 && *place == '\0' && (parted || digits == 2)) {
        *period = year * 100 + month;
        return year >= 1900 && year < 2099 ? PARSE_OK : PARSE_BAD;
    }
    date day = DATE_NONE;
    enum parse parse = parse_folded(text, false, &day);
    *period = day / 100;
    return parse;
}
