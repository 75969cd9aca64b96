#include "score/explanation.h"

#include "base/gettext.h"
#include "policy/policy_store.h"
#include "score/around.h"
#include "score/explanation_way.h"

#include <string.h>

const struct fact *explanation_fact(const struct explanation *explanation, int64_t id) {
    for (size_t i = 0; i < explanation->fact_count; i++) {
        if (explanation->facts[i].id == id) {
            return &explanation->facts[i];
        }
    }
    for (size_t i = 0; i < explanation->today.fact_count; i++) {
        if (explanation->today.facts[i].id == id) {
            return &explanation->today.facts[i];
        }
    }
    return NULL;
}

const struct explanation_related *explanation_related(const struct explanation *explanation,
                                                      int64_t id) {
    for (size_t i = 0; i < explanation->related_count; i++) {
        if (explanation->related[i].id == id) {
            return &explanation->related[i];
        }
    }
    return NULL;
}

const struct moment *explanation_moment(const struct explanation *explanation) {
    return explanation->period.closed ? &explanation->period.sealed : NULL;
}

bool explanation_fact_changed(const struct explanation *explanation, int64_t id) {
    for (size_t i = 0; i < explanation->changed_count; i++) {
        if (explanation->changed[i] == id) {
            return true;
        }
    }
    return false;
}

int64_t explanation_fact_points(const struct explanation *explanation, int64_t id, bool *counted) {
    int64_t points = 0;
    *counted = false;
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *indicator = &explanation->result.indicators[i];
        for (size_t j = 0; j < indicator->fact_count; j++) {
            if (indicator->facts[j].fact == id) {
                *counted = true;
                points += indicator->facts[j].centipoints;
            }
        }
    }
    return points;
}

bool explanation_override_held(const struct explanation *explanation,
                               const struct override *override) {
    return override_holds(override, explanation->result.day);
}

bool explanation_held(const struct explanation *explanation, const struct override *override,
                      int64_t fact) {
    return override->kind == OVERRIDE_EXCLUDE_FACT && override->fact == fact &&
           explanation_override_held(explanation, override);
}

struct fact explanation_fact_left(const struct explanation *explanation, const struct fact *fact) {
    struct fact left = *fact;
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *override = &explanation->overrides[i];
        if (override->part && explanation_held(explanation, override, fact->id)) {
            const struct score_override part = {.kind = OVERRIDE_EXCLUDE_FACT,
                                                .fact = fact->id,
                                                .part = true,
                                                .amount_left = override->amount_left,
                                                .level_left = override->level_left};
            score_override_lower(&part, &left);
        }
    }
    return left;
}

const struct override *explanation_to_restore(const struct explanation *explanation, int64_t fact) {
    for (size_t i = 0; i < explanation->today.override_count; i++) {
        const struct override *override = &explanation->today.overrides[i];
        if (override->kind == OVERRIDE_EXCLUDE_FACT && override->fact == fact &&
            override->state == OVERRIDE_APPROVED) {
            return override;
        }
    }
    return NULL;
}

enum fact_status explanation_fact_status(const struct explanation *explanation,
                                         const struct fact *fact) {
    bool counted = false;
    explanation_fact_points(explanation, fact->id, &counted);
    if (counted) { /* whatever was decided about it since, as in a closed period */
        return FACT_STATUS_valid;
    }
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *override = &explanation->overrides[i];
        if (!override->part && explanation_held(explanation, override, fact->id)) {
            return (enum fact_status) override->fact_status;
        }
    }
    return (enum fact_status)fact->status;
}

void explanation_bounds(const struct explanation *explanation, int64_t *below, int64_t *above) {
    const struct policy *policy = explanation->policy;
    enum risk_class now = explanation->result.score_class;
    int64_t total = explanation->result.total;
    *below = total - policy->bounds[now] * 100;
    *above = now == CLASS_D ? -1 : policy->bounds[now + 1] * 100 - total;
}

/* The engine's view of the enterprise as it stands now, judged on a day. */
struct scene {
    struct arena *arena;
    struct registry_scan *scan;
    struct registry_subject subject;
    struct score_engine *engine;
    struct score_override *overrides;
    size_t override_count;
    struct around *around;
    struct network_space space;
    struct score_around known;
};

