/* The history of intakes: every file taken in, newest first, and what became of its rows. */
#ifndef XINFENG_INTAKE_BATCH_LIST_H
#define XINFENG_INTAKE_BATCH_LIST_H

#include "base/arena.h"
#include "base/date.h"
#include "store/store.h"

#include <stdbool.h>
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
    const char *header; /* the file's columns as CSV */
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

/* A piece of a list, by key: up to most rows behind the row of a key in the order of the list, or
 * before it, the nearest to it first. key 0: from the end of the list that lies that way. */
struct batch_page {
    int64_t key;
    bool backward;
    size_t most;
};

/* Which intakes stand in a list. */
enum batch_state { BATCH_ANY, BATCH_IN_FORCE, BATCH_UNDONE };

struct batch_filter {
    const char *kind; /* "facts"; NULL: any */
    const char *file; /* a part of the file's name, whatever the case of its letters; NULL: any */
    enum batch_state state;
};

/* Loads a piece of the intakes that a filter lets through (NULL: all), the newest first; the key is
 * the id. */
enum result batch_list(struct store *store, const struct batch_filter *filter,
                       const struct batch_page *page, struct arena *arena,
                       struct batch_entry **entries, size_t *count, struct error *error);

/* How many intakes a filter lets through (NULL: all). */
enum result batch_count(struct store *store, const struct batch_filter *filter, int64_t *count,
                        struct error *error);

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

/* Loads a piece of the rejects of an intake, by line, which is the key. reason NULL: of any. Of the
 * remarks those of one reason: a line may bear several. */
enum result batch_lines(struct store *store, int64_t batch, bool remarks, const char *reason,
                        const struct batch_page *page, struct arena *arena,
                        struct batch_line **lines, size_t *count, struct error *error);

#endif
