#include "book/xls.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/gettext.h"
#include "book/biff.h"
#include "book/formats.h"
#include "book/strings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SHEETS 1024
#define MOST_CELLS ((size_t)1 << 23) /* that stand out of order */
#define MOST_DEPTH 16                /* of charts in sheets */
#define MOST_IDLE 65536              /* records without a row before a blank one is given */
#define VERSION_1997 0x0600
#define VERSION_1995 0x0500
#define WORKSHEET 0x10

struct xls {
    struct book_ole *ole;
    struct book_ole_stream *stream;
    struct book_biff biff;
    struct arena *arena; /* the sheets and their names */
    struct book_reader_sheet *sheets;
    uint64_t *places; /* where the records of each start */
    size_t sheet_count;
    struct book_strings *strings;
    struct book_formats formats;
    struct buffer format; /* the code of one, or the name of a sheet */
    bool from_1904;
    struct book_line *line;
    uint64_t start; /* of the sheet at hand */
    int64_t row;    /* being put together; -1: none yet */
    bool pending;   /* the cells at hand begin the next row */
    bool ended;
    /* Where the cells stand out of order: where each stands, in order. */
    struct cell_place *cells;
    size_t cell_count;
    size_t cell_room;
    size_t cell_next;
};

/* A record with cells. */
struct cell_place {
    uint64_t at;
    uint32_t row;
};

static enum result damaged(const struct xls *xls, struct error *error) {
    return book_ole_damaged(xls->ole, error);
}

static enum result too_much(const struct xls *xls, struct error *error) {
    return error_set(
        error, RESULT_INVALID,
        _("%s holds more than can be read at once; open it and save it as CSV (UTF-8)."),
        book_ole_path(xls->ole));
}

static enum result has_password(const char *path, struct error *error) {
    return error_set(error, RESULT_INVALID, _("%s has a password; save it without one."), path);
}

/* ---- what the workbook says of itself ---------------------------------------------------------
 */
/* Reads the text at `place` of a record into xls->format. */
static enum result read_text(struct xls *xls, size_t characters, struct error *error) {
    buffer_reset(&xls->format);
    return book_biff_text(&xls->biff, characters, &xls->format, error);
}

static enum result take_sheet(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    if (biff->length < 8 || xls->sheet_count == MOST_SHEETS) {
        return damaged(xls, error);
    }
    bool table = biff->body[5] == 0;
    bool hidden = (biff->body[4] & 3) != 0;
    uint64_t at = book_biff_number4(biff, 0);
    biff->place = 7;
    enum result code = read_text(xls, biff->body[6], error);
    if (code != RESULT_OK || !table) {
        return code;
    }
    xls->places[xls->sheet_count] = at;
    xls->sheets[xls->sheet_count++] =
        (struct book_reader_sheet){arena_strdup(xls->arena, buffer_text(&xls->format)), hidden};
    return arena_failed(xls->arena) ? error_no_memory(error) : RESULT_OK;
}

static enum result take_format(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    unsigned number = book_biff_number2(biff, 0);
    biff->place = biff->unicode ? 4 : 3;
    if (biff->length < biff->place) {
        return damaged(xls, error);
    }
    size_t characters = biff->unicode ? book_biff_number2(biff, 2) : biff->body[2];
    enum result code = read_text(xls, characters, error);
    if (code == RESULT_OK && !book_formats_add(&xls->formats, number, buffer_text(&xls->format))) {
        code = too_much(xls, error);
    }
    return code;
}

static enum result take_strings(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    uint32_t count = book_biff_number4(biff, 4);
    if (xls->strings != NULL) {
        return damaged(xls, error);
    }
    xls->strings = book_strings_new();
    if (xls->strings == NULL) {
        return error_no_memory(error);
    }
    biff->place = biff->length < 8 ? biff->length : 8;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t characters = 0;
        enum result code = book_biff_take2(biff, &characters, error);
        if (code == RESULT_OK) {
            code = book_biff_text(biff, characters, book_strings_text(xls->strings), error);
        }
        if (code == RESULT_OK && !book_strings_end(xls->strings)) {
            code = book_strings_short(xls->strings) ? error_no_memory(error) : too_much(xls, error);
        }
        if (code != RESULT_OK) {
            return code;
        }
    }
    return RESULT_OK;
}

