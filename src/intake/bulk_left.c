#include "intake/bulk_left.h"

#include "intake/csv_pieces.h"

#include <stdlib.h>
#include <string.h>

struct bulk_left {
    struct bulk_file file;
    struct places places;
};

/* One reading of the rows left. */
struct reading {
    const struct bulk_left *left;
    struct csv_pieces *pieces;
    struct csv_piece piece;
    size_t next;
};

bool places_add(struct places *places, const struct save_place *items, size_t count) {
    if (places->capacity - places->count < count) {
        size_t capacity = places->capacity * 2 + count + 256;
        struct save_place *grown = realloc(places->items, capacity * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        places->items = grown;
        places->capacity = capacity;
    }
    if (count > 0) {
        memcpy(places->items + places->count, items, count * sizeof(*items));
    }
    places->count += count;
    return true;
}

static int compare_places(const void *left, const void *right) {
    const struct save_place *one = left;
    const struct save_place *other = right;
    return (one->line > other->line) - (one->line < other->line);
}

enum result bulk_left_new(struct bulk_left **left, const struct bulk_file *file,
                          struct places *places, struct error *error) {
    *left = calloc(1, sizeof(**left));
    if (*left == NULL) {
        free(places->items);
        return error_no_memory(error);
    }
    (*left)->file = *file;
    (*left)->places = *places;
    if (places->count > 0) {
        qsort(places->items, places->count, sizeof(*places->items), compare_places);
    }
    return RESULT_OK;
}

void bulk_left_free(struct bulk_left *left) {
    if (left != NULL) {
        free(left->places.items);
        free(left);
    }
}

static enum result next(void *reader, struct row *row, bool *more, struct error *error) {
    struct reading *reading = reader;
    *more = reading->next < reading->left->places.count;
    if (!*more) {
        return RESULT_OK;
    }
    const struct save_place *place = &reading->left->places.items[reading->next++];
    enum result code =
        csv_pieces_at(reading->pieces, &reading->piece, place->offset, place->line, error);
    if (code == RESULT_OK) {
        code = csv_piece_next(&reading->piece, more, error);
    }
    if (code == RESULT_OK && *more) {
        *row = reading->piece.row;
    }
    return code;
}

static uint64_t position(const void *reader) {
    return ((const struct reading *)reader)->next;
}

static uint64_t size(const void *reader) {
    return ((const struct reading *)reader)->left->places.count;
}

static void close_reading(void *reader) {
    struct reading *reading = reader;
    csv_piece_free(&reading->piece);
    csv_pieces_free(reading->pieces);
    free(reading);
}

static const struct row_reader left_reader = {
    .name = "CSV", .next = next, .position = position, .size = size, .close = close_reading};

enum result bulk_left_open(struct bulk_left *left, struct row_source **source,
                           struct error *error) {
    *source = NULL;
    struct reading *reading = calloc(1, sizeof(*reading));
    if (reading == NULL) {
        return error_no_memory(error);
    }
    reading->left = left;
    enum result code = csv_pieces_new(&reading->pieces, left->file.path, left->file.size,
                                      left->file.mark, left->file.delimiter, error);
    if (code == RESULT_OK) {
        code = row_source_wrap(source, &left_reader, reading, left->file.path, error);
    }
    if (code != RESULT_OK) {
        close_reading(reading);
    }
    return code;
}
