/* The flow behind teams: how many units of a kind go to which inspector. Units who may have the
 * same inspectors, want as many and need an expert alike are of one kind and told apart by nobody,
 * so the flow is small. Not for other folders. */
#ifndef XINFENG_DRAW_TEAM_FLOW_H
#define XINFENG_DRAW_TEAM_FLOW_H

#include "draw/team.h"

/* Units of one kind that have no team yet. */
struct team_kind {
    const struct team_unit *unit; /* one of them */
    uint32_t left;                /* how many */
    uint32_t plain;               /* places of theirs that are given to others than experts */
    uint32_t *flow;               /* by inspector: how many of them it is given, at most left */
};

struct team_flow {
    const struct team_request *request;
    struct team_kind *kinds;
    size_t kind_count;
    uint32_t *kind_of;   /* by unit */
    uint32_t *loads;     /* by inspector, teams that are settled and flow together */
    uint32_t most;       /* no load goes beyond */
    uint32_t *came_from; /* of a search: by node, the node before it and 1; 0: not reached */
    uint32_t *queue;
    size_t queue_count;
    size_t node_count;
};

/* Sorts the units into kinds. Release with team_flow_clear in any case. */
enum result team_flow_make(struct team_flow *flow, const struct team_request *request,
                           struct error *error);
void team_flow_clear(struct team_flow *flow);

/* Gives every unit its places with the smallest most there is, or with none. False when there is
 * none within load_most: what the last search reached is the reason (team_flow_reached_kind). */
bool team_flow_fill(struct team_flow *flow);

/* True when the last search came to a kind. */
bool team_flow_reached_kind(const struct team_flow *flow, size_t kind);

/* Takes one unit out of its kind, with inspectors that leave the rest possible: fills team with as
 * many as it wants. The loads stay. */
void team_flow_take(struct team_flow *flow, uint32_t kind, uint32_t team[static TEAM_SIZE_MOST]);

/* Puts an inspector into the team of a unit that was taken out, in place of one of the members from
 * `settled` on, if the rest stays possible. */
bool team_flow_force(struct team_flow *flow, const struct team_unit *unit,
                     uint32_t team[static TEAM_SIZE_MOST], uint32_t settled, uint32_t inspector);

/* True when an inspector may go to a unit. */
static inline bool team_eligible(const struct team_unit *unit, size_t inspector) {
    return (unit->eligible[inspector / 64] >> (inspector % 64) & 1) != 0;
}

#endif
