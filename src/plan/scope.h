/* Who is in a plan's frame and who is left out, with the reason (draw.md: exclusions are applied
 * before the freeze, each with a reason code and counted). */
#ifndef XINFENG_PLAN_SCOPE_H
#define XINFENG_PLAN_SCOPE_H

#include "base/progress.h"
#include "draw/frame.h"
#include "plan/exclusion.h"
#include "plan/plan.h"

/* How many there are. */
struct plan_counts {
    int64_t classes[CLASS_COUNT];           /* in the frame */
    int64_t excluded[PLAN_EXCLUSION_COUNT]; /* left out, by reason */
};

/* Counts who would be in a frame: what a screen shows while a scope is chosen. today as in
 * exclusions_load. */
enum result plan_scope_count(struct store *store, int64_t period, const struct plan_scope *scope,
                             date today, struct plan_counts *counts, struct error *error);

/* Makes the frame of a plan; free with draw_frame_free. RESULT_REFUSED when nobody is in it. */
enum result plan_scope_frame(struct store *store, const struct plan *plan, date today,
                             const struct progress *progress, struct draw_frame **frame,
                             struct plan_counts *counts, struct error *error);

#endif
