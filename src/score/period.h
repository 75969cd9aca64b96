/* Periods (期): the months for which classes are recorded (O7: updated monthly). A period's id is
 * YYYYMM. Owns the tables period, period_policy
 * and result. */
#ifndef XINFENG_SCORE_PERIOD_H
#define XINFENG_SCORE_PERIOD_H

#include "base/arena.h"
#include "base/progress.h"
#include "guard/actor.h"
#include "policy/policy_store.h"
#include "registry/moment.h"
#include "registry/rest.h"
#include "store/store.h"

/* Room for "YYYY-MM" and the NUL. */
#define PERIOD_TEXT_SIZE 8

struct period {
    int64_t id;
    date day; /* t: the day the facts are judged on */
    bool closed;
    int64_t policy; /* of those it was run under the one for enterprises */
    int64_t enterprises;
    int64_t facts;
    int64_t scored; /* of a run that was just made: how many enterprises it looked at */
    int64_t classes[CLASS_COUNT];
    char run_at[CLOCK_TEXT_SIZE];
    struct moment sealed; /* when it was closed; nothing while it is open */
};

/* "YYYY-MM" of a period id; returns text. */
const char *period_format(int64_t id, char text[static PERIOD_TEXT_SIZE]);

/* The id of "YYYY-MM"; RESULT_USAGE with a sentence when it is none. */
enum result period_parse(const char *text, int64_t *id, struct error *error);

/* The period of a day. */
int64_t period_of(date day);

/* The day a run of a period judges on: the month's last, or today in a month that has not ended. */
date period_day(int64_t id, const struct clock *clock);

/* Loads a period; RESULT_NOT_FOUND when it was never run. */
enum result period_load(struct store *store, int64_t id, struct period *period,
                        struct error *error);

/* Loads the newest period; id 0 in *period when none was run yet. */
enum result period_latest(struct store *store, struct period *period, struct error *error);

/* Loads up to `most` periods, newest first. */
enum result period_list(struct store *store, struct period *periods, size_t most, size_t *count,
                        struct error *error);

/* Loads the policies that a period was run under. Free with policy_set_free. */
enum result period_policies(struct store *store, int64_t id, struct policy_set *set,
                            struct error *error);

/* Scores every enterprise for a period under the general policy in force that is made for it (those
 * for which there is none are left out), replacing an earlier run of the
 * same period; close freezes it. All in one transaction: stopped or killed, the old result stands.
 * The day is the month's last, or today in a month that has not ended. RESULT_REFUSED when the
 * period is closed or has not begun. */
enum result period_run(struct store *store, const struct actor *actor, int64_t id, bool close,
                       const struct progress *progress, struct period *period, struct error *error);

/* The same result with less work: where the period was run on the same day under the same policies
 * by this version of the program, only those are looked at whom changes since bear on: who changed,
 * who shares something with them, who is related to them. */
enum result period_run_again(struct store *store, const struct actor *actor, int64_t id, bool close,
                             const struct progress *progress, struct period *period,
                             struct error *error);

/* Scores count enterprises (ids in rising order, each once) anew into the newest period, if that is
 * open; in a month that has not ended on the actor's today, else on its last day. Call it inside
 * the transaction of the change that asks for it. */
enum result period_rescore(struct store *store, const struct actor *actor,
                           const int64_t *enterprises, size_t count, struct error *error);

/* Adds what of the scores rests on an intake batch: closed periods whose results count its facts or
 * judge enterprises that it entered, and overrides about its rows. */
enum result period_rests(struct store *store, int64_t batch, struct rests *rests,
                         struct error *error);

/* Removes the results that enterprises entered by a batch have in open periods: for taking the
 * batch back, before its rows go. */
enum result period_forget_batch(struct store *store, int64_t batch, struct error *error);

#endif
