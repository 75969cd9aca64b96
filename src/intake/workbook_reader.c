#include "intake/workbook_reader.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "book/spreadsheetml.h"
#include "book/xls.h"
#include "book/xlsx.h"
#include "intake/encoding.h"

#include <stdlib.h>
#include <string.h>

/* How far a sheet is looked into when the one that looks like data is sought. */
#define GLANCE_ROWS 50
#define GLANCE_BYTES ((uint64_t)8 << 20)
#define GLANCE_SHEETS 64

/* The file as UTF-8, for formats that are text. */
struct text_file {
    const char *path;
    struct encoding_finding finding;
    struct encoding_stream *stream;
    struct buffer piece; /* decoded and not yet given */
    size_t given;
};

struct book_state {
    char *path;
    struct text_file file;
    struct book_text text;
    const struct book_format *format;
    void *book;
    struct row_sheet *sheets;
    size_t sheet_count;
    size_t sheet;
};

static enum result rewind_text(void *context, struct error *error) {
    struct text_file *file = context;
    encoding_stream_free(file->stream);
    file->stream = NULL;
    file->given = 0;
    buffer_reset(&file->piece);
    enum result code = RESULT_OK;
    if (file->finding.size == 0) {
        code = encoding_detect(file->path, &file->finding, error);
    }
    return code == RESULT_OK
               ? encoding_stream_open(&file->stream, file->path, &file->finding, error)
               : code;
}

