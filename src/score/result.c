#include "score/result.h"

#include "base/gettext.h"

#include <jansson.h>
#include <string.h>

static const char *const decisions[] = {"score", "direct", "override"};

const char *score_decision_code(enum score_decision decision) {
    return decisions[decision];
}

enum result result_prepare(struct statement **statement, struct store *store, struct error *error) {
    return statement_prepare(
        statement, store,
        "INSERT OR REPLACE INTO result (period, enterprise, day, total, score_class, final_class, "
        "decided_by, decided_rule, decided_id, dimensions, indicators) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error);
}

/* [[fact, full, percent, centipoints], ...] of one indicator. */
static void write_facts(struct buffer *text, const struct score_contribution *contributions,
                        size_t count, size_t indicator, const struct fact *facts) {
    bool first = true;
    buffer_append_char(text, '[');
    for (size_t i = 0; i < count; i++) {
        const struct score_contribution *one = &contributions[i];
        if (one->indicator != indicator) {
            continue;
        }
        buffer_printf(text, "%s[%lld,%lld,%lld,%lld]", first ? "" : ",",
                      (long long)facts[one->fact].id, (long long)one->full, (long long)one->percent,
                      (long long)one->centipoints);
        first = false;
    }
    buffer_append_char(text, ']');
}

/* Codes are the program's own words or GB/T 4754 codes; quotes cannot occur, but an odd code from
 * a file must not break the document. */
static void write_code(struct buffer *text, const char *code) {
    buffer_append_char(text, '"');
    for (; *code != '\0'; code++) {
        if (*code != '"' && *code != '\\' && (unsigned char)*code >= 0x20) {
            buffer_append_char(text, *code);
        }
    }
    buffer_append_char(text, '"');
}

/* The breakdown: every indicator that has points, cut ones included. */
static void write_indicators(struct buffer *text, const struct score *score,
                             const struct score_engine *engine, const struct score_input *input) {
    size_t count = 0;
    const struct score_contribution *contributions = score_engine_contributions(engine, &count);
    bool first = true;
    buffer_append_char(text, '[');
    for (size_t i = 0; i < input->policy->indicator_count; i++) {
        const struct score_indicator *one = &score->indicators[i];
        if (one->raw == 0 && one->centipoints == 0) {
            continue;
        }
        buffer_printf(text, "%s[%zu,", first ? "" : ",", i);
        if (!one->known) {
            buffer_append_text(text, "null");
        } else if (one->code != NULL) {
            write_code(text, one->code);
        } else {
            buffer_printf(text, "%lld", (long long)one->value);
        }
        buffer_printf(text, ",%lld,%lld,", (long long)one->raw, (long long)one->centipoints);
        write_facts(text, contributions, count, i, input->subject->facts);
        buffer_append_char(text, ']');
        first = false;
    }
    buffer_append_char(text, ']');
}

enum result result_store(struct statement *statement, int64_t period, const struct score *score,
                         const struct score_engine *engine, const struct score_input *input,
                         struct buffer *dimensions, struct buffer *indicators,
                         struct error *error) {
    const struct policy *policy = input->policy;
    buffer_reset(dimensions);
    buffer_reset(indicators);
    for (size_t i = 0; i < policy->dimension_count; i++) {
        buffer_printf(dimensions, "%s%lld", i == 0 ? "[" : ",", (long long)score->dimensions[i]);
    }
    buffer_append_char(dimensions, ']');
    write_indicators(indicators, score, engine, input);
    if (dimensions->failed || indicators->failed) {
        return error_no_memory(error);
    }
    bool direct = score->decision == DECIDED_BY_DIRECT;
    bool by_override = score->decision == DECIDED_BY_OVERRIDE;
    return statement_run(
        statement,
        VALUES(value_int(period), value_int(input->subject->enterprise.id), value_date(input->day),
               value_int(score->total), value_text(risk_class_letter(score->score_class)),
               value_text(risk_class_letter(score->final_class)),
               value_text(score_decision_code(score->decision)),
               value_text(direct ? policy->direct[score->rule].code : NULL),
               by_override ? value_int(score->override_id) : value_null(),
               value_text(buffer_text(dimensions)), value_text(buffer_text(indicators))),
        error);
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
    *indicator = (struct result_indicator){
        .indicator = (size_t)item_int(item, 0),
        .value = json_integer_value(value),
        .known = !json_is_null(value),
        .raw = item_int(item, 2),
        .centipoints = item_int(item, 3),
        .fact_count = json_array_size(facts),
    };
    indicator->facts = arena_alloc(arena, (indicator->fact_count + 1) * sizeof(struct result_fact));
    if (json_is_string(value)) {
        indicator->code = arena_strdup(arena, json_string_value(value));
    }
    if (indicator->facts == NULL || (json_is_string(value) && indicator->code == NULL)) {
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
    return true;
}

/* Reads the two JSON columns into the row. */
static enum result read_breakdown(const char *dimensions, const char *indicators,
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
                    "dimensions, indicators, day FROM result WHERE period = ? AND enterprise = ?",
                    VALUES(value_int(period), value_int(enterprise)), error);
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
        code =
            read_breakdown(statement_string(rows, 6), statement_string(rows, 7), arena, row, error);
    }
    statement_free(rows);
    return code;
}
