/* What rests on something that a person wants to take back: sentences, the first few of them, each
 * naming a thing and what to do about it. */
#ifndef XINFENG_REGISTRY_REST_H
#define XINFENG_REGISTRY_REST_H

#include "base/buffer.h"
#include "base/result.h"
#include "store/statement.h"

#define RESTS_MOST 5

struct rests {
    struct buffer text; /* the sentences, blanks between them */
    size_t count;       /* of all, those left out too */
};

#define RESTS_INIT                                                                                 \
    { BUFFER_INIT, 0 }

/* Adds a translated sentence. */
void rests_add(struct rests *rests, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Releases the sentences. */
void rests_free(struct rests *rests);

#endif
