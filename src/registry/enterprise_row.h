/* Reading rows of the table enterprise; shared inside registry/. */
#ifndef XINFENG_REGISTRY_ENTERPRISE_ROW_H
#define XINFENG_REGISTRY_ENTERPRISE_ROW_H

#include "registry/enterprise.h"
#include "store/statement.h"

/* Reads id, all fields in the table's order and stub, from a column on. Texts are borrowed from
 * the statement until its next step. */
void enterprise_row_read(struct statement *row, int column, struct enterprise *enterprise);

/* Moves the borrowed texts into the arena; false when memory is short. */
bool enterprise_row_keep(struct enterprise *enterprise, struct arena *arena);

/* The value of a field as the table keeps it. */
struct value enterprise_value(const struct enterprise *enterprise,
                              const struct enterprise_field *field);

/* Fills in what is assumed of a new enterprise where it is not known: kind, status, and the region
 * of its code, which is written to region. */
void enterprise_fill(struct enterprise *enterprise, char region[static 7]);

/* RESULT_INVALID with a sentence when the name is missing, or code or kind are none. */
enum result enterprise_check(const struct enterprise *enterprise, struct error *error);

#endif
