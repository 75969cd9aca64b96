#include "report/handover_format.h"

#include "report/handover_text.h"

#include <stdlib.h>
#include <string.h>

struct jsonl {
    struct handover_text *text;
    long digest; /* where in the file the digest belongs */
};

/* A text as JSON; control characters do not occur. */
static void put_string(struct buffer *line, const char *text) {
    buffer_append_char(line, '"');
    for (size_t run; *text != '\0'; text += run) {
        if (*text == '"' || *text == '\\') {
            buffer_append_char(line, '\\');
        }
        run = 1 + strcspn(text + 1, "\"\\");
        buffer_append(line, text, run);
    }
    buffer_append_char(line, '"');
}

/* The first object: what the rows are. Its digest is filled in once the rows are written. */
static void put_head(struct jsonl *jsonl, const struct handover_head *head) {
    static const char blank[] = "0000000000000000000000000000000000000000000000000000000000000000";
    struct buffer *line = handover_text_line(jsonl->text);
    size_t count = 0;
    const struct handover_entry *entries = handover_entries(&count);
    for (size_t i = 0; i < count; i++) {
        bool number = strcmp(entries[i].key, "rows") == 0;
        bool digest = strcmp(entries[i].key, "digest") == 0;
        buffer_printf(line, "%s\"%s\":", i == 0 ? "{" : ",", entries[i].key);
        if (digest) {
            jsonl->digest = (long)line->length + 1;
        }
        const char *text = digest ? blank : handover_entry_text(&head->seal, &entries[i]);
        if (number) {
            buffer_append_text(line, text);
        } else {
            put_string(line, text);
        }
    }
    buffer_append_text(line, "}\n");
}

static enum result begin(void **writer, const struct handover_head *head, struct error *error) {
    struct jsonl *jsonl = calloc(1, sizeof(*jsonl));
    if (jsonl == NULL) {
        return error_no_memory(error);
    }
    enum result code = handover_text_open(&jsonl->text, head->file, error);
    if (code != RESULT_OK) {
        free(jsonl);
        return code;
    }
    put_head(jsonl, head);
    *writer = jsonl;
    return RESULT_OK;
}

static enum result put(void *writer, const struct handover_row *row, struct error *error) {
    struct jsonl *jsonl = writer;
    struct buffer *line = handover_text_line(jsonl->text);
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        const struct handover_field *field = &handover_fields[i];
        bool number = field->type == HANDOVER_POINTS || field->type == HANDOVER_INTEGER;
        buffer_printf(line, "%s\"%s\":", i == 0 ? "{" : ",", field->key);
        if (row->values[i][0] == '\0') {
            buffer_append_text(line, "null");
        } else if (number) {
            buffer_append_text(line, row->values[i]);
        } else {
            put_string(line, row->values[i]);
        }
    }
    buffer_append_text(line, "}\n");
    return handover_text_flush(jsonl->text, error);
}

static enum result end(void *writer, const struct handover_seal *seal, struct error *error) {
    struct jsonl *jsonl = writer;
    enum result code = RESULT_OK;
    if (seal != NULL) {
        code = handover_text_flush(jsonl->text, error); /* the head, where there are no rows */
    }
    if (seal != NULL && code == RESULT_OK) {
        code = handover_text_patch(jsonl->text, jsonl->digest, seal->digest, error);
    }
    code = handover_text_close(jsonl->text, code, error);
    free(jsonl);
    return code;
}

const struct handover_format handover_jsonl = {
    .ending = "jsonl", .name = "JSON Lines", .begin = begin, .row = put, .end = end};
