/* The counts of a frozen frame, and of the freeze before it: since no digest tells a class that was
 * changed before the freeze, both are shown side by side (draw.md, frame). */
#ifndef XINFENG_PLAN_FROZEN_H
#define XINFENG_PLAN_FROZEN_H

#include "plan/scope.h"

/* Counts a frozen plan's frame by class, and who was left out of it, as it was frozen. */
enum result frozen_counts(struct store *store, const struct plan *plan, struct plan_counts *counts,
                          struct error *error);

/* Loads the newest plan that was frozen before this one over the same region and industry, whatever
 * became of it. *found is false when there is none. */
enum result frozen_previous(struct store *store, const struct plan *plan, struct arena *arena,
                            struct plan *previous, bool *found, struct error *error);

#endif
