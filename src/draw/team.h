/* Teams (随机选派执法检查人员): which inspectors check which unit. The load is as even as it can
 * be, and who goes is decided by the public seed.
 *
 * L* is the smallest load that the busiest inspector can have. In the order of the units' tickets
 * each unit takes the first team, inspectors ordered by (load so far, SHA-256(key || unit || "\n"
 * || inspector)) and teams by their members in that order, that has an expert where one is required
 * and leaves the rest possible at L*. */
#ifndef XINFENG_DRAW_TEAM_H
#define XINFENG_DRAW_TEAM_H

#include "base/progress.h"
#include "base/result.h"
#include "draw/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Largest team. */
#define TEAM_SIZE_MOST 8

struct team_inspector {
    const char *id;
    bool expert;
};

/* A unit to be checked. */
struct team_unit {
    const char *id;
    uint32_t size; /* of its team, 1 to TEAM_SIZE_MOST */
    bool expert;   /* one of the team must be an expert */
    /* Who may go, one bit an inspector, in (inspectors + 63) / 64 words: qualified, of its region,
     * not recused. */
    const uint64_t *eligible;
};

/* What to assign. Units in the order of their tickets. */
struct team_request {
    const struct team_inspector *inspectors;
    size_t inspector_count;
    const struct team_unit *units;
    size_t unit_count;
    uint32_t load_most;   /* most units an inspector may get; 0: any number */
    struct draw_key *key; /* of the draw, DRAW_PURPOSE_INSPECTOR */
    const struct progress *progress;
};

/* Why there is no assignment: these units together need more than these inspectors can give. */
struct team_block {
    uint32_t *units;
    size_t unit_count;
    uint32_t *inspectors; /* all who may go to any of them */
    size_t inspector_count;
};

struct team_result {
    uint32_t load;     /* L* */
    uint32_t *members; /* of unit i from starts[i] to starts[i + 1], in the order they were taken */
    size_t *starts;
    uint32_t *loads;         /* by inspector */
    struct team_block block; /* when there is no assignment */
};

/* Assigns teams. RESULT_REFUSED without a sentence when there is no assignment: the block then says
 * why, and the caller names it; RESULT_CANCELLED. Release with team_result_clear in any case. */
enum result team_assign(const struct team_request *request, struct team_result *result,
                        struct error *error);

void team_result_clear(struct team_result *result);

#endif
