#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool text_valid_utf8(const char *text, size_t length) {
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    while (length > 0) {
        utf8proc_int32_t codepoint;
        utf8proc_ssize_t step = utf8proc_iterate(bytes, (utf8proc_ssize_t)length, &codepoint);
        if (step <= 0) {
            return false;
        }
        bytes += step;
        length -= (size_t)step;
    }
    return true;
}

bool text_blank(const char *text) {
    static const char wide_blank[] = "\xe3\x80\x80"; /* U+3000, what an input method types */
    while (text != NULL && *text != '\0') {
        if (strncmp(text, wide_blank, 3) == 0) {
            text += 3;
        } else if (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
            text++;
        } else {
            return false;
        }
    }
    return true;
}

/* Reads one code point; an ill-formed byte reads as U+FFFD of one byte. */
static size_t next_codepoint(const char *text, size_t length, utf8proc_int32_t *codepoint) {
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, codepoint);
    if (step <= 0) {
        *codepoint = 0xFFFD;
        return 1;
    }
    return (size_t)step;
}

static int codepoint_width(utf8proc_int32_t codepoint) {
    if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0)) {
        return 1; /* painted as '?' */
    }
    return utf8proc_charwidth(codepoint);
}

/* The bytes of a letter that is a grapheme by itself whatever letter of this kind stands next to
 * it: one for ASCII, three for Chinese (U+4E00 to U+9FFF), 0 for anything else. */
static size_t plain_letter(const char *text, size_t length) {
    unsigned char lead = length == 0 ? 0 : (unsigned char)text[0];
    if (lead >= 0x20 && lead < 0x7F) {
        return 1;
    }
    if (lead < 0xE4 || lead > 0xE9 || length < 3) {
        return 0;
    }
    unsigned char second = (unsigned char)text[1];
    return second >= (lead == 0xE4 ? 0xB8 : 0x80) && second <= 0xBF &&
                   ((unsigned char)text[2] & 0xC0) == 0x80
               ? 3
               : 0;
}

size_t text_next_grapheme(const char *text, size_t length, int *width) {
    if (width != NULL) {
        *width = 0;
    }
    if (length == 0) {
        return 0;
    }
    size_t plain = plain_letter(text, length);
    if (plain > 0 && (plain == length || plain_letter(text + plain, length - plain) > 0)) {
        if (width != NULL) {
            *width = plain == 1 ? 1 : 2;
        }
        return plain;
    }
    utf8proc_int32_t current;
    size_t used = next_codepoint(text, length, &current);
    int columns = codepoint_width(current);
    utf8proc_int32_t state = 0;
    while (used < length) {
        utf8proc_int32_t next;
        size_t step = next_codepoint(text + used, length - used, &next);
        if (utf8proc_grapheme_break_stateful(current, next, &state)) {
            break;
        }
        /* The widest code point is the cluster's width: combining marks add nothing. */
        int extra = codepoint_width(next);
        columns = extra > columns ? extra : columns;
        current = next;
        used += step;
    }
    if (width != NULL) {
        *width = columns;
    }
    return used;
}

int text_width_n(const char *text, size_t length) {
    int total = 0;
    while (length > 0) {
        int width;
        size_t step = text_next_grapheme(text, length, &width);
        total += width;
        text += step;
        length -= step;
    }
    return total;
}

int text_width(const char *text) {
    return text_width_n(text, strlen(text));
}

const char *text_number(int64_t number, char text[static TEXT_NUMBER_SIZE]) {
    char digits[TEXT_NUMBER_SIZE];
    size_t out = 0;
    int length = snprintf(digits, sizeof(digits), "%" PRId64, number);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-') {
            text[out++] = ',';
        }
        text[out++] = digits[i];
    }
    text[out] = '\0';
    return text;
}

size_t text_fit(const char *text, size_t length, int columns, int *width) {
    size_t used = 0;
    int total = 0;
    while (used < length) {
        int step_width;
        size_t step = text_next_grapheme(text + used, length - used, &step_width);
        if (total + step_width > columns) {
            break;
        }
        total += step_width;
        used += step;
    }
    if (width != NULL) {
        *width = total;
    }
    return used;
}

static bool is_blank(unsigned char byte) {
    return byte <= 0x20 || byte == 0x7F;
}

/* Folds blanks of NFKC text in place: runs become one blank, ends go. */
static void fold_blanks(char *text) {
    char *out = text;
    bool pending = false;
    for (const char *in = text; *in != '\0'; in++) {
        if (is_blank((unsigned char)*in)) {
            pending = out != text;
            continue;
        }
        if (pending) {
            *out++ = ' ';
            pending = false;
        }
        *out++ = *in;
    }
    *out = '\0';
}

char *text_normalise(const char *text) {
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
                                           UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                               UTF8PROC_COMPAT | UTF8PROC_IGNORE);
    if (length < 0) {
        return NULL;
    }
    fold_blanks((char *)folded);
    return (char *)folded;
}

