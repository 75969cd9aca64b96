/* From columns and the fields they fill to a profile that import_file goes by. */
#ifndef XINFENG_INTAKE_MAPPING_H
#define XINFENG_INTAKE_MAPPING_H

#include "intake/guess.h"

/* The name of a profile that nobody saved. */
#define MAPPING_GUESSED "guess"

/* What a profile is made of. Texts are borrowed. */
struct mapping {
    const struct guess *guess;
    const struct header_row *header;
    const char *base;  /* the document it starts from: what it says of words, units and constants
                        * stands, its columns are replaced */
    bool keep;         /* what the base says of fields that no person touched stays as it is */
    const char *name;  /* of the profile made; NULL: MAPPING_GUESSED */
    const char *title; /* NULL: the name */
};

/* The document of the profile, on the heap (free); NULL when memory is short. */
char *mapping_document(const struct mapping *mapping);

#endif
