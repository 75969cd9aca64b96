/* The scoring engine: one enterprise and its facts in, points and class out. Pure: no SQL, no
 * clock; all arithmetic in integers. Centipoints are hundredths of a point. */
#ifndef XINFENG_SCORE_ENGINE_H
#define XINFENG_SCORE_ENGINE_H

#include "policy/policy.h"
#include "registry/scan.h"

/* Kinds of override. All but an observation period, which is for planning, bear on a score. */
enum score_override_kind {
    OVERRIDE_SET_CLASS,
    OVERRIDE_CONFIRM_DIRECT,
    OVERRIDE_WAIVE_DIRECT,
    OVERRIDE_EXCLUDE_FACT,
    OVERRIDE_OBSERVE,
};

/* An approved override in force on the day of scoring. */
struct score_override {
    int64_t id;
    enum score_override_kind kind;
    enum risk_class risk_class; /* OVERRIDE_SET_CLASS */
    size_t rule;                /* confirm and waive: index in the policy's direct rules */
    int64_t fact;               /* OVERRIDE_EXCLUDE_FACT: id of the fact */
    bool part;           /* of it only a part is revoked (X10 (1)): the fact counts on with */
    int64_t amount_left; /* at most this amount; FACT_NO_AMOUNT: its own */
    int32_t level_left;  /* and at most this level; FACT_NO_LEVEL: its own */
};

/* How an enterprise's relations stand to one indicator of relations. */
struct score_related {
    int64_t known;              /* distinct related enterprises */
    int64_t hits;               /* of those, that count */
    const int64_t *enterprises; /* the ids of those that count, rising */
};

/* What is known of an enterprise from others. */
struct score_around {
    int64_t shared[POLICY_SHARE_COUNT];  /* others with the same; -1: it is not known */
    const struct score_related *related; /* by the indicator's number; NULL: it has no relations */
};

/* What one enterprise is scored with. Borrowed. */
struct score_input {
    const struct policy *policy;
    date day; /* t */
    const struct registry_subject *subject;
    const struct score_override *overrides;
    size_t override_count;
    const struct score_around *around; /* NULL: nothing is shared and nobody related */
};

/* One indicator's value and points. */
struct score_indicator {
    int64_t value;       /* the value or sum; for events the number of facts that count */
    int64_t base;        /* growth: facts of the months before; else 0 */
    const char *code;    /* the code where the value is a code, else NULL; borrowed */
    bool known;          /* false: value missing, `missing` points taken */
    int64_t raw;         /* centipoints before the clamp */
    int64_t centipoints; /* after it */
};

/* What one fact gave to one indicator. */
struct score_contribution {
    size_t indicator;
    size_t fact;         /* index in the subject's facts */
    int64_t full;        /* an event's centipoints before decay; else 0 */
    int64_t percent;     /* an event's decay; else 100 */
    int64_t centipoints; /* an event's centipoints after decay; else 0: the set has the points */
};

enum score_decision { DECIDED_BY_SCORE, DECIDED_BY_DIRECT, DECIDED_BY_OVERRIDE };

struct score {
    int64_t total;
    int64_t dimensions[POLICY_MOST_DIMENSIONS];
    struct score_indicator indicators[POLICY_MOST_INDICATORS];
    enum risk_class score_class; /* of the total alone */
    enum risk_class final_class;
    enum score_decision decision;
    size_t rule;         /* DECIDED_BY_DIRECT: index of the rule */
    int64_t override_id; /* DECIDED_BY_OVERRIDE */
};

/* A policy made ready for scoring. Scores one enterprise at a time; keeps the contributions of the
 * last one. */
struct score_engine;

/* Free with score_engine_free; the policy is borrowed. */
enum result score_engine_new(struct score_engine **engine, const struct policy *policy,
                             struct error *error);

/* Scores one enterprise. Facts in `without` (ids, may be NULL) are left out as if they were not
 * there. */
enum result score_engine_run(struct score_engine *engine, const struct score_input *input,
                             const int64_t *without, size_t without_count, struct score *score,
                             struct error *error);

/* The contributions of the last run, in order of facts. Borrowed until the next run. */
const struct score_contribution *score_engine_contributions(const struct score_engine *engine,
                                                            size_t *count);

void score_engine_free(struct score_engine *engine);

/* The points (not centipoints) that an indicator's bands give a value. */
int64_t score_band_points(const struct policy_indicator *indicator, int64_t value);

/* True when a fact counts on a day: valid, not excluded as a whole, begun. Reads the input's day
 * and overrides only. */
bool score_fact_counts(const struct score_input *input, const struct fact *fact);

/* What remains of a fact once the parts of it that are revoked have dropped: it never has more than
 * its source says, nor more than any of the revocations leaves. */
struct fact score_fact_left(const struct score_input *input, const struct fact *fact);

/* Lowers amount and level of a fact to what a revocation of a part of it leaves; an override of any
 * other kind, or about another fact, leaves it as it is. */
void score_override_lower(const struct score_override *override, struct fact *fact);

/* True when a fact is of an indicator's types, level and amount. */
bool score_fact_matches(const struct policy_indicator *indicator, const struct fact *fact);

/* True when a fact that counts is also in force on the day. */
bool score_fact_in_force(const struct fact *fact, date day);

#endif
