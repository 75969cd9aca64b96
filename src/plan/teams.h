/* Who is sent where (随机选派): the teams of a drawn plan, by its frozen roster and seed. Owns the
 * table plan_member. */
#ifndef XINFENG_PLAN_TEAMS_H
#define XINFENG_PLAN_TEAMS_H

#include "draw/roster.h"
#include "plan/plan.h"

/* Assigns teams to the units of a drawn plan, once. RESULT_REFUSED when the plan is not drawn or
 * has teams, or when there is no assignment: the sentence names the units and the inspectors who
 * are too few for them. */
enum result plan_team(struct store *store, const struct actor *actor, int64_t id,
                      const struct progress *progress, struct error *error);

/* A member of a team. Texts live in the arena. */
struct team_member {
    int64_t place;      /* of the unit */
    const char *number; /* staff number */
    const char *name;   /* as the roster has it */
};

/* Loads the members of units with places from first to last, in the order in which they were taken;
 * none when the plan has no teams. */
enum result teams_load(struct store *store, const struct plan *plan, int64_t first, int64_t last,
                       struct arena *arena, struct team_member **members, size_t *count,
                       struct error *error);

/* The names of the teams of `count` units from a place on, each team's in one text: names[0] is
 * that of the first. *names is NULL when none of them has a team. */
enum result teams_names(struct store *store, const struct plan *plan, int64_t first, size_t count,
                        struct arena *arena, const char ***names, struct error *error);

/* Puts an inspector into a seat (from 1) of a unit's team, in place of who had it. Inside a
 * transaction of the caller. */
enum result teams_seat(struct store *store, int64_t plan, const char *unit, int64_t seat,
                       const char *inspector, struct error *error);

/* The team of a unit as places in the plan's roster, in the order of seats; none when it has no
 * team. */
enum result teams_members(struct store *store, int64_t plan, const char *unit,
                          const struct draw_roster *roster, uint32_t members[static TEAM_SIZE_MOST],
                          uint32_t *count, struct error *error);

#endif
