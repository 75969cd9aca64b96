#include "book/xlsx.h"

#include "base/gettext.h"
#include "book/directory.h"
#include "book/escape.h"
#include "book/number_format.h"
#include "book/sheet_merges.h"
#include "book/strings.h"
#include "book/styles.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Rows that nothing stands in before one is given all the same, so that who waits is heard. */
#define MOST_BLANK_ROWS 4096

enum place { SHEET = 1, TABLE, ROW, CELL, VALUE, FORMULA, RICH, RUN, PIECE };

static const struct book_element elements[] = {
    {CELL, "v", VALUE, true},
    {ROW, "c", CELL, false},
    {TABLE, "row", ROW, false},
    {CELL, "is", RICH, false},
    {CELL, "f", FORMULA, true},
    {CELL, NULL, BOOK_XML_PASSED, false},
    {ROW, NULL, BOOK_XML_PASSED, false},
    {TABLE, NULL, BOOK_XML_PASSED, false},
    {BOOK_XML_START, "worksheet", SHEET, false},
    {SHEET, "sheetData", TABLE, false},
    {SHEET, NULL, BOOK_XML_PASSED, false},
    BOOK_RICH_TEXT(RICH, RUN, PIECE),
    {RICH, NULL, BOOK_XML_PASSED, false},
    {RUN, NULL, BOOK_XML_PASSED, false},
};

static const struct book_grammar grammar = {book_namespaces, elements,
                                            sizeof(elements) / sizeof(elements[0])};

enum kind { KIND_NUMBER, KIND_SHARED, KIND_TEXT, KIND_INLINE, KIND_TRUTH, KIND_DAY };

struct xlsx {
    struct book_directory *directory;
    struct book_strings *strings;
    struct book_formats formats;
    bool opened; /* strings and formats were read */
    struct book_part *part;
    struct book_xml *xml;
    struct book_line *line;
    struct book_line_row row;
    uint32_t next_row;    /* the least number a row may have now, from 0 */
    uint32_t next_column; /* of a cell in this row */
    uint32_t blank_rows;
    enum kind kind; /* of the cell at hand */
    size_t style;
    struct buffer formula; /* "=A1", while nothing says what it came to */
    const char *shared;    /* its text */
    bool cut;
    bool finished; /* row is to be given out */
};

static enum result fault(const struct xlsx *xlsx, struct error *error) {
    const struct book_xml_input input = book_part_input(xlsx->part);
    return book_xml_fault(&input, error);
}

/* Reads decimal digits up to the end; 0 when there is anything else, or more than most. */
static uint32_t read_number(const char *digits, uint32_t most) {
    uint32_t number = 0;
    for (; isdigit((unsigned char)*digits) && number <= most; digits++) {
        number = number * 10 + (uint32_t)(*digits - '0');
    }
    return *digits == '\0' && number <= most ? number : 0;
}

static enum result begin_row(struct xlsx *xlsx, const char *const *attributes,
                             struct error *error) {
    const char *number = book_xml_attribute(attributes, "r");
    uint32_t row = number == NULL ? xlsx->next_row + 1 : read_number(number, BOOK_MOST_ROWS);
    if (row <= xlsx->next_row || row > BOOK_MOST_ROWS) {
        return fault(xlsx, error);
    }
    xlsx->next_row = row;
    xlsx->next_column = 0;
    book_line_begin(xlsx->line, row - 1);
    return RESULT_OK;
}

/* The column of a cell's name, from 1; 0 when the name is none. */
static uint32_t read_column(const char *name) {
    uint32_t column = 0;
    for (; isalpha((unsigned char)*name) && column <= BOOK_MOST_COLUMNS; name++) {
        column = column * 26 + (uint32_t)(toupper((unsigned char)*name) - 'A' + 1);
    }
    return column <= BOOK_MOST_COLUMNS && read_number(name, BOOK_MOST_ROWS) > 0 ? column : 0;
}

static enum kind kind_of(const char *type) {
    static const struct {
        const char *type;
        enum kind kind;
    } kinds[] = {
        {"s", KIND_SHARED}, {"str", KIND_TEXT}, {"inlineStr", KIND_INLINE},
        {"b", KIND_TRUTH},  {"e", KIND_TEXT},   {"d", KIND_DAY},
    };
    for (size_t i = 0; type != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(type, kinds[i].type) == 0) {
            return kinds[i].kind;
        }
    }
    return KIND_NUMBER;
}

