/* Verifying: computing a draw again from its record and its frame file, and naming the first thing
 * that differs. */
#ifndef XINFENG_DRAW_VERIFY_H
#define XINFENG_DRAW_VERIFY_H

#include "base/result.h"
#include "draw/record.h"

#include <stddef.h>

/* Compares a record with the frame's text, in this order: digest of the frame (a malformed line,
 * or the first stratum that the file fills otherwise, is named), digest of the measures, strata,
 * units, digest of the record. RESULT_OK, or RESULT_MISMATCH with the first difference. */
enum result draw_verify(const struct draw_record *record, const char *frame_text,
                        size_t frame_length, struct error *error);

/* The same from the bytes of the record's file, which must besides be written exactly as
 * draw_record_write writes. RESULT_INVALID when the record cannot be read at all. */
enum result draw_verify_text(const char *record_text, size_t record_length, const char *frame_text,
                             size_t frame_length, struct error *error);

#endif
