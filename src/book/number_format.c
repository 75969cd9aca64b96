#include "book/number_format.h"

#include "base/date.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_DIGITS 15
#define DAY_SECONDS 86400
#define LAST_DAY 2958465  /* 9999-12-31 */
#define DAYS_TO_1904 1462 /* from the first day of the one calendar to that of the other */
#define LEAP_DAY 60       /* 29 February 1900, which workbooks count and which never was */

/* ---- reading a code ----------------------------------------------------------------------- */
/* A code being read: its first section, which is that of positive numbers or of all. */
struct scan {
    struct book_number_format *format;
    bool year_or_day;
    bool month;
    bool hour_or_second;
    bool digits;   /* a place for digits was seen */
    bool point;    /* and a point */
    bool scaled;   /* a comma behind the last place divides by a thousand */
    bool exponent; /* or a fraction: the number is not written plainly */
    bool inside;   /* words stand between digits */
};

/* Adds to the word before or behind the digits; one that is too long becomes none. */
static void add_word(struct scan *scan, const char *text, size_t length) {
    char *word = scan->digits ? scan->format->behind : scan->format->before;
    size_t used = strlen(word);
    if (used + length < BOOK_FORMAT_WORD) {
        memcpy(word + used, text, length);
        word[used + length] = '\0';
    } else {
        scan->inside = true;
    }
}

static void add_digit(struct scan *scan, char place) {
    struct book_number_format *format = scan->format;
    scan->inside |= scan->digits && format->behind[0] != '\0';
    scan->digits = true;
    scan->scaled = false;
    if (place == '0' && !scan->point && format->least < UINT8_MAX) {
        format->least++;
    } else if (place == '0' && scan->point && format->decimals < UINT8_MAX) {
        format->decimals++;
    }
}

/* Reads "[...]": elapsed hours, a currency, else colours, conditions and languages. */
static const char *read_bracket(struct scan *scan, const char *at) {
    size_t length = strcspn(at, "]");
    if (length > 2 && at[1] == '$') {
        size_t word = strcspn(at + 2, "-]");
        add_word(scan, at + 2, word);
    } else if (length > 1 && strspn(at + 1, "hHmMsS") == length - 1) {
        scan->format->elapsed = true;
        scan->hour_or_second = true;
    }
    return at[length] == '\0' ? at + length : at + length + 1;
}

/* Reads a letter of a day or time; false when it is none. */
static bool read_letter(struct scan *scan, char letter) {
    switch (tolower((unsigned char)letter)) {
    case 'y':
    case 'd':
    case 'e':
    case 'a':
        scan->year_or_day = true;
        return true;
    case 'm':
        scan->month = true;
        return true;
    case 'h':
    case 's':
        scan->hour_or_second = true;
        return true;
    default:
        return false;
    }
}

/* A word that stands for the general format at `at`, or for a half of the day; 0 for none. */
static size_t word_length(const char *at, bool *general) {
    static const char *const words[] = {"General", "G/通用格式", "AM/PM", "A/P", "上午/下午"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t length = strlen(words[i]);
        if (strncasecmp(at, words[i], length) == 0) {
            *general = i < 2;
            return length;
        }
    }
    return 0;
}

