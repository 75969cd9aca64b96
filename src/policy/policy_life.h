/* The life of a version: draft, published, retired. A draft is taken in and replaced freely; one
 * person proposes it and another publishes it; a published one never changes. Every step stands in
 * the journal, in the same transaction. */
#ifndef XINFENG_POLICY_POLICY_LIFE_H
#define XINFENG_POLICY_POLICY_LIFE_H

#include "policy/policy_store.h"

/* Takes a policy in as a draft, in place of a draft of the same code and version, whose proposal
 * falls. RESULT_REFUSED when that version was published already. */
enum result policy_draft_save(struct store *store, const struct policy *policy,
                              const struct actor *actor, int64_t *id, struct error *error);

/* The same for a version that is not there in any state yet: RESULT_REFUSED when it is. */
enum result policy_draft_begin(struct store *store, const struct policy *policy,
                               const struct actor *actor, int64_t *id, struct error *error);

/* Puts a policy in place of the draft that stood at a digest when a person looked at it.
 * RESULT_REFUSED when it stands otherwise by now, or is no draft any more. */
enum result policy_draft_change(struct store *store, int64_t id, const char *digest,
                                const struct policy *policy, const struct actor *actor,
                                struct error *error);

/* Proposes a draft to be published. RESULT_REFUSED when it is no draft. */
enum result policy_draft_propose(struct store *store, int64_t id, const struct actor *actor,
                                 struct error *error);

/* Publishes a draft that another person proposed: it is in force from now on. The version of the
 * same code that was in force is retired, and so is a general policy all of whose kinds of entity
 * later ones cover everywhere. RESULT_REFUSED when nobody proposed it, or the same person did. */
enum result policy_draft_publish(struct store *store, int64_t id, const struct actor *actor,
                                 struct error *error);

/* Tells which general policies of other codes would retire if a policy came into force, as nobody
 * would be scored by them any more. Into the arena. */
enum result policy_draft_displaces(struct store *store, struct policy *policy, struct arena *arena,
                                   struct policy_version **versions, size_t *count,
                                   struct error *error);

/* Takes a version out of force. RESULT_REFUSED when it is not in force, or when a kind of entity
 * that it scores would be left to no other general policy that holds everywhere. */
enum result policy_retire(struct store *store, int64_t id, const struct actor *actor,
                          struct error *error);

#endif
