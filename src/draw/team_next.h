/* One more team after the others are made: for a unit that came in later, or when a member of a
 * team cannot go. */
#ifndef XINFENG_DRAW_TEAM_NEXT_H
#define XINFENG_DRAW_TEAM_NEXT_H

#include "draw/roster.h"

/* A team to be filled up. */
struct draw_team_gap {
    const struct draw_roster *roster;
    struct draw_team_unit unit;
    const uint32_t *loads; /* units of each inspector of the roster so far */
    uint32_t out;          /* an inspector who may not be taken; UINT32_MAX: nobody */
};

/* Fills a team that has `kept` members up to the size of the roster's rule: one seat after another
 * goes to the first who may go, is not in it yet and, where an expert is required, leaves a seat
 * for one; inspectors in the order of (load so far, SHA-256(key || unit || "\n" || inspector)) as
 * in team_assign. RESULT_REFUSED without a sentence when there is nobody. */
enum result draw_team_fill(const struct draw_team_gap *gap, const char *draw_id, const char *seed,
                           uint32_t members[static TEAM_SIZE_MOST], uint32_t kept,
                           struct error *error);

/* True when these members may go to the unit together: each may, nobody twice, an expert among them
 * where one is required, as many as the rule asks for. */
bool draw_team_holds(const struct draw_roster *roster, const struct draw_team_unit *unit,
                     const uint32_t *members, uint32_t count);

/* The place of an inspector in the roster by staff number; UINT32_MAX when he is not in it. */
uint32_t draw_roster_find(const struct draw_roster *roster, const char *number);

#endif
