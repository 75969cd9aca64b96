/* What an override says, in words: for lists, pages and commands alike. */
#ifndef XINFENG_SCORE_OVERRIDE_TEXT_H
#define XINFENG_SCORE_OVERRIDE_TEXT_H

#include "base/buffer.h"
#include "score/engine.h"
#include "score/override.h"

/* "set class C", "exclude fact: changed", "revoke part: amount 50,000.00 -> 20,000.00". */
void override_text_what(const struct override *override, struct buffer *text);

/* What a part revocation leaves: "amount 50,000.00 -> 20,000.00, level 3 -> 2". Nothing for others.
 */
void override_text_part(const struct override *override, struct buffer *text);

/* The state as people ask for it: an approved one is in force, or not begun. */
const char *override_text_state(const struct override *override, date today);

/* What decides a class, in words: "the score", "direct rule X11-1 ...", "override 3" (0: the one
 * that is proposed). */
void override_text_decision(const struct score *score, const struct policy *policy,
                            struct buffer *text);

#endif
