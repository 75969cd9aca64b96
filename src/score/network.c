#include "score/network.h"

#include "base/large_memory.h"
#include "policy/policy_store.h"
#include "score/override.h"
#include "score/result.h"
#include "store/statement.h"

#include <stdlib.h>

/* An indicator of relations. */
struct asked {
    size_t indicator;
    size_t like; /* the first of those asked that goes around the same way */
};

struct network {
    struct store *store;
    const struct policy *policy;
    const struct links *links;
    date day;
    struct asked asked[POLICY_MOST_RELATION];
    size_t asked_count;
    uint64_t types;      /* of facts that make their enterprise count for some indicator */
    unsigned classes;    /* that do so, by letter */
    uint64_t *counts;    /* by place; bit n: it counts for the n-th of those asked */
    bool *looked;        /* by place: it was looked at; NULL: all were */
    struct arena *arena; /* holds the overrides, where facts are looked at */
    struct score_override *overrides; /* ordered by enterprise */
    int64_t *owners;                  /* the enterprise of each */
    size_t override_count;
    struct statement *facts;
    struct statement *class;
    int64_t before; /* the last closed period; 0: none */
};

int64_t network_hops(const struct policy *policy) {
    int64_t hops = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &policy->indicators[i];
        if (indicator->kind == POLICY_RELATION && indicator->hops > hops) {
            hops = indicator->hops;
        }
    }
    return hops;
}

static const struct policy_indicator *asked_indicator(const struct network *network, size_t bit) {
    return &network->policy->indicators[network->asked[bit].indicator];
}

/* ---- who counts ------------------------------------------------------------------------------ */

/* What is decided about the facts of an enterprise, as the engine is given it. */
static struct score_input decided_about(const struct network *network, int64_t enterprise) {
    size_t low = 0;
    size_t high = network->override_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (network->owners[middle] < enterprise) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < network->override_count && network->owners[end] == enterprise) {
        end++;
    }
    return (struct score_input){.day = network->day,
                                .overrides = end == low ? NULL : network->overrides + low,
                                .override_count = end - low};
}

/* The indicators for which a fact makes its enterprise count. */
static uint64_t counts_by_fact(const struct network *network, const struct score_input *decided,
                               const struct fact *fact) {
    uint64_t counts = 0;
    if ((network->types >> fact->type & 1) == 0 || !score_fact_counts(decided, fact) ||
        !score_fact_in_force(fact, network->day)) {
        return 0;
    }
    const struct fact left = score_fact_left(decided, fact);
    for (size_t bit = 0; bit < network->asked_count; bit++) {
        const struct policy_indicator *indicator = asked_indicator(network, bit);
        bool matches = indicator->classes == 0 && score_fact_matches(indicator, &left);
        counts |= (uint64_t)matches << bit;
    }
    return counts;
}

/* The indicators for which a class (0: A) makes its enterprise count. */
static uint64_t counts_by_class(const struct network *network, int64_t letter) {
    uint64_t counts = 0;
    for (size_t bit = 0; bit < network->asked_count; bit++) {
        counts |= (uint64_t)(asked_indicator(network, bit)->classes >> letter & 1) << bit;
    }
    return counts;
}

