/* The strata of a frame: region x class (x professional grade), and apart from them the units that
 * are taken with certainty for a flag of theirs. */
#ifndef XINFENG_DRAW_STRATA_H
#define XINFENG_DRAW_STRATA_H

#include "base/arena.h"
#include "base/result.h"
#include "draw/frame.h"
#include "draw/measures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Units drawn with one and the same probability. */
struct draw_stratum {
    /* "region/class", by grade "region/class/grade"; "/certain" behind it for flagged units. No two
     * strata of a draw share a code, as region and grade hold no '/'. */
    const char *code;
    const char *region;
    const char *grade; /* "" unless strata are by grade */
    char risk_class;
    bool certain;          /* all are taken: rate 100 %, the rule says so, or flagged */
    bool flagged;          /* the stratum of a class's flagged units */
    size_t rule;           /* index of its rule in the measures */
    struct draw_rate rate; /* rate mode: its rule's; 1/1 when certain; 0/0 in total mode */
    uint64_t population;   /* N_h */
    uint64_t drawn;        /* n_h, set by draw_allocate; 0 before */
    const uint32_t *units; /* indexes into the frame, in the order of the frame */
};

/* Strata sorted by the bytes of their codes. All lives in the arena. */
struct draw_strata {
    struct arena *arena;
    struct draw_stratum *items;
    size_t count;
};

/* Sorts the units of a frame into strata. RESULT_USAGE when a class has no rule: no class may be
 * outside chance. Free with draw_strata_free. */
enum result draw_strata_new(struct draw_strata **strata, const struct draw_frame *frame,
                            const struct draw_measures *measures, struct error *error);

/* The stratum with a code, or NULL. */
const struct draw_stratum *draw_strata_find(const struct draw_strata *strata, const char *code);

void draw_strata_free(struct draw_strata *strata);

#endif
