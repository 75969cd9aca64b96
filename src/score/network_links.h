/* Who has relations with whom: the links of a network, in memory. Enterprises are known by their
 * places in a list of ids, parties by numbers of their own. */
#ifndef XINFENG_SCORE_NETWORK_LINKS_H
#define XINFENG_SCORE_NETWORK_LINKS_H

#include "base/date.h"
#include "base/result.h"
#include "score/id_list.h"
#include "score/text_table.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A relation, seen from one of its ends. */
struct link {
    uint32_t end;  /* the other end: a party, or the place of an enterprise */
    uint32_t type; /* enum relation_type */
};

/* Links by one of their ends: end n has those from starts[n] to starts[n + 1]. */
struct link_table {
    uint32_t *starts;
    struct link *links;
};

struct links {
    const struct id_list *ids; /* whose places are meant */
    struct link_table parties; /* party to enterprises */
    struct link_table of;      /* enterprise to parties */
    struct link_table selves;  /* enterprise to the parties that are itself */
    uint32_t *self;            /* by party: the place of the enterprise it is, the youngest its
                                  relations name, and 1; or 0 */
    struct text_key *keys;     /* by party: the key of its text; NULL once forgotten */
    uint32_t party_count;
};

/* Loads all relations in force on a day. The list has all enterprises and must outlive the links.
 */
enum result links_load(struct links *links, struct store *store, date day,
                       const struct id_list *ids, struct error *error);

/* Loads those up to so many hops around some enterprises, and fills the list with who is in them.
 */
enum result links_load_around(struct links *links, struct store *store, date day,
                              const struct id_list *of, int64_t hops, struct id_list *ids,
                              struct error *error);

/* Lets go of the keys of parties. */
void links_forget_keys(struct links *links);

/* True when the enterprise at a place has any relation. */
bool links_any(const struct links *links, size_t place);

/* Places in rising order, each once. */
struct place_set {
    uint32_t *places;
    size_t count;
    size_t capacity;
};

/* Gathers the enterprises that relations of the types (bits) relate to one, within so many hops,
 * without itself. False when memory is short. */
bool links_around(const struct links *links, size_t place, uint32_t types, int64_t hops,
                  struct place_set *around);

void links_clear(struct links *links);

#endif
