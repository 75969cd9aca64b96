/* Who has relations with whom: the links of a network, in memory. Shared by the files of network.
 */
#ifndef XINFENG_SCORE_NETWORK_LINKS_H
#define XINFENG_SCORE_NETWORK_LINKS_H

#include "base/date.h"
#include "base/result.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An enterprise's relation with a party. */
struct link {
    int64_t enterprise;
    uint32_t party;
    uint32_t type; /* enum relation_type */
};

struct links {
    struct link *by_party;      /* party n has those from starts[n] to starts[n + 1] */
    struct link *by_enterprise; /* the same, by enterprise */
    size_t count;
    size_t *starts;
    uint32_t parties;
    struct link *selves; /* parties that are enterprises themselves, by enterprise */
    int64_t *self;       /* party n's own enterprise, the youngest its relations name, or 0 */
    size_t self_count;
    int64_t *enterprises; /* all of them, each once, rising */
    size_t enterprise_count;
};

/* Loads the relations in force on a day: all, or with an enterprise those up to hops around it. */
enum result links_load(struct links *links, struct store *store, date day, int64_t enterprise,
                       int64_t hops, struct error *error);

/* A set of ids. */
struct id_set {
    int64_t *ids;
    size_t count;
    size_t capacity;
};

/* Adds an id, not looking whether it is there; false when memory is short. */
bool id_set_add(struct id_set *set, int64_t id);

/* Sorts the ids and keeps each once. */
void id_set_settle(struct id_set *set);

/* Gathers the enterprises that relations of the types (bits) relate to one, within so many hops,
 * without itself; settled. False when memory is short. */
bool links_around(const struct links *links, int64_t enterprise, uint32_t types, int64_t hops,
                  struct id_set *around);

void links_clear(struct links *links);

#endif
