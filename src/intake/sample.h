/* The first rows of a file, kept: what it is understood by before any of it is taken in. */
#ifndef XINFENG_INTAKE_SAMPLE_H
#define XINFENG_INTAKE_SAMPLE_H

#include "base/arena.h"
#include "intake/row_source.h"

/* Rows kept, and columns of each: no table that officers hold is wider. */
#define SAMPLE_ROWS 300
#define SAMPLE_COLUMNS 512

/* Rows in the order of the file, blank ones left out. They live in the arena. */
struct sample {
    struct row *rows;
    size_t count;
    size_t width; /* of the widest row, at most SAMPLE_COLUMNS */
    bool whole;   /* the file has no further rows */
};

/* Reads the first rows of a source. */
enum result sample_read(struct row_source *source, struct arena *arena, struct sample *sample,
                        struct error *error);

#endif
