/* Finding the header row of a file, and which of its columns fill which fields. */
#ifndef XINFENG_INTAKE_BINDING_H
#define XINFENG_INTAKE_BINDING_H

#include "base/arena.h"
#include "intake/profile.h"
#include "intake/row_source.h"

/* Title rows above the header are skipped; it must stand among the first rows. */
#define HEADER_ROWS_MAX 20

/* One field of the profile with the columns of this file that fill it, in the order they are
 * asked. */
struct bound_field {
    const struct profile_field *field;
    size_t *columns;
    size_t column_count;
    int64_t *units;     /* fen that a bare number counts, for each column */
    size_t *currencies; /* columns that name the money */
    size_t currency_count;
};

/* A profile bound to a file. Lives in the arena it was made with. */
struct binding {
    const struct profile *profile;
    struct bound_field *fields;
    size_t field_count;
    const char **headers; /* as written; NULL-free */
    const char **keys;
    size_t header_count;
    size_t width;   /* with empty columns at the end */
    int64_t line;   /* of the header row */
    size_t matched; /* columns of the file that the profile reads */
};

/* Binds a profile to the row as its header: true when all required columns are there. When not,
 * *missing (may be NULL) names them, living in the arena. false with *failed when memory is
 * short. */
bool binding_make(struct binding *binding, const struct profile *profile, const struct row *row,
                  struct arena *arena, const char **missing, bool *failed);

/* The bound field of an index; NULL when the file does not fill it. */
const struct bound_field *binding_field(const struct binding *binding, int index);

#endif
