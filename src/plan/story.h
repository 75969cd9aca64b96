/* The life of a plan as its journal tells it, in sentences that read as a page: who did what, when,
 * with what outcome and why. */
#ifndef XINFENG_PLAN_STORY_H
#define XINFENG_PLAN_STORY_H

#include "base/buffer.h"
#include "plan/plan.h"

/* One step. Texts live in the arena. */
struct story_line {
    int64_t entry;  /* of the journal */
    const char *at; /* UTC, as the journal has it */
    const char *who;
    const char *what; /* a sentence, translated */
    const char *why;  /* NULL where none was given */
};

/* Loads the life of a plan, oldest first. */
enum result story_load(struct store *store, const struct plan *plan, struct arena *arena,
                       struct story_line **lines, size_t *count, struct error *error);

#endif
