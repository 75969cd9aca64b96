#include "score/engine.h"

#include <stdlib.h>
#include <string.h>

struct score_engine {
    const struct policy *policy;
    /* The indicators that facts of each type may match. */
    uint16_t *by_type[64];
    size_t by_type_count[64];
    struct score_contribution *contributions;
    size_t count;
    size_t capacity;
};

enum result score_engine_new(struct score_engine **engine, const struct policy *policy,
                             struct error *error) {
    *engine = NULL;
    struct score_engine *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->policy = policy;
    for (int type = 0; type < 64; type++) {
        made->by_type[type] = calloc(policy->indicator_count + 1, sizeof(uint16_t));
        if (made->by_type[type] == NULL) {
            score_engine_free(made);
            return error_no_memory(error);
        }
        for (size_t i = 0; i < policy->indicator_count; i++) {
            /* An indicator of relations looks at the facts of others. */
            if (policy->indicators[i].kind != POLICY_RELATION &&
                policy->indicators[i].types >> type & 1) {
                made->by_type[type][made->by_type_count[type]++] = (uint16_t)i;
            }
        }
    }
    *engine = made;
    return RESULT_OK;
}

void score_engine_free(struct score_engine *engine) {
    if (engine == NULL) {
        return;
    }
    for (int type = 0; type < 64; type++) {
        free(engine->by_type[type]);
    }
    free(engine->contributions);
    free(engine);
}

const struct score_contribution *score_engine_contributions(const struct score_engine *engine,
                                                            size_t *count) {
    *count = engine->count;
    return engine->contributions;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
    return value < low ? low : value > high ? high : value;
}

/* Points of the first band that holds a value; a value in no band gives 0. */
static int64_t band_points(const struct policy_indicator *indicator, int64_t value) {
    for (size_t i = 0; i < indicator->band_count; i++) {
        const struct policy_band *band = &indicator->bands[i];
        if (value >= band->from && (value < band->to || band->to == INT64_MAX)) {
            return band->points;
        }
    }
    return 0;
}

/* Points of a code: an exact match, or for prefix the longest code that begins it. */
static int64_t code_points(const struct policy_indicator *indicator, const char *code,
                           bool prefix) {
    size_t longest = 0;
    int64_t points = 0;
    for (size_t i = 0; i < indicator->code_count; i++) {
        const char *known = indicator->codes[i].code;
        size_t length = strlen(known);
        bool fits = prefix ? strncmp(code, known, length) == 0 : strcmp(code, known) == 0;
        if (fits && length >= longest) {
            longest = length;
            points = indicator->codes[i].points;
        }
    }
    return points;
}

static int64_t decay_percent(const struct policy_indicator *indicator, int64_t age) {
    if (indicator->decay_count == 0) {
        return 100;
    }
    for (size_t i = 0; i < indicator->decay_count; i++) {
        if (age < indicator->decay[i].months) {
            return indicator->decay[i].percent;
        }
    }
    return 0;
}

/* Integer value of an attribute; false when it is not known. */
static bool attribute_value(const struct policy_indicator *indicator,
                            const struct enterprise *enterprise, date day, int64_t *value) {
    switch (indicator->attribute) {
    case ATTRIBUTE_AGE_MONTHS:
        if (enterprise->established_on == DATE_NONE || enterprise->established_on > day) {
            return false;
        }
        *value = date_months_between(enterprise->established_on, day);
        return true;
    case ATTRIBUTE_CAPITAL:
        *value = enterprise->capital == ENTERPRISE_UNKNOWN ? 0 : enterprise->capital / 1000000;
        return enterprise->capital != ENTERPRISE_UNKNOWN;
    case ATTRIBUTE_INSURED_STAFF:
        *value = enterprise->insured_staff;
        return enterprise->insured_staff != ENTERPRISE_UNKNOWN;
    case ATTRIBUTE_PAID_IN_PERCENT:
        *value = enterprise->paid_in_percent;
        return enterprise->paid_in_percent != ENTERPRISE_UNKNOWN;
    case ATTRIBUTE_KEY_FIELD:
        *value = enterprise->key_field;
        return enterprise->key_field != ENTERPRISE_UNKNOWN;
    case ATTRIBUTE_KIND:
    case ATTRIBUTE_STATUS:
    case ATTRIBUTE_INDUSTRY:
        break;
    }
    return false;
}

