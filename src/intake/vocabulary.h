/* The headers that officers' files are known to have, by the field they fill: gathered from the
 * profiles that the program carries, so that a word stands in one place only. */
#ifndef XINFENG_INTAKE_VOCABULARY_H
#define XINFENG_INTAKE_VOCABULARY_H

#include "base/arena.h"
#include "intake/kind.h"

/* One header of one kind of file. */
struct vocabulary_word {
    enum import_kind kind;
    int field;
    const char *key; /* profile_header_key of it */
    int rank;        /* its place among the field's words; the general ones come first */
};

struct vocabulary {
    struct vocabulary_word *words;
    size_t count;
};

/* Gathers the words of all kinds into the arena. */
enum result vocabulary_load(struct vocabulary *vocabulary, struct arena *arena,
                            struct error *error);

/* How well a header, as a key, names a field of a kind: 0 to 100. 100: one of its words. Less: one
 * holds the other, the more of it the better. What names a department's own code or name never
 * names the enterprise's. */
int vocabulary_match(const struct vocabulary *vocabulary, enum import_kind kind, int field,
                     const char *key);

/* The best match among all fields, of one kind or (IMPORT_KIND_COUNT) of all. */
int vocabulary_best(const struct vocabulary *vocabulary, enum import_kind kind, const char *key);

#endif
