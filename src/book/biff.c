#include "book/biff.h"

#include "book/escape.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>

#define WIDE 0x01     /* the characters of a text take two bytes */
#define PHONETIC 0x04 /* reading aids stand behind it */
#define RICH 0x08     /* formatting does */
#define REPLACEMENT 0xFFFDu

static enum result damaged(const struct book_biff *biff, struct error *error) {
    return book_ole_damaged(biff->ole, error);
}

/* Reads the head of the next record. */
static enum result read_head(struct book_biff *biff, struct error *error) {
    unsigned char head[4];
    enum result code = book_ole_stream_read(biff->stream, biff->at, head, sizeof(head), error);
    if (code != RESULT_OK) {
        return code;
    }
    biff->type = book_number2(head);
    biff->length = book_number2(head + 2);
    biff->place = 0;
    biff->at += sizeof(head);
    return RESULT_OK;
}

enum result book_biff_next(struct book_biff *biff, struct error *error) {
    enum result code = read_head(biff, error);
    if (code == RESULT_OK) {
        code = book_ole_stream_read(biff->stream, biff->at, biff->body, biff->length, error);
    }
    if (code != RESULT_OK) {
        biff->length = 0;
        return code;
    }
    biff->at += biff->length;
    return RESULT_OK;
}

enum result book_biff_peek(struct book_biff *biff, unsigned *type, struct error *error) {
    unsigned char head[2];
    *type = 0;
    if (biff->at + 4 > book_ole_stream_size(biff->stream)) {
        return RESULT_OK;
    }
    enum result code = book_ole_stream_read(biff->stream, biff->at, head, sizeof(head), error);
    *type = code == RESULT_OK ? book_number2(head) : 0;
    return code;
}

uint32_t book_biff_number2(const struct book_biff *biff, size_t at) {
    return at + 2 <= biff->length ? book_number2(biff->body + at) : 0;
}

uint32_t book_biff_number4(const struct book_biff *biff, size_t at) {
    return at + 4 <= biff->length ? book_number4(biff->body + at) : 0;
}

double book_biff_real(const struct book_biff *biff, size_t at) {
    uint64_t bits = (uint64_t)book_biff_number4(biff, at + 4) << 32 | book_biff_number4(biff, at);
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* Goes to the record that the one at hand goes on in. */
static enum result go_on(struct book_biff *biff, struct error *error) {
    enum result code = book_biff_next(biff, error);
    return code == RESULT_OK && biff->type != BIFF_CONTINUE ? damaged(biff, error) : code;
}

static enum result take1(struct book_biff *biff, unsigned *byte, struct error *error) {
    while (biff->place >= biff->length) {
        enum result code = go_on(biff, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    *byte = biff->body[biff->place++];
    return RESULT_OK;
}

enum result book_biff_take2(struct book_biff *biff, uint32_t *number, struct error *error) {
    unsigned low = 0;
    unsigned high = 0;
    enum result code = take1(biff, &low, error);
    if (code == RESULT_OK) {
        code = take1(biff, &high, error);
    }
    *number = low | high << 8;
    return code;
}

enum result book_biff_pass(struct book_biff *biff, size_t length, struct error *error) {
    while (length > biff->length - biff->place) {
        length -= biff->length - biff->place;
        enum result code = go_on(biff, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    biff->place += length;
    return RESULT_OK;
}

/* Appends a UTF-16 unit; the first of a pair waits in *high for the second. */
static void put_unit(struct buffer *text, unsigned unit, unsigned *high) {
    char bytes[4];
    uint32_t character = unit;
    bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (*high != 0) {
        character = low ? 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00) : unit;
        if (!low) {
            buffer_append(text, bytes, book_put_character(bytes, REPLACEMENT));
        }
    } else if (low || unit == 0) {
        character = REPLACEMENT;
    }
    *high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    if (*high == 0) {
        buffer_append(text, bytes,
                      book_put_character(bytes, character == 0 ? REPLACEMENT : character));
    }
}

/* The characters of a text of 1997 and later; whether they take one byte or two is said anew in
 * each record. */
static enum result take_characters(struct book_biff *biff, size_t count, unsigned flags,
                                   struct buffer *text, struct error *error) {
    unsigned high = 0;
    while (count > 0) {
        if (biff->place >= biff->length) {
            enum result code = go_on(biff, error);
            if (code == RESULT_OK) {
                code = take1(biff, &flags, error);
            }
            if (code != RESULT_OK) {
                return code;
            }
            continue;
        }
        if ((flags & WIDE) == 0) {
            put_unit(text, biff->body[biff->place++], &high);
        } else if (biff->place + 2 <= biff->length) {
            put_unit(text, book_number2(biff->body + biff->place), &high);
            biff->place += 2;
        } else {
            return damaged(biff, error);
        }
        count--;
    }
    if (high != 0) {
        buffer_append_text(text, "\xEF\xBF\xBD");
    }
    return text->failed ? error_no_memory(error) : RESULT_OK;
}

/* The bytes of a text of 1995, in its code page. Western ones are read as Chinese too, as programs
 * that knew no better wrote them. */
static enum result take_bytes(struct book_biff *biff, size_t count, struct buffer *text,
                              struct error *error) {
    UErrorCode status = U_ZERO_ERROR;
    if (count > biff->length - biff->place) {
        return damaged(biff, error);
    }
    if (biff->converter == NULL) {
        const char *name = biff->code_page == 950   ? "Big5"
                           : biff->code_page == 932 ? "Shift_JIS"
                           : biff->code_page == 949 ? "windows-949"
                                                    : "GB18030";
        biff->converter = ucnv_open(name, &status);
        if (U_FAILURE(status)) {
            return error_no_memory(error);
        }
    }
    size_t room = 4 * count + 1;
    UChar *units = calloc(room, sizeof(*units));
    if (units == NULL) {
        return error_no_memory(error);
    }
    int32_t length = ucnv_toUChars(biff->converter, units, (int32_t)room,
                                   (const char *)biff->body + biff->place, (int32_t)count, &status);
    unsigned high = 0;
    for (int32_t i = 0; U_SUCCESS(status) && i < length; i++) {
        put_unit(text, units[i], &high);
    }
    free(units);
    biff->place += count;
    return text->failed ? error_no_memory(error) : RESULT_OK;
}

enum result book_biff_text(struct book_biff *biff, size_t characters, struct buffer *text,
                           struct error *error) {
    unsigned flags = 0;
    uint32_t runs = 0;
    uint32_t aids[2] = {0, 0};
    if (!biff->unicode) {
        return take_bytes(biff, characters, text, error);
    }
    enum result code = take1(biff, &flags, error);
    if (code == RESULT_OK && (flags & RICH) != 0) {
        code = book_biff_take2(biff, &runs, error);
    }
    for (int i = 0; code == RESULT_OK && (flags & PHONETIC) != 0 && i < 2; i++) {
        code = book_biff_take2(biff, &aids[i], error);
    }
    if (code == RESULT_OK) {
        code = take_characters(biff, characters, flags, text, error);
    }
    size_t behind = (size_t)4 * runs + ((size_t)aids[1] << 16) + aids[0];
    return code == RESULT_OK ? book_biff_pass(biff, behind, error) : code;
}

void book_biff_end(struct book_biff *biff) {
    ucnv_close(biff->converter);
    biff->converter = NULL;
}
