#include "book/line.h"

#include "base/gettext.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_ROW_BYTES ((size_t)16 << 20)

/* A cell that is not empty. */
struct cell {
    const char *shared; /* NULL: the text is in texts */
    size_t start;
    uint32_t column;
    bool cut;
};

struct book_line {
    const char *path;
    uint32_t row;
    struct buffer texts;
    size_t start;  /* of the cell being written */
    size_t shared; /* bytes of the texts that outlive the row */
    struct cell *cells;
    size_t count;
    size_t room;
    struct book_merges merges;
    const char **texts_out; /* the row as it is given out */
    bool *cut_out;
    size_t room_out;
};

struct book_line *book_line_new(const char *path) {
    struct book_line *line = calloc(1, sizeof(*line));
    if (line != NULL) {
        line->path = path;
    }
    return line;
}

void book_line_reset(struct book_line *line) {
    book_line_begin(line, 0);
    book_merges_free(&line->merges);
}

struct book_merges *book_line_merges(struct book_line *line) {
    return &line->merges;
}

void book_line_begin(struct book_line *line, uint32_t row) {
    line->row = row;
    line->count = 0;
    line->start = 0;
    line->shared = 0;
    buffer_reset(&line->texts);
}

struct buffer *book_line_text(struct book_line *line) {
    return &line->texts;
}

static enum result add(struct book_line *line, struct cell cell, struct error *error) {
    if (cell.column >= BOOK_MOST_COLUMNS || line->count == BOOK_MOST_COLUMNS ||
        line->texts.length + line->shared > MOST_ROW_BYTES) {
        return error_set(error, RESULT_INVALID,
                         _("%s is not opened: its row %lu holds more than a row can."), line->path,
                         (unsigned long)line->row + 1);
    }
    if (line->count == line->room) {
        size_t room = line->room == 0 ? 64 : 2 * line->room;
        struct cell *cells = reallocarray(line->cells, room, sizeof(*cells));
        if (cells == NULL) {
            return error_no_memory(error);
        }
        line->cells = cells;
        line->room = room;
    }
    line->cells[line->count++] = cell;
    return RESULT_OK;
}

enum result book_line_put(struct book_line *line, uint32_t column, bool cut, struct error *error) {
    size_t start = line->start;
    if (line->texts.failed) {
        return error_no_memory(error);
    }
    if (line->texts.length == start) {
        return RESULT_OK;
    }
    buffer_append_char(&line->texts, '\0');
    line->start = line->texts.length;
    return line->texts.failed
               ? error_no_memory(error)
               : add(line, (struct cell){.start = start, .column = column, .cut = cut}, error);
}

enum result book_line_put_shared(struct book_line *line, uint32_t column, const char *text,
                                 struct error *error) {
    line->shared += strlen(text);
    return *text == '\0' ? RESULT_OK
                         : add(line, (struct cell){.shared = text, .column = column}, error);
}

/* Room for the row as it is given out, all of it empty. */
static bool clear_row(struct book_line *line, size_t count) {
    if (count > line->room_out) {
        const char **texts = reallocarray(line->texts_out, count, sizeof(*texts));
        if (texts == NULL) {
            return false;
        }
        line->texts_out = texts;
        bool *cut = reallocarray(line->cut_out, count, sizeof(*cut));
        if (cut == NULL) {
            return false;
        }
        line->cut_out = cut;
        line->room_out = count;
    }
    for (size_t i = 0; i < count; i++) {
        line->texts_out[i] = "";
        line->cut_out[i] = false;
    }
    return true;
}

/* The columns that the row takes with what is merged from above; 0 when it has nothing itself. */
static size_t width_of(const struct book_line *line) {
    size_t width = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct cell *cell = &line->cells[i];
        const char *text = cell->shared != NULL ? cell->shared : line->texts.data + cell->start;
        if (cell->column >= width && !text_blank(text)) {
            width = cell->column + 1;
        }
    }
    if (width == 0) {
        return 0;
    }
    for (size_t i = 0; i < line->merges.held_count; i++) {
        size_t column = line->merges.held[i].column;
        width = column >= width ? column + 1 : width;
    }
    return width;
}

/* Keeps the values of the row that go on below it. */
static enum result hold(struct book_line *line, size_t width, struct error *error) {
    enum result code = RESULT_OK;
    for (uint32_t column = 0; code == RESULT_OK && column < width; column++) {
        uint32_t last_row = 0;
        if (*line->texts_out[column] != '\0' &&
            book_merges_want(&line->merges, line->row, column, &last_row)) {
            code = book_merges_hold(&line->merges, line->path, column, last_row,
                                    line->texts_out[column], line->cut_out[column], error);
        }
    }
    return code;
}

enum result book_line_finish(struct book_line *line, struct book_line_row *row,
                             struct error *error) {
    book_merges_go(&line->merges, line->row);
    size_t width = width_of(line);
    if (!clear_row(line, width)) {
        return error_no_memory(error);
    }
    for (size_t i = 0; width > 0 && i < line->merges.held_count; i++) {
        const struct book_held *held = &line->merges.held[i];
        line->texts_out[held->column] = held->text;
        line->cut_out[held->column] = held->cut;
    }
    for (size_t i = 0; i < line->count; i++) {
        const struct cell *cell = &line->cells[i];
        if (cell->column < width) {
            line->texts_out[cell->column] =
                cell->shared != NULL ? cell->shared : line->texts.data + cell->start;
            line->cut_out[cell->column] = cell->cut;
        }
    }
    *row = (struct book_line_row){line->row, line->texts_out, line->cut_out, width};
    return hold(line, width, error);
}

void book_line_free(struct book_line *line) {
    if (line == NULL) {
        return;
    }
    buffer_free(&line->texts);
    book_merges_free(&line->merges);
    free(line->cells);
    free(line->texts_out);
    free(line->cut_out);
    free(line);
}
