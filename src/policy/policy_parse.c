#include "policy/policy.h"

#include "base/gettext.h"
#include "policy/policy_kind.h"
#include "registry/industry.h"

#include <stdlib.h>
#include <string.h>

/* The code of an item. No two of a list share one: results and overrides name them by it. */
static const char *read_code(const struct json_node *item) {
    const char *code = json_read_text(item, "code");
    for (size_t i = 0; i < item->index; i++) {
        struct json_node earlier = json_read_item(item->outer, i);
        const char *other = json_string_value(json_object_get(earlier.value, "code"));
        if (other != NULL && strcmp(other, code) == 0) {
            json_read_fail_at(item, "code", _("The code \"%s\" is used twice."), code);
        }
    }
    return code;
}

/* True when some points of the indicator are negative. */
static bool has_negative_points(const struct policy_indicator *indicator) {
    bool negative = indicator->points < 0 || indicator->missing < 0;
    for (size_t i = 0; i < indicator->band_count; i++) {
        negative = negative || indicator->bands[i].points < 0;
    }
    for (size_t i = 0; i < indicator->code_count; i++) {
        negative = negative || indicator->codes[i].points < 0;
    }
    return negative;
}

static void read_bounds(const struct json_node *node, struct policy_indicator *indicator) {
    indicator->cap = json_read_int_or(node, "cap", 0, POLICY_MOST_POINTS, POLICY_NO_CAP);
    indicator->floor = json_read_int_or(node, "floor", -POLICY_MOST_POINTS, 0, 0);
    if (has_negative_points(indicator) && json_object_get(node->value, "floor") == NULL) {
        json_read_fail(node, "%s",
                       _("An indicator with negative points must state its \"floor\"."));
    }
}

static size_t find_dimension(const struct json_node *node, const struct policy *policy) {
    const char *code = json_read_text(node, "dimension");
    for (size_t i = 0; i < policy->dimension_count; i++) {
        if (strcmp(policy->dimensions[i].code, code) == 0) {
            return i;
        }
    }
    json_read_fail_at(node, "dimension", _("There is no dimension \"%s\" in this policy."), code);
    return 0;
}

static void read_indicator(const struct json_node *item, void *place, void *owner) {
    const struct policy *policy = owner;
    struct policy_indicator *indicator = place;
    indicator->code = read_code(item);
    indicator->name = json_read_text(item, "name");
    indicator->group = json_read_text_or_null(item, "group");
    indicator->basis = json_read_text(item, "basis");
    indicator->note = json_read_text_or_null(item, "note");
    indicator->dimension = find_dimension(item, policy);
    indicator->missing =
        json_read_int_or(item, "missing", -POLICY_MOST_POINTS, POLICY_MOST_POINTS, 0);
    policy_read_kind(item, indicator);
    read_bounds(item, indicator);
}

static void read_dimension(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    struct policy_dimension *dimension = place;
    json_read_only(item, JSON_WORDS("code", "name", "cap"));
    dimension->code = read_code(item);
    dimension->name = json_read_text(item, "name");
    dimension->cap = json_read_int_or(item, "cap", 0, POLICY_MOST_POINTS, POLICY_NO_CAP);
}

static void read_direct(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    struct policy_direct *rule = place;
    json_read_only(item, JSON_WORDS("code", "name", "facts", "mode", "basis"));
    rule->code = read_code(item);
    rule->name = json_read_text(item, "name");
    rule->basis = json_read_text(item, "basis");
    rule->types = policy_read_types(item);
    rule->confirm = json_read_word(item, "mode", JSON_WORDS("auto", "confirm")) == 1;
}

static void check_relations(const struct json_node *list, const struct policy *policy) {
    size_t count = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        count += policy->indicators[i].kind == POLICY_RELATION;
    }
    if (count > POLICY_MOST_RELATION) {
        json_read_fail(list, _("A policy has at most %d indicators of relations."),
                       POLICY_MOST_RELATION);
    }
}

