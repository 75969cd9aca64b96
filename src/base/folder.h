/* What lies in a folder, for choosing a file. */
#ifndef XINFENG_BASE_FOLDER_H
#define XINFENG_BASE_FOLDER_H

#include "base/arena.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One entry. */
struct folder_entry {
    const char *name;
    bool folder;
    bool likely;     /* its ending is that of a table */
    int64_t size;    /* bytes */
    int64_t changed; /* seconds since 1970 */
};

/* Lists a folder into the arena: likely files first, the newest before older ones; then folders,
 * then other files, each by name. Hidden entries, and what is neither file nor folder, are left
 * out. RESULT_NOT_FOUND, RESULT_REFUSED or RESULT_IO with a sentence when it cannot be read. error
 * may be NULL. */
enum result folder_list(const char *path, struct arena *arena, struct folder_entry **entries,
                        size_t *count, struct error *error);

/* Looks at one path, whose last name entry->name is then (borrowed from it). RESULT_NOT_FOUND,
 * RESULT_REFUSED, RESULT_INVALID or RESULT_IO with a sentence when nothing is there to be read. */
enum result folder_look(const char *path, struct folder_entry *entry, struct error *error);

/* The nearest folder that is there and can be read: the path itself, or the first above it. In the
 * arena; NULL when memory is short. */
const char *folder_nearest(struct arena *arena, const char *path);

/* The folders that people keep files in, as far as there are any: downloads, desktop, documents,
 * home and mounted media. Absolute paths in the arena; *count of them. */
enum result folder_places(struct arena *arena, const char ***paths, size_t *count,
                          struct error *error);

/* The folder above a path, in the arena: "/a" for "/a/b", "/" for "/a" and "/". NULL when memory is
 * short. */
const char *folder_above(struct arena *arena, const char *path);

#endif
