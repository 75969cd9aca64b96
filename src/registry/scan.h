/* Goes over the whole registry in order of enterprises, each with its facts: what a period run
 * reads. Memory does not grow with the number of facts. */
#ifndef XINFENG_REGISTRY_SCAN_H
#define XINFENG_REGISTRY_SCAN_H

#include "registry/enterprise.h"
#include "registry/fact.h"
#include "store/statement.h"

struct registry_scan;

/* One enterprise and all its facts in order of id. Borrowed until the next call. The facts carry
 * only what scoring reads: id, type, status, days, amount, level. */
struct registry_subject {
    struct enterprise enterprise;
    const struct fact *facts;
    size_t fact_count;
};

/* Starts at the enterprise with id first, ends behind last. Free with registry_scan_free. */
enum result registry_scan_new(struct registry_scan **scan, struct store *store, int64_t first,
                              int64_t last, struct error *error);

/* Goes on to the next enterprise; *more tells whether there was one. */
enum result registry_scan_next(struct registry_scan *scan, struct registry_subject *subject,
                               bool *more, struct error *error);

void registry_scan_free(struct registry_scan *scan);

/* The facts with ids between two, with what scoring reads, and one row of it as a fact. */
#define REGISTRY_SCAN_FACTS                                                                        \
    "SELECT id, type, status, occurred_on, ended_on, amount, level FROM fact "                     \
    "WHERE id BETWEEN ? AND ? ORDER BY id"
struct fact registry_scan_fact(struct statement *row);

/* The same of all facts of some types (bits, ?1) that are valid and in force on a day (?2). */
#define REGISTRY_SCAN_FACTS_IN_FORCE                                                               \
    "SELECT id, type, status, occurred_on, ended_on, amount, level FROM fact "                     \
    "WHERE ?1 >> type & 1 AND status = 0 AND occurred_on <= ?2 "                                   \
    "AND (ended_on IS NULL OR ended_on > ?2) ORDER BY id"

/* How many enterprises and facts there are. */
enum result registry_count(struct store *store, int64_t *enterprises, int64_t *facts,
                           struct error *error);

#endif
