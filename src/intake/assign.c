#include "intake/assign.h"

#include <limits.h>
#include <stdlib.h>

/* The state of the shortest augmenting paths: places from 1, as in the usual description. */
struct paths {
    const int *worth;
    size_t fields;
    size_t columns; /* real ones; as many again as there are fields stand for "none" */
    size_t width;
    int *field_price;
    int *column_price;
    size_t *field_at; /* the field a column is given to; 0: none */
    size_t *way;
    int *least;
    bool *used;
};

/* What giving a column to a field costs; a column of "none" costs nothing. */
static int cost(const struct paths *paths, size_t field, size_t column) {
    if (column > paths->columns) {
        return 0;
    }
    int worth = paths->worth[(field - 1) * paths->columns + column - 1];
    return worth > 0 ? -worth : 1;
}

/* Goes on from the column at hand to the nearest unused one, and adjusts prices. */
static size_t step(struct paths *paths, size_t at) {
    size_t field = paths->field_at[at];
    size_t next = 0;
    int delta = INT_MAX;
    paths->used[at] = true;
    for (size_t j = 1; j <= paths->width; j++) {
        if (paths->used[j]) {
            continue;
        }
        int reduced = cost(paths, field, j) - paths->field_price[field] - paths->column_price[j];
        if (reduced < paths->least[j]) {
            paths->least[j] = reduced;
            paths->way[j] = at;
        }
        if (paths->least[j] < delta) {
            delta = paths->least[j];
            next = j;
        }
    }
    for (size_t j = 0; j <= paths->width; j++) {
        if (paths->used[j]) {
            paths->field_price[paths->field_at[j]] += delta;
            paths->column_price[j] -= delta;
        } else {
            paths->least[j] -= delta;
        }
    }
    return next;
}

static void add_field(struct paths *paths, size_t field) {
    size_t at = 0;
    paths->field_at[0] = field;
    for (size_t j = 0; j <= paths->width; j++) {
        paths->least[j] = INT_MAX / 2;
        paths->used[j] = false;
    }
    do {
        at = step(paths, at);
    } while (paths->field_at[at] != 0);
    while (at != 0) {
        size_t before = paths->way[at];
        paths->field_at[at] = paths->field_at[before];
        at = before;
    }
}

static void paths_free(struct paths *paths) {
    free(paths->field_price);
    free(paths->column_price);
    free(paths->field_at);
    free(paths->way);
    free(paths->least);
    free(paths->used);
}

bool assign_best(const int *worth, size_t fields, size_t columns, int *column_of) {
    struct paths paths = {
        .worth = worth, .fields = fields, .columns = columns, .width = columns + fields};
    size_t size = paths.width + 1;
    paths.field_price = calloc(fields + 1, sizeof(int));
    paths.column_price = calloc(size, sizeof(int));
    paths.field_at = calloc(size, sizeof(size_t));
    paths.way = calloc(size, sizeof(size_t));
    paths.least = calloc(size, sizeof(int));
    paths.used = calloc(size, sizeof(bool));
    bool whole = paths.field_price != NULL && paths.column_price != NULL &&
                 paths.field_at != NULL && paths.way != NULL && paths.least != NULL &&
                 paths.used != NULL;
    for (size_t i = 0; i < fields; i++) {
        column_of[i] = -1;
    }
    for (size_t i = 1; whole && i <= fields; i++) {
        add_field(&paths, i);
    }
    for (size_t j = 1; whole && j <= columns; j++) {
        if (paths.field_at[j] != 0 && cost(&paths, paths.field_at[j], j) < 0) {
            column_of[paths.field_at[j] - 1] = (int)j - 1;
        }
    }
    paths_free(&paths);
    return whole;
}
