/* How many other enterprises share an address, a telephone number, a legal representative or an
 * agent (O12: one address or one person with many enterprises). */
#ifndef XINFENG_SCORE_SHARE_H
#define XINFENG_SCORE_SHARE_H

#include "base/date.h"
#include "policy/policy.h"
#include "score/network_links.h"
#include "store/store.h"

/* What makes two enterprises share something: an SQL expression over the row e of the table
 * enterprise that gives the same text for both, NULL where it is not known; ?1 is the day. Blanks
 * (in telephone numbers hyphens too) do not count. A legal representative is known by the relation
 * in force, which tells persons of one name apart, else by the name the registry has. */
const char *share_key(enum policy_share share);

/* The kinds that a policy has indicators of, as bits. */
unsigned share_wanted(const struct policy *policy);

/* True when counting these kinds for everybody needs links with the keys of parties. */
bool share_needs_links(unsigned wanted);

struct share;

/* Makes the indexes of the registry by which the others of one enterprise are found, unless they
 * are there or nobody is. They are no part of the schema because building them once, over a
 * registry that stands, is far cheaper than keeping them while a large file comes in. To be called
 * before a run and not within its change, so that its threads can read. */
enum result share_make_indexes(struct store *store, struct error *error);

/* Makes ready to ask on a day for a few enterprises, each by SQL, or for all. share_new_all goes
 * over the registry once and fills ids, an empty list that must outlive the share, with everybody;
 * share_count does what needs links. Then nothing is read from the store any more, and several
 * threads may ask. Free with share_free. */
enum result share_new(struct share **share, struct store *store, unsigned wanted, date day,
                      struct error *error);
enum result share_new_all(struct share **share, struct store *store, unsigned wanted, date day,
                          struct id_list *ids, struct error *error);
enum result share_count(struct share *share, const struct links *links, struct error *error);

/* The numbers of others for one enterprise; -1 where it is not known what it has, or the kind is
 * not wanted. */
enum result share_of(const struct share *share, int64_t enterprise,
                     int64_t others[static POLICY_SHARE_COUNT], struct error *error);

/* NULL is harmless. */
void share_free(struct share *share);

#endif
