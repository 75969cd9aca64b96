/* The teams of a draw from the seed to today: assigned by the rule, then changed one by one. All of
 * it follows from frame, roster, seed and the list of changes, so it can be computed again. */
#ifndef XINFENG_DRAW_TEAM_HISTORY_H
#define XINFENG_DRAW_TEAM_HISTORY_H

#include "base/arena.h"
#include "draw/frame.h"
#include "draw/roster.h"

/* A change. Of a unit that came in later: leaves and comes are NULL, and its team is the next by
 * the rule. Else a member leaves a team and another comes: by the rule, or chosen by a person. */
struct draw_team_change {
    const char *unit;
    const char *leaves; /* staff numbers */
    const char *comes;
    bool by_person;
    const char *reason;
};

/* What teams follow from. */
struct draw_team_source {
    const struct draw_frame *frame;
    const struct draw_roster *roster;
    const char *draw_id;
    const char *seed;
    const char *const *units; /* those that had a team from the draw on, in any order */
    size_t unit_count;
    const struct draw_team_change *changes; /* in the order in which they were made */
    size_t change_count;
};

/* A unit with its team as places in the roster. */
struct draw_team_entry {
    const char *unit; /* id; owned by the frame */
    const char *region;
    char ticket[DIGEST_HEX_SIZE];
    uint32_t team[TEAM_SIZE_MOST];
};

struct draw_team_history {
    uint32_t size;                    /* of a team */
    uint32_t load;                    /* L* */
    struct draw_team_entry *assigned; /* by ticket: units that had a team from the draw on */
    size_t assigned_count;
    struct draw_team_entry *changed; /* one a change: the team after it */
    size_t changed_count;
};

/* Computes it; all lives in the arena. RESULT_MISMATCH with a sentence when a unit is not in the
 * frame, teams cannot be assigned, or a change is none that could be made. */
enum result draw_team_replay(const struct draw_team_source *source, struct arena *arena,
                             struct draw_team_history *history, struct error *error);

#endif
