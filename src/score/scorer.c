#include "score/scorer.h"

#include "score/around.h"
#include "score/override.h"

#include <stdlib.h>

/* One policy of the set, with the overrides as it numbers their rules. */
struct one {
    const struct policy *policy;
    struct score_engine *engine;
    struct score_override *overrides; /* ordered by enterprise */
    int64_t *owners;
    size_t override_count;
    size_t next;
};

struct scorer {
    const struct policy_set *set;
    struct arena *arena; /* NULL in a fork, as what is shared is the first one's */
    date day;
    struct around *around;
    struct network_space space;
    struct one items[POLICY_SET_MOST];
};

void scorer_free(struct scorer *scorer) {
    if (scorer == NULL) {
        return;
    }
    for (size_t i = 0; i < POLICY_SET_MOST; i++) {
        score_engine_free(scorer->items[i].engine);
    }
    network_space_clear(&scorer->space);
    if (scorer->arena != NULL) {
        around_free(scorer->around);
        arena_free(scorer->arena);
    }
    free(scorer);
}

static enum result prepare(struct scorer *scorer, struct store *store, struct one *one,
                           const struct id_list *of, struct error *error) {
    enum result code = score_engine_new(&one->engine, one->policy, error);
    if (code == RESULT_OK) {
        code = override_in_force(store, of, scorer->day, one->policy, scorer->arena,
                                 &one->overrides, &one->owners, &one->override_count, error);
    }
    return code;
}

enum result scorer_new(struct scorer **scorer, struct store *store, const struct policy_set *set,
                       date day, int64_t period, const struct id_list *of, struct error *error) {
    *scorer = NULL;
    struct scorer *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->set = set;
    made->day = day;
    enum result code =
        around_new(&made->around, store, set->policies, set->count, day, period, of, error);
    for (size_t i = 0; code == RESULT_OK && i < set->count; i++) {
        made->items[i].policy = set->policies[i];
        code = prepare(made, store, &made->items[i], of, error);
    }
    if (code != RESULT_OK) {
        scorer_free(made);
        return code;
    }
    *scorer = made;
    return RESULT_OK;
}

enum result scorer_fork(struct scorer **fork, const struct scorer *scorer, struct error *error) {
    *fork = calloc(1, sizeof(**fork));
    if (*fork == NULL) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    **fork = *scorer;
    (*fork)->arena = NULL;
    (*fork)->space = (struct network_space){0};
    for (size_t i = 0; i < POLICY_SET_MOST; i++) {
        (*fork)->items[i].engine = NULL;
        (*fork)->items[i].next = 0;
    }
    for (size_t i = 0; code == RESULT_OK && i < scorer->set->count; i++) {
        struct one *one = &(*fork)->items[i];
        code = score_engine_new(&one->engine, one->policy, error);
    }
    return code;
}

/* The overrides of an enterprise; enterprises come in order of id. */
static void find_overrides(struct one *one, int64_t id, struct score_input *input) {
    while (one->next < one->override_count && one->owners[one->next] < id) {
        one->next++;
    }
    size_t end = one->next;
    while (end < one->override_count && one->owners[end] == id) {
        end++;
    }
    input->overrides = one->overrides == NULL ? NULL : one->overrides + one->next;
    input->override_count = end - one->next;
}

enum result scorer_run(struct scorer *scorer, const struct registry_subject *subject,
                       struct scored *scored, struct error *error) {
    const struct enterprise *enterprise = &subject->enterprise;
    size_t place =
        policy_set_pick(scorer->set, enterprise->kind, enterprise->region, enterprise->industry);
    scored->known = place < scorer->set->count;
    if (!scored->known) {
        return RESULT_OK;
    }
    struct one *one = &scorer->items[place];
    scored->policy = scorer->set->ids[place];
    scored->engine = one->engine;
    scored->input = (struct score_input){
        .policy = one->policy, .day = scorer->day, .subject = subject, .around = &scored->around};
    find_overrides(one, enterprise->id, &scored->input);
    enum result code =
        around_of(scorer->around, place, &scorer->space, enterprise->id, &scored->around, error);
    return code == RESULT_OK
               ? score_engine_run(one->engine, &scored->input, NULL, 0, &scored->score, error)
               : code;
}
