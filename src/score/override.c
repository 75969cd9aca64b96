#include "score/override.h"

#include "base/gettext.h"
#include "base/text.h"
#include "guard/journal.h"
#include "policy/policy_store.h"
#include "score/period.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code;
    const char *name;
} kinds[] = {
    [OVERRIDE_SET_CLASS] = {"set-class", N_("set class")},
    [OVERRIDE_CONFIRM_DIRECT] = {"confirm-direct", N_("confirm direct rule")},
    [OVERRIDE_WAIVE_DIRECT] = {"waive-direct", N_("waive direct rule")},
    [OVERRIDE_EXCLUDE_FACT] = {"exclude-fact", N_("exclude fact")},
};

static const struct {
    const char *code;
    const char *name;
} states[] = {
    [OVERRIDE_PROPOSED] = {"proposed", N_("awaiting approval")},
    [OVERRIDE_APPROVED] = {"approved", N_("approved")},
    [OVERRIDE_REJECTED] = {"rejected", N_("rejected")},
    [OVERRIDE_WITHDRAWN] = {"withdrawn", N_("withdrawn")},
    [OVERRIDE_EXPIRED] = {"expired", N_("expired")},
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

const char *override_kind_code(enum score_override_kind kind) {
    return kinds[kind].code;
}

bool override_kind_find(const char *code, enum score_override_kind *kind) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(kinds[i].code, code) == 0) {
            *kind = (enum score_override_kind)i;
            return true;
        }
    }
    return false;
}

const char *override_kind_name(enum score_override_kind kind) {
    return _(kinds[kind].name);
}

const char *override_state_name(enum override_state state) {
    return _(states[state].name);
}

const char *override_state_code(enum override_state state) {
    return states[state].code;
}

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

/* The fact must belong to the enterprise, and the reason be one of X10. */
static enum result check_fact(struct store *store, const struct override *proposal,
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
    arena_free(arena);
    return code;
}

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

static enum result check_proposal(struct store *store, const struct override *proposal,
                                  struct error *error) {
    enum result code = check_words(proposal, error);
    if (code != RESULT_OK) {
        return code;
    }
    switch (proposal->kind) {
    case OVERRIDE_SET_CLASS:
        if (proposal->risk_class >= CLASS_COUNT) {
            return error_set(error, RESULT_INVALID, "%s", _("Give the class: A, B, C or D."));
        }
        return RESULT_OK;
    case OVERRIDE_EXCLUDE_FACT:
        return check_fact(store, proposal, error);
    case OVERRIDE_CONFIRM_DIRECT:
    case OVERRIDE_WAIVE_DIRECT:
        return check_rule(store, proposal, error);
    }
    return RESULT_OK;
}

/* Journals a step in the life of an override. */
static enum result journal_step(struct store *store, const struct actor *actor, const char *action,
                                int64_t id, const char *reason, const struct override *after,
                                struct error *error) {
    char subject[48];
    snprintf(subject, sizeof(subject), "override:%lld", (long long)id);
    char *json = NULL;
    if (after != NULL) {
        char from[DATE_TEXT_SIZE];
        char to[DATE_TEXT_SIZE];
        json_t *object = json_pack(
            "{s:s, s:I, s:I, s:s?, s:s?, s:s?, s:s, s:s, s:s}", "kind",
            override_kind_code(after->kind), "enterprise", (json_int_t)after->enterprise, "fact",
            (json_int_t)after->fact, "class",
            after->kind == OVERRIDE_SET_CLASS ? risk_class_letter(after->risk_class) : NULL, "rule",
            after->rule, "status", fact_status_code(after->fact_status), "document",
            after->document, "from", date_format(after->valid_from, from), "to",
            date_format(after->valid_to, to));
        json = object == NULL ? NULL : json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
        json_decref(object);
        if (json == NULL) {
            return error_no_memory(error);
        }
    }
    struct journal_entry entry = {
        .action = action, .subject = subject, .reason = reason, .after = json};
    enum result code = journal_write(store, actor, &entry, error);
    free(json);
    return code;
}

