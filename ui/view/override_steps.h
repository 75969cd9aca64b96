/* What a person does with an override that was proposed, on whichever page it stands: approve,
 * reject, withdraw, look at it whole. */
#ifndef XINFENG_UI_VIEW_OVERRIDE_STEPS_H
#define XINFENG_UI_VIEW_OVERRIDE_STEPS_H

#include "score/explanation.h"
#include "ui/kit/view.h"

/* Each asks first for what it needs (consent, reason, document) and says on the message line what
 * came of it. True when something was changed, so that the page has to be loaded anew. */
bool override_step_approve(struct view *view, const struct override *override);
bool override_step_reject(struct view *view, const struct override *override);
bool override_step_withdraw(struct view *view, const struct override *override);

/* Shows everything about an override until it is left: what it says, on what it rests, with which
 * attachments, who took which step and why. */
void override_notice(struct view *view, const struct override *override);

/* The role of an override in a list, by its state. */
int override_role(const struct override *override, date today);

/* "812.00, class D: direct rule X11-1 decides", into a buffer. */
void override_effect_text(const struct score *score, const struct policy *policy,
                          struct buffer *text);

#endif
