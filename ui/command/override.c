#include "score/override.h"
#include "base/gettext.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <string.h>

static json_t *override_json(const struct override *override) {
    bool sets = override->kind == OVERRIDE_SET_CLASS;
    bool excludes = override->kind == OVERRIDE_EXCLUDE_FACT;
    return json_pack(
        "{s:I, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:s, s:o, s:s, s:o, s:o, s:s, s:o}", "id",
        (json_int_t) override->id, "kind", override_kind_code(override->kind), "state",
        override_state_code(override->state), "uscc", output_text(override->uscc), "name",
        override->name, "fact", excludes ? json_integer(override->fact) : json_null(), "class",
        sets ? json_string(risk_class_letter(override->risk_class)) : json_null(), "rule",
        output_text(override->rule), "status",
        excludes ? json_string(fact_status_code(override->fact_status)) : json_null(), "reason",
        override->reason, "basis", output_text(override->basis), "document", override->document,
        "valid_from", output_date(override->valid_from), "valid_to",
        output_date(override->valid_to), "proposer", override->proposer, "approver",
        output_text(override->approver));
}

static void print_override(const struct override *override) {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    output_line("%lld  %s  %s  %s %s  %s..%s  %s  %s  %s", (long long) override->id,
                override_state_name(override->state), override_kind_name(override->kind),
                override->uscc == NULL ? "-" : override->uscc, override->name,
                date_format(override->valid_from, from), date_format(override->valid_to, to),
                override->document, override->reason, override->proposer);
}

static enum result list(struct session *session, struct error *error) {
    struct arena *arena = arena_new();
    struct override *overrides = NULL;
    size_t count = 0;
    enum result code =
        arena == NULL ? error_no_memory(error)
                      : override_load_all(session->store, 0, clock_today(&session->actor.clock),
                                          arena, &overrides, &count, error);
    if (code == RESULT_OK && session->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, override_json(&overrides[i]));
        }
        code = output_json(array, error);
    } else if (code == RESULT_OK) {
        for (size_t i = 0; i < count; i++) {
            print_override(&overrides[i]);
        }
    }
    arena_free(arena);
    return code;
}

/* Reads the proposal's particulars from the options. */
static enum result read_proposal(struct session *session, const struct arguments *arguments,
                                 struct override *proposal, struct error *error) {
    const char *kind = NULL;
    const char *uscc = NULL;
    const char *status = argument_text(arguments, "status");
    enum result code = argument_word(arguments, 1, _("The kind of override"), &kind, error);
    if (code == RESULT_OK && !override_kind_find(kind, &proposal->kind)) {
        code = error_set(error, RESULT_USAGE,
                         _("\"%s\" is no kind of override; it is set-class, exclude-fact, "
                           "confirm-direct or waive-direct."),
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
    proposal->risk_class = risk_class_find(argument_text(arguments, "class"));
    proposal->rule = argument_text(arguments, "rule");
    proposal->fact_status = status == NULL ? -1 : fact_status_find(status);
    proposal->reason = argument_text(arguments, "reason");
    proposal->basis = argument_text(arguments, "basis");
    proposal->document = argument_text(arguments, "document");
    return code;
}

static enum result propose(struct session *session, const struct arguments *arguments,
                           struct error *error) {
    struct override proposal = {0};
    int64_t id = 0;
    enum result code = read_proposal(session, arguments, &proposal, error);
    if (code == RESULT_OK) {
        code = override_propose(session->store, &session->actor, &proposal, &id, error);
    }
    if (code == RESULT_OK && session->json) {
        code =
            output_json(json_pack("{s:I, s:s}", "id", (json_int_t)id, "state", "proposed"), error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("Override %lld is proposed; another person approves it with \"xinfeng "
                      "override approve %lld\"."),
                    (long long)id, (long long)id);
    }
    return code;
}

static enum result decide(struct session *session, const struct arguments *arguments,
                          const char *verb, struct error *error) {
    const char *reason = argument_text(arguments, "reason");
    int64_t id = 0;
    enum result code = argument_id(arguments, 1, _("override"), &id, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(verb, "approve") == 0) {
        code = override_approve(session->store, &session->actor, id, error);
    } else if (strcmp(verb, "reject") == 0) {
        code = override_reject(session->store, &session->actor, id, reason, error);
    } else {
        code = override_withdraw(session->store, &session->actor, id, reason, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    struct override override;
    code = arena == NULL ? error_no_memory(error)
                         : override_load(session->store, id, clock_today(&session->actor.clock),
                                         arena, &override, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(override_json(&override), error);
    } else if (code == RESULT_OK && !session->quiet) {
        print_override(&override);
    }
    arena_free(arena);
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *verb = NULL;
    enum result code = argument_word(
        arguments, 0, _("What to do (propose, approve, reject, withdraw or list)"), &verb, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(verb, "list") == 0) {
        return list(session, error);
    }
    if (strcmp(verb, "propose") == 0) {
        return propose(session, arguments, error);
    }
    if (strcmp(verb, "approve") == 0 || strcmp(verb, "reject") == 0 ||
        strcmp(verb, "withdraw") == 0) {
        return decide(session, arguments, verb, error);
    }
    return error_set(
        error, RESULT_USAGE,
        _("\"override %s\" is not known; it is propose, approve, reject, withdraw or list."), verb);
}

static const struct option options[] = {
    {"class", "A|B|C|D", N_("set-class: the class")},
    {"fact", "ID", N_("exclude-fact: the fact's number")},
    {"status", "GROUND",
     N_("exclude-fact: revoked, changed, erroneous, disputed or excluded_by_law")},
    {"rule", "CODE", N_("confirm-direct, waive-direct: the rule")},
    {"reason", "TEXT", N_("why")},
    {"basis", "TEXT", N_("the legal basis")},
    {"document", "NUMBER", N_("the document it rests on")},
    {"from", "DATE", N_("the first day it holds; today when not given")},
    {"until", "DATE", N_("the first day it no longer holds")},
    {NULL, NULL, NULL}};

const struct command command_override = {
    .name = "override",
    .usage = "propose KIND USCC ... | approve ID | reject ID | withdraw ID | list",
    .summary = N_("decisions of persons about one enterprise"),
    .options = options,
    .run = run,
};
