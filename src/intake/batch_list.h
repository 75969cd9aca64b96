/* The history of intakes: every file taken in, newest first, and what became of its rows. */
#ifndef XINFENG_INTAKE_BATCH_LIST_H
#define XINFENG_INTAKE_BATCH_LIST_H

#include "base/arena.h"
#include "base/date.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

/* One intake. Texts live in the arena. */
struct batch_entry {
    int64_t id;
    const char *kind; /* "facts" */
    const char *file;
    const char *digest; /* SHA-256 of the file, hexadecimal */
    const char *format;
    const char *encoding; /* or NULL */
    const char *sheet;    /* or NULL */
    const char *profile;
    const char *source;
    const char *actor;
    const char *at;
    date as_of;
    int64_t read;
    int64_t inserted;
    int64_t updated;
    int64_t unchanged;
    int64_t rejected;
    int64_t stubs;
    int64_t skipped;
    const char *undone_by; /* NULL: in force */
    const char *undone_at;
    const char *undone_reason;
};

/* Loads up to most intakes with an id below before (0: the newest), newest first. */
enum result batch_list(struct store *store, int64_t before, size_t most, struct arena *arena,
                       struct batch_entry **entries, size_t *count, struct error *error);

/* Loads one; RESULT_NOT_FOUND when there is none. */
enum result batch_load(struct store *store, int64_t id, struct arena *arena,
                       struct batch_entry *entry, struct error *error);

/* How many rows of an intake were rejected, or remarked on, for a reason. */
struct batch_reason {
    const char *code;  /* "unknown_name" */
    const char *title; /* translated */
    int64_t count;
};

/* Loads the reasons for rejects (remarks false) or of remarks, the most frequent first. */
enum result batch_reasons(struct store *store, int64_t batch, bool remarks, struct arena *arena,
                          struct batch_reason **reasons, size_t *count, struct error *error);

/* A rejected row, or a remark on one that was taken. */
struct batch_line {
    int64_t line;
    const char *reason; /* its code */
    const char *title;  /* translated */
    const char *sentence;
    const char *name; /* of a reject: who it speaks of, or NULL */
    const char *code; /* of a reject: what stood there and is no code, or NULL */
    const char *text; /* of a reject: the row as CSV; else NULL */
};

/* Loads up to most rejects (or remarks) with a line above after, by line. reason NULL: of any. */
enum result batch_lines(struct store *store, int64_t batch, bool remarks, const char *reason,
                        int64_t after, size_t most, struct arena *arena, struct batch_line **lines,
                        size_t *count, struct error *error);

/* A name of rejected rows that no enterprise, or several, bear. */
struct batch_name {
    const char *name;
    const char *code; /* what stood beside it and is no code; "" when nothing did */
    int64_t rows;     /* that bear it */
    int64_t line;     /* the first of them */
};

/* Loads up to most names that are still to be decided, by the line of their first row, beginning
 * above after. */
enum result batch_names(struct store *store, int64_t batch, int64_t after, size_t most,
                        struct arena *arena, struct batch_name **names, size_t *count,
                        struct error *error);

#endif
