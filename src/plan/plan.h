/* Inspection plans (抽查计划): what is to be drawn from, how much of each class, and the states a
 * plan goes through. Owns the table plan. */
#ifndef XINFENG_PLAN_PLAN_H
#define XINFENG_PLAN_PLAN_H

#include "base/arena.h"
#include "base/progress.h"
#include "draw/measures.h"
#include "guard/actor.h"
#include "policy/policy.h"
#include "store/store.h"

/* The states of a plan, in order: name, English word. */
#define PLAN_STATE_TABLE(X)                                                                        \
    X(DRAFT, N_("draft"))                                                                          \
    X(FROZEN, N_("frame frozen"))                                                                  \
    X(COMMITTED, N_("committed"))                                                                  \
    X(SEEDED, N_("seeded"))                                                                        \
    X(DRAWN, N_("drawn"))                                                                          \
    X(LOCKED, N_("approved and locked"))                                                           \
    X(CLOSED, N_("closed"))                                                                        \
    X(VOID, N_("void"))

enum plan_state {
#define PLAN_STATE_ENUM(name, word) PLAN_##name,
    PLAN_STATE_TABLE(PLAN_STATE_ENUM)
#undef PLAN_STATE_ENUM
};

/* The stable word of a state ("DRAFT") and its translated name. */
const char *plan_state_code(enum plan_state state);
const char *plan_state_name(enum plan_state state);

/* How often an enterprise may have been drawn to be in the frame. */
struct plan_limits {
    int64_t task;                /* the annual task of a batch, set by annual_draft; 0: none */
    int64_t rounds[CLASS_COUNT]; /* of a batch: the first batch of the class's round, from 0: drawn
                                    in it or later by the task: left out until the next round */
    int64_t caps[CLASS_COUNT];   /* inspected or drawn so often in the year, whatever plan it was:
                                    left out (X17); 0: no cap */
};

/* What a plan draws from and what it is for. NULL means: any, or nothing to say. */
struct plan_scope {
    const char *region;   /* prefix of the division code */
    const char *industry; /* prefix of the GB/T 4754 code */
    const char *matter;   /* what is inspected, in words */
    const char *matters;  /* of the library of matters: codes joined by commas; NULL: free words */
    const char *department; /* who inspects (承办股室) */
    const char *partners;   /* who takes part (配合单位), in words */
    date from;              /* when it is inspected; DATE_NONE: not said */
    date to;
    int64_t team_size;  /* inspectors a unit gets; 0: PLAN_TEAM_SIZE */
    bool expert;        /* one of them must be an expert */
    int64_t cap;        /* most inspections a year of one enterprise; 0: the policy's (X17) */
    int64_t not_within; /* days: who was inspected in them is left out; 0: nobody */
    /* Industries under observation, prefixes joined by commas, and for how many months from their
     * establishment enterprises of class A and B in them are drawn only when something triggers it
     * (O10, X19); key fields are not spared. NULL and 0: none. */
    const char *observed;
    int64_t observe_months;
    const char *field; /* professional field whose grades part the strata (X18); NULL: none */
    bool by_key; /* units of key fields without such a grade are of the grade PLAN_KEY_GRADE */
    struct plan_limits limits;
};

/* The grade that parts key fields from others (key fields under their own floor, X18). */
#define PLAN_KEY_GRADE "key"

/* Two inspectors at least check a unit (draw.md, Teams). */
#define PLAN_TEAM_SIZE 2

