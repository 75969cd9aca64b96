#include "score/explanation_way.h"

#include "score/way_down.h"

#include <stdlib.h>
#include <string.h>

/* What the engine is given again. All of it lives in an arena. */
struct rebuilt {
    struct registry_subject subject;
    struct score_override *overrides;
    size_t override_count;
    struct score_around around;
};

static int compare_ids(const void *left, const void *right) {
    const struct fact *one = left;
    const struct fact *other = right;
    return (one->id > other->id) - (one->id < other->id);
}

/* The facts in the order in which the engine had them. */
static enum result rebuild_facts(const struct explanation *explanation, struct arena *arena,
                                 struct rebuilt *rebuilt, struct error *error) {
    size_t count = explanation->fact_count;
    struct fact *facts = arena_alloc(arena, (count + 1) * sizeof(*facts));
    if (facts == NULL) {
        return error_no_memory(error);
    }
    if (count > 0) {
        memcpy(facts, explanation->facts, count * sizeof(*facts));
        qsort(facts, count, sizeof(*facts), compare_ids);
    }
    rebuilt->subject = (struct registry_subject){
        .enterprise = explanation->enterprise, .facts = facts, .fact_count = count};
    return RESULT_OK;
}

/* The overrides in force that bear on a score, in order of id: the explanation has the newest
 * first. */
static enum result rebuild_overrides(const struct explanation *explanation, struct arena *arena,
                                     struct rebuilt *rebuilt, struct error *error) {
    rebuilt->overrides =
        arena_alloc(arena, (explanation->override_count + 1) * sizeof(*rebuilt->overrides));
    if (rebuilt->overrides == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = explanation->override_count; i > 0; i--) {
        const struct override *override = &explanation->overrides[i - 1];
        bool bears = override->kind != OVERRIDE_OBSERVE &&
                     (override->kind != OVERRIDE_SET_CLASS || explanation->policy->field == NULL);
        if (bears && explanation_override_held(explanation, override)) {
            rebuilt->overrides[rebuilt->override_count++] =
                override_preview(override, explanation->policy);
        }
    }
    return RESULT_OK;
}

/* What the result has of an indicator; NULL when it gave nothing. */
static const struct result_indicator *stored(const struct explanation *explanation,
                                             size_t indicator) {
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        if (explanation->result.indicators[i].indicator == indicator) {
            return &explanation->result.indicators[i];
        }
    }
    return NULL;
}

/* True when a value (-1: not known) gives no points to any indicator of a shared thing. */
static bool gives_nothing(const struct policy *policy, int share, int64_t value) {
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *one = &policy->indicators[i];
        bool asks = one->kind == POLICY_SHARE && (int)one->share == share;
        if (asks && (value < 0 ? one->missing : score_band_points(one, value)) != 0) {
            return false;
        }
    }
    return true;
}

/* How many others share a thing: as the result has it, else some number that gives nothing. */
static int64_t shared(const struct explanation *explanation, int share) {
    const struct policy *policy = explanation->policy;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *one = &policy->indicators[i];
        const struct result_indicator *given = stored(explanation, i);
        if (one->kind == POLICY_SHARE && (int)one->share == share && given != NULL) {
            return given->known ? given->value : -1;
        }
    }
    for (int64_t value = -1; value <= 1; value++) {
        if (gives_nothing(policy, share, value)) {
            return value;
        }
    }
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *one = &policy->indicators[i];
        for (size_t band = 0; one->kind == POLICY_SHARE && band < one->band_count; band++) {
            if (gives_nothing(policy, share, one->bands[band].to)) {
                return one->bands[band].to;
            }
        }
    }
    return 0;
}

/* The value of an indicator of relations, in the same way. */
static int64_t relation_value(const struct explanation *explanation, size_t indicator) {
    const struct policy_indicator *one = &explanation->policy->indicators[indicator];
    const struct result_indicator *given = stored(explanation, indicator);
    if (given != NULL) {
        return given->value;
    }
    for (size_t band = 0; score_band_points(one, 0) != 0 && band < one->band_count; band++) {
        if (score_band_points(one, one->bands[band].to) == 0) {
            return one->bands[band].to;
        }
    }
    return 0;
}

static enum result rebuild_around(const struct explanation *explanation, struct arena *arena,
                                  struct rebuilt *rebuilt, struct error *error) {
    const struct policy *policy = explanation->policy;
    struct score_related *related =
        arena_alloc(arena, (policy->indicator_count + 1) * sizeof(*related));
    if (related == NULL) {
        return error_no_memory(error);
    }
    for (int i = 0; i < POLICY_SHARE_COUNT; i++) {
        rebuilt->around.shared[i] = shared(explanation, i);
    }
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *one = &policy->indicators[i];
        int64_t value = one->kind == POLICY_RELATION ? relation_value(explanation, i) : 0;
        related[i] = (struct score_related){.known = one->percent ? 100 : value, .hits = value};
    }
    rebuilt->around.related = related;
    return RESULT_OK;
}

static enum result search(struct explanation *explanation, const struct rebuilt *rebuilt,
                          struct score_engine *engine, struct arena *arena, struct error *error) {
    struct score score;
    struct way_down way;
    const struct score_input input = {
        .policy = explanation->policy,
        .day = explanation->result.day,
        .subject = &rebuilt->subject,
        .overrides = rebuilt->overrides,
        .override_count = rebuilt->override_count,
        .around = &rebuilt->around,
    };
    enum result code = score_engine_run(engine, &input, NULL, 0, &score, error);
    bool stands = score.total == explanation->result.total &&
                  score.final_class == explanation->result.final_class;
    if (code != RESULT_OK || !stands || explanation->result.decision == DECIDED_BY_OVERRIDE) {
        return code;
    }
    code = way_down_find(engine, &input, arena, &way, error);
    if (code == RESULT_OK) {
        explanation->way_known = true;
        explanation->way_smallest = way.smallest;
        explanation->way = way.facts;
        explanation->way_count = way.count;
        explanation->way_class = way.reached;
    }
    return code;
}

enum result explanation_find_way(struct explanation *explanation, struct arena *arena,
                                 struct error *error) {
    struct rebuilt rebuilt = {0};
    struct score_engine *engine = NULL;
    enum result code = score_engine_new(&engine, explanation->policy, error);
    if (code == RESULT_OK) {
        code = rebuild_facts(explanation, arena, &rebuilt, error);
    }
    if (code == RESULT_OK) {
        code = rebuild_overrides(explanation, arena, &rebuilt, error);
    }
    if (code == RESULT_OK) {
        code = rebuild_around(explanation, arena, &rebuilt, error);
    }
    if (code == RESULT_OK) {
        code = search(explanation, &rebuilt, engine, arena, error);
    }
    score_engine_free(engine);
    return code;
}