/* The three lists of a policy. Indicators name dimensions, which thus come first. */
static void read_lists(const struct json_node *root, struct policy *policy) {
    struct json_node list = json_read_array(root, "dimensions");
    policy->dimensions = json_read_items(&list, sizeof(*policy->dimensions),
                                         &policy->dimension_count, read_dimension, NULL);
    if (policy->dimension_count == 0 || policy->dimension_count > POLICY_MOST_DIMENSIONS) {
        json_read_fail(&list, _("A policy has 1 to %d dimensions."), POLICY_MOST_DIMENSIONS);
    }
    list = json_read_array(root, "indicators");
    policy->indicators = json_read_items(&list, sizeof(*policy->indicators),
                                         &policy->indicator_count, read_indicator, policy);
    check_relations(&list, policy);
    if (policy->indicator_count == 0 || policy->indicator_count > POLICY_MOST_INDICATORS) {
        json_read_fail(&list, _("A policy has 1 to %d indicators."), POLICY_MOST_INDICATORS);
    }
    list = json_read_array(root, "direct");
    policy->direct =
        json_read_items(&list, sizeof(*policy->direct), &policy->direct_count, read_direct, NULL);
    if (policy->direct_count > POLICY_MOST_DIRECT) {
        json_read_fail(&list, _("A policy has at most %d direct rules."), POLICY_MOST_DIRECT);
    }
}

static void read_measure(const struct json_node *node, struct policy_measure *measure) {
    json_read_only(node, JSON_WORDS("rate", "times", "method", "text"));
    struct json_node rate = json_read_object(node, "rate");
    json_read_only(&rate, JSON_WORDS("num", "den"));
    measure->rate_den = json_read_int(&rate, "den", 1, 1000000);
    measure->rate_num = json_read_int(&rate, "num", 0, measure->rate_den);
    measure->times = json_read_int(node, "times", 0, 365);
    measure->method = json_read_text(node, "method");
    measure->text = json_read_text(node, "text");
}

static void read_classes(const struct json_node *root, struct policy *policy) {
    struct json_node classes = json_read_object(root, "classes");
    struct json_node measures = json_read_object(root, "measures");
    json_read_only(&classes, JSON_WORDS("A", "B", "C", "D"));
    json_read_only(&measures, JSON_WORDS("A", "B", "C", "D"));
    for (int i = 0; i < CLASS_COUNT; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        policy->bounds[i] = json_read_int(&classes, letter, 0, policy->maximum);
        if (i == 0 ? policy->bounds[i] != 0 : policy->bounds[i] <= policy->bounds[i - 1]) {
            json_read_fail_at(&classes, letter, "%s",
                              _("The lower bounds must start at 0 for A and rise from class to "
                                "class."));
        }
        struct json_node measure = json_read_object(&measures, letter);
        read_measure(&measure, &policy->measures[i]);
    }
}

/* A prefix of codes of divisions: 2, 4, 6 or 9 digits. */
static void read_region(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    const char *code = json_read_text_here(item);
    size_t length = strlen(code);
    if (strspn(code, "0123456789") != length ||
        (length != 2 && length != 4 && length != 6 && length != 9)) {
        json_read_wrong(item, _("a division code of 2, 4, 6 or 9 digits"));
    }
    *(const char **)place = code;
}

/* A prefix of codes of industries: a section, and up to four digits behind it. */
static void read_industry(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    const char *code = json_read_text_here(item);
    if (industry_find(code) == NULL) {
        json_read_wrong(item, _("a code of GB/T 4754 such as F or F52"));
    }
    *(const char **)place = code;
}

