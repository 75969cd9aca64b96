/* All that is known of one fact, as a page to read. */
#ifndef XINFENG_UI_VIEW_FACT_NOTICE_H
#define XINFENG_UI_VIEW_FACT_NOTICE_H

#include "base/buffer.h"
#include "score/explanation.h"
#include "ui/kit/screen.h"

/* Shows a fact of the explanation's enterprise until Enter or Esc. scored: the explanation tells
 * what facts give. A fact that is not there shows nothing. */
void fact_notice(struct screen *screen, const struct explanation *explanation, bool scored,
                 int64_t id);

/* What overrides left of a fact of which parts are revoked, in words; nothing for others. */
void fact_parts(const struct explanation *explanation, int64_t id, struct buffer *text);

#endif
