/* What is known of an enterprise from others: what it shares, and how those related to it stand. */
#ifndef XINFENG_SCORE_AROUND_H
#define XINFENG_SCORE_AROUND_H

#include "policy/policy_store.h"
#include "score/engine.h"
#include "score/id_list.h"
#include "score/network.h"
#include "store/store.h"

struct around;

/* Makes ready to ask under some policies, at most POLICY_SET_MOST, on a day in a period: for some
 * enterprises (a settled list) or, with NULL, for any. For all the registry is gone over once, for
 * all policies; nothing is read from the store afterwards, and several threads may ask, each with a
 * space of its own. For some, what is around each is looked up. Free with around_free; the policies
 * are borrowed. */
enum result around_new(struct around **around, struct store *store, struct policy *const *policies,
                       size_t count, date day, int64_t period, const struct id_list *of,
                       struct error *error);

/* What is known of one enterprise, for the policy of a place among those given. What *known refers
 * to is borrowed from the space until its next question. */
enum result around_of(const struct around *around, size_t policy, struct network_space *space,
                      int64_t enterprise, struct score_around *known, struct error *error);

/* NULL is harmless. */
void around_free(struct around *around);

#endif
