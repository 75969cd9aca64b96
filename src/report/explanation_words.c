#include "report/explanation_words.h"

#include "base/gettext.h"
#include "base/text.h"
#include "registry/enterprise.h"
#include "registry/fact_type.h"

#include <inttypes.h>
#include <stdio.h>

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* What is known of the enterprise itself, in its own unit. */
static void describe_attribute(const struct result_indicator *one, enum policy_attribute attribute,
                               char text[static EXPLANATION_VALUE_SIZE]) {
    char number[TEXT_NUMBER_SIZE];
    const size_t size = EXPLANATION_VALUE_SIZE;
    switch (attribute) {
    case ATTRIBUTE_AGE_MONTHS:
        snprintf(text, size, _("%lld months"), (long long)one->value);
        break;
    case ATTRIBUTE_CAPITAL:
        snprintf(text, size, _("%s x10,000"), text_number(one->value, number));
        break;
    case ATTRIBUTE_INSURED_STAFF:
        snprintf(text, size, _("%s staff"), text_number(one->value, number));
        break;
    case ATTRIBUTE_PAID_IN_PERCENT:
        snprintf(text, size, "%" PRId64 "%%", one->value);
        break;
    case ATTRIBUTE_KEY_FIELD:
        snprintf(text, size, "%s", one->value == 1 ? _("yes") : _("no"));
        break;
    case ATTRIBUTE_STATUS:
        snprintf(text, size, "%s", enterprise_status_name(one->code));
        break;
    case ATTRIBUTE_KIND:
        snprintf(text, size, "%s", enterprise_kind_name(one->code));
        break;
    default:
        snprintf(text, size, "%s", one->code != NULL ? one->code : text_number(one->value, number));
        break;
    }
}

const char *explanation_words_value(const struct result_indicator *one,
                                    const struct policy_indicator *indicator,
                                    char text[static EXPLANATION_VALUE_SIZE]) {
    char number[TEXT_NUMBER_SIZE];
    const size_t size = EXPLANATION_VALUE_SIZE;
    if (!one->known) {
        snprintf(text, size, "%s", _("not known"));
    } else if (indicator->kind == POLICY_AMOUNT) {
        snprintf(text, size, _("%s yuan"), text_number(one->value, number));
    } else if (indicator->kind == POLICY_GROWTH ||
               (indicator->kind == POLICY_RELATION && indicator->percent)) {
        snprintf(text, size, "%" PRId64 "%%", one->value);
    } else if (indicator->kind == POLICY_SHARE || indicator->kind == POLICY_RELATION) {
        snprintf(text, size, ngettext("%lld other", "%lld others", (unsigned long)one->value),
                 (long long)one->value);
    } else if (indicator->kind != POLICY_ATTRIBUTE) {
        snprintf(text, size, ngettext("%lld fact", "%lld facts", (unsigned long)one->value),
                 (long long)one->value);
    } else {
        describe_attribute(one, indicator->attribute, text);
    }
    return text;
}

const char *explanation_words_points(int64_t centipoints, struct arena *arena) {
    uint64_t size = centipoints < 0 ? (uint64_t)-centipoints : (uint64_t)centipoints;
    return or_empty(arena_printf(arena, "%s%" PRIu64 ".%02" PRIu64, centipoints < 0 ? "-" : "",
                                 size / 100, size % 100));
}

const char *explanation_words_fact(const struct explanation *explanation, int64_t id,
                                   struct arena *arena) {
    const struct fact *fact = explanation_fact(explanation, id);
    char day[DATE_TEXT_SIZE];
    if (fact == NULL) {
        return or_empty(arena_printf(arena, _("fact #%lld, taken back since"), (long long)id));
    }
    /* TRANSLATORS: day, type of fact, document number or what the fact says. */
    return or_empty(arena_printf(arena, _("%s %s %s"), date_format(fact->occurred_on, day),
                                 fact_type_name(fact->type),
                                 fact->document != NULL ? fact->document : or_empty(fact->title)));
}

/* ---- what decided ---------------------------------------------------------------------------- */

/* The direct rule that decided; NULL when none did or the policy has it no more. */
static const struct policy_direct *deciding_rule(const struct explanation *explanation) {
    const struct result_row *result = &explanation->result;
    size_t rule = result->rule == NULL ? explanation->policy->direct_count
                                       : policy_direct_find(explanation->policy, result->rule);
    return result->decision == DECIDED_BY_DIRECT && rule < explanation->policy->direct_count
               ? &explanation->policy->direct[rule]
               : NULL;
}

const char *explanation_words_decision(const struct explanation *explanation,
                                       char text[static EXPLANATION_DECISION_SIZE]) {
    const struct result_row *result = &explanation->result;
    const struct policy_direct *rule = deciding_rule(explanation);
    text[0] = '\0';
    if (result->decision == DECIDED_BY_DIRECT && result->rule != NULL) {
        snprintf(text, EXPLANATION_DECISION_SIZE, _("Class D by direct rule %s: %s"), result->rule,
                 rule == NULL ? "" : rule->name);
    } else if (result->decision == DECIDED_BY_OVERRIDE) {
        snprintf(text, EXPLANATION_DECISION_SIZE,
                 _("Class %s by override %lld; by score it would be %s"),
                 risk_class_letter(result->final_class), (long long)result->override_id,
                 risk_class_letter(result->score_class));
    }
    return text;
}

