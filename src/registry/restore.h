/* Taking back what one intake batch did to the registry: the rows it inserted go, the rows it
 * changed hold again what they held before, the sources it added go. For plan/undo, which first
 * asks whether anything rests on the batch. */
#ifndef XINFENG_REGISTRY_RESTORE_H
#define XINFENG_REGISTRY_RESTORE_H

#include "guard/actor.h"
#include "registry/rest.h"
#include "store/store.h"

#include <stdint.h>

/* What was taken back, in rows. */
struct restore_counts {
    int64_t enterprises; /* removed */
    int64_t facts;       /* removed */
    int64_t handed;      /* classes handed over, removed */
    int64_t records;     /* inspectors, matters, relations ..., removed */
    int64_t sources;     /* further sources of facts that stay, removed */
    int64_t restored;    /* rows that hold again what they held before */
};

/* Adds what of the registry rests on the batch: later batches that changed the same rows, told its
 * facts too, or put facts to its enterprises. */
enum result restore_rests(struct store *store, int64_t batch, struct rests *rests,
                          struct error *error);

/* The enterprises that the batch inserted, changed, or told facts of: ids in rising order on the
 * heap (free), *count of them. */
enum result restore_touched(struct store *store, int64_t batch, int64_t **enterprises,
                            size_t *count, struct error *error);

/* The enterprises of which the batch entered or changed anything at all, facts, grades, relations
 * and classes handed over among them; otherwise as restore_touched. */
enum result restore_reached(struct store *store, int64_t batch, int64_t **enterprises,
                            size_t *count, struct error *error);

/* Counts what restore_batch would take back. */
enum result restore_count(struct store *store, int64_t batch, struct restore_counts *counts,
                          struct error *error);

/* Takes the batch back, journalling every row restored; the caller journals the whole and holds the
 * transaction. Nothing may rest on the batch any more, results of its enterprises included. */
enum result restore_batch(struct store *store, const struct actor *actor, int64_t batch,
                          struct restore_counts *counts, struct error *error);

#endif
