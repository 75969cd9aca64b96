#include "score/around.h"

#include "score/network.h"
#include "score/share.h"

#include <stdlib.h>

struct around {
    struct share *share;
    struct network *network;
};

enum result around_new(struct around **around, struct store *store, const struct policy *policy,
                       date day, int64_t period, int64_t first, int64_t last, struct error *error) {
    struct around *made = calloc(1, sizeof(*made));
    *around = NULL;
    if (made == NULL) {
        return error_no_memory(error);
    }
    enum result code = share_new(&made->share, store, policy, day, first, last, error);
    if (code == RESULT_OK) {
        code = network_new(&made->network, store, policy, day, period, first == last ? first : 0,
                           error);
    }
    if (code != RESULT_OK) {
        around_free(made);
        return code;
    }
    *around = made;
    return RESULT_OK;
}

enum result around_of(struct around *around, int64_t enterprise, struct score_around *known,
                      struct error *error) {
    enum result code = RESULT_OK;
    *known = (struct score_around){0};
    if (around->share != NULL) {
        code = share_of(around->share, enterprise, known->shared, error);
    }
    if (code == RESULT_OK && around->network != NULL) {
        code = network_of(around->network, enterprise, &known->related, error);
    }
    return code;
}

void around_free(struct around *around) {
    if (around == NULL) {
        return;
    }
    share_free(around->share);
    network_free(around->network);
    free(around);
}
