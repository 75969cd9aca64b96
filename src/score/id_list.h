/* Ids in rising order, and which place each has. */
#ifndef XINFENG_SCORE_ID_LIST_H
#define XINFENG_SCORE_ID_LIST_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Some ids; what adds and sorts says so. */
struct id_list {
    int64_t *ids;
    size_t count;
    size_t capacity;
};

/* Adds an id behind the others; false when memory is short. */
bool id_list_add(struct id_list *list, int64_t id);

/* Sorts the ids and keeps each once. */
void id_list_settle(struct id_list *list);

/* The place of an id in a settled list; its count when the id is not there. */
size_t id_list_place(const struct id_list *list, int64_t id);

/* Appends the ids as a JSON array, the way a statement takes many at once: json_each(?). */
void id_list_json(const struct id_list *list, struct buffer *json);

void id_list_clear(struct id_list *list);

#endif