static const char *attribute_code(const struct policy_indicator *indicator,
                                  const struct enterprise *enterprise) {
    switch (indicator->attribute) {
    case ATTRIBUTE_KIND:
        return enterprise->kind;
    case ATTRIBUTE_STATUS:
        return enterprise->status;
    default:
        return enterprise->industry;
    }
}

static void score_attribute(const struct policy_indicator *indicator,
                            const struct enterprise *enterprise, date day,
                            struct score_indicator *result) {
    int64_t points = indicator->missing;
    if (indicator->attribute >= ATTRIBUTE_KIND) {
        const char *code = attribute_code(indicator, enterprise);
        result->known = code != NULL && code[0] != '\0';
        if (result->known) {
            result->code = code;
            points = code_points(indicator, code, indicator->attribute == ATTRIBUTE_INDUSTRY);
        }
    } else {
        result->known = attribute_value(indicator, enterprise, day, &result->value);
        if (result->known) {
            points = band_points(indicator, result->value);
        }
    }
    result->raw = points * 100;
}

bool score_fact_counts(const struct score_input *input, const struct fact *fact) {
    if (fact->status != FACT_STATUS_valid || fact->occurred_on > input->day) {
        return false;
    }
    for (size_t i = 0; i < input->override_count; i++) {
        const struct score_override *override = &input->overrides[i];
        if (override->kind == OVERRIDE_EXCLUDE_FACT && override->fact == fact->id &&
            !override->part) {
            return false;
        }
    }
    return true;
}

void score_override_lower(const struct score_override *override, struct fact *fact) {
    if (override->kind != OVERRIDE_EXCLUDE_FACT || override->fact != fact->id || !override->part) {
        return;
    }
    /* A value that is not known is the smallest number there is, and stays not known. */
    if (override->amount_left != FACT_NO_AMOUNT && override->amount_left < fact->amount) {
        fact->amount = override->amount_left;
    }
    if (override->level_left != FACT_NO_LEVEL && override->level_left < fact->level) {
        fact->level = override->level_left;
    }
}

struct fact score_fact_left(const struct score_input *input, const struct fact *fact) {
    struct fact left = *fact;
    for (size_t i = 0; i < input->override_count; i++) {
        score_override_lower(&input->overrides[i], &left);
    }
    return left;
}

bool score_fact_in_force(const struct fact *fact, date day) {
    return fact->ended_on == DATE_NONE || fact->ended_on > day;
}

