#include "policy/policy_kind.h"

#include "base/gettext.h"
#include "registry/fact_type.h"
#include "registry/relation_type.h"

#define MOST_MONTHS 1200
#define MOST_FACTS 1000000
#define MOST_VALUE ((int64_t)1 << 53) /* what every JSON reader keeps exact */

/* The keys every indicator has, beside those of its kind. */
#define COMMON_KEYS                                                                                \
    "code", "name", "group", "dimension", "kind", "cap", "floor", "missing", "basis", "sources",   \
        "note"

uint64_t policy_read_types(const struct json_node *node) {
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
    return json_read_int(node, "points", -POLICY_MOST_POINTS, POLICY_MOST_POINTS);
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
    code->points = json_read_int_here(member, -POLICY_MOST_POINTS, POLICY_MOST_POINTS);
}

static const char *const attributes[] = {
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

const char *policy_attribute_code(enum policy_attribute attribute) {
    return attributes[attribute];
}

static void read_attribute(const struct json_node *node, struct policy_indicator *indicator) {
    size_t faults = json_read_faults(node);
    indicator->attribute = (enum policy_attribute)json_read_word(node, "attribute", attributes);
    if (json_read_faults(node) > faults) {
        return; /* what belongs to it cannot be told */
    }
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
    indicator->types = policy_read_types(node);
    read_range(node, "level", &indicator->level_from, &indicator->level_to);
    read_range(node, "amount", &indicator->amount_from, &indicator->amount_to);
}

static void read_event(const struct json_node *node, struct policy_indicator *indicator) {
    static const enum policy_event_by ways[] = {EVENT_BY_LEVEL, EVENT_BY_AMOUNT, EVENT_FIXED};
    size_t faults = json_read_faults(node);
    indicator->event_by = ways[json_read_word_or(node, "by", JSON_WORDS("level", "amount"), 2)];
    if (json_read_faults(node) > faults) {
        return;
    }
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

/* The number of a relation's type; RELATION_TYPE_COUNT, and a fault, when there is none. */
static int read_relation_type(const struct json_node *item) {
    const char *word = json_string_value(item->value);
    int type = word == NULL ? RELATION_TYPE_COUNT : (int)relation_type_find(word);
    if (type == RELATION_TYPE_COUNT) {
        json_read_fail(item, _("\"%s\" is no type of relation."), word == NULL ? "?" : word);
    }
    return type;
}

static int read_class(const struct json_node *item) {
    const char *word = json_string_value(item->value);
    int number = (int)risk_class_find(word);
    if (number == CLASS_COUNT) {
        json_read_fail(item, _("\"%s\" is no class; it must be A, B, C or D."),
                       word == NULL ? "?" : word);
    }
    return number;
}

/* The items of a list under a key as bits; at least one. */
static uint32_t read_bits(const struct json_node *node, const char *key,
                          int (*read)(const struct json_node *)) {
    struct json_node list = json_read_array(node, key);
    uint32_t bits = 0;
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node item = json_read_item(&list, i);
        bits |= 1u << read(&item);
    }
    if (bits == 0) {
        json_read_fail(&list, "%s", _("The list is empty: name at least one."));
    }
    return bits;
}

static void read_growth(const struct json_node *node, struct policy_indicator *indicator) {
    json_read_only(node, JSON_WORDS(COMMON_KEYS, "facts", "level", "amount", "recent", "base",
                                    "least", "bands"));
    read_matching(node, indicator);
    indicator->recent = json_read_int(node, "recent", 1, MOST_MONTHS);
    indicator->base = json_read_int(node, "base", 1, MOST_MONTHS);
    indicator->least = json_read_int(node, "least", 1, MOST_FACTS);
    read_bands(node, indicator);
}

static void read_share(const struct json_node *node, struct policy_indicator *indicator) {
    json_read_only(node, JSON_WORDS(COMMON_KEYS, "of", "bands"));
    indicator->share = (enum policy_share)json_read_word(
        node, "of", JSON_WORDS("address", "phone", "legal_person", "agent"));
    read_bands(node, indicator);
}

/* Related enterprises count by facts in force, or by their class of the period before. */
static void read_relation(const struct json_node *node, struct policy_indicator *indicator) {
    bool by_class = json_read_member(node, "classes").value != NULL;
    if (by_class) {
        json_read_only(node,
                       JSON_WORDS(COMMON_KEYS, "relations", "hops", "classes", "measure", "bands"));
        indicator->classes = read_bits(node, "classes", read_class);
    } else {
        json_read_only(node, JSON_WORDS(COMMON_KEYS, "relations", "hops", "facts", "level",
                                        "amount", "measure", "bands"));
        read_matching(node, indicator);
    }
    indicator->relations = read_bits(node, "relations", read_relation_type);
    indicator->hops = json_read_int_or(node, "hops", 1, 2, 1);
    indicator->percent = json_read_word_or(node, "measure", JSON_WORDS("count", "percent"), 0) == 1;
    read_bands(node, indicator);
}

static void read_present(const struct json_node *node, struct policy_indicator *indicator) {
    json_read_only(node, JSON_WORDS(COMMON_KEYS, "facts", "level", "amount", "points"));
    read_matching(node, indicator);
    indicator->points = read_points(node);
}

/* A count, or a sum of amounts. */
static void read_sum(const struct json_node *node, struct policy_indicator *indicator) {
    json_read_only(node, JSON_WORDS(COMMON_KEYS, "facts", "level", "amount", "window", "bands"));
    read_matching(node, indicator);
    indicator->window = json_read_int(node, "window", 1, MOST_MONTHS);
    read_bands(node, indicator);
}

static const struct {
    const char *code;
    void (*read)(const struct json_node *node, struct policy_indicator *indicator);
} kinds[POLICY_KIND_COUNT] = {
    [POLICY_ATTRIBUTE] = {"attribute", read_attribute},
    [POLICY_PRESENT] = {"present", read_present},
    [POLICY_COUNT] = {"count", read_sum},
    [POLICY_AMOUNT] = {"amount", read_sum},
    [POLICY_EVENT] = {"event", read_event},
    [POLICY_GROWTH] = {"growth", read_growth},
    [POLICY_SHARE] = {"share", read_share},
    [POLICY_RELATION] = {"relation", read_relation},
};

const char *policy_kind_code(enum policy_kind kind) {
    return kinds[kind].code;
}

void policy_read_kind(const struct json_node *node, struct policy_indicator *indicator) {
    const char *words[POLICY_KIND_COUNT + 1] = {NULL};
    for (int i = 0; i < POLICY_KIND_COUNT; i++) {
        words[i] = kinds[i].code;
    }
    size_t faults = json_read_faults(node);
    indicator->kind = (enum policy_kind)json_read_word(node, "kind", words);
    if (json_read_faults(node) == faults) {
        kinds[indicator->kind].read(node, indicator);
    }
}
