/* What changes the state of a version, asked for on the screen: making a draft, proposing,
 * publishing, retiring. Each says on the message line what came of it. */
#ifndef XINFENG_UI_VIEW_POLICY_STEP_H
#define XINFENG_UI_VIEW_POLICY_STEP_H

#include "policy/policy_store.h"
#include "ui/kit/view.h"

/* Asks for the name of another version and makes a draft of a policy under it; its id in *id. False
 * when that was given up. */
bool policy_make_draft(struct view *view, const struct policy *policy, int64_t *id);

/* Proposes a draft, or publishes one that was proposed. */
void policy_next_step(struct view *view, const struct policy_version *version);

/* Takes a version out of force. */
void policy_step_retire(struct view *view, const struct policy_version *version);

#endif
