/* Bytes put aside in temporary files, one a part, by several threads at once; later each part is
 * read back whole. Memory holds a little of every part only. */
#ifndef XINFENG_BASE_SPILL_H
#define XINFENG_BASE_SPILL_H

#include "base/buffer.h"
#include "base/result.h"

#include <stdint.h>

struct spill;

/* One thread's way into a spill. */
struct spill_lane;

/* No spill may have more parts: each is an open file. */
#define SPILL_PARTS_MAX ((size_t)256)

/* Makes it. Its files have no name and lie in the folder of the path given. Free with spill_free.
 */
enum result spill_new(struct spill **spill, const char *beside, size_t parts, struct error *error);

/* A lane, ending with the spill; NULL when memory is short. Lanes are made before threads start. */
struct spill_lane *spill_lane_new(struct spill *spill);

/* Puts a piece (head, then body) at the end of a part. Pieces are not divided. */
enum result spill_put(struct spill_lane *lane, size_t part, const void *head, size_t head_length,
                      const void *body, size_t body_length, struct error *error);

/* Writes out what the lanes still hold; call when no thread puts any more. */
enum result spill_flush(struct spill *spill, struct error *error);

/* The bytes of a part, after spill_flush. */
uint64_t spill_size(const struct spill *spill, size_t part);

/* Reads a part whole, once, and lets go of its file: the pieces of each lane in their order, those
 * of several lanes in runs. */
enum result spill_load(struct spill *spill, size_t part, struct buffer *bytes, struct error *error);

/* The runs of a part, and reading one of them: for a part too large to be read whole. */
size_t spill_runs(const struct spill *spill, size_t part);
enum result spill_load_run(struct spill *spill, size_t part, size_t run, struct buffer *bytes,
                           struct error *error);

/* Lets go of the file of a part that is not needed any more. */
void spill_drop(struct spill *spill, size_t part);

/* NULL is harmless. */
void spill_free(struct spill *spill);

#endif
