#include "score/way_down.h"

#include <stdlib.h>

#define MOST_TRIES 200000

/* The search: candidates, and the set under trial as indexes into them. */
struct search {
    struct score_engine *engine;
    const struct score_input *input;
    int64_t *candidates;
    size_t candidate_count;
    size_t direct_count; /* of the candidates: facts of direct rules, standing first */
    enum risk_class now;
    struct score score;
    int64_t *tried;
};

/* The class without the first `size` facts of search->tried. */
static enum result class_without(struct search *search, size_t size, enum risk_class *reached,
                                 struct error *error) {
    enum result code =
        score_engine_run(search->engine, search->input, search->tried, size, &search->score, error);
    *reached = search->score.final_class;
    return code;
}

/* Facts that bear on the class: first those of direct rules in force, then those that gave
 * points. */
static void gather_candidates(struct search *search, const struct score_contribution *given,
                              size_t count) {
    const struct registry_subject *subject = search->input->subject;
    const struct policy *policy = search->input->policy;
    uint64_t direct = 0;
    for (size_t i = 0; i < policy->direct_count; i++) {
        direct |= policy->direct[i].types;
    }
    for (int first = 1; first >= 0; first--) {
        for (size_t place = 0; place < subject->fact_count; place++) {
            const struct fact *fact = &subject->facts[place];
            bool rules = (direct >> fact->type & 1) != 0 &&
                         score_fact_counts(search->input, fact) &&
                         score_fact_in_force(fact, search->input->day);
            bool bears = rules;
            for (size_t i = 0; i < count && !bears; i++) {
                bears = given[i].fact == place;
            }
            if (bears && rules == (first == 1)) {
                search->candidates[search->candidate_count++] = fact->id;
            }
        }
        search->direct_count = first == 1 ? search->candidate_count : search->direct_count;
    }
}

/* The fewest centipoints an indicator could have without some of the facts that bear on it; never
 * more than it could really have. */
static int64_t least_points(const struct policy_indicator *indicator,
                            const struct score_indicator *now, int64_t negative_events) {
    int64_t least = 0;
    bool by_facts = indicator->kind != POLICY_ATTRIBUTE && indicator->kind != POLICY_SHARE &&
                    indicator->kind != POLICY_RELATION;
    if (!by_facts || (now->value == 0 && indicator->kind != POLICY_GROWTH)) {
        return now->centipoints;
    }
    if (indicator->kind == POLICY_EVENT) {
        least = negative_events;
    } else if (indicator->kind == POLICY_PRESENT) {
        least = indicator->points < 0 ? indicator->points * 100 : 0;
    }
    for (size_t i = 0; indicator->kind != POLICY_EVENT && i < indicator->band_count; i++) {
        int64_t points = indicator->bands[i].points * 100;
        least = points < least ? points : least;
    }
    int64_t low = indicator->floor * 100;
    int64_t high = indicator->cap == POLICY_NO_CAP ? INT64_MAX : indicator->cap * 100;
    return least < low ? low : least > high ? high : least;
}

/* The lowest class that any set of facts could leave, or a lower one: when that is not below the
 * class of now, no search is needed. Reads the engine's last run, with all facts. */
static enum risk_class lowest_class(const struct search *search,
                                    const struct score_contribution *given, size_t count) {
    const struct policy *policy = search->input->policy;
    int64_t negative[POLICY_MOST_INDICATORS] = {0};
    int64_t dimensions[POLICY_MOST_DIMENSIONS] = {0};
    int64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        negative[given[i].indicator] += given[i].centipoints < 0 ? given[i].centipoints : 0;
    }
    for (size_t i = 0; i < policy->indicator_count; i++) {
        dimensions[policy->indicators[i].dimension] +=
            least_points(&policy->indicators[i], &search->score.indicators[i], negative[i]);
    }
    for (size_t i = 0; i < policy->dimension_count; i++) {
        int64_t cap = policy->dimensions[i].cap;
        int64_t sum = dimensions[i] < 0 ? 0 : dimensions[i];
        total += cap != POLICY_NO_CAP && sum > cap * 100 ? cap * 100 : sum;
    }
    enum risk_class lowest = policy_class_of(policy, total);
    for (size_t i = 0; i < search->input->override_count; i++) {
        const struct score_override *override = &search->input->overrides[i];
        if (override->kind == OVERRIDE_SET_CLASS) {
            lowest = override->risk_class;
        }
    }
    return lowest;
}

/* Number of sets of a size, at most MOST_TRIES + 1. */
static int64_t set_count(size_t candidates, size_t size) {
    double sets = 1;
    for (size_t i = 0; i < size; i++) {
        sets = sets * (double)(candidates - i) / (double)(i + 1);
        if (sets > MOST_TRIES) {
            return MOST_TRIES + 1;
        }
    }
    return (int64_t)(sets + 0.5);
}

/* Steps to the next combination of size indexes out of count; false when it was the last. */
static bool next_combination(size_t *places, size_t size, size_t count) {
    size_t i = size;
    while (i > 0 && places[i - 1] == count - size + i - 1) {
        i--;
    }
    if (i == 0) {
        return false;
    }
    places[i - 1]++;
    for (; i < size; i++) {
        places[i] = places[i - 1] + 1;
    }
    return true;
}