static enum result look_at_facts(struct network *network, size_t place, struct error *error) {
    int64_t enterprise = network->links->ids->ids[place];
    bool row = true;
    const struct score_input decided = decided_about(network, enterprise);
    enum result code = statement_bind(
        network->facts,
        VALUES(value_int(fact_first_id(enterprise)), value_int(fact_last_id(enterprise))), error);
    while (code == RESULT_OK) {
        code = statement_step(network->facts, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct fact fact = registry_scan_fact(network->facts);
        network->counts[place] |= counts_by_fact(network, &decided, &fact);
    }
    return code;
}

static enum result look_at_class(struct network *network, size_t place, struct error *error) {
    int64_t letter = 0;
    enum result code = statement_fetch_int(
        network->class,
        VALUES(value_int(result_id(network->before, network->links->ids->ids[place]))), -1, &letter,
        error);
    if (code == RESULT_OK && letter >= 0) {
        network->counts[place] |= counts_by_class(network, letter);
    }
    return code;
}

/* Looks at an enterprise of the network, once. */
static enum result look_at(struct network *network, size_t place, struct error *error) {
    enum result code = RESULT_OK;
    if (network->looked == NULL || network->looked[place]) {
        return RESULT_OK;
    }
    if (network->types != 0) {
        code = look_at_facts(network, place, error);
    }
    if (code == RESULT_OK && network->classes != 0) {
        code = look_at_class(network, place, error);
    }
    network->looked[place] = code == RESULT_OK;
    return code;
}

/* ---- beginning ------------------------------------------------------------------------------- */

static enum result load_overrides(struct network *network, bool all, struct error *error) {
    network->arena = arena_new();
    return network->arena == NULL
               ? error_no_memory(error)
               : override_in_force(network->store, all ? NULL : network->links->ids, network->day,
                                   network->policy, network->arena, &network->overrides,
                                   &network->owners, &network->override_count, error);
}

/* Gathers what the policy asks, and what that looks at. */
static void gather_asked(struct network *network) {
    const struct policy *policy = network->policy;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &policy->indicators[i];
        if (indicator->kind != POLICY_RELATION) {
            continue;
        }
        size_t like = 0;
        while (like < network->asked_count &&
               (asked_indicator(network, like)->relations != indicator->relations ||
                asked_indicator(network, like)->hops != indicator->hops)) {
            like++;
        }
        network->asked[network->asked_count++] = (struct asked){i, like};
        network->types |= indicator->classes == 0 ? indicator->types : 0;
        network->classes |= indicator->classes;
    }
}

static enum result prepare(struct network *network, int64_t period, bool all, struct error *error) {
    enum result code = RESULT_OK;
    size_t places = network->links->ids->count + 1;
    network->counts = large_memory_new(places * sizeof(*network->counts));
    network->looked = large_memory_new(places * sizeof(*network->looked));
    if (network->counts == NULL || network->looked == NULL) {
        return error_no_memory(error);
    }
    if (network->types != 0) {
        code = statement_prepare(&network->facts, network->store, REGISTRY_SCAN_FACTS, error);
    }
    if (code == RESULT_OK && network->types != 0) {
        code = load_overrides(network, all, error);
    }
    if (code == RESULT_OK && network->classes != 0) {
        code = store_fetch_int(network->store,
                               "SELECT max(id) FROM period WHERE state = 'closed' AND id < ?",
                               VALUES(value_int(period)), 0, &network->before, error);
    }
    if (code == RESULT_OK && network->classes != 0) {
        code = statement_prepare(&network->class, network->store,
                                 "SELECT unicode(final_class) - unicode('A') FROM result "
                                 "WHERE id = ?",
                                 error);
    }
    return code;
}

enum result network_new(struct network **network, struct store *store, const struct policy *policy,
                        const struct links *links, date day, int64_t period, bool all,
                        struct error *error) {
    *network = NULL;
    struct network *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->policy = policy;
    made->links = links;
    made->day = day;
    gather_asked(made);
    enum result code = prepare(made, period, all, error);
    if (code != RESULT_OK) {
        network_free(made);
        return code;
    }
    *network = made;
    return RESULT_OK;
}

/* ---- looking at all -------------------------------------------------------------------------- */

/* Goes over the facts in force of the types that matter, of everybody. */
static enum result look_at_all_facts(struct network *const *networks, size_t count,
                                     struct store *store, date day, uint64_t types,
                                     struct error *error) {
    const struct id_list *ids = networks[0]->links->ids;
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store, REGISTRY_SCAN_FACTS_IN_FORCE,
                                   VALUES(value_int((int64_t)types), value_date(day)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct fact fact = registry_scan_fact(rows);
        size_t place = id_list_place(ids, fact_enterprise(fact.id));
        for (size_t i = 0; i < count && place < ids->count; i++) {
            const struct score_input decided = decided_about(networks[i], ids->ids[place]);
            networks[i]->counts[place] |= counts_by_fact(networks[i], &decided, &fact);
        }
    }
    statement_free(rows);
    return code;
}

