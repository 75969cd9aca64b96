#include "intake/handover_layout.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct handover_field handover_fields[HANDOVER_COLUMNS] = {
#define HANDOVER_FIELD(name, header, type) {#name, header, type},
    HANDOVER_TABLE(HANDOVER_FIELD)
#undef HANDOVER_FIELD
};

#define ENTRY(name, label)                                                                         \
    {                                                                                              \
#name, label, offsetof(struct handover_seal, name),                                        \
            sizeof(((struct handover_seal *)0)->name)                                              \
    }

static const struct handover_entry entries[] = {
    ENTRY(layout, "布局"), ENTRY(mark, "使用范围"), ENTRY(period, "期"),
    ENTRY(state, "状态"),  ENTRY(rows, "行数"),     ENTRY(digest, "摘要"),
};

/* The last one; the digest is taken over all before it. */
#define DIGEST_ENTRY (&entries[sizeof(entries) / sizeof(entries[0]) - 1])

const struct handover_entry *handover_entries(size_t *count) {
    *count = sizeof(entries) / sizeof(entries[0]);
    return entries;
}

const char *handover_entry_text(const struct handover_seal *seal,
                                const struct handover_entry *entry) {
    return (const char *)seal + entry->offset;
}

void handover_entry_set(struct handover_seal *seal, const struct handover_entry *entry,
                        const char *text) {
    snprintf((char *)seal + entry->offset, entry->size, "%s", text);
}

const char *handover_points(int64_t centipoints, char text[static HANDOVER_POINTS_SIZE]) {
    const char *sign = centipoints < 0 ? "-" : "";
    uint64_t size = centipoints < 0 ? 0 - (uint64_t)centipoints : (uint64_t)centipoints;
    snprintf(text, HANDOVER_POINTS_SIZE, "%s%llu.%02llu", sign, (unsigned long long)(size / 100),
             (unsigned long long)(size % 100));
    return text;
}

/* ---- the digest ------------------------------------------------------------------------------ */

struct handover_digest {
    struct digest_stream *stream;
    struct buffer line;
    int64_t rows;
};

struct handover_digest *handover_digest_new(void) {
    struct handover_digest *digest = calloc(1, sizeof(*digest));
    if (digest == NULL || (digest->stream = digest_stream_new()) == NULL) {
        free(digest);
        return NULL;
    }
    return digest;
}

void handover_digest_add(struct handover_digest *digest, const struct handover_row *row) {
    buffer_reset(&digest->line);
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        buffer_append_text(&digest->line, row->values[i]);
        buffer_append_char(&digest->line, i + 1 < HANDOVER_COLUMNS ? '\t' : '\n');
    }
    digest_stream_add(digest->stream, digest->line.data, digest->line.length);
    digest->rows++;
}

int64_t handover_digest_rows(const struct handover_digest *digest) {
    return digest->rows;
}

enum result handover_digest_finish(struct handover_digest *digest, const struct handover_seal *seal,
                                   char hex[static DIGEST_HEX_SIZE], struct error *error) {
    struct buffer *line = &digest->line;
    buffer_reset(line);
    for (size_t i = 0; &entries[i] != DIGEST_ENTRY; i++) {
        buffer_printf(line, "%s%s", i == 0 ? "" : "\t", handover_entry_text(seal, &entries[i]));
    }
    buffer_append_char(line, '\n');
    if (line->failed) {
        return error_no_memory(error);
    }
    digest_stream_add(digest->stream, line->data, line->length);
    return digest_stream_finish(digest->stream, hex, error);
}

void handover_digest_free(struct handover_digest *digest) {
    if (digest == NULL) {
        return;
    }
    digest_stream_free(digest->stream);
    buffer_free(&digest->line);
    free(digest);
}
