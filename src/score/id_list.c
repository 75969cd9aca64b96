#include "score/id_list.h"

#include <stdlib.h>

bool id_list_add(struct id_list *list, int64_t id) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        int64_t *ids = realloc(list->ids, capacity * sizeof(*ids));
        if (ids == NULL) {
            return false;
        }
        list->ids = ids;
        list->capacity = capacity;
    }
    list->ids[list->count++] = id;
    return true;
}

static int compare(const void *left, const void *right) {
    int64_t one = *(const int64_t *)left;
    int64_t other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

void id_list_settle(struct id_list *list) {
    size_t kept = 0;
    if (list->count > 1) {
        qsort(list->ids, list->count, sizeof(*list->ids), compare);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->ids[kept - 1] != list->ids[i]) {
            list->ids[kept++] = list->ids[i];
        }
    }
    list->count = kept;
}

size_t id_list_place(const struct id_list *list, int64_t id) {
    if (list->count == 0 || id < list->ids[0]) {
        return list->count;
    }
    /* Ids rise by one at least, so none stands behind this place; in a registry from which nothing
     * was taken it stands right there. */
    uint64_t behind = (uint64_t)(id - list->ids[0]);
    size_t high = behind < list->count ? (size_t)behind : list->count - 1;
    size_t low = 0;
    if (list->ids[high] == id) {
        return high;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return list->ids[low] == id ? low : list->count;
}

void id_list_json(const struct id_list *list, struct buffer *json) {
    buffer_append_char(json, '[');
    for (size_t i = 0; i < list->count; i++) {
        buffer_append_text(json, i == 0 ? "" : ",");
        buffer_append_number(json, list->ids[i]);
    }
    buffer_append_char(json, ']');
}

void id_list_clear(struct id_list *list) {
    free(list->ids);
    *list = (struct id_list){0};
}
