#include "book/sheet_merges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK 65536
#define MOST_TAG 256 /* a tag that names an area is far shorter */

/* Reads a cell's name, both from 0; gives what follows it, NULL for none. */
static const char *read_cell(const char *name, uint32_t *row, uint32_t *column) {
    uint32_t letters = 0;
    uint32_t digits = 0;
    for (; *name >= 'A' && *name <= 'Z' && letters < 100000; name++) {
        letters = letters * 26 + (uint32_t)(*name - 'A' + 1);
    }
    for (; *name >= '0' && *name <= '9' && digits < 10000000; name++) {
        digits = digits * 10 + (uint32_t)(*name - '0');
    }
    *row = digits - 1;
    *column = letters - 1;
    return letters == 0 || digits == 0 ? NULL : name;
}

/* Takes the tag that starts at text, behind its name. */
static enum result take_tag(struct book_merges *merges, const struct book_parts *parts,
                            const char *text, struct error *error) {
    char tag[MOST_TAG];
    size_t length = strcspn(text, ">");
    if (length >= sizeof(tag)) {
        return RESULT_OK;
    }
    memcpy(tag, text, length);
    tag[length] = '\0';
    const char *area = strstr(tag, " ref=");
    uint32_t first_row = 0;
    uint32_t first_column = 0;
    uint32_t last_row = 0;
    uint32_t last_column = 0;
    const char *colon = area == NULL ? NULL : read_cell(area + 6, &first_row, &first_column);
    if (colon == NULL || *colon != ':' || read_cell(colon + 1, &last_row, &last_column) == NULL) {
        return RESULT_OK;
    }
    return book_merges_add(merges, book_parts_path(parts), first_row, first_column, last_row,
                           last_column, error);
}

/* Takes all tags in the bytes; gives how many of the last have to be seen again with what follows
 * them. */
static enum result take_bytes(struct book_merges *merges, const struct book_parts *parts,
                              const char *bytes, size_t length, size_t *again,
                              struct error *error) {
    static const char name[] = "mergeCell ";
    const char *limit = bytes + length;
    const char *at = bytes;
    enum result code = RESULT_OK;
    while (code == RESULT_OK &&
           (at = memmem(at, (size_t)(limit - at), name, sizeof(name) - 1)) != NULL) {
        if (memchr(at, '>', (size_t)(limit - at)) == NULL) {
            *again = (size_t)(limit - at) < MOST_TAG ? (size_t)(limit - at) : 0;
            return RESULT_OK;
        }
        at += sizeof(name) - 2; /* the blank stands before the first attribute */
        code = take_tag(merges, parts, at, error);
    }
    *again = length < sizeof(name) ? length : sizeof(name);
    return code;
}

static enum result read_all(struct book_merges *merges, const struct book_parts *parts,
                            struct book_part *part, char *bytes, struct error *error) {
    size_t kept = 0;
    for (;;) {
        size_t length = 0;
        enum result code = book_part_take(part, bytes + kept, CHUNK, &length, error);
        if (code != RESULT_OK || length == 0) {
            return code;
        }
        length += kept;
        bytes[length] = '\0';
        code = take_bytes(merges, parts, bytes, length, &kept, error);
        if (code != RESULT_OK) {
            return code;
        }
        memmove(bytes, bytes + length - kept, kept);
    }
}

enum result book_sheet_merges_read(struct book_merges *merges, const struct book_parts *parts,
                                   const char *part, struct error *error) {
    struct book_part *opened = NULL;
    char *bytes = malloc(CHUNK + MOST_TAG + 1);
    enum result code =
        bytes == NULL ? error_no_memory(error) : book_part_open(&opened, parts, part, error);
    if (code == RESULT_OK) {
        code = read_all(merges, parts, opened, bytes, error);
    }
    book_part_close(opened);
    free(bytes);
    book_merges_start(merges);
    return code;
}
