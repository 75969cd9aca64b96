/* What is known of an enterprise from others: what it shares, and how those related to it stand. */
#ifndef XINFENG_SCORE_AROUND_H
#define XINFENG_SCORE_AROUND_H

#include "score/engine.h"
#include "store/store.h"

struct around;

/* Makes ready to ask under a policy on a day in a period, for enterprises from first to last in
 * rising order. Free with around_free; the policy is borrowed. */
enum result around_new(struct around **around, struct store *store, const struct policy *policy,
                       date day, int64_t period, int64_t first, int64_t last, struct error *error);

/* What is known of one enterprise. What *known refers to is borrowed until the next call. */
enum result around_of(struct around *around, int64_t enterprise, struct score_around *known,
                      struct error *error);

/* NULL is harmless. */
void around_free(struct around *around);

#endif
