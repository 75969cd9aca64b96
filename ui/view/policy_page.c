#include "ui/view/policy_page.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/enterprise.h"
#include "registry/industry.h"

#include <string.h>

enum result policy_shown_load(struct policy_shown *shown, struct store *store, int64_t id,
                              struct error *error) {
    struct policy_shown loaded = {.arena = arena_new()};
    enum result code = loaded.arena == NULL
                           ? error_no_memory(error)
                           : policy_store_version(store, id, loaded.arena, &loaded.version, error);
    if (code == RESULT_OK) {
        code = policy_store_load(store, id, &loaded.policy, error);
    }
    if (code != RESULT_OK) {
        policy_shown_free(&loaded);
        return code;
    }
    policy_shown_free(shown);
    *shown = loaded;
    return RESULT_OK;
}

void policy_shown_free(struct policy_shown *shown) {
    policy_free(shown->policy);
    arena_free(shown->arena);
    *shown = (struct policy_shown){.arena = NULL};
}

static void append(struct buffer *text, const char *word) {
    buffer_printf(text, "%s%s", text->length == 0 ? "" : "、", word);
}

const char *policy_scope_text(const struct policy *policy, struct arena *arena) {
    static const char *const kinds[] = {"enterprise", "individual", "cooperative"};
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if ((policy->kinds & policy_kind_bit(kinds[i])) != 0) {
            append(&text, enterprise_kind_name(kinds[i]));
        }
    }
    for (size_t i = 0; i < policy->region_count; i++) {
        append(&text, division_label(policy->regions[i]));
    }
    for (size_t i = 0; i < policy->industry_count; i++) {
        const char *name = industry_name(policy->industries[i]);
        append(&text, name == NULL ? policy->industries[i] : name);
    }
    if (policy->field != NULL) {
        append(&text, policy->field);
    }
    const char *kept = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return kept == NULL ? "" : kept;
}

struct policy_part policy_part_of(const struct policy *policy, const char *code) {
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (strcmp(policy->indicators[i].code, code) == 0) {
            return (struct policy_part){POLICY_SHEET_INDICATORS, i};
        }
    }
    for (size_t i = 0; i < policy->dimension_count; i++) {
        if (strcmp(policy->dimensions[i].code, code) == 0) {
            return (struct policy_part){POLICY_SHEET_DIMENSIONS, i};
        }
    }
    size_t rule = policy_direct_find(policy, code);
    return rule < policy->direct_count ? (struct policy_part){POLICY_SHEET_DIRECT, rule}
                                       : (struct policy_part){POLICY_SHEET_GENERAL, 0};
}

bool policy_is_draft(const struct policy_version *version) {
    return strcmp(version->state, "draft") == 0;
}

void policy_name_append(const struct policy_version *version, struct buffer *buffer) {
    buffer_printf(buffer, "%s %s  %s", version->name, version->version, policy_state_name(version));
}
