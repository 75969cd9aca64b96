#include "intake/csv_reader.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "intake/encoding.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* A row that libcsv has finished; its cells stand in csv_state.cells. */
struct finished_row {
    size_t first;
    size_t width;
    int64_t line;
};

/* A piece of the file is parsed at once; its finished rows wait here to be asked for. */
struct csv_state {
    struct csv_parser parser;
    struct encoding_stream *stream;
    enum encoding encoding;
    size_t mark;
    bool broken; /* some bytes of the file are */
    char delimiter;
    char *path;
    struct buffer piece; /* decoded bytes not yet parsed */
    struct buffer text;  /* the cells' text, each with a NUL behind */
    size_t *offsets;     /* of the cells in text */
    const char **cells;  /* the same as pointers, once the piece is done */
    size_t cell_count;
    size_t cell_capacity;
    struct finished_row *rows;
    size_t row_count;
    size_t row_capacity;
    size_t row_next;   /* to hand out */
    size_t open_first; /* cells of the row not yet finished start here */
    size_t open_text;  /* ... and their text here */
    int64_t line;      /* physical line the parser is on */
    int64_t open_line; /* physical line the open row started on */
    bool after_return; /* a CR ended a line, so that a LF right behind it ends none */
    bool end;
    bool failed; /* an allocation failed in a callback */
};

/* The array with room for one more element; NULL when memory is short. */
static void *grow(void *array, size_t size, size_t count, size_t *capacity) {
    if (count < *capacity) {
        return array;
    }
    size_t wanted = *capacity == 0 ? 1024 : *capacity * 2;
    void *grown = realloc(array, wanted * size);
    if (grown != NULL) {
        *capacity = wanted;
    }
    return grown;
}

/* Line breaks inside a quoted cell. */
static int64_t count_breaks(const char *cell, size_t length) {
    int64_t breaks = 0;
    for (size_t i = 0; i < length; i++) {
        bool lone_return = cell[i] == '\r' && (i + 1 == length || cell[i + 1] != '\n');
        breaks += cell[i] == '\n' || lone_return;
    }
    return breaks;
}

static void on_cell(void *data, size_t length, void *context) {
    struct csv_state *state = context;
    if (state->cell_count == state->open_first) {
        state->open_line = state->line;
    }
    size_t *offsets =
        grow(state->offsets, sizeof(*offsets), state->cell_count, &state->cell_capacity);
    if (offsets == NULL) {
        state->failed = true;
        return;
    }
    state->offsets = offsets;
    state->offsets[state->cell_count++] = state->text.length;
    if (length > 0) {
        buffer_append(&state->text, data, length);
    }
    buffer_append_char(&state->text, '\0');
    state->line += count_breaks(data, length);
    state->after_return = false;
}

/* Called for every line end outside quotes, and with -1 at the end of the file. */
static void on_line_end(int byte, void *context) {
    struct csv_state *state = context;
    size_t width = state->cell_count - state->open_first;
    if (width > 0) {
        struct finished_row *rows =
            grow(state->rows, sizeof(*rows), state->row_count, &state->row_capacity);
        if (rows == NULL) {
            state->failed = true;
            return;
        }
        state->rows = rows;
        state->rows[state->row_count++] =
            (struct finished_row){state->open_first, width, state->open_line};
    }
    state->open_first = state->cell_count;
    state->open_text = state->text.length;
    if (byte == '\r' || (byte == '\n' && !(state->after_return && width == 0))) {
        state->line++;
    }
    state->after_return = byte == '\r';
}

/* Counts a delimiter outside quotes, line by line, over the first lines of a text; the answer is
 * how many lines agree on a number times that number: how much of a table it makes. */
static size_t weigh_delimiter(const struct buffer *text, char delimiter) {
    size_t counts[24];
    size_t lines = 0;
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < text->length && lines < 24; i++) {
        char byte = text->data[i];
        quoted ^= byte == '"';
        count += !quoted && byte == delimiter;
        if (!quoted && byte == '\n') {
            counts[lines++] = count;
            count = 0;
        }
    }
    if (lines < 24) {
        counts[lines++] = count;
    }
    size_t best = 0;
    for (size_t i = 0; i < lines; i++) {
        size_t alike = 0;
        for (size_t j = 0; j < lines; j++) {
            alike += counts[j] == counts[i];
        }
        best = counts[i] * alike > best ? counts[i] * alike : best;
    }
    return best;
}

