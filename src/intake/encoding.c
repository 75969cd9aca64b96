#include "intake/encoding.h"

#include "base/gettext.h"
#include "intake/utf8_scan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#define PIECE 65536

/* A few broken sequences, and one in so many good ones, are damage to rows; more is another kind
 * of file. */
#define TOLERATED_BROKEN 2
#define TOLERATED_SHARE 50

static const char *const names[] = {
#define ENCODING_NAME(code, name) [ENCODING_##code] = name,
    ENCODING_TABLE(ENCODING_NAME)
#undef ENCODING_NAME
};

const char *encoding_name(enum encoding encoding) {
    return names[encoding];
}

/* Follows one multi-byte encoding through the file, counting what is well formed and what not. */
struct follower {
    unsigned pending;  /* UTF-8: bytes still to come; GB18030: place inside the sequence */
    unsigned char low; /* UTF-8: bounds of the next byte */
    unsigned char high;
    uint64_t good; /* multi-byte sequences */
    uint64_t broken;
    int64_t broken_line;
};

static void follower_break(struct follower *follower, int64_t line) {
    if (follower->broken++ == 0) {
        follower->broken_line = line;
    }
    follower->pending = 0;
}

/* The first byte of a UTF-8 sequence, with the bounds that shut out overlong forms, surrogates
 * and what lies beyond U+10FFFF. */
static void utf8_lead(struct follower *follower, unsigned char byte, int64_t line) {
    follower->low = 0x80;
    follower->high = 0xBF;
    if (byte < 0x80) {
        if (byte == 0) {
            follower_break(follower, line);
        }
        return;
    }
    if (byte < 0xC2 || byte > 0xF4) {
        follower_break(follower, line);
    } else if (byte < 0xE0) {
        follower->pending = 1;
    } else if (byte < 0xF0) {
        follower->pending = 2;
        follower->low = byte == 0xE0 ? 0xA0 : 0x80;
        follower->high = byte == 0xED ? 0x9F : 0xBF;
    } else {
        follower->pending = 3;
        follower->low = byte == 0xF0 ? 0x90 : 0x80;
        follower->high = byte == 0xF4 ? 0x8F : 0xBF;
    }
}

static void utf8_follow(struct follower *follower, unsigned char byte, int64_t line) {
    if (follower->pending == 0) {
        utf8_lead(follower, byte, line);
        return;
    }
    if (byte < follower->low || byte > follower->high) {
        follower_break(follower, line);
        utf8_lead(follower, byte, line);
        return;
    }
    follower->low = 0x80;
    follower->high = 0xBF;
    follower->pending--;
    follower->good += follower->pending == 0;
}

static void gb18030_lead(struct follower *follower, unsigned char byte, int64_t line) {
    if (byte == 0 || byte == 0x80 || byte == 0xFF) {
        follower_break(follower, line);
    } else if (byte > 0x80) {
        follower->pending = 1;
    }
}

/* Two bytes, or four whose second and fourth are digits. */
static void gb18030_follow(struct follower *follower, unsigned char byte, int64_t line) {
    bool digit = byte >= 0x30 && byte <= 0x39;
    bool lead = byte >= 0x81 && byte <= 0xFE;
    bool trail = byte >= 0x40 && byte <= 0xFE && byte != 0x7F;
    switch (follower->pending) {
    case 0:
        gb18030_lead(follower, byte, line);
        return;
    case 1:
        if (digit) {
            follower->pending = 2;
        } else if (trail) {
            follower->pending = 0;
            follower->good++;
        } else {
            follower_break(follower, line);
            gb18030_lead(follower, byte, line);
        }
        return;
    case 2:
        if (lead) {
            follower->pending = 3;
            return;
        }
        break;
    default:
        if (digit) {
            follower->pending = 0;
            follower->good++;
            return;
        }
        break;
    }
    follower_break(follower, line);
    gb18030_lead(follower, byte, line);
}

/* Takes the better of the two; false when neither makes a text of the file. */
static bool decide(const struct follower *utf8, const struct follower *gb18030,
                   struct encoding_finding *finding) {
    const struct follower *best = utf8->broken <= gb18030->broken ? utf8 : gb18030;
    finding->encoding = best == utf8 ? ENCODING_UTF_8 : ENCODING_GB18030;
    finding->invalid = best->broken;
    finding->invalid_line = best->broken_line;
    return best->broken <= TOLERATED_BROKEN + best->good / TOLERATED_SHARE;
}

