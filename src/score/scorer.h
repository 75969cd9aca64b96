/* The policies of a run made ready to score enterprises, each by the one that is made for it. Reads
 * the registry and overrides, stores nothing. */
#ifndef XINFENG_SCORE_SCORER_H
#define XINFENG_SCORE_SCORER_H

#include "policy/policy_store.h"
#include "score/engine.h"
#include "score/id_list.h"

struct scorer;

/* How one enterprise was scored. */
struct scored {
    bool known;     /* false: no policy is made for it, and the rest is nothing */
    int64_t policy; /* id of the version */
    struct score score;
    struct score_input input; /* what the engine was given */
    struct score_around around;
    const struct score_engine *engine; /* that scored it: has its contributions */
};

/* Makes ready to score on a day into a period: some enterprises (a settled list, NULL for all) in
 * rising order of ids. What it costs goes with how many they are and who is around them. The set is
 * borrowed. Free with scorer_free. */
enum result scorer_new(struct scorer **scorer, struct store *store, const struct policy_set *set,
                       date day, int64_t period, const struct id_list *of, struct error *error);

/* Another one that shares what this one knows, for another thread and other enterprises; those it
 * is asked for rise too. Freed before this one, with scorer_free, also when it could not be made.
 */
enum result scorer_fork(struct scorer **fork, const struct scorer *scorer, struct error *error);

/* Scores one enterprise. What is found stands until the next one. */
enum result scorer_run(struct scorer *scorer, const struct registry_subject *subject,
                       struct scored *scored, struct error *error);

/* NULL is harmless. */
void scorer_free(struct scorer *scorer);

#endif
