#include "score/result_rows.h"

#include "base/large_memory.h"
#include "store/feed.h"

#include <stdlib.h>
#include <string.h>

/* Room in the feed for each row; a row that finds none is stored by a statement instead. */
#define BYTES_A_ROW 1024

/* What the indexes hold of a row. */
struct rank {
    int64_t enterprise;
    uint64_t total;
    uint32_t letter;
};

struct result_rows {
    struct feed *feed;
    struct statement *insert; /* for rows too long for the feed */
    int64_t period;
    uint64_t room; /* bytes the feed can still take */
    struct buffer record;
    struct rank *ranks;
    uint32_t *order; /* of ranks */
    uint32_t *other; /* scratch for sorting */
    size_t count;
    size_t most;
};

enum result result_rows_new(struct result_rows **rows, struct store *store, int64_t period,
                            size_t most, struct error *error) {
    struct result_rows *made = calloc(1, sizeof(*made));
    *rows = NULL;
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->period = period;
    made->most = most;
    made->room = (uint64_t)most * BYTES_A_ROW;
    made->ranks = large_memory_new((most + 1) * sizeof(*made->ranks));
    made->order = large_memory_new((most + 1) * sizeof(*made->order));
    made->other = large_memory_new((most + 1) * sizeof(*made->other));
    enum result code = made->ranks == NULL || made->order == NULL || made->other == NULL
                           ? error_no_memory(error)
                           : result_prepare(&made->insert, store, error);
    if (code == RESULT_OK) {
        /* and as much as the two indexes can come to */
        code = feed_new_indexed(&made->feed, store, "result",
                                made->room + (uint64_t)most * 128 + TREE_PAGE, error);
    }
    if (code == RESULT_OK) {
        code = feed_part_begin(made->feed, 0, error);
    }
    if (code != RESULT_OK) {
        result_rows_free(made);
        return code;
    }
    *rows = made;
    return RESULT_OK;
}

enum result result_rows_add(struct result_rows *rows, const struct result_line *line,
                            const char *texts, struct error *error) {
    struct value values[RESULT_COLUMNS];
    result_line_values(line, rows->period, texts, values);
    values[0] = value_null(); /* the id, as records have it */
    buffer_reset(&rows->record);
    char *place = buffer_extend(&rows->record, row_record_bound(values, RESULT_COLUMNS));
    if (place == NULL) {
        return error_no_memory(error);
    }
    size_t length = row_record_encode(values, RESULT_COLUMNS, (unsigned char *)place);
    if (length > TREE_RECORD_MAX || length > rows->room || rows->count == rows->most) {
        return result_line_store(rows->insert, rows->period, line, texts, error);
    }
    rows->room -= length;
    rows->order[rows->count] = (uint32_t)rows->count;
    rows->ranks[rows->count++] =
        (struct rank){line->enterprise, (uint64_t)line->total, line->final_class};
    return feed_part_row(rows->feed, result_id(rows->period, line->enterprise), place, length,
                         error);
}

/* ---- the indexes ----------------------------------------------------------------------------- */

/* Sorts the order by sixteen bits of what a row has, keeping it where they are alike. */
static void sort_by(struct result_rows *rows, bool letter, int shift) {
    static _Thread_local uint32_t starts[65537];
    memset(starts, 0, sizeof(starts));
    for (size_t i = 0; i < rows->count; i++) {
        const struct rank *rank = &rows->ranks[i];
        starts[((letter ? rank->letter : rank->total >> shift) & 0xFFFF) + 1]++;
    }
    for (size_t i = 1; i < 65537; i++) {
        starts[i] += starts[i - 1];
    }
    for (size_t i = 0; i < rows->count; i++) {
        const struct rank *rank = &rows->ranks[rows->order[i]];
        rows->other[starts[(letter ? rank->letter : rank->total >> shift) & 0xFFFF]++] =
            rows->order[i];
    }
    uint32_t *order = rows->order;
    rows->order = rows->other;
    rows->other = order;
}

static void sort_by_total(struct result_rows *rows) {
    uint64_t most = 0;
    for (size_t i = 0; i < rows->count; i++) {
        most = rows->ranks[i].total > most ? rows->ranks[i].total : most;
    }
    for (int shift = 0; shift < 64 && most >> shift > 0; shift += 16) {
        sort_by(rows, false, shift);
    }
}

/* Writes one index in the order that stands. */
static enum result write_index(struct result_rows *rows, size_t index, struct error *error) {
    bool by_class = strcmp(feed_index_name(rows->feed, index), "result_class") == 0;
    enum result code = feed_index_begin(rows->feed, index, error);
    for (size_t i = 0; code == RESULT_OK && i < rows->count; i++) {
        const struct rank *rank = &rows->ranks[rows->order[i]];
        unsigned char record[96];
        struct value values[5];
        size_t count = 0;
        values[count++] = value_int(rows->period);
        if (by_class) {
            values[count++] = value_text(risk_class_letter((enum risk_class)rank->letter));
        }
        values[count++] = value_int((int64_t)rank->total);
        values[count++] = value_int(rank->enterprise);
        values[count++] = value_int(result_id(rows->period, rank->enterprise));
        code = feed_index_row(rows->feed, record, row_record_encode(values, count, record), error);
    }
    return code == RESULT_OK ? feed_index_end(rows->feed, error) : code;
}

/* In the order in which the table has them: by total, then by class. */
static enum result write_indexes(struct result_rows *rows, struct error *error) {
    sort_by_total(rows);
    enum result code = write_index(rows, 0, error);
    if (code == RESULT_OK) {
        sort_by(rows, true, 0);
        code = write_index(rows, 1, error);
    }
    return code;
}

enum result result_rows_end(struct result_rows *rows, struct error *error) {
    enum result code = feed_part_end(rows->feed, error);
    if (code == RESULT_OK) {
        code = write_indexes(rows, error);
    }
    return code == RESULT_OK ? feed_insert(rows->feed, 0, error) : code;
}

void result_rows_free(struct result_rows *rows) {
    if (rows == NULL) {
        return;
    }
    feed_free(rows->feed);
    statement_free(rows->insert);
    buffer_free(&rows->record);
    free(rows->ranks);
    free(rows->order);
    free(rows->other);
    free(rows);
}
