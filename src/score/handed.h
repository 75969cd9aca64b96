/* The program's own classes beside those handed over by the province: where the two differ. */
#ifndef XINFENG_SCORE_HANDED_H
#define XINFENG_SCORE_HANDED_H

#include "base/arena.h"
#include "policy/policy.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

/* How a period compares. A class handed over by two sources counts once for each. */
struct handed_matrix {
    int64_t counts[CLASS_COUNT][CLASS_COUNT]; /* [own][handed over] */
    int64_t same;
    int64_t different;
    int64_t only_handed; /* handed over, without a result here */
    int64_t only_own;    /* a result here, handed over by nobody */
};

/* One enterprise that differs. Texts live in the arena. */
struct handed_row {
    const char *uscc; /* or the registration number; "" when it has neither */
    const char *name;
    enum risk_class own;
    enum risk_class handed;
    int64_t own_score;    /* centipoints */
    int64_t handed_score; /* or HANDED_NO_SCORE (registry/handed_class.h) */
    const char *source;
};

/* Counts a period. */
enum result handed_matrix_load(struct store *store, int64_t period, struct handed_matrix *matrix,
                               struct error *error);

/* Loads up to `most` enterprises of a period whose classes differ, into the arena: those that
 * differ most first, what was handed over as the worse class before what was handed over as the
 * better, then by score, highest first. */
enum result handed_rows_load(struct store *store, int64_t period, size_t most, struct arena *arena,
                             struct handed_row **rows, size_t *count, struct error *error);

#endif
