/* The frozen frame of a draw: the units that can be drawn, as one canonical text with a digest.
 *
 * One line a unit: id, region, class, grade, flags, separated by tabs, ended by LF, sorted by the
 * bytes of the id, no header. The same units give the same bytes whatever order, database or
 * machine they came from, so a published digest of the text binds the frame. */
#ifndef XINFENG_DRAW_FRAME_H
#define XINFENG_DRAW_FRAME_H

#include "base/digest.h"
#include "base/result.h"

#include <stddef.h>

/* One unit. In a frame the texts belong to the frame. */
struct draw_unit {
    const char *id;     /* USCC, or registration number of a unit without one; never empty */
    const char *region; /* code or name; may be empty; no '/' (it parts stratum codes) */
    const char *grade;  /* professional grade, "" when none; no '/' */
    const char *flags;  /* "" or words joined by commas: "key,triggered" */
    char risk_class;    /* 'A' to 'Z' */
};

struct draw_frame;

/* Freezes units handed over in any order. Refuses (RESULT_INVALID, naming the unit) an id that is
 * empty or comes twice, a class that is not one capital letter, a tab, line break or other control
 * character or broken UTF-8 in any field, a '/' in region or grade. Copies all it keeps. */
enum result draw_frame_build(struct draw_frame **frame, const struct draw_unit *units, size_t count,
                             struct error *error);

/* Reads a canonical text back. Anything that draw_frame_build would not have written is refused
 * (RESULT_INVALID) with the number of its line. The text is copied. */
enum result draw_frame_parse(struct draw_frame **frame, const char *text, size_t length,
                             struct error *error);

/* The canonical text and its length in bytes; owned by the frame. */
const char *draw_frame_text(const struct draw_frame *frame, size_t *length);

/* The units in the order of the text; owned by the frame. */
const struct draw_unit *draw_frame_units(const struct draw_frame *frame);

size_t draw_frame_count(const struct draw_frame *frame);

/* SHA-256 of the text in lowercase hexadecimal; owned by the frame. */
const char *draw_frame_digest(const struct draw_frame *frame);

/* The unit with this id, or NULL. */
const struct draw_unit *draw_frame_find(const struct draw_frame *frame, const char *id);

void draw_frame_free(struct draw_frame *frame);

#endif
