/* Ways from a version to what it changes: the differences from another version, and a simulation on
 * the whole registry. */
#ifndef XINFENG_UI_VIEW_POLICY_COMPARE_H
#define XINFENG_UI_VIEW_POLICY_COMPARE_H

#include "policy/policy_store.h"
#include "score/simulation_list.h"
#include "ui/kit/view.h"

/* Lists what differs from the version of the same policy that is in force, else from one that is
 * asked for. */
void policy_show_changes(struct view *view, const struct policy_version *version);

/* A policy that was tried. */
struct policy_trial {
    struct policy *policy;
    struct simulation simulation;
    struct simulation_list list;
};

/* Scores everybody by a version, with a bar that Esc stops, and shows whom it moves. */
void policy_simulate(struct view *view, int64_t version);

#endif
