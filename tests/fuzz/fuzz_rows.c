#include "fuzz/fuzz.h"

#include "base/text.h"
#include "fuzz/pack.h"
#include "intake/csv_reader.h"
#include "intake/json_lines_reader.h"
#include "intake/workbook_reader.h"

#include <string.h>

#define PARTS_MOST 3
#define SHEETS_MOST 4
#define NAME_SIZE 256
#define ROWS_MOST 4096 /* enough to meet any fault, and soon done */

static void check_row(const struct row *row, int64_t last) {
    fuzz_expect(row->count <= row->width && row->line > last, "rows go down");
    for (size_t i = 0; i < row->count; i++) {
        fuzz_expect(row->cells[i] != NULL && text_valid_utf8(row->cells[i], strlen(row->cells[i])),
                    "cells are UTF-8");
    }
    fuzz_expect(row->count == 0 || *row->cells[row->count - 1] != '\0', "no empty cell ends a row");
}

/* Reads the rows of a sheet. Gives the name of the sheet of a number, "" when there are not so many
 * or only one. */
static void read_sheet(const struct row_reader *reader, const char *path, const char *sheet,
                       size_t number, char name[static NAME_SIZE]) {
    struct error error = ERROR_INIT;
    void *opened = NULL;
    size_t count = 0;
    enum result code = reader->open(&opened, path, sheet, &error);
    bool more = code == RESULT_OK;
    int64_t last = -1;
    name[0] = '\0';
    for (int rows = 0; more && rows < ROWS_MOST; rows++) {
        struct row row = {0};
        code = reader->next(opened, &row, &more, &error);
        more = more && code == RESULT_OK;
        if (more && row.count > 0) {
            check_row(&row, last);
            last = row.line;
        }
    }
    if (opened != NULL && reader->sheets != NULL) {
        const struct row_sheet *sheets = reader->sheets(opened, &count);
        strncat(name, count > 1 && number < count ? sheets[number].name : "", NAME_SIZE - 1);
    }
    if (opened != NULL) {
        reader->close(opened);
    }
    fuzz_expect((code == RESULT_OK) == (error.sentence == NULL), "faults have a sentence");
    error_clear(&error);
}

/* Reads the first sheets of a file, beginning with the one that looks like data. */
static void read_file(const struct row_reader *reader, const char *path) {
    char name[NAME_SIZE];
    char next[NAME_SIZE];
    read_sheet(reader, path, NULL, 0, name);
    for (size_t i = 1; i < SHEETS_MOST && name[0] != '\0'; i++) {
        read_sheet(reader, path, name, i, next);
        memcpy(name, next, sizeof(name));
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
