#include "score/override.h"

#include "base/gettext.h"
#include "base/text.h"
#include "guard/journal.h"
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
    [OVERRIDE_OBSERVE] = {"observe", N_("observation period")},
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

static const struct {
    const char *code;
    const char *name;
} novelties[NOVELTY_COUNT] = {
    [NOVELTY_TECHNOLOGY] = {"technology", N_("new technology")},
    [NOVELTY_INDUSTRY] = {"industry", N_("new industry")},
    [NOVELTY_FORM] = {"form", N_("new form of business")},
    [NOVELTY_MODEL] = {"model", N_("new model of business")},
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

const char *override_novelty_code(enum override_novelty novelty) {
    return novelties[novelty].code;
}

bool override_novelty_find(const char *code, enum override_novelty *novelty) {
    for (int i = NOVELTY_NONE + 1; i < NOVELTY_COUNT; i++) {
        if (strcmp(novelties[i].code, code) == 0) {
            *novelty = (enum override_novelty)i;
            return true;
        }
    }
    return false;
}

const char *override_novelty_name(enum override_novelty novelty) {
    return novelty == NOVELTY_NONE ? "" : _(novelties[novelty].name);
}

/* ---- the journal ----------------------------------------------------------------------------- */

static json_t *number_json(int64_t number, int64_t none) {
    return number == none ? json_null() : json_integer(number);
}

static json_t *attachments_json(const struct override *override) {
    json_t *all = json_array();
    for (size_t i = 0; i < override->attachment_count; i++) {
        const struct attachment *one = &override->attachments[i];
        json_array_append_new(all, json_pack("{s:s, s:I, s:s}", "name", one->name, "size",
                                             (json_int_t)one->size, "sha256", one->digest));
    }
    return all;
}

/* What is proposed, for the journal. */
static json_t *proposal_json(const struct override *made) {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    json_t *object =
        json_pack("{s:s, s:I, s:I, s:s?, s:s?, s:s?, s:s, s:s, s:s, s:s?, s:o}", "kind",
                  override_kind_code(made->kind), "enterprise", (json_int_t)made->enterprise,
                  "fact", (json_int_t)made->fact, "class",
                  made->kind == OVERRIDE_SET_CLASS ? risk_class_letter(made->risk_class) : NULL,
                  "rule", made->rule, "status",
                  made->kind == OVERRIDE_EXCLUDE_FACT ? fact_status_code(made->fact_status) : NULL,
                  "document", made->document, "from", date_format(made->valid_from, from), "to",
                  date_format(made->valid_to, to), "novelty", override_novelty_code(made->novelty),
                  "attachments", attachments_json(made));
    if (object != NULL && made->part) {
        json_object_set_new(object, "amount_before",
                            number_json(made->amount_before, FACT_NO_AMOUNT));
        json_object_set_new(object, "amount_left", number_json(made->amount_left, FACT_NO_AMOUNT));
        json_object_set_new(object, "level_before", number_json(made->level_before, FACT_NO_LEVEL));
        json_object_set_new(object, "level_left", number_json(made->level_left, FACT_NO_LEVEL));
    }
    return object;
}

/* How the enterprise stands in the newest period: null when it has no result there. */
static enum result standing_json(struct store *store, int64_t enterprise, json_t **standing,
                                 struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    *standing = NULL;
    enum result code = store_query(&rows, store,
                                   "SELECT period, total, final_class, decided_by FROM result "
                                   "WHERE id = ((SELECT max(id) FROM period) << 40 | ?)",
                                   VALUES(value_int(enterprise)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK) {
        *standing =
            !row ? json_null()
                 : json_pack("{s:I, s:I, s:s, s:s}", "period", (json_int_t)statement_int(rows, 0),
                             "centipoints", (json_int_t)statement_int(rows, 1), "class",
                             statement_string(rows, 2), "decided_by", statement_string(rows, 3));
        code = *standing == NULL ? error_no_memory(error) : RESULT_OK;
    }
    statement_free(rows);
    return code;
}

/* Journals a step in the life of an override, from one state of things to the next. Takes both;
 * NULL: there is nothing to say of it. */
static enum result journal_step(struct store *store, const struct actor *actor, const char *action,
                                int64_t id, const char *reason, json_t *before, json_t *after,
                                struct error *error) {
    char subject[48];
    snprintf(subject, sizeof(subject), "override:%lld", (long long)id);
    char *from =
        before == NULL ? NULL : json_dumps(before, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
    char *to =
        after == NULL ? NULL : json_dumps(after, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
    struct journal_entry entry = {
        .action = action, .subject = subject, .reason = reason, .before = from, .after = to};
    enum result code = (before != NULL && from == NULL) || (after != NULL && to == NULL)
                           ? error_no_memory(error)
                           : journal_write(store, actor, &entry, error);
    free(from);
    free(to);
    json_decref(before);
    json_decref(after);
    return code;
}

/* ---- steps of its life ----------------------------------------------------------------------- */

static struct value amount_value(bool part, int64_t amount) {
    return part && amount != FACT_NO_AMOUNT ? value_int(amount) : value_null();
}

static struct value level_value(bool part, int32_t level) {
    return part && level != FACT_NO_LEVEL ? value_int(level) : value_null();
}

static enum result insert(struct store *store, const struct actor *actor,
                          const struct override *made, int64_t *id, struct error *error) {
    bool sets_class = made->kind == OVERRIDE_SET_CLASS;
    bool excludes = made->kind == OVERRIDE_EXCLUDE_FACT;
    bool part = made->part;
    char at[CLOCK_TEXT_SIZE];
    enum result code = store_execute(
        store,
        "INSERT INTO override (kind, enterprise, fact, class, rule, fact_status, reason, "
        "basis, document, valid_from, valid_to, amount_before, amount_left, level_before, "
        "level_left, novelty, state, proposer, proposed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ?, ?)",
        VALUES(value_text(override_kind_code(made->kind)), value_int(made->enterprise),
               excludes ? value_int(made->fact) : value_null(),
               value_text(sets_class ? risk_class_letter(made->risk_class) : NULL),
               value_text(made->rule), excludes ? value_int(made->fact_status) : value_null(),
               value_text(made->reason), value_text(made->basis), value_text(made->document),
               value_date(made->valid_from), value_date(made->valid_to),
               amount_value(part, made->amount_before), amount_value(part, made->amount_left),
               level_value(part, made->level_before), level_value(part, made->level_left),
               value_text(override_novelty_code(made->novelty)), value_text(actor->name),
               value_text(clock_now(&actor->clock, at))),
        error);
    *id = store_last_id(store);
    return code;
}

enum result override_propose(struct store *store, const struct actor *actor,
                             const struct override *proposal, int64_t *id, struct error *error) {
    struct override made = *proposal;
    made.id = 0;
    made.part = made.part && made.kind == OVERRIDE_EXCLUDE_FACT;
    made.novelty = made.kind == OVERRIDE_OBSERVE ? made.novelty : NOVELTY_NONE;
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = override_check(store, clock_today(&actor->clock), &made, error);
    if (code == RESULT_OK) {
        code = insert(store, actor, &made, id, error);
    }
    if (code == RESULT_OK) {
        code = attachment_save(store, *id, made.attachments, made.attachment_count, error);
    }
    if (code == RESULT_OK) {
        json_t *after = proposal_json(&made);
        code = after == NULL ? error_no_memory(error)
                             : journal_step(store, actor, "override.propose", *id, made.reason,
                                            NULL, after, error);
    }
    return store_finish(store, code, error);
}

/* What a person decides about an override. */
struct decision {
    enum override_state state; /* to which it goes */
    const char *action;        /* in the journal */
    const char *reason;
    const char *document; /* of a withdrawal */
};

/* Loads an override and sees that it may take this step. */
static enum result load_for(struct store *store, const struct actor *actor, int64_t id,
                            const struct decision *decision, struct arena *arena,
                            struct override *override, struct error *error) {
    bool withdraw = decision->state == OVERRIDE_WITHDRAWN;
    enum result code = override_load(store, id, clock_today(&actor->clock), arena, override, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (override->state != OVERRIDE_PROPOSED &&
        !(withdraw && override->state == OVERRIDE_APPROVED)) {
        return error_set(error, RESULT_REFUSED,
                         _("Override %lld is %s already; nothing was changed."), (long long)id,
                         override_state_name(override->state));
    }
    if (withdraw && override->state == OVERRIDE_APPROVED &&
        override->kind == OVERRIDE_EXCLUDE_FACT && text_blank(decision->document)) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("A fact is restored by a document too; give its number."));
    }
    if (!withdraw) {
        code = actor_check_other(actor, override->proposer, _("The override"), error);
    }
    return code == RESULT_OK && decision->state == OVERRIDE_APPROVED
               ? override_check(store, clock_today(&actor->clock), override, error)
               : code;
}

/* Changes the row. */
static enum result settle(struct store *store, const struct actor *actor, int64_t id,
                          const struct decision *decision, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    if (decision->state == OVERRIDE_WITHDRAWN) {
        return store_execute(
            store,
            "UPDATE override SET state = 'withdrawn', withdrawn_by = ?, withdrawn_at = ?, "
            "withdrawn_reason = ?, withdrawn_document = ? WHERE id = ?",
            VALUES(value_text(actor->name), value_text(at), value_text(decision->reason),
                   value_text(decision->document), value_int(id)),
            error);
    }
    return store_execute(
        store,
        "UPDATE override SET state = ?, approver = ?, decided_at = ?, decided_reason = ? "
        "WHERE id = ?",
        VALUES(value_text(override_state_code(decision->state)), value_text(actor->name),
               value_text(at), value_text(decision->reason), value_int(id)),
        error);
}

/* The step itself, with the score that follows and the journal of both. */
static enum result take_step(struct store *store, const struct actor *actor,
                             const struct override *override, const struct decision *decision,
                             struct error *error) {
    json_t *before = NULL;
    json_t *after = NULL;
    enum result code = standing_json(store, override->enterprise, &before, error);
    if (code == RESULT_OK) {
        code = settle(store, actor, override->id, decision, error);
    }
    if (code == RESULT_OK && decision->state != OVERRIDE_REJECTED) {
        code = period_rescore(store, actor, &override->enterprise, 1, error);
    }
    if (code == RESULT_OK) {
        code = standing_json(store, override->enterprise, &after, error);
    }
    if (code == RESULT_OK && !text_blank(decision->document) && json_is_object(after)) {
        json_object_set_new(after, "document", json_string(decision->document));
    }
    if (code != RESULT_OK) {
        json_decref(before);
        json_decref(after);
        return code;
    }
    return journal_step(store, actor, decision->action, override->id, decision->reason, before,
                        after, error);
}

/* The frame of the three steps: load, check, change, all or nothing. */
static enum result decide(struct store *store, const struct actor *actor, int64_t id,
                          const struct decision *decision, struct error *error) {
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    struct override override;
    code = arena == NULL ? error_no_memory(error)
                         : load_for(store, actor, id, decision, arena, &override, error);
    if (code == RESULT_OK) {
        code = take_step(store, actor, &override, decision, error);
    }
    arena_free(arena);
    return store_finish(store, code, error);
}

enum result override_approve(struct store *store, const struct actor *actor, int64_t id,
                             struct error *error) {
    const struct decision decision = {.state = OVERRIDE_APPROVED, .action = "override.approve"};
    return decide(store, actor, id, &decision, error);
}

enum result override_reject(struct store *store, const struct actor *actor, int64_t id,
                            const char *reason, struct error *error) {
    const struct decision decision = {
        .state = OVERRIDE_REJECTED, .action = "override.reject", .reason = reason};
    if (text_blank(reason)) {
        return error_set(error, RESULT_INVALID, "%s", _("Give the reason of the rejection."));
    }
    return decide(store, actor, id, &decision, error);
}

enum result override_withdraw(struct store *store, const struct actor *actor, int64_t id,
                              const char *reason, const char *document, struct error *error) {
    const struct decision decision = {.state = OVERRIDE_WITHDRAWN,
                                      .action = "override.withdraw",
                                      .reason = reason,
                                      .document = document};
    if (text_blank(reason)) {
        return error_set(error, RESULT_INVALID, "%s", _("Give the reason of the withdrawal."));
    }
    return decide(store, actor, id, &decision, error);
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
        .part = proposal->part,
        .amount_left = proposal->amount_left,
        .level_left = proposal->level_left,
    };
}
