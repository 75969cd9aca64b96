#include "score/around.h"

#include "score/share.h"

#include <stdlib.h>

struct around {
    struct store *store;
    struct policy *const *policies;
    size_t count;
    date day;
    int64_t period;
    struct id_list ids; /* whose places links and networks go by */
    struct links links;
    struct share *share;
    struct network *networks[POLICY_SET_MOST]; /* NULL: the policy has no indicator of relations */
};

/* What all the policies ask for together. */
struct wanted {
    unsigned shares;
    int64_t hops;
};

static struct wanted gather_wanted(const struct around *around) {
    struct wanted wanted = {0};
    for (size_t i = 0; i < around->count; i++) {
        int64_t hops = network_hops(around->policies[i]);
        wanted.hops = hops > wanted.hops ? hops : wanted.hops;
        wanted.shares |= share_wanted(around->policies[i]);
    }
    return wanted;
}

/* A network for each policy that asks for one, over links that are loaded. */
static enum result make_networks(struct around *around, bool all, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < around->count; i++) {
        if (network_hops(around->policies[i]) > 0) {
            code = network_new(&around->networks[i], around->store, around->policies[i],
                               &around->links, around->day, around->period, all, error);
        }
    }
    return code;
}

static enum result look_at_all(struct around *around, struct wanted wanted, struct error *error) {
    bool links = wanted.hops > 0 || share_needs_links(wanted.shares);
    enum result code = share_new_all(&around->share, around->store, wanted.shares, around->day,
                                     &around->ids, error);
    if (code == RESULT_OK && links) {
        code = links_load(&around->links, around->store, around->day, &around->ids, error);
    }
    if (code == RESULT_OK && links) {
        code = share_count(around->share, &around->links, error);
    }
    links_forget_keys(&around->links);
    if (code == RESULT_OK) {
        code = make_networks(around, true, error);
    }
    return code == RESULT_OK ? network_look_at_all(around->networks, around->count, error) : code;
}

static enum result look_around(struct around *around, struct wanted wanted,
                               const struct id_list *of, struct error *error) {
    enum result code = share_new(&around->share, around->store, wanted.shares, around->day, error);
    if (code == RESULT_OK && wanted.hops > 0) {
        code = links_load_around(&around->links, around->store, around->day, of, wanted.hops,
                                 &around->ids, error);
    }
    return code == RESULT_OK ? make_networks(around, false, error) : code;
}

enum result around_new(struct around **around, struct store *store, struct policy *const *policies,
                       size_t count, date day, int64_t period, const struct id_list *of,
                       struct error *error) {
    struct around *made = calloc(1, sizeof(*made));
    *around = NULL;
    if (made == NULL) {
        return error_no_memory(error);
    }
    *made = (struct around){
        .store = store, .policies = policies, .count = count, .day = day, .period = period};
    struct wanted wanted = gather_wanted(made);
    enum result code = RESULT_OK;
    if (wanted.hops > 0 || wanted.shares != 0) {
        code = of == NULL ? look_at_all(made, wanted, error) : look_around(made, wanted, of, error);
    }
    if (code != RESULT_OK) {
        around_free(made);
        return code;
    }
    *around = made;
    return RESULT_OK;
}

enum result around_of(const struct around *around, size_t policy, struct network_space *space,
                      int64_t enterprise, struct score_around *known, struct error *error) {
    enum result code = RESULT_OK;
    *known = (struct score_around){0};
    if (around->share != NULL) {
        code = share_of(around->share, enterprise, known->shared, error);
    }
    if (code == RESULT_OK && around->networks[policy] != NULL) {
        code = network_of(around->networks[policy], space, enterprise, &known->related, error);
    }
    return code;
}

void around_free(struct around *around) {
    if (around == NULL) {
        return;
    }
    for (size_t i = 0; i < around->count; i++) {
        network_free(around->networks[i]);
    }
    share_free(around->share);
    links_clear(&around->links);
    id_list_clear(&around->ids);
    free(around);
}
