/* What makes two facts of one enterprise and type the same. Shared inside registry/. */
#ifndef XINFENG_REGISTRY_FACT_IDENTITY_H
#define XINFENG_REGISTRY_FACT_IDENTITY_H

#include "base/buffer.h"
#include "registry/fact.h"

/* The document's number (normalised); without one the record's key in its source; without both
 * day, amount, level, title and agency: as 64 bits of a digest. text is room to write in. */
enum result fact_identity(struct buffer *text, const struct fact *fact, const char *record,
                          int64_t *identity, struct error *error);

/* RESULT_INVALID with a sentence when the type is none, the day is missing, or the end lies before
 * it. */
enum result fact_check(const struct fact *fact, struct error *error);

#endif
