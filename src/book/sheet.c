#include "book/sheet.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "book/check.h"
#include "book/escape.h"
#include "book/failure.h"
#include "book/sheet_look.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Most characters the library takes for the head or foot of a page, and most columns of text that
 * each side of it gets. */
#define PAGE_TEXT_SIDE 100

/* Pixels left free beside a chart. */
#define CHART_GAP 8

/* Of the bars that are drawn in cells. */
#define BAR_COLOUR 0x595959

/* Points a row can be high. */
#define MOST_HEIGHT 409

/* Bytes of text in a cell: Excel takes 32,767 characters. */
#define MOST_TEXT 32767

struct sheet {
    struct book *book;
    lxw_worksheet *worksheet; /* NULL once the book has failed */
    uint32_t row;
    uint32_t filled; /* rows put with cells */
    struct sheet_column columns[SHEET_MOST_COLUMNS];
    int measured[SHEET_MOST_COLUMNS]; /* columns of text */
    double widths[SHEET_MOST_COLUMNS];
    size_t column_count;
    lxw_row_t *breaks; /* rows that begin a page, 0 behind them; NULL: none */
    size_t break_count;
};

struct book {
    char *path;
    char *folder;
    lxw_workbook *workbook;
    lxw_format *formats[SHEET_STYLE_COUNT];
    char *head; /* in the library's notation */
    char *foot;
    lxw_error failure; /* the first one */
    struct sheet sheets[BOOK_MOST_SHEETS];
    size_t sheet_count;
};

struct sheet_cell sheet_blank(enum sheet_style style) {
    return (struct sheet_cell){.kind = SHEET_IS_BLANK, .style = style};
}

struct sheet_cell sheet_text(enum sheet_style style, const char *text) {
    bool blank = text == NULL || text[0] == '\0';
    return (struct sheet_cell){
        .kind = blank ? SHEET_IS_BLANK : SHEET_IS_TEXT, .style = style, .text = text};
}

struct sheet_cell sheet_number(enum sheet_style style, double number) {
    return (struct sheet_cell){.kind = SHEET_IS_NUMBER, .style = style, .number = number};
}

struct sheet_cell sheet_day(enum sheet_style style, date day) {
    return (struct sheet_cell){
        .kind = day == DATE_NONE ? SHEET_IS_BLANK : SHEET_IS_DAY, .style = style, .day = day};
}

struct sheet_cell sheet_sum(enum sheet_style style, uint32_t first_row, uint32_t last_row,
                            double value) {
    return (struct sheet_cell){.kind = SHEET_IS_SUM,
                               .style = style,
                               .number = value,
                               .first_row = first_row,
                               .last_row = last_row};
}

struct sheet_cell sheet_bar(double number, double full) {
    return (struct sheet_cell){
        .kind = SHEET_IS_BAR, .style = SHEET_BAR, .number = number, .full = full};
}

struct sheet_cell sheet_wide(struct sheet_cell cell, int span) {
    cell.span = span;
    return cell;
}

/* Keeps the first failure; the sheets stop there. */
static bool accept(struct book *book, lxw_error failure) {
    if (book->failure == LXW_NO_ERROR) {
        book->failure = failure;
    }
    return book->failure == LXW_NO_ERROR;
}

/* Adds text for the head or foot of a page: clipped, and no '&' taken for a command. */
static void add_page_text(struct buffer *buffer, const char *text) {
    size_t length = text_fit(text, strlen(text), PAGE_TEXT_SIDE, NULL);
    for (size_t i = 0; i < length; i++) {
        buffer_append(buffer, text[i] == '&' ? "&&" : &text[i], text[i] == '&' ? 2 : 1);
    }
}

/* Head and foot of every page. The blank behind "&9" keeps a digit that follows out of the size. */
static bool make_page_texts(struct book *book, const struct book_facts *facts) {
    struct buffer head = BUFFER_INIT;
    struct buffer foot = BUFFER_INIT;
    const char *mark = facts->outward ? "" : _("INTERNAL - NOT FOR PUBLICATION");
    buffer_append_text(&head, "&L&9 ");
    add_page_text(&head, facts->heading);
    buffer_append_text(&head, "&R&9 ");
    add_page_text(&head, mark);
    buffer_append_text(&foot, "&L&8 ");
    add_page_text(&foot, facts->verification);
    buffer_append_text(&foot, "&C&9 ");
    /* TRANSLATORS: &P and &N stand for the page and the number of pages. */
    buffer_append_text(&foot, _("page &P of &N"));
    buffer_append_text(&foot, "&R&9 ");
    add_page_text(&foot, mark);
    book->head = buffer_take(&head);
    book->foot = buffer_take(&foot);
    return book->head != NULL && book->foot != NULL;
}

