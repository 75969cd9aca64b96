/* Overrides (调整): decisions of persons about one enterprise. Proposed by one person, approved by
 * another, withdrawn or expired; nothing is deleted. What stands on paper is known by its digest
 * (attachment). Owns the table override.
 *
 * Each holds from its first day to the day before its last: X10 excludes a fact, or revokes a part
 * of it, X11 confirms or waives a direct rule, X19 gives an observation period, which is for
 * planning and leaves the score. */
#ifndef XINFENG_SCORE_OVERRIDE_H
#define XINFENG_SCORE_OVERRIDE_H

#include "base/arena.h"
#include "guard/actor.h"
#include "registry/moment.h"
#include "score/attachment.h"
#include "score/engine.h"
#include "score/id_list.h"
#include "store/store.h"

enum override_state {
    OVERRIDE_PROPOSED,
    OVERRIDE_APPROVED,
    OVERRIDE_REJECTED,
    OVERRIDE_WITHDRAWN,
    OVERRIDE_EXPIRED, /* approved, but its end has come; never stored */
};

/* What is new about an enterprise that is observed (O10, X19). */
enum override_novelty {
    NOVELTY_NONE,
    NOVELTY_TECHNOLOGY,
    NOVELTY_INDUSTRY,
    NOVELTY_FORM,
    NOVELTY_MODEL,
    NOVELTY_COUNT,
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
    bool part;                  /* exclude-fact: only a part is revoked, the fact counts on */
    int64_t amount_before;      /* of a part: fen, set by who proposes; FACT_NO_AMOUNT: untouched */
    int64_t amount_left;        /* what remains; FACT_NO_AMOUNT: untouched */
    int32_t level_before;       /* the same of the level; FACT_NO_LEVEL: untouched */
    int32_t level_left;
    enum override_novelty novelty; /* observe, else NOVELTY_NONE */
    const char *reason;
    const char *basis;    /* legal basis, or NULL */
    const char *document; /* document number */
    date valid_from;
    date valid_to; /* the first day it no longer holds; DATE_NONE: no end */
    enum override_state state;
    const char *proposer;
    const char *approver; /* who approved or rejected, or NULL */
    const char *proposed_at;
    const char *decided_at;     /* or NULL */
    const char *decided_reason; /* of a rejection, or NULL */
    const char *withdrawn_by;   /* or NULL; so the others */
    const char *withdrawn_at;
    const char *withdrawn_reason;
    const char *withdrawn_document;
    const char *uscc; /* of the enterprise, when loaded; may be NULL */
    const char *name;
    const struct attachment *attachments; /* when proposing; attachment_load loads them */
    size_t attachment_count;
};

/* The stable word of a kind ("set-class") and back; *kind is left alone when there is none. */
const char *override_kind_code(enum score_override_kind kind);
bool override_kind_find(const char *code, enum score_override_kind *kind);
/* Their translated names. */
const char *override_kind_name(enum score_override_kind kind);
const char *override_state_name(enum override_state state);
/* The stable word of a state ("proposed"). */
const char *override_state_code(enum override_state state);
/* The same of what is new; NOVELTY_NONE has the code NULL and is never found. */
const char *override_novelty_code(enum override_novelty novelty);
bool override_novelty_find(const char *code, enum override_novelty *novelty);
const char *override_novelty_name(enum override_novelty novelty);

/* Sees whether a proposal could be made, and fills in what follows from it: the first day, and
 * what stands of a fact of which a part is revoked. RESULT_INVALID when something is missing or
 * does not fit, RESULT_REFUSED for an observation period of class C or D (X19), RESULT_NOT_FOUND
 * for an unknown fact or rule. Changes nothing. */
enum result override_check(struct store *store, date today, struct override *proposal,
                           struct error *error);

/* Proposes an override, with its attachments, and gives its id. valid_from DATE_NONE means today.
 * Fails as override_check does. */
