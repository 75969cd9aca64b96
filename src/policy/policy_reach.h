/* The points that an indicator can come to, whatever becomes of an enterprise. */
#ifndef XINFENG_POLICY_POLICY_REACH_H
#define XINFENG_POLICY_POLICY_REACH_H

#include "policy/policy.h"

/* No end: sums of events grow with their number. */
#define POLICY_NO_END INT64_MAX

/* Points that something can come to. */
struct policy_reach {
    int64_t low;
    int64_t high; /* POLICY_NO_END: no bound */
};

/* From the least to the most, over as many events as there may be, and between floor and cap. */
struct policy_reach policy_indicator_reach(const struct policy_indicator *indicator);

/* The points that everybody has at least: more than 0 only where every value gives some. */
int64_t policy_indicator_least(const struct policy_indicator *indicator);

#endif
