/* What a plan asks of a result, entered or taken in. Not for other folders. */
#ifndef XINFENG_PLAN_OUTCOME_RULE_H
#define XINFENG_PLAN_OUTCOME_RULE_H

#include "plan/plan.h"
#include "registry/record.h"

/* A drawn unit as results speak of it. Texts live in an arena. */
struct outcome_unit {
    int64_t place;
    int64_t enterprise;
    const char *unit;
    const char *name;
};

/* RESULT_REFUSED unless results of the plan may be entered and changed: it is locked. */
enum result outcome_rule_state(const struct plan *plan, struct error *error);

/* Finds a unit of a plan by its code, or by any code of the enterprise it is. RESULT_REFUSED when
 * the plan did not draw it, or another stands in for it. */
enum result outcome_rule_unit(struct store *store, const struct plan *plan, const char *word,
                              struct arena *arena, struct outcome_unit *unit, struct error *error);

/* Spells a matter as the plan does; one that is not said is all of the plan's. A plan has one, or
 * several, or is for any; what is new lives in the arena. RESULT_REFUSED when it inspects another.
 */
enum result outcome_rule_matter(struct store *store, const struct plan *plan, struct arena *arena,
                                const char **matter, struct error *error);

/* Checks the values of a result (in the order of INSPECTION_RESULT_COLUMNS, its enterprise set)
 * against its plan on a day, and spells matter and codes as the plan and the forms do. A matter
 * that is not said is the plan's, inspectors are the unit's team; new texts live in the arena.
 * RESULT_REFUSED: the plan cannot have it; RESULT_USAGE: a value cannot be. */
enum result outcome_rule_check(struct store *store, const struct plan *plan, date today,
                               struct record_value *values, struct arena *arena,
                               struct error *error);

#endif
