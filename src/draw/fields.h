/* Reading a strict JSON document: every key known, present and of its kind, texts plain. The first
 * fault sticks and later reads do nothing, so that readers need no check a line. */
#ifndef XINFENG_DRAW_FIELDS_H
#define XINFENG_DRAW_FIELDS_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/result.h"
#include "draw/measures.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FIELDS_WHERE_SIZE 64

/* A reading under way. Every read takes the JSON object, where it stands ("units[3]", for the
 * sentence) and the key. */
struct fields {
    struct arena *arena; /* texts and arrays go here */
    struct error *error;
    enum result code; /* RESULT_OK until the first fault, RESULT_INVALID after it */
};

/* Writes the place of an array's item: "units[3]". */
void fields_where(char where[static FIELDS_WHERE_SIZE], const char *array, size_t index);

/* Faults unless json is an object with no key beyond these; NULL ends the list. */
void fields_keys(struct fields *fields, const json_t *json, const char *where,
                 const char *const *keys);

/* Plain text copied into the arena; "" after a fault. */
const char *fields_text(struct fields *fields, const json_t *json, const char *where,
                        const char *key);

/* The same, or NULL for null. */
const char *fields_text_or_null(struct fields *fields, const json_t *json, const char *where,
                                const char *key);

/* The same of a value that has no key, such as an array's item. */
const char *fields_text_value(struct fields *fields, const json_t *value, const char *where);

/* A capital letter; '?' after a fault. */
char fields_letter(struct fields *fields, const json_t *json, const char *where, const char *key);

/* A whole number from 0 to DRAW_NUMBER_LIMIT; 0 after a fault. */
uint64_t fields_number(struct fields *fields, const json_t *json, const char *where,
                       const char *key);

/* The same, or otherwise for null. */
uint64_t fields_number_or(struct fields *fields, const json_t *json, const char *where,
                          const char *key, uint64_t otherwise);

/* true or false; false after a fault. */
bool fields_flag(struct fields *fields, const json_t *json, const char *where, const char *key);

/* The index of the text in a list that NULL ends; 0 after a fault. */
size_t fields_word(struct fields *fields, const json_t *json, const char *where, const char *key,
                   const char *const *words);

/* {"num": p, "den": q}; 0/0 after a fault. */
struct draw_rate fields_rate(struct fields *fields, const json_t *json, const char *where,
                             const char *key);

/* The same, or 0/0 for null. */
struct draw_rate fields_rate_or_none(struct fields *fields, const json_t *json, const char *where,
                                     const char *key);

/* An array or an object; NULL after a fault. Borrowed from json. */
const json_t *fields_array(struct fields *fields, const json_t *json, const char *where,
                           const char *key);
const json_t *fields_object(struct fields *fields, const json_t *json, const char *where,
                            const char *key);

/* size zeroed bytes in the arena; NULL, and a fault, when memory is short. */
void *fields_alloc(struct fields *fields, size_t size);

/* SHA-256, in hexadecimal, of the canonical text of a JSON value: UTF-8, sorted keys, no blanks.
 * json may be NULL, a sign of short memory on the way to it. */
enum result fields_digest(const json_t *json, char hex[static DIGEST_HEX_SIZE],
                          struct error *error);

#endif
