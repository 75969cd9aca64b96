/* What is wrong with a policy document, place by place. */
#ifndef XINFENG_POLICY_POLICY_FAULT_H
#define XINFENG_POLICY_POLICY_FAULT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define POLICY_MOST_FAULTS 20

/* One rule that is broken. */
struct policy_fault {
    const char *place;    /* "p.json:12:3", or of a workbook sheet and cell: "「指标」D12" */
    const char *sentence; /* translated */
};

/* The faults in the order of the document. Zero it to begin. Texts live in the arena of who adds
 * them. */
struct policy_faults {
    struct policy_fault items[POLICY_MOST_FAULTS];
    size_t count;
    bool more; /* there are others */
};

/* Adds a fault unless its place has one already; texts are borrowed. */
void policy_fault_add(struct policy_faults *faults, const char *place, const char *sentence);

#endif
