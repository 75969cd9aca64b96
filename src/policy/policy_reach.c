#include "policy/policy_reach.h"

/* The values that an indicator can have, [from, to); to is POLICY_NO_END where there is no bound.
 */
static void value_range(const struct policy_indicator *indicator, int64_t *from, int64_t *to) {
    *from = 0;
    *to = POLICY_NO_END;
    if (indicator->kind == POLICY_EVENT && indicator->event_by == EVENT_BY_LEVEL) {
        *from = indicator->level_from;
        *to = indicator->level_to;
    } else if (indicator->kind == POLICY_ATTRIBUTE && indicator->attribute == ATTRIBUTE_KEY_FIELD) {
        *to = 2;
    } else if (indicator->kind == POLICY_RELATION && indicator->percent) {
        *to = 101;
    }
}

static void widen(struct policy_reach *span, int64_t points) {
    span->low = points < span->low ? points : span->low;
    span->high = points > span->high ? points : span->high;
}

/* The points of one value; 0 stands for what no band holds. */
static struct policy_reach points_of(const struct policy_indicator *indicator) {
    struct policy_reach span = {0, 0};
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

struct policy_reach policy_indicator_reach(const struct policy_indicator *indicator) {
    struct policy_reach span = points_of(indicator);
    int64_t percent = indicator->decay_count == 0 ? 100 : 0;
    for (size_t i = 0; i < indicator->decay_count; i++) {
        percent = indicator->decay[i].percent > percent ? indicator->decay[i].percent : percent;
    }
    if (indicator->kind == POLICY_EVENT) {
        span.high = span.high > 0 && percent > 0 ? POLICY_NO_END : 0;
        span.low = span.low < 0 && percent > 0 ? indicator->floor : 0;
    }
    span.high = span.high > indicator->cap ? indicator->cap : span.high;
    span.low = span.low < indicator->floor ? indicator->floor : span.low;
    return span;
}

int64_t policy_indicator_least(const struct policy_indicator *indicator) {
    int64_t from = 0;
    int64_t to = 0;
    int64_t least = POLICY_NO_END;
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
