/* A batch of an annual plan becomes a plan: by the classes of today, and by what is left of the
 * year. */
#ifndef XINFENG_PLAN_ANNUAL_BATCH_H
#define XINFENG_PLAN_ANNUAL_BATCH_H

#include "plan/annual.h"

/* What a class of a task's batch is drawn by. */
struct annual_class {
    int64_t population; /* of the task's scope in the newest period */
    int64_t eligible;   /* of them who can be drawn: neither in this round yet, nor capped */
    int64_t round;      /* the batch's, from 0 */
    int64_t drawn;      /* in this round, as members of the class */
    struct draw_rate rate;
};

/* Reckons the classes of a batch (from 0) of a task. year is the plan's. RESULT_NOT_FOUND when no
 * period was run. */
enum result annual_batch_classes(struct store *store, int year, const struct annual_task *task,
                                 size_t batch, struct annual_class classes[CLASS_COUNT],
                                 struct error *error);

/* What drafting a month came to. */
struct annual_drafted {
    int64_t made;    /* plans drafted */
    int64_t there;   /* batches of the month that had been drafted before */
    int64_t nobody;  /* batches that nobody is left for; nothing was drafted of them */
    int64_t last_id; /* the plan made last; 0: none */
};

/* Drafts the batches that lie in a month (1 to 12) of a published annual plan, one plan a task, all
 * or none; those drafted before are left as they are. task: of one task only, from 1; 0: of all.
 * The rates are exact fractions of what is left of the round (annual_rate_now), so a class that
 * changed in mid-year changes them. RESULT_REFUSED when the plan is not published, an earlier batch
 * of a task is drafted and not drawn yet, or a later one is drafted; RESULT_NOT_FOUND when no batch
 * lies in the month. */
enum result annual_draft(struct store *store, const struct actor *actor, int64_t id, int month,
                         int64_t task, struct annual_drafted *drafted, struct error *error);

#endif
