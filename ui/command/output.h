/* What commands write to standard output: aligned text for people, JSON for scripts. */
#ifndef XINFENG_UI_COMMAND_OUTPUT_H
#define XINFENG_UI_COMMAND_OUTPUT_H

#include "base/date.h"
#include "base/result.h"

#include <jansson.h>
#include <stdint.h>

/* Room for "-92233720368547758.08" and the NUL. */
#define POINTS_TEXT_SIZE 24

/* Writes a JSON value and a line feed, and releases it. NULL means that memory was short while it
 * was built. */
enum result output_json(json_t *value, struct error *error);

/* Writes a line of text, formatted. */
void output_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes text padded (never cut) to a width in columns and a blank. */
void output_cell(const char *text, int width);

/* Ends a line of cells. */
void output_end(void);

/* Centipoints as points: "199.99", "200"; returns text. */
const char *output_points(int64_t centipoints, char text[static POINTS_TEXT_SIZE]);

/* JSON of a day: ISO text, or null for none. */
json_t *output_date(date day);

/* JSON of a text, or null for NULL. */
json_t *output_text(const char *text);

/* JSON of a fact's amount in fen and of its level, or null where it has none. */
json_t *output_amount(int64_t amount);
json_t *output_level(int32_t level);

#endif
