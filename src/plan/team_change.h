/* What is done to teams after they were assigned: a member who cannot go is swapped for another
 * (换人), a unit that came in later gets its team. Each change is kept with its reason, so that the
 * teams of today follow from those of the draw. Owns the table plan_team_change. */
#ifndef XINFENG_PLAN_TEAM_CHANGE_H
#define XINFENG_PLAN_TEAM_CHANGE_H

#include "draw/frame.h"
#include "plan/plan.h"

/* Who is swapped. */
struct team_swap {
    const char *unit;   /* USCC or registration number; NULL: all units of his without a result */
    const char *leaves; /* staff number or name of a member */
    const char *comes;  /* likewise who takes the seat; NULL: the next by load and ticket */
    const char *reason;
};

/* Swaps a member of the teams of a DRAWN or LOCKED plan and gives how many teams changed. All or
 * nothing: RESULT_REFUSED when one of them would not hold (recusal, region, expert, load, twice in
 * a team), naming the unit; RESULT_USAGE without a reason or for somebody who is not in the roster
 * or the team. */
enum result plan_swap(struct store *store, const struct actor *actor, int64_t id,
                      const struct team_swap *swap, int64_t *changed, struct error *error);

/* Gives units that came in their teams; does nothing when the plan has none. Inside a transaction
 * of the caller, who journals. RESULT_REFUSED when nobody is left for one of them. */
enum result team_change_add(struct store *store, const struct actor *actor, const struct plan *plan,
                            const struct draw_frame *frame, const char *const *units, size_t count,
                            const char *reason, struct error *error);

#endif
