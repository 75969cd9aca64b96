/* What the columns of a file are, guessed from their headers and from their values together. A
 * guess is the same for the same file, and says what it rests on. */
#ifndef XINFENG_INTAKE_GUESS_H
#define XINFENG_INTAKE_GUESS_H

#include "intake/evidence.h"
#include "intake/guess_why.h"
#include "intake/header_row.h"

/* One column. */
struct guess_column {
    int field;      /* of the kind; -1: none */
    int confidence; /* 0 to 100 */
    enum guess_why why;
    bool also; /* another column fills the field; this one where that is blank */
    struct evidence evidence;
};

/* What a file is. Everything lives in the arena. */
struct guess {
    enum import_kind kind;
    struct guess_column *columns; /* one for each of the header's */
    size_t column_count;
    size_t header;    /* of the sample: the row that the columns stand below */
    uint64_t touched; /* bit n: a person changed what fills field n */
    const char *type; /* facts: the type of all rows, where no column tells it; or NULL */
    int type_confidence;
    bool day; /* facts: rows without a day speak of the day of the whole file */
};

/* Guesses the columns of a file of a known kind. name is the file's, with its sheet's if it has
 * one: what a file is about often stands there alone. *guess is all zero, or an earlier guess about
 * the same sample, as another kind perhaps: what its columns look like need not be found again. */
enum result guess_columns(const struct sample *sample, const struct header_row *header,
                          const struct vocabulary *vocabulary, enum import_kind kind,
                          const char *name, struct arena *arena, struct guess *guess,
                          struct error *error);

/* How well a guess of this kind explains the file, to compare kinds: the sum of what its columns
 * are worth, less what its kind needs and the file lacks. */
int guess_worth(const struct guess *guess);

/* The field that must be there and is not, or is not sure: its index; -1 when nothing is missing.
 * Of facts one of name and code, the type and the day; of other kinds what their general profile
 * requires. */
int guess_missing(const struct guess *guess);

#endif
