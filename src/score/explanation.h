/* Why an enterprise has its score and class in a period: every point with its indicator, facts
 * and caps, what decided the class, and how it would come down. The points of the explanation sum
 * to the stored total. */
#ifndef XINFENG_SCORE_EXPLANATION_H
#define XINFENG_SCORE_EXPLANATION_H

#include "score/override.h"
#include "score/period.h"
#include "score/result.h"

/* A related enterprise that counted. */
struct explanation_related {
    int64_t id;
    const char *uscc; /* "" when it has none, or is in the registry no more */
    const char *name;
};

/* What the registry has of an enterprise. */
struct explanation_registry {
    struct enterprise enterprise;
    struct fact *facts; /* all, newest first */
    size_t fact_count;
    struct override *overrides; /* all, newest first */
    size_t override_count;
};

/* Everything there is to say. All of it lives in the arena that was handed in; the policy is freed
 * by explanation_clear. Enterprise, facts and overrides of a closed period are as they were when it
 * was closed, whatever became of them since: the same explanation for ever. */
struct explanation {
    struct enterprise enterprise;
    struct period period;
    struct policy *policy; /* that scored it */
    struct result_row result;
    struct fact *facts; /* all, newest first */
    size_t fact_count;
    int64_t *changed; /* ids of facts that changed or went since a period was closed */
    size_t changed_count;
    struct override *overrides; /* all of the enterprise, newest first */
    size_t override_count;
    struct explanation_registry today;   /* as it is now, whatever the period */
    struct explanation_related *related; /* all that counted in any indicator, by id */
    size_t related_count;
    int64_t before_cap[POLICY_MOST_DIMENSIONS]; /* sums of the indicators, centipoints */

    /* How the final class would come down by one or more: the smallest set of the enterprise's own
     * facts whose end or exclusion does so. */
    bool way_known;    /* false: facts changed since, or a person set the class */
    bool way_smallest; /* false: too many facts to prove that no smaller set does */
    int64_t *way;      /* ids of facts; none when nothing brings it down or it is A already */
    size_t way_count;
    enum risk_class way_class; /* the class reached */
};

/* Explains an enterprise in a period; period 0 means the newest. Release with explanation_clear.
 * RESULT_NOT_FOUND when there is no such period or result. */
enum result explanation_load(struct store *store, int64_t enterprise, int64_t period,
                             struct arena *arena, struct explanation *explanation,
                             struct error *error);

void explanation_clear(struct explanation *explanation);

/* Fills in what follows from policy and result: sums before the caps and related enterprises, whose
 * texts live in the arena. For whoever puts an explanation together. */
enum result explanation_complete(struct store *store, struct explanation *explanation,
                                 struct arena *arena, struct error *error);

/* The moment at which the explanation stands: when its period was closed; NULL: now. */
const struct moment *explanation_moment(const struct explanation *explanation);

/* True when a fact of a closed period's explanation changed or went since. */
bool explanation_fact_changed(const struct explanation *explanation, int64_t id);

/* The fact of an id among the explanation's facts, else among those of today; NULL when there is
 * none. */
const struct fact *explanation_fact(const struct explanation *explanation, int64_t id);

/* A related enterprise that counted, by its id; NULL when none of that id did. */
const struct explanation_related *explanation_related(const struct explanation *explanation,
                                                      int64_t id);

/* The status a fact has in the result: valid when it counted, else as it stands, exclusions by
 * override on the result's day included. */
enum fact_status explanation_fact_status(const struct explanation *explanation,
                                         const struct fact *fact);

/* True when an override bore on the result: approved, begun and not over on its day; of a closed
 * period, as decided by the time it was closed. */
bool explanation_override_held(const struct explanation *explanation,
                               const struct override *override);

/* True when one about a fact did. */
bool explanation_held(const struct explanation *explanation, const struct override *override,
                      int64_t fact);

/* The fact with what remains of it after the parts revoked by the overrides that held. */
struct fact explanation_fact_left(const struct explanation *explanation, const struct fact *fact);

/* The approved override in force now that excludes a fact or revokes a part of it, the newest: what
 * restoring the fact takes back. NULL when there is none. */
const struct override *explanation_to_restore(const struct explanation *explanation, int64_t fact);

/* The centipoints a fact gave in all indicators together, and whether it counted in any. */
int64_t explanation_fact_points(const struct explanation *explanation, int64_t id, bool *counted);

/* Distance from the total to the bound below it (how far into the class) and to the one above
 * (how far to the next class), in centipoints; -1 where there is none. */
void explanation_bounds(const struct explanation *explanation, int64_t *below, int64_t *above);

/* What a proposal would do: the enterprise scored without and with it, both on the day on which an
 * approval now would score it. */
struct explanation_effect {
    date day;
    struct score before;
    struct score after;
};

/* Scores the enterprise as if a proposal were approved and in force: what a person sees before
 * confirming. Nothing is stored. */
enum result explanation_preview(struct store *store, const struct explanation *explanation,
                                const struct clock *clock, const struct override *proposal,
                                struct explanation_effect *effect, struct error *error);

#endif
