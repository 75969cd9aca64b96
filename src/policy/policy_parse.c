#include "policy/policy.h"

#include "base/gettext.h"
#include "base/json_reader.h"
#include "registry/fact_type.h"

#include <stdlib.h>
#include <string.h>

#define MOST_POINTS 100000
#define MOST_MONTHS 1200
#define MOST_VALUE ((int64_t)1 << 53) /* what every JSON reader keeps exact */

/* The keys every indicator has, beside those of its kind. */
#define COMMON_KEYS                                                                                \
    "code", "name", "group", "dimension", "kind", "cap", "floor", "missing", "basis", "sources",   \
        "note"

/* The code of an item. No two of a list share one: results and overrides name them by it. */
static const char *read_code(const struct json_node *item) {
    const char *code = json_read_text(item, "code");
    for (size_t i = 0; i < item->index; i++) {
        struct json_node earlier = json_read_item(item->outer, i);
        if (strcmp(json_string_value(json_object_get(earlier.value, "code")), code) == 0) {
            json_read_fail(item, _("The code \"%s\" is used twice."), code);
        }
    }
    return code;
}

/* Fact types of a list of codes, as bits. */
static uint64_t read_types(const struct json_node *node) {
    struct json_node list = json_read_array(node, "facts");
    uint64_t types = 0;
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node item = json_read_item(&list, i);
        const char *code = json_string_value(item.value);
        int type = code == NULL ? 0 : fact_type_find(code);
        if (type == 0) {
            json_read_fail(&item, _("\"%s\" is no type of fact."), code == NULL ? "?" : code);
        }
        types |= (uint64_t)1 << type;
    }
    if (types == 0) {
        json_read_fail(&list, "%s", _("Name at least one type of fact."));
    }
    return types;
}

static int64_t read_points(const struct json_node *node) {
    return json_read_int(node, "points", -MOST_POINTS, MOST_POINTS);
}

/* The ends of [from, to); both may be left open. */
static void read_ends(const struct json_node *node, int64_t *from, int64_t *to) {
    *from = json_read_int_or(node, "from", -MOST_VALUE, MOST_VALUE, INT64_MIN);
    *to = json_read_int_or(node, "to", -MOST_VALUE, MOST_VALUE, INT64_MAX);
}

/* Bands must not overlap, wherever they stand in the list. */
static void read_band(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    struct policy_band *band = place;
    json_read_only(item, JSON_WORDS("from", "to", "points"));
    read_ends(item, &band->from, &band->to);
    band->points = read_points(item);
    if (band->from >= band->to) {
        json_read_fail(item, "%s", _("The band is empty: \"from\" must be below \"to\"."));
    }
    const struct policy_band *first = band - item->index;
    for (size_t i = 0; i < item->index; i++) {
        if (band->from < first[i].to && first[i].from < band->to) {
            json_read_fail(item, _("The band overlaps band %zu of this list."), i + 1);
        }
    }
}

static void read_bands(const struct json_node *node, struct policy_indicator *indicator) {
    struct json_node list = json_read_array(node, "bands");
    indicator->bands =
        json_read_items(&list, sizeof(*indicator->bands), &indicator->band_count, read_band, NULL);
}

static void read_step(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    struct policy_decay *step = place;
    if (json_array_size(item->value) != 2) {
        json_read_fail(item, "%s", _("A step is a list of two: [months, percent]."));
        return;
    }
    struct json_node months = json_read_item(item, 0);
    struct json_node percent = json_read_item(item, 1);
    step->months = json_read_int_here(&months, 1, MOST_MONTHS);
    step->percent = json_read_int_here(&percent, 0, 100);
    if (item->index > 0 && step->months <= step[-1].months) {
        json_read_fail(item, "%s", _("The months of the steps must rise."));
    }
}

static void read_points_of_code(const struct json_node *member, void *place, void *owner) {
    (void)owner;
    struct policy_code *code = place;
    code->code = json_read_key(member);
    code->points = json_read_int_here(member, -MOST_POINTS, MOST_POINTS);
}

static void read_attribute(const struct json_node *node, struct policy_indicator *indicator) {
    static const char *const names[] = {
        [ATTRIBUTE_AGE_MONTHS] = "age_months",
        [ATTRIBUTE_CAPITAL] = "capital",
        [ATTRIBUTE_INSURED_STAFF] = "insured_staff",
        [ATTRIBUTE_PAID_IN_PERCENT] = "paid_in_percent",
        [ATTRIBUTE_KEY_FIELD] = "key_field",
        [ATTRIBUTE_KIND] = "kind",
        [ATTRIBUTE_STATUS] = "status",
        [ATTRIBUTE_INDUSTRY] = "industry",
        NULL,
    };
    indicator->attribute = (enum policy_attribute)json_read_word(node, "attribute", names);
    if (indicator->attribute < ATTRIBUTE_KIND) {
        json_read_only(node, JSON_WORDS(COMMON_KEYS, "attribute", "bands"));
        read_bands(node, indicator);
        return;
    }
    json_read_only(node, JSON_WORDS(COMMON_KEYS, "attribute", "codes"));
    struct json_node codes = json_read_object(node, "codes");
    indicator->codes = json_read_items(&codes, sizeof(*indicator->codes), &indicator->code_count,
                                       read_points_of_code, NULL);
}

/* An optional {"from", "to"} range, [from, to). */
static void read_range(const struct json_node *node, const char *key, int64_t *from, int64_t *to) {
    struct json_node range = json_read_object_or_none(node, key);
    *from = INT64_MIN;
    *to = INT64_MAX;
    if (range.value == NULL) {
        return;
    }
    json_read_only(&range, JSON_WORDS("from", "to"));
    read_ends(&range, from, to);
    if (*from >= *to) {
        json_read_fail(&range, "%s", _("The range is empty: \"from\" must be below \"to\"."));
    }
}

