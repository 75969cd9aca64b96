#include "report/plan_words.h"

#include "base/gettext.h"
#include "base/text.h"
#include "plan/measures_text.h"
#include "plan/scope.h"
#include "registry/division.h"
#include "registry/industry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits of a digest that are enough to tell two plans apart on paper. */
#define DIGEST_START 16

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

const char *plan_words_moment(const char *at, struct arena *arena) {
    char *text = at == NULL ? NULL : arena_printf(arena, "%.16s", at);
    if (text != NULL && strlen(text) > 10) {
        text[10] = ' ';
    }
    return or_empty(text);
}

const char *plan_words_count(int64_t number, struct arena *arena) {
    char parted[TEXT_NUMBER_SIZE];
    return or_empty(arena_strdup(arena, text_number(number, parted)));
}

const char *plan_words_rate(struct draw_rate rate, struct arena *arena) {
    uint64_t scaled = rate.den == 0 ? 0 : rate.num * 10000;
    if (rate.den == 0 || scaled % rate.den != 0) {
        return or_empty(arena_printf(arena, "%llu/%llu", (unsigned long long)rate.num,
                                     (unsigned long long)rate.den));
    }
    unsigned long long hundredths = scaled / rate.den;
    if (hundredths % 100 == 0) {
        return or_empty(arena_printf(arena, "%llu%%", hundredths / 100));
    }
    if (hundredths % 10 == 0) {
        return or_empty(arena_printf(arena, "%llu.%llu%%", hundredths / 100, hundredths / 10 % 10));
    }
    return or_empty(arena_printf(arena, "%llu.%02llu%%", hundredths / 100, hundredths % 100));
}

const char *plan_words_scope(const struct plan_scope *scope, struct arena *arena) {
    const char *region =
        scope->region == NULL ? _("the whole area in charge") : division_label(scope->region);
    const char *industry = scope->industry == NULL ? NULL : industry_name(scope->industry);
    if (industry == NULL) {
        industry = scope->industry == NULL ? _("all industries") : scope->industry;
    }
    /* TRANSLATORS: region, industry. */
    return or_empty(arena_printf(arena, _("within %s, %s"), region, industry));
}

const char *plan_words_targeting(const struct plan_scope *scope) {
    return scope->region != NULL || scope->industry != NULL ? _("targeted draw")
                                                            : _("untargeted draw");
}

const char *plan_words_dates(const struct plan_scope *scope, struct arena *arena) {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    date_format(scope->from, from);
    date_format(scope->to, to);
    if (scope->from != DATE_NONE && scope->to != DATE_NONE) {
        return or_empty(arena_printf(arena, _("%s to %s"), from, to));
    }
    if (scope->from != DATE_NONE) {
        return or_empty(arena_printf(arena, _("from %s on"), from));
    }
    return scope->to == DATE_NONE ? "" : or_empty(arena_printf(arena, _("until %s"), to));
}

const char *plan_words_state(const struct plan *plan, struct arena *arena) {
    if (plan->state == PLAN_VOID) {
        return or_empty(
            arena_printf(arena, _("VOID. This plan must not be used. Reason: %s"),
                         plan->void_reason == NULL ? _("not recorded") : plan->void_reason));
    }
    if (plan->state == PLAN_LOCKED || plan->state == PLAN_CLOSED) {
        return or_empty(
            arena_printf(arena,
                         plan->state == PLAN_LOCKED ? _("APPROVED AND LOCKED. Approved by %s, %s")
                                                    : _("CLOSED. Approved by %s, %s"),
                         or_empty(plan->approved_by), plan_words_moment(plan->approved_at, arena)));
    }
    return _("AWAITING APPROVAL. Drawn but not yet approved; no ground for an inspection.");
}

