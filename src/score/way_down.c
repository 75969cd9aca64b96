#include "score/way_down.h"

#include <stdlib.h>

#define MOST_TRIES 200000

/* The search: candidates, and the set under trial as indexes into them. */
struct search {
    struct score_engine *engine;
    const struct score_input *input;
    int64_t *candidates;
    size_t candidate_count;
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

/* Facts that bear on the class: those that gave points, and those of direct rules in force. */
static void gather_candidates(struct search *search, const struct score_contribution *given,
                              size_t count) {
    const struct registry_subject *subject = search->input->subject;
    const struct policy *policy = search->input->policy;
    uint64_t direct = 0;
    for (size_t i = 0; i < policy->direct_count; i++) {
        direct |= policy->direct[i].types;
    }
    for (size_t place = 0; place < subject->fact_count; place++) {
        const struct fact *fact = &subject->facts[place];
        bool bears = (direct >> fact->type & 1) != 0 && score_fact_counts(search->input, fact) &&
                     score_fact_in_force(fact, search->input->day);
        for (size_t i = 0; i < count && !bears; i++) {
            bears = given[i].fact == place;
        }
        if (bears) {
            search->candidates[search->candidate_count++] = fact->id;
        }
    }
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

/* Takes, one after the other, the fact whose absence lowers the total most. */
static enum result go_greedily(struct search *search, size_t *size, enum risk_class *reached,
                               struct error *error) {
    *size = 0;
    *reached = search->now;
    while (*size < search->candidate_count && *reached >= search->now) {
        size_t best = *size;
        int64_t lowest = INT64_MAX;
        for (size_t i = *size; i < search->candidate_count; i++) {
            search->tried[*size] = search->candidates[i];
            enum result code = class_without(search, *size + 1, reached, error);
            if (code != RESULT_OK) {
                return code;
            }
            if (*reached < search->now || search->score.total < lowest) {
                best = i;
                lowest = search->score.total;
            }
            if (*reached < search->now) {
                break;
            }
        }
        int64_t taken = search->candidates[best];
        search->candidates[best] = search->candidates[*size];
        search->candidates[*size] = taken;
        search->tried[(*size)++] = taken;
    }
    return RESULT_OK;
}

static enum result search_sets(struct search *search, size_t *places, struct way_down *way,
                               struct error *error) {
    int64_t tries = 0;
    bool found = false;
    for (size_t size = 1; size <= search->candidate_count; size++) {
        tries += set_count(search->candidate_count, size);
        if (tries > MOST_TRIES) {
            way->smallest = false;
            return go_greedily(search, &way->count, &way->reached, error);
        }
        enum result code = try_size(search, size, places, &found, &way->reached, error);
        if (code != RESULT_OK || found) {
            way->count = size;
            return code;
        }
    }
    way->count = 0;
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
    gather_candidates(&search, given, count);
    /* All of them gone is the best facts can do: when that is not enough, nothing is. */
    for (size_t i = 0; i < search.candidate_count; i++) {
        search.tried[i] = search.candidates[i];
    }
    code = class_without(&search, search.candidate_count, &way->reached, error);
    if (code != RESULT_OK || way->reached >= search.now) {
        return code;
    }
    code = search_sets(&search, places, way, error);
    way->facts = search.tried;
    return code;
}
