/* Where in a JSON text a value stands: jansson forgets, people need line and column. */
#ifndef XINFENG_BASE_JSON_PLACE_H
#define XINFENG_BASE_JSON_PLACE_H

#include <stddef.h>

/* The value of a text. All texts here are well-formed JSON; no byte behind their value is read. */
const char *json_place_root(const char *text);

/* The value of member or item number index, from 0, of the object or array at a place; the place
 * itself when it has none such. */
const char *json_place_inside(const char *at, size_t index);

/* Line and column of a place, from 1; columns count characters. */
void json_place_count(const char *text, const char *at, int *line, int *column);

#endif
