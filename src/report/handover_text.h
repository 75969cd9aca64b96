/* A text file that is handed over, being written line by line: what CSV and JSON Lines share. */
#ifndef XINFENG_REPORT_HANDOVER_TEXT_H
#define XINFENG_REPORT_HANDOVER_TEXT_H

#include "base/buffer.h"
#include "base/out_file.h"

struct handover_text;

/* Opens the part of the file. NULL writer after an error. */
enum result handover_text_open(struct handover_text **text, const struct out_file *file,
                               struct error *error);

/* The line that is being made; handover_text_flush writes it. */
struct buffer *handover_text_line(struct handover_text *text);

/* Writes the line out and empties it. */
enum result handover_text_flush(struct handover_text *text, struct error *error);

/* Writes bytes over those at a place of the file. */
enum result handover_text_patch(struct handover_text *text, long place, const char *bytes,
                                struct error *error);

/* Closes the file and frees the text; code is what went before, and stands when it is no success.
 */
enum result handover_text_close(struct handover_text *text, enum result code, struct error *error);

#endif
