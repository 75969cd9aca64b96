/* The plan of a year (年度抽查计划): tasks, their batches, and how often each class is drawn (O8,
 * X13 to X17). A batch becomes an ordinary plan, with frame, commitment, seed and draw of its own
 * (annual_batch.h). Owns the tables annual_plan, annual_task and annual_batch. */
#ifndef XINFENG_PLAN_ANNUAL_H
#define XINFENG_PLAN_ANNUAL_H

#include "plan/annual_schedule.h"
#include "plan/plan.h"

/* The states of an annual plan, in order: name, English word. */
#define ANNUAL_STATE_TABLE(X)                                                                      \
    X(DRAFT, N_("draft"))                                                                          \
    X(PUBLISHED, N_("published"))                                                                  \
    X(VOID, N_("void"))

enum annual_state {
#define ANNUAL_STATE_ENUM(name, word) ANNUAL_##name,
    ANNUAL_STATE_TABLE(ANNUAL_STATE_ENUM)
#undef ANNUAL_STATE_ENUM
};

/* The stable word of a state ("DRAFT") and its translated name. */
const char *annual_state_code(enum annual_state state);
const char *annual_state_name(enum annual_state state);

/* A batch of a task. Months count from 1. Texts live in the arena. */
struct annual_batch {
    int first_month;
    int last_month;
    int64_t weight;               /* working days */
    int64_t planned[CLASS_COUNT]; /* visits, by the classes of the base */
    int64_t plan;                 /* drafted of it and not void; 0: none */
    const char *plan_number;      /* NULL: none */
    enum plan_state plan_state;
    int64_t drawn; /* units, once drawn */
};

/* A task: what is inspected of whom, how often, and in which months. NULL and 0 mean: any, or
 * nothing to say. */
struct annual_task {
    int64_t id;
    int64_t place; /* in its plan, from 1 */
    const char *title;
    const char *matter;     /* 抽查事项, in words or codes */
    const char *region;     /* prefix of the division code */
    const char *industry;   /* prefix of the GB/T 4754 code */
    const char *department; /* 承办股室 */
    const char *partners;   /* 配合单位 */
    struct annual_share shares[CLASS_COUNT];
    bool quarterly;      /* a batch each quarter of the year, else each month */
    int first_month;     /* when it may run, from 1 */
    int last_month;      /* included */
    int64_t cap;         /* visits an enterprise may get in a year; 0: what the policy says */
    int64_t base_period; /* whose classes the base counts */
    int64_t base[CLASS_COUNT];
    struct annual_batch batches[ANNUAL_BATCHES_MOST];
    size_t batch_count;
};

/* An annual plan. Texts live in the arena it was loaded into. */
struct annual {
    int64_t id;
    int year;
    const char *title;
    enum annual_state state;
    const char *created_by;
    const char *created_at;
    const char *published_by;
    const char *published_at;
    const char *void_reason;
    struct annual_task *tasks;
    size_t task_count;
    int64_t inspectors; /* in service today */
};

/* Makes an annual plan without tasks and gives its id. RESULT_USAGE without a title, or for a year
 * before 2000 or after 2100. */
enum result annual_create(struct store *store, const struct actor *actor, int year,
                          const char *title, int64_t *id, struct error *error);

/* The policy's rate and times of each class, as shares. */
void annual_default_shares(const struct policy *policy, struct annual_share shares[CLASS_COUNT]);

/* Reads "A=1%,B=5%,C=20%x2,D=100%x4": for each class the rate of a round, as plans take rates, and
 * behind x how many rounds the year has; one when it is not said. RESULT_USAGE otherwise. */
enum result annual_shares_parse(const char *text, struct annual_share shares[CLASS_COUNT],
                                struct error *error);

/* Room for any share written by annual_share_format. */
#define ANNUAL_SHARE_TEXT_SIZE 64

/* Writes a share as it is read, "20%x2"; returns text. */
const char *annual_share_format(const struct annual_share *share,
                                char text[static ANNUAL_SHARE_TEXT_SIZE]);

/* Adds a task to a draft, with its batches and the base of the newest period, and gives its number
 * in the plan. id, place, base and batches of the task given are not read. RESULT_USAGE naming what
 * is wrong: no title, months or cap that are none, more rounds than batches, or more visits a year
 * than the policy in force or the cap allows the class; RESULT_NOT_FOUND before the first period,
 * RESULT_REFUSED when the plan is no draft. */
enum result annual_task_add(struct store *store, const struct actor *actor, int64_t annual,
                            const struct annual_task *task, int64_t *place, struct error *error);

/* Takes a task out of a draft; those after it move up. RESULT_NOT_FOUND when there is none. */
enum result annual_task_drop(struct store *store, const struct actor *actor, int64_t annual,
                             int64_t place, struct error *error);

/* DRAFT -> PUBLISHED by another person than who made it, with the base of the newest period.
 * RESULT_REFUSED without a task. */
enum result annual_publish(struct store *store, const struct actor *actor, int64_t id,
                           struct error *error);

/* Any but VOID -> VOID, with a reason: no further batch is drafted. Plans that were drafted stand
 * on their own. */
enum result annual_void(struct store *store, const struct actor *actor, int64_t id,
                        const char *reason, struct error *error);

/* Loads one with its tasks, batches and their schedule; RESULT_NOT_FOUND when there is none. */
enum result annual_load(struct store *store, int64_t id, struct arena *arena, struct annual *annual,
                        struct error *error);

/* Loads all, newest first. */
enum result annual_list(struct store *store, struct arena *arena, struct annual **annuals,
                        size_t *count, struct error *error);

/* The line of a class of a task: what its schedule and rates are reckoned from. */
struct annual_line annual_task_line(const struct annual_task *task, enum risk_class risk_class);

/* The batch of a task that a month (from 1) lies in; SIZE_MAX when it has none. */
size_t annual_task_batch(const struct annual_task *task, int month);

/* Visits planned of a batch, and of the whole task, over all classes. */
int64_t annual_batch_planned(const struct annual_batch *batch);
int64_t annual_task_planned(const struct annual_task *task);

/* Visits a month over all tasks: planned, or drawn. A quarter's are spread over its months. */
void annual_loads(const struct annual *annual, bool drawn, int64_t loads[static ANNUAL_MONTHS]);

#endif