/* Tries every set of one size; *found tells whether one brings the class down. */
static enum result try_size(struct search *search, size_t size, size_t *places, bool *found,
                            enum risk_class *reached, struct error *error) {
    for (size_t i = 0; i < size; i++) {
        places[i] = i;
    }
    do {
        for (size_t i = 0; i < size; i++) {
            search->tried[i] = search->candidates[places[i]];
        }
        enum result code = class_without(search, size, reached, error);
        if (code != RESULT_OK) {
            return code;
        }
        *found = *reached < search->now;
    } while (!*found && next_combination(places, size, search->candidate_count));
    return RESULT_OK;
}

/* A candidate and how much its absence alone lowers the total. */
struct weighed {
    int64_t fact;
    int64_t drop;
};

static int compare_weighed(const void *left, const void *right) {
    const struct weighed *a = left;
    const struct weighed *b = right;
    if (a->drop != b->drop) {
        return a->drop < b->drop ? 1 : -1;
    }
    return a->fact < b->fact ? -1 : 1;
}

/* Sorts the candidates by what their absence alone lowers; facts of direct rules come first. Those
 * whose absence raises the total go out: they are no burden. */
static enum result weigh_candidates(struct search *search, struct weighed *weighed,
                                    struct error *error) {
    enum risk_class reached;
    enum result code = class_without(search, 0, &reached, error);
    int64_t total = search->score.total;
    size_t kept = 0;
    for (size_t i = 0; code == RESULT_OK && i < search->candidate_count; i++) {
        search->tried[0] = search->candidates[i];
        code = class_without(search, 1, &reached, error);
        int64_t drop = total - search->score.total;
        if (i < search->direct_count) {
            drop = INT64_MAX;
        }
        if (drop >= 0) {
            weighed[kept++] = (struct weighed){search->candidates[i], drop};
        }
    }
    qsort(weighed, kept, sizeof(*weighed), compare_weighed);
    search->candidate_count = kept;
    for (size_t i = 0; i < kept; i++) {
        search->candidates[i] = weighed[i].fact;
    }
    return code;
}

/* Takes the heaviest facts until the class is down, then gives back what was not needed. A way when
 * *size is not 0, but perhaps not the smallest one. */
static enum result go_greedily(struct search *search, struct arena *arena, size_t *size,
                               enum risk_class *reached, struct error *error) {
    struct weighed *weighed = arena_alloc(arena, search->candidate_count * sizeof(*weighed));
    if (weighed == NULL) {
        return error_no_memory(error);
    }
    enum result code = weigh_candidates(search, weighed, error);
    *size = 0;
    *reached = search->now;
    while (code == RESULT_OK && *size < search->candidate_count && *reached >= search->now) {
        search->tried[*size] = search->candidates[*size];
        code = class_without(search, ++*size, reached, error);
    }
    if (code != RESULT_OK || *reached >= search->now) {
        *size = 0;
        return code;
    }
    for (size_t i = *size; code == RESULT_OK && i > 0; i--) {
        int64_t fact = search->tried[i - 1];
        enum risk_class other;
        search->tried[i - 1] = search->tried[*size - 1];
        code = class_without(search, *size - 1, &other, error);
        if (other < search->now) {
            (*size)--;
            *reached = other;
        } else {
            search->tried[i - 1] = fact;
        }
    }
    return code;
}

static enum result search_sets(struct search *search, struct arena *arena, size_t *places,
                               struct way_down *way, struct error *error) {
    int64_t tries = 0;
    bool found = false;
    for (size_t size = 1; size <= search->candidate_count; size++) {
        tries += set_count(search->candidate_count, size);
        if (tries > MOST_TRIES) {
            way->smallest = false;
            return go_greedily(search, arena, &way->count, &way->reached, error);
        }
        enum result code = try_size(search, size, places, &found, &way->reached, error);
        if (code != RESULT_OK || found) {
            way->count = size;
            return code;
        }
    }
    way->count = 0;
    way->reached = search->now;
    return RESULT_OK;
}

enum result way_down_find(struct score_engine *engine, const struct score_input *input,
                          struct arena *arena, struct way_down *way, struct error *error) {
    *way = (struct way_down){.smallest = true};
    size_t room = input->subject->fact_count + 1;
    struct search search = {.engine = engine, .input = input};
    search.candidates = arena_alloc(arena, room * sizeof(int64_t));
    search.tried = arena_alloc(arena, room * sizeof(int64_t));
    size_t *places = arena_alloc(arena, room * sizeof(size_t));
    if (search.candidates == NULL || search.tried == NULL || places == NULL) {
        return error_no_memory(error);
    }
    enum result code = class_without(&search, 0, &search.now, error);
    way->reached = search.now;
    if (code != RESULT_OK || search.now == CLASS_A) {
        return code;
    }
    size_t count = 0;
    const struct score_contribution *given = score_engine_contributions(engine, &count);
    if (lowest_class(&search, given, count) >= search.now) {
        return RESULT_OK;
    }
    gather_candidates(&search, given, count);
    code = search_sets(&search, arena, places, way, error);
    way->facts = search.tried;
    return code;
}
