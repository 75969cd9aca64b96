/* The network of related enterprises (O9: 关联关系), as indicators of relations see it. A relation
 * leads from an enterprise to its other party; a party with whom several have relations of the
 * kinds that are asked for leads on to all of them, and to the enterprise it is itself. That is one
 * hop. */
#ifndef XINFENG_SCORE_NETWORK_H
#define XINFENG_SCORE_NETWORK_H

#include "score/engine.h"
#include "store/store.h"

struct network;

/* Makes ready to ask under a policy on a day in a period, for one enterprise or, with 0, for any.
 * Free with network_free. *network is NULL when the policy has no indicator of the kind. */
enum result network_new(struct network **network, struct store *store, const struct policy *policy,
                        date day, int64_t period, int64_t enterprise, struct error *error);

/* How an enterprise stands: one a indicator of the policy, NULL when it has no relations. Borrowed
 * until the next call. */
enum result network_of(struct network *network, int64_t enterprise,
                       const struct score_related **related, struct error *error);

/* NULL is harmless. */
void network_free(struct network *network);

#endif
