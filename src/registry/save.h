/* What saving a row did to the registry, counted alike for every kind of row. */
#ifndef XINFENG_REGISTRY_SAVE_H
#define XINFENG_REGISTRY_SAVE_H

#include "guard/actor.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

enum save_outcome { SAVE_INSERTED, SAVE_UPDATED, SAVE_UNCHANGED };

/* Where a row comes from and on whose behalf it is saved. Texts are borrowed. */
struct save_origin {
    const struct actor *actor;
    const char *source; /* the department or file it comes from; never NULL */
    int64_t batch;      /* intake batch; 0: none */
    int64_t line;       /* line of the file; 0: none */
    bool bulk;          /* one journal entry of the caller's stands for all inserts */
};

/* A row of a file, by its line and by the byte it starts at. */
struct save_place {
    int64_t line;
    uint64_t offset;
};

#endif
