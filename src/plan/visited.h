/* Who was drawn how often in a year, so that nobody is drawn more often than may be (X17). */
#ifndef XINFENG_PLAN_VISITED_H
#define XINFENG_PLAN_VISITED_H

#include "plan/plan.h"

#include <stdint.h>

struct visited;

/* Counts the units of the plans of a year that are drawn and not void, whatever drew them and
 * without those that another stands in for, and the inspections of the year that files tell of
 * tasks that are no plan, and finds the last batch of an annual task that drew
 * each. A plan is of the year in which its inspection begins, or, where it does not say, in which
 * it was drawn. Free with visited_free. */
enum result visited_load(struct visited **visited, struct store *store, int year, int64_t task,
                         struct error *error);

/* How often an enterprise was drawn in the year. */
int64_t visited_in_year(const struct visited *visited, int64_t enterprise);

/* The last batch of the task that drew an enterprise, from 0; -1 when none did. */
int64_t visited_last_batch(const struct visited *visited, int64_t enterprise);

/* Sees that nobody of a scope is waiting to be drawn by another plan that is frozen: who that draws
 * would not be known, and could be drawn above the cap. RESULT_REFUSED naming the plan. */
enum result visited_settled(struct store *store, const struct plan *plan, struct error *error);

/* NULL is harmless. */
void visited_free(struct visited *visited);

#endif
