#include "ui/command/plan_make.h"

#include "base/gettext.h"
#include "draw/team.h"
#include "plan/measures_text.h"
#include "plan/plan.h"
#include "policy/policy_store.h"
#include "ui/command/plan_show.h"

#include <string.h>

/* Sets how rates are rounded, where the command line says so. */
static enum result read_rounding(const struct arguments *arguments, struct draw_measures *measures,
                                 struct error *error) {
    const char *rounding = argument_text(arguments, "rounding");
    if (rounding == NULL) {
        return RESULT_OK;
    }
    bool up = strcmp(rounding, "ceil") == 0;
    measures->rounding = up ? DRAW_ROUNDING_CEIL : DRAW_ROUNDING_UNBIASED;
    if (!up && strcmp(rounding, "unbiased") != 0) {
        return error_set(error, RESULT_USAGE,
                         _("--rounding: \"%s\" is not known; it is unbiased or ceil."), rounding);
    }
    if (measures->mode != DRAW_MODE_RATE) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--rounding goes with rates; a fixed total is shared out exactly."));
    }
    return RESULT_OK;
}

/* Adds the floor of key fields: in each class at least this rate (X18). */
static enum result read_floor(const struct arguments *arguments, struct draw_measures *measures,
                              struct draw_rule rules[static MATRIX_MOST], struct error *error) {
    const char *floor = argument_text(arguments, "key-floor");
    struct draw_rate rate;
    if (floor == NULL) {
        return RESULT_OK;
    }
    if (measures->mode != DRAW_MODE_RATE) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--key-floor is a rate and goes with rates, not with a fixed total."));
    }
    enum result code = rate_parse(floor, &rate, error);
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        const char letter = risk_class_letter((enum risk_class)i)[0];
        const struct draw_rule *rule = draw_measures_rule(measures, letter, "");
        if (rule == NULL || measures->rule_count + (size_t)i >= MATRIX_MOST) {
            return error_set(error, RESULT_USAGE, _("More than %d rates are too many."),
                             MATRIX_MOST);
        }
        bool higher = rule->rate.num * rate.den > rate.num * rule->rate.den;
        rules[measures->rule_count + (size_t)i] = (struct draw_rule){
            .risk_class = letter,
            .grade = PLAN_KEY_GRADE,
            .rate = higher ? rule->rate : rate,
            .maximum = DRAW_NO_MAXIMUM,
        };
    }
    if (code == RESULT_OK) {
        measures->rule_count += CLASS_COUNT;
        draw_rules_sort(rules, measures->rule_count);
    }
    return code;
}

/* The measures of the command line: rates, a total with weights, or those of the policy. */
static enum result read_measures(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct draw_rule rules[static MATRIX_MOST],
                                 struct draw_measures *measures, struct error *error) {
    const char *rates = argument_text(arguments, "rates");
    const char *weights = argument_text(arguments, "weights");
    struct policy *policy = NULL;
    int64_t id = 0;
    int64_t total = 0;
    int64_t least = 0;
    enum result code = policy_store_in_force(session->store, &policy, &id, error);
    if (code == RESULT_OK) {
        *measures = plan_default_measures(policy, rules);
        code = argument_number(arguments, "total", 1, DRAW_NUMBER_LIMIT, 0, &total, error);
    }
    policy_free(policy);
    if (code == RESULT_OK) {
        code = argument_number(arguments, "min", 0, DRAW_NUMBER_LIMIT, 0, &least, error);
    }
    if (code == RESULT_OK && total == 0 &&
        (weights != NULL || argument_text(arguments, "min") != NULL)) {
        code = error_set(error, RESULT_USAGE, "%s",
                         _("--weights and --min share out a fixed number; give it with --total."));
    }
    if (code == RESULT_OK && rates != NULL && total > 0) {
        code = error_set(error, RESULT_USAGE, "%s",
                         _("Give either --rates or --total with --weights, not both."));
    }
    if (code == RESULT_OK && rates != NULL) {
        code = matrix_parse(rates, arena, rules, &measures->rule_count, error);
    }
    if (code == RESULT_OK && total > 0) {
        *measures = (struct draw_measures){
            .mode = DRAW_MODE_TOTAL,
            .total = (uint64_t)total,
            .stratum_minimum = (uint64_t)least,
            .stratum_maximum = DRAW_NO_MAXIMUM,
            .rules = rules,
            .rule_count = CLASS_COUNT,
        };
        memset(rules, 0, CLASS_COUNT * sizeof(*rules));
        code = weights_parse(weights == NULL ? "A=1,B=5,C=20,D=100" : weights, rules, error);
    }
    if (code == RESULT_OK) {
        code = read_floor(arguments, measures, rules, error);
    }
    return code == RESULT_OK ? read_rounding(arguments, measures, error) : code;
}

