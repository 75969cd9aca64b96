#include "draw/measures.h"

#include "base/gettext.h"
#include "draw/fields.h"
#include "draw/plain.h"

#include <stdlib.h>
#include <string.h>

static int compare_rules(const void *left, const void *right) {
    const struct draw_rule *a = left;
    const struct draw_rule *b = right;
    if (a->risk_class != b->risk_class) {
        return a->risk_class < b->risk_class ? -1 : 1;
    }
    return strcmp(a->grade, b->grade);
}

void draw_rules_sort(struct draw_rule *rules, size_t count) {
    if (count > 0) {
        qsort(rules, count, sizeof(*rules), compare_rules);
    }
}

static bool maximum_fits(uint64_t minimum, uint64_t maximum) {
    return minimum <= DRAW_NUMBER_LIMIT &&
           (maximum == DRAW_NO_MAXIMUM ||
            (maximum > 0 && maximum >= minimum && maximum <= DRAW_NUMBER_LIMIT));
}

/* What is wrong with a rule in rate mode as a translated clause, or NULL. */
static const char *rate_fault(const struct draw_rule *rule) {
    const struct draw_rate *rate = &rule->rate;
    if (rate->den == 0 || rate->den > DRAW_NUMBER_LIMIT) {
        return _("the denominator of its rate must be from 1 to 1,000,000,000");
    }
    if (rate->num > rate->den) {
        return _("its rate is above 100 %");
    }
    if (rate->num == 0) {
        return _("its rate is 0, which puts it outside chance; exclude its units before the frame "
                 "is frozen if none may be drawn");
    }
    if (!maximum_fits(rule->minimum, rule->maximum)) {
        return _("its maximum is 0, below its minimum or above 1,000,000,000");
    }
    return NULL;
}

/* The same in total mode. */
static const char *weight_fault(const struct draw_rule *rule) {
    if (rule->certain) {
        return rule->weight == 0 ? NULL : _("it is taken with certainty and needs no weight");
    }
    if (rule->weight == 0) {
        return _("its weight is 0, which puts it outside chance; exclude its units before the "
                 "frame is frozen if none may be drawn");
    }
    return rule->weight > DRAW_NUMBER_LIMIT ? _("its weight is above 1,000,000,000") : NULL;
}

static const char *rule_fault(const struct draw_measures *measures, size_t index) {
    const struct draw_rule *rule = &measures->rules[index];
    if (rule->risk_class < 'A' || rule->risk_class > 'Z') {
        return _("a class is one capital letter");
    }
    if (index > 0 && compare_rules(rule - 1, rule) >= 0) {
        return _("it is given twice or not in alphabetical order");
    }
    if (!draw_plain(rule->grade) || strchr(rule->grade, '/') != NULL) {
        return _("its grade must be plain text without '/'");
    }
    if (!measures->by_grade && rule->grade[0] != '\0') {
        return _("it has a grade, but the draw is not by grade");
    }
    return measures->mode == DRAW_MODE_RATE ? rate_fault(rule) : weight_fault(rule);
}

static enum result check_flags(const struct draw_measures *measures, struct error *error) {
    for (size_t i = 0; i < measures->certain_flag_count; i++) {
        const char *flag = measures->certain_flags[i];
        if (flag[0] == '\0' || !draw_plain(flag) || strchr(flag, ',') != NULL) {
            return error_set(error, RESULT_USAGE,
                             _("Flag number %zu of the units taken with certainty is empty, holds "
                               "a comma or is not plain text."),
                             i + 1);
        }
    }
    return RESULT_OK;
}

enum result draw_measures_check(const struct draw_measures *measures, struct error *error) {
    if (measures->rule_count == 0) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The measures name no class; give each class a rate or a weight."));
    }
    for (size_t i = 0; i < measures->rule_count; i++) {
        const char *fault = rule_fault(measures, i);
        if (fault != NULL) {
            char letter = measures->rules[i].risk_class;
            return error_set(error, RESULT_USAGE,
                             _("The measures for class %c cannot be used: %s."),
                             letter >= 'A' && letter <= 'Z' ? letter : '?', fault);
        }
    }
    if (measures->mode == DRAW_MODE_TOTAL &&
        (measures->total == 0 || measures->total > DRAW_NUMBER_LIMIT)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The total of the draw must be from 1 to 1,000,000,000."));
    }
    if (measures->mode == DRAW_MODE_TOTAL &&
        !maximum_fits(measures->stratum_minimum, measures->stratum_maximum)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The maximum of a stratum is 0, below its minimum or above "
                           "1,000,000,000."));
    }
    return check_flags(measures, error);
}

const struct draw_rule *draw_measures_rule(const struct draw_measures *measures, char risk_class,
                                           const char *grade) {
    const struct draw_rule *general = NULL;
    for (size_t i = 0; i < measures->rule_count; i++) {
        const struct draw_rule *rule = &measures->rules[i];
        if (rule->risk_class != risk_class) {
            continue;
        }
        if (rule->grade[0] == '\0') {
            general = rule;
        }
        if (strcmp(rule->grade, grade) == 0) {
            return rule;
        }
    }
    return general;
}

static json_t *maximum_to_json(uint64_t maximum) {
    return maximum == DRAW_NO_MAXIMUM ? json_null() : json_integer((json_int_t)maximum);
}