enum result override_propose(struct store *store, const struct actor *actor,
                             const struct override *proposal, int64_t *id, struct error *error) {
    struct override made = *proposal;
    if (made.valid_from == DATE_NONE) {
        made.valid_from = clock_today(&actor->clock);
    }
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = check_proposal(store, &made, error);
    bool sets_class = made.kind == OVERRIDE_SET_CLASS;
    bool excludes = made.kind == OVERRIDE_EXCLUDE_FACT;
    char at[CLOCK_TEXT_SIZE];
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "INSERT INTO override (kind, enterprise, fact, class, rule, fact_status, reason, "
            "basis, document, valid_from, valid_to, state, proposer, proposed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ?, ?)",
            VALUES(value_text(override_kind_code(made.kind)), value_int(made.enterprise),
                   excludes ? value_int(made.fact) : value_null(),
                   value_text(sets_class ? risk_class_letter(made.risk_class) : NULL),
                   value_text(made.rule), excludes ? value_int(made.fact_status) : value_null(),
                   value_text(made.reason), value_text(made.basis), value_text(made.document),
                   value_date(made.valid_from), value_date(made.valid_to), value_text(actor->name),
                   value_text(clock_now(&actor->clock, at))),
            error);
        *id = store_last_id(store);
    }
    if (code == RESULT_OK) {
        code = journal_step(store, actor, "override.propose", *id, made.reason, &made, error);
    }
    return store_finish(store, code, error);
}

/* Loads an override and sees that it stands in one of two states. */
static enum result load_in_state(struct store *store, const struct actor *actor, int64_t id,
                                 enum override_state one, enum override_state other,
                                 struct arena *arena, struct override *override,
                                 struct error *error) {
    enum result code = override_load(store, id, clock_today(&actor->clock), arena, override, error);
    if (code == RESULT_OK && override->state != one && override->state != other) {
        code =
            error_set(error, RESULT_REFUSED, _("Override %lld is %s already; nothing was changed."),
                      (long long)id, override_state_name(override->state));
    }
    return code;
}

/* One step of approve, reject or withdraw, in a transaction, with the score that follows. */
static enum result step(struct store *store, const struct actor *actor,
                        const struct override *override, enum override_state state,
                        const char *reason, struct error *error) {
    bool withdraw = state == OVERRIDE_WITHDRAWN;
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code = store_execute(
        store,
        withdraw ? "UPDATE override SET state = ?, withdrawn_by = ?, withdrawn_at = ? WHERE id = ?"
                 : "UPDATE override SET state = ?, approver = ?, decided_at = ? WHERE id = ?",
        VALUES(value_text(override_state_code(state)), value_text(actor->name), value_text(at),
               value_int(override->id)),
        error);
    if (code == RESULT_OK) {
        const char *action = withdraw                     ? "override.withdraw"
                             : state == OVERRIDE_APPROVED ? "override.approve"
                                                          : "override.reject";
        code = journal_step(store, actor, action, override->id, reason, NULL, error);
    }
    if (code == RESULT_OK && state != OVERRIDE_REJECTED) {
        code = period_rescore(store, actor, &override->enterprise, 1, error);
    }
    return code;
}

/* The frame of the three steps: load, check, change, all or nothing. */
static enum result decide(struct store *store, const struct actor *actor, int64_t id,
                          enum override_state state, const char *reason, struct error *error) {
    bool withdraw = state == OVERRIDE_WITHDRAWN;
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    struct override override;
    code = arena == NULL ? error_no_memory(error)
                         : load_in_state(store, actor, id, OVERRIDE_PROPOSED,
                                         withdraw ? OVERRIDE_APPROVED : OVERRIDE_PROPOSED, arena,
                                         &override, error);
    if (code == RESULT_OK && !withdraw) {
        code = actor_check_other(actor, override.proposer, _("The override"), error);
    }
    if (code == RESULT_OK) {
        code = step(store, actor, &override, state, reason, error);
    }
    arena_free(arena);
    return store_finish(store, code, error);
}

enum result override_approve(struct store *store, const struct actor *actor, int64_t id,
                             struct error *error) {
    return decide(store, actor, id, OVERRIDE_APPROVED, NULL, error);
}

enum result override_reject(struct store *store, const struct actor *actor, int64_t id,
                            const char *reason, struct error *error) {
    if (text_blank(reason)) {
        return error_set(error, RESULT_INVALID, "%s", _("Give the reason of the rejection."));
    }
    return decide(store, actor, id, OVERRIDE_REJECTED, reason, error);
}

enum result override_withdraw(struct store *store, const struct actor *actor, int64_t id,
                              const char *reason, struct error *error) {
    if (text_blank(reason)) {
        return error_set(error, RESULT_INVALID, "%s", _("Give the reason of the withdrawal."));
    }
    return decide(store, actor, id, OVERRIDE_WITHDRAWN, reason, error);
}

struct score_override override_preview(const struct override *proposal,
                                       const struct policy *policy) {
    return (struct score_override){
        .id = proposal->id,
        .kind = proposal->kind,
        .risk_class = proposal->risk_class,
        .rule = proposal->rule == NULL ? policy->direct_count
                                       : policy_direct_find(policy, proposal->rule),
        .fact = proposal->fact,
    };
}
