#include "report/professional_words.h"

#include "base/gettext.h"
#include "report/explanation_words.h"

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

/* "C, 47.00 points by policy ... 2026.1". */
static const char *computed_words(const struct explanation *own, struct arena *arena) {
    const struct policy_direct *rule = NULL;
    size_t place = own->result.rule == NULL ? own->policy->direct_count
                                            : policy_direct_find(own->policy, own->result.rule);
    if (place < own->policy->direct_count) {
        rule = &own->policy->direct[place];
    }
    const char *words = or_empty(arena_printf(arena, _("%s with %s points by %s %s"),
                                              risk_class_letter(own->result.final_class),
                                              explanation_words_points(own->result.total, arena),
                                              own->policy->name, own->policy->version));
    return rule == NULL ? words
                        : or_empty(arena_printf(arena, _("%s, by rule %s: %s"), words, rule->code,
                                                rule->name));
}

const char *professional_words(const struct professional_standing *standing, struct arena *arena) {
    char day[DATE_TEXT_SIZE];
    if (standing->judged == NULL) {
        return or_empty(arena_printf(arena, _("%s: grade %s, computed: %s"), standing->field,
                                     standing->grade, computed_words(standing->own, arena)));
    }
    const char *judged = or_empty(arena_printf(
        arena, _("%s: grade %s, judged by %s on %s"), standing->field, standing->grade,
        standing->agency == NULL ? _("the authority") : standing->agency,
        standing->judged_on == DATE_NONE ? "-" : date_format(standing->judged_on, day)));
    return standing->own == NULL ? judged
                                 : or_empty(arena_printf(arena, _("%s; computed: %s"), judged,
                                                         computed_words(standing->own, arena)));
}

/* The indicators of a dimension with their facts. */
static const char *indicator_words(const struct explanation *own, size_t dimension,
                                   const char *words, struct arena *arena) {
    for (size_t i = 0; i < own->result.indicator_count; i++) {
        const struct result_indicator *one = &own->result.indicators[i];
        const struct policy_indicator *indicator = &own->policy->indicators[one->indicator];
        char value[EXPLANATION_VALUE_SIZE];
        if (indicator->dimension != dimension) {
            continue;
        }
        words =
            or_empty(arena_printf(arena, "%s\n  %s %s: %s  %s", words, indicator->code,
                                  indicator->name, explanation_words_value(one, indicator, value),
                                  explanation_words_points(one->centipoints, arena)));
        for (size_t j = 0; j < one->fact_count; j++) {
            words = or_empty(arena_printf(arena, "%s\n      %s", words,
                                          explanation_words_fact(own, one->facts[j].fact, arena)));
        }
    }
    return words;
}

const char *professional_words_breakdown(const struct professional_standing *standing,
                                         struct arena *arena) {
    const struct explanation *own = standing->own;
    const char *words = "";
    for (size_t i = 0; own != NULL && i < own->policy->dimension_count; i++) {
        words = or_empty(arena_printf(arena, "%s%s%s  %s", words, i == 0 ? "" : "\n",
                                      own->policy->dimensions[i].name,
                                      explanation_words_points(own->result.dimensions[i], arena)));
        words = indicator_words(own, i, words, arena);
    }
    return words;
}
