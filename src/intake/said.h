/* What a person says of a file before it is taken in, where what is understood of it does not do.
 */
#ifndef XINFENG_INTAKE_SAID_H
#define XINFENG_INTAKE_SAID_H

#include <stdbool.h>
#include <stddef.h>

/* Of one column. Texts are borrowed. */
struct said_column {
    const char *header; /* as it stands in the file */
    const char *field;  /* the name of a field, or "-": none */
};

/* Of a file. All zero: nothing. */
struct said {
    const char *profile; /* name or path of a profile; NULL: the one that fits, else a guess */
    const struct said_column *columns;
    size_t column_count;
    const char *type; /* facts: the type of every row; NULL: as the columns say, else a guess */
    bool day;         /* facts: rows without a day speak of the day of the whole file */
};

#endif
