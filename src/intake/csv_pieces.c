#include "intake/csv_pieces.h"

#include "base/gettext.h"
#include "intake/csv_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* How much of the file is handed out at once: a share of it, within bounds. */
#define PIECE_MIN ((size_t)8 << 10)
#define PIECE_MAX ((size_t)1 << 20)
#define PIECES ((size_t)16)

/* Vectors are read beyond the end of a piece. */
#define SLACK ((size_t)64)

struct csv_pieces {
    int file;
    char *path;
    char delimiter;
    size_t piece;
    pthread_mutex_t lock; /* of what follows */
    uint64_t position;
    int64_t line;
    bool end;
};

enum result csv_pieces_new(struct csv_pieces **pieces, const char *path, uint64_t size, size_t mark,
                           char delimiter, struct error *error) {
    *pieces = NULL;
    struct csv_pieces *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->path = strdup(path)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    pthread_mutex_init(&made->lock, NULL);
    made->delimiter = delimiter;
    uint64_t share = size / PIECES;
    made->piece = share < PIECE_MIN ? PIECE_MIN : share > PIECE_MAX ? PIECE_MAX : (size_t)share;
    made->position = mark;
    made->line = 1;
    made->file = open(path, O_RDONLY | O_CLOEXEC);
    if (made->file < 0) {
        enum result code = error_from_errno(error, _("open"), path);
        csv_pieces_free(made);
        return code;
    }
    *pieces = made;
    return RESULT_OK;
}

uint64_t csv_pieces_position(struct csv_pieces *pieces) {
    pthread_mutex_lock(&pieces->lock);
    uint64_t position = pieces->position;
    pthread_mutex_unlock(&pieces->lock);
    return position;
}

void csv_pieces_free(struct csv_pieces *pieces) {
    if (pieces == NULL) {
        return;
    }
    if (pieces->file >= 0) {
        close(pieces->file);
    }
    pthread_mutex_destroy(&pieces->lock);
    free(pieces->path);
    free(pieces);
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* Reads up to length bytes at the piece's start; piece->length is how many there are. */
static enum result fill(struct csv_pieces *pieces, struct csv_piece *piece, size_t length,
                        struct error *error) {
    if (piece->capacity < length + SLACK) {
        char *text = realloc(piece->text, length + SLACK);
        if (text == NULL) {
            return error_no_memory(error);
        }
        piece->text = text;
        piece->capacity = length + SLACK;
    }
    piece->length = 0;
    while (piece->length < length) {
        ssize_t got = pread(pieces->file, piece->text + piece->length, length - piece->length,
                            (off_t)(piece->start + piece->length));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return error_from_errno(error, _("read"), pieces->path);
        }
        if (got == 0) {
            break;
        }
        piece->length += (size_t)got;
    }
    return RESULT_OK;
}

/* Where the last row that is whole ends: behind the last line end with an even number of quotation
 * marks before it; 0 when there is none. */
static size_t last_row_end(const char *text, size_t length) {
    size_t end = 0;
    size_t start = 0;
    while (start < length) {
        const char *quote = memchr(text + start, '"', length - start);
        size_t stop = quote == NULL ? length : (size_t)(quote - text);
        const char *line_end = memrchr(text + start, '\n', stop - start);
        if (line_end != NULL) {
            end = (size_t)(line_end - text) + 1;
        }
        const char *closing =
            quote == NULL ? NULL : memchr(text + stop + 1, '"', length - stop - 1);
        start = closing == NULL ? length : (size_t)(closing - text) + 1;
    }
    return end;
}

