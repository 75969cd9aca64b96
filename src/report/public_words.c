#include "report/public_words.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const words[] = {"信用风险",   "风险等级",   "信用等级",    "风险分类", "高风险",
                                    "一般风险",   "低风险",     "评分",        "得分",     "分值",
                                    "risk class", "risk level", "credit risk", "score"};
static const char *const behind[] = {"类", "级", "等"};

/* The bytes of a letter A to D, narrow or full-width, that a text starts with; 0 for none. */
static size_t letter_length(const char *text) {
    if (text[0] != '\0' && strchr("ABCDabcd", text[0]) != NULL) {
        return 1;
    }
    const unsigned char *bytes = (const unsigned char *)text;
    bool wide = bytes[0] == 0xEF && bytes[1] == 0xBC && bytes[2] >= 0xA1 && bytes[2] <= 0xA4;
    return wide ? 3 : 0;
}

/* The bytes of blanks, narrow or full-width. */
static size_t blank_length(const char *text) {
    size_t length = 0;
    for (;;) {
        if (text[length] == ' ') {
            length++;
        } else if (strncmp(text + length, "　", strlen("　")) == 0) {
            length += strlen("　");
        } else {
            return length;
        }
    }
}

/* True for "D类" and "D 级" at a place. */
static bool tells_letter_first(const char *text) {
    size_t length = letter_length(text);
    if (length == 0) {
        return false;
    }
    text += length + blank_length(text + length);
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        if (strncmp(text, behind[i], strlen(behind[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* True for "class D" at a place. */
static bool tells_letter_last(const char *text) {
    static const char word[] = "class ";
    if (strncasecmp(text, word, strlen(word)) != 0) {
        return false;
    }
    text += strlen(word);
    return letter_length(text) > 0 && !isalnum((unsigned char)text[letter_length(text)]);
}

bool public_words_tell(const char *text) {
    for (size_t i = 0; text != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasestr(text, words[i]) != NULL) {
            return true;
        }
    }
    bool inside = false; /* a word or number in letters that began before */
    for (; text != NULL && *text != '\0'; text++) {
        if (!inside && (tells_letter_first(text) || tells_letter_last(text))) {
            return true;
        }
        inside = isalnum((unsigned char)*text) != 0;
    }
    return false;
}
