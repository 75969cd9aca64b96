/* What the pages of the policy desk share: a version with its document, and words for both. */
#ifndef XINFENG_UI_VIEW_POLICY_PAGE_H
#define XINFENG_UI_VIEW_POLICY_PAGE_H

#include "policy/policy_store.h"
#include "policy/policy_value.h"
#include "ui/kit/view.h"

/* A version as a page shows it. All of it lives until the next load that succeeds. */
struct policy_shown {
    struct arena *arena; /* owned: texts of the version */
    struct policy_version version;
    struct policy *policy; /* owned */
};

/* Loads a version anew; zero it to begin. On failure what was shown stays. */
enum result policy_shown_load(struct policy_shown *shown, struct store *store, int64_t id,
                              struct error *error);

/* Releases all of it. */
void policy_shown_free(struct policy_shown *shown);

/* Whom a policy is made for: kinds of entity, regions, industries, field. In the arena. */
const char *policy_scope_text(const struct policy *policy, struct arena *arena);

/* The part that a code names in findings and differences: an indicator, a dimension, a direct rule,
 * or the general part with its classes. */
struct policy_part policy_part_of(const struct policy *policy, const char *code);

/* True when a version is a draft, which can be changed. */
bool policy_is_draft(const struct policy_version *version);

/* Writes "name version  state" for status lines. */
void policy_name_append(const struct policy_version *version, struct buffer *buffer);

#endif
