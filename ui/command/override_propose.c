#include "ui/command/override_propose.h"

#include "base/gettext.h"
#include "intake/value_money.h"
#include "score/explanation.h"
#include "score/override_text.h"
#include "ui/command/output.h"

#include <string.h>

/* ---- reading the options --------------------------------------------------------------------- */

/* The attachments, each read and digested. */
static enum result read_attachments(const struct arguments *arguments, struct arena *arena,
                                    struct override *proposal, struct error *error) {
    size_t count = 0;
    while (argument_text_at(arguments, "attach", count) != NULL) {
        count++;
    }
    struct attachment *attachments = arena_alloc(arena, (count + 1) * sizeof(*attachments));
    enum result code = attachments == NULL ? error_no_memory(error) : RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = attachment_read(argument_text_at(arguments, "attach", i), arena, &attachments[i],
                               error);
    }
    proposal->attachments = attachments;
    proposal->attachment_count = count;
    return code;
}

/* What remains of a fact of which a part is revoked. */
static enum result read_part(const struct arguments *arguments, struct override *proposal,
                             struct error *error) {
    const char *amount = argument_text(arguments, "amount-left");
    int64_t level = 0;
    enum result code = argument_number(arguments, "level-left", 0, 9, FACT_NO_LEVEL, &level, error);
    proposal->amount_left = FACT_NO_AMOUNT;
    proposal->level_left = (int32_t)level;
    proposal->part =
        proposal->kind == OVERRIDE_EXCLUDE_FACT && (amount != NULL || level != FACT_NO_LEVEL);
    if (code == RESULT_OK && amount != NULL &&
        value_money_parse(amount, MONEY_YUAN, &proposal->amount_left) != PARSE_OK) {
        code = error_set(error, RESULT_USAGE,
                         _("--amount-left: \"%s\" is no amount of yuan, for instance 20000.00."),
                         amount);
    }
    return code;
}

static enum result read_words(const struct arguments *arguments, struct override *proposal,
                              struct error *error) {
    const char *status = argument_text(arguments, "status");
    const char *novelty = argument_text(arguments, "novelty");
    proposal->risk_class = risk_class_find(argument_text(arguments, "class"));
    proposal->rule = argument_text(arguments, "rule");
    proposal->fact_status = status == NULL ? -1 : fact_status_find(status);
    proposal->reason = argument_text(arguments, "reason");
    proposal->basis = argument_text(arguments, "basis");
    proposal->document = argument_text(arguments, "document");
    if (novelty != NULL && !override_novelty_find(novelty, &proposal->novelty)) {
        return error_set(error, RESULT_USAGE,
                         _("--novelty: \"%s\" is not known; it is technology, industry, form or "
                           "model."),
                         novelty);
    }
    return RESULT_OK;
}

/* Reads the proposal's particulars from the options. */
static enum result read_proposal(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct override *proposal,
                                 struct error *error) {
    const char *kind = NULL;
    const char *uscc = NULL;
    enum result code = argument_word(arguments, 1, _("The kind of override"), &kind, error);
    if (code == RESULT_OK && !override_kind_find(kind, &proposal->kind)) {
        code = error_set(error, RESULT_USAGE,
                         _("\"%s\" is no kind of override; it is set-class, exclude-fact, "
                           "confirm-direct, waive-direct or observe."),
                         kind);
    }
    if (code == RESULT_OK) {
        code = argument_word(arguments, 2, _("The USCC"), &uscc, error);
    }
    if (code == RESULT_OK) {
        code = enterprise_find(session->store, uscc, &proposal->enterprise, error);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "fact", 1, INT64_MAX, 0, &proposal->fact, error);
    }
    if (code == RESULT_OK) {
        code = argument_date(arguments, "until", DATE_NONE, &proposal->valid_to, error);
    }
    if (code == RESULT_OK) {
        code = argument_date(arguments, "from", DATE_NONE, &proposal->valid_from, error);
    }
    if (code == RESULT_OK) {
        code = read_words(arguments, proposal, error);
    }
    if (code == RESULT_OK) {
        code = read_part(arguments, proposal, error);
    }
    return code == RESULT_OK ? read_attachments(arguments, arena, proposal, error) : code;
}

