/* The network of related enterprises (O9: 关联关系), as a policy's indicators of relations see it.
 * A relation leads from an enterprise to its other party; a party with whom several have relations
 * of the kinds that are asked for leads on to all of them, and to the enterprise it is itself. That
 * is one hop. */
#ifndef XINFENG_SCORE_NETWORK_H
#define XINFENG_SCORE_NETWORK_H

#include "score/engine.h"
#include "score/network_links.h"
#include "store/store.h"

struct network;

/* The furthest hop that a policy's indicators of relations ask for; 0: it has none. */
int64_t network_hops(const struct policy *policy);

/* Makes ready to ask under a policy that has such indicators, on a day in a period; all: the links
 * are those of everybody. Policy and links are borrowed. Free with network_free. */
enum result network_new(struct network **network, struct store *store, const struct policy *policy,
                        const struct links *links, date day, int64_t period, bool all,
                        struct error *error);

/* Looks at everybody's facts and classes for several networks over the same links and day at once:
 * nothing is read from the store when they are asked afterwards, and several threads may ask.
 * Otherwise each enterprise is looked at when it is first met. NULL among them is passed over. */
enum result network_look_at_all(struct network *const *networks, size_t count, struct error *error);

/* What one asker needs for its answers. All zero before the first question. */
struct network_space {
    struct score_related *related; /* by indicator */
    struct place_set *around;
    struct id_list *hits;
    size_t count;
};

/* How an enterprise stands: one a indicator of the policy, NULL when it has no relations. Borrowed
 * from the space until its next question. */
enum result network_of(struct network *network, struct network_space *space, int64_t enterprise,
                       const struct score_related **related, struct error *error);

void network_space_clear(struct network_space *space);

/* NULL is harmless. */
void network_free(struct network *network);

#endif
