#include "intake/value_fold.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

/* The length of a blank (ASCII and control characters, U+0085, U+00A0, U+2000 to U+200A, line ends,
 * the wide space U+3000) or of a character that is not seen (soft hyphen, zero-width space, marks
 * of direction, byte order mark); 0 for every other. */
static size_t blank_length(const char *text, bool *unseen) {
    const unsigned char *bytes = (const unsigned char *)text;
    *unseen = false;
    if (bytes[0] < 0x80) {
        return (bytes[0] <= 0x20 && bytes[0] != '\0') || bytes[0] == 0x7F ? 1 : 0;
    }
    if (bytes[0] == 0xC2) {
        *unseen = bytes[1] == 0xAD;
        return bytes[1] == 0x85 || bytes[1] == 0xA0 || *unseen ? 2 : 0;
    }
    if (bytes[0] == 0xE2 && bytes[1] == 0x80) {
        *unseen = bytes[2] == 0x8B || bytes[2] == 0x8E || bytes[2] == 0x8F ||
                  (bytes[2] >= 0xAA && bytes[2] <= 0xAE);
        return (bytes[2] >= 0x80 && bytes[2] <= 0x8A) || bytes[2] == 0xA8 || bytes[2] == 0xA9 ||
                       bytes[2] == 0xAF || *unseen
                   ? 3
                   : 0;
    }
    if (bytes[0] == 0xE2 && bytes[1] == 0x81) {
        *unseen = bytes[2] >= 0xA0 && bytes[2] <= 0xA9;
        return bytes[2] == 0x9F || *unseen ? 3 : 0;
    }
    *unseen = bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
    return *unseen || (bytes[0] == 0xE3 && bytes[1] == 0x80 && bytes[2] == 0x80) ? 3 : 0;
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

/* True for the first byte of a character that is no blank and its own compatible form: ASCII,
 * U+4000 to U+9FFF and the bytes within any character. Nearly all of a file is this. */
static bool stays(char first) {
    unsigned char byte = (unsigned char)first;
    return (byte > 0x20 && byte < 0xC2 && byte != 0x7F) || (byte >= 0xE4 && byte <= 0xE9);
}

/* A text being written into so much room. */
struct folded {
    char *text;
    size_t size;
    size_t length;
    bool pending; /* a blank, should anything follow */
};

static bool put(struct folded *folded, const char *bytes, size_t count) {
    if (folded->length + folded->pending + count >= folded->size) {
        return false;
    }
    if (folded->pending) {
        folded->text[folded->length++] = ' ';
        folded->pending = false;
    }
    memcpy(folded->text + folded->length, bytes, count);
    folded->length += count;
    return true;
}

/* Folds a character that may have a form of its own; gives its length, 0 when there is no room. */
static size_t put_other(struct folded *folded, const char *cell) {
    char twin = ascii_twin(cell);
    if (twin != '\0') {
        return put(folded, &twin, 1) ? 3 : 0;
    }
    char wide[TEXT_COMPATIBLE_SIZE];
    size_t taken = text_compatible(cell, wide);
    return put(folded, wide, strlen(wide)) ? taken : 0;
}

bool value_fold(const char *cell, char *text, size_t size) {
    struct folded folded = {.text = text, .size = size};
    while (*cell != '\0') {
        size_t taken = 1;
        if (stays(*cell)) {
            taken = put(&folded, cell, 1);
        } else {
            bool unseen = false;
            taken = blank_length(cell, &unseen);
            folded.pending = folded.pending || (taken > 0 && !unseen && folded.length > 0);
            taken = taken > 0 ? taken : put_other(&folded, cell);
        }
        if (taken == 0) {
            return false;
        }
        cell += taken;
    }
    text[folded.length] = '\0';
    return true;
}

/* No word that says nothing is longer, in bytes, its brackets and its stop among them. */
#define NOTHING_MAX 20

/* Nothing but strokes: / \ - * . _ ? and their Chinese relatives. */
static bool is_strokes(const char *text) {
    static const char *const strokes[] = {"—", "–", "―", "‐", "−", "─", "·", "、", "…", "。"};
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

/* Takes one pair of brackets and a stop behind a word away: (无) [null] <空> 无。 */
static void strip_word(const char **word, size_t *length) {
    static const char *const pairs[] = {"()", "[]", "<>", "{}"};
    static const char stop[] = "。";
    size_t stop_length = sizeof(stop) - 1;
    if (*length > stop_length && memcmp(*word + *length - stop_length, stop, stop_length) == 0) {
        *length -= stop_length;
    }
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && *length > 2; i++) {
        if ((*word)[0] == pairs[i][0] && (*word)[*length - 1] == pairs[i][1]) {
            (*word)++;
            *length -= 2;
            return;
        }
    }
}

/* True when a text may say nothing, by its first character: most texts end here. */
static bool may_be_nothing(const char *text) {
    static const char initials[] = "无不未暂没空缺待";
    unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        return first == '\0' || strchr("/\\-*._? ([<{#NnUu", text[0]) != NULL;
    }
    for (size_t i = 0; i + 3 < sizeof(initials) && first >= 0xE4; i += 3) {
        if (strncmp(initials + i, text, 3) == 0) {
            return true;
        }
    }
    return first < 0xE4;
}

bool value_is_nothing(const char *folded) {
    static const char *const words[] = {
        "无",     "不详",   "不祥",   "未知",  "未提供",  "未填写",  "未填",     "未填报",
        "暂无",   "没有",   "空",     "空白",  "无数据",  "无信息",  "不适用",   "未公示",
        "未登记", "未录入", "暂缺",   "缺失",  "待补充",  "不明",    "N/A",      "#N/A",
        "NA",     "N.A.",   "N.A",    "NULL",  "NONE",    "NIL",     "NaN",      "\\N",
        "#REF!",  "#NULL!", "#NAME?", "#NUM!", "#VALUE!", "#DIV/0!", "UNDEFINED"};
    if (!may_be_nothing(folded)) {
        return false;
    }
    if (is_strokes(folded)) {
        return true;
    }
    size_t length = strnlen(folded, NOTHING_MAX + 1);
    if (length > NOTHING_MAX) {
        return false;
    }
    strip_word(&folded, &length);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strncasecmp(folded, words[i], length) == 0 && words[i][length] == '\0') {
            return true;
        }
    }
    return false;
}

/* Trims and joins lines in place, leaving every other character as it is. */
static void trim(char *text) {
    char *out = text;
    const char *in = text;
    bool pending = false;
    while (*in != '\0') {
        bool unseen = false;
        size_t blank = blank_length(in, &unseen);
        if (blank > 0) {
            pending = pending || !unseen;
            in += blank;
            continue;
        }
        if (pending && out != text) {
            *out++ = ' ';
        }
        pending = false;
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

static int count_digits(const char *text) {
    return (int)strspn(text, "0123456789");
}

int value_read_whole(const char **text, int most, int64_t *value) {
    int run = count_digits(*text);
    int digits = run;
    int group = 0;
    const char *end = *text + run;
    for (; run > 0 && run <= 4 && *end == ','; digits += group, end += 1 + group) {
        int next = count_digits(end + 1);
        if ((group != 0 && next != group) || (next != 3 && next != 4) || run > next) {
            break;
        }
        group = next;
    }
    if (digits > most) {
        return -1;
    }
    *value = 0;
    for (const char *place = *text; place < end; place++) {
        *value = *place == ',' ? *value : *value * 10 + (*place - '0');
    }
    *text = end;
    return digits;
}
