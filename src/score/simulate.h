/* What a policy would change before it is published: the whole registry scored under it and under
 * those in force, on the same day and facts. Nothing is stored. */
#ifndef XINFENG_SCORE_SIMULATE_H
#define XINFENG_SCORE_SIMULATE_H

#include "score/period.h"

/* One enterprise, under the policies in force and under the one that is tried. */
struct simulation_row {
    const struct enterprise *enterprise; /* borrowed for the call */
    int64_t total[2];                    /* now, then; centipoints; 0 where not scored */
    enum risk_class classes[2];          /* CLASS_COUNT: not scored */
};

/* Everybody counted. */
struct simulation {
    int64_t period;
    date day;
    int64_t enterprises;
    int64_t changed;                                 /* with another class, or scored or not */
    int64_t moved[CLASS_COUNT + 1][CLASS_COUNT + 1]; /* [now][then]; CLASS_COUNT: not scored */
};

/* Who hears of every enterprise whose class changes; anything but RESULT_OK ends the simulation. */
struct simulation_watch {
    enum result (*visit)(void *context, const struct simulation_row *row, struct error *error);
    void *context;
};

/* Scores all under a policy in place of the version of its code that is in force, before all
 * others. A professional policy stands alone. period 0: the newest, or the month of the clock when
 * none was run; a period that was run is compared under the policies it was run under, on its day.
 * The policy is borrowed and stays as it is; watch and progress may be NULL. */
enum result simulate_policy(struct store *store, struct policy *policy, const struct clock *clock,
                            int64_t period, const struct simulation_watch *watch,
                            const struct progress *progress, struct simulation *simulation,
                            struct error *error);

#endif
