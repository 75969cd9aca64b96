/* The versions of policies in the database, and which of them are in force. The module owns the
 * table policy; policy_life changes it. */
#ifndef XINFENG_POLICY_POLICY_STORE_H
#define XINFENG_POLICY_POLICY_STORE_H

#include "guard/actor.h"
#include "policy/policy.h"
#include "store/store.h"

/* One version, without its document. Texts live in the arena it was loaded into. */
struct policy_version {
    int64_t id;
    const char *code;
    const char *version;
    const char *name;
    const char *field; /* of a professional policy, or NULL */
    const char *state; /* draft, published, retired */
    const char *digest;
    const char *made_by;     /* who took the draft in; NULL: it came with the program */
    const char *proposed_by; /* NULL while nobody proposed it */
    const char *published_by;
    date published_on;
    date retired_on;
};

/* The state of a version in one translated word: draft, proposed, in force, retired. Static. */
const char *policy_state_name(const struct policy_version *version);

/* Checks a policy document and puts it into the database as published from today on, without a
 * second person: what a new database begins with. A published version of the same code is retired.
 * origin names the document in errors. */
enum result policy_store_publish(struct store *store, const char *text, const char *origin,
                                 const struct actor *actor, struct error *error);

/* The general policy in force for enterprises, else the newest of any kind, and its id; free with
 * policy_free. RESULT_NOT_FOUND when there is none. */
enum result policy_store_in_force(struct store *store, struct policy **policy, int64_t *id,
                                  struct error *error);

/* One version by its id; free with policy_free. */
enum result policy_store_load(struct store *store, int64_t id, struct policy **policy,
                              struct error *error);

/* Policies of one run, in the order in which they are asked. */
#define POLICY_SET_MOST 16
struct policy_set {
    struct policy *policies[POLICY_SET_MOST];
    int64_t ids[POLICY_SET_MOST];
    size_t count;
};

/* The general policies in force, the one published last first; none without a fault. Free with
 * policy_set_free. */
enum result policy_set_in_force(struct store *store, struct policy_set *set, struct error *error);

/* Adds a version to a set. */
enum result policy_set_add(struct store *store, struct policy_set *set, int64_t id,
                           struct error *error);

/* The number of the policy by which an entity is scored: the first that is made for it; count when
 * there is none. */
size_t policy_set_pick(const struct policy_set *set, const char *kind, const char *region,
                       const char *industry);

/* Frees the policies, not the set. */
void policy_set_free(struct policy_set *set);

/* All versions, those of one code together, newest first. */
enum result policy_store_list(struct store *store, struct arena *arena,
                              struct policy_version **versions, size_t *count, struct error *error);

/* The version that a person names: CODE@VERSION, or CODE for the one in force, else the newest
 * draft, else the newest. RESULT_NOT_FOUND with a sentence when there is none. */
enum result policy_store_find(struct store *store, const char *name, struct arena *arena,
                              struct policy_version *version, struct error *error);

/* One version by its id, without its document. */
enum result policy_store_version(struct store *store, int64_t id, struct arena *arena,
                                 struct policy_version *version, struct error *error);

#endif
