/* What rests on something that a person wants to take back: sentences, the first of them, each
 * naming a thing and what to do about it. */
#ifndef XINFENG_REGISTRY_REST_H
#define XINFENG_REGISTRY_REST_H

#include "base/buffer.h"
#include "base/result.h"
#include "store/statement.h"

struct rests {
    struct buffer text; /* the sentences */
    size_t count;       /* of all, those left out too */
    size_t most;        /* sentences kept */
    char between;       /* what stands between two of them */
};

/* A few in one paragraph, and one a line for a person to go through. */
#define RESTS_INIT                                                                                 \
    { BUFFER_INIT, 0, 5, ' ' }
#define RESTS_LIST                                                                                 \
    { BUFFER_INIT, 0, 1000, '\n' }

/* Adds a translated sentence. */
void rests_add(struct rests *rests, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Releases the sentences. */
void rests_free(struct rests *rests);

#endif
