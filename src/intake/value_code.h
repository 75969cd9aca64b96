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
    CODE_NUMBER, /* 15: a registration number (GS15-2006), or the old tax number made of a division
                  * code and an organisation code (GB 11714) */
    CODE_BAD,    /* something, but no code: it must not take part in matching. So are 15 digits that
                  * pass neither check and hold a day of birth: the old number of a person */
};

/* One code read from a cell. */
struct code {
    enum code_kind kind;
    char text[CODE_SIZE]; /* "" unless CODE_USCC or CODE_NUMBER */
    bool checked;         /* its check character fits; always so for CODE_USCC, and for most
                           * registration numbers, but old ones were given out without one */
    bool mended;          /* what stood around the code was cut off, or letters were read as the
                           * digits they look like because only so the check character fits */
};

/* Reads a cell: full-width folded, upper case, blanks out. O, I, Z and S, which no USCC holds, are
 * read as 0, 1, 2 and 5, and a small l as L or 1: when exactly one such reading has a check
 * character that fits. */
struct code value_code_parse(const char *cell);

#endif
