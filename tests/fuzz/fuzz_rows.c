#include "fuzz/fuzz.h"

#include "base/text.h"
#include "fuzz/pack.h"
#include "intake/csv_reader.h"
#include "intake/json_lines_reader.h"
#include "intake/workbook_reader.h"

#include <string.h>

#define PARTS_MOST 3
#define ROWS_MOST 4096 /* enough to meet any fault, and soon done */

static void check_row(const struct row *row, int64_t last) {
    fuzz_expect(row->count <= row->width && row->line > last, "rows go down");
    for (size_t i = 0; i < row->count; i++) {
        fuzz_expect(row->cells[i] != NULL && text_valid_utf8(row->cells[i], strlen(row->cells[i])),
                    "cells are UTF-8");
    }
    fuzz_expect(row->count == 0 || *row->cells[row->count - 1] != '\0', "no empty cell ends a row");
}

/* Reads all sheets of a file. */
static void read_file(const struct row_reader *reader, const char *path) {
    size_t sheets = 1;
    for (size_t i = 0; i <= sheets && i < 4; i++) {
        struct error error = ERROR_INIT;
        void *opened = NULL;
        char name[256] = "";
        const char *sheet = i == 0 ? NULL : name;
        if (i > 0 && reader->sheets == NULL) {
            break;
        }
        if (i > 0 && reader->open(&opened, path, NULL, &error) == RESULT_OK) {
            const struct row_sheet *all = reader->sheets(opened, &sheets);
            if (i <= sheets) {
                strncpy(name, all[i - 1].name, sizeof(name) - 1);
            }
            reader->close(opened);
            opened = NULL;
        }
        error_clear(&error);
        enum result code = reader->open(&opened, path, sheet, &error);
        bool more = code == RESULT_OK;
        int64_t last = -1;
        for (int rows = 0; more && rows < ROWS_MOST; rows++) {
            struct row row = {0};
            code = reader->next(opened, &row, &more, &error);
            more = more && code == RESULT_OK;
            if (more && row.count > 0) {
                check_row(&row, last);
                last = row.line;
            }
        }
        if (opened != NULL) {
            reader->close(opened);
        }
        fuzz_expect((code == RESULT_OK) == (error.sentence == NULL), "faults have a sentence");
        error_clear(&error);
    }
}

void fuzz_csv(const uint8_t *data, size_t size) {
    read_file(&csv_reader, fuzz_file(data, size));
}

void fuzz_spreadsheetml(const uint8_t *data, size_t size) {
    read_file(&spreadsheetml_reader, fuzz_file(data, size));
}

void fuzz_json_lines(const uint8_t *data, size_t size) {
    read_file(&json_lines_reader, fuzz_file(data, size));
}

void fuzz_xlsx(const uint8_t *data, size_t size) {
    static const char *const names[PARTS_MOST] = {"sheet.xml", "strings.xml", "styles.xml"};
    struct pack_part parts[PACK_USUAL_PARTS + PARTS_MOST];
    struct buffer archive = BUFFER_INIT;
    size_t count = PACK_USUAL_PARTS;
    if (size >= 2 && memcmp(data, "PK", 2) == 0) {
        read_file(&xlsx_reader, fuzz_file(data, size));
        return;
    }
    memcpy(parts, pack_usual, sizeof(pack_usual));
    for (size_t i = 0; i < PARTS_MOST; i++) {
        const uint8_t *end = size == 0 ? NULL : memchr(data, 0x1E, size);
        size_t length = end == NULL ? size : (size_t)(end - data);
        parts[count++] =
            (struct pack_part){names[i], length == 0 ? (const void *)"" : data, length};
        data += length + (end == NULL ? 0 : 1);
        size -= length + (end == NULL ? 0 : 1);
    }
    pack_zip(&archive, parts, count);
    read_file(&xlsx_reader, fuzz_file(archive.data, archive.length));
    buffer_free(&archive);
}

void fuzz_xls(const uint8_t *data, size_t size) {
    if (size >= 4 && memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0) {
        read_file(&xls_reader, fuzz_file(data, size));
        return;
    }
    struct buffer file = BUFFER_INIT;
    pack_compound(&file, "Workbook", size == 0 ? (const void *)"" : data, size);
    read_file(&xls_reader, fuzz_file(file.data, file.length));
    buffer_free(&file);
}

void fuzz_rows(const uint8_t *data, size_t size) {
    struct error error = ERROR_INIT;
    struct row_source *source = NULL;
    enum result code = row_source_open(&source, fuzz_file(data, size), NULL, &error);
    bool more = code == RESULT_OK;
    for (int rows = 0; more && rows < ROWS_MOST; rows++) {
        struct row row;
        code = row_source_next(source, &row, &more, &error);
        more = more && code == RESULT_OK;
    }
    fuzz_expect((code == RESULT_OK) == (error.sentence == NULL), "faults have a sentence");
    row_source_free(source);
    error_clear(&error);
}
