/* Many new enterprises at once: they are kept aside on disk, and then written in the order of their
 * lines. What comes of it is what enterprise_writer_save would make of them one by one. */
#ifndef XINFENG_REGISTRY_ENTERPRISE_BULK_H
#define XINFENG_REGISTRY_ENTERPRISE_BULK_H

#include "base/progress.h"
#include "registry/directory.h"
#include "registry/enterprise.h"

/* The enterprises of one file. */
struct enterprise_bulk;

/* One thread's share in adding. */
struct enterprise_lane;

/* Begins; bytes is the size of the file. The directory holds the registry; it is added to. Call
 * inside a change. Free with enterprise_bulk_free. *bulk is NULL when the table is another than
 * this program knows how to write so. */
enum result enterprise_bulk_new(struct enterprise_bulk **bulk, struct store *store,
                                const struct save_origin *origin, struct directory *directory,
                                uint64_t bytes, struct error *error);

/* A lane of the bulk; it ends with the bulk. NULL when memory is short. */
struct enterprise_lane *enterprise_bulk_lane(struct enterprise_bulk *bulk);

/* Adds an enterprise with a USCC; key is text_name_key of its name. *added is false when it cannot
 * go this way, and enterprise_lane_note is to be called. */
enum result enterprise_lane_add(struct enterprise_lane *lane, struct enterprise *enterprise,
                                const char *key, struct save_place place, bool *added,
                                struct error *error);

/* Notes a row that goes another way, with the codes by which it names its enterprise (number may be
 * ""): when the registry does not have that code by then, the row may enter an enterprise, and
 * none is written from its line on, so that ids keep the order of lines. */
enum result enterprise_lane_note(struct enterprise_lane *lane, const char *uscc, const char *number,
                                 struct save_place place, struct error *error);

/* What was written: ids first to last, none when inserted is 0. */
struct enterprise_bulk_sum {
    int64_t inserted;
    int64_t first;
    struct save_place *left; /* added rows that enterprise_writer_save is to judge; on the heap */
    size_t left_count;
};

/* Ends adding in all lanes and writes. */
enum result enterprise_bulk_write(struct enterprise_bulk *bulk, const struct progress *progress,
                                  struct enterprise_bulk_sum *sum, struct error *error);

/* NULL is harmless. */
void enterprise_bulk_free(struct enterprise_bulk *bulk);

#endif
