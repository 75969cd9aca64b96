/* What breaks no rule in a policy and is still worth a look before it is published. */
#ifndef XINFENG_POLICY_POLICY_ADVICE_H
#define XINFENG_POLICY_POLICY_ADVICE_H

#include "policy/policy.h"
#include "policy/policy_fault.h"

/* One remark. */
struct policy_advice {
    const char *code;     /* of the indicator or dimension, or a class's letter */
    const char *sentence; /* translated; in the arena */
};

/* Looks for indicators that can never give points, gaps between bands, caps of dimensions that are
 * never reached or always, and classes that no total reaches. */
enum result policy_advise(const struct policy *policy, struct arena *arena,
                          struct policy_advice **advice, size_t *count, struct error *error);

#endif