static int64_t count_lines(const char *text, size_t length) {
    int64_t lines = 0;
    const char *end = text + length;
    while (text < end && (text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
        lines++;
        text++;
    }
    return lines;
}

static void start_rows(struct csv_pieces *pieces, struct csv_piece *piece) {
    piece->delimiter = pieces->delimiter;
    piece->at = piece->text;
    piece->end = piece->text + piece->length;
    memset(piece->end, 0, SLACK);
    piece->end[0] = '\n'; /* the last line of a file may have no end */
}

/* The rows at the piece's start, as far as they are whole; all that is left at the file's end. */
static enum result take(struct csv_pieces *pieces, struct csv_piece *piece, bool *end,
                        struct error *error) {
    size_t row_end = 0;
    *end = false;
    piece->unsound = false;
    for (size_t length = pieces->piece; row_end == 0 && !*end; length *= 2) {
        if (length > 2 * CSV_ROW_BYTES_MAX) {
            piece->unsound = true;
            return RESULT_OK;
        }
        enum result code = fill(pieces, piece, length, error);
        if (code != RESULT_OK) {
            return code;
        }
        *end = piece->length < length;
        row_end = *end ? piece->length : last_row_end(piece->text, piece->length);
    }
    piece->length = row_end;
    start_rows(pieces, piece);
    return RESULT_OK;
}

enum result csv_pieces_next(struct csv_pieces *pieces, struct csv_piece *piece, bool *more,
                            struct error *error) {
    enum result code = RESULT_OK;
    bool end = false;
    pthread_mutex_lock(&pieces->lock);
    *more = !pieces->end;
    if (*more) {
        piece->start = pieces->position;
        piece->line = pieces->line;
        code = take(pieces, piece, &end, error);
    }
    if (*more && code == RESULT_OK && !piece->unsound) {
        pieces->position += piece->length;
        pieces->line += count_lines(piece->text, piece->length);
        pieces->end = end;
    }
    pthread_mutex_unlock(&pieces->lock);
    return code;
}

enum result csv_pieces_at(struct csv_pieces *pieces, struct csv_piece *piece, uint64_t offset,
                          int64_t line, struct error *error) {
    bool end = false;
    if (piece->at != NULL && offset >= piece->start && offset < piece->start + piece->length &&
        piece->text + (offset - piece->start) >= piece->at) {
        piece->at = piece->text + (offset - piece->start);
        piece->line = line;
        return RESULT_OK;
    }
    piece->start = offset;
    piece->line = line;
    return take(pieces, piece, &end, error);
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* The next delimiter, line end or quotation mark; there is one, at the end of the piece at least.
 */
static char *next_mark(char *at, char delimiter) {
#if defined(__SSE2__)
    const __m128i cell_end = _mm_set1_epi8(delimiter);
    const __m128i line_end = _mm_set1_epi8('\n');
    const __m128i line_return = _mm_set1_epi8('\r');
    const __m128i quote = _mm_set1_epi8('"');
    for (;; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i found = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, cell_end), _mm_cmpeq_epi8(bytes, line_end)),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, line_return), _mm_cmpeq_epi8(bytes, quote)));
        unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask != 0) {
            return at + __builtin_ctz(mask);
        }
    }
#else
    while (*at != delimiter && *at != '\n' && *at != '\r' && *at != '"') {
        at++;
    }
    return at;
#endif
}

static bool is_blank(const struct csv_piece *piece, char byte) {
    return (byte == ' ' || byte == '\t') && byte != piece->delimiter;
}

static bool add_cell(struct csv_piece *piece, size_t count, const char *cell, size_t length) {
    if (count == piece->cell_capacity) {
        size_t capacity = count == 0 ? 256 : count * 2;
        const char **cells = realloc(piece->cells, capacity * sizeof(*cells));
        if (cells != NULL) {
            piece->cells = cells;
        }
        uint32_t *lengths = realloc(piece->cell_lengths, capacity * sizeof(*lengths));
        if (lengths != NULL) {
            piece->cell_lengths = lengths;
        }
        if (cells == NULL || lengths == NULL) {
            return false;
        }
        piece->cell_capacity = capacity;
    }
    piece->cells[count] = cell;
    piece->cell_lengths[count] = (uint32_t)length;
    return true;
}

/* Reads the quoted cell that starts behind a quotation mark, in place; leaves piece->at on what
 * ends it. NULL when it is not closed as it should be. */
static char *read_quoted(struct csv_piece *piece, char *start, size_t *length) {
    char *out = start;
    char *from = start;
    for (;;) {
        char *quote = memchr(from, '"', (size_t)(piece->end - from));
        if (quote == NULL) {
            return NULL;
        }
        for (const char *at = from; (at = memchr(at, '\r', (size_t)(quote - at))) != NULL; at++) {
            if (at[1] != '\n') {
                return NULL;
            }
        }
        piece->line += count_lines(from, (size_t)(quote - from));
        memmove(out, from, (size_t)(quote - from));
        out += quote - from;
        from = quote + 1;
        if (*from != '"' || from == piece->end) {
            break;
        }
        *out++ = '"';
        from++;
    }
    piece->at = from;
    *length = (size_t)(out - start);
    return start;
}

