/* Many new facts at once: they are kept aside by enterprise, on disk where they are many, and then
 * written in the order of their ids. Memory does not grow with their number. What comes of it is
 * what fact_writer_save would make of them one by one in the order of their lines. */
#ifndef XINFENG_REGISTRY_FACT_BULK_H
#define XINFENG_REGISTRY_FACT_BULK_H

#include "base/progress.h"
#include "registry/fact.h"

#include <stdbool.h>

/* The facts of one file. */
struct fact_bulk;

/* One thread's share in adding. */
struct fact_lane;

/* Begins; bytes is about how much there is to come, first and last bound the enterprises' ids.
 * Call inside a change. Free with fact_bulk_free. *bulk is NULL when the table is another than this
 * program knows how to write so: fact_writer does it then. */
enum result fact_bulk_new(struct fact_bulk **bulk, struct store *store,
                          const struct save_origin *origin, int64_t first, int64_t last,
                          uint64_t bytes, struct error *error);

/* A lane of the bulk; it ends with the bulk. NULL when memory is short. */
struct fact_lane *fact_bulk_lane(struct fact_bulk *bulk);

/* Adds a fact of an enterprise. *added is false when it cannot go this way: fact_writer_save is to
 * judge it, and fact_lane_hold to be called. */
enum result fact_lane_add(struct fact_lane *lane, int64_t enterprise, const struct fact *fact,
                          const char *record, struct save_place place, bool *added,
                          struct error *error);

/* From this line on nothing is written of the enterprise: what a row of it comes to may rest on a
 * row that goes another way. Its later rows are left. */
enum result fact_lane_hold(struct fact_lane *lane, int64_t enterprise, int64_t line,
                           struct error *error);

/* What was written. */
struct fact_bulk_sum {
    int64_t inserted;
    int64_t *enterprises; /* that have new facts, each once, rising; on the heap */
    size_t enterprise_count;
    struct save_place *left; /* rows that fact_writer_save is to judge, in no order; on the heap:
                              * of a fact that the registry or an earlier row has, or held */
    size_t left_count;
};

/* Ends adding in all lanes and writes. */
enum result fact_bulk_write(struct fact_bulk *bulk, const struct progress *progress,
                            struct fact_bulk_sum *sum, struct error *error);

/* Releases what a sum holds. */
void fact_bulk_sum_free(struct fact_bulk_sum *sum);

/* NULL is harmless. */
void fact_bulk_free(struct fact_bulk *bulk);

#endif
