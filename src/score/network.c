#include "score/network.h"

#include "score/network_links.h"
#include "score/override.h"
#include "store/statement.h"

#include <stdlib.h>

/* What is known of one enterprise of the network. */
struct node {
    bool looked;     /* its facts and class were looked at */
    uint64_t counts; /* bit n: it counts for the n-th indicator of relations */
};

struct network {
    struct store *store;
    const struct policy *policy;
    date day;
    struct links links;
    struct node *nodes;               /* as links.enterprises */
    struct arena *arena;              /* holds the overrides, where facts are looked at */
    struct score_override *overrides; /* ordered by enterprise */
    int64_t *owners;                  /* the enterprise of each */
    size_t override_count;
    struct statement *facts;
    struct statement *class;
    int64_t before; /* the last closed period; 0: none */
    struct score_related *related;
    struct id_set around;
    struct id_set *hits; /* of each indicator of the policy */
};

static size_t place_of(const struct network *network, int64_t enterprise) {
    size_t low = 0;
    size_t high = network->links.enterprise_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (network->links.enterprises[middle] < enterprise) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
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
    return (struct score_input){
        .day = network->day, .overrides = network->overrides + low, .override_count = end - low};
}

/* The indicators for which a fact makes its enterprise count. */
static uint64_t counts_by(const struct network *network, const struct score_input *decided,
                          const struct fact *fact) {
    const struct policy *policy = network->policy;
    uint64_t counts = 0;
    int bit = 0;
    if (!score_fact_counts(decided, fact) || !score_fact_in_force(fact, network->day)) {
        return 0;
    }
    const struct fact left = score_fact_left(decided, fact);
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &policy->indicators[i];
        if (indicator->kind == POLICY_RELATION) {
            bool matches = indicator->classes == 0 && score_fact_matches(indicator, &left);
            counts |= (uint64_t)matches << bit++;
        }
    }
    return counts;
}

static enum result look_at_facts(struct network *network, int64_t enterprise, uint64_t *counts,
                                 struct error *error) {
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
        *counts |= counts_by(network, &decided, &fact);
    }
    return code;
}

static enum result look_at_class(struct network *network, int64_t enterprise, uint64_t *counts,
                                 struct error *error) {
    const struct policy *policy = network->policy;
    int64_t letter = 0;
    int bit = 0;
    enum result code = statement_fetch_int(
        network->class, VALUES(value_int(network->before), value_int(enterprise)), -1, &letter,
        error);
    for (size_t i = 0; code == RESULT_OK && i < policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &policy->indicators[i];
        if (indicator->kind == POLICY_RELATION) {
            bool counts_here = letter >= 0 && (indicator->classes >> letter & 1) != 0;
            *counts |= (uint64_t)counts_here << bit++;
        }
    }
    return code;
}

/* Looks at an enterprise of the network, once. */
static enum result look_at(struct network *network, int64_t enterprise, const struct node **node,
                           struct error *error) {
    struct node *place = &network->nodes[place_of(network, enterprise)];
    enum result code = RESULT_OK;
    *node = place;
    if (place->looked) {
        return RESULT_OK;
    }
    if (network->facts != NULL) {
        code = look_at_facts(network, enterprise, &place->counts, error);
    }
    if (code == RESULT_OK && network->class != NULL) {
        code = look_at_class(network, enterprise, &place->counts, error);
    }
    place->looked = code == RESULT_OK;
    return code;
}

/* ---- beginning ------------------------------------------------------------------------------- */

static enum result load_overrides(struct network *network, struct error *error) {
    network->arena = arena_new();
    return network->arena == NULL
               ? error_no_memory(error)
               : override_in_force(network->store, 0, network->day, network->policy, network->arena,
                                   &network->overrides, &network->owners, &network->override_count,
                                   error);
}

