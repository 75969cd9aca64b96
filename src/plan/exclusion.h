/* Who is left out of a frame before it is frozen, and in which grade the others are (draw.md,
 * frame): what the registry says of all enterprises is read at once, then each is judged in memory.
 */
#ifndef XINFENG_PLAN_EXCLUSION_H
#define XINFENG_PLAN_EXCLUSION_H

#include "plan/plan.h"
#include "score/listing.h"

/* Reasons to leave an enterprise out, in the order in which they are looked for: code, English
 * words. */
#define PLAN_EXCLUSION_TABLE(X)                                                                    \
    X(deregistered, N_("cancelled, revoked, withdrawn or moved out"))                              \
    X(no_code, N_("neither USCC nor registration number"))                                         \
    X(annual_cap, N_("inspected this year as often as may be"))                                    \
    X(round_done, N_("drawn in this round of the annual task"))                                    \
    X(recently_inspected, N_("inspected a short while ago"))                                       \
    X(observation, N_("in its observation period, and nothing triggers an inspection"))

enum plan_exclusion {
#define PLAN_EXCLUSION_ENUM(code, words) PLAN_EXCLUDED_##code,
    PLAN_EXCLUSION_TABLE(PLAN_EXCLUSION_ENUM)
#undef PLAN_EXCLUSION_ENUM
        PLAN_EXCLUSION_COUNT
};

/* The stable code of a reason and its translated words. */
const char *plan_exclusion_code(enum plan_exclusion reason);
const char *plan_exclusion_name(enum plan_exclusion reason);

struct exclusions;

/* Reads what judging needs for a scope over a period. Days count back from the first day of the
 * inspection, else from today, else (DATE_NONE) from the last of the period's month. Approved
 * overrides of the kind observe leave their enterprise out for their time, in classes A and B, key
 * fields excepted, until something triggers it (X19). Free with exclusions_free. */
enum result exclusions_load(struct exclusions **exclusions, struct store *store, int64_t period,
                            const struct plan_scope *scope, date today, struct error *error);

/* The reason to leave a row out; PLAN_EXCLUSION_COUNT when there is none. */
enum plan_exclusion exclusions_judge(const struct exclusions *exclusions,
                                     const struct listing_row *row);

/* The grade of a row in the frame, "" for none; owned by the exclusions. A key field whose grade
 * has a lower rate in the measures than key fields have is of the grade PLAN_KEY_GRADE: the safety
 * floor wins (X18). */
const char *exclusions_grade(const struct exclusions *exclusions, const struct listing_row *row,
                             const struct draw_measures *measures);

/* NULL is harmless. */
void exclusions_free(struct exclusions *exclusions);

#endif
