/* What a result comes to as one digest: who, when, by which policy, every point of every indicator
 * and fact. A paper that carries it can be held against the database years later. */
#ifndef XINFENG_SCORE_EXPLANATION_DIGEST_H
#define XINFENG_SCORE_EXPLANATION_DIGEST_H

#include "base/digest.h"
#include "score/explanation.h"

/* The SHA-256 over the text that explanation_digest.c describes, in lowercase hexadecimal.
 * RESULT_NO_MEMORY. */
enum result explanation_digest(const struct explanation *explanation,
                               char hex[static DIGEST_HEX_SIZE], struct error *error);

#endif
