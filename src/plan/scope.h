/* Who is in a plan's frame and who is left out, with the reason (draw.md: exclusions are applied
 * before the freeze, each with a reason code and counted). */
#ifndef XINFENG_PLAN_SCOPE_H
#define XINFENG_PLAN_SCOPE_H

#include "base/progress.h"
#include "draw/frame.h"
#include "plan/plan.h"

/* Reasons to leave an enterprise out: code, English words. */
#define PLAN_EXCLUSION_TABLE(X)                                                                    \
    X(deregistered, N_("cancelled, revoked, withdrawn or moved out"))                              \
    X(no_code, N_("neither USCC nor registration number"))                                         \
    X(annual_cap, N_("drawn this year as often as its class may be"))                              \
    X(round_done, N_("drawn in this round of the annual task"))

enum plan_exclusion {
#define PLAN_EXCLUSION_ENUM(code, words) PLAN_EXCLUDED_##code,
    PLAN_EXCLUSION_TABLE(PLAN_EXCLUSION_ENUM)
#undef PLAN_EXCLUSION_ENUM
        PLAN_EXCLUSION_COUNT
};

/* The stable code of a reason and its translated words. */
const char *plan_exclusion_code(enum plan_exclusion reason);
const char *plan_exclusion_name(enum plan_exclusion reason);

/* How many there are. */
struct plan_counts {
    int64_t classes[CLASS_COUNT];           /* in the frame */
    int64_t excluded[PLAN_EXCLUSION_COUNT]; /* left out, by reason */
};

/* Counts who would be in a frame: what a screen shows while a scope is chosen. */
enum result plan_scope_count(struct store *store, int64_t period, const struct plan_scope *scope,
                             struct plan_counts *counts, struct error *error);

/* Makes the frame; free with draw_frame_free. RESULT_REFUSED when nobody is in it. */
enum result plan_scope_frame(struct store *store, int64_t period, const struct plan_scope *scope,
                             const struct progress *progress, struct draw_frame **frame,
                             struct plan_counts *counts, struct error *error);

#endif
