#include "plan/ceiling.h"

#include "base/gettext.h"
#include "plan/drawn.h"
#include "plan/measures_text.h"
#include "policy/policy_store.h"
#include "registry/record.h"

#include <string.h>

/* Hundredths of a percent in a whole. */
#define WHOLE 10000

/* ---- what a scope says ----------------------------------------------------------------------- */

/* The codes of matters, or their titles, joined. */
static const char *join(const struct plan_matter *matters, size_t count, bool titles,
                        struct arena *arena) {
    const char *text = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *one = titles ? matters[i].title : matters[i].code;
        text = i == 0 ? one : arena_printf(arena, "%s%s%s", text, titles ? "、" : ",", one);
    }
    return text;
}

static enum result settle_matters(struct store *store, struct plan_scope *scope,
                                  struct arena *arena, struct error *error) {
    struct plan_matter *matters = NULL;
    size_t count = 0;
    scope->matters = NULL;
    enum result code = scope->matter == NULL ? RESULT_OK
                                             : plan_matters_find(store, scope->matter, arena,
                                                                 &matters, &count, error);
    if (code == RESULT_OK) {
        code = plan_matters_check(matters, count, error);
    }
    if (code == RESULT_OK && count > 0) {
        scope->matters = join(matters, count, false, arena);
        scope->matter = join(matters, count, true, arena);
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result ceiling_settle(struct store *store, struct plan_scope *scope, struct arena *arena,
                           struct error *error) {
    struct plan_ceiling ceiling;
    struct policy *policy = NULL;
    int64_t id = 0;
    enum result code = settle_matters(store, scope, arena, error);
    if (code != RESULT_OK || scope->limits.task != 0) {
        return code;
    }
    code = ceiling_load(store, scope, arena, &ceiling, error);
    if (code == RESULT_OK) {
        code = policy_store_in_force(store, &policy, &id, error);
    }
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        int64_t most = policy->measures[i].times;
        most = scope->cap > 0 && scope->cap < most ? scope->cap : most;
        most = ceiling.times != RECORD_UNKNOWN && ceiling.times < most ? ceiling.times : most;
        scope->limits.caps[i] = most;
    }
    policy_free(policy);
    return code;
}

/* ---- what the matters allow ------------------------------------------------------------------ */

enum result ceiling_load(struct store *store, const struct plan_scope *scope, struct arena *arena,
                         struct plan_ceiling *ceiling, struct error *error) {
    *ceiling = (struct plan_ceiling){.rate = RECORD_UNKNOWN, .times = RECORD_UNKNOWN};
    enum result code = plan_matters_load(store, scope->matters, arena, &ceiling->matters,
                                         &ceiling->matter_count, error);
    for (size_t i = 0; code == RESULT_OK && i < ceiling->matter_count; i++) {
        const struct plan_matter *one = &ceiling->matters[i];
        if (one->rate != RECORD_UNKNOWN &&
            (ceiling->rate == RECORD_UNKNOWN || one->rate < ceiling->rate)) {
            ceiling->rate = one->rate;
            ceiling->rate_matter = one->title;
        }
        if (one->times != RECORD_UNKNOWN &&
            (ceiling->times == RECORD_UNKNOWN || one->times < ceiling->times)) {
            ceiling->times = one->times;
        }
        if (one->methods != 0) {
            ceiling->methods =
                ceiling->methods == 0 ? one->methods : ceiling->methods & one->methods;
        }
    }
    return code;
}

bool ceiling_breached(const struct plan_ceiling *ceiling, struct draw_rate rate) {
    return ceiling->rate != RECORD_UNKNOWN && rate.den > 0 &&
           rate.num * WHOLE > (uint64_t)ceiling->rate * rate.den;
}

const char *ceiling_methods(const struct plan_ceiling *ceiling, const char *policy_words,
                            struct arena *arena) {
    if (ceiling->methods == 0) {
        return policy_words;
    }
    uint32_t both = plan_methods_find(policy_words) & ceiling->methods;
    return plan_methods_text(both == 0 ? ceiling->methods : both, arena);
}

/* ---- what a plan does ------------------------------------------------------------------------ */

static enum result check_rates(const struct plan *plan, const struct plan_ceiling *ceiling,
                               struct error *error) {
    for (size_t i = 0; i < plan->measures.rule_count; i++) {
        const struct draw_rule *rule = &plan->measures.rules[i];
        char rate[RATE_TEXT_SIZE];
        char most[RATE_TEXT_SIZE];
        if (plan->measures.mode != DRAW_MODE_RATE || !ceiling_breached(ceiling, rule->rate)) {
            continue;
        }
        return error_set(
            error, RESULT_REFUSED,
            _("Class %c%s%s is to be drawn at %s, and \"%s\" allows at most %s; lower the rate of "
              "the draft, or take another matter."),
            rule->risk_class, rule->grade[0] == '\0' ? "" : "/", rule->grade,
            rate_format(rule->rate, rate), ceiling->rate_matter,
            rate_format((struct draw_rate){(uint64_t)ceiling->rate, WHOLE}, most));
    }
    return RESULT_OK;
}

/* The draw of a fixed total, or one that was extended, is judged by what it drew: of each class at
 * most the ceiling's part, rounded up. */
static enum result check_drawn(struct store *store, const struct plan *plan,
                               const struct plan_ceiling *ceiling, struct error *error) {
    struct drawn_class counts[CLASS_COUNT];
    enum result code = drawn_count_classes(store, plan->id, counts, error);
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        int64_t most = (counts[i].population * ceiling->rate + WHOLE - 1) / WHOLE;
        bool judged = plan->measures.mode == DRAW_MODE_TOTAL || counts[i].extended > 0;
        if (judged && counts[i].drawn > most) {
            char rate[RATE_TEXT_SIZE];
            code = error_set(
                error, RESULT_REFUSED,
                _("Of class %s %lld of %lld are drawn, and \"%s\" allows at most %s, that is "
                  "%lld; make this plan void and a new one that draws fewer."),
                risk_class_letter((enum risk_class)i), (long long)counts[i].drawn,
                (long long)counts[i].population, ceiling->rate_matter,
                rate_format((struct draw_rate){(uint64_t)ceiling->rate, WHOLE}, rate),
                (long long)most);
        }
    }
    return code;
}

enum result ceiling_check(struct store *store, const struct plan *plan, struct error *error) {
    struct plan_ceiling ceiling;
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(error)
                                     : ceiling_load(store, &plan->scope, arena, &ceiling, error);
    if (code == RESULT_OK) {
        code = plan_matters_check(ceiling.matters, ceiling.matter_count, error);
    }
    if (code == RESULT_OK && ceiling.rate != RECORD_UNKNOWN) {
        code = check_rates(plan, &ceiling, error);
        if (code == RESULT_OK && plan->drawn_at != NULL) {
            code = check_drawn(store, plan, &ceiling, error);
        }
    }
    arena_free(arena);
    return code;
}
