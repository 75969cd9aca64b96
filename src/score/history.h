/* The periods of one enterprise, one beside the other: what it had in each, and what changed. */
#ifndef XINFENG_SCORE_HISTORY_H
#define XINFENG_SCORE_HISTORY_H

#include "score/period.h"
#include "score/result.h"

/* How many indicators a period names that changed most. */
#define HISTORY_CHANGES 3

/* An indicator with other points than in the period before, in centipoints. */
struct history_change {
    const char *code;
    const char *name;
    int64_t before;
    int64_t after;
};

/* One period of an enterprise. Texts live in the arena. */
struct history_row {
    int64_t period;
    date day; /* on which it was judged */
    bool closed;
    const char *policy_code;
    const char *policy_version;
    const char *policy_digest;
    int64_t total;
    enum risk_class score_class;
    enum risk_class final_class;
    enum score_decision decision;
    const char *rule;    /* code of the direct rule, or NULL */
    int64_t override_id; /* 0: none */
    bool first;          /* there is no period before it, and nothing below */
    bool other_policy;   /* than the period before: points may differ by that alone */
    int64_t change;      /* of the total, in centipoints */
    struct history_change
        changes[HISTORY_CHANGES]; /* the largest first; by code under two policies */
    size_t change_count;
};

/* Loads all periods in which an enterprise has a result, newest first, into the arena. The period
 * before is the one before it in that list. */
enum result history_load(struct store *store, int64_t enterprise, struct arena *arena,
                         struct history_row **rows, size_t *count, struct error *error);

#endif
