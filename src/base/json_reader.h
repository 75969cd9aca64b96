/* Reading a JSON document strictly: every value is asked for by name and kind, every fault says
 * where it stands, and the first sticks: after it reads do nothing and give harmless values, so
 * that readers of documents need no check a line. null counts as absent. */
#ifndef XINFENG_BASE_JSON_READER_H
#define XINFENG_BASE_JSON_READER_H

#include "base/arena.h"
#include "base/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a document asks of all its texts: NULL for one that will do, else what it must be instead,
 * translated, as json_read_wrong takes it. */
typedef const char *json_text_rule(const char *text);

/* A rule that a document breaks. Texts live in the reader's arena. */
struct json_fault {
    const char *path;     /* of the value, or of the one that is missing: ".indicators[3].cap" */
    const char *sentence; /* what is wrong, without its place */
    int line;             /* from 1; what is missing stands where it is missed */
    int column;
};

#define JSON_MOST_FAULTS 20

/* Faults gathered in the order in which they were found. What lies above or below a value that was
 * found faulty already is not told again. */
struct json_faults {
    struct json_fault items[JSON_MOST_FAULTS];
    size_t count;
    bool more; /* there are others, which were not looked for */
};

/* The reading of one document. Set origin, arena, error and, if wanted, text_rule and faults;
 * json_reader_parse sets text. */
struct json_reader {
    const char *origin; /* names the document in faults: a file, or what it is */
    const char *text; /* gives faults line and column; NULL: a fault names the path, from origin */
    json_text_rule *text_rule;  /* NULL: any text will do */
    struct json_faults *faults; /* NULL: the first fault ends the reading; else it goes on */
    struct arena *arena;        /* texts and arrays go here */
    struct error *error;
    enum result code; /* RESULT_INVALID, or RESULT_NO_MEMORY, from the first fault on; where faults
                         are gathered RESULT_OK until there are too many */
};

/* A value and the way to it. Lives on the stack of who reads, as long as outer does. */
struct json_node {
    struct json_reader *reader;
    const struct json_node *outer; /* what it stands in; NULL: it is the whole document */
    const char *key;               /* its name in an object; NULL in an array */
    size_t index;                  /* its number in outer, from 0, where outer is gone through */
    json_t *value;                 /* NULL: absent, or after a fault */
};

/* A list of keys or words as the functions below take it. */
#define JSON_WORDS(...)                                                                            \
    (const char *const[]) {                                                                        \
        __VA_ARGS__, NULL                                                                          \
    }

/* Parses a document, which must not go before its nodes; NULL and a fault when the text is no JSON
 * or names a key twice. Free with json_decref. */
json_t *json_reader_parse(struct json_reader *reader, const char *text, size_t length);

/* count zeroed elements of size in the arena; NULL, and a fault, when memory is short. */
void *json_reader_alloc(struct json_reader *reader, size_t count, size_t size);

/* A copy in the arena; "", and a fault, when memory is short. */
const char *json_reader_copy(struct json_reader *reader, const char *text);

/* The whole document. */
struct json_node json_read_root(struct json_reader *reader, json_t *value);

/* Notes a fault at a node, or at a member of it; a sentence. */
void json_read_fail(const struct json_node *node, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void json_read_fail_at(const struct json_node *node, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Notes that a node must be something else: "one capital letter", translated. */
void json_read_wrong(const struct json_node *node, const char *wanted);

/* The number of faults so far: more behind a read than before it means that the read failed. */
size_t json_read_faults(const struct json_node *node);

/* Faults when the node is no object, or has other keys than these. */
void json_read_only(const struct json_node *node, const char *const *keys);

/* Faults when an object lacks a key that must be stated even where it is null. */
void json_read_stated(const struct json_node *node, const char *key);

/* The member of an object, of any kind; absent without a fault. */
struct json_node json_read_member(const struct json_node *node, const char *key);

/* The object or array under a key. */
struct json_node json_read_object(const struct json_node *node, const char *key);
struct json_node json_read_array(const struct json_node *node, const char *key);
struct json_node json_read_object_or_none(const struct json_node *node, const char *key);
struct json_node json_read_array_or_none(const struct json_node *node, const char *key);

/* Item number index of an array. */
struct json_node json_read_item(const struct json_node *list, size_t index);

/* Reads a value into its zeroed place; owner is what json_read_items was given. */
typedef void json_item_reader(const struct json_node *item, void *place, void *owner);

/* Reads all items of an array, or all members of an object in their order, into a new array of
 * *count elements of size in the arena. NULL and 0 for an absent node. */
void *json_read_items(const struct json_node *list, size_t size, size_t *count,
                      json_item_reader *read, void *owner);

/* The name of a member that json_read_items came to, as json_read_text gives texts. */
const char *json_read_key(const struct json_node *member);

/* The text under a key, or of the node itself, copied to the arena; "" after a fault. */
const char *json_read_text(const struct json_node *node, const char *key);
const char *json_read_text_or_null(const struct json_node *node, const char *key);
const char *json_read_text_here(const struct json_node *node);

/* The whole number from least to most under a key, or of the node itself; least after a fault, and
 * absent where there is none. */
int64_t json_read_int(const struct json_node *node, const char *key, int64_t least, int64_t most);
int64_t json_read_int_or(const struct json_node *node, const char *key, int64_t least, int64_t most,
                         int64_t absent);
int64_t json_read_int_here(const struct json_node *node, int64_t least, int64_t most);

/* true or false; false after a fault. */
bool json_read_flag(const struct json_node *node, const char *key);
bool json_read_flag_or(const struct json_node *node, const char *key, bool absent);

/* The index of the text under a key in a list of words that NULL ends; 0 after a fault. */
size_t json_read_word(const struct json_node *node, const char *key, const char *const *words);
size_t json_read_word_or(const struct json_node *node, const char *key, const char *const *words,
                         size_t absent);

#endif