static enum result take_global(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    switch (biff->type) {
    case BIFF_FILE_PASS:
        return has_password(book_ole_path(xls->ole), error);
    case BIFF_CODE_PAGE:
        biff->code_page = book_biff_number2(biff, 0);
        return RESULT_OK;
    case BIFF_DATE_MODE:
        xls->from_1904 = book_biff_number2(biff, 0) == 1;
        return RESULT_OK;
    case BIFF_FORMAT:
        return take_format(xls, error);
    case BIFF_STYLE:
        return book_formats_add_style(&xls->formats, book_biff_number2(biff, 2))
                   ? RESULT_OK
                   : too_much(xls, error);
    case BIFF_BOUND_SHEET:
        return take_sheet(xls, error);
    case BIFF_STRINGS:
        return take_strings(xls, error);
    default:
        return RESULT_OK;
    }
}

static enum result read_globals(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    enum result code = book_biff_next(biff, error);
    if (code != RESULT_OK) {
        return code;
    }
    unsigned version = book_biff_number2(biff, 0);
    if (biff->type != BIFF_BOF || (version != VERSION_1997 && version != VERSION_1995)) {
        return damaged(xls, error);
    }
    biff->unicode = version == VERSION_1997;
    xls->sheets = arena_alloc(xls->arena, MOST_SHEETS * sizeof(*xls->sheets));
    xls->places = arena_alloc(xls->arena, MOST_SHEETS * sizeof(*xls->places));
    if (arena_failed(xls->arena)) {
        return error_no_memory(error);
    }
    do {
        code = book_biff_next(biff, error);
        if (code == RESULT_OK) {
            code = take_global(xls, error);
        }
    } while (code == RESULT_OK && biff->type != BIFF_EOF);
    book_formats_start(&xls->formats);
    return code;
}

/* ---- cells ------------------------------------------------------------------------------------
 */
static bool is_cell(unsigned type) {
    switch (type) {
    case BIFF_FORMULA:
    case BIFF_MULTIPLE_RK:
    case BIFF_RICH_STRING:
    case BIFF_SHARED_STRING:
    case BIFF_NUMBER:
    case BIFF_LABEL:
    case BIFF_TRUTH:
    case BIFF_RK:
        return true;
    default:
        return false;
    }
}

/* Puts a number into a column, shown by a style. */
static enum result put_number(struct xls *xls, uint32_t column, size_t style, double value,
                              struct error *error) {
    bool cut = false;
    if (!isfinite(value)) {
        return RESULT_OK;
    }
    book_number_write(book_formats_get(&xls->formats, style), value, xls->from_1904,
                      book_line_text(xls->line), &cut);
    return book_line_put(xls->line, column, cut, error);
}

/* A number in four bytes: a whole one, or the first half of a real one; either may be a hundred
 * times what is meant. */
static double read_short_number(uint32_t bits) {
    double value;
    if ((bits & 2) != 0) {
        value = (double)((int32_t)bits >> 2);
    } else {
        uint64_t wide = (uint64_t)(bits & 0xFFFFFFFCu) << 32;
        memcpy(&value, &wide, sizeof(value));
    }
    return (bits & 1) != 0 ? value / 100 : value;
}

