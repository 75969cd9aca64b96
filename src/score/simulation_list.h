/* Whom a simulation moves, kept in memory to be looked at: 32 bytes an enterprise. */
#ifndef XINFENG_SCORE_SIMULATION_LIST_H
#define XINFENG_SCORE_SIMULATION_LIST_H

#include "score/simulate.h"

/* One enterprise whose class changes: now, then. */
struct simulation_move {
    int64_t enterprise;
    int64_t total[2];   /* centipoints; 0 where not scored */
    uint8_t classes[2]; /* enum risk_class; CLASS_COUNT: not scored */
};

/* How the moves that are shown are put in order; equals by the enterprise's id. */
enum simulation_order {
    SIMULATION_BY_ID,
    SIMULATION_BY_TOTAL, /* then */
    SIMULATION_BY_CHANGE /* of points */
};

/* All of them, and those that are shown. Zero it to begin; free with simulation_list_free. */
struct simulation_list {
    struct simulation_move *moves; /* in the order of their ids */
    size_t count;
    size_t room;
    size_t *shown; /* numbers of moves, in the order asked for */
    size_t shown_count;
};

/* As simulate_policy, keeping whom it moves; all are shown, by id. What the list held is gone, also
 * when the simulation was stopped. */
enum result simulation_list_run(struct simulation_list *list, struct store *store,
                                struct policy *policy, const struct clock *clock,
                                const struct progress *progress, struct simulation *simulation,
                                struct error *error);

/* Shows those that move from one class to another, CLASS_COUNT: not scored; -1: any. */
void simulation_list_narrow(struct simulation_list *list, int now, int then);

/* Puts those shown in order. */
void simulation_list_sort(struct simulation_list *list, enum simulation_order order,
                          bool descending);

/* Releases what it holds and makes it fresh again. */
void simulation_list_free(struct simulation_list *list);

#endif
