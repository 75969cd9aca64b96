/* Reading a JSON document strictly: every value is asked for by name and type, every fault is
 * named with line and column, and only the first is kept. */
#ifndef XINFENG_POLICY_JSON_READER_H
#define XINFENG_POLICY_JSON_READER_H

#include "base/arena.h"
#include "base/result.h"
#include "policy/json_place.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define JSON_READER_DEPTH 16

/* The state of reading one document. Once code is not RESULT_OK, reads give harmless values. */
struct json_reader {
    const char *text;
    const char *origin; /* names the document in errors */
    struct arena *arena;
    struct error *error;
    enum result code;
    struct json_step path[JSON_READER_DEPTH];
    size_t depth;
};

/* Goes one step into the document, and back. */
void json_reader_enter_key(struct json_reader *reader, const char *key);
void json_reader_enter_index(struct json_reader *reader, size_t index);
void json_reader_leave(struct json_reader *reader);

/* Notes a fault at the place where the reader stands; keeps the first. */
void json_reader_fail(struct json_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The object or array under a key; NULL (and a fault) when it is missing or of another type.
 * required false: NULL without a fault when missing. */
json_t *json_reader_object(struct json_reader *reader, json_t *object, const char *key,
                           bool required);
json_t *json_reader_array(struct json_reader *reader, json_t *object, const char *key,
                          bool required);

/* A string, copied to the arena; NULL as above. */
const char *json_reader_text(struct json_reader *reader, json_t *object, const char *key,
                             bool required);

/* A required integer in [least, most]. */
int64_t json_reader_int(struct json_reader *reader, json_t *object, const char *key, int64_t least,
                        int64_t most);

/* An optional integer in [least, most]; absent when there is none or it is null. */
int64_t json_reader_int_or(struct json_reader *reader, json_t *object, const char *key,
                           int64_t least, int64_t most, int64_t absent);

/* The value itself as an object, array or integer, where it is no member but an element. */
bool json_reader_is_object(struct json_reader *reader, json_t *value);
int64_t json_reader_int_value(struct json_reader *reader, json_t *value, int64_t least,
                              int64_t most);

/* Faults when the object has a key outside the NULL-terminated list. */
void json_reader_only(struct json_reader *reader, json_t *object, const char *const *keys);

/* count zeroed elements of size in the arena; NULL and RESULT_NO_MEMORY when memory is short. */
void *json_reader_alloc(struct json_reader *reader, size_t count, size_t size);

#endif
