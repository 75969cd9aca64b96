/* How the year goes: what was planned, what was drawn, and what classes that changed in mid-year
 * alter (O8). */
#ifndef XINFENG_PLAN_ANNUAL_OUTLOOK_H
#define XINFENG_PLAN_ANNUAL_OUTLOOK_H

#include "plan/annual_batch.h"

/* A class of a task. */
struct annual_outlook_class {
    int64_t start;         /* in the base */
    int64_t now;           /* in the newest period */
    int64_t moved_in;      /* now of the class and not in the base period */
    int64_t moved_out;     /* the other way round */
    int64_t planned;       /* visits of the year, by the base */
    int64_t drawn;         /* drawn so far, as members of the class */
    int64_t left;          /* visits still due, in thousandths */
    struct draw_rate then; /* of the next batch, had nothing changed; 0/0: no batch is left */
    struct draw_rate rate; /* of the next batch as things stand; 0/0 likewise */
};

/* A task. */
struct annual_outlook {
    size_t
        next; /* its first batch without a plan behind the last that has one; batch_count: none */
    size_t left; /* batches from there on */
    struct annual_outlook_class classes[CLASS_COUNT];
};

/* Reckons the outlook of a task of a loaded annual plan. */
enum result annual_outlook_load(struct store *store, const struct annual *annual,
                                const struct annual_task *task, struct annual_outlook *outlook,
                                struct error *error);

#endif