static enum result begin_cell(struct xlsx *xlsx, const char *const *attributes,
                              struct error *error) {
    const char *name = book_xml_attribute(attributes, "r");
    const char *style = book_xml_attribute(attributes, "s");
    uint32_t column = name == NULL ? xlsx->next_column + 1 : read_column(name);
    if (column <= xlsx->next_column || column > BOOK_MOST_COLUMNS) {
        return fault(xlsx, error);
    }
    xlsx->next_column = column;
    xlsx->kind = kind_of(book_xml_attribute(attributes, "t"));
    xlsx->style = style == NULL ? 0 : strtoul(style, NULL, 10);
    xlsx->shared = NULL;
    xlsx->cut = false;
    buffer_reset(&xlsx->formula);
    return RESULT_OK;
}

static enum result begin(void *context, int place, const char *const *attributes,
                         struct error *error) {
    return place == ROW    ? begin_row(context, attributes, error)
           : place == CELL ? begin_cell(context, attributes, error)
                           : RESULT_OK;
}

static void take_number(struct xlsx *xlsx, const char *text, size_t length) {
    struct buffer *to = book_line_text(xlsx->line);
    double value = 0;
    if (book_number_read(text, &value)) {
        book_number_write(book_formats_get(&xlsx->formats, xlsx->style), value,
                          book_directory_from_1904(xlsx->directory), to, &xlsx->cut);
    } else {
        buffer_append(to, text, length);
    }
}

static enum result take_value(struct xlsx *xlsx, char *text, size_t length, struct error *error) {
    struct buffer *to = book_line_text(xlsx->line);
    switch (xlsx->kind) {
    case KIND_SHARED: {
        char *end = NULL;
        unsigned long number = isdigit((unsigned char)*text) ? strtoul(text, &end, 10) : 0;
        xlsx->shared = end == NULL || *end != '\0' ? NULL : book_strings_get(xlsx->strings, number);
        return xlsx->shared != NULL || length == 0 ? RESULT_OK : fault(xlsx, error);
    }
    case KIND_TEXT:
        buffer_append(to, text, book_unescape(text, length));
        return RESULT_OK;
    case KIND_TRUTH:
        buffer_append_text(to, length == 0 ? "" : strcmp(text, "0") == 0 ? "否" : "是");
        return RESULT_OK;
    case KIND_DAY:
        book_number_write_day(text, length, to);
        return RESULT_OK;
    case KIND_NUMBER:
        if (length > 0) {
            buffer_reset(&xlsx->formula);
            take_number(xlsx, text, length);
        }
        return RESULT_OK;
    default: /* an inline text's value counts nothing */
        return RESULT_OK;
    }
}

/* A formula that no program has computed yet stands for itself, so that nobody takes the cell for
 * an empty one. */
static enum result end_cell(struct xlsx *xlsx, struct error *error) {
    uint32_t column = xlsx->next_column - 1;
    if (xlsx->shared != NULL) {
        return book_line_put_shared(xlsx->line, column, xlsx->shared, error);
    }
    if (xlsx->kind == KIND_NUMBER && xlsx->formula.length > 0) {
        buffer_append(book_line_text(xlsx->line), xlsx->formula.data, xlsx->formula.length);
    }
    return book_line_put(xlsx->line, column, xlsx->cut, error);
}

static enum result end_row(struct xlsx *xlsx, struct error *error) {
    enum result code = book_line_finish(xlsx->line, &xlsx->row, error);
    xlsx->blank_rows = xlsx->row.count > 0 ? 0 : xlsx->blank_rows + 1;
    if (code == RESULT_OK && (xlsx->row.count > 0 || xlsx->blank_rows == MOST_BLANK_ROWS)) {
        xlsx->blank_rows = 0;
        xlsx->finished = true;
        book_xml_pause(xlsx->xml);
    }
    return code;
}

static enum result end(void *context, int place, char *text, size_t length, struct error *error) {
    struct xlsx *xlsx = context;
    switch (place) {
    case VALUE:
        return take_value(xlsx, text, length, error);
    case FORMULA:
        buffer_reset(&xlsx->formula);
        buffer_append_char(&xlsx->formula, '=');
        buffer_append(&xlsx->formula, text, length);
        return xlsx->formula.failed ? error_no_memory(error) : RESULT_OK;
    case PIECE:
        if (xlsx->kind == KIND_INLINE) {
            buffer_append(book_line_text(xlsx->line), text, book_unescape(text, length));
        }
        return RESULT_OK;
    case CELL:
        return end_cell(xlsx, error);
    case ROW:
        return end_row(xlsx, error);
    default:
        return RESULT_OK;
    }
}

