/* All enterprises of the registry that have a USCC, in memory: for looking up one a row of a large
 * file without asking the database for each. Some 120 bytes an enterprise. Reading it changes
 * nothing, so that several threads may. */
#ifndef XINFENG_REGISTRY_DIRECTORY_H
#define XINFENG_REGISTRY_DIRECTORY_H

#include "base/uscc.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

struct directory;

/* One enterprise. */
struct directory_entry {
    int64_t id;
    const char *name; /* as the registry writes it */
    size_t name_length;
};

/* Reads the registry. Free with directory_free. */
enum result directory_new(struct directory **directory, struct store *store, struct error *error);

/* How many enterprises there are in it, and the bounds of their ids (0 when there are none). */
size_t directory_count(const struct directory *directory);
int64_t directory_first(const struct directory *directory);
int64_t directory_last(const struct directory *directory);

/* Adds an enterprise that has no name here; false when memory is short. No other thread may use
 * the directory meanwhile. */
bool directory_add(struct directory *directory, int64_t id, const char uscc[static USCC_LENGTH]);

/* Asks for the memory that looking this code up will need, some time before it is looked up. */
void directory_prefetch(const struct directory *directory, const char uscc[static USCC_LENGTH]);

/* The enterprise with this code of USCC_LENGTH bytes; false when there is none. */
bool directory_find(const struct directory *directory, const char uscc[static USCC_LENGTH],
                    struct directory_entry *entry);

/* Asks for the memory of the entry's name. */
void directory_prefetch_name(const struct directory_entry *entry);

/* NULL is harmless. */
void directory_free(struct directory *directory);

#endif