static bool contains(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* Level and amount ranges; a fact without the value matches only where no range is asked. */
static bool in_ranges(const struct policy_indicator *indicator, const struct fact *fact) {
    bool any_level = indicator->level_from == INT64_MIN && indicator->level_to == INT64_MAX;
    bool any_amount = indicator->amount_from == INT64_MIN && indicator->amount_to == INT64_MAX;
    if (!any_level && (fact->level == FACT_NO_LEVEL || fact->level < indicator->level_from ||
                       fact->level >= indicator->level_to)) {
        return false;
    }
    return any_amount ||
           (fact->amount != FACT_NO_AMOUNT && fact->amount >= indicator->amount_from &&
            fact->amount < indicator->amount_to);
}

/* The full points of one event; the value is the level, or the amount in yuan. An event whose
 * level or amount is not known gives the indicator's `missing` points. */
static int64_t event_points(const struct policy_indicator *indicator, const struct fact *fact) {
    switch (indicator->event_by) {
    case EVENT_BY_LEVEL:
        return fact->level == FACT_NO_LEVEL ? indicator->missing
                                            : band_points(indicator, fact->level);
    case EVENT_BY_AMOUNT:
        return fact->amount == FACT_NO_AMOUNT ? indicator->missing
                                              : band_points(indicator, fact->amount / 100);
    case EVENT_FIXED:
        break;
    }
    return indicator->points;
}

bool score_fact_matches(const struct policy_indicator *indicator, const struct fact *fact) {
    return (indicator->types >> fact->type & 1) != 0 && in_ranges(indicator, fact);
}

static enum result contribute(struct score_engine *engine, struct score_contribution contribution,
                              struct error *error) {
    if (engine->count == engine->capacity) {
        size_t capacity = engine->capacity == 0 ? 256 : engine->capacity * 2;
        struct score_contribution *more = realloc(engine->contributions, capacity * sizeof(*more));
        if (more == NULL) {
            return error_no_memory(error);
        }
        engine->contributions = more;
        engine->capacity = capacity;
    }
    engine->contributions[engine->count++] = contribution;
    return RESULT_OK;
}

/* Adds one fact that counts to one indicator it may match. */
static enum result add_fact(struct score_engine *engine, const struct fact *fact, size_t place,
                            size_t index, date day, struct score_indicator *result,
                            struct error *error) {
    const struct policy_indicator *indicator = &engine->policy->indicators[index];
    if (!in_ranges(indicator, fact)) {
        return RESULT_OK;
    }
    struct score_contribution contribution = {.indicator = index, .fact = place, .percent = 100};
    int64_t age = date_months_between(fact->occurred_on, day);
    if (indicator->window > 0 && age >= indicator->window) {
        return RESULT_OK;
    }
    switch (indicator->kind) {
    case POLICY_PRESENT:
        if (!score_fact_in_force(fact, day)) {
            return RESULT_OK;
        }
        result->value++;
        break;
    case POLICY_COUNT:
        result->value++;
        break;
    case POLICY_AMOUNT:
        if (fact->amount == FACT_NO_AMOUNT) {
            return RESULT_OK;
        }
        result->value += fact->amount; /* fen until the sum is closed */
        break;
    case POLICY_EVENT:
        contribution.full = event_points(indicator, fact) * 100;
        contribution.percent = decay_percent(indicator, age);
        contribution.centipoints = contribution.full / 100 * contribution.percent;
        if (contribution.centipoints == 0) {
            return RESULT_OK;
        }
        result->value++;
        result->raw += contribution.centipoints;
        break;
    case POLICY_GROWTH:
        if (age >= indicator->recent + indicator->base) {
            return RESULT_OK;
        }
        *(age < indicator->recent ? &result->value : &result->base) += 1;
        break;
    default:
        return RESULT_OK;
    }
    return contribute(engine, contribution, error);
}

/* The recent months against those before, in percent, rounded down; it speaks when there are enough
 * recent facts. */
static void close_growth(const struct policy_indicator *indicator, struct score_indicator *result) {
    int64_t recent = result->value;
    int64_t base = result->base == 0 ? 1 : result->base;
    result->value = 100 * recent * indicator->base / (base * indicator->recent);
    result->raw = recent >= indicator->least ? band_points(indicator, result->value) * 100 : 0;
}

static void score_share(const struct policy_indicator *indicator, const struct score_around *around,
                        struct score_indicator *result) {
    int64_t others = around == NULL ? 0 : around->shared[indicator->share];
    result->known = others >= 0;
    result->value = result->known ? others : 0;
    result->raw = (result->known ? band_points(indicator, others) : indicator->missing) * 100;
}

static void score_relation(const struct policy_indicator *indicator,
                           const struct score_related *related, struct score_indicator *result) {
    if (related != NULL) {
        result->value = !indicator->percent   ? related->hits
                        : related->known == 0 ? 0
                                              : 100 * related->hits / related->known;
    }
    result->raw = band_points(indicator, result->value) * 100;
}

/* Turns the sums over facts into points. */
static void close_indicator(const struct policy_indicator *indicator,
                            const struct score_input *input, const struct score_related *related,
                            struct score_indicator *result) {
    result->known = true;
    switch (indicator->kind) {
    case POLICY_ATTRIBUTE:
        score_attribute(indicator, &input->subject->enterprise, input->day, result);
        break;
    case POLICY_PRESENT:
        result->raw = result->value > 0 ? indicator->points * 100 : 0;
        break;
    case POLICY_AMOUNT:
        result->value /= 100; /* fen to yuan */
        result->raw = band_points(indicator, result->value) * 100;
        break;
    case POLICY_COUNT:
        result->raw = band_points(indicator, result->value) * 100;
        break;
    case POLICY_GROWTH:
        close_growth(indicator, result);
        break;
    case POLICY_SHARE:
        score_share(indicator, input->around, result);
        break;
    case POLICY_RELATION:
        score_relation(indicator, related, result);
        break;
    default: /* the points of events are added up already */
        break;
    }
    int64_t high = indicator->cap == POLICY_NO_CAP ? INT64_MAX : indicator->cap * 100;
    result->centipoints = clamp(result->raw, indicator->floor * 100, high);
}

/* The first direct rule in force; direct_count when there is none. */
static size_t direct_in_force(const struct score_input *input, uint64_t in_force_types) {
    const struct policy *policy = input->policy;
    for (size_t rule = 0; rule < policy->direct_count; rule++) {
        if ((policy->direct[rule].types & in_force_types) == 0) {
            continue;
        }
        bool holds = !policy->direct[rule].confirm;
        bool waived = false;
        for (size_t i = 0; i < input->override_count; i++) {
            const struct score_override *override = &input->overrides[i];
            bool same = override->rule == rule;
            holds = holds || (override->kind == OVERRIDE_CONFIRM_DIRECT && same);
            waived = waived || (override->kind == OVERRIDE_WAIVE_DIRECT && same);
        }
        if (holds && !waived) {
            return rule;
        }
    }
    return policy->direct_count;
}

/* Steps 3 to 6 of the semantics: score class, direct rule, manual override, the worse of both. */
static void decide(const struct score_input *input, uint64_t in_force_types, struct score *score) {
    score->score_class = policy_class_of(input->policy, score->total);
    score->final_class = score->score_class;
    score->decision = DECIDED_BY_SCORE;
    for (size_t i = 0; i < input->override_count; i++) {
        if (input->overrides[i].kind == OVERRIDE_SET_CLASS) {
            score->final_class = input->overrides[i].risk_class;
            score->decision = DECIDED_BY_OVERRIDE;
            score->override_id = input->overrides[i].id;
        }
    }
    size_t rule = direct_in_force(input, in_force_types);
    if (rule < input->policy->direct_count) { /* holds whatever the score or a person says */
        score->final_class = CLASS_D;
        score->decision = DECIDED_BY_DIRECT;
    }
    score->rule = rule;
}

enum result score_engine_run(struct score_engine *engine, const struct score_input *input,
                             const int64_t *without, size_t without_count, struct score *score,
                             struct error *error) {
    const struct policy *policy = engine->policy;
    const struct score_related *related = input->around == NULL ? NULL : input->around->related;
    *score = (struct score){0};
    engine->count = 0;
    uint64_t in_force_types = 0;
    for (size_t place = 0; place < input->subject->fact_count; place++) {
        const struct fact *fact = &input->subject->facts[place];
        if (!score_fact_counts(input, fact) || contains(without, without_count, fact->id)) {
            continue;
        }
        const struct fact left = score_fact_left(input, fact);
        if (score_fact_in_force(fact, input->day)) {
            in_force_types |= (uint64_t)1 << fact->type;
        }
        for (size_t i = 0; i < engine->by_type_count[fact->type]; i++) {
            size_t index = engine->by_type[fact->type][i];
            enum result code =
                add_fact(engine, &left, place, index, input->day, &score->indicators[index], error);
            if (code != RESULT_OK) {
                return code;
            }
        }
    }
    for (size_t i = 0; i < policy->indicator_count; i++) {
        close_indicator(&policy->indicators[i], input, related == NULL ? NULL : related + i,
                        &score->indicators[i]);
        score->dimensions[policy->indicators[i].dimension] += score->indicators[i].centipoints;
    }
    for (size_t i = 0; i < policy->dimension_count; i++) {
        int64_t cap = policy->dimensions[i].cap;
        score->dimensions[i] =
            clamp(score->dimensions[i], 0, cap == POLICY_NO_CAP ? INT64_MAX : cap * 100);
        score->total += score->dimensions[i];
    }
    score->total = clamp(score->total, 0, policy->maximum * 100);
    decide(input, in_force_types, score);
    return RESULT_OK;
}

int64_t score_band_points(const struct policy_indicator *indicator, int64_t value) {
    return band_points(indicator, value);
}
