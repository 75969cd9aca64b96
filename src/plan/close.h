/* The end of a plan: its results made public, and the plan closed. Owns the table plan_published.
 */
#ifndef XINFENG_PLAN_CLOSE_H
#define XINFENG_PLAN_CLOSE_H

#include "plan/plan.h"

/* Notes that the public notice came out on a day: every result completed by then that was not
 * public is from then on. Gives their number. RESULT_REFUSED when the plan is neither locked nor
 * closed or no result waits, RESULT_USAGE for a day after today. */
enum result plan_publish(struct store *store, const struct actor *actor, int64_t id, date on,
                         int64_t *count, struct error *error);

/* Why one unit has no result. Texts are borrowed. */
struct plan_missing {
    const char *unit; /* its code */
    const char *reason;
};

/* LOCKED -> CLOSED: with every result in, or a reason where one is missing, the unit's own or one
 * for all (NULL: none). RESULT_REFUSED naming units that lack both, or a unit that was given a
 * reason and has its result. */
enum result plan_close(struct store *store, const struct actor *actor, int64_t id,
                       const char *reason, const struct plan_missing *missing, size_t count,
                       struct error *error);

#endif