static void read_matching(const struct json_node *node, struct policy_indicator *indicator) {
    indicator->types = read_types(node);
    read_range(node, "level", &indicator->level_from, &indicator->level_to);
    read_range(node, "amount", &indicator->amount_from, &indicator->amount_to);
}

static void read_event(const struct json_node *node, struct policy_indicator *indicator) {
    static const enum policy_event_by ways[] = {EVENT_BY_LEVEL, EVENT_BY_AMOUNT, EVENT_FIXED};
    indicator->event_by = ways[json_read_word_or(node, "by", JSON_WORDS("level", "amount"), 2)];
    bool fixed = indicator->event_by == EVENT_FIXED;
    json_read_only(node, JSON_WORDS(COMMON_KEYS, "facts", "level", "amount", "window", "by",
                                    "decay", fixed ? "points" : "bands"));
    read_matching(node, indicator);
    indicator->window = json_read_int_or(node, "window", 1, MOST_MONTHS, 0);
    if (fixed) {
        indicator->points = read_points(node);
    } else {
        read_bands(node, indicator);
    }
    struct json_node decay = json_read_array_or_none(node, "decay");
    indicator->decay = json_read_items(&decay, sizeof(*indicator->decay), &indicator->decay_count,
                                       read_step, NULL);
}

static void read_kind(const struct json_node *node, struct policy_indicator *indicator) {
    static const char *const kinds[] = {
        [POLICY_ATTRIBUTE] = "attribute", [POLICY_PRESENT] = "present", [POLICY_COUNT] = "count",
        [POLICY_AMOUNT] = "amount",       [POLICY_EVENT] = "event",     NULL,
    };
    indicator->kind = (enum policy_kind)json_read_word(node, "kind", kinds);
    switch (indicator->kind) {
    case POLICY_ATTRIBUTE:
        read_attribute(node, indicator);
        break;
    case POLICY_PRESENT:
        json_read_only(node, JSON_WORDS(COMMON_KEYS, "facts", "level", "amount", "points"));
        read_matching(node, indicator);
        indicator->points = read_points(node);
        break;
    case POLICY_COUNT:
    case POLICY_AMOUNT:
        json_read_only(node,
                       JSON_WORDS(COMMON_KEYS, "facts", "level", "amount", "window", "bands"));
        read_matching(node, indicator);
        indicator->window = json_read_int(node, "window", 1, MOST_MONTHS);
        read_bands(node, indicator);
        break;
    case POLICY_EVENT:
        read_event(node, indicator);
        break;
    }
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
    indicator->cap = json_read_int_or(node, "cap", 0, MOST_POINTS, POLICY_NO_CAP);
    indicator->floor = json_read_int_or(node, "floor", -MOST_POINTS, 0, 0);
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
    indicator->missing = json_read_int_or(item, "missing", -MOST_POINTS, MOST_POINTS, 0);
    read_kind(item, indicator);
    read_bounds(item, indicator);
}

static void read_dimension(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    struct policy_dimension *dimension = place;
    json_read_only(item, JSON_WORDS("code", "name", "cap"));
    dimension->code = read_code(item);
    dimension->name = json_read_text(item, "name");
    dimension->cap = json_read_int_or(item, "cap", 0, MOST_POINTS, POLICY_NO_CAP);
}

static void read_direct(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    struct policy_direct *rule = place;
    json_read_only(item, JSON_WORDS("code", "name", "facts", "mode", "basis"));
    rule->code = read_code(item);
    rule->name = json_read_text(item, "name");
    rule->basis = json_read_text(item, "basis");
    rule->types = read_types(item);
    rule->confirm = json_read_word(item, "mode", JSON_WORDS("auto", "confirm")) == 1;
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

static void read_applies_to(const struct json_node *root, struct policy *policy) {
    struct json_node applies = json_read_object(root, "applies_to");
    json_read_only(&applies, JSON_WORDS("kinds"));
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
}

static void read_policy(const struct json_node *root, struct policy *policy) {
    json_read_only(root,
                   JSON_WORDS("format", "code", "version", "name", "note", "applies_to", "maximum",
                              "classes", "dimensions", "indicators", "direct", "measures"));
    json_read_word(root, "format", JSON_WORDS("xinfeng-policy/1"));
    policy->code = json_read_text(root, "code");
    policy->version = json_read_text(root, "version");
    policy->name = json_read_text(root, "name");
    policy->maximum = json_read_int(root, "maximum", 1, MOST_POINTS);
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

enum result policy_parse(struct policy **policy, const char *text, const char *origin,
                         struct error *error) {
    *policy = NULL;
    struct arena *arena = arena_new();
    struct policy *made = arena == NULL ? NULL : arena_alloc(arena, sizeof(*made));
    if (made == NULL) {
        arena_free(arena);
        return error_no_memory(error);
    }
    made->arena = arena;
    struct json_reader reader = {.origin = origin, .arena = arena, .error = error};
    json_t *json = json_reader_parse(&reader, text, strlen(text));
    struct json_node root = json_read_root(&reader, json);
    read_policy(&root, made);
    enum result code = reader.code == RESULT_OK ? canonicalise(made, json, error) : reader.code;
    json_decref(json);
    if (code != RESULT_OK) {
        policy_free(made);
        return code;
    }
    *policy = made;
    return RESULT_OK;
}
