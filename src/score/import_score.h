/* Taking a file in and scoring whom it changed: between runs a change to an enterprise shows in
 * the open period at once. */
#ifndef XINFENG_SCORE_IMPORT_SCORE_H
#define XINFENG_SCORE_IMPORT_SCORE_H

#include "intake/import.h"

/* import_file, and the enterprises it changed scored anew into the open period, if there is one:
 * both or neither. Parameters and errors as import_file. */
enum result import_and_score(struct store *store, const struct import_request *request,
                             struct import_report *report, const struct progress *progress,
                             struct error *error);

#endif