/* UTF-16 without a mark: its delimiters and line ends have a zero byte on one side. No character
 * that anybody writes looks so the other way round. */
static bool find_wide(const unsigned char *bytes, size_t length, struct encoding_finding *finding) {
    size_t little = 0;
    size_t big = 0;
    size_t zero = 0;
    for (size_t i = 0; i + 1 < length; i += 2) {
        unsigned char low = bytes[i];
        unsigned char high = bytes[i + 1];
        little += high == 0 && (low == '\t' || low == '\n' || low == '\r' || low == ',');
        big += low == 0 && (high == '\t' || high == '\n' || high == '\r' || high == ',');
        zero += low == 0 && high == 0;
    }
    if (zero > 0 || (little == 0) == (big == 0) || little + big < 2 + length / 256) {
        return false;
    }
    finding->encoding = little > 0 ? ENCODING_UTF_16LE : ENCODING_UTF_16BE;
    return true;
}

/* Looks at a byte order mark, or for what is as plain; true when it decides alone. */
static bool read_mark(const unsigned char *bytes, size_t length, struct encoding_finding *finding) {
    if (length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) {
        finding->encoding = ENCODING_UTF_16LE;
        finding->mark = 2;
        return true;
    }
    if (length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) {
        finding->encoding = ENCODING_UTF_16BE;
        finding->mark = 2;
        return true;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        finding->mark = 3;
        return false;
    }
    return memchr(bytes, 0, length) != NULL && find_wide(bytes, length, finding);
}

static enum result read_failed(const char *path, struct error *error) {
    errno = errno == 0 ? EIO : errno;
    return error_from_errno(error, _("read"), path);
}

/* The pass over the whole file. */
static enum result follow_file(FILE *file, const char *path, struct encoding_finding *finding,
                               bool *text, struct error *error) {
    static const size_t size = PIECE;
    unsigned char *bytes = malloc(size);
    if (bytes == NULL) {
        return error_no_memory(error);
    }
    struct follower utf8 = {0};
    struct follower gb18030 = {0};
    int64_t line = 1;
    bool marked = false;
    size_t got;
    while ((got = fread(bytes, 1, size, file)) > 0) {
        if (finding->size == 0) {
            marked = read_mark(bytes, got, finding);
        }
        finding->size += got;
        for (size_t i = 0; i < got && !marked; i++) {
            utf8_follow(&utf8, bytes[i], line);
            gb18030_follow(&gb18030, bytes[i], line);
            line += bytes[i] == '\n';
        }
    }
    free(bytes);
    if (ferror(file)) {
        return read_failed(path, error);
    }
    if (utf8.pending > 0) {
        follower_break(&utf8, line);
    }
    if (gb18030.pending > 0) {
        follower_break(&gb18030, line);
    }
    /* A UTF-8 mark says what was meant, however broken the bytes behind it are. */
    if (finding->mark == 3) {
        gb18030.broken = UINT64_MAX;
    }
    *text = marked || decide(&utf8, &gb18030, finding);
    return RESULT_OK;
}

/* Most files are UTF-8 without a fault, and that is told many times as fast: *plain tells whether
 * this one is. The file is read from its start. */
static enum result scan_file(FILE *file, const char *path, struct encoding_finding *finding,
                             bool *plain, struct error *error) {
    struct utf8_scan scan = {0};
    unsigned char *bytes = malloc(PIECE);
    if (bytes == NULL) {
        return error_no_memory(error);
    }
    size_t got;
    *plain = true;
    while (*plain && (got = fread(bytes, 1, PIECE, file)) > 0) {
        if (finding->size == 0 && got >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
            finding->mark = 3;
        }
        finding->size += got;
        *plain = utf8_scan_add(&scan, bytes, got);
    }
    free(bytes);
    if (ferror(file)) {
        return read_failed(path, error);
    }
    *plain = *plain && utf8_scan_end(&scan);
    finding->encoding = ENCODING_UTF_8;
    if (!*plain) {
        *finding = (struct encoding_finding){0};
        rewind(file);
    }
    return RESULT_OK;
}

enum result encoding_detect(const char *path, struct encoding_finding *finding,
                            struct error *error) {
    *finding = (struct encoding_finding){0};
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    bool text = false;
    enum result code = scan_file(file, path, finding, &text, error);
    if (code == RESULT_OK && !text) {
        code = follow_file(file, path, finding, &text, error);
    }
    fclose(file);
    if (code == RESULT_OK && !text) {
        code = error_set(error, RESULT_INVALID,
                         _("%s:%lld: these bytes are neither UTF-8 nor GB18030 text; open the file "
                           "where it comes from and save it as CSV (UTF-8)."),
                         path, (long long)finding->invalid_line);
    }
    return code;
}