static void scene_free(struct scene *scene) {
    registry_scan_free(scene->scan);
    score_engine_free(scene->engine);
    network_space_clear(&scene->space);
    around_free(scene->around);
    arena_free(scene->arena);
}

static enum result scene_set(struct store *store, const struct explanation *explanation, date day,
                             struct scene *scene, struct error *error) {
    int64_t id = explanation->enterprise.id;
    const struct id_list alone = {.ids = &id, .count = 1};
    int64_t *owners = NULL;
    bool more = false;
    *scene = (struct scene){.arena = arena_new()};
    enum result code = scene->arena == NULL ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK) {
        code = score_engine_new(&scene->engine, explanation->policy, error);
    }
    if (code == RESULT_OK) {
        code = registry_scan_new(&scene->scan, store, id, id, error);
    }
    if (code == RESULT_OK) {
        code = registry_scan_next(scene->scan, &scene->subject, &more, error);
    }
    if (code == RESULT_OK) {
        code = override_in_force(store, &alone, day, explanation->policy, scene->arena,
                                 &scene->overrides, &owners, &scene->override_count, error);
    }
    if (code == RESULT_OK) {
        code = around_new(&scene->around, store, &explanation->policy, 1, day,
                          explanation->period.id, &alone, error);
    }
    if (code == RESULT_OK) {
        code = around_of(scene->around, 0, &scene->space, id, &scene->known, error);
    }
    return code;
}

/* What the indicators of each dimension come to before its cap. */
static enum result sum_dimensions(struct explanation *explanation, struct error *error) {
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        if (one->indicator >= explanation->policy->indicator_count) {
            return error_set(error, RESULT_DAMAGED,
                             _("The stored result of enterprise number %lld is damaged; run the "
                               "period again."),
                             (long long)explanation->enterprise.id);
        }
        size_t dimension = explanation->policy->indicators[one->indicator].dimension;
        explanation->before_cap[dimension] += one->centipoints;
    }
    return RESULT_OK;
}

/* Notes who a related enterprise is, once. */
static enum result note_related(struct store *store, struct explanation *explanation, int64_t id,
                                struct arena *arena, struct error *error) {
    struct enterprise enterprise;
    if (explanation_related(explanation, id) != NULL) {
        return RESULT_OK;
    }
    struct explanation_related *related = &explanation->related[explanation->related_count++];
    *related = (struct explanation_related){.id = id, .uscc = "", .name = ""};
    enum result code =
        enterprise_load_at(store, id, explanation_moment(explanation), arena, &enterprise, error);
    if (code == RESULT_OK) {
        related->uscc = enterprise.uscc == NULL ? "" : enterprise.uscc;
        related->name = enterprise.name;
    } else if (code == RESULT_NOT_FOUND) { /* taken back since */
        error_clear(error);
        code = RESULT_OK;
    }
    return code;
}

static enum result load_related(struct store *store, struct explanation *explanation,
                                struct arena *arena, struct error *error) {
    size_t most = 0;
    enum result code = RESULT_OK;
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        most += explanation->result.indicators[i].related_count;
    }
    explanation->related = arena_alloc(arena, (most + 1) * sizeof(*explanation->related));
    if (explanation->related == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        for (size_t j = 0; code == RESULT_OK && j < one->related_count; j++) {
            code = note_related(store, explanation, one->related[j], arena, error);
        }
    }
    return code;
}

enum result explanation_complete(struct store *store, struct explanation *explanation,
                                 struct arena *arena, struct error *error) {
    enum result code = sum_dimensions(explanation, error);
    return code == RESULT_OK ? load_related(store, explanation, arena, error) : code;
}

/* Loads enterprise, facts and overrides as they are now. */
static enum result load_today(struct store *store, struct explanation *explanation,
                              struct arena *arena, struct error *error) {
    struct explanation_registry *today = &explanation->today;
    int64_t id = explanation->enterprise.id;
    today->enterprise = explanation->enterprise;
    enum result code = fact_load_all(store, id, arena, &today->facts, &today->fact_count, error);
    const struct override_filter filter = {.enterprise = id};
    return code == RESULT_OK ? override_list(store, &filter, explanation->result.day, arena,
                                             &today->overrides, &today->override_count, error)
                             : code;
}

