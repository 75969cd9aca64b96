/* The libraries of inspectors and of matters (两库一单) as people keep them: each entry with
 * whether it holds today, and if not, why. Entries are records of the registry; what is changed
 * here is journalled like what files change. */
#ifndef XINFENG_PLAN_LIBRARY_H
#define XINFENG_PLAN_LIBRARY_H

#include "base/arena.h"
#include "guard/actor.h"
#include "registry/record.h"

/* One entry as a list shows it. Texts live in the arena; "" where nothing is known. */
struct library_entry {
    const char *key;   /* staff number, or code of the matter */
    const char *title; /* name, or title */
    const char *side;  /* department, or category */
    const char *where; /* region, or methods */
    const char *much;  /* last day of the certificate, or highest rate and most times */
    bool expert;
    int64_t recusals;     /* of an inspector, in force on the day */
    const char *standing; /* why it does not hold, translated; NULL: it holds */
};

/* How many there are, and how many do not hold, by reason. */
struct library_sum {
    int64_t all;
    int64_t holding;
    const char *reasons; /* "expired 3, not in service 2"; "" */
};

/* Loads the inspectors or the matters (RECORD_INSPECTOR, RECORD_MATTER) by key, as they stand on a
 * day. */
enum result library_load(struct store *store, enum record_table table, date day,
                         struct arena *arena, struct library_entry **entries, size_t *count,
                         struct library_sum *sum, struct error *error);

/* The values of an entry, in the order of its columns; *found is false, and all unknown, when there
 * is none of this key. Texts live in the arena. */
enum result library_read(struct store *store, enum record_table table, const char *key,
                         struct arena *arena,
                         struct record_value values[static RECORD_MOST_COLUMNS], bool *found,
                         struct error *error);

/* Sets one value from what a person wrote: a text, a whole number, a day, of a matter's rate a
 * percentage; "" makes it unknown. RESULT_USAGE with a sentence that names the column. */
enum result library_set(enum record_table table, const char *column, const char *text,
                        struct arena *arena, struct record_value values[static RECORD_MOST_COLUMNS],
                        struct error *error);

/* What library_set would have read, for a form: "" for what is not known. */
const char *library_text(enum record_table table, size_t column, struct record_value value,
                         struct arena *arena);

/* Keeps an entry, new or changed, with its journal entry in the same transaction. RESULT_USAGE
 * without key or title; RESULT_REFUSED when a fresh one has a key that is taken. */
enum result library_save(struct store *store, const struct actor *actor, enum record_table table,
                         const struct record_value values[static RECORD_MOST_COLUMNS], bool fresh,
                         enum save_outcome *outcome, struct error *error);

/* Notes whom an inspector may not inspect (回避): enterprise by code, number or the name of one
 * alone, with a reason, until a day (DATE_NONE: for good). Told again, reason and day change.
 * RESULT_NOT_FOUND, RESULT_USAGE without a reason. */
enum result library_recuse(struct store *store, const struct actor *actor, const char *inspector,
                           const char *enterprise, const char *reason, date until,
                           struct error *error);

#endif
