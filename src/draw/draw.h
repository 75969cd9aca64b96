/* A whole draw: wholly determined by frame, measures and seed. */
#ifndef XINFENG_DRAW_DRAW_H
#define XINFENG_DRAW_DRAW_H

#include "base/digest.h"
#include "base/progress.h"
#include "base/result.h"
#include "draw/frame.h"
#include "draw/measures.h"
#include "draw/strata.h"

#include <stddef.h>
#include <stdint.h>

/* How a unit came into the plan. */
enum draw_method {
    DRAW_METHOD_RANDOM,      /* among the n_h smallest tickets of its stratum */
    DRAW_METHOD_CERTAINTY,   /* its stratum is taken whole */
    DRAW_METHOD_REPLACEMENT, /* next ticket, for a unit that could not be checked */
    DRAW_METHOD_EXTENSION    /* next ticket, because more were wanted later */
};

/* The word for a method in records and JSON. */
const char *draw_method_name(enum draw_method method);

/* One unit more than the allocation gives: the next ticket of a stratum. */
struct draw_extra {
    const char *stratum;     /* its code */
    enum draw_method method; /* DRAW_METHOD_REPLACEMENT or DRAW_METHOD_EXTENSION */
};

struct draw_request {
    const struct draw_frame *frame;
    const struct draw_measures *measures;
    const char *draw_id;
    const char *seed;
    const struct draw_extra *extras; /* in the order they were asked for; NULL when none */
    size_t extra_count;
    const struct progress *progress; /* NULL: nobody watches */
};

/* A drawn unit. */
struct draw_pick {
    uint8_t ticket[DIGEST_SIZE];
    uint32_t unit;    /* index into the frame */
    uint32_t stratum; /* index into the strata */
    uint32_t rank;    /* in its stratum, from 1 */
    enum draw_method method;
};

/* Picks sorted by stratum code, then rank. The cut-off of a stratum is the ticket of its pick of
 * rank n_h. */
struct draw_result {
    struct draw_strata *strata;
    struct draw_pick *picks;
    size_t count;
};

/* Draws: strata, allocation, tickets, selection. The i-th extra of a stratum gets rank n_h + i, so
 * a replacement or extension is had by running the draw again with one extra more: the picks there
 * were before stay. Free with draw_result_free.
 *
 * RESULT_USAGE for measures or a seed that cannot be drawn with, an unknown stratum in extras or
 * one that has no unit left; RESULT_CANCELLED. */
enum result draw_run(struct draw_result **result, const struct draw_request *request,
                     struct error *error);

void draw_result_free(struct draw_result *result);

#endif
