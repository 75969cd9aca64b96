/* Scoring everybody into a period, by several threads. */
#ifndef XINFENG_SCORE_RUN_ALL_H
#define XINFENG_SCORE_RUN_ALL_H

#include "base/progress.h"
#include "score/period.h"
#include "score/professional.h"
#include "score/scorer.h"

/* Scores the whole registry into the period's results, grades it into its professional ones, of
 * which there are none yet, and counts enterprises, facts and classes in *period, which has its id
 * and day. Results that stand already and come out the same again are left as they are; those of
 * enterprises that are scored no more go. Call inside the run's change, before anything else was
 * altered in it. */
enum result run_all(struct store *store, struct scorer *scorer, struct professional *professional,
                    struct period *period, const struct progress *progress, struct error *error);

#endif
