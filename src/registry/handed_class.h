/* Classes handed over: what another system, mostly the province's, gave as the class of an
 * enterprise in a period (O6, O7). They stand beside this program's own and change none of them.
 * Owns the table handed_class. */
#ifndef XINFENG_REGISTRY_HANDED_CLASS_H
#define XINFENG_REGISTRY_HANDED_CLASS_H

#include "base/arena.h"
#include "base/date.h"
#include "registry/save.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#define HANDED_NO_SCORE INT64_MIN

/* The highest score there is, in centipoints. */
#define HANDED_MOST_SCORE 100000

/* One class handed over. Texts are borrowed. */
struct handed_class {
    int64_t id;         /* 0: not in the registry */
    int64_t period;     /* YYYYMM */
    char letter;        /* 'A' to 'D' */
    int64_t score;      /* centipoints, or HANDED_NO_SCORE */
    date day;           /* the day it was judged on; DATE_NONE: not known */
    const char *source; /* set when loaded */
};

/* Saves many with prepared statements. */
struct handed_class_writer;

/* Free with handed_class_writer_free. */
enum result handed_class_writer_new(struct handed_class_writer **writer, struct store *store,
                                    struct error *error);

/* Saves the class of an enterprise and sets its id. There is one for each enterprise, period and
 * source (origin->source): one that is there and differs is updated and journalled before and
 * after. A score or day that is not known stays as it was as long as the class does. Call inside a
 * transaction. RESULT_INVALID when period, class or score is none. */
enum result handed_class_writer_save(struct handed_class_writer *writer, int64_t enterprise,
                                     struct handed_class *handed, const struct save_origin *origin,
                                     enum save_outcome *outcome, struct error *error);

/* Puts the fields that a change noted (its "before", as registry/change.h keeps it) back, if the
 * row is there, and journals that. Call inside a transaction. */
enum result handed_class_writer_restore(struct handed_class_writer *writer, int64_t id,
                                        const json_t *before, const struct save_origin *origin,
                                        struct error *error);

/* NULL is harmless. */
void handed_class_writer_free(struct handed_class_writer *writer);

/* Loads all classes handed over for an enterprise, newest period first, into the arena: *handed,
 * *count of them. */
enum result handed_class_load_all(struct store *store, int64_t enterprise, struct arena *arena,
                                  struct handed_class **handed, size_t *count, struct error *error);

#endif
