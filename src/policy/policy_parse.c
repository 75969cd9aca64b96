#include "policy/policy.h"

#include "base/gettext.h"
#include "policy/json_reader.h"
#include "registry/fact_type.h"

#include <stdlib.h>
#include <string.h>

#define MOST_POINTS 100000
#define MOST_VALUE ((int64_t)1 << 53) /* what every JSON reader keeps exact */

/* The keys every indicator has, beside those of its kind. */
#define COMMON_KEYS                                                                                \
    "code", "name", "group", "dimension", "kind", "cap", "floor", "missing", "basis", "sources",   \
        "note"

#define KEYS(...)                                                                                  \
    (const char *const[]) {                                                                        \
        __VA_ARGS__, NULL                                                                          \
    }

/* Two of a kind must not share a code: results and overrides name them by it. */
static void check_new_code(struct json_reader *reader, const char *earlier, const char *code) {
    if (strcmp(earlier, code) == 0) {
        json_reader_fail(reader, _("The code \"%s\" is used twice."), code);
    }
}

/* Fact types of a list of codes, as bits. */
static uint64_t read_types(struct json_reader *reader, json_t *object) {
    json_t *list = json_reader_array(reader, object, "facts", true);
    uint64_t types = 0;
    json_reader_enter_key(reader, "facts");
    size_t index;
    json_t *item;
    json_array_foreach(list, index, item) {
        json_reader_enter_index(reader, index);
        const char *code = json_string_value(item);
        int type = code == NULL ? 0 : fact_type_find(code);
        if (type == 0) {
            json_reader_fail(reader, _("\"%s\" is no type of fact."), code == NULL ? "?" : code);
        }
        types |= (uint64_t)1 << type;
        json_reader_leave(reader);
    }
    if (list != NULL && types == 0) {
        json_reader_fail(reader, "%s", _("Name at least one type of fact."));
    }
    json_reader_leave(reader);
    return types;
}

/* Bands must not overlap, wherever they stand in the list. */
static void check_bands(struct json_reader *reader, const struct policy_band *bands, size_t count) {
    for (size_t i = 0; i < count; i++) {
        json_reader_enter_index(reader, i);
        if (bands[i].from >= bands[i].to) {
            json_reader_fail(reader, "%s", _("The band is empty: \"from\" must be below \"to\"."));
        }
        for (size_t j = 0; j < i; j++) {
            if (bands[i].from < bands[j].to && bands[j].from < bands[i].to) {
                json_reader_fail(reader, _("The band overlaps band %zu of this list."), j + 1);
            }
        }
        json_reader_leave(reader);
    }
}

static void read_bands(struct json_reader *reader, json_t *object,
                       struct policy_indicator *indicator) {
    json_t *list = json_reader_array(reader, object, "bands", true);
    size_t count = json_array_size(list);
    struct policy_band *bands = json_reader_alloc(reader, count, sizeof(*bands));
    json_reader_enter_key(reader, "bands");
    for (size_t i = 0; i < count && reader->code == RESULT_OK; i++) {
        json_t *item = json_array_get(list, i);
        json_reader_enter_index(reader, i);
        if (json_reader_is_object(reader, item)) {
            json_reader_only(reader, item, KEYS("from", "to", "points"));
            bands[i].from =
                json_reader_int_or(reader, item, "from", -MOST_VALUE, MOST_VALUE, INT64_MIN);
            bands[i].to =
                json_reader_int_or(reader, item, "to", -MOST_VALUE, MOST_VALUE, INT64_MAX);
            bands[i].points = json_reader_int(reader, item, "points", -MOST_POINTS, MOST_POINTS);
        }
        json_reader_leave(reader);
    }
    if (reader->code == RESULT_OK) {
        check_bands(reader, bands, count);
    }
    json_reader_leave(reader);
    indicator->bands = bands;
    indicator->band_count = count;
}