struct encoding_stream {
    FILE *file;
    char *path;
    UConverter *from; /* NULL: the bytes are good UTF-8 already */
    UConverter *to;
    UChar pivot[4096];
    UChar *pivot_source;
    UChar *pivot_target;
    char bytes[PIECE];
    uint64_t position;
    bool finished;
};

enum result encoding_stream_open(struct encoding_stream **stream, const char *path,
                                 const struct encoding_finding *finding, struct error *error) {
    *stream = NULL;
    struct encoding_stream *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->path = strdup(path)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    errno = 0;
    made->file = fopen(path, "rb");
    if (made->file == NULL || fseeko(made->file, (off_t)finding->mark, SEEK_SET) != 0) {
        enum result code = error_from_errno(error, _("open"), path);
        encoding_stream_free(made);
        return code;
    }
    made->position = finding->mark;
    made->pivot_source = made->pivot_target = made->pivot;
    if (finding->encoding != ENCODING_UTF_8 || finding->invalid > 0) {
        UErrorCode status = U_ZERO_ERROR;
        made->from = ucnv_open(encoding_name(finding->encoding), &status);
        made->to = ucnv_open("UTF-8", &status);
        if (U_FAILURE(status)) {
            encoding_stream_free(made);
            return error_no_memory(error);
        }
    }
    *stream = made;
    return RESULT_OK;
}

/* Appends, with NUL bytes made visible: a C string could not carry them. */
static void append_text(struct buffer *text, const char *data, size_t length) {
    const char *nul;
    while ((nul = memchr(data, '\0', length)) != NULL) {
        size_t before = (size_t)(nul - data);
        buffer_append(text, data, before);
        buffer_append_text(text, "\xEF\xBF\xBD");
        data += before + 1;
        length -= before + 1;
    }
    buffer_append(text, data, length);
}

/* Converts one piece; ICU keeps a sequence cut in two by the end of the piece. */
static enum result convert(struct encoding_stream *stream, size_t length, struct buffer *text,
                           struct error *error) {
    char out[8192];
    const char *source = stream->bytes;
    const char *limit = stream->bytes + length;
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        char *target = out;
        status = U_ZERO_ERROR;
        ucnv_convertEx(stream->to, stream->from, &target, out + sizeof(out), &source, limit,
                       stream->pivot, &stream->pivot_source, &stream->pivot_target,
                       stream->pivot + sizeof(stream->pivot) / sizeof(stream->pivot[0]), false,
                       stream->finished, &status);
        append_text(text, out, (size_t)(target - out));
    }
    /* A sequence cut off by the end of the file. */
    if (status == U_TRUNCATED_CHAR_FOUND) {
        buffer_append_text(text, "\xEF\xBF\xBD");
        status = U_ZERO_ERROR;
    }
    if (U_FAILURE(status)) {
        return error_set(error, RESULT_IO, _("Cannot convert %s to UTF-8: %s."), stream->path,
                         u_errorName(status));
    }
    return RESULT_OK;
}

enum result encoding_stream_read(struct encoding_stream *stream, struct buffer *text, bool *end,
                                 struct error *error) {
    *end = stream->finished;
    if (stream->finished) {
        return RESULT_OK;
    }
    errno = 0;
    size_t got = fread(stream->bytes, 1, sizeof(stream->bytes), stream->file);
    if (ferror(stream->file)) {
        return read_failed(stream->path, error);
    }
    stream->position += got;
    stream->finished = got < sizeof(stream->bytes);
    enum result code = RESULT_OK;
    if (stream->from != NULL) {
        code = convert(stream, got, text, error);
    } else {
        append_text(text, stream->bytes, got);
    }
    if (code == RESULT_OK && text->failed) {
        code = error_no_memory(error);
    }
    return code;
}

uint64_t encoding_stream_position(const struct encoding_stream *stream) {
    return stream->position;
}

void encoding_stream_free(struct encoding_stream *stream) {
    if (stream == NULL) {
        return;
    }
    if (stream->file != NULL) {
        fclose(stream->file);
    }
    ucnv_close(stream->from);
    ucnv_close(stream->to);
    free(stream->path);
    free(stream);
}
