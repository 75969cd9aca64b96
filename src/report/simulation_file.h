/* The enterprises whose class a policy would change, as a file: CSV or workbook. */
#ifndef XINFENG_REPORT_SIMULATION_FILE_H
#define XINFENG_REPORT_SIMULATION_FILE_H

#include "guard/actor.h"
#include "score/simulate.h"

/* As simulate_policy, and writes whom it moves, with both totals and classes, to path by its
 * ending; a workbook has the matrix too. The file appears whole or not at all. RESULT_USAGE for an
 * ending other than .csv and .xlsx, RESULT_REFUSED when a sheet cannot hold so many. */
enum result simulation_file_write(struct store *store, struct policy *policy,
                                  const struct actor *actor, int64_t period, const char *path,
                                  const struct progress *progress, struct simulation *simulation,
                                  struct error *error);

#endif