static enum result read_text(void *context, char *bytes, size_t room, size_t *length,
                             struct error *error) {
    struct text_file *file = context;
    bool end = false;
    while (file->given == file->piece.length && !end) {
        buffer_reset(&file->piece);
        file->given = 0;
        enum result code = encoding_stream_read(file->stream, &file->piece, &end, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    size_t left = file->piece.length - file->given;
    *length = left < room ? left : room;
    if (*length > 0) {
        memcpy(bytes, file->piece.data + file->given, *length);
    }
    file->given += *length;
    return RESULT_OK;
}

static uint64_t text_position(const void *context) {
    const struct text_file *file = context;
    return file->stream == NULL ? 0 : encoding_stream_position(file->stream);
}

static void workbook_close(void *reader) {
    struct book_state *state = reader;
    if (state->book != NULL) {
        state->format->close(state->book);
    }
    encoding_stream_free(state->file.stream);
    buffer_free(&state->file.piece);
    free(state->sheets);
    free(state->path);
    free(state);
}

static enum result list_sheets(struct book_state *state, struct error *error) {
    const struct book_reader_sheet *sheets =
        state->format->sheets(state->book, &state->sheet_count);
    state->sheets = calloc(state->sheet_count + 1, sizeof(*state->sheets));
    if (state->sheets == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < state->sheet_count; i++) {
        state->sheets[i] = (struct row_sheet){sheets[i].name, sheets[i].hidden};
    }
    return RESULT_OK;
}

/* The sheet of a name. */
static enum result find_sheet(struct book_state *state, const char *path, const char *name,
                              struct error *error) {
    struct buffer names = BUFFER_INIT;
    for (size_t i = 0; i < state->sheet_count; i++) {
        if (strcmp(state->sheets[i].name, name) == 0) {
            state->sheet = i;
            buffer_free(&names);
            return RESULT_OK;
        }
        buffer_printf(&names, "%s%s", i == 0 ? "" : ", ", state->sheets[i].name);
    }
    enum result code = error_set(error, RESULT_NOT_FOUND, _("%s has no sheet \"%s\"; it has: %s."),
                                 path, name, buffer_text(&names));
    buffer_free(&names);
    return code;
}

/* What a later sheet must weigh to be taken for the data. */
#define FAR_MORE 4

/* How much of a table the first rows of a sheet make. A list of words is long and narrow, a table
 * is wide, so width counts twice. */
static enum result weigh_sheet(struct book_state *state, size_t sheet, uint64_t *weight,
                               struct error *error) {
    uint64_t rows = 0;
    uint64_t width = 0;
    bool more = true;
    enum result code = state->format->begin(state->book, sheet, true, error);
    while (code == RESULT_OK && more && rows < GLANCE_ROWS &&
           state->format->position(state->book) < GLANCE_BYTES) {
        struct book_line_row row;
        uint64_t cells = 0;
        code = state->format->next(state->book, &row, &more, error);
        for (size_t i = 0; code == RESULT_OK && more && i < row.count; i++) {
            cells += *row.cells[i] != '\0';
        }
        rows += cells > 0;
        width = cells > width ? cells : width;
    }
    *weight = width * width * rows;
    return code;
}

/* The visible sheet that looks most like data: the first, unless a later one looks it far more, as
 * notes stand behind the table more often than before it. One that cannot be read does not hide the
 * others; it is chosen, and its sentence given, when there is nothing else. */
static enum result choose_sheet(struct book_state *state, const char *path, struct error *error) {
    uint64_t best = 0;
    size_t visible = 0;
    size_t only = 0;
    for (size_t i = 0; i < state->sheet_count; i++) {
        only = !state->sheets[i].hidden && visible == 0 ? i : only;
        visible += !state->sheets[i].hidden;
    }
    if (visible == 0) {
        return error_set(error, RESULT_INVALID,
                         _("%s has no sheet that is not hidden; name the one to read."), path);
    }
    state->sheet = only;
    for (size_t i = 0, looked = 0; visible > 1 && i < state->sheet_count; i++) {
        uint64_t weight = 0;
        if (state->sheets[i].hidden || looked++ == GLANCE_SHEETS) {
            continue;
        }
        enum result code = weigh_sheet(state, i, &weight, NULL);
        if (code != RESULT_OK && code != RESULT_INVALID) {
            return weigh_sheet(state, i, &weight, error);
        }
        if (code == RESULT_OK && weight > 0 && weight >= FAR_MORE * best) {
            best = weight;
            state->sheet = i;
        }
    }
    return RESULT_OK;
}

static enum result workbook_open(const struct book_format *format, void **reader, const char *path,
                                 const char *sheet, struct error *error) {
    struct book_state *state = calloc(1, sizeof(*state));
    if (state == NULL || (state->path = strdup(path)) == NULL) {
        free(state);
        return error_no_memory(error);
    }
    state->format = format;
    state->file.path = state->path;
    state->text = (struct book_text){&state->file, rewind_text, read_text, text_position};
    enum result code = format->open(&state->book, path, &state->text, error);
    if (code == RESULT_OK) {
        code = list_sheets(state, error);
    }
    if (code == RESULT_OK) {
        code = sheet == NULL ? choose_sheet(state, path, error)
                             : find_sheet(state, path, sheet, error);
    }
    if (code == RESULT_OK) {
        code = format->begin(state->book, state->sheet, false, error);
    }
    if (code != RESULT_OK) {
        workbook_close(state);
        return code;
    }
    *reader = state;
    return RESULT_OK;
}

static enum result workbook_next(void *reader, struct row *row, bool *more, struct error *error) {
    struct book_state *state = reader;
    struct book_line_row line;
    enum result code = state->format->next(state->book, &line, more, error);
    if (code == RESULT_OK && *more) {
        *row = (struct row){.cells = line.cells,
                            .count = line.count,
                            .width = BOOK_MOST_COLUMNS,
                            .line = (int64_t)line.row + 1,
                            .cut = line.cut};
    }
    return code;
}

static uint64_t workbook_position(const void *reader) {
    const struct book_state *state = reader;
    return state->format->position(state->book);
}

static uint64_t workbook_size(const void *reader) {
    const struct book_state *state = reader;
    return state->format->size(state->book);
}

static const struct row_sheet *workbook_sheets(const void *reader, size_t *count) {
    const struct book_state *state = reader;
    *count = state->sheet_count;
    return state->sheets;
}

static size_t workbook_sheet(const void *reader) {
    const struct book_state *state = reader;
    return state->sheet;
}

static enum result open_xlsx(void **reader, const char *path, const char *sheet,
                             struct error *error) {
    return workbook_open(&book_xlsx, reader, path, sheet, error);
}

static enum result open_xls(void **reader, const char *path, const char *sheet,
                            struct error *error) {
    return workbook_open(&book_xls, reader, path, sheet, error);
}

static enum result open_spreadsheetml(void **reader, const char *path, const char *sheet,
                                      struct error *error) {
    return workbook_open(&book_spreadsheetml, reader, path, sheet, error);
}

#define WORKBOOK_READER(format, opener, sizer)                                                     \
    {                                                                                              \
        .name = format, .open = opener, .next = workbook_next, .position = workbook_position,      \
        .size = sizer, .sheets = workbook_sheets, .sheet = workbook_sheet,                         \
        .close = workbook_close,                                                                   \
    }

const struct row_reader xlsx_reader = WORKBOOK_READER("XLSX", open_xlsx, workbook_size);
const struct row_reader xls_reader = WORKBOOK_READER("XLS", open_xls, workbook_size);
const struct row_reader spreadsheetml_reader =
    WORKBOOK_READER("SpreadsheetML", open_spreadsheetml, NULL);
