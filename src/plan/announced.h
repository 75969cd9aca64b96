/* What became of a drawn plan as the public may see it: who was drawn and what the checks found.
 * Both come in the order of the units' codes, which says nothing of strata or classes. Reads only.
 */
#ifndef XINFENG_PLAN_ANNOUNCED_H
#define XINFENG_PLAN_ANNOUNCED_H

#include "base/arena.h"
#include "plan/plan.h"

/* A unit that was drawn. Texts live in the arena. */
struct announced_unit {
    const char *unit; /* USCC, or registration number */
    const char *name;
    const char *ticket;
};

/* What a check of a unit found: one row a unit and matter. */
struct announced_result {
    const char *unit;
    const char *name;
    const char *matter; /* NULL when not said */
    const char *result;
    date completed_on;
};

/* Loads all units of a plan; none when it is not drawn. */
enum result announced_units(struct store *store, const struct plan *plan, struct arena *arena,
                            struct announced_unit **units, size_t *count, struct error *error);

/* Loads the results that name the plan's number as their task, of units that were drawn; *checked
 * is the number of units that have one. */
enum result announced_results(struct store *store, const struct plan *plan, struct arena *arena,
                              struct announced_result **rows, size_t *count, size_t *checked,
                              struct error *error);

#endif
