/* The versions of policies in the database. Owns the table policy. */
#ifndef XINFENG_POLICY_POLICY_STORE_H
#define XINFENG_POLICY_POLICY_STORE_H

#include "guard/actor.h"
#include "policy/policy.h"
#include "store/store.h"

/* Checks a policy document and puts it into the database as published from today on; a published
 * version of the same code is retired. origin names the document in errors. */
enum result policy_store_publish(struct store *store, const char *text, const char *origin,
                                 const struct actor *actor, struct error *error);

/* The policy in force, and its id; free with policy_free. RESULT_NOT_FOUND when there is none. */
enum result policy_store_in_force(struct store *store, struct policy **policy, int64_t *id,
                                  struct error *error);

/* One version by its id; free with policy_free. */
enum result policy_store_load(struct store *store, int64_t id, struct policy **policy,
                              struct error *error);

#endif
