#include "policy/policy_advice.h"

#include "base/gettext.h"
#include "policy/policy_reach.h"

#include <stdlib.h>
#include <string.h>

struct advising {
    const struct policy *policy;
    struct arena *arena;
    struct policy_advice *items;
    size_t count;
    size_t room;
};

__attribute__((format(printf, 3, 4))) static void
advise(struct advising *advising, const char *code, const char *format, ...) {
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    const char *sentence = length < 0 ? NULL : arena_strdup(advising->arena, text);
    free(text);
    if (sentence != NULL && advising->count < advising->room) {
        advising->items[advising->count++] = (struct policy_advice){code, sentence};
    }
}

/* ---- remarks --------------------------------------------------------------------------------- */

static int by_from(const void *first, const void *second) {
    const struct policy_band *left = first;
    const struct policy_band *right = second;
    return (left->from > right->from) - (left->from < right->from);
}

static void look_for_gaps(struct advising *advising, const struct policy_indicator *indicator) {
    size_t count = indicator->band_count;
    struct policy_band *bands = arena_alloc(advising->arena, (count + 1) * sizeof(*bands));
    if (bands == NULL || count == 0) {
        return;
    }
    memcpy(bands, indicator->bands, count * sizeof(*bands));
    qsort(bands, count, sizeof(*bands), by_from);
    for (size_t i = 1; i < count; i++) {
        if (bands[i].from > bands[i - 1].to) {
            advise(advising, indicator->code,
                   _("Values from %lld to below %lld are in no band and give 0 points."),
                   (long long)bands[i - 1].to, (long long)bands[i].from);
        }
    }
}

static void look_at_indicators(struct advising *advising) {
    for (size_t i = 0; i < advising->policy->indicator_count; i++) {
        const struct policy_indicator *indicator = &advising->policy->indicators[i];
        struct policy_reach reach = policy_indicator_reach(indicator);
        if (reach.low == 0 && reach.high == 0) {
            advise(advising, indicator->code, "%s",
                   _("The indicator can never give points: look at its points, bands, decay, cap "
                     "and floor."));
        }
        look_for_gaps(advising, indicator);
    }
}

/* Sums what the indicators of a dimension can come to; its own cap not counted. */
static struct policy_reach sum_dimension(const struct policy *policy, size_t dimension,
                                         int64_t *least) {
    struct policy_reach sum = {0, 0};
    *least = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (policy->indicators[i].dimension == dimension) {
            struct policy_reach one = policy_indicator_reach(&policy->indicators[i]);
            sum.high = sum.high == POLICY_NO_END || one.high == POLICY_NO_END ? POLICY_NO_END
                                                                              : sum.high + one.high;
            *least += policy_indicator_least(&policy->indicators[i]);
        }
    }
    return sum;
}

static void look_at_sums(struct advising *advising) {
    const struct policy *policy = advising->policy;
    int64_t total = 0;
    for (size_t i = 0; i < policy->dimension_count; i++) {
        const struct policy_dimension *dimension = &policy->dimensions[i];
        int64_t least = 0;
        struct policy_reach sum = sum_dimension(policy, i, &least);
        if (dimension->cap != POLICY_NO_CAP && sum.high < dimension->cap) {
            advise(advising, dimension->code,
                   _("The cap of %lld is never reached: the indicators of the dimension come to "
                     "%lld at most."),
                   (long long)dimension->cap, (long long)sum.high);
        }
        if (dimension->cap != POLICY_NO_CAP && dimension->cap > 0 && least >= dimension->cap) {
            advise(advising, dimension->code,
                   _("The cap of %lld is always reached: everybody has %lld points at least."),
                   (long long)dimension->cap, (long long)least);
        }
        int64_t most = sum.high < dimension->cap ? sum.high : dimension->cap;
        total = total == POLICY_NO_END || most == POLICY_NO_END ? POLICY_NO_END : total + most;
    }
    for (int i = CLASS_B; i < CLASS_COUNT; i++) {
        if (policy->bounds[i] > total) {
            advise(advising, risk_class_letter((enum risk_class)i),
                   _("No total reaches class %s, which begins at %lld: all dimensions together "
                     "come to %lld at most."),
                   risk_class_letter((enum risk_class)i), (long long)policy->bounds[i],
                   (long long)total);
        }
    }
}

enum result policy_advise(const struct policy *policy, struct arena *arena,
                          struct policy_advice **advice, size_t *count, struct error *error) {
    struct advising advising = {.policy = policy, .arena = arena, .room = CLASS_COUNT};
    for (size_t i = 0; i < policy->indicator_count; i++) {
        advising.room += 1 + policy->indicators[i].band_count;
    }
    advising.room += policy->dimension_count * 2;
    advising.items = arena_alloc(arena, advising.room * sizeof(*advising.items));
    if (advising.items != NULL) {
        look_at_indicators(&advising);
        look_at_sums(&advising);
    }
    *advice = advising.items;
    *count = advising.count;
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}
