#include "score/override.h"

#include "base/gettext.h"
#include "base/text.h"
#include "policy/policy_store.h"
#include "score/period.h"
#include "store/statement.h"

static enum result check_words(const struct override *proposal, struct error *error) {
    if (text_blank(proposal->reason)) {
        return error_set(error, RESULT_INVALID, "%s", _("Give the reason of the override."));
    }
    if (text_blank(proposal->document)) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("Give the number of the document the override rests on."));
    }
    if (proposal->valid_to != DATE_NONE && proposal->valid_to <= proposal->valid_from) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("The override would end before it begins; give a later end."));
    }
    return RESULT_OK;
}

/* ---- exclude-fact: article 10 ---------------------------------------------------------------- */

/* What stands of a fact on a day, once the parts revoked by others are gone. */
static enum result load_standing(struct store *store, const struct override *proposal, date day,
                                 struct fact *fact, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, store,
        "SELECT amount_left, level_left FROM override WHERE fact = ?1 AND id <> ?2 "
        "AND kind = 'exclude-fact' AND state = 'approved' AND valid_from <= ?3 "
        "AND (valid_to IS NULL OR valid_to > ?3)",
        VALUES(value_int(proposal->fact), value_int(proposal->id), value_date(day)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        const struct score_override other = {
            .kind = OVERRIDE_EXCLUDE_FACT,
            .fact = fact->id,
            .part = true,
            .amount_left = statement_is_null(rows, 0) ? FACT_NO_AMOUNT : statement_int(rows, 0),
            .level_left =
                statement_is_null(rows, 1) ? FACT_NO_LEVEL : (int32_t)statement_int(rows, 1),
        };
        score_override_lower(&other, fact);
    }
    statement_free(rows);
    return code;
}

/* What remains must be less than what stands, and of something that the fact has. */
static enum result check_remainder(const struct override *proposal, const struct fact *fact,
                                   struct error *error) {
    bool amount = proposal->amount_left != FACT_NO_AMOUNT;
    bool level = proposal->level_left != FACT_NO_LEVEL;
    if (proposal->fact_status != FACT_STATUS_revoked) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("Only a revocation can be of a part of a fact (article 10, item 1); on "
                           "any other ground exclude the whole fact."));
    }
    if (!amount && !level) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("Say what remains of the fact: the amount, the level or both."));
    }
    if ((amount && fact->amount == FACT_NO_AMOUNT) || (level && fact->level == FACT_NO_LEVEL)) {
        return error_set(error, RESULT_INVALID,
                         amount && fact->amount == FACT_NO_AMOUNT
                             ? _("Fact %lld has no amount, so none can remain of it.")
                             : _("Fact %lld has no level, so none can remain of it."),
                         (long long)fact->id);
    }
    if ((amount && (proposal->amount_left < 0 || proposal->amount_left > fact->amount)) ||
        (level && (proposal->level_left < 0 || proposal->level_left > fact->level))) {
        return error_set(error, RESULT_INVALID,
                         amount &&
                                 (proposal->amount_left < 0 || proposal->amount_left > fact->amount)
                             ? _("Of fact %lld no more than its amount, and nothing below 0, can "
                                 "remain.")
                             : _("Of fact %lld no more than its level, and nothing below 0, can "
                                 "remain."),
                         (long long)fact->id);
    }
    if ((!amount || proposal->amount_left == fact->amount) &&
        (!level || proposal->level_left == fact->level)) {
        return error_set(error, RESULT_INVALID,
                         _("All of fact %lld would remain; give a smaller amount or level."),
                         (long long)fact->id);
    }
    return RESULT_OK;
}

/* A part: what remains, and what stood before. A proposal that was made already must have found
 * what stands now. */
static enum result check_part(struct store *store, date today, struct override *proposal,
                              struct fact *fact, struct error *error) {
    enum result code = load_standing(store, proposal, today, fact, error);
    int64_t amount = proposal->amount_left == FACT_NO_AMOUNT ? FACT_NO_AMOUNT : fact->amount;
    int32_t level = proposal->level_left == FACT_NO_LEVEL ? FACT_NO_LEVEL : fact->level;
    if (code == RESULT_OK && proposal->id != 0 &&
        (proposal->amount_before != amount || proposal->level_before != level)) {
        code = error_set(error, RESULT_REFUSED,
                         _("Fact %lld has changed since override %lld was proposed; reject it and "
                           "propose what remains anew."),
                         (long long)fact->id, (long long)proposal->id);
    }
    if (code == RESULT_OK) {
        code = check_remainder(proposal, fact, error);
    }
    proposal->amount_before = amount;
    proposal->level_before = level;
    return code;
}

