#include "ui/command/show_json.h"

#include "registry/fact_type.h"
#include "ui/command/output.h"

/* The parts of a fact that are revoked, each with what it left and the document it rests on. */
static json_t *parts_json(const struct explanation *explanation, int64_t fact) {
    json_t *parts = json_array();
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *one = &explanation->overrides[i];
        if (one->part && explanation_held(explanation, one, fact)) {
            json_array_append_new(
                parts, json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o}", "override",
                                 (json_int_t)one->id, "document", one->document, "reason",
                                 one->reason, "amount_before", output_amount(one->amount_before),
                                 "amount_left", output_amount(one->amount_left), "level_before",
                                 output_level(one->level_before), "level_left",
                                 output_level(one->level_left)));
        }
    }
    return parts;
}

json_t *show_json_fact(const struct explanation *explanation, const struct fact *fact, bool counts,
                       int64_t centipoints) {
    const struct fact left = explanation_fact_left(explanation, fact);
    return json_pack("{s:I, s:s, s:o, s:o, s:o, s:s, s:b, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
                     "s:o}",
                     "id", (json_int_t)fact->id, "type", fact_type_code(fact->type), "occurred_on",
                     output_date(fact->occurred_on), "ended_on", output_date(fact->ended_on),
                     "document", output_text(fact->document), "status",
                     fact_status_code(explanation_fact_status(explanation, fact)), "counts", counts,
                     "centipoints", (json_int_t)centipoints, "level", output_level(fact->level),
                     "amount", output_amount(fact->amount), "title", output_text(fact->title),
                     "agency", output_text(fact->agency), "source", output_text(fact->source),
                     "level_left", output_level(left.level), "amount_left",
                     output_amount(left.amount), "revoked_parts",
                     parts_json(explanation, fact->id));
}

static json_t *cap_json(int64_t cap) {
    return cap == POLICY_NO_CAP ? json_null() : json_integer(cap * 100);
}

static json_t *related_json(const struct explanation *explanation,
                            const struct result_indicator *one) {
    json_t *all = json_array();
    for (size_t i = 0; i < one->related_count; i++) {
        const struct explanation_related *related =
            explanation_related(explanation, one->related[i]);
        if (related != NULL) {
            json_array_append_new(
                all, json_pack("{s:s, s:s}", "uscc", related->uscc, "name", related->name));
        }
    }
    return all;
}

static json_t *indicator_json(const struct explanation *explanation,
                              const struct result_indicator *one) {
    const struct policy_indicator *indicator = &explanation->policy->indicators[one->indicator];
    json_t *facts = json_array();
    for (size_t i = 0; i < one->fact_count; i++) {
        const struct fact *fact = explanation_fact(explanation, one->facts[i].fact);
        if (fact != NULL) {
            json_array_append_new(
                facts, show_json_fact(explanation, fact, true, one->facts[i].centipoints));
        }
    }
    json_t *value = !one->known         ? json_null()
                    : one->code != NULL ? json_string(one->code)
                                        : json_integer(one->value);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:I, s:I, s:o, s:s, s:o, s:o}", "code", indicator->code, "name",
        indicator->name, "dimension", explanation->policy->dimensions[indicator->dimension].code,
        "kind", policy_kind_code(indicator->kind), "value", value, "raw", (json_int_t)one->raw,
        "centipoints", (json_int_t)one->centipoints, "cap", cap_json(indicator->cap), "basis",
        indicator->basis, "facts", facts, "related", related_json(explanation, one));
}

json_t *show_json_decision(const struct result_row *result) {
    return json_pack("{s:s, s:o, s:o}", "kind", score_decision_code(result->decision), "rule",
                     output_text(result->rule), "id",
                     result->override_id == 0 ? json_null() : json_integer(result->override_id));
}

json_t *show_json_dimensions(const struct explanation *explanation) {
    const struct policy *policy = explanation->policy;
    json_t *all = json_array();
    for (size_t i = 0; i < policy->dimension_count; i++) {
        json_array_append_new(all, json_pack("{s:s, s:s, s:I, s:I, s:o}", "code",
                                             policy->dimensions[i].code, "name",
                                             policy->dimensions[i].name, "centipoints",
                                             (json_int_t)explanation->result.dimensions[i],
                                             "before_cap", (json_int_t)explanation->before_cap[i],
                                             "cap", cap_json(policy->dimensions[i].cap)));
    }
    return all;
}

json_t *show_json_indicators(const struct explanation *explanation) {
    json_t *all = json_array();
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        json_array_append_new(all, indicator_json(explanation, &explanation->result.indicators[i]));
    }
    return all;
}

json_t *show_json_bounds(const struct explanation *explanation) {
    int64_t below = 0;
    int64_t above = 0;
    explanation_bounds(explanation, &below, &above);
    return json_pack("{s:I, s:o}", "below", (json_int_t)below, "above",
                     above < 0 ? json_null() : json_integer(above));
}

/* What the authority judged, or null. */
static json_t *judged_json(const struct professional_standing *standing) {
    return standing->judged == NULL
               ? json_null()
               : json_pack("{s:s, s:o, s:o, s:o}", "grade", standing->judged, "judged_on",
                           output_date(standing->judged_on), "until", output_date(standing->until),
                           "agency", output_text(standing->agency));
}

json_t *show_json_professional(const struct professional_standing *standing) {
    const struct explanation *own = standing->own;
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:o}", "field", standing->field, "in_force", standing->grade, "origin",
        standing->judged != NULL ? "judged" : "computed", "judged", judged_json(standing));
    if (own == NULL) { /* the same keys for all */
        json_object_set_new(json, "policy", json_null());
        json_object_set_new(json, "centipoints", json_null());
        json_object_set_new(json, "grade", json_null());
    } else { /* the computed grade, explained as the general class is */
        json_t *computed =
            json_pack("{s:{s:s, s:s, s:s}, s:I, s:s, s:o, s:o, s:o, s:o}", "policy", "code",
                      own->policy->code, "version", own->policy->version, "digest",
                      own->policy->digest, "centipoints", (json_int_t)own->result.total, "grade",
                      risk_class_letter(own->result.final_class), "decided_by",
                      show_json_decision(&own->result), "dimensions", show_json_dimensions(own),
                      "indicators", show_json_indicators(own), "bounds", show_json_bounds(own));
        json_object_update(json, computed);
        json_decref(computed);
    }
    return json;
}
