/* Reading what is particular to each kind of indicator (scoring.md's eight kinds). Shared by the
 * files of policy. */
#ifndef XINFENG_POLICY_POLICY_KIND_H
#define XINFENG_POLICY_POLICY_KIND_H

#include "base/json_reader.h"
#include "policy/policy.h"

#define POLICY_MOST_POINTS 100000

/* The types of facts under "facts", as bits; at least one. */
uint64_t policy_read_types(const struct json_node *node);

/* Reads "kind" and all that belongs to it; faults on keys that do not. */
void policy_read_kind(const struct json_node *node, struct policy_indicator *indicator);

#endif
