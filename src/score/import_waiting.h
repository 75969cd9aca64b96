/* Taking the rows of an intake in again that waited for nothing but a decision about their name. */
#ifndef XINFENG_SCORE_IMPORT_WAITING_H
#define XINFENG_SCORE_IMPORT_WAITING_H

#include "score/import_score.h"

/* Takes the rejected rows of a batch in again whose names persons have led to enterprises since:
 * of the kind, source, profile and day of that batch, as a new intake called after its file.
 * RESULT_NOT_FOUND when there is no such batch or no
 * row of it waits; RESULT_REFUSED when its columns were guessed, so that a person must look at them
 * again; otherwise as import_and_score. progress may be NULL. */
enum result import_waiting(struct store *store, int64_t batch, const struct actor *actor,
                           const struct import_judge *judge, struct import_report *report,
                           const struct progress *progress, struct error *error);

#endif
