#include "policy/policy.h"

#include "base/gettext.h"
#include "embedded.h"

#include <string.h>

const char *risk_class_letter(enum risk_class risk_class) {
    static const char *const letters[] = {"A", "B", "C", "D", "?"};
    return letters[risk_class];
}

enum risk_class risk_class_find(const char *letter) {
    if (letter == NULL || letter[0] < 'A' || letter[0] > 'D' || letter[1] != '\0') {
        return CLASS_COUNT;
    }
    return (enum risk_class)(letter[0] - 'A');
}

const char *risk_class_name(enum risk_class risk_class) {
    static const char *const names[] = {N_("low risk"), N_("moderate risk"), N_("fairly high risk"),
                                        N_("high risk"), N_("not scored")};
    return _(names[risk_class]);
}

const struct policy_builtin *policy_builtins(size_t *count) {
    static const struct policy_builtin builtins[] = {
        {embedded_general_enterprise, "general-enterprise.policy.json"},
        {embedded_general_individual, "general-individual.policy.json"},
        {embedded_general_cooperative, "general-cooperative.policy.json"},
    };
    *count = sizeof(builtins) / sizeof(builtins[0]);
    return builtins;
}

const struct policy_builtin *policy_builtins_professional(size_t *count) {
    static const struct policy_builtin builtins[] = {
        {embedded_food_operator, "food-operator.policy.json"},
    };
    *count = sizeof(builtins) / sizeof(builtins[0]);
    return builtins;
}

const char *policy_builtin_text(void) {
    size_t count = 0;
    return policy_builtins(&count)[0].text;
}

void policy_free(struct policy *policy) {
    if (policy != NULL && policy->shared > 0) {
        policy->shared--;
    } else if (policy != NULL) {
        arena_free(policy->arena); /* the policy itself lives in it */
    }
}

struct policy *policy_share(struct policy *policy) {
    policy->shared++;
    return policy;
}

uint32_t policy_kind_bit(const char *kind) {
    static const char *const kinds[] = {"enterprise", "individual", "cooperative"};
    for (uint32_t i = 0; i < 3; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

/* True when a code begins with one of the prefixes, or there are none. */
static bool among(const char *const *prefixes, size_t count, const char *code) {
    bool found = count == 0;
    for (size_t i = 0; i < count && !found; i++) {
        found = code != NULL && strncmp(code, prefixes[i], strlen(prefixes[i])) == 0;
    }
    return found;
}

bool policy_applies(const struct policy *policy, const char *kind, const char *region,
                    const char *industry) {
    return (policy_kind_bit(kind) & policy->kinds) != 0 &&
           among(policy->regions, policy->region_count, region) &&
           among(policy->industries, policy->industry_count, industry);
}

enum risk_class policy_class_of(const struct policy *policy, int64_t centipoints) {
    enum risk_class reached = CLASS_A;
    for (int i = CLASS_B; i < CLASS_COUNT; i++) {
        if (centipoints >= policy->bounds[i] * 100) {
            reached = (enum risk_class)i;
        }
    }
    return reached;
}

size_t policy_direct_find(const struct policy *policy, const char *code) {
    size_t index = 0;
    while (index < policy->direct_count && strcmp(policy->direct[index].code, code) != 0) {
        index++;
    }
    return index;
}