/* The fact must belong to the enterprise, and the reason be one of X10. */
static enum result check_fact(struct store *store, date today, struct override *proposal,
                              struct error *error) {
    if (fact_enterprise(proposal->fact) != proposal->enterprise) {
        return error_set(error, RESULT_INVALID,
                         _("Fact %lld does not belong to this enterprise; see its facts for the "
                           "numbers."),
                         (long long)proposal->fact);
    }
    if (proposal->fact_status <= FACT_STATUS_valid ||
        fact_status_code(proposal->fact_status) == NULL) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("Say which ground of article 10 excludes the fact: revoked, changed, "
                           "erroneous, disputed or excluded_by_law."));
    }
    struct arena *arena = arena_new();
    struct fact fact;
    enum result code = arena == NULL ? error_no_memory(error)
                                     : fact_load(store, proposal->fact, arena, &fact, error);
    if (code == RESULT_OK && proposal->part) {
        code = check_part(store, today, proposal, &fact, error);
    }
    arena_free(arena);
    return code;
}

/* ---- direct rules: article 11 ---------------------------------------------------------------- */

/* The rule must be one of the policy in force for the enterprise; a waiver of it must end
 * (semantics, step 6). */
static enum result check_rule(struct store *store, const struct override *proposal,
                              struct error *error) {
    struct policy_set set = {.count = 0};
    struct enterprise enterprise;
    const char *rule = proposal->rule == NULL ? "" : proposal->rule;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error)
                      : enterprise_load(store, proposal->enterprise, arena, &enterprise, error);
    if (code == RESULT_OK) {
        code = policy_set_in_force(store, &set, error);
    }
    size_t place = code != RESULT_OK ? 0
                                     : policy_set_pick(&set, enterprise.kind, enterprise.region,
                                                       enterprise.industry);
    const struct policy *policy = place < set.count ? set.policies[place] : NULL;
    if (code == RESULT_OK &&
        (policy == NULL || policy_direct_find(policy, rule) == policy->direct_count)) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("The policy in force has no direct rule \"%s\"; see \"xinfeng policy "
                           "show\" for its rules."),
                         rule);
    }
    if (code == RESULT_OK && proposal->kind == OVERRIDE_WAIVE_DIRECT &&
        proposal->valid_to == DATE_NONE) {
        code = error_set(error, RESULT_INVALID, "%s",
                         _("A direct rule is waived for a time only; give the day it ends."));
    }
    policy_set_free(&set);
    arena_free(arena);
    return code;
}

/* ---- observe: article 19 --------------------------------------------------------------------- */

/* Low and moderate risk are given a time of observation, for something new; high risk is not. */
static enum result check_observation(struct store *store, const struct override *proposal,
                                     struct error *error) {
    if (override_novelty_code(proposal->novelty) == NULL) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("Say what is new about the enterprise: technology, industry, form or "
                           "model."));
    }
    if (proposal->valid_to == DATE_NONE) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("An observation period ends some day; give that day."));
    }
    int64_t letter = 0;
    enum result code = store_fetch_int(store,
                                       "SELECT unicode(final_class) FROM result WHERE id = "
                                       "((SELECT max(id) FROM period) << 40 | ?1)",
                                       VALUES(value_int(proposal->enterprise)), 0, &letter, error);
    if (code == RESULT_OK && (letter == 'C' || letter == 'D')) {
        code = error_set(error, RESULT_REFUSED,
                         _("The enterprise is of class %c; only A and B are given an observation "
                           "period (article 19)."),
                         (char)letter);
    }
    return code;
}

enum result override_check(struct store *store, date today, struct override *proposal,
                           struct error *error) {
    if (proposal->valid_from == DATE_NONE) {
        proposal->valid_from = today;
    }
    enum result code = check_words(proposal, error);
    if (code != RESULT_OK) {
        return code;
    }
    switch (proposal->kind) {
    case OVERRIDE_SET_CLASS:
        return proposal->risk_class < CLASS_COUNT
                   ? RESULT_OK
                   : error_set(error, RESULT_INVALID, "%s", _("Give the class: A, B, C or D."));
    case OVERRIDE_EXCLUDE_FACT:
        return check_fact(store, today, proposal, error);
    case OVERRIDE_CONFIRM_DIRECT:
    case OVERRIDE_WAIVE_DIRECT:
        return check_rule(store, proposal, error);
    case OVERRIDE_OBSERVE:
        return check_observation(store, proposal, error);
    }
    return RESULT_OK;
}
