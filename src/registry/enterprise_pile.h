/* What enterprise_bulk.c keeps aside and enterprise_bulk_write.c writes. Shared inside registry/.
 */
#ifndef XINFENG_REGISTRY_ENTERPRISE_PILE_H
#define XINFENG_REGISTRY_ENTERPRISE_PILE_H

#include "base/spill.h"
#include "registry/enterprise_bulk.h"
#include "store/feed.h"

/* Room for a registration number. */
#define ENTERPRISE_NUMBER_SIZE 24

/* Stands before each row kept aside, at a multiple of its alignment. Behind it: the record, then
 * the texts that the indexes hold, each with a zero byte: name key, initials, USCC, number ("" when
 * there is none), region. */
struct enterprise_head {
    int64_t line;
    uint64_t offset;
    uint32_t record_length; /* 0: a row that goes another way */
    uint32_t keys_length;
    char uscc[USCC_SIZE];
    char number[ENTERPRISE_NUMBER_SIZE];
};

struct enterprise_bulk {
    struct store *store;
    const struct save_origin *origin;
    struct directory *directory;
    uint64_t bytes;
    struct spill *spill;
    size_t parts;
    uint64_t part_bytes; /* of the file */
    struct enterprise_lane *lanes;
};

/* The room that a row takes, a multiple of the alignment of its head. */
size_t enterprise_piece_size(const struct enterprise_head *head);

#endif
