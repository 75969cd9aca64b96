#include "score/result.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <jansson.h>
#include <string.h>

static const char *const decisions[] = {"score", "direct", "override"};

const char *score_decision_code(enum score_decision decision) {
    return decisions[decision];
}

static enum score_decision decision_find(const char *code) {
    for (int i = 0; i < 3; i++) {
        if (strcmp(decisions[i], code) == 0) {
            return (enum score_decision)i;
        }
    }
    return DECIDED_BY_SCORE;
}

static int64_t item_int(json_t *list, size_t index) {
    return json_integer_value(json_array_get(list, index));
}

/* Reads one stored indicator; false when memory is short. */
static bool read_indicator(json_t *item, struct arena *arena, struct result_indicator *indicator) {
    json_t *value = json_array_get(item, 1);
    json_t *facts = json_array_get(item, 4);
    json_t *related = json_array_get(item, 5);
    *indicator = (struct result_indicator){
        .indicator = (size_t)item_int(item, 0),
        .value = json_integer_value(value),
        .known = !json_is_null(value),
        .raw = item_int(item, 2),
        .centipoints = item_int(item, 3),
        .fact_count = json_array_size(facts),
        .related_count = json_array_size(related),
    };
    indicator->related =
        arena_alloc(arena, (indicator->related_count + 1) * sizeof(*indicator->related));
    indicator->facts = arena_alloc(arena, (indicator->fact_count + 1) * sizeof(struct result_fact));
    if (json_is_string(value)) {
        indicator->code = arena_strdup(arena, json_string_value(value));
    }
    if (indicator->facts == NULL || indicator->related == NULL ||
        (json_is_string(value) && indicator->code == NULL)) {
        return false;
    }
    for (size_t i = 0; i < indicator->fact_count; i++) {
        json_t *fact = json_array_get(facts, i);
        indicator->facts[i] = (struct result_fact){
            .fact = item_int(fact, 0),
            .full = item_int(fact, 1),
            .percent = item_int(fact, 2),
            .centipoints = item_int(fact, 3),
        };
    }
    for (size_t i = 0; i < indicator->related_count; i++) {
        indicator->related[i] = item_int(related, i);
    }
    return true;
}

enum result result_read_breakdown(const char *dimensions, const char *indicators,
                                  struct arena *arena, struct result_row *row,
                                  struct error *error) {
    enum result code = RESULT_OK;
    json_t *sums = json_loads(dimensions, 0, NULL);
    json_t *list = json_loads(indicators, 0, NULL);
    if (!json_is_array(sums) || !json_is_array(list)) {
        code = error_set(error, RESULT_DAMAGED,
                         _("The stored result of enterprise number %lld is damaged; run the period "
                           "again."),
                         (long long)row->enterprise);
    } else {
        row->dimension_count = json_array_size(sums);
        for (size_t i = 0; i < row->dimension_count && i < POLICY_MOST_DIMENSIONS; i++) {
            row->dimensions[i] = item_int(sums, i);
        }
        row->indicator_count = json_array_size(list);
        row->indicators =
            arena_alloc(arena, (row->indicator_count + 1) * sizeof(struct result_indicator));
        bool whole = row->indicators != NULL;
        for (size_t i = 0; whole && i < row->indicator_count; i++) {
            whole = read_indicator(json_array_get(list, i), arena, &row->indicators[i]);
        }
        code = whole ? RESULT_OK : error_no_memory(error);
    }
    json_decref(sums);
    json_decref(list);
    return code;
}

enum result result_load(struct store *store, int64_t period, int64_t enterprise,
                        struct arena *arena, struct result_row *row, struct error *error) {
    *row = (struct result_row){.period = period, .enterprise = enterprise};
    struct statement *rows = NULL;
    bool stands = false;
    enum result code =
        store_query(&rows, store,
                    "SELECT total, score_class, final_class, decided_by, decided_rule, decided_id, "
                    "dimensions, indicators, coalesce(r.day, p.day), coalesce(r.policy, p.policy) "
                    "FROM result r "
                    "JOIN period p ON p.id = r.period WHERE r.id = ?",
                    VALUES(value_int(result_id(period, enterprise))), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &stands, error);
    }
    if (code == RESULT_OK && !stands) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("The enterprise has no score in period %lld-%02lld; run the period "
                           "first."),
                         (long long)(period / 100), (long long)(period % 100));
    }
    if (code == RESULT_OK) {
        row->total = statement_int(rows, 0);
        row->score_class = risk_class_find(statement_text(rows, 1));
        row->final_class = risk_class_find(statement_text(rows, 2));
        row->decision = decision_find(statement_string(rows, 3));
        row->rule = arena_strdup(arena, statement_text(rows, 4));
        row->override_id = statement_int(rows, 5);
        row->day = statement_date(rows, 8);
        row->policy = statement_int(rows, 9);
        code = result_read_breakdown(statement_string(rows, 6), statement_string(rows, 7), arena,
                                     row, error);
    }
    statement_free(rows);
    return code;
}
