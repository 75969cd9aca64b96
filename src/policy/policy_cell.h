/* A value of a policy document as a cell of its workbook, and back. For the files of policy. */
#ifndef XINFENG_POLICY_POLICY_CELL_H
#define XINFENG_POLICY_POLICY_CELL_H

#include "base/arena.h"
#include "policy/policy_layout.h"

#include <jansson.h>
#include <stdbool.h>

/* What a cell is read and written by. */
struct policy_cells {
    struct arena *arena; /* texts go here; shortness of memory shows there alone */
    json_t *dimensions;  /* the document's, for their names; borrowed */
    const json_t
        *dictionary; /* the workbook's own words: {"涉企信息类型": {word: code}}; or NULL */
};

/* The text that a cell shows for a value; "" for NULL. */
const char *policy_cell_text(const struct policy_cells *cells, const struct policy_column *column,
                             const json_t *value);

/* The value that a cell's text stands for; NULL and a sentence in *wrong when it stands for none.
 * The text is not empty. Memory short: NULL without a sentence. */
json_t *policy_cell_value(const struct policy_cells *cells, const struct policy_column *column,
                          const char *text, const char **wrong);

/* The value at a way such as "level.from" in an object; NULL when there is none. Borrowed. */
json_t *policy_way_get(json_t *object, const char *way);

/* Puts a value there, making what lies between; takes it over. False when memory is short. */
bool policy_way_set(json_t *object, const char *way, json_t *value);

/* The name of a band ("12 ~ 36"), of a step of decay ("below 24 months") or of a code (itself), by
 * which people tell it from the others of its list ("bands", "decay", "codes"); in the arena, NULL
 * when memory is short. */
const char *policy_item_name(struct arena *arena, const char *list, const char *code,
                             const json_t *item);

/* What a code of an attribute means, where a list tells; else "". Static. */
const char *policy_code_meaning(const char *attribute, const char *code);

#endif
