/* Units drawn later: an extension (补抽), when more are wanted, and a replacement (替补), when a
 * drawn unit cannot be checked. Either is the next ticket of a stratum, so that nobody chooses.
 * Owns the table plan_extra. */
#ifndef XINFENG_PLAN_EXTRA_H
#define XINFENG_PLAN_EXTRA_H

#include "draw/extend.h"
#include "plan/plan.h"

/* Draws more units for a drawn plan: the first ones stay. An approval lapses with it, as what was
 * approved is no longer what is drawn. RESULT_REFUSED when the plan is not DRAWN or LOCKED,
 * RESULT_USAGE without a reason or when fewer units are left. */
enum result plan_extend(struct store *store, const struct actor *actor, int64_t id,
                        const struct draw_extension *extension, const char *reason,
                        struct error *error);

/* Draws the next unit of its stratum for one that cannot be checked, which stays in the plan and is
 * marked. The plan keeps its state. RESULT_REFUSED when the plan is not DRAWN or LOCKED, when the
 * unit has a result or was replaced before, or when its stratum has no unit left; RESULT_NOT_FOUND
 * when the unit is not in the plan. */
enum result plan_replace(struct store *store, const struct actor *actor, int64_t id,
                         const char *unit, const char *reason, struct error *error);

#endif
