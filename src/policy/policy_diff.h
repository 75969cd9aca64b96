/* What differs between two policies, in the words of their workbooks. */
#ifndef XINFENG_POLICY_POLICY_DIFF_H
#define XINFENG_POLICY_POLICY_DIFF_H

#include "policy/policy.h"
#include "policy/policy_layout.h"

enum policy_change_kind { POLICY_ADDED, POLICY_REMOVED, POLICY_CHANGED };

/* One difference. Texts live in the arena; none is NULL. */
struct policy_change {
    enum policy_change_kind kind;
    enum policy_sheet sheet; /* what it is about: an indicator, a direct rule ... */
    const char *code;   /* of the indicator, dimension, rule or class; "" in the general part */
    const char *name;   /* its name, as it is now */
    const char *key;    /* which value: "cap", "bands"; "" where all of it came or went */
    const char *title;  /* of the value, as its column has it: "封顶" */
    const char *before; /* as its cell shows it; "" where there is none */
    const char *after;
};

/* Finds all differences, in the order of the sheets. None means the same digest. */
enum result policy_diff(const struct policy *before, const struct policy *after,
                        struct arena *arena, struct policy_change **changes, size_t *count,
                        struct error *error);

/* One change as a sentence in the language spoken, in the arena. */
const char *policy_change_sentence(const struct policy_change *change, struct arena *arena);

#endif
