#include "intake/value.h"

#include <ctype.h>
#include <string.h>

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
    int digits = value_read_whole(&place, 12, &value);
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
    int digits = value_read_whole(&place, 15, &value);
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
