/* The way down of a stored result, found from what the result itself rests on. */
#ifndef XINFENG_SCORE_EXPLANATION_WAY_H
#define XINFENG_SCORE_EXPLANATION_WAY_H

#include "score/explanation.h"

/* Scores the explanation's facts, particulars and overrides anew, taking what came from others as
 * the result has it, and searches how the class comes down; way_known stays false when that does
 * not come to the stored result. */
enum result explanation_find_way(struct explanation *explanation, struct arena *arena,
                                 struct error *error);

#endif
