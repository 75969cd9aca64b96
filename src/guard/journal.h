/* The journal: who did what, when, to what, before and after, chained by digest so that a change
 * or a missing entry shows (O15, X21). Owns the table journal. */
#ifndef XINFENG_GUARD_JOURNAL_H
#define XINFENG_GUARD_JOURNAL_H

#include "guard/actor.h"
#include "store/store.h"

#include <stdint.h>

/* One entry to be written. Texts are borrowed; NULL where there is nothing to say. */
struct journal_entry {
    const char *action;  /* stable word: "override.approve" */
    const char *subject; /* what it was done to: "enterprise:91...", "plan:2026-0001" */
    const char *reason;
    const char *before; /* JSON */
    const char *after;  /* JSON */
};

/* Writes an entry. Call it inside the transaction of the change it records. */
enum result journal_write(struct store *store, const struct actor *actor,
                          const struct journal_entry *entry, struct error *error);

/* One entry as it was written. */
struct journal_row {
    int64_t id;
    const char *at;
    const char *actor;
    struct journal_entry entry;
    const char *digest;
};

/* Reads entries, newest first, at most limit of them; subject NULL: about anything. visit returns
 * false to stop; the row is borrowed for the call. */
enum result journal_read(struct store *store, const char *subject, int64_t limit,
                         bool (*visit)(void *context, const struct journal_row *row), void *context,
                         struct error *error);

/* Re-computes the whole chain: RESULT_OK with the number of entries in *entries (may be NULL), or
 * RESULT_MISMATCH naming the first entry that does not hold. */
enum result journal_verify(struct store *store, int64_t *entries, struct error *error);

#endif