/* The bytes of the character at `at`; 0 at the end. */
static size_t character_length(const char *at) {
    size_t length = *at == '\0' ? 0 : 1;
    while (length > 0 && (at[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

/* Reads one element of the section; gives what follows. */
static const char *read_element(struct scan *scan, const char *at) {
    bool general = false;
    size_t word = word_length(at, &general);
    if (word > 0) {
        if (general) {
            add_digit(scan, '#');
        }
        return at + word;
    }
    switch (*at) {
    case '"': {
        size_t length = strcspn(at + 1, "\"");
        add_word(scan, at + 1, length);
        return at[length + 1] == '\0' ? at + length + 1 : at + length + 2;
    }
    case '\\':
    case '!':
        add_word(scan, at + 1, character_length(at + 1));
        return at + 1 + character_length(at + 1);
    case '_':
    case '*':
        return at + 1 + character_length(at + 1);
    case '[':
        return read_bracket(scan, at);
    case '0':
    case '#':
    case '?':
        add_digit(scan, *at);
        return at + 1;
    case '.':
        scan->point = true;
        return at + 1;
    case ',':
        scan->scaled = scan->digits;
        return at + 1;
    case '%':
        scan->format->percent = true;
        return at + 1;
    case '/':
        scan->exponent |= scan->digits;
        return at + 1;
    case 'E':
    case 'e':
        if (scan->digits && (at[1] == '+' || at[1] == '-')) {
            scan->exponent = true;
            return at + 2;
        }
        break;
    default:
        break;
    }
    if (!read_letter(scan, *at) && (*at & 0x80) != 0) {
        add_word(scan, at, character_length(at));
    }
    return at + character_length(at);
}

/* Blanks around a word are the look of the sheet. */
static void trim(char *word) {
    size_t length = strlen(word);
    while (length > 0 && word[length - 1] == ' ') {
        word[--length] = '\0';
    }
    size_t blanks = strspn(word, " ");
    memmove(word, word + blanks, length - blanks + 1);
}

void book_number_format_read(const char *code, struct book_number_format *format) {
    *format = (struct book_number_format){0};
    struct scan scan = {.format = format};
    while (*code != '\0' && *code != ';') {
        code = read_element(&scan, code);
    }
    format->day = !scan.digits && (scan.year_or_day || scan.month || scan.hour_or_second);
    format->clock = format->day && !scan.year_or_day && scan.hour_or_second;
    format->elapsed = format->elapsed && format->clock;
    bool plain = scan.digits && !scan.scaled && !scan.exponent && !scan.inside;
    if (format->day || !plain) {
        format->before[0] = '\0';
        format->behind[0] = '\0';
        format->least = 0;
        format->decimals = 0;
        format->percent = format->percent && scan.digits && !scan.exponent;
    }
    trim(format->before);
    trim(format->behind);
}

const char *book_number_format_code(unsigned number) {
    static const char *const codes[] = {
        [1] = "0",          [2] = "0.00",         [3] = "#,##0",        [4] = "#,##0.00",
        [9] = "0%",         [10] = "0.00%",       [14] = "yyyy/m/d",    [15] = "d-mmm-yy",
        [16] = "d-mmm",     [17] = "mmm-yy",      [18] = "h:mm AM/PM",  [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",      [21] = "h:mm:ss",     [22] = "m/d/yy h:mm", [27] = "yyyy年m月",
        [28] = "m月d日",    [29] = "m月d日",      [30] = "m-d-yy",      [31] = "yyyy年m月d日",
        [32] = "h时mm分",   [33] = "h时mm分ss秒", [34] = "h时mm分",     [35] = "h时mm分ss秒",
        [36] = "yyyy年m月", [45] = "mm:ss",       [46] = "[h]:mm:ss",   [47] = "mm:ss.0",
        [50] = "yyyy年m月", [51] = "m月d日",      [52] = "yyyy年m月",   [53] = "m月d日",
        [54] = "m月d日",    [55] = "h时mm分",     [56] = "h时mm分ss秒", [57] = "yyyy年m月",
        [58] = "m月d日",
    };
    return number < sizeof(codes) / sizeof(codes[0]) ? codes[number] : NULL;
}

/* ---- writing a number --------------------------------------------------------------------- */
/* Writes a number times 10 to the power of shift: its digits by hand, as no conversion of the
 * library writes at most so many of them without an exponent. */
static void write_decimal(double value, int shift, unsigned least, unsigned decimals,
                          struct buffer *text) {
    char digits[40];
    snprintf(digits, sizeof(digits), "%.*e", MOST_DIGITS - 1, fabs(value));
    int point = atoi(strchr(digits, 'e') + 1) + 1 + shift; /* digits before the point */
    memmove(digits + 1, digits + 2, MOST_DIGITS - 1);
    int count = MOST_DIGITS;
    while (count > 0 && digits[count - 1] == '0') {
        count--;
    }
    point = count == 0 ? 0 : point;
    if (point > 2 * MOST_DIGITS || point < -2 * MOST_DIGITS) {
        buffer_printf(text, "%.*g", MOST_DIGITS, value);
        return;
    }
    if (value < 0 && count > 0) {
        buffer_append_char(text, '-');
    }
    for (int i = point > 0 ? point : 0; i < (int)least; i++) {
        buffer_append_char(text, '0');
    }
    for (int i = 0; i < point; i++) {
        buffer_append_char(text, i < count ? digits[i] : '0');
    }
    if (point <= 0 && least == 0) {
        buffer_append_char(text, '0');
    }
    int behind = count > point ? count - point : 0;
    behind = behind < (int)decimals ? (int)decimals : behind;
    for (int i = 0; i < behind; i++) {
        if (i == 0) {
            buffer_append_char(text, '.');
        }
        int at = point + i;
        buffer_append_char(text, at >= 0 && at < count ? digits[at] : '0');
    }
}

static void write_time(int64_t seconds, bool whole, struct buffer *text) {
    int hours = (int)(seconds / 3600);
    int minutes = (int)(seconds / 60 % 60);
    buffer_printf(text, "%02d:%02d", hours, minutes);
    if (whole || seconds % 60 != 0) {
        buffer_printf(text, ":%02d", (int)(seconds % 60));
    }
}

/* Writes a day; false when the number is none. */
static bool write_day(const struct book_number_format *format, double value, bool from_1904,
                      struct buffer *text) {
    if (value < 0 || value >= LAST_DAY + 1) {
        return false;
    }
    int64_t seconds = llround(value * DAY_SECONDS);
    int64_t days = seconds / DAY_SECONDS;
    if (format->clock && (format->elapsed || days == 0)) {
        write_time(seconds, format->elapsed, text);
        return true;
    }
    seconds %= DAY_SECONDS;
    if (days == 0 && !from_1904) {
        if (seconds > 0) {
            write_time(seconds, false, text);
        }
        return true;
    }
    days += from_1904 ? DAYS_TO_1904 : 0;
    if (days > LAST_DAY) {
        return false;
    }
    date first = date_make(1899, 12, days < LEAP_DAY ? 31 : 30);
    char day[DATE_TEXT_SIZE];
    buffer_append_text(text, date_format(date_add_days(first, (int)days), day));
    if (seconds > 0) {
        buffer_append_char(text, ' ');
        write_time(seconds, true, text);
    }
    return true;
}

void book_number_write(const struct book_number_format *format, double value, bool from_1904,
                       struct buffer *text, bool *cut) {
    *cut = fabs(value) >= 1e15;
    if (format->day && write_day(format, value, from_1904, text)) {
        *cut = false;
        return;
    }
    bool share = format->percent;
    buffer_append_text(text, format->before);
    write_decimal(value, share ? 2 : 0, format->least, format->decimals, text);
    buffer_append_text(text, share ? "%" : "");
    buffer_append_text(text, format->behind);
}

void book_number_write_day(const char *day, size_t length, struct buffer *text) {
    const char *mark = memchr(day, 'T', length);
    if (mark == NULL) {
        buffer_append(text, day, length);
        return;
    }
    size_t time = 1;
    while (mark + time < day + length && strchr("0123456789:", mark[time]) != NULL) {
        time++;
    }
    bool none = strspn(mark + 1, "0:") >= time - 1;
    bool alone = strncmp(day, "1899-12-3", 9) == 0; /* the day before all others is none */
    if (!alone) {
        buffer_append(text, day, (size_t)(mark - day));
    }
    if (!none) {
        buffer_append_text(text, alone ? "" : " ");
        buffer_append(text, mark + 1, time - 1);
    }
}

bool book_number_read(const char *text, double *value) {
    size_t length = strspn(text, "0123456789+-.eE");
    if (length == 0 || text[length] != '\0') {
        return false;
    }
    char *end = NULL;
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value);
}
