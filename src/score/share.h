/* How many other enterprises share an address, a telephone number, a legal representative or an
 * agent (O12: one address or one person with many enterprises). */
#ifndef XINFENG_SCORE_SHARE_H
#define XINFENG_SCORE_SHARE_H

#include "base/date.h"
#include "policy/policy.h"
#include "store/store.h"

/* What makes two enterprises share something: an SQL expression over the row e of the table
 * enterprise that gives the same text for both, NULL where it is not known; ?1 is the day. Blanks
 * (in telephone numbers hyphens too) do not count. A legal representative is known by the relation
 * in force, which tells persons of one name apart, else by the name the registry has. */
const char *share_key(enum policy_share share);

struct share;

/* Makes ready to ask under a policy on a day, for the enterprises with ids from first to last, to
 * be asked for in rising order. Free with share_free. *share is NULL when the policy has no
 * indicator of the kind. */
enum result share_new(struct share **share, struct store *store, const struct policy *policy,
                      date day, int64_t first, int64_t last, struct error *error);

/* The numbers of others for one enterprise; -1 where it is not known what it has. */
enum result share_of(struct share *share, int64_t enterprise,
                     int64_t others[static POLICY_SHARE_COUNT], struct error *error);

/* NULL is harmless. */
void share_free(struct share *share);

#endif
