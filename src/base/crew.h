/* Work that comes in pieces, done by several threads, its outcomes taken in order by one. */
#ifndef XINFENG_BASE_CREW_H
#define XINFENG_BASE_CREW_H

#include "base/result.h"

#include <stddef.h>

/* What a crew does. Pieces count from 0; each worker is given them in rising order. */
struct crew {
    size_t pieces;
    /* One a thread, handed to work; with one alone everything is done by the caller's thread. */
    void *const *workers;
    size_t worker_count;
    /* Where pieces leave their outcomes; no worker is further ahead of the taker than there are. A
     * place is used again once its piece was taken. */
    void *const *outcomes;
    size_t outcome_count;
    enum result (*work)(void *worker, size_t piece, void *outcome, struct error *error);
    /* In the caller's thread, piece by piece in order. */
    enum result (*take)(void *context, size_t piece, void *outcome, struct error *error);
    void *context;
};

/* Does all pieces. The first failure in order of pieces ends it, as nothing behind it is taken; all
 * threads have ended when it returns. */
enum result crew_run(const struct crew *crew, struct error *error);

/* How many threads are worth having here: the processors there are, at most `most`. */
size_t crew_size(size_t most);

#endif