static char sniff_delimiter(const struct buffer *text) {
    static const char candidates[] = {',', '\t', ';'};
    char chosen = ',';
    size_t best = 0;
    for (size_t i = 0; i < sizeof(candidates); i++) {
        size_t weight = weigh_delimiter(text, candidates[i]);
        if (weight > best) {
            best = weight;
            chosen = candidates[i];
        }
    }
    return chosen;
}

static void csv_reader_close(void *reader) {
    struct csv_state *state = reader;
    csv_free(&state->parser);
    encoding_stream_free(state->stream);
    buffer_free(&state->piece);
    buffer_free(&state->text);
    free(state->offsets);
    free(state->cells);
    free(state->rows);
    free(state->path);
    free(state);
}

static enum result csv_reader_open(void **reader, const char *path, const char *sheet,
                                   struct error *error) {
    struct encoding_finding finding;
    (void)sheet;
    enum result code = encoding_detect(path, &finding, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct csv_state *state = calloc(1, sizeof(*state));
    if (state == NULL || (state->path = strdup(path)) == NULL ||
        csv_init(&state->parser, CSV_REPALL_NL) != 0) {
        if (state != NULL) {
            free(state->path);
        }
        free(state);
        return error_no_memory(error);
    }
    state->line = 1;
    state->encoding = finding.encoding;
    state->mark = finding.mark;
    state->broken = finding.invalid > 0;
    code = encoding_stream_open(&state->stream, path, &finding, error);
    if (code == RESULT_OK) {
        code = encoding_stream_read(state->stream, &state->piece, &state->end, error);
    }
    if (code != RESULT_OK) {
        csv_reader_close(state);
        return code;
    }
    state->delimiter = sniff_delimiter(&state->piece);
    csv_set_delim(&state->parser, (unsigned char)state->delimiter);
    *reader = state;
    return RESULT_OK;
}

bool csv_reader_plain(const void *reader, size_t *mark, char *delimiter) {
    const struct csv_state *state = reader;
    *mark = state->mark;
    *delimiter = state->delimiter;
    return state->encoding == ENCODING_UTF_8 && !state->broken;
}

/* Forgets the rows handed out; the open row moves to the front. */
static void keep_open_row(struct csv_state *state) {
    size_t cells = state->cell_count - state->open_first;
    size_t bytes = state->text.length - state->open_text;
    for (size_t i = 0; i < cells; i++) {
        state->offsets[i] = state->offsets[state->open_first + i] - state->open_text;
    }
    if (bytes > 0) {
        memmove(state->text.data, state->text.data + state->open_text, bytes);
    }
    state->text.length = bytes;
    state->cell_count = cells;
    state->open_first = 0;
    state->open_text = 0;
    state->row_count = 0;
    state->row_next = 0;
}

/* The open row with what libcsv holds of its last cell. */
static enum result check_bounds(struct csv_state *state, struct error *error) {
    size_t open = state->text.length - state->open_text + state->parser.entry_pos;
    size_t cells = state->cell_count - state->open_first;
    if (open > CSV_ROW_BYTES_MAX || cells > CSV_ROW_CELLS_MAX) {
        int64_t line = cells == 0 ? state->line : state->open_line;
        return error_set(error, RESULT_INVALID,
                         _("%s:%lld: the row that starts here does not end; look for a quotation "
                           "mark that is opened and never closed. Nothing was taken in."),
                         state->path, (long long)line);
    }
    return RESULT_OK;
}

/* Turns offsets into pointers, now that the text stands still. */
static bool point_cells(struct csv_state *state) {
    const char **cells = realloc(
        state->cells, (state->cell_capacity == 0 ? 1 : state->cell_capacity) * sizeof(*cells));
    if (cells == NULL) {
        return false;
    }
    state->cells = cells;
    for (size_t i = 0; i < state->open_first; i++) {
        cells[i] = state->text.data + state->offsets[i];
    }
    return true;
}

/* Parses the next piece of the file. */
static enum result parse_piece(struct csv_state *state, struct error *error) {
    keep_open_row(state);
    if (state->piece.length == 0) {
        enum result code = encoding_stream_read(state->stream, &state->piece, &state->end, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    if (state->end) {
        csv_fini(&state->parser, on_cell, on_line_end, state);
    } else if (csv_parse(&state->parser, state->piece.data, state->piece.length, on_cell,
                         on_line_end, state) != state->piece.length) {
        return error_no_memory(error);
    }
    buffer_reset(&state->piece);
    if (state->failed || state->text.failed || !point_cells(state)) {
        return error_no_memory(error);
    }
    return check_bounds(state, error);
}

bool csv_is_empty(const char *cell) {
    for (;;) {
        if (memchr(" \t\r\n", *cell, 4) != NULL) {
            cell++;
        } else if (strncmp(cell, "\xE3\x80\x80", 3) == 0) {
            cell += 3;
        } else if (strncmp(cell, "\xC2\xA0", 2) == 0) {
            cell += 2;
        } else {
            return *cell == '\0';
        }
    }
}

static enum result csv_reader_next(void *reader, struct row *row, bool *more, struct error *error) {
    struct csv_state *state = reader;
    while (state->row_next == state->row_count && !state->end) {
        enum result code = parse_piece(state, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    *more = state->row_next < state->row_count;
    if (!*more) {
        return RESULT_OK;
    }
    const struct finished_row *finished = &state->rows[state->row_next++];
    row->cells = state->cells + finished->first;
    row->width = finished->width;
    row->line = finished->line;
    row->count = finished->width;
    while (row->count > 0 && csv_is_empty(row->cells[row->count - 1])) {
        row->count--;
    }
    if (row->count > CSV_ROW_CELLS_MAX) {
        return error_set(error, RESULT_INVALID,
                         _("%s:%lld: the row has more than %d columns; no table is that wide."),
                         state->path, (long long)row->line, (int)CSV_ROW_CELLS_MAX);
    }
    return RESULT_OK;
}

static uint64_t csv_reader_position(const void *reader) {
    const struct csv_state *state = reader;
    return encoding_stream_position(state->stream);
}

static const char *csv_reader_encoding(const void *reader) {
    const struct csv_state *state = reader;
    return encoding_name(state->encoding);
}

const struct row_reader csv_reader = {
    .name = "CSV",
    .open = csv_reader_open,
    .next = csv_reader_next,
    .position = csv_reader_position,
    .encoding = csv_reader_encoding,
    .close = csv_reader_close,
};

void csv_append_cell(struct buffer *buffer, const char *cell) {
    size_t length = strlen(cell);
    bool blank_end = length > 0 && (cell[0] == ' ' || cell[length - 1] == ' ');
    if (!blank_end && cell[strcspn(cell, "\",;\t\r\n")] == '\0') {
        buffer_append_text(buffer, cell);
        return;
    }
    buffer_append_char(buffer, '"');
    for (const char *quote; (quote = strchr(cell, '"')) != NULL; cell = quote + 1) {
        buffer_append(buffer, cell, (size_t)(quote - cell));
        buffer_append_text(buffer, "\"\"");
    }
    buffer_append_text(buffer, cell);
    buffer_append_char(buffer, '"');
}

void csv_append_row(struct buffer *buffer, const struct row *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) {
            buffer_append_char(buffer, ',');
        }
        csv_append_cell(buffer, row->cells[i]);
    }
}

bool csv_line_parse(struct csv_line *line, const char *text) {
    size_t length = strlen(text);
    line->count = 0;
    buffer_reset(&line->text);
    buffer_append(&line->text, text, length); /* room for all cells: none is longer than its text */
    if (line->text.failed) {
        return false;
    }
    char *out = line->text.data;
    const char *in = text;
    do {
        const char **cells = grow(line->cells, sizeof(*cells), line->count, &line->capacity);
        if (cells == NULL) {
            return false;
        }
        line->cells = cells;
        line->cells[line->count++] = out;
        if (*in == '"') {
            for (in++; *in != '\0' && (*in != '"' || in[1] == '"'); in++) {
                in += *in == '"';
                *out++ = *in;
            }
            in += *in == '"';
        } else {
            while (*in != '\0' && *in != ',') {
                *out++ = *in++;
            }
        }
        *out++ = '\0';
    } while (*in++ == ',');
    return true;
}

void csv_line_free(struct csv_line *line) {
    free(line->cells);
    buffer_free(&line->text);
    *line = (struct csv_line){0};
}
