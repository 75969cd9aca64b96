/* Where rows come from: the department or file that told them. Owns the table source. */
#ifndef XINFENG_REGISTRY_SOURCE_H
#define XINFENG_REGISTRY_SOURCE_H

#include "store/store.h"

#include <stdint.h>

/* Looks sources up by name and enters new ones. */
struct source_writer;

/* Free with source_writer_free. */
enum result source_writer_new(struct source_writer **writer, struct store *store,
                              struct error *error);

/* The id of a source by its name, made when it is new. Asked anew for every row: what a rollback
 * takes back must not be remembered. */
enum result source_writer_id(struct source_writer *writer, const char *name, int64_t *id,
                             struct error *error);

/* NULL is harmless. */
void source_writer_free(struct source_writer *writer);

#endif
