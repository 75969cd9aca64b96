/* What the plans of a span of days came to (抽查工作统计): by class, by matter, by department. */
#ifndef XINFENG_PLAN_STATISTICS_H
#define XINFENG_PLAN_STATISTICS_H

#include "base/arena.h"
#include "base/date.h"
#include "plan/estimate.h"
#include "policy/policy.h"
#include "store/store.h"

/* One row. Texts live in the arena. */
struct statistics_row {
    const char *name; /* matter or department; "" where a plan names none */
    int64_t plans;
    int64_t drawn;
    int64_t checked; /* with a result */
    int64_t found;   /* of these, with a problem */
};

struct statistics {
    struct statistics_row all;
    struct statistics_row classes[CLASS_COUNT];
    struct statistics_row *matters;
    size_t matter_count;
    struct statistics_row *departments; /* those without plans too: of the library of inspectors */
    size_t department_count;
    struct estimate estimate; /* of the share of problems in the strata that were checked */
};

/* Sums up the plans that were drawn in a span (both days included) and are not void; units that
 * another stands in for are left out. */
enum result statistics_load(struct store *store, date from, date to, struct arena *arena,
                            struct statistics *statistics, struct error *error);

#endif
