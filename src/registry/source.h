/* The sources facts come from: departments and files. Owns the table source. */
#ifndef XINFENG_REGISTRY_SOURCE_H
#define XINFENG_REGISTRY_SOURCE_H

#include "store/store.h"

#include <stdint.h>

/* The id of a source by its name, made when it is new. Call inside a transaction. */
enum result source_find_or_add(struct store *store, const char *name, int64_t *id,
                               struct error *error);

#endif
