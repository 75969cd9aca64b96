/* What fact_bulk.c keeps aside and fact_bulk_write.c writes. Shared inside registry/. */
#ifndef XINFENG_REGISTRY_FACT_PILE_H
#define XINFENG_REGISTRY_FACT_PILE_H

#include "base/spill.h"
#include "registry/fact_bulk.h"
#include "store/feed.h"

/* Stands before each record kept aside, at a multiple of its alignment. */
struct fact_head {
    int64_t enterprise;
    int64_t line;
    uint64_t offset;
    int64_t identity;
    int32_t type;    /* 0: from this line on the enterprise is held */
    uint32_t length; /* of the record behind it */
};

/* Enterprises whose facts are written together. */
struct fact_range {
    struct spill *spill;
    size_t part;
    int64_t first;
    int64_t last;
};

struct fact_bulk {
    struct store *store;
    const struct save_origin *origin;
    int64_t source;
    bool source_new;
    date recorded_on;
    bool any_before; /* the registry has facts already */
    struct spill *spill;
    size_t parts;
    int64_t first; /* bounds of the enterprises' ids */
    int64_t last;
    struct fact_lane *lanes;
};

/* The room that a piece takes, a multiple of the alignment of its head. */
size_t fact_piece_size(size_t length);

/* The part, of so many over a span of ids, to which an enterprise belongs. */
size_t fact_part_of(int64_t enterprise, int64_t first, int64_t last, size_t parts);

/* The least enterprise of a part. */
int64_t fact_part_first(size_t part, int64_t first, int64_t last, size_t parts);

#endif
