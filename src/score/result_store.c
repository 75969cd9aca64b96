#include "score/result_store.h"

#include "score/result.h"

enum result result_prepare(struct statement **statement, struct store *store, struct error *error) {
    return statement_prepare(
        statement, store,
        "INSERT OR REPLACE INTO result (period, enterprise, day, total, score_class, final_class, "
        "decided_by, decided_rule, decided_id, dimensions, indicators, policy) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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

/* ,[enterprise, ...]: the related enterprises that count; nothing for other indicators. */
static void write_related(struct buffer *text, const struct score_input *input, size_t indicator) {
    if (input->policy->indicators[indicator].kind != POLICY_RELATION || input->around == NULL ||
        input->around->related == NULL) {
        return;
    }
    const struct score_related *related = &input->around->related[indicator];
    buffer_append_text(text, ",[");
    for (int64_t i = 0; i < related->hits; i++) {
        buffer_printf(text, "%s%lld", i == 0 ? "" : ",", (long long)related->enterprises[i]);
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
        write_related(text, input, i);
        buffer_append_char(text, ']');
        first = false;
    }
    buffer_append_char(text, ']');
}

enum result result_write_breakdown(const struct scored *scored, struct buffer *dimensions,
                                   struct buffer *indicators, struct error *error) {
    const struct score *score = &scored->score;
    buffer_reset(dimensions);
    buffer_reset(indicators);
    for (size_t i = 0; i < scored->input.policy->dimension_count; i++) {
        buffer_printf(dimensions, "%s%lld", i == 0 ? "[" : ",", (long long)score->dimensions[i]);
    }
    buffer_append_char(dimensions, ']');
    write_indicators(indicators, score, scored->engine, &scored->input);
    return dimensions->failed || indicators->failed ? error_no_memory(error) : RESULT_OK;
}

enum result result_store(struct statement *statement, int64_t period, const struct scored *scored,
                         struct buffer *dimensions, struct buffer *indicators,
                         struct error *error) {
    const struct score *score = &scored->score;
    const struct score_input *input = &scored->input;
    const struct policy *policy = input->policy;
    enum result code = result_write_breakdown(scored, dimensions, indicators, error);
    if (code != RESULT_OK) {
        return code;
    }
    bool direct = score->decision == DECIDED_BY_DIRECT;
    bool by_override = score->decision == DECIDED_BY_OVERRIDE;
    return statement_run(statement,
                         VALUES(value_int(period), value_int(input->subject->enterprise.id),
                                value_date(input->day), value_int(score->total),
                                value_text(risk_class_letter(score->score_class)),
                                value_text(risk_class_letter(score->final_class)),
                                value_text(score_decision_code(score->decision)),
                                value_text(direct ? policy->direct[score->rule].code : NULL),
                                by_override ? value_int(score->override_id) : value_null(),
                                value_text(buffer_text(dimensions)),
                                value_text(buffer_text(indicators)), value_int(scored->policy)),
                         error);
}
