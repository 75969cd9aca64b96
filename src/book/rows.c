#include "book/rows.h"

#include "base/buffer.h"
#include "book/escape.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 1048576
#define MOST_COLUMNS 16384
#define MOST_ROW_BYTES ((size_t)16 << 20)

enum place { SHEET = 1, TABLE, ROW, CELL, FORMULA, VALUE, RICH, RUN, PIECE };

static const struct book_element elements[] = {
    {BOOK_XML_START, "worksheet", SHEET, false},
    {SHEET, "sheetData", TABLE, false},
    {SHEET, NULL, BOOK_XML_PASSED, false},
    {TABLE, "row", ROW, false},
    {ROW, "c", CELL, false},
    {ROW, "extLst", BOOK_XML_PASSED, false},
    {CELL, "v", VALUE, true},
    {CELL, "is", RICH, false},
    {CELL, "f", FORMULA, false},
    {CELL, "extLst", BOOK_XML_PASSED, false},
    BOOK_RICH_TEXT(RICH, RUN, PIECE),
};

static const struct book_grammar grammar = {book_namespaces, elements,
                                            sizeof(elements) / sizeof(elements[0])};

enum kind { KIND_PLAIN, KIND_SHARED, KIND_FORMULA_TEXT, KIND_INLINE };

struct rows {
    const struct book_parts *parts;
    const char *part;
    const struct book_strings *strings;
    book_reader_visit *visit;
    void *context;
    bool table_seen;
    uint32_t next_row;    /* the least number a row may have now, from 0 */
    uint32_t next_column; /* of a cell in this row */
    struct book_reader_row row;
    enum kind kind; /* of the cell at hand */
    bool formula;
    size_t start; /* of its text */
    struct buffer texts;
    struct book_reader_cell *cells;
    size_t *starts; /* of their texts, which move while the row grows */
    size_t room;
};

static enum result fault(const struct rows *rows, struct error *error) {
    return book_part_fault(rows->parts, rows->part, error);
}

/* Reads decimal digits up to the end; 0 when there is anything else, or more than any row has. */
static uint32_t read_number(const char *digits) {
    uint32_t number = 0;
    for (; isdigit((unsigned char)*digits) && number <= MOST_ROWS; digits++) {
        number = number * 10 + (uint32_t)(*digits - '0');
    }
    return *digits == '\0' && number <= MOST_ROWS ? number : 0;
}

static enum result begin_row(struct rows *rows, const char *const *attributes,
                             struct error *error) {
    const char *number = book_xml_attribute(attributes, "r");
    uint32_t row = number == NULL ? rows->next_row + 1 : read_number(number);
    if (row <= rows->next_row || row > MOST_ROWS) {
        return fault(rows, error);
    }
    rows->row.row = row - 1;
    rows->row.count = 0;
    rows->next_row = row;
    rows->next_column = 0;
    buffer_reset(&rows->texts);
    return RESULT_OK;
}

/* The column of a cell's name, from 1; 0 when the name is none of this row. */
static uint32_t read_column(const struct rows *rows, const char *name) {
    uint32_t column = 0;
    for (; *name >= 'A' && *name <= 'Z' && column <= MOST_COLUMNS; name++) {
        column = column * 26 + (uint32_t)(*name - 'A' + 1);
    }
    return column <= MOST_COLUMNS && read_number(name) == rows->row.row + 1 ? column : 0;
}

static enum kind kind_of(const char *type) {
    if (type == NULL) {
        return KIND_PLAIN;
    }
    return strcmp(type, "s") == 0           ? KIND_SHARED
           : strcmp(type, "inlineStr") == 0 ? KIND_INLINE
           : strcmp(type, "str") == 0       ? KIND_FORMULA_TEXT
                                            : KIND_PLAIN;
}

static enum result begin_cell(struct rows *rows, const char *const *attributes,
                              struct error *error) {
    const char *name = book_xml_attribute(attributes, "r");
    uint32_t column = name == NULL ? rows->next_column + 1 : read_column(rows, name);
    if (column <= rows->next_column || column > MOST_COLUMNS) {
        return fault(rows, error);
    }
    rows->next_column = column;
    rows->kind = kind_of(book_xml_attribute(attributes, "t"));
    rows->formula = false;
    rows->start = rows->texts.length;
    return RESULT_OK;
}

