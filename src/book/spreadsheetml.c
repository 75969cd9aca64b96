#include "book/spreadsheetml.h"

#include "base/arena.h"
#include "book/number_format.h"
#include "book/xml.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SHEETS 1024
#define MOST_STYLES 65536
#define MOST_BLANK_ROWS 4096 /* before one is given all the same */
#define SHEETS "urn:schemas-microsoft-com:office:spreadsheet"

enum place {
    WORKBOOK = 1,
    EXCEL,
    FROM_1904,
    STYLES,
    STYLE,
    FORMAT,
    SHEET,
    OPTIONS,
    VISIBLE,
    TABLE,
    ROW,
    CELL,
    DATA,
    RUN
};

static const char *const namespaces[] = {SHEETS, "urn:schemas-microsoft-com:office:excel", NULL};

static const struct book_element elements[] = {
    {CELL, "Data", DATA, true},
    {ROW, "Cell", CELL, false},
    {TABLE, "Row", ROW, false},
    {DATA, NULL, RUN, true},
    {RUN, NULL, RUN, true},
    {CELL, NULL, BOOK_XML_PASSED, false},
    {ROW, NULL, BOOK_XML_PASSED, false},
    {TABLE, NULL, BOOK_XML_PASSED, false},
    {BOOK_XML_START, "Workbook", WORKBOOK, false},
    {WORKBOOK, "ExcelWorkbook", EXCEL, false},
    {EXCEL, "Date1904", FROM_1904, false},
    {EXCEL, NULL, BOOK_XML_PASSED, false},
    {WORKBOOK, "Styles", STYLES, false},
    {STYLES, "Style", STYLE, false},
    {STYLE, "NumberFormat", FORMAT, false},
    {STYLE, NULL, BOOK_XML_PASSED, false},
    {WORKBOOK, "Worksheet", SHEET, false},
    {SHEET, "Table", TABLE, false},
    {SHEET, "WorksheetOptions", OPTIONS, false},
    {OPTIONS, "Visible", VISIBLE, true},
    {OPTIONS, NULL, BOOK_XML_PASSED, false},
    {SHEET, NULL, BOOK_XML_PASSED, false},
    {WORKBOOK, NULL, BOOK_XML_PASSED, false},
};

static const struct book_grammar grammar = {namespaces, elements,
                                            sizeof(elements) / sizeof(elements[0])};

enum kind { KIND_TEXT, KIND_NUMBER, KIND_DAY, KIND_TRUTH };

/* The format of a style. */
struct style {
    const char *id;
    struct book_number_format format;
};

struct workbook {
    const char *path;
    const struct book_text *text;
    struct arena *arena;
    struct book_reader_sheet *sheets;
    size_t sheet_count;
    struct style *styles;
    size_t style_count;
    size_t style_room;
    bool from_1904;
    bool listed; /* sheets and styles are known */
    struct book_xml *xml;
    struct book_line *line;
    struct book_line_row row;
    size_t wanted;     /* the sheet to read */
    size_t passing;    /* sheets begun in this pass */
    uint32_t next_row; /* the least number a row may have now, from 0 */
    uint32_t next_column;
    uint32_t column; /* of the cell at hand */
    uint32_t blank_rows;
    enum kind kind;
    const struct book_number_format *format;
    struct buffer value; /* the text of the cell, or of what is hidden */
    bool finished;
};

static struct book_xml_input input_of(const struct workbook *workbook) {
    return (struct book_xml_input){.context = workbook->text->context,
                                   .read = workbook->text->read,
                                   .path = workbook->path,
                                   .encoding = "UTF-8"};
}

static enum result fault(const struct workbook *workbook, struct error *error) {
    const struct book_xml_input input = input_of(workbook);
    return book_xml_fault(&input, error);
}

/* An attribute, which some programs write without its namespace. */
static const char *attribute(const char *const *attributes, const char *name) {
    const char *full = strchr(name, ' ');
    const char *value = book_xml_attribute(attributes, name);
    return value != NULL ? value : book_xml_attribute(attributes, full + 1);
}

#define ATTRIBUTE(attributes, name) attribute(attributes, SHEETS " " name)

