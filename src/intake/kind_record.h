/* Kinds of file that become records of the registry (registry/record.h): inspectors, recusals,
 * matters, grades, relations, results. Such a kind says which column each field goes to, and what
 * is to be seen to before a record stands. */
#ifndef XINFENG_INTAKE_KIND_RECORD_H
#define XINFENG_INTAKE_KIND_RECORD_H

#include "intake/kind.h"
#include "registry/record.h"

/* A field that goes to no column: it says who the row speaks of, or is seen to by settle. */
#define NO_COLUMN (-1)

struct kind_record {
    enum record_table table;
    const int *columns; /* for each field of the kind its column, or NO_COLUMN */
    int enterprise;     /* the column for the enterprise of the row; NO_COLUMN: it has none */

    /* Sees to what the row rests on, before it is saved: fills further columns of mapped->values,
     * or refuses the row. May be NULL. */
    enum result (*settle)(struct taking *taking);

    /* Goes on after the record was saved; *outcome may be made more of. May be NULL. */
    enum result (*after)(struct taking *taking, enum save_outcome *outcome);
};

/* What all these kinds have for struct kind. */
enum result kind_record_read(struct cell_reader *reader, date as_of);
enum result kind_record_take(struct taking *taking);

#endif