/* Goes over those whose class of the period before matters. */
static enum result look_at_all_classes(struct network *network, struct error *error) {
    const struct id_list *ids = network->links->ids;
    struct statement *rows = NULL;
    enum result code = RESULT_OK;
    for (int letter = 0; code == RESULT_OK && letter < CLASS_COUNT; letter++) {
        bool row = (network->classes >> letter & 1) != 0;
        uint64_t counts = counts_by_class(network, letter);
        if (row) {
            code = store_query(&rows, network->store,
                               "SELECT enterprise FROM result WHERE period = ? AND final_class = ?",
                               VALUES(value_int(network->before),
                                      value_text(risk_class_letter((enum risk_class)letter))),
                               error);
        }
        while (code == RESULT_OK && row) {
            code = statement_step(rows, &row, error);
            if (code == RESULT_OK && row) {
                size_t place = id_list_place(ids, statement_int(rows, 0));
                network->counts[place] |= place < ids->count ? counts : 0;
            }
        }
        statement_free(rows);
        rows = NULL;
    }
    return code;
}

enum result network_look_at_all(struct network *const *networks, size_t count,
                                struct error *error) {
    struct network *some[POLICY_SET_MOST];
    size_t some_count = 0;
    uint64_t types = 0;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (networks[i] != NULL) {
            some[some_count++] = networks[i];
            types |= networks[i]->types;
            code = look_at_all_classes(networks[i], error);
        }
    }
    if (code == RESULT_OK && types != 0) {
        code = look_at_all_facts(some, some_count, some[0]->store, some[0]->day, types, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < some_count; i++) {
        free(some[i]->looked);
        some[i]->looked = NULL;
    }
    return code;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* Makes room for the answers of a policy of so many indicators. */
static bool widen(struct network_space *space, size_t count) {
    if (space->count >= count) {
        return true;
    }
    network_space_clear(space);
    space->related = calloc(count, sizeof(*space->related));
    space->around = calloc(count, sizeof(*space->around));
    space->hits = calloc(count, sizeof(*space->hits));
    space->count = count;
    return space->related != NULL && space->around != NULL && space->hits != NULL;
}

void network_space_clear(struct network_space *space) {
    for (size_t i = 0; i < space->count; i++) {
        if (space->around != NULL) {
            free(space->around[i].places);
        }
        if (space->hits != NULL) {
            id_list_clear(&space->hits[i]);
        }
    }
    free(space->related);
    free(space->around);
    free(space->hits);
    *space = (struct network_space){0};
}

/* How the enterprise at a place stands to one of those asked. */
static enum result relate(struct network *network, struct network_space *space, size_t place,
                          size_t bit, struct error *error) {
    const struct policy_indicator *indicator = asked_indicator(network, bit);
    struct id_list *hits = &space->hits[bit];
    struct place_set *around = &space->around[network->asked[bit].like];
    enum result code = RESULT_OK;
    hits->count = 0;
    if (network->asked[bit].like == bit &&
        !links_around(network->links, place, indicator->relations, indicator->hops, around)) {
        return error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < around->count; i++) {
        size_t other = around->places[i];
        code = look_at(network, other, error);
        if (code == RESULT_OK && (network->counts[other] >> bit & 1) != 0 &&
            !id_list_add(hits, network->links->ids->ids[other])) {
            code = error_no_memory(error);
        }
    }
    space->related[network->asked[bit].indicator] = (struct score_related){
        .known = (int64_t)around->count, .hits = (int64_t)hits->count, .enterprises = hits->ids};
    return code;
}

enum result network_of(struct network *network, struct network_space *space, int64_t enterprise,
                       const struct score_related **related, struct error *error) {
    *related = NULL;
    size_t place = id_list_place(network->links->ids, enterprise);
    if (place == network->links->ids->count || !links_any(network->links, place)) {
        return RESULT_OK;
    }
    enum result code =
        widen(space, network->policy->indicator_count) ? RESULT_OK : error_no_memory(error);
    for (size_t bit = 0; code == RESULT_OK && bit < network->asked_count; bit++) {
        code = relate(network, space, place, bit, error);
    }
    *related = space->related;
    return code;
}

void network_free(struct network *network) {
    if (network == NULL) {
        return;
    }
    arena_free(network->arena);
    free(network->counts);
    free(network->looked);
    statement_free(network->facts);
    statement_free(network->class);
    free(network);
}
