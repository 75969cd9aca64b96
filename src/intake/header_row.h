/* Finding the header of a table among its first rows, when no profile tells it. */
#ifndef XINFENG_INTAKE_HEADER_ROW_H
#define XINFENG_INTAKE_HEADER_ROW_H

#include "intake/sample.h"
#include "intake/vocabulary.h"

/* A header, as one row. */
struct header_row {
    size_t index;   /* of its last row in the sample */
    size_t first;   /* of its first; smaller where the header takes two rows */
    struct row row; /* its cells; where groups stand above columns, joined. Lives in the arena */
};

/* Finds the header: the row near the top whose cells name fields, or at least look like names of
 * columns and not like data. *found is false when no row does. kind may be IMPORT_KIND_COUNT. */
enum result header_row_find(const struct sample *sample, const struct vocabulary *vocabulary,
                            enum import_kind kind, struct arena *arena, struct header_row *header,
                            bool *found, struct error *error);

#endif
