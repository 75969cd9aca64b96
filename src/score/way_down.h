/* How an enterprise's class would come down: the smallest set of its facts whose end or exclusion
 * does so. */
#ifndef XINFENG_SCORE_WAY_DOWN_H
#define XINFENG_SCORE_WAY_DOWN_H

#include "base/arena.h"
#include "score/engine.h"

struct way_down {
    int64_t *facts; /* ids, in the arena */
    size_t count;   /* 0: no set of facts was found that brings the class down */
    bool smallest;  /* proven: no smaller set does, or with count 0 none at all */
    enum risk_class reached;
};

/* Searches all sets of contributing facts by size while that takes at most some 200,000 scorings,
 * then takes the heaviest facts first and gives back what was not needed. */
enum result way_down_find(struct score_engine *engine, const struct score_input *input,
                          struct arena *arena, struct way_down *way, struct error *error);

#endif
