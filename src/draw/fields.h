/* What the documents of a draw, its record and its measures, are made of. */
#ifndef XINFENG_DRAW_FIELDS_H
#define XINFENG_DRAW_FIELDS_H

#include "base/digest.h"
#include "base/json_reader.h"
#include "base/result.h"
#include "draw/measures.h"

#include <jansson.h>
#include <stdint.h>

/* The rule of all their texts: they are plain. */
const char *fields_text_rule(const char *text);

/* A capital letter; '?' after a fault. */
char fields_letter(const struct json_node *node, const char *key);

/* A whole number from 0 to DRAW_NUMBER_LIMIT; 0 after a fault. */
uint64_t fields_number(const struct json_node *node, const char *key);

/* The same, or DRAW_NO_MAXIMUM for null. */
uint64_t fields_maximum(const struct json_node *node, const char *key);

/* {"num": p, "den": q}; 0/0 after a fault. */
struct draw_rate fields_rate(const struct json_node *node, const char *key);

/* The same, or 0/0 for null. */
struct draw_rate fields_rate_or_none(const struct json_node *node, const char *key);

/* SHA-256, in hexadecimal, of the canonical text of a JSON value: UTF-8, sorted keys, no blanks.
 * json may be NULL, a sign of short memory on the way to it. */
enum result fields_digest(const json_t *json, char hex[static DIGEST_HEX_SIZE],
                          struct error *error);

#endif
