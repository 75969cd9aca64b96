/* The results of a plan as they stand, and what is due of them. */
#ifndef XINFENG_PLAN_OUTCOME_LIST_H
#define XINFENG_PLAN_OUTCOME_LIST_H

#include "plan/plan.h"

/* Working days from the end of an inspection to the public notice of its result (domain.md, public
 * notice). */
#define PUBLICATION_WORKING_DAYS 20

/* Which results are listed: name, English words. */
#define OUTCOME_CHOICE_TABLE(X)                                                                    \
    X(ALL, N_("all households"))                                                                   \
    X(MISSING, N_("without a result"))                                                             \
    X(OPEN, N_("something is to follow"))                                                          \
    X(UNPUBLISHED, N_("not made public"))

enum outcome_choice {
#define OUTCOME_CHOICE_ENUM(name, words) OUTCOMES_##name,
    OUTCOME_CHOICE_TABLE(OUTCOME_CHOICE_ENUM)
#undef OUTCOME_CHOICE_ENUM
        OUTCOMES_CHOICES
};

/* Its translated words. */
const char *outcome_choice_name(enum outcome_choice choice);

/* A drawn unit with its result; a unit of a plan for any matter may have several. Texts live in the
 * arena; NULL and DATE_NONE: not said. */
struct outcome {
    int64_t place;
    const char *unit;
    int64_t enterprise;
    const char *name;
    enum risk_class risk_class; /* it was drawn with */
    const char *team;           /* names; NULL: none */
    int64_t record;             /* 0: there is no result, and the rest is not said */
    const char *matter;
    const char *inspectors;
    date completed_on;
    const char *method;
    const char *result;
    const char *follow_up;
    const char *note;
    bool open; /* something is to follow and did not yet */
    date followed_on;
    const char *followed_document;
    const char *followed_outcome;
    date published_on;
    date due;                   /* by when it is to be made public */
    bool due_certain;           /* false: holidays of the time are not known yet */
    const char *missing_reason; /* why it has none, of a closed plan */
};

/* Loads what is chosen of the results of a plan, in the order of its units, without those that
 * another stands in for (plan/extra.h). */
enum result outcome_list(struct store *store, const struct plan *plan, enum outcome_choice choice,
                         struct arena *arena, struct outcome **outcomes, size_t *count,
                         struct error *error);

/* How a plan stands. */
struct outcome_sum {
    int64_t units;
    int64_t in;          /* units with a result */
    int64_t missing;     /* units without */
    int64_t late;        /* of these, once the plan's last day is over: all; else 0 */
    int64_t open;        /* results that something is to follow */
    int64_t unpublished; /* results not made public */
    int64_t overdue;     /* of these, past their day */
    date due_next;       /* the first day by which one is to be made public, overdue ones too */
    bool due_certain;
    date published_on; /* the last public notice */
    const char *closed_by;
    const char *closed_at;
    const char *close_reason;
};

/* Sums the results of a plan up, on a day. Texts live in the arena. */
enum result outcome_sum(struct store *store, const struct plan *plan, date today,
                        struct arena *arena, struct outcome_sum *sum, struct error *error);

/* A plan that waits for something. */
struct outcome_due {
    int64_t plan;
    const char *number;
    struct outcome_sum sum;
};

/* Loads the plans, neither drafts nor void, that lack results past their last day, or have any to
 * make public. */
enum result outcome_dues(struct store *store, date today, struct arena *arena,
                         struct outcome_due **dues, size_t *count, struct error *error);

#endif
