#include "score/result_store.h"

#include "score/result.h"

#include <string.h>

enum result result_prepare(struct statement **statement, struct store *store, struct error *error) {
    return statement_prepare(
        statement, store,
        "INSERT OR REPLACE INTO result (id, period, enterprise, day, total, score_class, "
        "final_class, decided_by, decided_rule, decided_id, dimensions, indicators, policy, "
        "facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        const int64_t numbers[] = {facts[one->fact].id, one->full, one->percent, one->centipoints};
        buffer_append_text(text, first ? "" : ",");
        for (size_t j = 0; j < sizeof(numbers) / sizeof(numbers[0]); j++) {
            buffer_append_char(text, j == 0 ? '[' : ',');
            buffer_append_number(text, numbers[j]);
        }
        buffer_append_char(text, ']');
        first = false;
    }
    buffer_append_char(text, ']');
}

/* ,[enterprise, ...]: the related enterprises that count; nothing for other indicators. */
static void write_related(struct buffer *text, const struct score_input *input, size_t indicator) {
    if (input->policy->indicators[indicator].kind != POLICY_RELATION || input->around == NULL ||
        input->around->related == NULL) {
        return;
    }
    const struct score_related *related = &input->around->related[indicator];
    buffer_append_text(text, ",[");
    for (int64_t i = 0; i < related->hits; i++) {
        buffer_append_text(text, i == 0 ? "" : ",");
        buffer_append_number(text, related->enterprises[i]);
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
        buffer_append_text(text, first ? "[" : ",[");
        buffer_append_number(text, (int64_t)i);
        buffer_append_char(text, ',');
        if (!one->known) {
            buffer_append_text(text, "null");
        } else if (one->code != NULL) {
            write_code(text, one->code);
        } else {
            buffer_append_number(text, one->value);
        }
        buffer_append_char(text, ',');
        buffer_append_number(text, one->raw);
        buffer_append_char(text, ',');
        buffer_append_number(text, one->centipoints);
        buffer_append_char(text, ',');
        write_facts(text, contributions, count, i, input->subject->facts);
        write_related(text, input, i);
        buffer_append_char(text, ']');
        first = false;
    }
    buffer_append_char(text, ']');
}

void result_line_make(struct result_line *line, const struct scored *scored, date period_day,
                      struct buffer *texts) {
    const struct score *score = &scored->score;
    const struct score_input *input = &scored->input;
    const struct policy *policy = input->policy;
    *line = (struct result_line){
        .enterprise = input->subject->enterprise.id,
        .day = input->day == period_day ? DATE_NONE : input->day,
        .total = score->total,
        .score_class = score->score_class,
        .final_class = score->final_class,
        .decision = score->decision,
        .rule = score->decision == DECIDED_BY_DIRECT ? policy->direct[score->rule].code : NULL,
        .override_id = score->decision == DECIDED_BY_OVERRIDE ? score->override_id : 0,
        .policy = scored->policy,
        .facts = (int64_t)input->subject->fact_count,
        .dimensions = texts->length,
    };
    for (size_t i = 0; i < policy->dimension_count; i++) {
        buffer_append_char(texts, i == 0 ? '[' : ',');
        buffer_append_number(texts, score->dimensions[i]);
    }
    buffer_append_text(texts, policy->dimension_count == 0 ? "[]" : "]");
    buffer_append_char(texts, '\0');
    line->indicators = texts->length;
    write_indicators(texts, score, scored->engine, input);
    buffer_append_char(texts, '\0');
}

void result_line_values(const struct result_line *line, int64_t period, const char *texts,
                        struct value values[static RESULT_COLUMNS]) {
    const struct value all[RESULT_COLUMNS] = {
        value_int(result_id(period, line->enterprise)),
        value_int(period),
        value_int(line->enterprise),
        value_date(line->day),
        value_int(line->total),
        value_text(risk_class_letter(line->score_class)),
        value_text(risk_class_letter(line->final_class)),
        value_text(score_decision_code(line->decision)),
        value_text(line->rule),
        line->override_id == 0 ? value_null() : value_int(line->override_id),
        value_text(texts + line->dimensions),
        value_text(texts + line->indicators),
        value_int(line->policy),
        value_int(line->facts),
    };
    memcpy(values, all, sizeof(all));
}

enum result result_line_store(struct statement *statement, int64_t period,
                              const struct result_line *line, const char *texts,
                              struct error *error) {
    struct value values[RESULT_COLUMNS];
    result_line_values(line, period, texts, values);
    return statement_run(statement, values, RESULT_COLUMNS, error);
}