/* Noon of the day in UTC, so that the same workbook has the same bytes. */
static time_t time_of(date day) {
    struct tm broken = {.tm_year = date_year(day) - 1900,
                        .tm_mon = date_month(day) - 1,
                        .tm_mday = date_day(day),
                        .tm_hour = 12};
    return day == DATE_NONE ? 0 : timegm(&broken);
}

static void set_facts(struct book *book, const struct book_facts *facts) {
    /* The library declares these without const but only copies them. */
    lxw_doc_properties properties = {
        .title = (char *)facts->title,
        .subject = (char *)facts->subject,
        .author = (char *)facts->author,
        .company = (char *)facts->company,
        .keywords = (char *)facts->keywords,
        .comments = (char *)facts->comments,
        .category = facts->outward ? NULL : _("INTERNAL - NOT FOR PUBLICATION"),
        .created = time_of(facts->created),
    };
    accept(book, workbook_set_properties(book->workbook, &properties));
}

static void book_free(struct book *book) {
    free(book->path);
    free(book->folder);
    free(book->head);
    free(book->foot);
    for (size_t i = 0; i < book->sheet_count; i++) {
        free(book->sheets[i].breaks);
    }
    free(book);
}

enum result book_new(struct book **book, const char *path, const char *folder,
                     const struct book_facts *facts, struct error *error) {
    *book = NULL;
    struct book *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->path = strdup(path);
    made->folder = strdup(folder);
    if (made->path == NULL || made->folder == NULL || !make_page_texts(made, facts)) {
        book_free(made);
        return error_no_memory(error);
    }
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = made->folder};
    made->workbook = workbook_new_opt(made->path, &options);
    if (made->workbook == NULL) {
        book_free(made);
        return error_no_memory(error);
    }
    set_facts(made, facts);
    for (int i = 0; i < SHEET_STYLE_COUNT; i++) {
        made->formats[i] = sheet_look_format(made->workbook, sheet_look_of((enum sheet_style)i));
        accept(made, made->formats[i] == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR);
    }
    *book = made;
    return RESULT_OK;
}

static void set_page(struct book *book, lxw_worksheet *worksheet) {
    lxw_header_footer_options margin = {.margin = 0.25};
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9); /* A4 */
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.6, 0.6);
    worksheet_fit_to_pages(worksheet, 1, 0);
    worksheet_center_horizontally(worksheet);
    worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
    accept(book, worksheet_set_header_opt(worksheet, book->head, &margin));
    accept(book, worksheet_set_footer_opt(worksheet, book->foot, &margin));
}

struct sheet *book_add_sheet(struct book *book, const char *name) {
    if (book->sheet_count == BOOK_MOST_SHEETS) {
        accept(book, LXW_ERROR_PARAMETER_VALIDATION);
        book->sheet_count--;
    }
    struct sheet *sheet = &book->sheets[book->sheet_count++];
    *sheet = (struct sheet){.book = book};
    if (book->failure == LXW_NO_ERROR) {
        sheet->worksheet = workbook_add_worksheet(book->workbook, name);
        if (accept(book, sheet->worksheet == NULL ? LXW_ERROR_CREATING_TMPFILE : LXW_NO_ERROR)) {
            set_page(book, sheet->worksheet);
        }
    }
    return sheet;
}

void book_set_property(struct book *book, const char *name, const char *value) {
    if (book->failure == LXW_NO_ERROR) {
        accept(book, workbook_set_custom_property_string(book->workbook, name, value));
    }
}

/* Checks that the file has every row that was put. */
static enum result read_back(const struct book *book, struct error *error) {
    uint32_t rows[BOOK_MOST_SHEETS];
    for (size_t i = 0; i < book->sheet_count; i++) {
        rows[i] = book->sheets[i].filled;
    }
    return book_check(book->path, book->folder, rows, book->sheet_count, error);
}

