#include "book/ole.h"

#include "base/gettext.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((uint64_t)512 << 20)
#define MOST_ENTRIES 65536
#define HEADER_SIZE 512
#define HEADER_TABLES 109 /* sectors of the sector table that the header names itself */
#define ENTRY_SIZE 128
#define ENTRY_NAME 64
#define SHORT_SECTOR 64
#define SHORT_STREAM 4096 /* streams under this lie in short sectors */

/* A list of sectors or of what they say. */
struct numbers {
    uint32_t *items;
    size_t count;
};

struct book_ole {
    FILE *file;
    char *path;
    uint64_t size;
    size_t sector;              /* bytes */
    struct numbers table;       /* the sector behind each sector */
    struct numbers short_table; /* the same for short ones */
    struct numbers short_chain; /* sectors that hold the short ones */
    unsigned char *entries;
    size_t entry_count;
};

struct book_ole_stream {
    struct book_ole *ole;
    struct numbers chain;
    uint64_t size;
    bool is_short;
    uint64_t cached; /* the block in bytes, from 1; 0: none */
    unsigned char bytes[4096];
};

uint32_t book_number2(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

uint32_t book_number4(const unsigned char *at) {
    return book_number2(at) | book_number2(at + 2) << 16;
}

enum result book_ole_damaged(const struct book_ole *ole, struct error *error) {
    return error_set(error, RESULT_INVALID,
                     _("%s is no whole workbook (.xls); get it again from where it came."),
                     ole->path);
}

/* Sectors the file has room for, the header counted as none. */
static size_t sector_count(const struct book_ole *ole) {
    return (size_t)((ole->size + ole->sector - 1) / ole->sector);
}

/* Sectors that a table of so many numbers may take: twice what it needs, so that no file has more
 * memory spent on it than its size is worth. */
static size_t table_sectors(const struct book_ole *ole, size_t numbers) {
    return 2 * (numbers * 4 / ole->sector + 1);
}

/* Reads bytes at a place; what lies behind the file's end is zero, as the last sector may be cut
 * short. */
static enum result read_at(struct book_ole *ole, uint64_t at, unsigned char *bytes, size_t length,
                           struct error *error) {
    memset(bytes, 0, length);
    if (at >= ole->size) {
        return book_ole_damaged(ole, error);
    }
    errno = 0;
    if (fseeko(ole->file, (off_t)at, SEEK_SET) != 0 ||
        (fread(bytes, 1, length, ole->file) == 0 && ferror(ole->file))) {
        errno = errno == 0 ? EIO : errno;
        return error_from_errno(error, _("read"), ole->path);
    }
    return RESULT_OK;
}

static enum result read_sector(struct book_ole *ole, uint32_t number, unsigned char *bytes,
                               struct error *error) {
    return read_at(ole, ((uint64_t)number + 1) * ole->sector, bytes, ole->sector, error);
}

/* Follows a chain of sectors, at most so many. A chain that ends early or goes round is damage. */
static enum result follow(const struct book_ole *ole, const struct numbers *table, uint32_t first,
                          size_t count, struct numbers *chain, struct error *error) {
    chain->items = calloc(count + 1, sizeof(*chain->items));
    if (chain->items == NULL) {
        return error_no_memory(error);
    }
    uint32_t number = first;
    for (; chain->count < count; number = table->items[number]) {
        if (number >= table->count) {
            return book_ole_damaged(ole, error);
        }
        chain->items[chain->count++] = number;
    }
    return RESULT_OK;
}

/* The length of a chain that says itself where it ends. */
static size_t chain_length(const struct numbers *table, uint32_t first) {
    size_t count = 0;
    for (uint32_t number = first; number < table->count && count <= table->count;
         number = table->items[number]) {
        count++;
    }
    return count > table->count ? 0 : count;
}

/* Reads the numbers in the sectors of a list. */
static enum result read_numbers(struct book_ole *ole, const struct numbers *sectors,
                                struct numbers *numbers, struct error *error) {
    unsigned char bytes[4096];
    size_t each = ole->sector / 4;
    numbers->items = calloc(sectors->count * each + 1, sizeof(*numbers->items));
    if (numbers->items == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < sectors->count; i++) {
        enum result code = read_sector(ole, sectors->items[i], bytes, error);
        if (code != RESULT_OK) {
            return code;
        }
        for (size_t j = 0; j < each; j++) {
            numbers->items[numbers->count++] = book_number4(bytes + 4 * j);
        }
    }
    return RESULT_OK;
}

/* Gathers the sectors of the sector table: the first from the header, more from a list of sectors
 * that the header begins. */
static enum result list_tables(struct book_ole *ole, const unsigned char *header,
                               struct numbers *tables, struct error *error) {
    size_t count = book_number4(header + 44);
    size_t each = ole->sector / 4;
    if (count > table_sectors(ole, sector_count(ole))) {
        return book_ole_damaged(ole, error);
    }
    tables->items = calloc(count + 1, sizeof(*tables->items));
    if (tables->items == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < HEADER_TABLES && tables->count < count; i++) {
        tables->items[tables->count++] = book_number4(header + 76 + 4 * i);
    }
    unsigned char bytes[4096];
    for (uint32_t next = book_number4(header + 68); tables->count < count;
         next = book_number4(bytes + 4 * (each - 1))) {
        enum result code = read_sector(ole, next, bytes, error);
        if (code != RESULT_OK) {
            return code;
        }
        for (size_t i = 0; i + 1 < each && tables->count < count; i++) {
            tables->items[tables->count++] = book_number4(bytes + 4 * i);
        }
    }
    return RESULT_OK;
}

static enum result read_table(struct book_ole *ole, const unsigned char *header,
                              struct error *error) {
    struct numbers tables = {0};
    enum result code = list_tables(ole, header, &tables, error);
    if (code == RESULT_OK) {
        code = read_numbers(ole, &tables, &ole->table, error);
    }
    free(tables.items);
    return code;
}

static enum result read_entries(struct book_ole *ole, uint32_t first, struct error *error) {
    struct numbers chain = {0};
    size_t each = ole->sector / ENTRY_SIZE;
    size_t count = chain_length(&ole->table, first);
    if (count == 0 || count * each > MOST_ENTRIES) {
        return book_ole_damaged(ole, error);
    }
    enum result code = follow(ole, &ole->table, first, count, &chain, error);
    ole->entries = code == RESULT_OK ? calloc(count, ole->sector) : NULL;
    if (code == RESULT_OK && ole->entries == NULL) {
        code = error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < chain.count; i++) {
        code = read_sector(ole, chain.items[i], ole->entries + i * ole->sector, error);
    }
    ole->entry_count = code == RESULT_OK ? count * each : 0;
    free(chain.items);
    return code;
}

/* Reads what short streams need, if there are any. */
static enum result read_short(struct book_ole *ole, const unsigned char *header,
                              struct error *error) {
    struct numbers chain = {0};
    uint32_t first = book_number4(header + 60);
    size_t count = chain_length(&ole->table, first);
    if (count > table_sectors(ole, (size_t)(ole->size / SHORT_SECTOR))) {
        return book_ole_damaged(ole, error);
    }
    enum result code = follow(ole, &ole->table, first, count, &chain, error);
    if (code == RESULT_OK) {
        code = read_numbers(ole, &chain, &ole->short_table, error);
    }
    free(chain.items);
    if (code != RESULT_OK) {
        return code;
    }
    first = book_number4(ole->entries + 116);
    count = chain_length(&ole->table, first);
    return follow(ole, &ole->table, first, count, &ole->short_chain, error);
}

static enum result read_file(struct book_ole *ole, struct error *error) {
    unsigned char header[HEADER_SIZE];
    errno = 0;
    if (fseeko(ole->file, 0, SEEK_END) != 0 || ftello(ole->file) < 0) {
        return error_from_errno(error, _("read"), ole->path);
    }
    ole->size = (uint64_t)ftello(ole->file);
    if (ole->size > MOST_BYTES) {
        return error_set(error, RESULT_INVALID,
                         _("%s is larger than a workbook (.xls) can be; open it and save it as CSV "
                           "(UTF-8)."),
                         ole->path);
    }
    enum result code = read_at(ole, 0, header, sizeof(header), error);
    if (code != RESULT_OK) {
        return code;
    }
    uint32_t shift = book_number2(header + 30);
    if (memcmp(header, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) != 0 || (shift != 9 && shift != 12)) {
        return book_ole_damaged(ole, error);
    }
    ole->sector = (size_t)1 << shift;
    code = read_table(ole, header, error);
    if (code == RESULT_OK) {
        code = read_entries(ole, book_number4(header + 48), error);
    }
    return code == RESULT_OK ? read_short(ole, header, error) : code;
}

enum result book_ole_open(struct book_ole **ole, const char *path, struct error *error) {
    *ole = NULL;
    struct book_ole *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->path = strdup(path)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    errno = 0;
    made->file = fopen(path, "rbe");
    enum result code =
        made->file == NULL ? error_from_errno(error, _("open"), path) : read_file(made, error);
    if (code != RESULT_OK) {
        book_ole_close(made);
        return code;
    }
    *ole = made;
    return RESULT_OK;
}

const char *book_ole_path(const struct book_ole *ole) {
    return ole->path;
}

static bool has_name(const unsigned char *entry, const char *name) {
    size_t length = strlen(name);
    if (book_number2(entry + ENTRY_NAME) != 2 * (length + 1)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (entry[2 * i] != (unsigned char)name[i] || entry[2 * i + 1] != 0) {
            return false;
        }
    }
    return true;
}

/* Goes through the tree of entries under the root; each is looked at once, whatever the tree says
 * of itself. */
static const unsigned char *find(const struct book_ole *ole, const char *name) {
    uint32_t *waiting = calloc(2 * ole->entry_count + 2, sizeof(*waiting));
    bool *seen = calloc(ole->entry_count + 1, sizeof(*seen));
    const unsigned char *found = NULL;
    size_t count = 0;
    if (waiting != NULL && seen != NULL) {
        waiting[count++] = book_number4(ole->entries + 76);
    }
    while (count > 0 && found == NULL) {
        uint32_t number = waiting[--count];
        if (number >= ole->entry_count || seen[number]) {
            continue;
        }
        const unsigned char *entry = ole->entries + (size_t)number * ENTRY_SIZE;
        seen[number] = true;
        found = has_name(entry, name) ? entry : NULL;
        waiting[count++] = book_number4(entry + 68);
        waiting[count++] = book_number4(entry + 72);
    }
    free(waiting);
    free(seen);
    return found;
}

bool book_ole_have(const struct book_ole *ole, const char *name) {
    return find(ole, name) != NULL;
}

enum result book_ole_stream_open(struct book_ole_stream **stream, struct book_ole *ole,
                                 const char *name, struct error *error) {
    *stream = NULL;
    const unsigned char *entry = find(ole, name);
    if (entry == NULL) {
        return book_ole_damaged(ole, error);
    }
    struct book_ole_stream *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->ole = ole;
    made->size = book_number4(entry + 120);
    made->is_short = made->size < SHORT_STREAM;
    size_t block = made->is_short ? SHORT_SECTOR : ole->sector;
    enum result code = made->size > ole->size ? book_ole_damaged(ole, error) : RESULT_OK;
    if (code == RESULT_OK) {
        code =
            follow(ole, made->is_short ? &ole->short_table : &ole->table, book_number4(entry + 116),
                   (size_t)((made->size + block - 1) / block), &made->chain, error);
    }
    if (code != RESULT_OK) {
        book_ole_stream_free(made);
        return code;
    }
    *stream = made;
    return RESULT_OK;
}

uint64_t book_ole_stream_size(const struct book_ole_stream *stream) {
    return stream->size;
}

/* Gets the block that holds a place of the stream. */
static enum result get_block(struct book_ole_stream *stream, size_t block, struct error *error) {
    struct book_ole *ole = stream->ole;
    uint32_t number = stream->chain.items[block];
    if (stream->cached == (uint64_t)block + 1) {
        return RESULT_OK;
    }
    stream->cached = 0;
    enum result code = RESULT_OK;
    if (stream->is_short) {
        uint64_t at = (uint64_t)number * SHORT_SECTOR;
        size_t sector = (size_t)(at / ole->sector);
        code = sector >= ole->short_chain.count
                   ? book_ole_damaged(ole, error)
                   : read_at(ole,
                             ((uint64_t)ole->short_chain.items[sector] + 1) * ole->sector +
                                 at % ole->sector,
                             stream->bytes, SHORT_SECTOR, error);
    } else {
        code = read_sector(ole, number, stream->bytes, error);
    }
    stream->cached = code == RESULT_OK ? (uint64_t)block + 1 : 0;
    return code;
}

enum result book_ole_stream_read(struct book_ole_stream *stream, uint64_t at, void *bytes,
                                 size_t length, struct error *error) {
    unsigned char *to = bytes;
    size_t block = stream->is_short ? SHORT_SECTOR : stream->ole->sector;
    if (at > stream->size || length > stream->size - at) {
        return book_ole_damaged(stream->ole, error);
    }
    while (length > 0) {
        size_t inside = (size_t)(at % block);
        size_t part = block - inside < length ? block - inside : length;
        enum result code = get_block(stream, (size_t)(at / block), error);
        if (code != RESULT_OK) {
            return code;
        }
        memcpy(to, stream->bytes + inside, part);
        to += part;
        at += part;
        length -= part;
    }
    return RESULT_OK;
}

void book_ole_stream_free(struct book_ole_stream *stream) {
    if (stream != NULL) {
        free(stream->chain.items);
        free(stream);
    }
}

void book_ole_close(struct book_ole *ole) {
    if (ole == NULL) {
        return;
    }
    if (ole->file != NULL) {
        fclose(ole->file);
    }
    free(ole->table.items);
    free(ole->short_table.items);
    free(ole->short_chain.items);
    free(ole->entries);
    free(ole->path);
    free(ole);
}