static void read_decay(struct json_reader *reader, json_t *object,
                       struct policy_indicator *indicator) {
    json_t *list = json_reader_array(reader, object, "decay", false);
    size_t count = json_array_size(list);
    struct policy_decay *decay = json_reader_alloc(reader, count, sizeof(*decay));
    json_reader_enter_key(reader, "decay");
    for (size_t i = 0; i < count && reader->code == RESULT_OK; i++) {
        json_t *item = json_array_get(list, i);
        json_reader_enter_index(reader, i);
        if (json_array_size(item) != 2) {
            json_reader_fail(reader, "%s", _("A step is a list of two: [months, percent]."));
        } else {
            decay[i].months = json_reader_int_value(reader, json_array_get(item, 0), 1, 1200);
            decay[i].percent = json_reader_int_value(reader, json_array_get(item, 1), 0, 100);
        }
        if (i > 0 && decay[i].months <= decay[i - 1].months) {
            json_reader_fail(reader, "%s", _("The months of the steps must rise."));
        }
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
    indicator->decay = decay;
    indicator->decay_count = count;
}

static void read_codes(struct json_reader *reader, json_t *object,
                       struct policy_indicator *indicator) {
    json_t *map = json_reader_object(reader, object, "codes", true);
    size_t count = json_object_size(map);
    struct policy_code *codes = json_reader_alloc(reader, count, sizeof(*codes));
    json_reader_enter_key(reader, "codes");
    const char *key;
    json_t *value;
    size_t i = 0;
    json_object_foreach(map, key, value) {
        if (reader->code != RESULT_OK) {
            break;
        }
        json_reader_enter_key(reader, key);
        codes[i].code = arena_strdup(reader->arena, key);
        codes[i++].points = json_reader_int_value(reader, value, -MOST_POINTS, MOST_POINTS);
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
    indicator->codes = codes;
    indicator->code_count = count;
}

static void read_attribute(struct json_reader *reader, json_t *object,
                           struct policy_indicator *indicator) {
    static const char *const names[] = {
        [ATTRIBUTE_AGE_MONTHS] = "age_months",
        [ATTRIBUTE_CAPITAL] = "capital",
        [ATTRIBUTE_INSURED_STAFF] = "insured_staff",
        [ATTRIBUTE_PAID_IN_PERCENT] = "paid_in_percent",
        [ATTRIBUTE_KEY_FIELD] = "key_field",
        [ATTRIBUTE_KIND] = "kind",
        [ATTRIBUTE_STATUS] = "status",
        [ATTRIBUTE_INDUSTRY] = "industry",
    };
    const char *name = json_reader_text(reader, object, "attribute", true);
    size_t found = 0;
    size_t count = sizeof(names) / sizeof(names[0]);
    while (name != NULL && found < count && strcmp(names[found], name) != 0) {
        found++;
    }
    if (name == NULL || found == count) {
        json_reader_enter_key(reader, "attribute");
        json_reader_fail(reader, _("\"%s\" is no attribute of an enterprise."),
                         name == NULL ? "" : name);
        json_reader_leave(reader);
        return;
    }
    indicator->attribute = (enum policy_attribute)found;
    if (found >= ATTRIBUTE_KIND) {
        json_reader_only(reader, object, KEYS(COMMON_KEYS, "attribute", "codes"));
        read_codes(reader, object, indicator);
    } else {
        json_reader_only(reader, object, KEYS(COMMON_KEYS, "attribute", "bands"));
        read_bands(reader, object, indicator);
    }
}

/* An optional {"from", "to"} range, [from, to). */
static void read_range(struct json_reader *reader, json_t *object, const char *key, int64_t *from,
                       int64_t *to) {
    *from = INT64_MIN;
    *to = INT64_MAX;
    json_t *range = json_reader_object(reader, object, key, false);
    if (range == NULL) {
        return;
    }
    json_reader_enter_key(reader, key);
    json_reader_only(reader, range, KEYS("from", "to"));
    *from = json_reader_int_or(reader, range, "from", -MOST_VALUE, MOST_VALUE, INT64_MIN);
    *to = json_reader_int_or(reader, range, "to", -MOST_VALUE, MOST_VALUE, INT64_MAX);
    if (*from >= *to) {
        json_reader_fail(reader, "%s", _("The range is empty: \"from\" must be below \"to\"."));
    }
    json_reader_leave(reader);
}

static void read_matching(struct json_reader *reader, json_t *object,
                          struct policy_indicator *indicator) {
    indicator->types = read_types(reader, object);
    read_range(reader, object, "level", &indicator->level_from, &indicator->level_to);
    read_range(reader, object, "amount", &indicator->amount_from, &indicator->amount_to);
}

static void read_event(struct json_reader *reader, json_t *object,
                       struct policy_indicator *indicator) {
    const char *by = json_reader_text(reader, object, "by", false);
    json_reader_only(reader, object,
                     KEYS(COMMON_KEYS, "facts", "level", "amount", "window", "by", "decay",
                          by == NULL ? "points" : "bands"));
    if (by == NULL) {
        indicator->event_by = EVENT_FIXED;
        indicator->points = json_reader_int(reader, object, "points", -MOST_POINTS, MOST_POINTS);
    } else if (strcmp(by, "level") == 0 || strcmp(by, "amount") == 0) {
        indicator->event_by = strcmp(by, "level") == 0 ? EVENT_BY_LEVEL : EVENT_BY_AMOUNT;
        read_bands(reader, object, indicator);
    } else {
        json_reader_enter_key(reader, "by");
        json_reader_fail(reader, "%s", _("\"by\" must be level or amount."));
        json_reader_leave(reader);
    }
    read_decay(reader, object, indicator);
}

static void read_kind(struct json_reader *reader, json_t *object,
                      struct policy_indicator *indicator) {
    const char *kind = json_reader_text(reader, object, "kind", true);
    if (kind == NULL) {
        return;
    }
    if (strcmp(kind, "attribute") == 0) {
        indicator->kind = POLICY_ATTRIBUTE;
        read_attribute(reader, object, indicator);
    } else if (strcmp(kind, "present") == 0) {
        json_reader_only(reader, object, KEYS(COMMON_KEYS, "facts", "level", "amount", "points"));
        indicator->kind = POLICY_PRESENT;
        read_matching(reader, object, indicator);
        indicator->points = json_reader_int(reader, object, "points", -MOST_POINTS, MOST_POINTS);
    } else if (strcmp(kind, "count") == 0 || strcmp(kind, "amount") == 0) {
        json_reader_only(reader, object,
                         KEYS(COMMON_KEYS, "facts", "level", "amount", "window", "bands"));
        indicator->kind = strcmp(kind, "count") == 0 ? POLICY_COUNT : POLICY_AMOUNT;
        read_matching(reader, object, indicator);
        indicator->window = json_reader_int(reader, object, "window", 1, 1200);
        read_bands(reader, object, indicator);
    } else if (strcmp(kind, "event") == 0) {
        indicator->kind = POLICY_EVENT;
        read_matching(reader, object, indicator);
        indicator->window = json_reader_int_or(reader, object, "window", 1, 1200, 0);
        read_event(reader, object, indicator);
    } else {
        json_reader_enter_key(reader, "kind");
        json_reader_fail(reader, _("\"%s\" is no kind of indicator."), kind);
        json_reader_leave(reader);
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

static void read_bounds(struct json_reader *reader, json_t *object,
                        struct policy_indicator *indicator) {
    indicator->cap = json_reader_int_or(reader, object, "cap", 0, MOST_POINTS, POLICY_NO_CAP);
    indicator->floor = json_reader_int_or(reader, object, "floor", -MOST_POINTS, 0, 0);
    if (reader->code == RESULT_OK && has_negative_points(indicator) &&
        json_object_get(object, "floor") == NULL) {
        json_reader_fail(reader, "%s",
                         _("An indicator with negative points must state its \"floor\"."));
    }
}

static size_t find_dimension(struct json_reader *reader, const struct policy *policy,
                             json_t *object) {
    const char *code = json_reader_text(reader, object, "dimension", true);
    for (size_t i = 0; code != NULL && i < policy->dimension_count; i++) {
        if (strcmp(policy->dimensions[i].code, code) == 0) {
            return i;
        }
    }
    if (code != NULL) {
        json_reader_enter_key(reader, "dimension");
        json_reader_fail(reader, _("There is no dimension \"%s\" in this policy."), code);
        json_reader_leave(reader);
    }
    return 0;
}

static void read_indicator(struct json_reader *reader, const struct policy *policy, json_t *object,
                           struct policy_indicator *indicator) {
    indicator->code = json_reader_text(reader, object, "code", true);
    indicator->name = json_reader_text(reader, object, "name", true);
    indicator->group = json_reader_text(reader, object, "group", false);
    indicator->basis = json_reader_text(reader, object, "basis", true);
    indicator->note = json_reader_text(reader, object, "note", false);
    indicator->dimension = find_dimension(reader, policy, object);
    indicator->missing =
        json_reader_int_or(reader, object, "missing", -MOST_POINTS, MOST_POINTS, 0);
    read_kind(reader, object, indicator);
    read_bounds(reader, object, indicator);
}

static void read_indicators(struct json_reader *reader, struct policy *policy, json_t *root) {
    json_t *list = json_reader_array(reader, root, "indicators", true);
    size_t count = json_array_size(list);
    json_reader_enter_key(reader, "indicators");
    if (list != NULL && (count == 0 || count > POLICY_MOST_INDICATORS)) {
        json_reader_fail(reader, _("A policy has 1 to %d indicators."), POLICY_MOST_INDICATORS);
    }
    policy->indicators = json_reader_alloc(reader, count, sizeof(*policy->indicators));
    for (size_t i = 0; i < count && reader->code == RESULT_OK; i++) {
        json_t *item = json_array_get(list, i);
        json_reader_enter_index(reader, i);
        if (json_reader_is_object(reader, item)) {
            read_indicator(reader, policy, item, &policy->indicators[i]);
        }
        for (size_t j = 0; j < i && reader->code == RESULT_OK; j++) {
            check_new_code(reader, policy->indicators[j].code, policy->indicators[i].code);
        }
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
    policy->indicator_count = count;
}

static void read_dimensions(struct json_reader *reader, struct policy *policy, json_t *root) {
    json_t *list = json_reader_array(reader, root, "dimensions", true);
    size_t count = json_array_size(list);
    json_reader_enter_key(reader, "dimensions");
    if (list != NULL && (count == 0 || count > POLICY_MOST_DIMENSIONS)) {
        json_reader_fail(reader, _("A policy has 1 to %d dimensions."), POLICY_MOST_DIMENSIONS);
    }
    for (size_t i = 0; i < count && reader->code == RESULT_OK; i++) {
        json_t *item = json_array_get(list, i);
        struct policy_dimension *dimension = &policy->dimensions[i];
        json_reader_enter_index(reader, i);
        if (json_reader_is_object(reader, item)) {
            json_reader_only(reader, item, KEYS("code", "name", "cap"));
            dimension->code = json_reader_text(reader, item, "code", true);
            dimension->name = json_reader_text(reader, item, "name", true);
            dimension->cap = json_reader_int_or(reader, item, "cap", 0, MOST_POINTS, POLICY_NO_CAP);
        }
        for (size_t j = 0; j < i && reader->code == RESULT_OK; j++) {
            check_new_code(reader, policy->dimensions[j].code, dimension->code);
        }
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
    policy->dimension_count = count;
}

static void read_direct(struct json_reader *reader, struct policy *policy, json_t *root) {
    json_t *list = json_reader_array(reader, root, "direct", true);
    size_t count = json_array_size(list);
    json_reader_enter_key(reader, "direct");
    if (count > POLICY_MOST_DIRECT) {
        json_reader_fail(reader, _("A policy has at most %d direct rules."), POLICY_MOST_DIRECT);
    }
    for (size_t i = 0; i < count && reader->code == RESULT_OK; i++) {
        json_t *item = json_array_get(list, i);
        struct policy_direct *rule = &policy->direct[i];
        json_reader_enter_index(reader, i);
        if (json_reader_is_object(reader, item)) {
            json_reader_only(reader, item, KEYS("code", "name", "facts", "mode", "basis"));
            rule->code = json_reader_text(reader, item, "code", true);
            rule->name = json_reader_text(reader, item, "name", true);
            rule->basis = json_reader_text(reader, item, "basis", true);
            rule->types = read_types(reader, item);
            const char *mode = json_reader_text(reader, item, "mode", true);
            rule->confirm = mode != NULL && strcmp(mode, "confirm") == 0;
            if (mode != NULL && !rule->confirm && strcmp(mode, "auto") != 0) {
                json_reader_enter_key(reader, "mode");
                json_reader_fail(reader, "%s", _("\"mode\" must be auto or confirm."));
                json_reader_leave(reader);
            }
        }
        for (size_t j = 0; j < i && reader->code == RESULT_OK; j++) {
            check_new_code(reader, policy->direct[j].code, rule->code);
        }
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
    policy->direct_count = count;
}

static void read_measure(struct json_reader *reader, json_t *object,
                         struct policy_measure *measure) {
    json_reader_only(reader, object, KEYS("rate", "times", "method", "text"));
    json_t *rate = json_reader_object(reader, object, "rate", true);
    json_reader_enter_key(reader, "rate");
    if (rate != NULL) {
        json_reader_only(reader, rate, KEYS("num", "den"));
        measure->rate_den = json_reader_int(reader, rate, "den", 1, 1000000);
        measure->rate_num = json_reader_int(reader, rate, "num", 0, measure->rate_den);
    }
    json_reader_leave(reader);
    measure->times = json_reader_int(reader, object, "times", 0, 365);
    measure->method = json_reader_text(reader, object, "method", true);
    measure->text = json_reader_text(reader, object, "text", true);
}

static void read_classes(struct json_reader *reader, struct policy *policy, json_t *root) {
    json_t *classes = json_reader_object(reader, root, "classes", true);
    json_t *measures = json_reader_object(reader, root, "measures", true);
    json_reader_enter_key(reader, "classes");
    if (classes != NULL) {
        json_reader_only(reader, classes, KEYS("A", "B", "C", "D"));
    }
    for (int i = 0; i < CLASS_COUNT && classes != NULL; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        policy->bounds[i] = json_reader_int(reader, classes, letter, 0, policy->maximum);
        if ((i == 0 && policy->bounds[0] != 0) ||
            (i > 0 && policy->bounds[i] <= policy->bounds[i - 1])) {
            json_reader_enter_key(reader, letter);
            json_reader_fail(reader, "%s",
                             _("The lower bounds must start at 0 for A and rise from class to "
                               "class."));
            json_reader_leave(reader);
        }
    }
    json_reader_leave(reader);
    json_reader_enter_key(reader, "measures");
    for (int i = 0; i < CLASS_COUNT && measures != NULL; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        json_t *measure = json_reader_object(reader, measures, letter, true);
        json_reader_enter_key(reader, letter);
        if (measure != NULL) {
            read_measure(reader, measure, &policy->measures[i]);
        }
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
}

static void read_applies_to(struct json_reader *reader, struct policy *policy, json_t *root) {
    json_t *applies = json_reader_object(reader, root, "applies_to", true);
    json_reader_enter_key(reader, "applies_to");
    if (applies != NULL) {
        json_reader_only(reader, applies, KEYS("kinds"));
        json_t *kinds = json_reader_array(reader, applies, "kinds", true);
        size_t index;
        json_t *item;
        json_reader_enter_key(reader, "kinds");
        json_array_foreach(kinds, index, item) {
            const char *kind = json_string_value(item);
            uint32_t bit = kind == NULL ? 0 : policy_kind_bit(kind);
            json_reader_enter_index(reader, index);
            if (bit == 0) {
                json_reader_fail(reader,
                                 _("\"%s\" is no kind of entity; it must be enterprise, "
                                   "individual or cooperative."),
                                 kind == NULL ? "" : kind);
            }
            json_reader_leave(reader);
            policy->kinds |= bit;
        }
        json_reader_leave(reader);
    }
    json_reader_leave(reader);
}

static void read_policy(struct json_reader *reader, struct policy *policy, json_t *root) {
    if (!json_reader_is_object(reader, root)) {
        return;
    }
    json_reader_only(reader, root,
                     KEYS("format", "code", "version", "name", "note", "applies_to", "maximum",
                          "classes", "dimensions", "indicators", "direct", "measures"));
    const char *format = json_reader_text(reader, root, "format", true);
    if (format != NULL && strcmp(format, "xinfeng-policy/1") != 0) {
        json_reader_enter_key(reader, "format");
        json_reader_fail(reader, "%s", _("\"format\" must be xinfeng-policy/1."));
        json_reader_leave(reader);
    }
    policy->code = json_reader_text(reader, root, "code", true);
    policy->version = json_reader_text(reader, root, "version", true);
    policy->name = json_reader_text(reader, root, "name", true);
    policy->maximum = json_reader_int(reader, root, "maximum", 1, MOST_POINTS);
    read_applies_to(reader, policy, root);
    read_classes(reader, policy, root);
    read_dimensions(reader, policy, root);
    read_indicators(reader, policy, root);
    read_direct(reader, policy, root);
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
    json_error_t fault;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL) {
        return error_set(error, RESULT_INVALID, _("%s:%d:%d: this is not JSON: %s."), origin,
                         fault.line, fault.column, fault.text);
    }
    struct arena *arena = arena_new();
    struct policy *made = arena == NULL ? NULL : arena_alloc(arena, sizeof(*made));
    enum result code = RESULT_NO_MEMORY;
    if (made == NULL) {
        error_no_memory(error);
    } else {
        made->arena = arena;
        struct json_reader reader = {
            .text = text, .origin = origin, .arena = arena, .error = error};
        read_policy(&reader, made, root);
        code = reader.code == RESULT_OK ? canonicalise(made, root, error) : reader.code;
    }
    json_decref(root);
    if (code != RESULT_OK) {
        arena_free(arena);
        return code;
    }
    *policy = made;
    return RESULT_OK;
}
