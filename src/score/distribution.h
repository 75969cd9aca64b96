/* How the enterprises of a period are distributed over the classes. */
#ifndef XINFENG_SCORE_DISTRIBUTION_H
#define XINFENG_SCORE_DISTRIBUTION_H

#include "base/arena.h"
#include "score/period.h"

enum distribution_by {
    DISTRIBUTION_WHOLE,
    DISTRIBUTION_BY_REGION,   /* division code as stored */
    DISTRIBUTION_BY_INDUSTRY, /* section letter */
    DISTRIBUTION_BY_MONTH,    /* every period up to this one, newest first */
};

struct distribution_row {
    const char *key;  /* code or period; "" for the whole and for what has no code */
    const char *name; /* translated or official name; in the arena or static */
    int64_t classes[CLASS_COUNT];
};

/* The way a word names (NULL: whole, "region", "industry", "month"); false when it names none. */
bool distribution_find(const char *word, enum distribution_by *by);

/* Loads the rows of a period into the arena. */
enum result distribution_load(struct store *store, const struct period *period,
                              enum distribution_by by, struct arena *arena,
                              struct distribution_row **rows, size_t *count, struct error *error);

#endif
