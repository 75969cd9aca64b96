/* Results of the units of a locked plan (O8): entered, corrected, taken back, followed up. A result
 * is a record of the registry and a fact; the enterprise is scored anew at once. Owns the table
 * plan_follow_up. */
#ifndef XINFENG_PLAN_OUTCOME_H
#define XINFENG_PLAN_OUTCOME_H

#include "plan/plan.h"
#include "registry/save.h"

/* What a person says of an inspection. Texts are borrowed; NULL or "": not said. */
struct outcome_entry {
    const char *unit;       /* USCC, or registration number, of the household */
    const char *matter;     /* NULL: the plan's */
    const char *inspectors; /* NULL: the team of the unit */
    date completed_on;      /* from the day of the draw to today */
    const char *method;     /* codes of registry/inspection_code.h, or their words */
    const char *result;
    const char *follow_up;
    const char *note;
};

/* How an enterprise stands in the newest period. */
struct outcome_standing {
    enum risk_class risk_class; /* CLASS_COUNT: it has no class */
    int64_t centipoints;
};

/* What an entry came to. */
struct outcome_effect {
    enum save_outcome saved;
    int64_t enterprise;
    struct outcome_standing before;
    struct outcome_standing after;
    bool counted; /* false: the newest period is closed, or over before the day of the inspection,
                   * so that the result counts from the next one on */
};

/* Enters the result of a unit, or corrects it: what the entry does not say is unknown then. Result,
 * method, follow-up and day have to be said. RESULT_REFUSED when the plan is not locked, did not
 * draw the unit or does not inspect the matter; RESULT_USAGE for a value that cannot be. */
enum result outcome_enter(struct store *store, const struct actor *actor, int64_t id,
                          const struct outcome_entry *entry, struct outcome_effect *effect,
                          struct error *error);

/* Takes the result of a unit back, with a reason; its fact scores nothing any more. RESULT_REFUSED
 * as outcome_enter, RESULT_NOT_FOUND when there is no result. */
enum result outcome_withdraw(struct store *store, const struct actor *actor, int64_t id,
                             const char *unit, const char *matter, const char *reason,
                             struct outcome_effect *effect, struct error *error);

/* What came of a case that was open. */
struct outcome_follow_up {
    date done_on;
    const char *document; /* NULL: none */
    const char *outcome;
};

/* Closes the case of a unit whose result called for something, or corrects what was said of it;
 * also after the plan was closed. RESULT_REFUSED when nothing is to follow, RESULT_USAGE for a day
 * before the inspection or after today. */
enum result outcome_follow(struct store *store, const struct actor *actor, int64_t id,
                           const char *unit, const char *matter,
                           const struct outcome_follow_up *follow_up, struct error *error);

#endif
