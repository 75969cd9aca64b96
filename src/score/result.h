/* One enterprise's stored result of a period, with its breakdown. */
#ifndef XINFENG_SCORE_RESULT_H
#define XINFENG_SCORE_RESULT_H

#include "base/arena.h"
#include "score/engine.h"
#include "store/store.h"

/* The id of the result that an enterprise has in a period: the only key by which results are looked
 * up; in SQL (period << 40 | enterprise). */
static inline int64_t result_id(int64_t period, int64_t enterprise) {
    return period << 40 | enterprise;
}

/* What one stored fact gave. */
struct result_fact {
    int64_t fact; /* id */
    int64_t full;
    int64_t percent;
    int64_t centipoints;
};

/* One stored indicator. */
struct result_indicator {
    size_t indicator; /* index in the row's policy */
    int64_t value;
    const char *code; /* where the value is a code */
    bool known;
    int64_t raw;
    int64_t centipoints;
    struct result_fact *facts;
    size_t fact_count;
    int64_t *related; /* ids of the related enterprises that counted */
    size_t related_count;
};

struct result_row {
    int64_t period;
    int64_t enterprise;
    int64_t policy; /* the version that scored it */
    date day;       /* t: the period's day, or the later one on which a change re-scored it */
    int64_t total;
    enum risk_class score_class;
    enum risk_class final_class;
    enum score_decision decision;
    const char *rule; /* code of the direct rule, or NULL */
    int64_t override_id;
    int64_t dimensions[POLICY_MOST_DIMENSIONS];
    size_t dimension_count;
    struct result_indicator *indicators;
    size_t indicator_count;
};

/* The stable word of a decision: score, direct, override. */
const char *score_decision_code(enum score_decision decision);

/* Reads the two columns of a breakdown into a row whose enterprise is set; lists live in the arena.
 * RESULT_DAMAGED when they are no such lists. */
enum result result_read_breakdown(const char *dimensions, const char *indicators,
                                  struct arena *arena, struct result_row *row, struct error *error);

/* Loads a stored result into the arena; RESULT_NOT_FOUND when the enterprise has none in the
 * period. */
enum result result_load(struct store *store, int64_t period, int64_t enterprise,
                        struct arena *arena, struct result_row *row, struct error *error);

#endif
