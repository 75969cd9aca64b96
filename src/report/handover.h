/* Handing over the whole classification of a period (O6, O7, X9: recorded per enterprise, month by
 * month, in one layout): a file as doc/handover.md describes it, for the provincial platform, for
 * the inspection platform, and for another county's xinfeng to take in. */
#ifndef XINFENG_REPORT_HANDOVER_H
#define XINFENG_REPORT_HANDOVER_H

#include "base/progress.h"
#include "guard/actor.h"
#include "intake/handover_layout.h"
#include "store/store.h"

/* What was handed over. */
struct handover_report {
    int64_t period;
    int64_t rows;
    bool closed;        /* false: the period is still open, and the file says so */
    const char *format; /* "CSV"; static */
    char digest[DIGEST_HEX_SIZE];
};

/* Writes the classification of a period (0: the newest) to path, as CSV, workbook or JSON Lines by
 * its ending, and journals who did so, with rows and digest. An earlier file of the name is
 * replaced; the new one appears whole or not at all. RESULT_USAGE for another ending;
 * RESULT_NOT_FOUND when the period was not run; RESULT_REFUSED when a workbook cannot hold so many
 * rows. progress may be NULL. */
enum result handover_write(struct store *store, const struct actor *actor, const char *path,
                           int64_t period, const struct progress *progress,
                           struct handover_report *report, struct error *error);

#endif
