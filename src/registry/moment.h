/* A moment in the past of the registry, such as the one at which a period was closed. What rows
 * held then is read from themselves, or from what the database kept of them when they changed (the
 * tables enterprise_kept, fact_kept and fact_source_kept, written by triggers alone). */
#ifndef XINFENG_REGISTRY_MOMENT_H
#define XINFENG_REGISTRY_MOMENT_H

#include <stdint.h>

struct moment {
    int64_t journal; /* the last journal entry there was */
    int64_t batch;   /* the last batch there was */
};

#endif
