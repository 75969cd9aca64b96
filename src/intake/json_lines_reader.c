#include "intake/json_lines_reader.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "book/line.h"
#include "book/number_format.h"
#include "intake/encoding.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES ((size_t)4 << 20)
#define EXACT_MOST ((json_int_t)1 << 53) /* programs that know only real numbers keep these */

struct json_state {
    char *path;
    struct encoding_finding finding;
    struct encoding_stream *stream;
    struct buffer piece; /* decoded, from `start` on not yet read */
    size_t start;
    bool end;
    int64_t line;      /* that was read last */
    json_t *columns;   /* key to the number of its column */
    const char **keys; /* in the order of the columns; owned by columns */
    struct book_line *cells;
    struct book_line_row row;
    bool header_given;
};

static void json_close(void *reader) {
    struct json_state *state = reader;
    encoding_stream_free(state->stream);
    buffer_free(&state->piece);
    json_decref(state->columns);
    free((void *)state->keys);
    book_line_free(state->cells);
    free(state->path);
    free(state);
}

/* ---- lines ------------------------------------------------------------------------------------
 */
static enum result rewind_file(struct json_state *state, struct error *error) {
    encoding_stream_free(state->stream);
    state->stream = NULL;
    buffer_reset(&state->piece);
    state->start = 0;
    state->end = false;
    state->line = 0;
    return encoding_stream_open(&state->stream, state->path, &state->finding, error);
}

/* Reads more of the file behind what is left of the piece. */
static enum result read_more(struct json_state *state, struct error *error) {
    size_t left = state->piece.length - state->start;
    if (left > JSON_LINE_BYTES_MAX) {
        return error_set(error, RESULT_INVALID,
                         _("%s:%lld: the line is longer than any object of a table."), state->path,
                         (long long)state->line + 1);
    }
    if (state->start > 0) {
        memmove(state->piece.data, state->piece.data + state->start, left);
        state->piece.length = left;
        state->start = 0;
    }
    return encoding_stream_read(state->stream, &state->piece, &state->end, error);
}

/* Gives the next line; NULL behind the last. */
static enum result next_line(struct json_state *state, const char **text, size_t *length,
                             struct error *error) {
    const char *mark = NULL;
    size_t looked = 0;
    *text = NULL;
    for (;;) {
        size_t left = state->piece.length - state->start;
        const char *from = left == 0 ? "" : state->piece.data + state->start;
        mark = memchr(from + looked, '\n', left - looked);
        if (mark != NULL || (state->end && left > 0)) {
            *text = from;
            *length = mark == NULL ? left : (size_t)(mark - from);
            state->start += *length + (mark == NULL ? 0 : 1);
            state->line++;
            return RESULT_OK;
        }
        if (state->end) {
            return RESULT_OK;
        }
        looked = left;
        enum result code = read_more(state, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
}

/* Gives the object of the next line that is not blank; NULL behind the last. */
static enum result next_object(struct json_state *state, json_t **object, struct error *error) {
    const char *text = NULL;
    size_t length = 0;
    *object = NULL;
    do {
        enum result code = next_line(state, &text, &length, error);
        if (code != RESULT_OK || text == NULL) {
            return code;
        }
        while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) {
            length--;
        }
    } while (length == 0);
    json_error_t fault;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    if (value == NULL && json_error_code(&fault) == json_error_out_of_memory) {
        return error_no_memory(error);
    }
    if (!json_is_object(value)) {
        json_decref(value);
        return error_set(error, RESULT_INVALID,
                         _("%s:%lld: the line is no JSON object; each line has to be one."),
                         state->path, (long long)state->line);
    }
    *object = value;
    return RESULT_OK;
}

/* ---- columns ----------------------------------------------------------------------------------
 */
static enum result add_columns(struct json_state *state, json_t *object, struct error *error) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        size_t count = json_object_size(state->columns);
        if (json_object_get(state->columns, key) != NULL) {
            continue;
        }
        if (count == BOOK_MOST_COLUMNS) {
            return error_set(error, RESULT_INVALID,
                             _("%s:%lld: the row has more than %d columns; no table is that wide."),
                             state->path, (long long)state->line, BOOK_MOST_COLUMNS);
        }
        if (json_object_set_new(state->columns, key, json_integer((json_int_t)count)) != 0) {
            return error_no_memory(error);
        }
    }
    return RESULT_OK;
}

/* Looks at the first objects for their keys. */
static enum result find_columns(struct json_state *state, struct error *error) {
    size_t objects = 0;
    json_t *object = NULL;
    state->columns = json_object();
    if (state->columns == NULL) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    do {
        code = next_object(state, &object, error);
        if (code == RESULT_OK && object != NULL) {
            code = add_columns(state, object, error);
        }
        bool last = object == NULL;
        json_decref(object);
        if (code != RESULT_OK || last) {
            break;
        }
    } while (++objects < JSON_HEADER_OBJECTS &&
             encoding_stream_position(state->stream) < HEADER_BYTES);
    size_t count = json_object_size(state->columns);
    state->keys = calloc(count + 1, sizeof(*state->keys));
    if (code == RESULT_OK && state->keys == NULL) {
        return error_no_memory(error);
    }
    const char *key;
    json_t *column;
    size_t index = 0;
    if (code == RESULT_OK) {
        json_object_foreach(state->columns, key, column) {
            state->keys[index++] = key; /* kept in the order they came in */
        }
    }
    return code;
}

