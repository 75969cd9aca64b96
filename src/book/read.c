#include "book/read.h"

#include "book/directory.h"
#include "book/rows.h"
#include "book/strings.h"

#include <stdio.h>
#include <stdlib.h>

struct book_reader {
    struct book_directory *directory;
    struct book_strings *strings;
    bool strings_read;
};

enum result book_reader_open(struct book_reader **reader, const char *path, struct error *error) {
    *reader = NULL;
    struct book_reader *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    enum result code = book_directory_open(&made->directory, path, error);
    if (code != RESULT_OK) {
        free(made);
        return code;
    }
    *reader = made;
    return RESULT_OK;
}

void book_reader_close(struct book_reader *reader) {
    if (reader == NULL) {
        return;
    }
    book_strings_free(reader->strings);
    book_directory_close(reader->directory);
    free(reader);
}

const char *book_reader_path(const struct book_reader *reader) {
    return book_parts_path(book_directory_parts(reader->directory));
}

const struct book_reader_sheet *book_reader_sheets(const struct book_reader *reader,
                                                   size_t *count) {
    return book_directory_sheets(reader->directory, count);
}

size_t book_reader_find(const struct book_reader *reader, const char *name) {
    return book_directory_find(reader->directory, name);
}

static enum result read_strings(struct book_reader *reader, struct error *error) {
    const char *part = book_directory_part(reader->directory, "sharedStrings");
    if (reader->strings_read || part == NULL) {
        return RESULT_OK;
    }
    enum result code =
        book_strings_read(&reader->strings, book_directory_parts(reader->directory), part, error);
    reader->strings_read = code == RESULT_OK;
    return code;
}

enum result book_reader_rows(struct book_reader *reader, size_t sheet, book_reader_visit *visit,
                             void *context, struct error *error) {
    const char *part = book_directory_sheet_part(reader->directory, sheet);
    if (part == NULL) {
        return book_directory_no_table(reader->directory, sheet, error);
    }
    enum result code = read_strings(reader, error);
    return code == RESULT_OK ? book_rows_read(book_directory_parts(reader->directory), part,
                                              reader->strings, visit, context, error)
                             : code;
}

const struct book_reader_cell *book_reader_cell(const struct book_reader_row *row,
                                                uint32_t column) {
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].column == column) {
            return &row->cells[i];
        }
    }
    return NULL;
}

void book_reader_cell_name(uint32_t row, uint32_t column, char name[static BOOK_CELL_NAME_SIZE]) {
    char letters[8];
    size_t at = sizeof(letters) - 1;
    letters[at] = '\0';
    for (uint32_t left = column + 1; left > 0; left = (left - 1) / 26) {
        letters[--at] = (char)('A' + (left - 1) % 26);
    }
    snprintf(name, BOOK_CELL_NAME_SIZE, "%s%u", letters + at, row + 1);
}