/* True while there is something to write to. */
static bool writable(const struct sheet *sheet) {
    return sheet->book->failure == LXW_NO_ERROR && sheet->worksheet != NULL;
}

/* Tells the library where pages begin: once, as it keeps only the last list. */
static void set_breaks(struct book *book) {
    for (size_t i = 0; i < book->sheet_count; i++) {
        struct sheet *sheet = &book->sheets[i];
        if (sheet->breaks != NULL && writable(sheet)) {
            accept(book, worksheet_set_h_pagebreaks(sheet->worksheet, sheet->breaks));
        }
    }
}

enum result book_close(struct book *book, struct error *error) {
    set_breaks(book);
    errno = 0;
    lxw_error failure = workbook_close(book->workbook); /* frees it too */
    int number = errno;
    accept(book, failure);
    enum result code = book_failure(book->folder, book->failure, number, error);
    if (code == RESULT_OK) {
        code = read_back(book, error);
    }
    book_free(book);
    return code;
}

void sheet_set_columns(struct sheet *sheet, const struct sheet_column *columns, size_t count) {
    if (count > SHEET_MOST_COLUMNS) {
        accept(sheet->book, LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    sheet->column_count = count;
    for (size_t i = 0; i < count; i++) {
        sheet->columns[i] = columns[i];
        sheet->measured[i] = columns[i].least;
        if (columns[i].title != NULL) {
            sheet_measure(sheet, i, _(columns[i].title));
        }
    }
}

void sheet_measure(struct sheet *sheet, size_t column, const char *text) {
    int most = sheet->columns[column].most;
    /* no text is wider than it has bytes */
    if (text == NULL || sheet->measured[column] >= most ||
        strlen(text) <= (size_t)sheet->measured[column]) {
        return;
    }
    int width = text_width(text);
    width = width > most ? most : width;
    if (width > sheet->measured[column]) {
        sheet->measured[column] = width;
    }
}

/* Keeps Excel from marking codes that are all digits as numbers written as text. One call for all
 * columns, as the library keeps only the last. */
static void accept_codes(struct sheet *sheet) {
    struct buffer ranges = BUFFER_INIT;
    for (size_t i = 0; i < sheet->column_count; i++) {
        char name[LXW_MAX_COL_NAME_LENGTH];
        if (sheet->columns[i].style == SHEET_CODE) {
            lxw_col_to_name(name, (lxw_col_t)i, LXW_FALSE);
            buffer_printf(&ranges, "%s%s1:%s1048576", ranges.length == 0 ? "" : " ", name, name);
        }
    }
    if (ranges.failed) {
        accept(sheet->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    } else if (ranges.length > 0) {
        accept(sheet->book,
               worksheet_ignore_errors(sheet->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                       buffer_text(&ranges)));
    }
    buffer_free(&ranges);
}

void sheet_settle(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->column_count && writable(sheet); i++) {
        const struct sheet_look *look = sheet_look_of(sheet->columns[i].style);
        sheet->widths[i] = sheet_look_width(look, sheet->measured[i]);
        accept(sheet->book, worksheet_set_column(sheet->worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                                 sheet->widths[i], NULL));
    }
    if (writable(sheet)) {
        accept_codes(sheet);
    }
}

uint32_t sheet_row(const struct sheet *sheet) {
    return sheet->row;
}

static int span_of(const struct sheet_cell *cell) {
    return cell->span > 1 ? cell->span : 1;
}

/* The height a cell asks for. */
static double height_of(const struct sheet *sheet, const struct sheet_cell *cell, size_t column) {
    const struct sheet_look *look = sheet_look_of(cell->style);
    int lines = 1;
    if (look->wrap && cell->kind == SHEET_IS_TEXT) {
        double width = 0;
        for (size_t i = column; i < column + (size_t)span_of(cell); i++) {
            width += sheet->widths[i];
        }
        lines = sheet_look_lines(cell->text, sheet_look_capacity(look, width));
    }
    return sheet_look_height(look, lines);
}

static lxw_error put_sum(struct sheet *sheet, const struct sheet_cell *cell, lxw_col_t column) {
    char first[LXW_MAX_CELL_NAME_LENGTH];
    char last[LXW_MAX_CELL_NAME_LENGTH];
    char formula[64];
    lxw_rowcol_to_cell(first, cell->first_row, column);
    lxw_rowcol_to_cell(last, cell->last_row, column);
    snprintf(formula, sizeof(formula), "=SUM(%s:%s)", first, last);
    return worksheet_write_formula_num(sheet->worksheet, sheet->row, column, formula,
                                       sheet->book->formats[cell->style], cell->number);
}

/* A bar in one dark colour from 0 to the full number, whatever the other bars are. */
static lxw_error put_bar(struct sheet *sheet, const struct sheet_cell *cell, lxw_col_t column) {
    lxw_conditional_format bar = {
        .type = LXW_CONDITIONAL_DATA_BAR,
        .data_bar_2010 = LXW_TRUE,
        .bar_only = LXW_TRUE,
        .bar_solid = LXW_TRUE,
        .bar_color = BAR_COLOUR,
        .bar_border_color = BAR_COLOUR,
        .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .max_value = cell->full,
    };
    lxw_col_t last = (lxw_col_t)(column + (lxw_col_t)span_of(cell) - 1);
    lxw_error failure = worksheet_write_number(sheet->worksheet, sheet->row, column, cell->number,
                                               sheet->book->formats[cell->style]);
    return failure != LXW_NO_ERROR
               ? failure
               : worksheet_conditional_format_range(sheet->worksheet, sheet->row, column,
                                                    sheet->row, last, &bar);
}

/* Writes a text that has to be escaped or cut first. */
static lxw_error put_odd_text(struct sheet *sheet, const struct sheet_cell *cell,
                              lxw_col_t column) {
    struct buffer buffer = BUFFER_INIT;
    book_escape(&buffer, cell->text);
    char *text = buffer_take(&buffer);
    if (text == NULL) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    size_t length = strlen(text);
    if (length > MOST_TEXT) {
        length = MOST_TEXT;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--; /* not amid a character */
        }
        text[length] = '\0';
    }
    lxw_error failure = worksheet_write_string(sheet->worksheet, sheet->row, column, text,
                                               sheet->book->formats[cell->style]);
    free(text);
    return failure;
}

static lxw_error put_text(struct sheet *sheet, const struct sheet_cell *cell, lxw_col_t column) {
    if (strlen(cell->text) > MOST_TEXT || book_escape_needed(cell->text)) {
        return put_odd_text(sheet, cell, column);
    }
    return worksheet_write_string(sheet->worksheet, sheet->row, column, cell->text,
                                  sheet->book->formats[cell->style]);
}

static lxw_error put_cell(struct sheet *sheet, const struct sheet_cell *cell, lxw_col_t column) {
    lxw_worksheet *worksheet = sheet->worksheet;
    lxw_format *format = sheet->book->formats[cell->style];
    switch (cell->kind) {
    case SHEET_IS_TEXT:
        return put_text(sheet, cell, column);
    case SHEET_IS_NUMBER:
        return worksheet_write_number(worksheet, sheet->row, column, cell->number, format);
    case SHEET_IS_DAY: {
        lxw_datetime day = {.year = date_year(cell->day),
                            .month = date_month(cell->day),
                            .day = date_day(cell->day)};
        return worksheet_write_datetime(worksheet, sheet->row, column, &day, format);
    }
    case SHEET_IS_SUM:
        return put_sum(sheet, cell, column);
    case SHEET_IS_BAR:
        return put_bar(sheet, cell, column);
    case SHEET_IS_BLANK:
        break;
    }
    return worksheet_write_blank(worksheet, sheet->row, column, format);
}

double sheet_height(const struct sheet *sheet, const struct sheet_cell *cells, size_t count) {
    double height = 0;
    size_t column = 0;
    for (size_t i = 0; i < count; i++) {
        double wanted = height_of(sheet, &cells[i], column);
        height = wanted > height ? wanted : height;
        column += (size_t)span_of(&cells[i]);
    }
    return height > MOST_HEIGHT ? MOST_HEIGHT : height;
}

void sheet_put(struct sheet *sheet, const struct sheet_cell *cells, size_t count) {
    double height = sheet_height(sheet, cells, count);
    size_t column = 0;
    if (!writable(sheet) ||
        !accept(sheet->book, worksheet_set_row(sheet->worksheet, sheet->row, height, NULL))) {
        return;
    }
    for (size_t i = 0; i < count && writable(sheet); i++) {
        int span = span_of(&cells[i]);
        if (span > 1) {
            accept(sheet->book,
                   worksheet_merge_range(sheet->worksheet, sheet->row, (lxw_col_t)column,
                                         sheet->row, (lxw_col_t)(column + (size_t)span - 1), NULL,
                                         sheet->book->formats[cells[i].style]));
        }
        accept(sheet->book, put_cell(sheet, &cells[i], (lxw_col_t)column));
        column += (size_t)span;
    }
    sheet->row++;
    sheet->filled++;
}

void sheet_line(struct sheet *sheet, enum sheet_style style, const char *text) {
    SHEET_PUT(sheet, sheet_wide(sheet_text(style, text), (int)sheet->column_count));
}

void sheet_gap(struct sheet *sheet, double height) {
    if (writable(sheet)) {
        accept(sheet->book, worksheet_set_row(sheet->worksheet, sheet->row, height, NULL));
    }
    sheet->row++;
}

void sheet_header(struct sheet *sheet) {
    struct sheet_cell cells[SHEET_MOST_COLUMNS];
    for (size_t i = 0; i < sheet->column_count; i++) {
        cells[i] = sheet_text(SHEET_HEADER, _(sheet->columns[i].title));
    }
    sheet_put(sheet, cells, sheet->column_count);
}

void sheet_freeze(struct sheet *sheet, size_t columns) {
    if (writable(sheet)) {
        worksheet_freeze_panes(sheet->worksheet, sheet->row, (lxw_col_t)columns);
        accept(sheet->book, worksheet_repeat_rows(sheet->worksheet, 0, sheet->row - 1));
    }
}

void sheet_filter(struct sheet *sheet, uint32_t header_row, uint32_t last_row) {
    if (writable(sheet)) {
        accept(sheet->book, worksheet_autofilter(sheet->worksheet, header_row, 0, last_row,
                                                 (lxw_col_t)(sheet->column_count - 1)));
    }
}

void sheet_portrait(struct sheet *sheet) {
    if (writable(sheet)) {
        worksheet_set_portrait(sheet->worksheet);
    }
}

void sheet_paged(struct sheet *sheet, uint16_t percent) {
    if (writable(sheet)) {
        worksheet_set_print_scale(sheet->worksheet, percent); /* takes the place of fitting */
    }
}

void sheet_break(struct sheet *sheet) {
    if (!writable(sheet)) {
        return;
    }
    if (sheet->breaks == NULL) {
        sheet->breaks = calloc(SHEET_MOST_BREAKS + 1, sizeof(*sheet->breaks));
    }
    if (sheet->breaks == NULL || sheet->break_count == SHEET_MOST_BREAKS) {
        accept(sheet->book, sheet->breaks == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED
                                                  : LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    sheet->breaks[sheet->break_count++] = sheet->row;
}

void sheet_fit_page(struct sheet *sheet) {
    if (writable(sheet)) {
        worksheet_fit_to_pages(sheet->worksheet, 1, 1);
    }
}

void sheet_spread(struct sheet *sheet, uint16_t pages, size_t columns) {
    if (writable(sheet)) {
        worksheet_fit_to_pages(sheet->worksheet, pages, 0);
        accept(sheet->book,
               worksheet_repeat_columns(sheet->worksheet, 0, (lxw_col_t)(columns - 1)));
    }
}

/* A list of words in cells; where other words are asked about the reader is told so. */
static void offer_words(struct sheet *sheet, size_t column, uint32_t rows, const char *words_sheet,
                        size_t words_column, size_t words, bool ask) {
    char name[LXW_MAX_COL_NAME_LENGTH];
    char formula[128];
    if (!writable(sheet)) {
        return;
    }
    lxw_col_to_name(name, (lxw_col_t)words_column, LXW_TRUE);
    snprintf(formula, sizeof(formula), "='%s'!%s$2:%s$%zu", words_sheet, name, name, words + 1);
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                      .value_formula = formula,
                                      .show_error = ask ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    accept(sheet->book,
           worksheet_data_validation_range(sheet->worksheet, sheet->row, (lxw_col_t)column,
                                           sheet->row + rows, (lxw_col_t)column, &validation));
}

void sheet_offer(struct sheet *sheet, size_t column, uint32_t rows, const char *words_sheet,
                 size_t words_column, size_t words) {
    offer_words(sheet, column, rows, words_sheet, words_column, words, true);
}

void sheet_suggest(struct sheet *sheet, size_t column, uint32_t rows, const char *words_sheet,
                   size_t words_column, size_t words) {
    offer_words(sheet, column, rows, words_sheet, words_column, words, false);
}

void sheet_hide(struct sheet *sheet) {
    if (writable(sheet)) {
        worksheet_hide(sheet->worksheet);
    }
}

/* One fill a class, from plain to solid, so that the columns differ on black-and-white paper. */
static lxw_error set_class_fills(lxw_chart_series *series) {
    lxw_chart_line edge = {.color = 0x404040, .width = 0.75f};
    lxw_chart_fill plain = {.color = 0xE2F0D9};
    lxw_chart_fill solid = {.color = 0x9C1C1C};
    lxw_chart_pattern dots = {
        .fg_color = 0x5B9BD5, .bg_color = 0xFFFFFF, .type = LXW_CHART_PATTERN_PERCENT_20};
    lxw_chart_pattern stripes = {
        .fg_color = 0xBF8F00, .bg_color = 0xFFF2CC, .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
    lxw_chart_point a = {.line = &edge, .fill = &plain};
    lxw_chart_point b = {.line = &edge, .pattern = &dots};
    lxw_chart_point c = {.line = &edge, .pattern = &stripes};
    lxw_chart_point d = {.line = &edge, .fill = &solid};
    lxw_chart_point *points[] = {&a, &b, &c, &d, NULL};
    return chart_series_set_points(series, points);
}

static void dress_chart(lxw_chart *chart, lxw_chart_series *series,
                        const struct sheet_chart *wanted) {
    char strong[] = "黑体"; /* the library copies them, but takes no const */
    char plain[] = "宋体";
    lxw_chart_font title = {.name = strong, .size = 11, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_font small = {.name = plain, .size = 9};
    lxw_chart_font axis = {.name = plain, .size = 9, .bold = LXW_EXPLICIT_FALSE};
    chart_title_set_name(chart, wanted->title);
    chart_title_set_name_font(chart, &title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_name(chart->x_axis, wanted->category_title);
    chart_axis_set_name(chart->y_axis, wanted->value_title);
    chart_axis_set_name_font(chart->x_axis, &axis);
    chart_axis_set_name_font(chart->y_axis, &axis);
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_num_font(chart->y_axis, &small);
    chart_axis_set_min(chart->y_axis, 0);
    chart_series_set_labels(series);
    chart_series_set_labels_font(series, &small);
    chart_series_set_name(series, wanted->value_title);
}

/* Pixels of a column: 7 a unit, and 5 of padding. */
static double column_pixels(const struct sheet *sheet, size_t first, size_t last) {
    double pixels = 0;
    for (size_t i = first; i <= last; i++) {
        pixels += sheet->widths[i] * 7 + 5;
    }
    return pixels;
}

void sheet_insert_chart(struct sheet *sheet, const struct sheet_chart *wanted) {
    struct book *book = sheet->book;
    if (!writable(sheet)) {
        return;
    }
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_COLUMN);
    lxw_chart_series *series = chart == NULL ? NULL : chart_add_series(chart, NULL, NULL);
    if (series == NULL) {
        accept(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    const char *name = sheet->worksheet->name;
    chart_series_set_categories(series, name, wanted->first_row, (lxw_col_t)wanted->category_column,
                                wanted->last_row, (lxw_col_t)wanted->category_column);
    chart_series_set_values(series, name, wanted->first_row, (lxw_col_t)wanted->value_column,
                            wanted->last_row, (lxw_col_t)wanted->value_column);
    dress_chart(chart, series, wanted);
    accept(book, set_class_fills(series));
    lxw_chart_options options = {
        /* 480 by 288 pixels are what the library draws when it is not told. Rows that were put are
         * forgotten, so it counts every row as 20 pixels high and finds the last one by that. */
        .x_scale =
            (column_pixels(sheet, wanted->left_column, wanted->right_column) - 2 * CHART_GAP) / 480,
        .y_scale = (sheet->row - wanted->top_row) * 20.0 / 288,
        .x_offset = CHART_GAP,
        .object_position = LXW_OBJECT_MOVE_AND_SIZE,
        .description = (char *)wanted->title,
    };
    accept(book, worksheet_insert_chart_opt(sheet->worksheet, wanted->top_row,
                                            (lxw_col_t)wanted->left_column, chart, &options));
}