/* A whole number of an attribute, at most most; absent when it is not there or none. */
static uint32_t number_of(const char *value, uint32_t most, uint32_t absent) {
    char *end = NULL;
    unsigned long number = value == NULL ? 0 : strtoul(value, &end, 10);
    if (end == value || end == NULL || *end != '\0') {
        return absent;
    }
    return number > most ? most : (uint32_t)number;
}

/* ---- styles and sheets ------------------------------------------------------------------------
 */
static enum result take_style(struct workbook *workbook, const char *id, struct error *error) {
    if (workbook->style_count == MOST_STYLES || id == NULL) {
        return fault(workbook, error);
    }
    if (workbook->style_count == workbook->style_room) {
        size_t room = workbook->style_room == 0 ? 64 : 2 * workbook->style_room;
        struct style *styles = reallocarray(workbook->styles, room, sizeof(*styles));
        if (styles == NULL) {
            return error_no_memory(error);
        }
        workbook->styles = styles;
        workbook->style_room = room;
    }
    workbook->styles[workbook->style_count++] =
        (struct style){.id = arena_strdup(workbook->arena, id)};
    return arena_failed(workbook->arena) ? error_no_memory(error) : RESULT_OK;
}

/* Formats that have names here. */
static const char *code_of(const char *name) {
    static const char *const names[][2] = {
        {"General Number", "General"},
        {"General Date", "yyyy/m/d h:mm"},
        {"Long Date", "yyyy/m/d"},
        {"Medium Date", "yyyy/m/d"},
        {"Short Date", "yyyy/m/d"},
        {"Long Time", "h:mm:ss"},
        {"Medium Time", "h:mm"},
        {"Short Time", "h:mm"},
        {"Currency", "#,##0.00"},
        {"Euro Currency", "#,##0.00"},
        {"Fixed", "0.00"},
        {"Standard", "#,##0.00"},
        {"Percent", "0.00%"},
        {"Scientific", "0.00E+00"},
        {"Yes/No", "General"},
        {"True/False", "General"},
        {"On/Off", "General"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i][0]) == 0) {
            return names[i][1];
        }
    }
    return name;
}

static enum result take_sheet(struct workbook *workbook, const char *name, struct error *error) {
    if (workbook->sheet_count == MOST_SHEETS || name == NULL) {
        return fault(workbook, error);
    }
    workbook->sheets[workbook->sheet_count++].name = arena_strdup(workbook->arena, name);
    return arena_failed(workbook->arena) ? error_no_memory(error) : RESULT_OK;
}

static int compare_styles(const void *a, const void *b) {
    return strcmp(((const struct style *)a)->id, ((const struct style *)b)->id);
}

static const struct book_number_format *find_format(const struct workbook *workbook,
                                                    const char *id) {
    static const struct book_number_format general;
    const struct style key = {.id = id};
    const struct style *style = id == NULL || workbook->style_count == 0
                                    ? NULL
                                    : bsearch(&key, workbook->styles, workbook->style_count,
                                              sizeof(*workbook->styles), compare_styles);
    return style == NULL ? &general : &style->format;
}

/* The first pass: what the workbook has. */
static enum result begin_listing(struct workbook *workbook, int place,
                                 const char *const *attributes, struct error *error) {
    const char *code = NULL;
    switch (place) {
    case FROM_1904:
        workbook->from_1904 = true;
        return RESULT_OK;
    case STYLE:
        return take_style(workbook, ATTRIBUTE(attributes, "ID"), error);
    case FORMAT:
        code = ATTRIBUTE(attributes, "Format");
        if (code != NULL) {
            book_number_format_read(code_of(code),
                                    &workbook->styles[workbook->style_count - 1].format);
        }
        return RESULT_OK;
    case SHEET:
        return take_sheet(workbook, ATTRIBUTE(attributes, "Name"), error);
    default:
        buffer_reset(&workbook->value);
        return RESULT_OK;
    }
}

/* ---- rows -------------------------------------------------------------------------------------
 */
