#include "intake/seen.h"

#include <stdlib.h>

/* Ids differ in their high bits (facts of one enterprise) as well as in their low ones. */
static uint64_t spread(int64_t id) {
    uint64_t bits = (uint64_t)id;
    bits ^= bits >> 31;
    bits *= UINT64_C(0x9E3779B97F4A7C15);
    return bits ^ bits >> 29;
}

/* The place of an id, or the free place where it belongs. */
static uint64_t place_of(const struct seen *seen, int64_t id) {
    uint64_t place = spread(id) & (seen->capacity - 1);
    while (seen->ids[place] != 0 && seen->ids[place] != id) {
        place = (place + 1) & (seen->capacity - 1);
    }
    return place;
}

int64_t seen_line(const struct seen *seen, int64_t id) {
    if (seen->count == 0) {
        return 0;
    }
    uint64_t place = place_of(seen, id);
    return seen->ids[place] == id ? (int64_t)seen->lines[place] : 0;
}

static enum result grow(struct seen *seen, struct error *error) {
    struct seen larger = {.capacity = seen->capacity == 0 ? 1024 : seen->capacity * 2};
    larger.ids = calloc(larger.capacity, sizeof(*larger.ids));
    larger.lines = calloc(larger.capacity, sizeof(*larger.lines));
    if (larger.ids == NULL || larger.lines == NULL) {
        seen_free(&larger);
        return error_no_memory(error);
    }
    for (uint64_t i = 0; i < seen->capacity; i++) {
        if (seen->ids[i] != 0) {
            uint64_t place = place_of(&larger, seen->ids[i]);
            larger.ids[place] = seen->ids[i];
            larger.lines[place] = seen->lines[i];
        }
    }
    larger.count = seen->count;
    seen_free(seen);
    *seen = larger;
    return RESULT_OK;
}

enum result seen_add(struct seen *seen, int64_t id, int64_t line, struct error *error) {
    if (seen->count * 4 >= seen->capacity * 3) {
        enum result code = grow(seen, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    uint64_t place = place_of(seen, id);
    if (seen->ids[place] == 0) {
        seen->ids[place] = id;
        seen->lines[place] = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
        seen->count++;
    }
    return RESULT_OK;
}

void seen_free(struct seen *seen) {
    free(seen->ids);
    free(seen->lines);
    *seen = (struct seen){0};
}
