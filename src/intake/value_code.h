/* The codes that name an enterprise, as they stand in officers' files. */
#ifndef XINFENG_INTAKE_VALUE_CODE_H
#define XINFENG_INTAKE_VALUE_CODE_H

#include "base/uscc.h"

#include <stdbool.h>

/* Room for a registration number and the NUL. */
#define CODE_SIZE USCC_SIZE

enum code_kind {
    CODE_NONE,   /* the cell says that there is none */
    CODE_USCC,   /* 18 characters whose check character fits */
    CODE_NUMBER, /* 15: a registration number, or the old tax number made of a division code and an
                  * organisation code (GB 11714) */
    CODE_BAD,    /* something, but no code: it must not take part in matching */
};

/* One code read from a cell. */
struct code {
    enum code_kind kind;
    char text[CODE_SIZE]; /* "" unless CODE_USCC or CODE_NUMBER */
    bool mended;          /* what stood behind the code was cut off, or O and I read as 0 and 1
                           * because only so the check character fits */
};

/* Reads a cell: full-width folded, upper case, blanks out. */
struct code value_code_parse(const char *cell);

#endif