static enum result begin_row(struct workbook *workbook, const char *const *attributes,
                             struct error *error) {
    uint32_t row =
        number_of(ATTRIBUTE(attributes, "Index"), BOOK_MOST_ROWS + 1, workbook->next_row + 1);
    if (row <= workbook->next_row || row > BOOK_MOST_ROWS) {
        return fault(workbook, error);
    }
    book_line_begin(workbook->line, row - 1);
    workbook->next_row = row + number_of(ATTRIBUTE(attributes, "Span"), BOOK_MOST_ROWS - row, 0);
    workbook->next_column = 0;
    return RESULT_OK;
}

static enum result begin_cell(struct workbook *workbook, const char *const *attributes,
                              struct error *error) {
    uint32_t column =
        number_of(ATTRIBUTE(attributes, "Index"), BOOK_MOST_COLUMNS + 1, workbook->next_column + 1);
    uint32_t across = number_of(ATTRIBUTE(attributes, "MergeAcross"), BOOK_MOST_COLUMNS, 0);
    uint32_t down = number_of(ATTRIBUTE(attributes, "MergeDown"), BOOK_MOST_ROWS, 0);
    if (column <= workbook->next_column || column > BOOK_MOST_COLUMNS) {
        return fault(workbook, error);
    }
    workbook->column = column - 1;
    workbook->next_column = column + across;
    workbook->format = find_format(workbook, ATTRIBUTE(attributes, "StyleID"));
    uint32_t row = workbook->next_row - 1;
    return book_merges_add(book_line_merges(workbook->line), workbook->path, row, column - 1,
                           row + down, column - 1 + across, error);
}

static void begin_data(struct workbook *workbook, const char *const *attributes) {
    const char *type = ATTRIBUTE(attributes, "Type");
    buffer_reset(&workbook->value);
    workbook->kind = type == NULL                    ? KIND_TEXT
                     : strcmp(type, "Number") == 0   ? KIND_NUMBER
                     : strcmp(type, "DateTime") == 0 ? KIND_DAY
                     : strcmp(type, "Boolean") == 0  ? KIND_TRUTH
                                                     : KIND_TEXT;
}

static enum result begin(void *context, int place, const char *const *attributes,
                         struct error *error) {
    struct workbook *workbook = context;
    workbook->passing += place == SHEET;
    if (!workbook->listed) {
        return begin_listing(workbook, place, attributes, error);
    }
    if (workbook->passing != workbook->wanted + 1) {
        return RESULT_OK;
    }
    switch (place) {
    case ROW:
        return begin_row(workbook, attributes, error);
    case CELL:
        return begin_cell(workbook, attributes, error);
    case DATA:
        begin_data(workbook, attributes);
        return RESULT_OK;
    default:
        return RESULT_OK;
    }
}

static enum result take_text(void *context, int place, const char *text, size_t length,
                             struct error *error) {
    struct workbook *workbook = context;
    bool cell = workbook->listed && workbook->passing == workbook->wanted + 1 && place != VISIBLE;
    if (!cell && (workbook->listed || place != VISIBLE)) {
        return RESULT_OK;
    }
    buffer_append(&workbook->value, text, length);
    if (workbook->value.length > BOOK_XML_MOST_TEXT) {
        const struct book_xml_input input = input_of(workbook);
        return book_xml_too_large(&input, error);
    }
    return workbook->value.failed ? error_no_memory(error) : RESULT_OK;
}

/* Puts the value of the cell at hand. */
static enum result end_data(struct workbook *workbook, struct error *error) {
    struct buffer *to = book_line_text(workbook->line);
    const char *text = buffer_text(&workbook->value);
    double value = 0;
    bool cut = false;
    if (workbook->kind == KIND_NUMBER && book_number_read(text, &value)) {
        book_number_write(workbook->format, value, workbook->from_1904, to, &cut);
    } else if (workbook->kind == KIND_DAY) {
        book_number_write_day(text, workbook->value.length, to);
    } else if (workbook->kind == KIND_TRUTH && *text != '\0') {
        buffer_append_text(to, strcmp(text, "0") == 0 ? "否" : "是");
    } else {
        buffer_append_text(to, text);
    }
    return book_line_put(workbook->line, workbook->column, cut, error);
}

