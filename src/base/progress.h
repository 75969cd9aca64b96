/* Progress and cancel, handed to everything that can take long. */
#ifndef XINFENG_BASE_PROGRESS_H
#define XINFENG_BASE_PROGRESS_H

#include "base/result.h"

#include <stdint.h>

/* How long work tells how far it is and hears whether to stop. */
struct progress {
    /* Called now and then; total 0 means unknown. Returns false to stop the work. */
    bool (*report)(void *context, uint64_t done, uint64_t total);
    void *context;
};

/* Reports and returns RESULT_OK, or RESULT_CANCELLED with its sentence when the person wants the
 * work stopped. progress may be NULL: nobody watches. */
enum result progress_step(const struct progress *progress, uint64_t done, uint64_t total,
                          struct error *error);

#endif
