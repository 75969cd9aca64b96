/* Who can be sent to check (执法检查人员名录库): the inspectors of the registry who hold on the day
 * of the check, frozen with a plan before its seed is known. Owns the table plan_roster. */
#ifndef XINFENG_PLAN_STAFF_H
#define XINFENG_PLAN_STAFF_H

#include "draw/frame.h"
#include "draw/roster.h"
#include "plan/plan.h"

/* Reasons to leave an inspector out: code, English words. */
#define STAFF_LEFT_OUT_TABLE(X)                                                                    \
    X(inactive, N_("not in service"))                                                              \
    X(undated, N_("no last day of the certificate"))                                               \
    X(expired, N_("certificate over by the day of the check"))                                     \
    X(unqualified, N_("not qualified for the matter"))                                             \
    X(elsewhere, N_("of a region where nobody is in the frame"))

enum staff_left_out {
#define STAFF_LEFT_OUT_ENUM(code, words) STAFF_##code,
    STAFF_LEFT_OUT_TABLE(STAFF_LEFT_OUT_ENUM)
#undef STAFF_LEFT_OUT_ENUM
        STAFF_LEFT_OUT_COUNT
};

/* The stable code of a reason and its translated words. */
const char *staff_left_out_code(enum staff_left_out reason);
const char *staff_left_out_name(enum staff_left_out reason);

/* Why somebody is left out whatever the plan, by state and last day of the certificate;
 * STAFF_LEFT_OUT_COUNT when he holds on the day. */
enum staff_left_out staff_standing(const char *state, date until, date day);

struct staff_counts {
    int64_t known; /* inspectors of the registry */
    int64_t left_out[STAFF_LEFT_OUT_COUNT];
};

/* The last day of a plan's checks, on which certificates must hold; else its first; else today. */
date staff_check_day(const struct plan_scope *scope, const struct clock *clock);

/* Makes the roster of a plan over its frame; free with draw_roster_free. *roster is NULL when the
 * registry has no inspectors. */
enum result staff_roster(struct store *store, const struct plan_scope *scope, date day,
                         const struct draw_frame *frame, struct draw_roster **roster,
                         struct staff_counts *counts, struct error *error);

/* Keeps the frozen roster of a plan, with its digest and who was left out, and journals that. */
enum result staff_keep(struct store *store, const struct actor *actor, const struct plan *plan,
                       const struct draw_roster *roster, const struct staff_counts *counts,
                       struct error *error);

/* How many inspectors were left out of a plan's roster, by reason. */
void staff_left_out_counts(const struct plan *plan, int64_t counts[static STAFF_LEFT_OUT_COUNT]);

/* Loads it; free with draw_roster_free. RESULT_REFUSED when the plan has none, RESULT_DAMAGED when
 * its digest is not the plan's. */
enum result staff_load(struct store *store, const struct plan *plan, struct draw_roster **roster,
                       struct error *error);

/* How many inspectors of the registry are in service, whatever their certificates. */
enum result staff_in_service(struct store *store, int64_t *count, struct error *error);

#endif