static enum result begin(void *context, int place, const char *const *attributes,
                         struct error *error) {
    struct rows *rows = context;
    if (place == TABLE) {
        bool again = rows->table_seen;
        rows->table_seen = true;
        return again ? fault(rows, error) : RESULT_OK;
    }
    rows->formula = rows->formula || place == FORMULA;
    if (place == ROW) {
        return begin_row(rows, attributes, error);
    }
    return place == CELL ? begin_cell(rows, attributes, error) : RESULT_OK;
}

/* Takes the value of a cell whose text is not inside it; an inline text's value counts nothing. */
static enum result take_value(struct rows *rows, char *text, size_t length, struct error *error) {
    if (rows->kind == KIND_SHARED) {
        char *end = NULL;
        unsigned long number = isdigit((unsigned char)*text) ? strtoul(text, &end, 10) : 0;
        const char *shared =
            end == NULL || *end != '\0' ? NULL : book_strings_get(rows->strings, number);
        if (shared == NULL) {
            return fault(rows, error);
        }
        buffer_append_text(&rows->texts, shared);
    } else if (rows->kind == KIND_FORMULA_TEXT) {
        buffer_append(&rows->texts, text, book_unescape(text, length));
    } else if (rows->kind == KIND_PLAIN) {
        buffer_append(&rows->texts, text, length);
    }
    return RESULT_OK;
}

/* Makes room for one more cell. */
static bool grow(struct rows *rows) {
    if (rows->row.count < rows->room) {
        return true;
    }
    size_t room = rows->room == 0 ? 64 : 2 * rows->room;
    struct book_reader_cell *cells = reallocarray(rows->cells, room, sizeof(*cells));
    if (cells == NULL) {
        return false;
    }
    rows->cells = cells;
    size_t *starts = reallocarray(rows->starts, room, sizeof(*starts));
    if (starts == NULL) {
        return false;
    }
    rows->starts = starts;
    rows->room = room;
    return true;
}

static enum result end_cell(struct rows *rows, struct error *error) {
    if (rows->texts.length > MOST_ROW_BYTES) {
        return fault(rows, error);
    }
    if (rows->texts.length == rows->start && !rows->texts.failed) {
        return RESULT_OK;
    }
    buffer_append_char(&rows->texts, '\0');
    if (rows->texts.failed || !grow(rows)) {
        return error_no_memory(error);
    }
    rows->starts[rows->row.count] = rows->start;
    rows->cells[rows->row.count++] =
        (struct book_reader_cell){.column = rows->next_column - 1, .formula = rows->formula};
    return RESULT_OK;
}

static enum result end_row(struct rows *rows, struct error *error) {
    if (rows->row.count == 0) {
        return RESULT_OK;
    }
    for (size_t i = 0; i < rows->row.count; i++) {
        rows->cells[i].text = rows->texts.data + rows->starts[i];
    }
    rows->row.cells = rows->cells;
    return rows->visit(rows->context, &rows->row, error);
}

static enum result end(void *context, int place, char *text, size_t length, struct error *error) {
    struct rows *rows = context;
    switch (place) {
    case VALUE:
        return take_value(rows, text, length, error);
    case PIECE:
        if (rows->kind == KIND_INLINE) {
            buffer_append(&rows->texts, text, book_unescape(text, length));
        }
        return RESULT_OK;
    case CELL:
        return end_cell(rows, error);
    case ROW:
        return end_row(rows, error);
    default:
        return RESULT_OK;
    }
}

enum result book_rows_read(struct book_parts *parts, const char *part,
                           const struct book_strings *strings, book_reader_visit *visit,
                           void *context, struct error *error) {
    struct rows rows = {.parts = parts,
                        .part = part,
                        .strings = strings,
                        .visit = visit,
                        .context = context,
                        .texts = BUFFER_INIT};
    const struct book_xml_reader reader = {&rows, begin, end, NULL};
    enum result code = book_part_read(parts, part, &grammar, &reader, error);
    buffer_free(&rows.texts);
    free(rows.cells);
    free(rows.starts);
    return code;
}
