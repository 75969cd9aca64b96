/* What the files of plan/ share about the table annual_plan. Not for other folders. */
#ifndef XINFENG_PLAN_ANNUAL_ROW_H
#define XINFENG_PLAN_ANNUAL_ROW_H

#include "plan/annual.h"

/* RESULT_REFUSED, saying what is missing, unless the annual plan stands in this state. */
enum result annual_expect(const struct annual *annual, enum annual_state state,
                          struct error *error);

/* Journals a step of an annual plan. */
enum result annual_journal(struct store *store, const struct actor *actor, const char *action,
                           int64_t id, const char *reason, const char *after, struct error *error);

#endif
