/* All that is known of one fact, as a page to read. */
#ifndef XINFENG_UI_VIEW_FACT_NOTICE_H
#define XINFENG_UI_VIEW_FACT_NOTICE_H

#include "score/explanation.h"
#include "ui/kit/screen.h"

/* Shows a fact of the explanation's enterprise until Enter or Esc. scored: the explanation tells
 * what facts give. A fact that is not there shows nothing. */
void fact_notice(struct screen *screen, const struct explanation *explanation, bool scored,
                 int64_t id);

#endif
