/* Overrides (调整): decisions of persons about one enterprise. Proposed by one person, approved by
 * another, withdrawn or expired; nothing is deleted. Owns the table override. */
#ifndef XINFENG_SCORE_OVERRIDE_H
#define XINFENG_SCORE_OVERRIDE_H

#include "base/arena.h"
#include "guard/actor.h"
#include "registry/moment.h"
#include "score/engine.h"
#include "store/store.h"

enum override_state {
    OVERRIDE_PROPOSED,
    OVERRIDE_APPROVED,
    OVERRIDE_REJECTED,
    OVERRIDE_WITHDRAWN,
    OVERRIDE_EXPIRED, /* approved, but its end has come; never stored */
};

/* One override. Texts are borrowed when proposing and live in the arena when loaded. */
struct override {
    int64_t id;
    enum score_override_kind kind;
    int64_t enterprise;
    int64_t fact;               /* exclude-fact, else 0 */
    enum risk_class risk_class; /* set-class, else CLASS_COUNT */
    const char *rule;           /* confirm-direct and waive-direct: code of the rule, else NULL */
    int fact_status;            /* exclude-fact: the X10 reason, an enum fact_status */
    const char *reason;
    const char *basis;    /* legal basis, or NULL */
    const char *document; /* document number */
    date valid_from;
    date valid_to; /* the first day it no longer holds; DATE_NONE: no end */
    enum override_state state;
    const char *proposer;
    const char *approver; /* who approved or rejected, or NULL */
    const char *proposed_at;
    const char *uscc; /* of the enterprise, when loaded; may be NULL */
    const char *name;
};

/* The stable word of a kind ("set-class") and back; *kind is left alone when there is none. */
const char *override_kind_code(enum score_override_kind kind);
bool override_kind_find(const char *code, enum score_override_kind *kind);
/* Their translated names. */
const char *override_kind_name(enum score_override_kind kind);
const char *override_state_name(enum override_state state);
/* The stable word of a state ("proposed"). */
const char *override_state_code(enum override_state state);

/* Proposes an override and gives its id. valid_from DATE_NONE means today. RESULT_INVALID when
 * something is missing or does not fit; RESULT_NOT_FOUND for an unknown fact or rule. */
enum result override_propose(struct store *store, const struct actor *actor,
                             const struct override *proposal, int64_t *id, struct error *error);

/* Approves or rejects a proposal (another person than the proposer); an approved one re-scores
 * the enterprise into the open period at once. reason may be NULL for an approval. */
enum result override_approve(struct store *store, const struct actor *actor, int64_t id,
                             struct error *error);
enum result override_reject(struct store *store, const struct actor *actor, int64_t id,
                            const char *reason, struct error *error);

/* Takes back a proposal or an approved override and re-scores the enterprise. */
enum result override_withdraw(struct store *store, const struct actor *actor, int64_t id,
                              const char *reason, struct error *error);

/* Loads one; RESULT_NOT_FOUND when there is none. */
enum result override_load(struct store *store, int64_t id, date today, struct arena *arena,
                          struct override *override, struct error *error);

/* Loads the overrides of one enterprise, or (enterprise 0) of all, newest first. */
enum result override_load_all(struct store *store, int64_t enterprise, date today,
                              struct arena *arena, struct override **overrides, size_t *count,
                              struct error *error);

/* The overrides of one enterprise as they stood at a moment (NULL: as they stand), those that were
 * proposed later left out; newest first. day is the one they are judged on. */
enum result override_load_at(struct store *store, int64_t enterprise, date day,
                             const struct moment *moment, struct arena *arena,
                             struct override **overrides, size_t *count, struct error *error);

/* The approved overrides in force on a day that bear on a score (an observation period does not),
 * made ready for the engine and ordered by enterprise:
 * of one enterprise, or (0) of all. enterprises[i] owns list[i]. Both live in the arena. */
enum result override_in_force(struct store *store, int64_t enterprise, date day,
                              const struct policy *policy, struct arena *arena,
                              struct score_override **list, int64_t **enterprises, size_t *count,
                              struct error *error);

/* A proposal as the engine would see it once approved: what a preview is scored with. */
struct score_override override_preview(const struct override *proposal,
                                       const struct policy *policy);

#endif
