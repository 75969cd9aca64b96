/* What the makers of a migration share. */
#ifndef XINFENG_SCORE_MIGRATION_SIDE_H
#define XINFENG_SCORE_MIGRATION_SIDE_H

#include "score/migration.h"

/* Makes room for everybody of the registry, nobody scored. */
enum result migration_start(struct store *store, struct migration *migration, struct error *error);

/* Reads the results of a period into a state. */
enum result migration_read(struct store *store, const struct period *period,
                           struct migration *migration, int side, struct error *error);

/* Counts who moved where, when both states are filled. */
void migration_count(struct migration *migration);

#endif