enum result override_propose(struct store *store, const struct actor *actor,
                             const struct override *proposal, int64_t *id, struct error *error);

/* Approves or rejects a proposal (another person than the proposer); an approved one re-scores
 * the enterprise into the open period at once. What was checked when it was proposed must hold
 * still. A rejection needs its reason. */
enum result override_approve(struct store *store, const struct actor *actor, int64_t id,
                             struct error *error);
enum result override_reject(struct store *store, const struct actor *actor, int64_t id,
                            const char *reason, struct error *error);

/* Takes back a proposal or an approved override and re-scores the enterprise: a fact that was
 * excluded, or revoked in part, counts again as it was. That needs the document it rests on (X10);
 * for others it may be NULL. */
enum result override_withdraw(struct store *store, const struct actor *actor, int64_t id,
                              const char *reason, const char *document, struct error *error);

/* Loads one; RESULT_NOT_FOUND when there is none. */
enum result override_load(struct store *store, int64_t id, date today, struct arena *arena,
                          struct override *override, struct error *error);

/* Which overrides are asked for. */
enum override_choice {
    OVERRIDES_ALL,
    OVERRIDES_PROPOSED,
    OVERRIDES_IN_FORCE, /* approved and holding on the day */
    OVERRIDES_TO_COME,  /* approved and not begun */
    OVERRIDES_ENDING,   /* in force, and no longer so many days from now */
    OVERRIDES_EXPIRED,
    OVERRIDES_WITHDRAWN,
    OVERRIDES_REJECTED,
    OVERRIDES_CHOICES,
};

/* How far ahead people look for what ends. */
#define OVERRIDE_ENDING_DAYS 30

struct override_filter {
    int64_t enterprise; /* 0: of all */
    enum override_choice choice;
    int days; /* OVERRIDES_ENDING: within so many */
};

/* The stable word of a choice ("in-force"), and back; its translated name. */
const char *override_choice_code(enum override_choice choice);
bool override_choice_find(const char *code, enum override_choice *choice);
const char *override_choice_name(enum override_choice choice);

/* Loads the overrides that are asked for, newest first; those that end, by their end. */
enum result override_list(struct store *store, const struct override_filter *filter, date today,
                          struct arena *arena, struct override **overrides, size_t *count,
                          struct error *error);

/* How many there are of them. */
enum result override_count(struct store *store, const struct override_filter *filter, date today,
                           int64_t *count, struct error *error);

/* True when an approved override holds on a day. */
bool override_holds(const struct override *override, date day);

/* Scores anew, into the open period, every enterprise whose override began or ended between the day
 * its result is of and today, so that a class changes on its day without anybody's key. Journalled
 * as done by the clock. Nothing is written while nothing is due; while another program writes it is
 * left for the next time. count, when not NULL, is how many were scored. */
enum result override_catch_up(struct store *store, const struct clock *clock, size_t *count,
                              struct error *error);

/* The overrides of one enterprise as they stood at a moment (NULL: as they stand), those that were
 * proposed later left out; newest first. day is the one they are judged on. */
enum result override_load_at(struct store *store, int64_t enterprise, date day,
                             const struct moment *moment, struct arena *arena,
                             struct override **overrides, size_t *count, struct error *error);

/* The approved overrides in force on a day that bear on a score by the policy (an observation
 * period does not, and a person who sets the class sets the general one, not a professional grade),
 * made ready for the engine and ordered by enterprise:
 * of some enterprises, or (NULL) of all. enterprises[i] owns list[i]. Both live in the arena. */
enum result override_in_force(struct store *store, const struct id_list *of, date day,
                              const struct policy *policy, struct arena *arena,
                              struct score_override **list, int64_t **enterprises, size_t *count,
                              struct error *error);

/* A proposal as the engine would see it once approved: what a preview is scored with. */
struct score_override override_preview(const struct override *proposal,
                                       const struct policy *policy);

#endif
