/* One visit instead of several (综合查一次): enterprises that plans which are under way have drawn
 * more than once, across matters and departments. */
#ifndef XINFENG_PLAN_VISITS_H
#define XINFENG_PLAN_VISITS_H

#include "plan/plan.h"

/* An enterprise that several plans are to inspect. Texts live in the arena. */
struct merged_visit {
    int64_t enterprise;
    const char *unit;
    const char *name;
    const char *region;      /* division code; "" when not known */
    int64_t plans;           /* how many plans */
    const char *numbers;     /* of the plans, joined by blanks, in order */
    const char *matters;     /* of the plans, joined */
    const char *departments; /* of the plans, each once, joined */
};

/* Loads those that plans DRAWN or LOCKED in a year are to inspect and have no result of yet, the
 * ones in most plans first. *saved is how many visits are spared when each is visited once. */
enum result visits_load(struct store *store, int year, struct arena *arena,
                        struct merged_visit **visits, size_t *count, int64_t *saved,
                        struct error *error);

#endif