/* Loads enterprise, facts and overrides as they were when a period was closed. */
static enum result load_sealed(struct store *store, struct explanation *explanation,
                               struct arena *arena, struct error *error) {
    const struct moment *moment = &explanation->period.sealed;
    int64_t id = explanation->enterprise.id;
    enum result code =
        enterprise_load_at(store, id, moment, arena, &explanation->enterprise, error);
    if (code == RESULT_OK) {
        code = fact_load_all_at(store, id, moment, arena, &explanation->facts,
                                &explanation->fact_count, error);
    }
    if (code == RESULT_OK) {
        code = fact_load_changed(store, id, moment, arena, &explanation->changed,
                                 &explanation->changed_count, error);
    }
    if (code == RESULT_OK) {
        code = override_load_at(store, id, explanation->result.day, moment, arena,
                                &explanation->overrides, &explanation->override_count, error);
    }
    return code;
}

/* Loads what the result rests on, and what there is now. */
static enum result load_registry(struct store *store, struct explanation *explanation,
                                 struct arena *arena, struct error *error) {
    enum result code = load_today(store, explanation, arena, error);
    if (code != RESULT_OK || explanation->period.closed) {
        return code == RESULT_OK ? load_sealed(store, explanation, arena, error) : code;
    }
    explanation->facts = explanation->today.facts;
    explanation->fact_count = explanation->today.fact_count;
    explanation->overrides = explanation->today.overrides;
    explanation->override_count = explanation->today.override_count;
    return RESULT_OK;
}

enum result explanation_load(struct store *store, int64_t enterprise, int64_t period,
                             struct arena *arena, struct explanation *explanation,
                             struct error *error) {
    *explanation = (struct explanation){0};
    enum result code = enterprise_load(store, enterprise, arena, &explanation->enterprise, error);
    if (code == RESULT_OK && period == 0) {
        code = period_latest(store, &explanation->period, error);
        period = explanation->period.id == 0 ? period_of(DATE_NONE) : explanation->period.id;
    }
    if (code == RESULT_OK) {
        code = period_load(store, period, &explanation->period, error);
    }
    if (code == RESULT_OK) {
        code = result_load(store, period, enterprise, arena, &explanation->result, error);
    }
    if (code == RESULT_OK) {
        code = policy_store_load(store, explanation->result.policy, &explanation->policy, error);
    }
    if (code == RESULT_OK) {
        code = load_registry(store, explanation, arena, error);
    }
    if (code == RESULT_OK) {
        code = explanation_complete(store, explanation, arena, error);
    }
    if (code == RESULT_OK) {
        code = explanation_find_way(explanation, arena, error);
    }
    if (code != RESULT_OK) {
        explanation_clear(explanation);
    }
    return code;
}

void explanation_clear(struct explanation *explanation) {
    policy_free(explanation->policy);
    explanation->policy = NULL;
}

enum result explanation_preview(struct store *store, const struct explanation *explanation,
                                const struct clock *clock, const struct override *proposal,
                                struct explanation_effect *effect, struct error *error) {
    struct scene scene;
    date day = period_day(explanation->period.id, clock);
    effect->day = day > explanation->period.day ? day : explanation->period.day;
    enum result code = scene_set(store, explanation, effect->day, &scene, error);
    struct score_override *with = NULL;
    if (code == RESULT_OK) {
        with = arena_alloc(scene.arena, (scene.override_count + 1) * sizeof(*with));
        code = with == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        memcpy(with, scene.overrides, scene.override_count * sizeof(*with));
        with[scene.override_count] = override_preview(proposal, explanation->policy);
        struct score_input input = {
            .policy = explanation->policy,
            .day = effect->day,
            .subject = &scene.subject,
            .overrides = with,
            .override_count = scene.override_count,
            .around = &scene.known,
        };
        code = score_engine_run(scene.engine, &input, NULL, 0, &effect->before, error);
        input.override_count++;
        code = code == RESULT_OK
                   ? score_engine_run(scene.engine, &input, NULL, 0, &effect->after, error)
                   : code;
    }
    scene_free(&scene);
    return code;
}
