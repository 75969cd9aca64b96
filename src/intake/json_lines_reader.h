/* Reads JSON Lines: one object a line. The keys of the first objects are the columns and come as a
 * header row of line 0; then every object is a row. */
#ifndef XINFENG_INTAKE_JSON_LINES_READER_H
#define XINFENG_INTAKE_JSON_LINES_READER_H

#include "intake/row_source.h"

/* No line is longer; a longer one is another kind of file. */
#define JSON_LINE_BYTES_MAX ((size_t)1 << 20)

/* So many objects are looked at for the columns; a later one may leave keys out, not bring new
 * ones. */
#define JSON_HEADER_OBJECTS 1000

extern const struct row_reader json_lines_reader;

#endif
