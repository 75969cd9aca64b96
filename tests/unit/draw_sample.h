/* A small county to draw from, shared by the tests of the draw. */
#ifndef XINFENG_TESTS_DRAW_SAMPLE_H
#define XINFENG_TESTS_DRAW_SAMPLE_H

#include "draw/draw.h"
#include "draw/frame.h"
#include "draw/measures.h"
#include "draw/record.h"

#include <stddef.h>

#define SAMPLE_DRAW_ID "2026-Q4-sample"
#define SAMPLE_SEED "01382438112797316654"

/* A unit of class letter in region, numbered; ids are one counter over the whole process's arrays,
 * so number must be unique. The texts live in static storage. */
struct draw_unit sample_unit(size_t number, const char *region, char risk_class);

/* A frame of units by township: sizes[t][c] units of class 'A' + c in township t. Every tenth unit
 * carries the flag "key", every fiftieth "triggered" besides; grades go round "", "high", "low". */
struct draw_frame *sample_frame(size_t townships, const size_t sizes[][4]);

/* Measures by rate (1 %, 5 %, 20 %, 100 %) or by total, of one of these kinds. */
enum sample_kind {
    SAMPLE_UNBIASED,
    SAMPLE_CEIL,
    SAMPLE_TOTAL,
    SAMPLE_BOUNDS, /* unbiased, with class minima and maxima that bite, flagged units certain */
    SAMPLE_GRADES, /* by grade, with a rule for one cell of the matrix, flagged units certain */
    SAMPLE_TOTAL_CERTAIN,
    SAMPLE_KINDS
};
struct draw_measures sample_measures(enum sample_kind kind);

/* Runs the draw; fails the test when that fails. */
struct draw_result *sample_run(const struct draw_frame *frame, const struct draw_measures *measures,
                               const struct draw_extra *extras, size_t extra_count);

/* The whole record of a run, named and sealed. */
struct draw_record *sample_record(const struct draw_frame *frame,
                                  const struct draw_measures *measures,
                                  const struct draw_extra *extras, size_t extra_count);

#endif
