/* Finding and reading the cells of a row: what the mapping of enterprises and facts shares. */
#ifndef XINFENG_INTAKE_CELL_H
#define XINFENG_INTAKE_CELL_H

#include "intake/mapper.h"
#include "intake/value.h"

/* One row being read. */
struct cell_reader {
    const struct binding *binding;
    const struct row *row;
    struct arena *arena;
    struct mapped *mapped;
    struct error *error;
};

/* The cell that fills a field: the first that is not blank, with its column. */
struct cell {
    const char *text; /* NULL: nothing there */
    const char *header;
    int64_t unit;
    const char *currency; /* the money's name from a column of its own, or NULL */
};

/* What a field came to, before it goes to its place. */
struct reading {
    enum parse parse;
    int64_t number; /* also days */
    const char *text;
};

/* A copy of a cell short enough for a sentence. NULL when memory is short or the cell is NULL. */
const char *cell_shorten(struct arena *arena, const char *cell);

/* error_no_memory of the reader's error. */
enum result cell_no_memory(struct cell_reader *reader);

/* Marks the row as one that cannot be taken in; the first reason stands. */
enum result cell_refuse_row(struct cell_reader *reader, enum reason reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a cell that is not what its field needs; what goes on from the cell's text. */
enum result cell_refuse(struct cell_reader *reader, enum reason reason, const struct cell *cell,
                        const char *what);

/* Finds the cell that fills a field. Characters that were lost in decoding refuse the row. */
enum result cell_find(struct cell_reader *reader, const struct bound_field *bound,
                      struct cell *cell);

/* Finds, translates and reads the cell of a field; PARSE_NONE when there is nothing. */
enum result cell_read(struct cell_reader *reader, const struct bound_field *bound,
                      struct cell *cell, struct reading *reading);

/* Puts what a field came to, if it came to anything, in its place. */
typedef enum result cell_placer(struct cell_reader *reader, const struct bound_field *bound,
                                const struct cell *cell, const struct reading *reading);

/* Reads every field but those that say who it is about. */
enum result cell_read_fields(struct cell_reader *reader, cell_placer *place);

/* What a cell of a shape should have been, for cell_refuse. */
const char *cell_expectation(enum field_shape shape);

#endif
