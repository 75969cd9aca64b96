#include "intake/quick_cell.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* No amount of more digits is read here. */
#define MONEY_DIGITS_MAX 10

static bool is_han(const char *text) {
    unsigned char byte = (unsigned char)text[0];
    return byte >= 0xE4 && byte <= 0xE9;
}

/* A text that starts as words do which say nothing: it says something when it is of Han characters
 * and longer than any of them, or none of them. */
static bool doubtful_speaks(const char *cell, size_t length) {
    static const char *const words[] = {"无",     "不详",   "不祥",   "未知",   "未提供", "未填写",
                                        "未填",   "未填报", "暂无",   "没有",   "空",     "空白",
                                        "无数据", "无信息", "不适用", "未公示", "未登记", "未录入",
                                        "暂缺",   "缺失",   "待补充", "不明"};
    size_t looked = length < 15 ? length : 15;
    for (size_t i = 0; i < looked; i += 3) {
        if (!is_han(cell + i)) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i]) == length && memcmp(words[i], cell, length) == 0) {
            return false;
        }
    }
    return true;
}

bool quick_cell_speaks(const char *cell, size_t length) {
    static const char *const doubtful[] = {"无", "不", "未", "暂", "没", "空", "缺", "待"};
    unsigned char first = length == 0 ? 0 : (unsigned char)cell[0];
    if (first >= '0' && first <= '9') {
        return true;
    }
    if ((first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z')) {
        return strchr("NnUu", first) == NULL;
    }
    if (length == 0 || !is_han(cell)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++) {
        if (memcmp(cell, doubtful[i], 3) == 0) {
            return doubtful_speaks(cell, length);
        }
    }
    return true;
}

/* True for a byte that may be, with the one behind it, part of a blank beyond ASCII, of a character
 * that is not seen, of a lost one, of a star, or is a blank or a star itself. */
static bool is_odd(unsigned char byte, unsigned char next) {
    return byte <= 0x20 || byte == 0x7F || byte == 0xC2 || byte == '*' ||
           (byte == 0x80 && next == 0x80) || (byte == 0xE2 && (next == 0x80 || next == 0x81)) ||
           (byte == 0xBB && next == 0xBF) || (byte == 0xBF && next == 0xBD) ||
           (byte == 0xBC && next == 0x8A);
}

#if defined(__SSE2__)
#define IS(vector, byte) _mm_cmpeq_epi8(vector, _mm_set1_epi8((char)(byte)))

/* The same for sixteen bytes at once; the one behind them is read too. */
static bool any_odd(const char *cell) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)cell);
    __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(cell + 1));
    __m128i odd = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x20)), bytes);
    odd = _mm_or_si128(odd, _mm_or_si128(IS(bytes, 0x7F), IS(bytes, 0xC2)));
    odd = _mm_or_si128(odd, IS(bytes, '*'));
    odd = _mm_or_si128(odd, _mm_and_si128(IS(bytes, 0x80), IS(next, 0x80)));
    odd = _mm_or_si128(
        odd, _mm_and_si128(IS(bytes, 0xE2), _mm_or_si128(IS(next, 0x80), IS(next, 0x81))));
    odd = _mm_or_si128(odd, _mm_and_si128(IS(bytes, 0xBB), IS(next, 0xBF)));
    odd = _mm_or_si128(odd, _mm_and_si128(IS(bytes, 0xBF), IS(next, 0xBD)));
    odd = _mm_or_si128(odd, _mm_and_si128(IS(bytes, 0xBC), IS(next, 0x8A)));
    return _mm_movemask_epi8(odd) != 0;
}
#endif

/* The zero byte behind the cell is read too, and nothing beyond. */
static bool has_odd(const char *cell, size_t length) {
    size_t at = 0;
#if defined(__SSE2__)
    if (length >= 16) {
        for (; at + 16 <= length; at += 16) {
            if (any_odd(cell + at)) {
                return true;
            }
        }
        return any_odd(cell + length - 16);
    }
#endif
    for (; at < length; at++) {
        if (is_odd((unsigned char)cell[at], (unsigned char)cell[at + 1])) {
            return true;
        }
    }
    return false;
}

bool quick_cell_text(const char *cell, size_t length) {
    return quick_cell_speaks(cell, length) && !has_odd(cell, length);
}

bool quick_cell_name(const char *cell, size_t length) {
    static const char *const tails[] = {"？", "。", "，", "、", "；"};
    if (!quick_cell_text(cell, length)) {
        return false;
    }
    if (memchr("?.,;", cell[length - 1], 4) != NULL) {
        return false;
    }
    for (size_t i = 0; length >= 3 && i < sizeof(tails) / sizeof(tails[0]); i++) {
        if (memcmp(cell + length - 3, tails[i], 3) == 0) {
            return false;
        }
    }
    return true;
}

/* The value of count digits; -1 when one is none. */
static int digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool quick_cell_day(const char *cell, size_t length, date *day) {
    if (length != 10 || (cell[4] != '-' && cell[4] != '/') || cell[7] != cell[4]) {
        return false;
    }
    int year = digits(cell, 4);
    *day = date_make(year, digits(cell + 5, 2), digits(cell + 8, 2));
    return *day != DATE_NONE && year >= 1900 && year < 2099;
}

bool quick_cell_money(const char *cell, size_t length, int64_t unit, int64_t *fen) {
    int64_t whole = 0;
    size_t at = 0;
    for (; at < length && cell[at] >= '0' && cell[at] <= '9'; at++) {
        if (at == MONEY_DIGITS_MAX) {
            return false;
        }
        whole = whole * 10 + (cell[at] - '0');
    }
    if (at == 0 || unit <= 0 || unit > 1000000 || unit % 100 != 0) {
        return false;
    }
    int64_t hundredths = 0;
    if (at < length) {
        size_t places = length - at - 1;
        int fraction = cell[at] == '.' && (places == 1 || places == 2)
                           ? digits(cell + at + 1, (int)places)
                           : -1;
        if (fraction < 0) {
            return false;
        }
        hundredths = places == 1 ? fraction * 10 : fraction;
    }
    *fen = whole * unit + hundredths * (unit / 100);
    return true;
}