/* True for what NFKC would make a digit of, though it is no part of a number. */
static bool is_mark(utf8proc_int32_t character) {
    int kind = utf8proc_get_property(character)->decomp_type;
    return kind == UTF8PROC_DECOMP_TYPE_SUPER || kind == UTF8PROC_DECOMP_TYPE_SUB ||
           kind == UTF8PROC_DECOMP_TYPE_CIRCLE || kind == UTF8PROC_DECOMP_TYPE_FRACTION ||
           (character >= 0x2474 && character <= 0x249B);
}

size_t text_compatible(const char *text, char folded[static TEXT_COMPATIBLE_SIZE]) {
    utf8proc_int32_t character;
    utf8proc_int32_t parts[TEXT_COMPATIBLE_SIZE / 4];
    size_t length = text[0] == '\0' ? 0 : next_codepoint(text, strnlen(text, 4), &character);
    memcpy(folded, text, length);
    folded[length] = '\0';
    if (length == 0 || character == 0xFFFD || is_mark(character)) {
        return length;
    }
    utf8proc_ssize_t count =
        utf8proc_decompose_char(character, parts, sizeof(parts) / sizeof(parts[0]),
                                UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT, NULL);
    if (count <= 0 || count >= (utf8proc_ssize_t)(sizeof(parts) / sizeof(parts[0]))) {
        return length;
    }
    count = utf8proc_normalize_utf32(parts, count,
                                     (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    size_t written = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        written += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)folded + written);
    }
    folded[written] = '\0';
    return length;
}

/* What a key makes of one byte of NFKC text; 0 for a blank, which it leaves out. */
static char key_byte(char byte) {
    if (is_blank((unsigned char)byte)) {
        return '\0';
    }
    if (byte >= 'a' && byte <= 'z') {
        return (char)(byte - 'a' + 'A');
    }
    if (byte == '[' || byte == '{') {
        return '(';
    }
    return byte == ']' || byte == '}' ? ')' : byte;
}

/* Characters that nearly all names are made of, and that NFKC leaves as they are or turns into one
 * byte of ASCII: adds what the key makes of one to *out and tells its length; 0 when it is none of
 * them. None of them joins with what stands before or behind it. */
static size_t add_common(const unsigned char *in, char **out) {
    char byte = '\0';
    size_t length = 1;
    if (in[0] < 0x80) {
        byte = key_byte((char)in[0]);
    } else if (in[0] < 0xE3 || in[0] > 0xEF || (in[1] & 0xC0) != 0x80 || (in[2] & 0xC0) != 0x80) {
        return 0;
    } else {
        unsigned point = (in[0] & 0x0FU) << 12 | (in[1] & 0x3FU) << 6 | (in[2] & 0x3FU);
        length = 3;
        if ((point >= 0x4E00 && point <= 0x9FEF) || (point >= 0x3008 && point <= 0x3011) ||
            (point >= 0x3014 && point <= 0x301B) || point == 0x3001 || point == 0x3002) {
            memcpy(*out, in, length);
            *out += length;
            return length;
        }
        if (point < 0xFF01 || point > 0xFF5E) {
            return 0;
        }
        byte = key_byte((char)(point - 0xFEE0));
    }
    if (byte != '\0') {
        *(*out)++ = byte;
    }
    return length;
}

/* Writes the key of a name of common characters to out, which has room for the name itself, and
 * tells its length; (size_t)-1 when some other character stands in it. */
static size_t common_key(const char *name, char *out) {
    const unsigned char *in = (const unsigned char *)name;
    char *place = out;
    while (*in != '\0') {
        size_t length = add_common(in, &place);
        if (length == 0) {
            return (size_t)-1;
        }
        in += length;
    }
    *place = '\0';
    return (size_t)(place - out);
}

/* The key of a name of any characters. */
static char *any_key(const char *name) {
    char *key = text_normalise(name);
    if (key == NULL) {
        return NULL;
    }
    char *out = key;
    for (const char *in = key; *in != '\0'; in++) {
        char byte = key_byte(*in);
        if (byte != '\0') {
            *out++ = byte;
        }
    }
    *out = '\0';
    return key;
}

char *text_name_key(const char *name) {
    char *key = malloc(strlen(name) + 1);
    if (key != NULL && common_key(name, key) == (size_t)-1) {
        free(key);
        key = any_key(name);
    }
    return key;
}

void text_append_name_key(struct buffer *buffer, const char *name) {
    char room[512];
    if (strlen(name) < sizeof(room)) {
        size_t length = common_key(name, room);
        if (length != (size_t)-1) {
            buffer_append(buffer, room, length);
            return;
        }
    }
    char *key = any_key(name);
    if (key == NULL) {
        buffer->failed = true;
        return;
    }
    buffer_append_text(buffer, key);
    free(key);
}

bool text_same_name(const char *left, const char *right) {
    char *one = text_name_key(left);
    char *other = text_name_key(right);
    bool same = one != NULL && other != NULL && strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}