static enum result put_truth(struct xls *xls, uint32_t column, bool is_error, unsigned value,
                             struct error *error) {
    static const struct {
        unsigned value;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    const char *text = value == 0 ? "否" : "是";
    for (size_t i = 0; is_error && i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (i == 0 || errors[i].value == value) {
            text = errors[i].text;
        }
    }
    return book_line_put_shared(xls->line, column, text, error);
}

/* The text that a formula came to stands in a record behind it. */
static enum result put_formula_text(struct xls *xls, uint32_t column, struct error *error) {
    struct book_biff *biff = &xls->biff;
    for (;;) {
        unsigned type = 0;
        enum result code = book_biff_peek(biff, &type, error);
        bool between = type == BIFF_SHARED_FORMULA || type == BIFF_ARRAY ||
                       type == BIFF_DATA_TABLE || type == BIFF_CONTINUE;
        if (code != RESULT_OK || (type != BIFF_STRING && !between)) {
            return code;
        }
        code = book_biff_next(biff, error);
        if (code != RESULT_OK) {
            return code;
        }
        if (type == BIFF_STRING) {
            break;
        }
    }
    biff->place = biff->length < 2 ? biff->length : 2;
    enum result code =
        book_biff_text(biff, book_biff_number2(biff, 0), book_line_text(xls->line), error);
    return code == RESULT_OK ? book_line_put(xls->line, column, false, error) : code;
}

static enum result put_formula(struct xls *xls, uint32_t column, size_t style,
                               struct error *error) {
    struct book_biff *biff = &xls->biff;
    if (book_biff_number2(biff, 12) != 0xFFFF) {
        return put_number(xls, column, style, book_biff_real(biff, 6), error);
    }
    switch (biff->body[6]) {
    case 0:
        return put_formula_text(xls, column, error);
    case 1:
    case 2:
        return put_truth(xls, column, biff->body[6] == 2, biff->body[8], error);
    default:
        return RESULT_OK;
    }
}

static enum result put_label(struct xls *xls, uint32_t column, struct error *error) {
    struct book_biff *biff = &xls->biff;
    biff->place = 8;
    enum result code =
        book_biff_text(biff, book_biff_number2(biff, 6), book_line_text(xls->line), error);
    return code == RESULT_OK ? book_line_put(xls->line, column, false, error) : code;
}

static enum result put_numbers(struct xls *xls, uint32_t column, struct error *error) {
    struct book_biff *biff = &xls->biff;
    enum result code = RESULT_OK;
    for (size_t at = 4; code == RESULT_OK && at + 8 <= biff->length; at += 6) {
        code = put_number(xls, column++, book_biff_number2(biff, at),
                          read_short_number(book_biff_number4(biff, at + 2)), error);
    }
    return code;
}

/* Puts the cells of the record at hand into the row. */
static enum result put_cells(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    uint32_t column = book_biff_number2(biff, 2);
    size_t style = book_biff_number2(biff, 4);
    if (biff->length < 8) {
        return damaged(xls, error);
    }
    switch (biff->type) {
    case BIFF_SHARED_STRING: {
        const char *text = book_strings_get(xls->strings, book_biff_number4(biff, 6));
        return text == NULL ? damaged(xls, error)
                            : book_line_put_shared(xls->line, column, text, error);
    }
    case BIFF_LABEL:
    case BIFF_RICH_STRING:
        return put_label(xls, column, error);
    case BIFF_NUMBER:
        return put_number(xls, column, style, book_biff_real(biff, 6), error);
    case BIFF_RK:
        return put_number(xls, column, style, read_short_number(book_biff_number4(biff, 6)), error);
    case BIFF_MULTIPLE_RK:
        return put_numbers(xls, column, error);
    case BIFF_TRUTH:
        return put_truth(xls, column, biff->body[7] != 0, biff->body[6], error);
    default:
        return biff->length < 14 ? damaged(xls, error) : put_formula(xls, column, style, error);
    }
}

/* ---- sheets -----------------------------------------------------------------------------------
 */
static enum result take_merges(struct xls *xls, struct error *error) {
    struct book_biff *biff = &xls->biff;
    enum result code = RESULT_OK;
    for (size_t at = 2; code == RESULT_OK && at + 8 <= biff->length; at += 8) {
        code = book_merges_add(book_line_merges(xls->line), book_ole_path(xls->ole),
                               book_biff_number2(biff, at), book_biff_number2(biff, at + 4),
                               book_biff_number2(biff, at + 2), book_biff_number2(biff, at + 6),
                               error);
    }
    return code;
}

/* Goes to the next record of the sheet itself, over what is set into it; *more is false behind the
 * last. */
static enum result next_record(struct xls *xls, bool *more, struct error *error) {
    struct book_biff *biff = &xls->biff;
    int depth = 0;
    *more = false;
    for (;;) {
        enum result code = book_biff_next(biff, error);
        if (code != RESULT_OK) {
            return code;
        }
        if (biff->type == BIFF_BOF && ++depth > MOST_DEPTH) {
            return damaged(xls, error);
        }
        if (biff->type == BIFF_EOF && depth-- == 0) {
            return RESULT_OK;
        }
        if (depth == 0 && biff->type != BIFF_EOF) {
            *more = true;
            return RESULT_OK;
        }
    }
}

static enum result note_cell(struct xls *xls, struct error *error) {
    if (xls->cell_count == MOST_CELLS) {
        return too_much(xls, error);
    }
    if (xls->cell_count == xls->cell_room) {
        size_t room = xls->cell_room == 0 ? 1024 : 2 * xls->cell_room;
        struct cell_place *cells = reallocarray(xls->cells, room, sizeof(*cells));
        if (cells == NULL) {
            return error_no_memory(error);
        }
        xls->cells = cells;
        xls->cell_room = room;
    }
    const struct book_biff *biff = &xls->biff;
    xls->cells[xls->cell_count++] =
        (struct cell_place){biff->at - biff->length - 4, book_biff_number2(biff, 0)};
    return RESULT_OK;
}

static int compare_cells(const void *a, const void *b) {
    const struct cell_place *one = a;
    const struct cell_place *other = b;
    if (one->row != other->row) {
        return one->row < other->row ? -1 : 1;
    }
    return one->at < other->at ? -1 : 1;
}

/* Goes to the first record of the sheet. */
static enum result go_to_start(struct xls *xls, struct error *error) {
    xls->biff.at = xls->start;
    enum result code = book_biff_next(&xls->biff, error);
    return code == RESULT_OK && xls->biff.type != BIFF_BOF ? damaged(xls, error) : code;
}

/* Goes over the sheet once for what is merged and whether its rows stand in order; when ordered is
 * NULL it notes where each cell is instead. */
static enum result look_through(struct xls *xls, bool *ordered, struct error *error) {
    struct book_biff *biff = &xls->biff;
    uint32_t last = 0;
    bool more = true;
    enum result code = go_to_start(xls, error);
    while (code == RESULT_OK) {
        code = next_record(xls, &more, error);
        if (code != RESULT_OK || !more) {
            break;
        }
        if (biff->type == BIFF_MERGES && ordered != NULL) {
            code = take_merges(xls, error);
        } else if (is_cell(biff->type) && ordered != NULL) {
            uint32_t row = book_biff_number2(biff, 0);
            *ordered = *ordered && row >= last;
            last = row;
        } else if (is_cell(biff->type)) {
            code = note_cell(xls, error);
        }
    }
    return code;
}

/* ---- the format -------------------------------------------------------------------------------
 */
static void xls_close(void *book) {
    struct xls *xls = book;
    book_biff_end(&xls->biff);
    book_ole_stream_free(xls->stream);
    book_ole_close(xls->ole);
    arena_free(xls->arena);
    book_strings_free(xls->strings);
    book_formats_free(&xls->formats);
    buffer_free(&xls->format);
    book_line_free(xls->line);
    free(xls->cells);
    free(xls);
}

/* Refuses compound files that are something else, by a stream that tells. */
static enum result find_stream(const struct xls *xls, const char **name, struct error *error) {
    const char *path = book_ole_path(xls->ole);
    *name = book_ole_have(xls->ole, "Workbook") ? "Workbook" : "Book";
    if (book_ole_have(xls->ole, *name)) {
        return RESULT_OK;
    }
    if (book_ole_have(xls->ole, "EncryptedPackage")) {
        return has_password(path, error);
    }
    const char *what = book_ole_have(xls->ole, "WordDocument")          ? _("a Word document")
                       : book_ole_have(xls->ole, "PowerPoint Document") ? _("a presentation")
                                                                        : _("an Office file");
    return error_set(error, RESULT_INVALID,
                     _("%s is %s, not a workbook (.xlsx); open it and save its table as one."),
                     path, what);
}

static enum result xls_open(void **book, const char *path, const struct book_text *text,
                            struct error *error) {
    (void)text;
    *book = NULL;
    const char *name = NULL;
    struct xls *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    enum result code = book_ole_open(&made->ole, path, error);
    if (code == RESULT_OK) {
        code = find_stream(made, &name, error);
    }
    if (code == RESULT_OK) {
        code = book_ole_stream_open(&made->stream, made->ole, name, error);
    }
    if (code == RESULT_OK) {
        made->biff.stream = made->stream;
        made->biff.ole = made->ole;
        made->line = book_line_new(book_ole_path(made->ole));
        code = made->line == NULL ? error_no_memory(error) : read_globals(made, error);
    }
    if (code != RESULT_OK) {
        xls_close(made);
        return code;
    }
    *book = made;
    return RESULT_OK;
}

static const struct book_reader_sheet *xls_sheets(const void *book, size_t *count) {
    const struct xls *xls = book;
    *count = xls->sheet_count;
    return xls->sheets;
}

static enum result xls_begin(void *book, size_t sheet, bool glance, struct error *error) {
    struct xls *xls = book;
    bool ordered = true;
    xls->start = xls->places[sheet];
    xls->row = -1;
    xls->pending = false;
    xls->ended = false;
    xls->cell_count = 0;
    xls->cell_next = 0;
    book_line_reset(xls->line);
    enum result code = glance ? RESULT_OK : look_through(xls, &ordered, error);
    book_merges_start(book_line_merges(xls->line));
    if (code == RESULT_OK && !ordered) {
        code = look_through(xls, NULL, error);
        if (xls->cell_count > 0) {
            qsort(xls->cells, xls->cell_count, sizeof(*xls->cells), compare_cells);
        }
    }
    return code == RESULT_OK ? go_to_start(xls, error) : code;
}

/* Goes to the next record with cells; *more is false behind the last or after many others. */
static enum result next_cells(struct xls *xls, bool *more, struct error *error) {
    if (xls->cell_count > 0) {
        *more = xls->cell_next < xls->cell_count;
        xls->ended = !*more;
        if (!*more) {
            return RESULT_OK;
        }
        xls->biff.at = xls->cells[xls->cell_next++].at;
        return book_biff_next(&xls->biff, error);
    }
    for (int idle = 0; idle < MOST_IDLE; idle++) {
        enum result code = next_record(xls, more, error);
        xls->ended = code == RESULT_OK && !*more;
        if (code != RESULT_OK || !*more || is_cell(xls->biff.type)) {
            return code;
        }
    }
    *more = false;
    return RESULT_OK;
}

/* Begins the row of the cells at hand. */
static enum result begin_row(struct xls *xls, struct error *error) {
    xls->pending = false;
    xls->row = book_biff_number2(&xls->biff, 0);
    book_line_begin(xls->line, (uint32_t)xls->row);
    return put_cells(xls, error);
}

static enum result xls_next(void *book, struct book_line_row *row, bool *more,
                            struct error *error) {
    struct xls *xls = book;
    *row = (struct book_line_row){0};
    *more = !xls->ended;
    if (xls->ended) {
        return RESULT_OK;
    }
    enum result code = xls->pending ? begin_row(xls, error) : RESULT_OK;
    while (code == RESULT_OK) {
        bool cells = false;
        code = next_cells(xls, &cells, error);
        if (code != RESULT_OK || (!cells && !xls->ended)) {
            return code;
        }
        xls->pending = cells && book_biff_number2(&xls->biff, 0) != xls->row;
        if ((xls->pending || xls->ended) && xls->row >= 0) {
            return book_line_finish(xls->line, row, error);
        }
        if (xls->ended) {
            return RESULT_OK;
        }
        code = xls->pending ? begin_row(xls, error) : put_cells(xls, error);
    }
    return code;
}

static uint64_t xls_position(const void *book) {
    const struct xls *xls = book;
    return xls->biff.at > xls->start ? xls->biff.at - xls->start : 0;
}

static uint64_t xls_size(const void *book) {
    const struct xls *xls = book;
    uint64_t size = book_ole_stream_size(xls->stream);
    return size > xls->start ? size - xls->start : 0;
}

const struct book_format book_xls = {
    .name = "XLS",
    .open = xls_open,
    .sheets = xls_sheets,
    .begin = xls_begin,
    .next = xls_next,
    .position = xls_position,
    .size = xls_size,
    .close = xls_close,
};
