/* A small registry in a scratch database, for the tests of what stands on the store. */
#ifndef XINFENG_TESTS_COUNTY_H
#define XINFENG_TESTS_COUNTY_H

#include "base/arena.h"
#include "base/uscc.h"
#include "registry/enterprise.h"
#include "registry/fact.h"
#include "registry/fact_type.h"
#include "store/store.h"
#include "unit/random.h"

/* A database with a policy in force, and who works with it: the officer proposes, the approver
 * approves. Both read the same clock. */
struct county {
    struct store *store;
    struct arena *arena; /* for whatever a test loads */
    struct enterprise_writer *enterprises;
    struct fact_writer *facts;
    struct actor officer;
    struct actor approver;
    struct error error;
};

/* Opens a county on a day, under a policy (NULL: the built-in one). Close with county_close. */
void county_open(struct county *county, const char *policy, date today);

void county_close(struct county *county);

/* Moves both persons' clock. */
void county_today(struct county *county, date today);

/* A valid USCC of Hutubi county, the same for the same number. */
const char *county_uscc(int number, char uscc[static USCC_SIZE]);

/* Adds an enterprise with that USCC and gives its id; what `known` says more of it is kept. */
int64_t county_add(struct county *county, int number, const struct enterprise *known);

/* Adds a fact to an enterprise and gives its id. The record keeps alike facts apart. */
int64_t county_fact(struct county *county, int64_t enterprise, const struct fact *fact,
                    const char *record);

/* Adds enterprises numbered from 1, with facts, all made at random from the state. */
void county_fill(struct county *county, random_state *state, int enterprises);

/* One number from the database. */
int64_t county_count(struct county *county, const char *sql);

/* All rows of a query as one text, in the arena: equal texts mean equal rows. */
const char *county_dump(struct county *county, const char *sql);

/* Fails the test unless the last call ended so, with these words in its sentence. */
void county_expect(struct county *county, enum result code, enum result expected,
                   const char *words);

#endif
