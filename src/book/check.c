#include "book/check.h"

#include "base/gettext.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

/* The records of a ZIP file (PKWARE APPNOTE 6.3, 4.3.7, 4.3.12, 4.3.16): numbers are
 * little-endian. Workbooks of the library have neither comment nor ZIP64. */
#define LOCAL_SIZE 30
#define LOCAL_SIGNATURE 0x04034b50u
#define ENTRY_SIZE 46
#define ENTRY_SIGNATURE 0x02014b50u
#define END_SIZE 22
#define END_SIGNATURE 0x06054b50u
#define DEFLATED 8

#define CHUNK 65536
#define NAME_SIZE 256

/* Bytes kept of the start and of the end of a part: its root element is in both. */
#define PIECE 256

/* A part, as the directory has it. */
struct part {
    char name[NAME_SIZE];
    uint32_t method;
    uint32_t sum;
    uint32_t packed;
    uint32_t length;
    uint32_t offset;
};

static uint32_t number2(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t number4(const unsigned char *at) {
    return number2(at) | number2(at + 2) << 16;
}

static bool read_exactly(FILE *file, unsigned char *bytes, size_t length) {
    return fread(bytes, 1, length, file) == length;
}

/* Reads the next part of the directory; the file stands behind it then. */
static bool read_entry(FILE *file, struct part *part) {
    unsigned char entry[ENTRY_SIZE];
    if (!read_exactly(file, entry, sizeof(entry)) || number4(entry) != ENTRY_SIGNATURE) {
        return false;
    }
    uint32_t name = number2(entry + 28);
    uint32_t rest = number2(entry + 30) + number2(entry + 32);
    *part = (struct part){
        .method = number2(entry + 10),
        .sum = number4(entry + 16),
        .packed = number4(entry + 20),
        .length = number4(entry + 24),
        .offset = number4(entry + 42),
    };
    return name < NAME_SIZE && read_exactly(file, (unsigned char *)part->name, name) &&
           fseeko(file, (off_t)rest, SEEK_CUR) == 0;
}

/* Goes to the packed bytes of a part. */
static bool seek_part(FILE *file, const struct part *part) {
    unsigned char local[LOCAL_SIZE];
    return fseeko(file, (off_t)part->offset, SEEK_SET) == 0 &&
           read_exactly(file, local, sizeof(local)) && number4(local) == LOCAL_SIGNATURE &&
           fseeko(file, (off_t)(number2(local + 26) + number2(local + 28)), SEEK_CUR) == 0;
}

/* What has been unpacked so far. */
struct unpacked {
    uLong sum;
    uint64_t length;
    uint32_t rows;    /* row elements that ended */
    char head[PIECE]; /* the first bytes, NUL-terminated */
    char tail[PIECE]; /* the last ones */
    size_t head_length;
    size_t tail_length;
};

/* Adds bytes to the tail, which forgets its first ones. */
static void keep_tail(struct unpacked *unpacked, const char *bytes, size_t length) {
    size_t room = sizeof(unpacked->tail) - 1;
    if (length >= room) {
        memcpy(unpacked->tail, bytes + length - room, room);
        unpacked->tail_length = room;
        return;
    }
    size_t kept = unpacked->tail_length < room - length ? unpacked->tail_length : room - length;
    memmove(unpacked->tail, unpacked->tail + unpacked->tail_length - kept, kept);
    memcpy(unpacked->tail + kept, bytes, length);
    unpacked->tail_length = kept + length;
}

/* Counts the ends of rows in the bytes, also one that lies over the edge of the tail. */
static void count_rows(struct unpacked *unpacked, const char *bytes, size_t length) {
    static const char end[] = "</row>";
    const size_t size = sizeof(end) - 1;
    char edge[2 * sizeof(end)];
    size_t before = unpacked->tail_length < size - 1 ? unpacked->tail_length : size - 1;
    size_t after = length < size - 1 ? length : size - 1;
    memcpy(edge, unpacked->tail + unpacked->tail_length - before, before);
    memcpy(edge + before, bytes, after);
    unpacked->rows += memmem(edge, before + after, end, size) != NULL ? 1 : 0;
    const char *stop = bytes + length;
    for (const char *at = bytes; (at = memmem(at, (size_t)(stop - at), end, size)) != NULL;) {
        unpacked->rows++;
        at += size;
    }
}

static void take(struct unpacked *unpacked, const char *bytes, size_t length) {
    unpacked->sum = crc32(unpacked->sum, (const Bytef *)bytes, (uInt)length);
    unpacked->length += length;
    size_t room = sizeof(unpacked->head) - 1 - unpacked->head_length;
    size_t more = length < room ? length : room;
    memcpy(unpacked->head + unpacked->head_length, bytes, more);
    unpacked->head_length += more;
    count_rows(unpacked, bytes, length);
    keep_tail(unpacked, bytes, length);
}

/* True when the text ends with the end of the element it began with. */
static bool root_ended(const struct unpacked *unpacked) {
    const char *root = unpacked->head;
    while ((root = strchr(root, '<')) != NULL && root[1] == '?') {
        root++;
    }
    if (root == NULL) {
        return false;
    }
    char end[PIECE];
    int name = (int)strcspn(root + 1, " >/\r\n");
    int length = snprintf(end, sizeof(end), "</%.*s>", name, root + 1);
    size_t tail = unpacked->tail_length;
    tail -= tail > 0 && unpacked->tail[tail - 1] == '\n' ? 1 : 0;
    return length > 0 && (size_t)length <= tail &&
           memcmp(unpacked->tail + tail - length, end, (size_t)length) == 0;
}

/* Unpacks what the stream has been given to eat. */
static int unpack(z_stream *stream, struct unpacked *unpacked) {
    char plain[CHUNK];
    int state;
    do {
        stream->next_out = (Bytef *)plain;
        stream->avail_out = CHUNK;
        state = inflate(stream, Z_NO_FLUSH);
        take(unpacked, plain, CHUNK - stream->avail_out);
    } while (state == Z_OK && stream->avail_out == 0);
    return state == Z_BUF_ERROR ? Z_OK : state; /* it had eaten all */
}

static bool inflate_part(FILE *file, const struct part *part, struct unpacked *unpacked) {
    unsigned char packed[CHUNK];
    z_stream stream = {0};
    int state = inflateInit2(&stream, -MAX_WBITS);
    for (uint32_t left = part->packed; state == Z_OK && left > 0;) {
        uint32_t length = left < CHUNK ? left : CHUNK;
        if (!read_exactly(file, packed, length)) {
            break;
        }
        left -= length;
        stream.next_in = packed;
        stream.avail_in = length;
        state = unpack(&stream, unpacked);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END;
}

/* The sheet a part is, from 0; SIZE_MAX when it is none. */
static size_t sheet_of(const char *name) {
    static const char start[] = "xl/worksheets/sheet";
    size_t length = sizeof(start) - 1;
    return strncmp(name, start, length) == 0 ? strtoul(name + length, NULL, 10) - 1 : SIZE_MAX;
}

static bool part_whole(FILE *file, const struct part *part, const uint32_t *rows, size_t sheets) {
    struct unpacked unpacked = {.sum = crc32(0, NULL, 0)};
    size_t sheet = sheet_of(part->name);
    return part->method == DEFLATED && seek_part(file, part) &&
           inflate_part(file, part, &unpacked) && unpacked.sum == part->sum &&
           unpacked.length == part->length && root_ended(&unpacked) &&
           (sheet >= sheets || unpacked.rows == rows[sheet]);
}

static bool book_whole(FILE *file, const uint32_t *rows, size_t sheets) {
    unsigned char end[END_SIZE];
    if (fseeko(file, -(off_t)END_SIZE, SEEK_END) != 0 || !read_exactly(file, end, sizeof(end)) ||
        number4(end) != END_SIGNATURE) {
        return false;
    }
    uint32_t parts = number2(end + 10);
    off_t place = (off_t)number4(end + 16);
    for (uint32_t i = 0; i < parts; i++) {
        struct part part;
        if (fseeko(file, place, SEEK_SET) != 0 || !read_entry(file, &part)) {
            return false;
        }
        place = ftello(file);
        if (!part_whole(file, &part, rows, sheets)) {
            return false;
        }
    }
    return parts > 0;
}

enum result book_check(const char *path, const char *folder, const uint32_t *rows, size_t sheets,
                       struct error *error) {
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    bool whole = book_whole(file, rows, sheets);
    fclose(file);
    return whole ? RESULT_OK
                 : error_set(error, RESULT_NO_SPACE,
                             _("The workbook broke off while it was written; most likely the disk "
                               "of %s is full. Free some space or choose another folder."),
                             folder);
}