/* ---- what it would do ------------------------------------------------------------------------ */

static json_t *score_json(const struct score *score, const struct policy *policy) {
    return json_pack(
        "{s:I, s:s, s:s, s:{s:s, s:o, s:o}}", "centipoints", (json_int_t)score->total,
        "score_class", risk_class_letter(score->score_class), "final_class",
        risk_class_letter(score->final_class), "decided_by", "kind",
        score_decision_code(score->decision), "rule",
        output_text(score->decision == DECIDED_BY_DIRECT ? policy->direct[score->rule].code : NULL),
        "id",
        score->decision == DECIDED_BY_OVERRIDE && score->override_id != 0
            ? json_integer(score->override_id)
            : json_null());
}

static enum result print_score(const char *heading, const struct score *score,
                               const struct policy *policy, struct error *error) {
    char points[POINTS_TEXT_SIZE];
    struct buffer decision = BUFFER_INIT;
    override_text_decision(score, policy, &decision);
    output_line("%s", heading);
    output_line(_("  class %s, score %s, class by score %s; %s"),
                risk_class_letter(score->final_class), output_points(score->total, points),
                risk_class_letter(score->score_class), buffer_text(&decision));
    bool whole = !decision.failed;
    buffer_free(&decision);
    return whole ? RESULT_OK : error_no_memory(error);
}

/* Tells the effect of a proposal that could be made. */
static enum result tell(struct session *session, const struct override *proposal,
                        const struct explanation *explanation,
                        const struct explanation_effect *effect, struct error *error) {
    const struct policy *policy = explanation->policy;
    char day[DATE_TEXT_SIZE];
    if (session->json) {
        return output_json(json_pack("{s:s, s:o, s:o, s:o, s:b}", "kind",
                                     override_kind_code(proposal->kind), "day",
                                     output_date(effect->day), "before",
                                     score_json(&effect->before, policy), "after",
                                     score_json(&effect->after, policy), "proposed", false),
                           error);
    }
    date_format(effect->day, day);
    output_line(_("Judged on %s; nothing was proposed."), day);
    enum result code = print_score(_("Now:"), &effect->before, policy, error);
    if (code == RESULT_OK) {
        code = print_score(_("With it:"), &effect->after, policy, error);
    }
    if (code == RESULT_OK && proposal->kind == OVERRIDE_OBSERVE) {
        output_line("%s", _("An observation period leaves score and class; it bears on which "
                            "inspections are planned."));
    }
    return code;
}

static enum result preview(struct session *session, struct override *proposal, struct arena *arena,
                           struct error *error) {
    struct explanation explanation = {0};
    struct explanation_effect effect;
    const struct clock *clock = &session->actor.clock;
    enum result code = override_check(session->store, clock_today(clock), proposal, error);
    if (code == RESULT_OK) {
        code =
            explanation_load(session->store, proposal->enterprise, 0, arena, &explanation, error);
    }
    if (code == RESULT_OK) {
        code = explanation_preview(session->store, &explanation, clock, proposal, &effect, error);
    }
    if (code == RESULT_OK) {
        code = tell(session, proposal, &explanation, &effect, error);
    }
    explanation_clear(&explanation);
    return code;
}

enum result override_propose_run(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct error *error) {
    struct override proposal = {0};
    int64_t id = 0;
    enum result code = read_proposal(session, arguments, arena, &proposal, error);
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK && argument_flag(arguments, "preview")) {
        return preview(session, &proposal, arena, error);
    }
    if (code == RESULT_OK) {
        code = override_propose(session->store, &session->actor, &proposal, &id, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(json_pack("{s:I, s:s}", "id", (json_int_t)id, "state", "proposed"),
                           error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("Override %lld is proposed; another person approves it with \"xinfeng "
                      "override approve %lld\"."),
                    (long long)id, (long long)id);
    }
    return code;
}
