/* What the law allows a plan (X17): measures stay within the ceilings of the matters inspected, and
 * nobody is inspected more often in a year than policy, matters and plan say. */
#ifndef XINFENG_PLAN_CEILING_H
#define XINFENG_PLAN_CEILING_H

#include "plan/matters.h"
#include "plan/plan.h"

/* What the matters of a plan allow together. Texts live in the arena. */
struct plan_ceiling {
    int64_t rate;            /* lowest of their highest shares, hundredths of a percent;
                                RECORD_UNKNOWN: none is stated */
    const char *rate_matter; /* the matter that states it; NULL */
    int64_t times;           /* lowest of their most visits a year; RECORD_UNKNOWN */
    uint32_t methods;        /* those that every matter allows; 0: any */
    struct plan_matter *matters;
    size_t matter_count;
};

/* Settles what a scope says in words: matters that the library knows (scope->matters, and their
 * titles in scope->matter), and, but for batches of an annual plan, the caps: the policy's times of
 * the class, no more than scope->cap and than any matter allows. New texts live in the arena.
 * RESULT_REFUSED when a matter is not in force, RESULT_NOT_FOUND as plan_matters_find. */
enum result ceiling_settle(struct store *store, struct plan_scope *scope, struct arena *arena,
                           struct error *error);

/* Loads the ceilings of a scope. */
enum result ceiling_load(struct store *store, const struct plan_scope *scope, struct arena *arena,
                         struct plan_ceiling *ceiling, struct error *error);

/* True when a rate is above the ceiling. */
bool ceiling_breached(const struct plan_ceiling *ceiling, struct draw_rate rate);

/* The methods a class is inspected with in a plan, as words: those of the policy that the matters
 * allow, or, where there are none, those of the matters; of a plan without ceilings the policy's
 * own words. */
const char *ceiling_methods(const struct plan_ceiling *ceiling, const char *policy_words,
                            struct arena *arena);

/* RESULT_REFUSED, naming class, rate and matter, when a rate of the plan is above the ceiling, or,
 * of a drawn plan, when more of a class are drawn than it allows, or when a matter is no longer in
 * force or in the library. A class that a plan takes whole
 * is no exception. */
enum result ceiling_check(struct store *store, const struct plan *plan, struct error *error);

#endif
