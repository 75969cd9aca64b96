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

/* How often an enterprise may have been drawn to be in the frame of a batch of an annual plan.
 * Set in one place, when the batch is drafted (annual_draft). */
struct plan_limits {
    int64_t task;                /* the annual task; 0: the plan is no batch, nobody is left out */
    int64_t rounds[CLASS_COUNT]; /* the first batch of the class's round, from 0: drawn in it or
                                    later by the task: left out until the next round */
    int64_t caps[CLASS_COUNT];   /* drawn by whatever plan of the year so often: left out */
};

/* What a plan draws from and what it is for. NULL means: any, or nothing to say. */
struct plan_scope {
    const char *region;     /* prefix of the division code */
    const char *industry;   /* prefix of the GB/T 4754 code */
    const char *matter;     /* what is inspected, in words */
    const char *department; /* who inspects (承办股室) */
    date from;              /* when it is inspected; DATE_NONE: not said */
    date to;
    int64_t team_size; /* inspectors a unit gets; 0: PLAN_TEAM_SIZE */
    bool expert;       /* one of them must be an expert */
    struct plan_limits limits;
};

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

/* The measures the policy in force sets for each class, in rate mode and rounded without bias, and
 * one rule a class for the caller to change; rules is room for CLASS_COUNT of them. */
struct draw_measures plan_default_measures(const struct policy *policy,
                                           struct draw_rule rules[static CLASS_COUNT]);

/* Makes a draft over the newest period and gives its id. RESULT_USAGE for measures that cannot be
 * drawn with, RESULT_NOT_FOUND when no period was run yet. */
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