/* A plan. Texts live in the arena it was loaded into. */
struct plan {
    int64_t id;
    const char *number; /* "2026-001": names the plan and its files */
    const char *title;
    enum plan_state state;
    const char *draw_id;
    int64_t period; /* whose classes it draws by */
    struct plan_scope scope;
    struct draw_measures measures;
    const char *measures_text;   /* canonical JSON */
    const char *frame_digest;    /* NULL until frozen */
    const char *measures_digest; /* NULL until frozen */
    const char *roster_digest;   /* NULL until frozen, or when there were no inspectors */
    const char *staff_left_out;  /* JSON {reason: count} of inspectors; NULL as the roster's */
    const char *excluded;        /* JSON {reason: count}; NULL until frozen */
    int64_t population;          /* units in the frame; 0 until frozen */
    int64_t drawn;               /* units drawn; 0 until drawn */
    const char *seed;
    const char *seed_source;
    const char *created_by;
    const char *created_at;
    const char *frozen_at;
    const char *committed_at;
    const char *seeded_at;
    const char *drawn_by;
    const char *drawn_at;
    const char *approved_by;
    const char *approved_at;
    const char *void_reason;
};

/* The one matter that results of a plan are of; NULL when it has none or several: then a unit may
 * have several results. */
const char *plan_sole_matter(const struct plan *plan);

/* The measures the policy in force sets for each class, in rate mode and rounded without bias, and
 * one rule a class for the caller to change; rules is room for CLASS_COUNT of them. */
struct draw_measures plan_default_measures(const struct policy *policy,
                                           struct draw_rule rules[static CLASS_COUNT]);

/* Makes a draft over the newest period and gives its id. Words for the matter that the library of
 * matters knows become those matters, and the caps are set by policy, matters and scope
 * (plan/ceiling.h). RESULT_USAGE for measures that cannot be drawn with, RESULT_REFUSED for a
 * matter that is not in force, RESULT_NOT_FOUND when no period was run yet or one of several
 * matters is not in the library. */
enum result plan_create(struct store *store, const struct actor *actor, const char *title,
                        const struct plan_scope *scope, const struct draw_measures *measures,
                        int64_t *id, struct error *error);

/* Changes title, scope and measures of a draft. */
enum result plan_change(struct store *store, const struct actor *actor, int64_t id,
                        const char *title, const struct plan_scope *scope,
                        const struct draw_measures *measures, struct error *error);

/* Loads a plan; RESULT_NOT_FOUND when there is none. */
enum result plan_load(struct store *store, int64_t id, struct arena *arena, struct plan *plan,
                      struct error *error);

/* Finds a plan by its id or its number. */
enum result plan_find(struct store *store, const char *word, int64_t *id, struct error *error);

/* Loads all plans, newest first. */
enum result plan_list(struct store *store, struct arena *arena, struct plan **plans, size_t *count,
                      struct error *error);

/* The steps of a plan's life, each refused (RESULT_REFUSED) with what is missing when the plan
 * does not stand in the state before it.
 * freeze: DRAFT -> FROZEN, the frame is made and kept with its digest.
 * commit: FROZEN -> COMMITTED, the digests are given out for publication.
 * seed: COMMITTED -> SEEDED, written once; at least 20 ASCII digits.
 * draw: SEEDED -> DRAWN. approve: DRAWN -> LOCKED, by another person than who drew.
 * void: any but VOID -> VOID, with a reason. LOCKED -> CLOSED is plan/close.h. */
enum result plan_freeze(struct store *store, const struct actor *actor, int64_t id,
                        const struct progress *progress, struct error *error);
enum result plan_commit(struct store *store, const struct actor *actor, int64_t id,
                        struct error *error);
enum result plan_seed(struct store *store, const struct actor *actor, int64_t id, const char *seed,
                      const char *source, struct error *error);
enum result plan_draw(struct store *store, const struct actor *actor, int64_t id,
                      const struct progress *progress, struct error *error);
enum result plan_approve(struct store *store, const struct actor *actor, int64_t id,
                         struct error *error);
enum result plan_void(struct store *store, const struct actor *actor, int64_t id,
                      const char *reason, struct error *error);

/* From wherever the plan stands to DRAWN in one go and one transaction, for when nothing is to be
 * published between. RESULT_REFUSED also when the plan has another seed already. */
enum result plan_draw_through(struct store *store, const struct actor *actor, int64_t id,
                              const char *seed, const char *source, const struct progress *progress,
                              struct error *error);

#endif
