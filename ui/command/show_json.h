/* What "xinfeng show --json" says of an explanation, piece by piece: the general one and those of
 * professional grades alike. Every function gives a new reference. */
#ifndef XINFENG_UI_COMMAND_SHOW_JSON_H
#define XINFENG_UI_COMMAND_SHOW_JSON_H

#include "score/professional_standing.h"

#include <jansson.h>

/* A fact, whether it counts and what it gave. */
json_t *show_json_fact(const struct explanation *explanation, const struct fact *fact, bool counts,
                       int64_t centipoints);

/* {"kind", "rule", "id"}: what decided. */
json_t *show_json_decision(const struct result_row *result);

/* Lists of the dimensions, and of the indicators with their facts. */
json_t *show_json_dimensions(const struct explanation *explanation);
json_t *show_json_indicators(const struct explanation *explanation);

/* {"below", "above"}: how far the total lies from the bounds of its class. */
json_t *show_json_bounds(const struct explanation *explanation);

/* One professional standing: {"field", "grade", "origin", "judged", "computed" ...}. */
json_t *show_json_professional(const struct professional_standing *standing);

#endif