/* Adds a line to lines. */
static const char *add_line(const char *lines, const char *line, struct arena *arena) {
    return lines[0] == '\0' ? line : or_empty(arena_printf(arena, "%s\n%s", lines, line));
}

/* The facts that trigger the deciding rule, each on a line of its own. */
static const char *add_triggers(const struct explanation *explanation, const char *lines,
                                struct arena *arena) {
    const struct policy_direct *rule = deciding_rule(explanation);
    for (size_t i = 0; rule != NULL && i < explanation->fact_count; i++) {
        const struct fact *fact = &explanation->facts[i];
        bool triggers = (rule->types >> fact->type & 1) != 0 &&
                        fact->occurred_on <= explanation->result.day &&
                        score_fact_in_force(fact, explanation->result.day) &&
                        explanation_fact_status(explanation, fact) == FACT_STATUS_valid;
        if (triggers) {
            const char *words = explanation_words_fact(explanation, fact->id, arena);
            lines = add_line(lines,
                             or_empty(arena_printf(arena, _("Triggered by: %s (%s)"), words,
                                                   fact->agency != NULL ? fact->agency
                                                                        : or_empty(fact->source))),
                             arena);
        }
    }
    return lines;
}

/* An override with who stands behind it. */
static const char *override_words(const struct explanation *explanation,
                                  const struct override *override, struct arena *arena) {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    const char *what = override_kind_name(override->kind);
    if (override->kind == OVERRIDE_SET_CLASS) {
        what =
            or_empty(arena_printf(arena, "%s %s", what, risk_class_letter(override->risk_class)));
    } else if (override->kind == OVERRIDE_EXCLUDE_FACT) {
        what = or_empty(arena_printf(arena, _("%s (%s; %s)"), what,
                                     explanation_words_fact(explanation, override->fact, arena),
                                     fact_status_name(override->fact_status)));
    } else if (override->rule != NULL) {
        what = or_empty(arena_printf(arena, "%s %s", what, override->rule));
    }
    const char *until =
        override->valid_to == DATE_NONE ? _("without end") : date_format(override->valid_to, to);
    return or_empty(arena_printf(
        arena,
        _("Override %lld: %s; document %s; proposed by %s, approved by %s; from %s to %s; %s"),
        (long long) override->id, what, override->document, override->proposer,
        override->approver == NULL ? "-" : override->approver,
        date_format(override->valid_from, from), until, override->reason));
}

const char *explanation_words_grounds(const struct explanation *explanation, struct arena *arena) {
    const struct result_row *result = &explanation->result;
    char decision[EXPLANATION_DECISION_SIZE];
    const char *lines =
        or_empty(arena_strdup(arena, explanation_words_decision(explanation, decision)));
    if (result->decision == DECIDED_BY_SCORE) {
        lines = _("By the score: no direct rule and no override of the class was in force.");
    }
    lines = add_triggers(explanation, lines, arena);
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *override = &explanation->overrides[i];
        if (explanation_override_held(explanation, override)) {
            lines = add_line(lines, override_words(explanation, override, arena), arena);
        }
    }
    return lines;
}

/* ---- the bounds and the way down ------------------------------------------------------------- */

const char *explanation_words_bounds(const struct explanation *explanation, struct arena *arena) {
    const struct policy *policy = explanation->policy;
    enum risk_class now = explanation->result.score_class;
    int64_t below = 0;
    int64_t above = 0;
    explanation_bounds(explanation, &below, &above);
    const char *over = explanation_words_points(below, arena);
    if (above < 0) {
        return or_empty(arena_printf(
            arena, _("%s points above the lower bound of class %s (%lld), the highest class"), over,
            risk_class_letter(now), (long long)policy->bounds[now]));
    }
    enum risk_class next = (enum risk_class)(now + 1);
    return or_empty(arena_printf(
        arena,
        _("%s points above the lower bound of class %s (%lld), %s points below that of class %s "
          "(%lld)"),
        over, risk_class_letter(now), (long long)policy->bounds[now],
        explanation_words_points(above, arena), risk_class_letter(next),
        (long long)policy->bounds[next]));
}

const char *explanation_words_way(const struct explanation *explanation, struct arena *arena) {
    if (explanation->result.final_class == CLASS_A) {
        return _("It is in the lowest class already.");
    }
    if (!explanation->way_known) {
        return explanation->result.decision == DECIDED_BY_OVERRIDE
                   ? _("A person set the class; it comes down when the override ends.")
                   : _("Facts changed since this result; run the period again to see what would "
                       "bring the class down.");
    }
    if (explanation->way_count == 0) {
        return _("No fact's end or exclusion brings the class down; only time or the enterprise's "
                 "particulars do.");
    }
    const char *letter = risk_class_letter(explanation->way_class);
    return or_empty(explanation->way_smallest
                        ? arena_printf(arena,
                                       _("It comes down to class %s when these %zu facts end or "
                                         "are excluded, the fewest that do:"),
                                       letter, explanation->way_count)
                        : arena_printf(arena,
                                       _("It comes down to class %s when these %zu facts end or "
                                         "are excluded:"),
                                       letter, explanation->way_count));
}