static enum result end_row(struct workbook *workbook, struct error *error) {
    enum result code = book_line_finish(workbook->line, &workbook->row, error);
    workbook->blank_rows = workbook->row.count > 0 ? 0 : workbook->blank_rows + 1;
    if (code == RESULT_OK && (workbook->row.count > 0 || workbook->blank_rows == MOST_BLANK_ROWS)) {
        workbook->blank_rows = 0;
        workbook->finished = true;
        book_xml_pause(workbook->xml);
    }
    return code;
}

static enum result end(void *context, int place, char *text, size_t length, struct error *error) {
    struct workbook *workbook = context;
    (void)text;
    (void)length;
    if (!workbook->listed) {
        if (place == VISIBLE) {
            workbook->sheets[workbook->sheet_count - 1].hidden =
                strcmp(buffer_text(&workbook->value), "SheetVisible") != 0;
        }
        return RESULT_OK;
    }
    if (workbook->passing != workbook->wanted + 1) {
        return RESULT_OK;
    }
    return place == DATA  ? end_data(workbook, error)
           : place == ROW ? end_row(workbook, error)
                          : RESULT_OK;
}

/* ---- the format -------------------------------------------------------------------------------
 */
static void workbook_close(void *book) {
    struct workbook *workbook = book;
    book_xml_free(workbook->xml);
    book_line_free(workbook->line);
    buffer_free(&workbook->value);
    free(workbook->styles);
    arena_free(workbook->arena);
    free(workbook);
}

/* Starts a pass over the document. */
static enum result start_pass(struct workbook *workbook, struct error *error) {
    book_xml_free(workbook->xml);
    workbook->xml = NULL;
    workbook->passing = 0;
    const struct book_xml_reader reader = {workbook, begin, end, take_text};
    const struct book_xml_input input = input_of(workbook);
    enum result code = workbook->text->rewind(workbook->text->context, error);
    return code == RESULT_OK ? book_xml_new(&workbook->xml, &grammar, &reader, &input, error)
                             : code;
}

static enum result list(struct workbook *workbook, struct error *error) {
    bool more = true;
    enum result code = start_pass(workbook, error);
    while (code == RESULT_OK && more) {
        code = book_xml_read(workbook->xml, &more, error);
    }
    if (workbook->style_count > 0) {
        qsort(workbook->styles, workbook->style_count, sizeof(*workbook->styles), compare_styles);
    }
    workbook->listed = true;
    return code;
}

static enum result workbook_open(void **book, const char *path, const struct book_text *text,
                                 struct error *error) {
    *book = NULL;
    struct workbook *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->text = text;
    made->arena = arena_new();
    enum result code = RESULT_OK;
    if (made->arena == NULL || (made->path = arena_strdup(made->arena, path)) == NULL ||
        (made->line = book_line_new(made->path)) == NULL ||
        (made->sheets = arena_alloc(made->arena, MOST_SHEETS * sizeof(*made->sheets))) == NULL) {
        code = error_no_memory(error);
    } else {
        code = list(made, error);
    }
    if (code != RESULT_OK) {
        workbook_close(made);
        return code;
    }
    *book = made;
    return RESULT_OK;
}

static const struct book_reader_sheet *workbook_sheets(const void *book, size_t *count) {
    const struct workbook *workbook = book;
    *count = workbook->sheet_count;
    return workbook->sheets;
}

static enum result workbook_begin(void *book, size_t sheet, bool glance, struct error *error) {
    struct workbook *workbook = book;
    (void)glance;
    workbook->wanted = sheet;
    workbook->next_row = 0;
    workbook->blank_rows = 0;
    book_line_reset(workbook->line);
    return start_pass(workbook, error);
}

static enum result workbook_next(void *book, struct book_line_row *row, bool *more,
                                 struct error *error) {
    struct workbook *workbook = book;
    workbook->finished = false;
    enum result code = book_xml_read(workbook->xml, more, error);
    *more = code == RESULT_OK && workbook->finished;
    *row = workbook->row;
    return code;
}

static uint64_t workbook_position(const void *book) {
    const struct workbook *workbook = book;
    return workbook->text->position(workbook->text->context);
}

const struct book_format book_spreadsheetml = {
    .name = "SpreadsheetML",
    .open = workbook_open,
    .sheets = workbook_sheets,
    .begin = workbook_begin,
    .next = workbook_next,
    .position = workbook_position,
    .close = workbook_close,
};
