/* The values of a policy one by one, as people read and change them: what each is, how its cell
 * shows it, and where it stands in the document. */
#ifndef XINFENG_POLICY_POLICY_VALUE_H
#define XINFENG_POLICY_POLICY_VALUE_H

#include "policy/policy.h"
#include "policy/policy_layout.h"

#include <jansson.h>
#include <stdbool.h>

/* A part of a policy that has values: the general part, a dimension, an indicator with its bands,
 * codes and decay, a direct rule, or the measures of a class. */
struct policy_part {
    enum policy_sheet sheet; /* never POLICY_SHEET_BANDS */
    size_t index;            /* which one, in the order of the document; a class for measures */
};

/* One value. Texts live in the arena that was handed in. */
struct policy_value {
    struct policy_part part;
    const char *list; /* "bands", "codes", "decay": it is of an item of that list; NULL: of none */
    size_t item;      /* which one */
    const struct policy_column *column; /* title, shape and hint; static */
    const char *name;                   /* of the item: "12 ~ 36"; "" for none */
    const char *meaning;                /* of the item's code; "" for none */
    const char *const *codes;           /* of a list of words, NULL behind; NULL for other values */
    const char *text;                   /* as its cell shows it; "" where the document has none */
    bool fixed; /* names the policy or the indicator to others: never changed in place */
};

/* Lists the values of a part that the document has, and those that it could have beside them: cap,
 * floor, points where nothing is known, open ends of bands. */
enum result policy_values(const struct policy *policy, const struct policy_part *part,
                          struct arena *arena, struct policy_value **values, size_t *count,
                          struct error *error);

/* True when a value that is a list of words has the word of a code. */
bool policy_value_has(const struct policy_value *value, const char *code);

/* The object of a document that a part is; NULL when there is none. Borrowed. */
json_t *policy_part_object(json_t *document, const struct policy_part *part);

#endif
