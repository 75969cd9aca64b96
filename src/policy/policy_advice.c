#include "policy/policy_advice.h"

#include "base/gettext.h"

#include <stdlib.h>
#include <string.h>

/* No end: sums of events grow with their number. */
#define NO_END INT64_MAX

/* Points that something can come to. */
struct span {
    int64_t low;
    int64_t high; /* NO_END: no bound */
};

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

/* ---- what an indicator can come to ----------------------------------------------------------- */

/* The values that an indicator can have, [from, to); to is NO_END where there is no bound. */
static void value_range(const struct policy_indicator *indicator, int64_t *from, int64_t *to) {
    *from = 0;
    *to = NO_END;
    if (indicator->kind == POLICY_EVENT && indicator->event_by == EVENT_BY_LEVEL) {
        *from = indicator->level_from;
        *to = indicator->level_to;
    } else if (indicator->kind == POLICY_ATTRIBUTE && indicator->attribute == ATTRIBUTE_KEY_FIELD) {
        *to = 2;
    } else if (indicator->kind == POLICY_RELATION && indicator->percent) {
        *to = 101;
    }
}

static void widen(struct span *span, int64_t points) {
    span->low = points < span->low ? points : span->low;
    span->high = points > span->high ? points : span->high;
}

/* The points of one value; 0 stands for what no band holds. */
static struct span points_of(const struct policy_indicator *indicator) {
    struct span span = {0, 0};
    int64_t from = 0;
    int64_t to = 0;
    value_range(indicator, &from, &to);
    for (size_t i = 0; i < indicator->band_count; i++) {
        const struct policy_band *band = &indicator->bands[i];
        if (band->to > from && band->from < to) {
            widen(&span, band->points);
        }
    }
    for (size_t i = 0; i < indicator->code_count; i++) {
        widen(&span, indicator->codes[i].points);
    }
    widen(&span, indicator->points);
    widen(&span, indicator->missing);
    return span;
}

/* The same over as many events as there may be, and between floor and cap. */
static struct span reach_of(const struct policy_indicator *indicator) {
    struct span span = points_of(indicator);
    int64_t percent = indicator->decay_count == 0 ? 100 : 0;
    for (size_t i = 0; i < indicator->decay_count; i++) {
        percent = indicator->decay[i].percent > percent ? indicator->decay[i].percent : percent;
    }
    if (indicator->kind == POLICY_EVENT) {
        span.high = span.high > 0 && percent > 0 ? NO_END : 0;
        span.low = span.low < 0 && percent > 0 ? indicator->floor : 0;
    }
    span.high = span.high > indicator->cap ? indicator->cap : span.high;
    span.low = span.low < indicator->floor ? indicator->floor : span.low;
    return span;
}

/* The points that everybody has at least: more than 0 only where every value gives some. */
static int64_t least_of(const struct policy_indicator *indicator) {
    int64_t from = 0;
    int64_t to = 0;
    int64_t least = NO_END;
    bool whole = indicator->band_count > 0 && indicator->kind != POLICY_EVENT &&
                 indicator->kind != POLICY_GROWTH;
    value_range(indicator, &from, &to);
    int64_t covered = from;
    for (size_t i = 0; whole && i < indicator->band_count; i++) { /* bands do not overlap */
        for (size_t j = 0; j < indicator->band_count; j++) {
            const struct policy_band *band = &indicator->bands[j];
            if (band->from <= covered && band->to > covered) {
                least = band->points < least ? band->points : least;
                covered = band->to;
            }
        }
    }
    bool known = indicator->kind == POLICY_COUNT || indicator->kind == POLICY_AMOUNT;
    least = !known && indicator->missing < least ? indicator->missing : least;
    bool always = whole && covered >= to;
    least = always ? least : indicator->floor < 0 ? indicator->floor : 0;
    return least > indicator->cap ? indicator->cap : least;
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
        struct span reach = reach_of(indicator);
        if (reach.low == 0 && reach.high == 0) {
            advise(advising, indicator->code, "%s",
                   _("The indicator can never give points: look at its points, bands, decay, cap "
                     "and floor."));
        }
        look_for_gaps(advising, indicator);
    }
}

/* Sums what the indicators of a dimension can come to; its own cap not counted. */
static struct span sum_dimension(const struct policy *policy, size_t dimension, int64_t *least) {
    struct span sum = {0, 0};
    *least = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (policy->indicators[i].dimension == dimension) {
            struct span one = reach_of(&policy->indicators[i]);
            sum.high = sum.high == NO_END || one.high == NO_END ? NO_END : sum.high + one.high;
            *least += least_of(&policy->indicators[i]);
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
        struct span sum = sum_dimension(policy, i, &least);
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
        total = total == NO_END || most == NO_END ? NO_END : total + most;
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
