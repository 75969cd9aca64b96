/* One enterprise, its facts and overrides before the scoring engine, under a policy written in a
 * few lines: what the tests of the engine play on. */
#ifndef XINFENG_TESTS_STAGE_H
#define XINFENG_TESTS_STAGE_H

#include "base/arena.h"
#include "registry/fact_type.h"
#include "score/engine.h"
#include "score/way_down.h"

#define STAGE_MOST 128

struct stage {
    struct policy *policy;
    struct score_engine *engine;
    struct registry_subject subject;
    struct fact facts[STAGE_MOST];
    struct score_override overrides[STAGE_MOST];
    size_t override_count;
    const struct score_around *around;
    date day;
    struct score score;
};

/* Sets the stage under a policy whose lists of dimensions, indicators and direct rules are given
 * as JSON without their brackets; classes 0, 200, 500, 750 and maximum 1000. Clear with
 * stage_clear. */
void stage_set(struct stage *stage, const char *dimensions, const char *indicators,
               const char *direct);

/* Sets the stage under the built-in policy. */
void stage_set_built_in(struct stage *stage);

/* Sets the stage under a policy document. */
void stage_set_document(struct stage *stage, const char *text);

void stage_clear(struct stage *stage);

/* Adds a fact and gives its place; its id is the place + 1. */
struct fact *stage_add(struct stage *stage, int type, date occurred_on);

/* Adds an override and gives it. */
struct score_override *stage_override(struct stage *stage, enum score_override_kind kind);

/* The input as it stands. */
struct score_input stage_input(const struct stage *stage);

/* Scores and gives the total in centipoints; everything else is in stage->score. */
int64_t stage_total(struct stage *stage);

/* Scores without some facts. */
int64_t stage_total_without(struct stage *stage, const int64_t *without, size_t count);

/* Scores and gives the centipoints of one indicator, after the clamp. */
int64_t stage_points(struct stage *stage, const char *indicator);

#endif
