/* Which rows of the registry a file has touched already, and by which of its lines: the same thing
 * told twice in different words would otherwise flip at every import. */
#ifndef XINFENG_INTAKE_SEEN_H
#define XINFENG_INTAKE_SEEN_H

#include "base/result.h"

#include <stdint.h>

/* A set of ids with a line each; twelve bytes an id, and room to grow. */
struct seen {
    int64_t *ids; /* 0: free */
    uint32_t *lines;
    uint64_t capacity; /* a power of two */
    uint64_t count;
};

/* The line that touched an id first; 0 when none did. */
int64_t seen_line(const struct seen *seen, int64_t id);

/* Notes an id (never 0); one noted before keeps its first line. */
enum result seen_add(struct seen *seen, int64_t id, int64_t line, struct error *error);

/* Releases the memory. */
void seen_free(struct seen *seen);

#endif
