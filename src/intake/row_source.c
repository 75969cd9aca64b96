#include "intake/row_source.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "intake/csv_reader.h"
#include "intake/file_kind.h"
#include "intake/json_lines_reader.h"
#include "intake/workbook_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct row_source {
    const struct row_reader *reader;
    void *state;
    char *label;
    uint64_t size;
};

const char *row_cell(const struct row *row, size_t column) {
    return column < row->count ? row->cells[column] : "";
}

bool row_cell_cut(const struct row *row, size_t column) {
    return row->cut != NULL && column < row->count && row->cut[column];
}

static const struct row_reader *const readers[] = {
    [FILE_TEXT] = &csv_reader,
    [FILE_ARCHIVE] = &xlsx_reader,
    [FILE_COMPOUND] = &xls_reader,
    [FILE_SPREADSHEETML] = &spreadsheetml_reader,
    [FILE_JSON_LINES] = &json_lines_reader,
};

/* Looks at the file before a reader does. */
static enum result check_file(const char *path, uint64_t *size, const struct row_reader **reader,
                              struct error *error) {
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
    unsigned char bytes[FILE_KIND_BYTES];
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    enum file_kind kind = FILE_TEXT;
    enum result code = file_kind_find(path, bytes, length, &kind, error);
    *reader = readers[kind];
    return code;
}

/* The file's path, with the sheet behind it where there are several. */
static char *make_label(const struct row_source *source, const char *path) {
    size_t count = 0;
    const struct row_sheet *sheets = row_source_sheets(source, &count);
    if (count < 2) {
        return strdup(path);
    }
    struct buffer label = BUFFER_INIT;
    buffer_printf(&label, "%s[%s]", path, sheets[row_source_sheet(source)].name);
    return buffer_take(&label);
}

enum result row_source_open(struct row_source **source, const char *path, const char *sheet,
                            struct error *error) {
    *source = NULL;
    uint64_t size = 0;
    const struct row_reader *reader = NULL;
    enum result code = check_file(path, &size, &reader, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (sheet != NULL && reader->sheets == NULL) {
        return error_set(error, RESULT_USAGE, _("%s is a %s file and has no sheets to choose."),
                         path, reader->name);
    }
    struct row_source *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->reader = reader;
    made->size = size;
    code = reader->open(&made->state, path, sheet, error);
    if (code != RESULT_OK) {
        free(made);
        return code;
    }
    made->label = make_label(made, path);
    if (made->label == NULL) {
        row_source_free(made);
        return error_no_memory(error);
    }
    *source = made;
    return RESULT_OK;
}

enum result row_source_wrap(struct row_source **source, const struct row_reader *reader,
                            void *state, const char *path, struct error *error) {
    struct row_source *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->label = strdup(path)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->reader = reader;
    made->state = state;
    *source = made;
    return RESULT_OK;
}

bool row_source_plain_csv(const struct row_source *source, size_t *mark, char *delimiter) {
    return source->reader == &csv_reader && csv_reader_plain(source->state, mark, delimiter);
}

enum result row_source_next(struct row_source *source, struct row *row, bool *more,
                            struct error *error) {
    do {
        row->cut = NULL;
        enum result code = source->reader->next(source->state, row, more, error);
        if (code != RESULT_OK) {
            return code;
        }
    } while (*more && row->count == 0);
    return RESULT_OK;
}

const char *row_source_format(const struct row_source *source) {
    return source->reader->name;
}

const char *row_source_encoding(const struct row_source *source) {
    return source->reader->encoding == NULL ? NULL : source->reader->encoding(source->state);
}

const struct row_sheet *row_source_sheets(const struct row_source *source, size_t *count) {
    *count = 0;
    return source->reader->sheets == NULL ? NULL : source->reader->sheets(source->state, count);
}

size_t row_source_sheet(const struct row_source *source) {
    return source->reader->sheet == NULL ? 0 : source->reader->sheet(source->state);
}

const char *row_source_label(const struct row_source *source) {
    return source->label;
}

uint64_t row_source_position(const struct row_source *source) {
    return source->reader->position(source->state);
}

uint64_t row_source_size(const struct row_source *source) {
    return source->reader->size == NULL ? source->size : source->reader->size(source->state);
}

void row_source_free(struct row_source *source) {
    if (source == NULL) {
        return;
    }
    source->reader->close(source->state);
    free(source->label);
    free(source);
}
