/* Scoring some enterprises anew into a period that has results. For the runs of score/ only. */
#ifndef XINFENG_SCORE_RESCORE_H
#define XINFENG_SCORE_RESCORE_H

#include "base/progress.h"
#include "score/id_list.h"
#include "score/period.h"

/* Scores and grades some enterprises (a settled list) on a day by a period's policies, stores that
 * and moves the counts of the period. Results of those for whom no policy is made any more go. */
enum result rescore(struct store *store, const struct period *period, const struct policy_set *set,
                    date day, const struct id_list *of, const struct progress *progress,
                    struct error *error);

#endif
