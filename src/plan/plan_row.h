/* What the files of plan/ share about the table plan. Not for other folders. */
#ifndef XINFENG_PLAN_PLAN_ROW_H
#define XINFENG_PLAN_PLAN_ROW_H

#include "plan/plan.h"

/* RESULT_REFUSED, saying what is missing, unless the plan stands in this state. */
enum result plan_expect(const struct plan *plan, enum plan_state state, struct error *error);

/* Journals a step of a plan. */
enum result plan_journal(struct store *store, const struct actor *actor, const char *action,
                         const char *number, const char *reason, const char *after,
                         struct error *error);

#endif