static json_t *rule_to_json(const struct draw_rule *rule, enum draw_mode mode) {
    char letter[2] = {rule->risk_class, '\0'};
    if (mode == DRAW_MODE_RATE) {
        return json_pack("{s:s, s:s, s:{s:I, s:I}, s:I, s:o}", "class", letter, "grade",
                         rule->grade, "rate", "num", (json_int_t)rule->rate.num, "den",
                         (json_int_t)rule->rate.den, "minimum", (json_int_t)rule->minimum,
                         "maximum", maximum_to_json(rule->maximum));
    }
    return json_pack("{s:s, s:s, s:I, s:b}", "class", letter, "grade", rule->grade, "weight",
                     (json_int_t)rule->weight, "certain", (int)rule->certain);
}

/* Appends and tells whether that worked; value may be NULL, a sign of short memory. */
static bool append(json_t *array, json_t *value) {
    return json_array_append_new(array, value) == 0;
}

json_t *draw_measures_to_json(const struct draw_measures *measures) {
    json_t *rules = json_array();
    json_t *flags = json_array();
    bool whole = rules != NULL && flags != NULL;
    for (size_t i = 0; i < measures->rule_count && whole; i++) {
        whole = append(rules, rule_to_json(&measures->rules[i], measures->mode));
    }
    for (size_t i = 0; i < measures->certain_flag_count && whole; i++) {
        whole = append(flags, json_string(measures->certain_flags[i]));
    }
    if (!whole) {
        json_decref(rules);
        json_decref(flags);
        return NULL;
    }
    if (measures->mode == DRAW_MODE_RATE) {
        return json_pack("{s:s, s:s, s:b, s:o, s:o}", "mode", "rate", "rounding",
                         measures->rounding == DRAW_ROUNDING_CEIL ? "ceil" : "unbiased", "by_grade",
                         (int)measures->by_grade, "classes", rules, "certain_flags", flags);
    }
    return json_pack("{s:s, s:I, s:I, s:o, s:b, s:o, s:o}", "mode", "total", "total",
                     (json_int_t)measures->total, "stratum_minimum",
                     (json_int_t)measures->stratum_minimum, "stratum_maximum",
                     maximum_to_json(measures->stratum_maximum), "by_grade",
                     (int)measures->by_grade, "classes", rules, "certain_flags", flags);
}

static void read_rule(const struct json_node *node, void *place, void *owner) {
    const struct draw_measures *measures = owner;
    struct draw_rule *rule = place;
    bool by_rate = measures->mode == DRAW_MODE_RATE;
    json_read_only(node, by_rate ? JSON_WORDS("class", "grade", "rate", "minimum", "maximum")
                                 : JSON_WORDS("class", "grade", "weight", "certain"));
    rule->risk_class = fields_letter(node, "class");
    rule->grade = json_read_text(node, "grade");
    rule->maximum = DRAW_NO_MAXIMUM;
    if (by_rate) {
        rule->rate = fields_rate(node, "rate");
        rule->minimum = fields_number(node, "minimum");
        rule->maximum = fields_maximum(node, "maximum");
    } else {
        rule->weight = fields_number(node, "weight");
        rule->certain = json_read_flag(node, "certain");
    }
}

static void read_flag(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    *(const char **)place = json_read_text_here(node);
}

static void read_mode(const struct json_node *node, struct draw_measures *measures) {
    static const enum draw_mode modes[] = {DRAW_MODE_RATE, DRAW_MODE_TOTAL};
    static const enum draw_rounding roundings[] = {DRAW_ROUNDING_UNBIASED, DRAW_ROUNDING_CEIL};
    measures->mode = modes[json_read_word(node, "mode", JSON_WORDS("rate", "total"))];
    if (measures->mode == DRAW_MODE_RATE) {
        json_read_only(node,
                       JSON_WORDS("mode", "rounding", "by_grade", "classes", "certain_flags"));
        measures->rounding =
            roundings[json_read_word(node, "rounding", JSON_WORDS("unbiased", "ceil"))];
        return;
    }
    json_read_only(node, JSON_WORDS("mode", "total", "stratum_minimum", "stratum_maximum",
                                    "by_grade", "classes", "certain_flags"));
    measures->total = fields_number(node, "total");
    measures->stratum_minimum = fields_number(node, "stratum_minimum");
    measures->stratum_maximum = fields_maximum(node, "stratum_maximum");
}

void draw_measures_read(const struct json_node *node, struct draw_measures *measures) {
    *measures = (struct draw_measures){.stratum_maximum = DRAW_NO_MAXIMUM};
    read_mode(node, measures);
    measures->by_grade = json_read_flag(node, "by_grade");
    struct json_node rules = json_read_array(node, "classes");
    measures->rules = json_read_items(&rules, sizeof(*measures->rules), &measures->rule_count,
                                      read_rule, measures);
    struct json_node flags = json_read_array(node, "certain_flags");
    measures->certain_flags = json_read_items(&flags, sizeof(*measures->certain_flags),
                                              &measures->certain_flag_count, read_flag, NULL);
    struct error error = ERROR_INIT;
    if (node->reader->code == RESULT_OK && draw_measures_check(measures, &error) != RESULT_OK) {
        json_read_fail(node, "%s", error_sentence(&error));
    }
    error_clear(&error);
}

enum result draw_measures_from_json(struct draw_measures *measures, json_t *json,
                                    struct arena *arena, struct error *error) {
    struct json_reader reader = {
        .origin = "measures", .text_rule = fields_text_rule, .arena = arena, .error = error};
    struct json_node root = json_read_root(&reader, json);
    draw_measures_read(&root, measures);
    return reader.code;
}

enum result draw_measures_digest(const struct draw_measures *measures,
                                 char hex[static DIGEST_HEX_SIZE], struct error *error) {
    enum result code = draw_measures_check(measures, error);
    if (code != RESULT_OK) {
        return code;
    }
    json_t *json = draw_measures_to_json(measures);
    code = fields_digest(json, hex, error);
    json_decref(json);
    return code;
}