/* What one rule asks: "比例 1%，不少于 20 户". */
static const char *rule_words(enum draw_mode mode, const struct draw_rule *rule,
                              struct arena *arena) {
    if (mode == DRAW_MODE_TOTAL) {
        return rule->certain ? _("all taken")
                             : or_empty(arena_printf(arena, _("weight %llu"),
                                                     (unsigned long long)rule->weight));
    }
    const char *words =
        or_empty(arena_printf(arena, _("rate %s"), plan_words_rate(rule->rate, arena)));
    if (strchr(words, '/') != NULL) { /* nobody sees at once how much a fraction is */
        char percentage[RATE_TEXT_SIZE];
        words = or_empty(
            arena_printf(arena, "%s (%s)", words, rate_format_short(rule->rate, percentage)));
    }
    if (rule->minimum > 0) {
        words = or_empty(
            arena_printf(arena, _("%s, at least %llu"), words, (unsigned long long)rule->minimum));
    }
    if (rule->maximum != DRAW_NO_MAXIMUM) {
        words = or_empty(
            arena_printf(arena, _("%s, at most %llu"), words, (unsigned long long)rule->maximum));
    }
    return words;
}

const char *plan_words_measure(const struct draw_measures *measures, char risk_class,
                               int64_t population, struct arena *arena) {
    const char *words =
        or_empty(arena_printf(arena, _("base %s"), plan_words_count(population, arena)));
    for (size_t i = 0; i < measures->rule_count; i++) {
        const struct draw_rule *rule = &measures->rules[i];
        if (rule->risk_class != risk_class) {
            continue;
        }
        const char *asked = rule_words(measures->mode, rule, arena);
        words =
            rule->grade[0] == '\0'
                /* TRANSLATORS: base, rate. */
                ? or_empty(arena_printf(arena, _("%s; %s"), words, asked))
                : or_empty(arena_printf(arena, _("%s; grade %s: %s"), words, rule->grade, asked));
    }
    return words;
}

const char *plan_words_allocation(const struct draw_measures *measures, struct arena *arena) {
    if (measures->mode == DRAW_MODE_TOTAL) {
        return or_empty(arena_printf(
            arena, _("stratified by region and class; %s units shared out by class weights"),
            plan_words_count((int64_t)measures->total, arena)));
    }
    return measures->rounding == DRAW_ROUNDING_CEIL
               ? _("stratified by region and class; by rates, rounded up")
               : _("stratified by region and class; by rates, rounded at random without bias");
}

const char *plan_words_method(enum draw_method method) {
    switch (method) {
    case DRAW_METHOD_CERTAINTY:
        return _("all taken");
    case DRAW_METHOD_REPLACEMENT:
        return _("replacement");
    case DRAW_METHOD_EXTENSION:
        return _("extension");
    case DRAW_METHOD_RANDOM:
        break;
    }
    return _("drawn at random");
}

const char *plan_words_stratum(const struct draw_record_stratum *stratum, struct arena *arena) {
    const char *region =
        stratum->region[0] == '\0' ? _("no region") : division_label(stratum->region);
    const char *grade = stratum->grade;
    return or_empty(arena_printf(arena, "%s/%c%s%s", region, stratum->risk_class,
                                 grade[0] == '\0' ? "" : "/", grade));
}

/* The translated words of an exclusion's code; the code itself when it is not known here. */
static const char *exclusion_words(const char *code) {
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        if (strcmp(code, plan_exclusion_code((enum plan_exclusion)i)) == 0) {
            return plan_exclusion_name((enum plan_exclusion)i);
        }
    }
    return code;
}

const char *plan_words_excluded(const struct draw_record *record, struct arena *arena) {
    const char *words = record->excluded_count == 0 ? _("none left out") : "";
    for (size_t i = 0; i < record->excluded_count; i++) {
        /* TRANSLATORS: reason, number of enterprises. */
        const char *line = or_empty(
            arena_printf(arena, _("%s: %s left out"), exclusion_words(record->excluded[i].reason),
                         plan_words_count((int64_t)record->excluded[i].count, arena)));
        words = or_empty(arena_printf(arena, "%s%s%s", words, i == 0 ? "" : "\n", line));
    }
    return words;
}

const char *plan_words_verification(const struct draw_record *record, struct arena *arena) {
    return or_empty(arena_printf(arena, _("Draw %s, frame digest %.*s"), record->draw_id,
                                 DIGEST_START, record->frame_digest));
}
