/* Document numbers and agencies of the sample county's facts. */
#ifndef XINFENG_SAMPLE_DOCUMENT_H
#define XINFENG_SAMPLE_DOCUMENT_H

#include "sample-db/history.h"

/* Gives a fact the agency and the document number its story has, in the arena; the day may move
 * to one on which the agency has a number left. False when memory is short. */
bool sample_document_fill(const struct sample_chronicle *chronicle,
                          const struct sample_story *story, const struct sample_firm *firm,
                          bool workdays, struct arena *arena, struct fact *fact);

#endif
