/* Changing one value of a policy document: everything else stays as it is, to the last digit, and
 * what comes of it has been checked by all rules. */
#ifndef XINFENG_POLICY_POLICY_EDIT_H
#define XINFENG_POLICY_POLICY_EDIT_H

#include "policy/policy_value.h"

/* Gives a value another text, as a person writes it into its cell: "40", "5%", "确认后判定"; an
 * empty one takes it out of the document. Where two bands meet, the border is one: the end of the
 * other band moves along. *edited is a new policy; free with policy_free. RESULT_INVALID with a
 * sentence when the text is no such value or a rule is broken then, RESULT_REFUSED for a fixed
 * value. */
enum result policy_edit(const struct policy *policy, const struct policy_value *value,
                        const char *text, struct policy **edited, struct error *error);

/* The same policy as another version; free with policy_free. */
enum result policy_edit_version(const struct policy *policy, const char *version,
                                struct policy **edited, struct error *error);

/* The version that comes after one: its last number one higher ("2026.9": "2026.10"), else ".1"
 * behind it. In the arena; NULL when memory is short. */
const char *policy_next_version(const char *version, struct arena *arena);

/* True when the end of a band that the value is meets another band, which moves along. */
bool policy_edit_moves_along(const struct policy *policy, const struct policy_value *value);

#endif