/* ---- the format ----------------------------------------------------------------------------- */
static void xlsx_close(void *book) {
    struct xlsx *xlsx = book;
    book_xml_free(xlsx->xml);
    book_part_close(xlsx->part);
    book_line_free(xlsx->line);
    buffer_free(&xlsx->formula);
    book_formats_free(&xlsx->formats);
    book_strings_free(xlsx->strings);
    book_directory_close(xlsx->directory);
    free(xlsx);
}

static enum result xlsx_open(void **book, const char *path, const struct book_text *text,
                             struct error *error) {
    (void)text;
    *book = NULL;
    struct xlsx *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    enum result code = book_directory_open(&made->directory, path, error);
    if (code == RESULT_OK) {
        made->line = book_line_new(book_parts_path(book_directory_parts(made->directory)));
        code = made->line == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code != RESULT_OK) {
        xlsx_close(made);
        return code;
    }
    *book = made;
    return RESULT_OK;
}

static const struct book_reader_sheet *xlsx_sheets(const void *book, size_t *count) {
    const struct xlsx *xlsx = book;
    return book_directory_sheets(xlsx->directory, count);
}

/* Reads what all sheets share. */
static enum result read_shared(struct xlsx *xlsx, struct error *error) {
    struct book_parts *parts = book_directory_parts(xlsx->directory);
    const char *strings = book_directory_part(xlsx->directory, "sharedStrings");
    const char *styles = book_directory_part(xlsx->directory, "styles");
    enum result code = RESULT_OK;
    if (xlsx->opened) {
        return RESULT_OK;
    }
    xlsx->opened = true;
    if (strings != NULL && book_parts_have(parts, strings)) {
        code = book_strings_read(&xlsx->strings, parts, strings, error);
    }
    if (code == RESULT_OK && styles != NULL && book_parts_have(parts, styles)) {
        code = book_styles_read(&xlsx->formats, parts, styles, error);
    }
    return code;
}

static enum result xlsx_begin(void *book, size_t sheet, bool glance, struct error *error) {
    struct xlsx *xlsx = book;
    struct book_parts *parts = book_directory_parts(xlsx->directory);
    const char *part = book_directory_sheet_part(xlsx->directory, sheet);
    book_xml_free(xlsx->xml);
    book_part_close(xlsx->part);
    xlsx->xml = NULL;
    xlsx->part = NULL;
    xlsx->next_row = 0;
    xlsx->blank_rows = 0;
    book_line_reset(xlsx->line);
    if (part == NULL) {
        return book_directory_no_table(xlsx->directory, sheet, error);
    }
    enum result code = read_shared(xlsx, error);
    if (code == RESULT_OK && !glance) {
        code = book_sheet_merges_read(book_line_merges(xlsx->line), parts, part, error);
    }
    if (code == RESULT_OK) {
        code = book_part_open(&xlsx->part, parts, part, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    const struct book_xml_reader reader = {xlsx, begin, end, NULL};
    const struct book_xml_input input = book_part_input(xlsx->part);
    return book_xml_new(&xlsx->xml, &grammar, &reader, &input, error);
}

static enum result xlsx_next(void *book, struct book_line_row *row, bool *more,
                             struct error *error) {
    struct xlsx *xlsx = book;
    xlsx->finished = false;
    enum result code = book_xml_read(xlsx->xml, more, error);
    *more = code == RESULT_OK && xlsx->finished;
    *row = xlsx->row;
    return code;
}

static uint64_t xlsx_position(const void *book) {
    const struct xlsx *xlsx = book;
    return xlsx->xml == NULL ? 0 : book_xml_position(xlsx->xml);
}

static uint64_t xlsx_size(const void *book) {
    const struct xlsx *xlsx = book;
    return xlsx->part == NULL ? 0 : book_part_size(xlsx->part);
}

const struct book_format book_xlsx = {
    .name = "XLSX",
    .open = xlsx_open,
    .sheets = xlsx_sheets,
    .begin = xlsx_begin,
    .next = xlsx_next,
    .position = xlsx_position,
    .size = xlsx_size,
    .close = xlsx_close,
};
