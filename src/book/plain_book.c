#include "book/plain_book.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "book/check.h"
#include "book/escape.h"
#include "book/failure.h"
#include "book/sheet_look.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A sheet a million rows: enough for any list that a person could mend. */
#define MOST_SHEETS 16

/* Columns are as wide as their titles, but neither very narrow nor very wide. */
#define LEAST_WIDTH 10
#define MOST_WIDTH 40

/* A line of the default font, and the highest row there may be; in points. */
#define LINE_HEIGHT 15.0
#define MOST_HEIGHT 409.0

struct plain_book {
    char *path;
    char *folder;
    char *sheet_name;
    char **headers;
    size_t count;
    int first_width;
    lxw_workbook *workbook;
    lxw_worksheet *worksheet;
    lxw_format *header_format;
    lxw_format *text_format;
    lxw_format *wrapped_format;
    uint32_t rows[MOST_SHEETS]; /* put on each sheet, the header among them */
    size_t sheets;
    struct buffer escaped;
    lxw_error failure; /* the first one */
};

static void accept(struct plain_book *book, lxw_error failure) {
    if (book->failure == LXW_NO_ERROR) {
        book->failure = failure;
    }
}

static void make_formats(struct plain_book *book) {
    lxw_format **const places[] = {&book->header_format, &book->text_format, &book->wrapped_format};
    for (int i = 0; i < 3; i++) {
        lxw_format *format = workbook_add_format(book->workbook);
        *places[i] = format;
        if (format == NULL) {
            accept(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        format_set_num_format(format, "@");
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        format_set_border(format, LXW_BORDER_HAIR);
    }
    format_set_bold(book->header_format);
    format_set_bg_color(book->header_format, 0xDDE6F0);
    format_set_text_wrap(book->wrapped_format);
    format_set_font_color(book->wrapped_format, 0x9C0006);
}

static void put_text(struct plain_book *book, size_t column, const char *text, lxw_format *format) {
    uint32_t row = book->rows[book->sheets - 1];
    if (book_escape_needed(text)) {
        buffer_reset(&book->escaped);
        book_escape(&book->escaped, text);
        if (book->escaped.failed) {
            accept(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        text = buffer_text(&book->escaped);
    }
    accept(book,
           text[0] == '\0'
               ? worksheet_write_blank(book->worksheet, row, (lxw_col_t)column, format)
               : worksheet_write_string(book->worksheet, row, (lxw_col_t)column, text, format));
}

/* Makes the row to be put as high as the text in its first column, which is wrapped: not every
 * program that opens a workbook does that by itself. */
static void make_room(struct plain_book *book, const char *text) {
    int lines = sheet_look_lines(text, book->first_width);
    if (lines > 1) {
        double height = lines * LINE_HEIGHT;
        accept(book, worksheet_set_row(book->worksheet, book->rows[book->sheets - 1],
                                       height > MOST_HEIGHT ? MOST_HEIGHT : height, NULL));
    }
}

static void set_columns(struct plain_book *book) {
    for (size_t i = 0; i < book->count; i++) {
        int width = text_width(book->headers[i]) + 4;
        width = width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
        width = i == 0 ? book->first_width : width;
        accept(book,
               worksheet_set_column(book->worksheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL));
    }
    accept(book, worksheet_ignore_errors(book->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                         "A1:XFD1048576"));
}

/* Begins a further sheet with the header on it. */
static void add_sheet(struct plain_book *book) {
    struct buffer name = BUFFER_INIT;
    buffer_append_text(&name, book->sheet_name);
    if (book->sheets > 0) {
        buffer_printf(&name, " %zu", book->sheets + 1);
    }
    book->worksheet =
        name.failed ? NULL : workbook_add_worksheet(book->workbook, buffer_text(&name));
    buffer_free(&name);
    if (book->worksheet == NULL) {
        accept(book, LXW_ERROR_CREATING_TMPFILE);
        return;
    }
    book->rows[book->sheets++] = 0;
    worksheet_set_landscape(book->worksheet);
    worksheet_set_paper(book->worksheet, 9); /* A4 */
    worksheet_fit_to_pages(book->worksheet, 1, 0);
    worksheet_repeat_rows(book->worksheet, 0, 0);
    worksheet_freeze_panes(book->worksheet, 1, 1);
    accept(book, worksheet_set_footer(book->worksheet, "&C&P / &N"));
    set_columns(book);
    for (size_t i = 0; i < book->count; i++) {
        put_text(book, i, book->headers[i], book->header_format);
    }
    book->rows[book->sheets - 1] = 1;
}

static void book_free(struct plain_book *book) {
    for (size_t i = 0; book->headers != NULL && i < book->count; i++) {
        free(book->headers[i]);
    }
    free(book->headers);
    free(book->path);
    free(book->folder);
    free(book->sheet_name);
    buffer_free(&book->escaped);
    free(book);
}

/* Copies what the book keeps of its head; false when memory is short. */
static bool copy_head(struct plain_book *book, const char *path, const char *folder,
                      const struct plain_book_head *head) {
    book->path = strdup(path);
    book->folder = strdup(folder);
    book->sheet_name = strdup(head->sheet);
    book->headers = calloc(head->count + 1, sizeof(*book->headers));
    book->count = head->count;
    book->first_width = head->first_width;
    bool whole = book->path != NULL && book->folder != NULL && book->sheet_name != NULL &&
                 book->headers != NULL;
    for (size_t i = 0; whole && i < head->count; i++) {
        book->headers[i] = strdup(head->headers[i]);
        whole = book->headers[i] != NULL;
    }
    return whole;
}

enum result plain_book_new(struct plain_book **book, const char *path, const char *folder,
                           const struct plain_book_head *head, struct error *error) {
    *book = NULL;
    if (head->count > PLAIN_BOOK_MOST_COLUMNS) {
        return error_set(error, RESULT_INVALID,
                         _("A sheet has %d columns and the table %zu; choose a file ending in .csv "
                           "instead of %s."),
                         PLAIN_BOOK_MOST_COLUMNS, head->count, path);
    }
    struct plain_book *made = calloc(1, sizeof(*made));
    if (made == NULL || !copy_head(made, path, folder, head)) {
        if (made != NULL) {
            book_free(made);
        }
        return error_no_memory(error);
    }
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = made->folder};
    made->workbook = workbook_new_opt(made->path, &options);
    if (made->workbook == NULL) {
        book_free(made);
        return error_no_memory(error);
    }
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)head->title};
    accept(made, workbook_set_properties(made->workbook, &properties));
    make_formats(made);
    if (made->failure == LXW_NO_ERROR) {
        add_sheet(made);
    }
    *book = made;
    return RESULT_OK;
}

enum result plain_book_put(struct plain_book *book, const char *const *cells, size_t count,
                           const char *what, struct error *error) {
    for (size_t i = 0; i < count; i++) {
        if (strlen(cells[i]) > PLAIN_BOOK_MOST_TEXT) {
            return error_set(error, RESULT_INVALID,
                             _("%s has a text longer than a cell of a workbook can hold; choose a "
                               "file ending in .csv."),
                             what);
        }
    }
    if (book->failure != LXW_NO_ERROR) {
        return RESULT_OK; /* plain_book_close tells */
    }
    if (book->rows[book->sheets - 1] == PLAIN_BOOK_MOST_ROWS) {
        if (book->sheets == MOST_SHEETS) {
            return error_set(error, RESULT_INVALID,
                             _("These are more rows than a workbook should hold; choose a file "
                               "ending in .csv instead of %s."),
                             book->path);
        }
        add_sheet(book);
    }
    if (count > 0) {
        make_room(book, cells[0]);
    }
    for (size_t i = 0; i < count && book->failure == LXW_NO_ERROR; i++) {
        put_text(book, i, cells[i], i == 0 ? book->wrapped_format : book->text_format);
    }
    book->rows[book->sheets - 1]++;
    return RESULT_OK;
}

enum result plain_book_close(struct plain_book *book, struct error *error) {
    if (book == NULL) {
        return RESULT_OK;
    }
    if (book->failure == LXW_NO_ERROR && book->rows[book->sheets - 1] > 1) {
        accept(book, worksheet_autofilter(book->worksheet, 0, 0, book->rows[book->sheets - 1] - 1,
                                          (lxw_col_t)(book->count - 1)));
    }
    errno = 0;
    lxw_error failure = workbook_close(book->workbook); /* frees it too */
    int number = errno;
    accept(book, failure);
    enum result code = book_failure(book->folder, book->failure, number, error);
    if (code == RESULT_OK) {
        code = book_check(book->path, book->folder, book->rows, book->sheets, error);
    }
    book_free(book);
    return code;
}