/* ---- rows -------------------------------------------------------------------------------------
 */
/* Writes a value as the text of a cell. */
static enum result write_value(struct json_state *state, const char *key, const json_t *value,
                               bool *cut, struct error *error) {
    static const struct book_number_format general;
    struct buffer *text = book_line_text(state->cells);
    *cut = false;
    switch (json_typeof(value)) {
    case JSON_STRING:
        buffer_append_text(text, json_string_value(value));
        return RESULT_OK;
    case JSON_INTEGER: {
        json_int_t number = json_integer_value(value);
        *cut = number > EXACT_MOST || number < -EXACT_MOST;
        buffer_printf(text, "%lld", (long long)number);
        return RESULT_OK;
    }
    case JSON_REAL:
        book_number_write(&general, json_real_value(value), false, text, cut);
        return RESULT_OK;
    case JSON_TRUE:
    case JSON_FALSE:
        buffer_append_text(text, json_is_true(value) ? "是" : "否");
        return RESULT_OK;
    case JSON_NULL:
        return RESULT_OK;
    default:
        return error_set(error, RESULT_INVALID,
                         _("%s:%lld: the value of \"%s\" is a list or an object; a table holds "
                           "texts and numbers only."),
                         state->path, (long long)state->line, key);
    }
}

static enum result put_object(struct json_state *state, json_t *object, struct error *error) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        const json_t *column = json_object_get(state->columns, key);
        bool cut = false;
        if (column == NULL) {
            return error_set(error, RESULT_INVALID,
                             _("%s:%lld: \"%s\" is no column of this table: none of the first %d "
                               "objects has it; give it to the first, empty."),
                             state->path, (long long)state->line, key, JSON_HEADER_OBJECTS);
        }
        enum result code = write_value(state, key, value, &cut, error);
        if (code == RESULT_OK) {
            code = book_line_put(state->cells, (uint32_t)json_integer_value(column), cut, error);
        }
        if (code != RESULT_OK) {
            return code;
        }
    }
    return RESULT_OK;
}

static enum result json_open(void **reader, const char *path, const char *sheet,
                             struct error *error) {
    (void)sheet;
    struct json_state *state = calloc(1, sizeof(*state));
    if (state == NULL || (state->path = strdup(path)) == NULL ||
        (state->cells = book_line_new(state->path)) == NULL) {
        if (state != NULL) {
            json_close(state);
        }
        return error_no_memory(error);
    }
    enum result code = encoding_detect(path, &state->finding, error);
    if (code == RESULT_OK) {
        code = rewind_file(state, error);
    }
    if (code == RESULT_OK) {
        code = find_columns(state, error);
    }
    if (code == RESULT_OK) {
        code = rewind_file(state, error);
    }
    if (code != RESULT_OK) {
        json_close(state);
        return code;
    }
    *reader = state;
    return RESULT_OK;
}

static enum result json_next(void *reader, struct row *row, bool *more, struct error *error) {
    struct json_state *state = reader;
    size_t columns = json_object_size(state->columns);
    json_t *object = NULL;
    *more = true;
    if (!state->header_given) {
        state->header_given = true;
        *row = (struct row){.cells = state->keys, .count = columns, .width = columns};
        while (row->count > 0 && text_blank(row->cells[row->count - 1])) {
            row->count--;
        }
        return RESULT_OK;
    }
    enum result code = next_object(state, &object, error);
    if (code != RESULT_OK || object == NULL) {
        *more = false;
        return code;
    }
    /* The line's own rows only have to go down, as far as they are counted. */
    book_line_begin(state->cells, 0);
    code = put_object(state, object, error);
    json_decref(object);
    if (code == RESULT_OK) {
        code = book_line_finish(state->cells, &state->row, error);
    }
    *row = (struct row){.cells = state->row.cells,
                        .count = state->row.count,
                        .width = columns,
                        .line = state->line,
                        .cut = state->row.cut};
    return code;
}

static uint64_t json_position(const void *reader) {
    const struct json_state *state = reader;
    return encoding_stream_position(state->stream);
}

static const char *json_encoding(const void *reader) {
    const struct json_state *state = reader;
    return encoding_name(state->finding.encoding);
}

const struct row_reader json_lines_reader = {
    .name = "JSON Lines",
    .open = json_open,
    .next = json_next,
    .position = json_position,
    .encoding = json_encoding,
    .close = json_close,
};