/* Reads one cell; NULL when the file is unsound. piece->at stands on what ends it. */
static char *read_cell(struct csv_piece *piece, size_t *length) {
    char *start = piece->at;
    while (is_blank(piece, *start)) {
        start++;
    }
    if (*start == '"' && start < piece->end) {
        return read_quoted(piece, start + 1, length);
    }
    char *end = next_mark(start, piece->delimiter);
    piece->at = end;
    if (*end == '"') {
        return NULL;
    }
    while (end > start && is_blank(piece, end[-1])) {
        end--;
    }
    *length = (size_t)(end - start);
    return start;
}

/* Ends a row at its line end; false when a CR stands alone. */
static bool end_row(struct csv_piece *piece, char *mark) {
    if (*mark == '\r') {
        if (mark + 1 < piece->end ? mark[1] != '\n' : true) {
            return false;
        }
        mark++;
    }
    piece->at = mark + 1;
    piece->line++;
    return true;
}

/* Reads the cells of a row that has some. */
static enum result read_row(struct csv_piece *piece, size_t *count, struct error *error) {
    for (*count = 0;;) {
        size_t length = 0;
        char *cell = read_cell(piece, &length);
        char *mark = piece->at;
        if (cell == NULL || (*mark != piece->delimiter && *mark != '\n' && *mark != '\r')) {
            piece->unsound = true;
            return RESULT_OK;
        }
        if (!add_cell(piece, piece->kept + *count, cell, length)) {
            return error_no_memory(error);
        }
        ++*count;
        bool last = *mark != piece->delimiter;
        if (last && !end_row(piece, mark)) {
            piece->unsound = true;
            return RESULT_OK;
        }
        cell[length] = '\0';
        if (last) {
            return RESULT_OK;
        }
        piece->at = mark + 1;
    }
}

/* Over lines that hold nothing but blanks. */
static bool skip_blank_lines(struct csv_piece *piece) {
    while (piece->at < piece->end) {
        char *at = piece->at;
        while (is_blank(piece, *at)) {
            at++;
        }
        if (*at != '\n' && *at != '\r') {
            return true;
        }
        if (at >= piece->end) {
            break;
        }
        if (!end_row(piece, at)) {
            piece->unsound = true;
            return false;
        }
    }
    return false;
}

enum result csv_piece_next(struct csv_piece *piece, bool *more, struct error *error) {
    *more = false;
    while (!piece->unsound && skip_blank_lines(piece)) {
        size_t count = 0;
        uint64_t offset = piece->start + (uint64_t)(piece->at - piece->text);
        int64_t line = piece->line;
        enum result code = read_row(piece, &count, error);
        if (code != RESULT_OK || piece->unsound) {
            return code;
        }
        piece->offset = offset;
        piece->lengths = piece->cell_lengths + piece->kept;
        piece->row =
            (struct row){.cells = piece->cells + piece->kept, .width = count, .line = line};
        while (count > 0 && csv_is_empty(piece->row.cells[count - 1])) {
            count--;
        }
        piece->row.count = count;
        piece->unsound = count > CSV_ROW_CELLS_MAX || piece->row.width > CSV_ROW_CELLS_MAX;
        if (count > 0 && !piece->unsound) {
            *more = true;
            return RESULT_OK;
        }
    }
    return RESULT_OK;
}

struct csv_kept csv_piece_keep(struct csv_piece *piece) {
    struct csv_kept kept = {.cells = piece->kept,
                            .count = piece->row.count,
                            .width = piece->row.width,
                            .line = piece->row.line,
                            .offset = piece->offset};
    piece->kept += piece->row.width;
    return kept;
}

void csv_piece_return(struct csv_piece *piece, const struct csv_kept *kept) {
    piece->lengths = piece->cell_lengths + kept->cells;
    piece->offset = kept->offset;
    piece->row = (struct row){.cells = piece->cells + kept->cells,
                              .count = kept->count,
                              .width = kept->width,
                              .line = kept->line};
}

void csv_piece_forget(struct csv_piece *piece) {
    piece->kept = 0;
}

void csv_piece_free(struct csv_piece *piece) {
    free(piece->text);
    free(piece->cells);
    free(piece->cell_lengths);
    *piece = (struct csv_piece){0};
}
