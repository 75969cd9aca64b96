#include "intake/row_source.h"

#include "base/gettext.h"
#include "intake/csv_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct row_source {
    const struct row_reader *reader;
    void *state;
    uint64_t size;
};

const char *row_cell(const struct row *row, size_t column) {
    return column < row->count ? row->cells[column] : "";
}

/* Files that are known by their first bytes, and no text. */
static enum result refuse_signature(const char *path, const unsigned char *bytes, size_t length,
                                    struct error *error) {
    static const struct {
        const char *bytes;
        size_t length;
    } workbooks[] = {{"PK\x03\x04", 4}, {"\xD0\xCF\x11\xE0", 4}};
    for (size_t i = 0; i < sizeof(workbooks) / sizeof(workbooks[0]); i++) {
        if (length >= workbooks[i].length &&
            memcmp(bytes, workbooks[i].bytes, workbooks[i].length) == 0) {
            return error_set(error, RESULT_INVALID,
                             _("%s is an Excel workbook, whatever its name says; open it and save "
                               "it as CSV (UTF-8)."),
                             path);
        }
    }
    if (length >= 4 && memcmp(bytes, "%PDF", 4) == 0) {
        return error_set(error, RESULT_INVALID,
                         _("%s is a PDF, not a table; ask its source for the table."), path);
    }
    return RESULT_OK;
}

/* Looks at the file before a reader does. */
static enum result check_file(const char *path, uint64_t *size, struct error *error) {
    struct stat status;
    if (stat(path, &status) != 0) {
        return error_from_errno(error, _("open"), path);
    }
    if (!S_ISREG(status.st_mode)) {
        return error_set(error, RESULT_USAGE,
                         _("%s is not an ordinary file; name the file to take in."), path);
    }
    if (status.st_size == 0) {
        return error_set(error, RESULT_INVALID, _("%s is empty; nothing to take in."), path);
    }
    *size = (uint64_t)status.st_size;
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    unsigned char bytes[8];
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    return refuse_signature(path, bytes, length, error);
}

enum result row_source_open(struct row_source **source, const char *path, struct error *error) {
    *source = NULL;
    uint64_t size = 0;
    enum result code = check_file(path, &size, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct row_source *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->reader = &csv_reader;
    made->size = size;
    code = made->reader->open(&made->state, path, error);
    if (code != RESULT_OK) {
        free(made);
        return code;
    }
    *source = made;
    return RESULT_OK;
}

enum result row_source_next(struct row_source *source, struct row *row, bool *more,
                            struct error *error) {
    do {
        enum result code = source->reader->next(source->state, row, more, error);
        if (code != RESULT_OK) {
            return code;
        }
    } while (*more && row->count == 0);
    return RESULT_OK;
}

uint64_t row_source_position(const struct row_source *source) {
    return source->reader->position(source->state);
}

uint64_t row_source_size(const struct row_source *source) {
    return source->size;
}

void row_source_free(struct row_source *source) {
    if (source == NULL) {
        return;
    }
    source->reader->close(source->state);
    free(source);
}
