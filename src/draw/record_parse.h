/* Reading the record of a draw back. */
#ifndef XINFENG_DRAW_RECORD_PARSE_H
#define XINFENG_DRAW_RECORD_PARSE_H

#include "base/result.h"
#include "draw/record.h"

#include <stddef.h>

/* Reads a record strictly: every key known, there once and of its kind, numbers within bounds,
 * measures fit to draw with. Whether what it says is true is for draw_verify. RESULT_INVALID with a
 * sentence. Free with draw_record_free. */
enum result draw_record_parse(struct draw_record **record, const char *text, size_t length,
                              struct error *error);

#endif
