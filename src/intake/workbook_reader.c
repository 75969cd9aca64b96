#include "intake/workbook_reader.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "book/xls.h"
#include "book/xlsx.h"

#include <stdlib.h>
#include <string.h>

/* How far a sheet is looked into when the one that looks like data is sought. */
#define GLANCE_ROWS 50
#define GLANCE_BYTES ((uint64_t)8 << 20)
#define GLANCE_SHEETS 64

struct book_state {
    const struct book_format *format;
    void *book;
    struct row_sheet *sheets;
    size_t sheet_count;
    size_t sheet;
};

static void workbook_close(void *reader) {
    struct book_state *state = reader;
    if (state->book != NULL) {
        state->format->close(state->book);
    }
    free(state->sheets);
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

/* The visible sheet that looks most like data. One that cannot be read does not hide the others;
 * it is chosen, and its sentence given, when there is nothing else. */
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
        if (code == RESULT_OK && weight > best) {
            best = weight;
            state->sheet = i;
        }
    }
    return RESULT_OK;
}

static enum result workbook_open(const struct book_format *format, void **reader, const char *path,
                                 const char *sheet, struct error *error) {
    struct book_state *state = calloc(1, sizeof(*state));
    if (state == NULL) {
        return error_no_memory(error);
    }
    state->format = format;
    enum result code = format->open(&state->book, path, error);
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

#define WORKBOOK_READER(format, opener)                                                            \
    {                                                                                              \
        .name = format, .open = opener, .next = workbook_next, .position = workbook_position,      \
        .size = workbook_size, .sheets = workbook_sheets, .sheet = workbook_sheet,                 \
        .close = workbook_close,                                                                   \
    }

const struct row_reader xlsx_reader = WORKBOOK_READER("XLSX", open_xlsx);
const struct row_reader xls_reader = WORKBOOK_READER("XLS", open_xls);
