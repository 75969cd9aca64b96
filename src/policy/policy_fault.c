#include "policy/policy_fault.h"

#include <string.h>

void policy_fault_add(struct policy_faults *faults, const char *place, const char *sentence) {
    for (size_t i = 0; i < faults->count; i++) {
        if (strcmp(faults->items[i].place, place) == 0) {
            return;
        }
    }
    if (faults->count == POLICY_MOST_FAULTS) {
        faults->more = true;
        return;
    }
    faults->items[faults->count++] = (struct policy_fault){place, sentence};
}
