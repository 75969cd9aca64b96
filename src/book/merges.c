#include "book/merges.h"

#include "base/gettext.h"

#include <stdlib.h>
#include <string.h>

#define MOST_MERGES ((size_t)1 << 20)
#define MOST_HELD 1024

/* The first column of an area that goes down. */
struct book_merge {
    uint32_t first_row;
    uint32_t last_row;
    uint16_t column;
};

static enum result too_many(const char *file, struct error *error) {
    return error_set(error, RESULT_INVALID,
                     _("%s has more merged cells than a table has; open it, undo the merging and "
                       "save it."),
                     file);
}

enum result book_merges_add(struct book_merges *merges, const char *file, uint32_t first_row,
                            uint32_t first_column, uint32_t last_row, uint32_t last_column,
                            struct error *error) {
    if (last_row <= first_row || last_column < first_column || first_column > UINT16_MAX ||
        last_column - first_column > last_row - first_row) {
        return RESULT_OK;
    }
    if (merges->next == merges->count) {
        merges->next = 0; /* none of these is wanted any more */
        merges->count = 0;
    }
    if (merges->count == MOST_MERGES) {
        return too_many(file, error);
    }
    if (merges->count == merges->room) {
        size_t room = merges->room == 0 ? 64 : 2 * merges->room;
        struct book_merge *items = reallocarray(merges->items, room, sizeof(*items));
        if (items == NULL) {
            return error_no_memory(error);
        }
        merges->items = items;
        merges->room = room;
    }
    merges->items[merges->count++] =
        (struct book_merge){first_row, last_row, (uint16_t)first_column};
    return RESULT_OK;
}

static int compare(const void *a, const void *b) {
    const struct book_merge *one = a;
    const struct book_merge *other = b;
    if (one->first_row != other->first_row) {
        return one->first_row < other->first_row ? -1 : 1;
    }
    return (one->column > other->column) - (one->column < other->column);
}

void book_merges_start(struct book_merges *merges) {
    if (merges->count > 0) {
        qsort(merges->items, merges->count, sizeof(*merges->items), compare);
    }
    merges->next = 0;
}

void book_merges_go(struct book_merges *merges, uint32_t row) {
    size_t kept = 0;
    for (size_t i = 0; i < merges->held_count; i++) {
        if (merges->held[i].last_row >= row) {
            merges->held[kept++] = merges->held[i];
        } else {
            free(merges->held[i].text);
        }
    }
    merges->held_count = kept;
    while (merges->next < merges->count && merges->items[merges->next].first_row < row) {
        merges->next++;
    }
}

bool book_merges_want(struct book_merges *merges, uint32_t row, uint32_t column,
                      uint32_t *last_row) {
    for (; merges->next < merges->count; merges->next++) {
        const struct book_merge *merge = &merges->items[merges->next];
        if (merge->first_row > row || (merge->first_row == row && merge->column > column)) {
            return false;
        }
        if (merge->first_row == row && merge->column == column) {
            *last_row = merge->last_row;
            return true;
        }
    }
    return false;
}

enum result book_merges_hold(struct book_merges *merges, const char *file, uint32_t column,
                             uint32_t last_row, const char *text, bool cut, struct error *error) {
    if (merges->held_count == MOST_HELD) {
        return too_many(file, error);
    }
    if (merges->held_count == merges->held_room) {
        size_t room = merges->held_room == 0 ? 16 : 2 * merges->held_room;
        struct book_held *held = reallocarray(merges->held, room, sizeof(*held));
        if (held == NULL) {
            return error_no_memory(error);
        }
        merges->held = held;
        merges->held_room = room;
    }
    char *copy = strdup(text);
    if (copy == NULL) {
        return error_no_memory(error);
    }
    merges->held[merges->held_count++] = (struct book_held){last_row, (uint16_t)column, cut, copy};
    return RESULT_OK;
}

void book_merges_free(struct book_merges *merges) {
    for (size_t i = 0; i < merges->held_count; i++) {
        free(merges->held[i].text);
    }
    free(merges->held);
    free(merges->items);
    *merges = (struct book_merges){0};
}
