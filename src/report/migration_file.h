/* The enterprises that moved between two periods, or would on a day that is tried, as a file: CSV
 * or workbook. */
#ifndef XINFENG_REPORT_MIGRATION_FILE_H
#define XINFENG_REPORT_MIGRATION_FILE_H

#include "guard/actor.h"
#include "score/migration.h"

/* What a state is called: its period, or the day that is tried; returns text. */
const char *migration_side_text(const struct migration_side *side, char text[static 32]);

/* What decided in words ("score", "rule X11-1", "override 3"); returns text. */
const char *migration_decision_text(const struct migration_decision *decision,
                                    char text[static 64]);

/* Writes whom the migration moved to path by its ending, whole or not at all. Two periods are
 * listed with what decided in each. RESULT_USAGE for an ending other than .csv and .xlsx,
 * RESULT_REFUSED when a sheet cannot hold so many. */
enum result migration_file_write(struct store *store, const struct migration *migration,
                                 const struct actor *actor, const char *path,
                                 const struct progress *progress, struct error *error);

#endif
