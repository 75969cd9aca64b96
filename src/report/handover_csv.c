#include "report/handover_format.h"

#include "intake/csv_reader.h"
#include "report/handover_text.h"

#define LINE_END "\r\n"

static void put_cells(struct buffer *line, const char *const *cells) {
    const struct row row = {.cells = cells, .count = HANDOVER_COLUMNS};
    csv_append_row(line, &row);
    buffer_append_text(line, LINE_END);
}

static enum result begin(void **writer, const struct handover_head *head, struct error *error) {
    struct handover_text *text = NULL;
    enum result code = handover_text_open(&text, head->file, error);
    if (code != RESULT_OK) {
        return code;
    }
    const char *headers[HANDOVER_COLUMNS];
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        headers[i] = handover_fields[i].header;
    }
    buffer_append_text(handover_text_line(text), "\xEF\xBB\xBF");
    put_cells(handover_text_line(text), headers);
    *writer = text;
    return RESULT_OK;
}

static enum result put(void *writer, const struct handover_row *row, struct error *error) {
    put_cells(handover_text_line(writer), row->values);
    return handover_text_flush(writer, error);
}

/* The seal as a last row as wide as the others: the layout behind a '#', then key=value. */
static void put_seal(struct buffer *line, const struct handover_seal *seal) {
    struct buffer cell = BUFFER_INIT;
    size_t count = 0;
    const struct handover_entry *entries = handover_entries(&count);
    for (size_t i = 0; i < HANDOVER_COLUMNS; i++) {
        buffer_reset(&cell);
        if (i < count) {
            buffer_printf(&cell, "%s%s%s", i == 0 ? "#" : entries[i].key, i == 0 ? "" : "=",
                          handover_entry_text(seal, &entries[i]));
        }
        buffer_append_text(line, i == 0 ? "" : ",");
        csv_append_cell(line, buffer_text(&cell));
    }
    buffer_append_text(line, LINE_END);
    line->failed = line->failed || cell.failed;
    buffer_free(&cell);
}

static enum result end(void *writer, const struct handover_seal *seal, struct error *error) {
    enum result code = RESULT_OK;
    if (seal != NULL) {
        put_seal(handover_text_line(writer), seal);
        code = handover_text_flush(writer, error);
    }
    return handover_text_close(writer, code, error);
}

const struct handover_format handover_csv = {
    .ending = "csv", .name = "CSV", .begin = begin, .row = put, .end = end};