static enum result read_scope(const struct arguments *arguments, struct plan_scope *scope,
                              struct error *error) {
    *scope = (struct plan_scope){
        .region = argument_text(arguments, "region"),
        .industry = argument_text(arguments, "industry"),
        .matter = argument_text(arguments, "matter"),
        .department = argument_text(arguments, "department"),
        .partners = argument_text(arguments, "partners"),
        .observed = argument_text(arguments, "observe"),
        .field = argument_text(arguments, "field"),
        .by_key = argument_text(arguments, "key-floor") != NULL,
        .expert = argument_flag(arguments, "expert"),
    };
    enum result code = argument_date(arguments, "from", DATE_NONE, &scope->from, error);
    if (code == RESULT_OK) {
        code = argument_date(arguments, "to", DATE_NONE, &scope->to, error);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "team-size", 1, TEAM_SIZE_MOST, PLAN_TEAM_SIZE,
                               &scope->team_size, error);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "cap", 1, 366, 0, &scope->cap, error);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "not-within", 1, 36500, 0, &scope->not_within, error);
    }
    return code == RESULT_OK ? argument_number(arguments, "observe-months", 1, 600, 0,
                                               &scope->observe_months, error)
                             : code;
}

enum result plan_make_new(struct session *session, const struct arguments *arguments,
                          struct error *error) {
    struct draw_rule rules[MATRIX_MOST];
    struct draw_measures measures;
    struct plan_scope scope;
    struct arena *arena = arena_new();
    int64_t id = 0;
    enum result code =
        arena == NULL ? error_no_memory(error) : read_scope(arguments, &scope, error);
    if (code == RESULT_OK) {
        code = read_measures(session, arguments, arena, rules, &measures, error);
    }
    if (code == RESULT_OK) {
        code = plan_create(session->store, &session->actor, argument_text(arguments, "title"),
                           &scope, &measures, &id, error);
    }
    arena_free(arena);
    return code == RESULT_OK ? plan_show_short(session, id, error) : code;
}

/* True when an option says how much is to be drawn. */
static bool asks_measures(const struct arguments *arguments) {
    static const char *const names[] = {"rates", "total", "weights", "min", "key-floor"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (argument_text(arguments, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

enum result plan_make_measures(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error) {
    struct draw_rule rules[MATRIX_MOST];
    struct draw_measures measures;
    struct plan plan;
    struct arena *arena = arena_new();
    bool anew = asks_measures(arguments);
    bool rounds = argument_text(arguments, "rounding") != NULL;
    enum result code =
        arena == NULL ? error_no_memory(error) : plan_load(session->store, id, arena, &plan, error);
    if (code == RESULT_OK && anew && plan.scope.by_key &&
        argument_text(arguments, "key-floor") == NULL) {
        code = error_set(error, RESULT_USAGE,
                         _("Plan %s has a floor for key fields; give it again with --key-floor, or "
                           "make a new plan without one."),
                         plan.number);
    } else if (code == RESULT_OK && anew) {
        code = read_measures(session, arguments, arena, rules, &measures, error);
        plan.scope.by_key = argument_text(arguments, "key-floor") != NULL;
    } else if (code == RESULT_OK && rounds) {
        measures = plan.measures;
        code = read_rounding(arguments, &measures, error);
    }
    if (code == RESULT_OK && (anew || rounds)) {
        code = plan_change(session->store, &session->actor, id, plan.title, &plan.scope, &measures,
                           error);
    }
    arena_free(arena);
    return code == RESULT_OK ? plan_show_short(session, id, error) : code;
}
