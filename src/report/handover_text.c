#include "report/handover_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that are gathered before they go to the file. */
#define WRITE_BYTES ((size_t)1 << 18)

struct handover_text {
    const struct out_file *file;
    FILE *stream;
    struct buffer line;
};

enum result handover_text_open(struct handover_text **text, const struct out_file *file,
                               struct error *error) {
    *text = calloc(1, sizeof(**text));
    if (*text == NULL) {
        return error_no_memory(error);
    }
    (*text)->file = file;
    (*text)->stream = fopen(file->part, "wbe");
    if ((*text)->stream == NULL) {
        enum result code = out_file_failed(file, error);
        free(*text);
        *text = NULL;
        return code;
    }
    setvbuf((*text)->stream, NULL, _IOFBF, WRITE_BYTES);
    return RESULT_OK;
}

struct buffer *handover_text_line(struct handover_text *text) {
    return &text->line;
}

enum result handover_text_flush(struct handover_text *text, struct error *error) {
    if (text->line.failed) {
        return error_no_memory(error);
    }
    size_t length = text->line.length;
    bool whole = length == 0 || fwrite(text->line.data, 1, length, text->stream) == length;
    buffer_reset(&text->line);
    return whole ? RESULT_OK : out_file_failed(text->file, error);
}

enum result handover_text_patch(struct handover_text *text, long place, const char *bytes,
                                struct error *error) {
    size_t length = strlen(bytes);
    bool whole = fseek(text->stream, place, SEEK_SET) == 0 &&
                 fwrite(bytes, 1, length, text->stream) == length;
    return whole ? RESULT_OK : out_file_failed(text->file, error);
}

enum result handover_text_close(struct handover_text *text, enum result code, struct error *error) {
    bool whole = fclose(text->stream) == 0;
    if (code == RESULT_OK && !whole) {
        code = out_file_failed(text->file, error);
    }
    buffer_free(&text->line);
    free(text);
    return code;
}
