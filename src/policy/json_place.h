/* Where in a JSON text a value stands: jansson forgets, people need line and column. */
#ifndef XINFENG_POLICY_JSON_PLACE_H
#define XINFENG_POLICY_JSON_PLACE_H

#include <stddef.h>

/* One step from a value into it: a key of an object, or (key NULL) an index of an array. */
struct json_step {
    const char *key;
    size_t index;
};

/* Finds the value at a path in well-formed JSON; gives line and column from 1. When the path ends
 * early, the place of the last value that exists. */
void json_place(const char *text, const struct json_step *path, size_t depth, int *line,
                int *column);

#endif
