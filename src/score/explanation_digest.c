#include "score/explanation_digest.h"

#include "base/buffer.h"

/* The text, a line each:
 *   xinfeng-explanation/1
 *   unit id, period YYYYMM, day YYYYMMDD, digest of the policy      (between tabs)
 *   total, class by score, final class, decision, rule, override
 *   dimension: code, centipoints
 *   indicator: code, value or code or "-", raw, centipoints
 *   fact of the indicator: "+", id, full, percent, centipoints
 *   related enterprise of the indicator: "=", id */
static void write_head(struct buffer *text, const struct explanation *explanation) {
    const struct result_row *result = &explanation->result;
    const struct enterprise *enterprise = &explanation->enterprise;
    buffer_append_text(text, "xinfeng-explanation/1\n");
    if (enterprise->uscc != NULL) {
        buffer_append_text(text, enterprise->uscc);
    } else if (enterprise->registration_number != NULL) {
        buffer_append_text(text, enterprise->registration_number);
    } else {
        buffer_printf(text, "#%lld", (long long)enterprise->id);
    }
    buffer_printf(text, "\t%lld\t%d\t%s\n", (long long)explanation->period.id, (int)result->day,
                  explanation->policy->digest);
    buffer_printf(text, "%lld\t%s\t%s\t%s\t%s\t%lld\n", (long long)result->total,
                  risk_class_letter(result->score_class), risk_class_letter(result->final_class),
                  score_decision_code(result->decision), result->rule == NULL ? "" : result->rule,
                  (long long)result->override_id);
}

static void write_indicator(struct buffer *text, const struct explanation *explanation,
                            const struct result_indicator *one) {
    buffer_append_text(text, explanation->policy->indicators[one->indicator].code);
    if (!one->known) {
        buffer_append_text(text, "\t-");
    } else if (one->code != NULL) {
        buffer_printf(text, "\t%s", one->code);
    } else {
        buffer_printf(text, "\t%lld", (long long)one->value);
    }
    buffer_printf(text, "\t%lld\t%lld\n", (long long)one->raw, (long long)one->centipoints);
    for (size_t i = 0; i < one->fact_count; i++) {
        const struct result_fact *fact = &one->facts[i];
        buffer_printf(text, "+\t%lld\t%lld\t%lld\t%lld\n", (long long)fact->fact,
                      (long long)fact->full, (long long)fact->percent,
                      (long long)fact->centipoints);
    }
    for (size_t i = 0; i < one->related_count; i++) {
        buffer_printf(text, "=\t%lld\n", (long long)one->related[i]);
    }
}

enum result explanation_digest(const struct explanation *explanation,
                               char hex[static DIGEST_HEX_SIZE], struct error *error) {
    struct buffer text = BUFFER_INIT;
    write_head(&text, explanation);
    for (size_t i = 0; i < explanation->policy->dimension_count; i++) {
        buffer_printf(&text, "%s\t%lld\n", explanation->policy->dimensions[i].code,
                      (long long)explanation->result.dimensions[i]);
    }
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        write_indicator(&text, explanation, &explanation->result.indicators[i]);
    }
    enum result code = text.failed ? error_no_memory(error)
                                   : digest_sha256_hex(buffer_text(&text), text.length, hex, error);
    buffer_free(&text);
    return code;
}
