#include "unit/rows.h"

#include "base/buffer.h"
#include "intake/row_source.h"

#include <string.h>

/* Opens and reads all, appending the rows. */
static enum result read_rows(const char *path, const char *sheet, struct buffer *text,
                             struct error *error) {
    struct row_source *source = NULL;
    bool more = true;
    enum result code = row_source_open(&source, path, sheet, error);
    while (code == RESULT_OK && more) {
        struct row row;
        code = row_source_next(source, &row, &more, error);
        if (code != RESULT_OK || !more) {
            break;
        }
        buffer_printf(text, "%lld:", (long long)row.line);
        for (size_t i = 0; i < row.count; i++) {
            buffer_printf(text, "%s%s%s", i == 0 ? "" : "|", row.cells[i],
                          row_cell_cut(&row, i) ? "*" : "");
        }
        buffer_append_char(text, '\n');
    }
    if (code == RESULT_OK) {
        assert_true(row_source_position(source) <= row_source_size(source));
    }
    row_source_free(source);
    return code;
}

void rows_expect(const char *path, const char *sheet, const char *expected) {
    struct error error = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    assert_ok(read_rows(path, sheet, &text, &error), &error);
    assert_string_equal(buffer_text(&text), expected);
    buffer_free(&text);
}

void rows_expect_refusal(const char *path, const char *sheet, enum result code, const char *words) {
    struct error error = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    enum result got = read_rows(path, sheet, &text, &error);
    if (strstr(error_sentence(&error), words) == NULL) {
        fail_msg("\"%s\" should say \"%s\"", error_sentence(&error), words);
    }
    assert_int_equal(got, code);
    buffer_free(&text);
    error_clear(&error);
}

void rows_expect_source(const char *path, const char *format, const char *label,
                        const char *sheets) {
    struct error error = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    struct row_source *source = NULL;
    size_t count = 0;
    assert_ok(row_source_open(&source, path, NULL, &error), &error);
    assert_string_equal(row_source_format(source), format);
    assert_memory_equal(row_source_label(source), path, strlen(path));
    assert_string_equal(row_source_label(source) + strlen(path), label);
    const struct row_sheet *listed = row_source_sheets(source, &count);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&text, "%s%s%s", i == 0 ? "" : ";", listed[i].name,
                      listed[i].hidden ? "(hidden)" : "");
    }
    assert_string_equal(buffer_text(&text), sheets);
    row_source_free(source);
    buffer_free(&text);
}