static void read_applies_to(const struct json_node *root, struct policy *policy) {
    struct json_node applies = json_read_object(root, "applies_to");
    json_read_only(&applies, JSON_WORDS("kinds", "regions", "industries", "field"));
    struct json_node regions = json_read_array_or_none(&applies, "regions");
    struct json_node industries = json_read_array_or_none(&applies, "industries");
    policy->regions = json_read_items(&regions, sizeof(*policy->regions), &policy->region_count,
                                      read_region, NULL);
    policy->industries = json_read_items(&industries, sizeof(*policy->industries),
                                         &policy->industry_count, read_industry, NULL);
    policy->field = json_read_text_or_null(&applies, "field");
    struct json_node kinds = json_read_array(&applies, "kinds");
    for (size_t i = 0; i < json_array_size(kinds.value); i++) {
        struct json_node item = json_read_item(&kinds, i);
        const char *kind = json_string_value(item.value);
        uint32_t bit = kind == NULL ? 0 : policy_kind_bit(kind);
        if (bit == 0) {
            json_read_fail(&item,
                           _("\"%s\" is no kind of entity; it must be enterprise, individual or "
                             "cooperative."),
                           kind == NULL ? "?" : kind);
        }
        policy->kinds |= bit;
    }
    if (policy->kinds == 0) {
        json_read_fail(&kinds, "%s", _("Name at least one kind of entity."));
    }
}

static void read_policy(const struct json_node *root, struct policy *policy) {
    json_read_only(root,
                   JSON_WORDS("format", "code", "version", "name", "note", "applies_to", "maximum",
                              "classes", "dimensions", "indicators", "direct", "measures"));
    json_read_word(root, "format", JSON_WORDS("xinfeng-policy/1"));
    policy->code = json_read_text(root, "code");
    policy->version = json_read_text(root, "version");
    policy->name = json_read_text(root, "name");
    policy->maximum = json_read_int(root, "maximum", 1, POLICY_MOST_POINTS);
    read_applies_to(root, policy);
    read_classes(root, policy);
    read_lists(root, policy);
}

/* The canonical form (UTF-8, keys sorted, no insignificant blanks) and its digest. */
static enum result canonicalise(struct policy *policy, json_t *root, struct error *error) {
    char *canonical = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT);
    policy->canonical = canonical == NULL ? NULL : arena_strdup(policy->arena, canonical);
    free(canonical);
    if (policy->canonical == NULL) {
        return error_no_memory(error);
    }
    return digest_sha256_hex(policy->canonical, strlen(policy->canonical), policy->digest, error);
}

/* Reads a document into *policy, which is NULL when it has faults; gathers them, or stops at the
 * first, which the error tells. */
static enum result parse(struct policy **policy, const char *text, const char *origin,
                         struct json_faults *faults, struct arena *fault_arena,
                         struct error *error) {
    *policy = NULL;
    struct arena *arena = arena_new();
    struct policy *made = arena == NULL ? NULL : arena_alloc(arena, sizeof(*made));
    if (made == NULL) {
        arena_free(arena);
        return error_no_memory(error);
    }
    made->arena = arena;
    made->shared = 0;
    struct json_reader reader = {.origin = origin, .arena = arena, .error = error};
    json_t *json = json_reader_parse(&reader, text, strlen(text));
    if (faults != NULL && json != NULL) { /* faults outlive a policy that is not made */
        reader.faults = faults;
        reader.arena = fault_arena;
    }
    struct json_node root = json_read_root(&reader, json);
    read_policy(&root, made);
    bool faulty = faults != NULL && faults->count > 0;
    enum result code =
        reader.code == RESULT_OK && !faulty ? canonicalise(made, json, error) : reader.code;
    json_decref(json);
    if (code != RESULT_OK || faulty) {
        policy_free(made);
        return faulty && code == RESULT_INVALID ? RESULT_OK : code;
    }
    *policy = made;
    return RESULT_OK;
}

enum result policy_parse(struct policy **policy, const char *text, const char *origin,
                         struct error *error) {
    return parse(policy, text, origin, NULL, NULL, error);
}

enum result policy_check(struct policy **policy, const char *text, const char *origin,
                         struct arena *arena, struct json_faults *faults, struct error *error) {
    *faults = (struct json_faults){0};
    return parse(policy, text, origin, faults, arena, error);
}