/* Prepares what the policy's indicators look at. */
static enum result prepare(struct network *network, int64_t period, struct error *error) {
    bool facts = false;
    bool classes = false;
    for (size_t i = 0; i < network->policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &network->policy->indicators[i];
        if (indicator->kind == POLICY_RELATION) {
            facts = facts || indicator->classes == 0;
            classes = classes || indicator->classes != 0;
        }
    }
    enum result code = RESULT_OK;
    if (facts) {
        code = statement_prepare(&network->facts, network->store, REGISTRY_SCAN_FACTS, error);
    }
    if (code == RESULT_OK && facts) {
        code = load_overrides(network, error);
    }
    if (code == RESULT_OK && classes) {
        code = store_fetch_int(network->store,
                               "SELECT max(id) FROM period WHERE state = 'closed' AND id < ?",
                               VALUES(value_int(period)), 0, &network->before, error);
    }
    if (code == RESULT_OK && classes) {
        code = statement_prepare(&network->class, network->store,
                                 "SELECT unicode(final_class) - unicode('A') FROM result "
                                 "WHERE period = ? AND enterprise = ?",
                                 error);
    }
    return code;
}

static enum result set_up(struct network *network, int64_t period, int64_t enterprise, int64_t hops,
                          struct error *error) {
    size_t count = network->policy->indicator_count;
    network->related = calloc(count, sizeof(*network->related));
    network->hits = calloc(count, sizeof(*network->hits));
    if (network->related == NULL || network->hits == NULL) {
        return error_no_memory(error);
    }
    enum result code = prepare(network, period, error);
    if (code == RESULT_OK) {
        code = links_load(&network->links, network->store, network->day, enterprise, hops, error);
    }
    if (code == RESULT_OK) {
        network->nodes = calloc(network->links.enterprise_count + 1, sizeof(*network->nodes));
        code = network->nodes == NULL ? error_no_memory(error) : RESULT_OK;
    }
    return code;
}

enum result network_new(struct network **network, struct store *store, const struct policy *policy,
                        date day, int64_t period, int64_t enterprise, struct error *error) {
    int64_t hops = 0;
    *network = NULL;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &policy->indicators[i];
        if (indicator->kind == POLICY_RELATION && indicator->hops > hops) {
            hops = indicator->hops;
        }
    }
    if (hops == 0) {
        return RESULT_OK;
    }
    struct network *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->policy = policy;
    made->day = day;
    enum result code = set_up(made, period, enterprise, hops, error);
    if (code != RESULT_OK) {
        network_free(made);
        return code;
    }
    *network = made;
    return RESULT_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* How the enterprise stands to one indicator, the bit-th of its kind. */
static enum result relate(struct network *network, int64_t enterprise, size_t index, int bit,
                          struct error *error) {
    const struct policy_indicator *indicator = &network->policy->indicators[index];
    struct id_set *hits = &network->hits[index];
    hits->count = 0;
    enum result code = links_around(&network->links, enterprise, indicator->relations,
                                    indicator->hops, &network->around)
                           ? RESULT_OK
                           : error_no_memory(error);
    for (size_t i = 0; code == RESULT_OK && i < network->around.count; i++) {
        const struct node *node = NULL;
        code = look_at(network, network->around.ids[i], &node, error);
        if (code == RESULT_OK && (node->counts >> bit & 1) != 0 &&
            !id_set_add(hits, network->around.ids[i])) {
            code = error_no_memory(error);
        }
    }
    network->related[index] = (struct score_related){.known = (int64_t)network->around.count,
                                                     .hits = (int64_t)hits->count,
                                                     .enterprises = hits->ids};
    return code;
}

enum result network_of(struct network *network, int64_t enterprise,
                       const struct score_related **related, struct error *error) {
    *related = NULL;
    size_t place = place_of(network, enterprise);
    if (place == network->links.enterprise_count ||
        network->links.enterprises[place] != enterprise) {
        return RESULT_OK;
    }
    int bit = 0;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < network->policy->indicator_count; i++) {
        if (network->policy->indicators[i].kind == POLICY_RELATION) {
            code = relate(network, enterprise, i, bit++, error);
        }
    }
    *related = network->related;
    return code;
}

void network_free(struct network *network) {
    if (network == NULL) {
        return;
    }
    for (size_t i = 0; network->hits != NULL && i < network->policy->indicator_count; i++) {
        free(network->hits[i].ids);
    }
    free(network->hits);
    free(network->related);
    free(network->around.ids);
    arena_free(network->arena);
    free(network->nodes);
    links_clear(&network->links);
    statement_free(network->facts);
    statement_free(network->class);
    free(network);
}
