#include "score/override.h"
#include "base/gettext.h"
#include "ui/command/command.h"
#include "ui/command/override_propose.h"
#include "ui/command/override_show.h"
#include "ui/command/verb.h"

/* The override that a step is about, the classes being those of today. */
static enum result read_step(struct session *session, const struct arguments *arguments,
                             int64_t *id, struct error *error) {
    enum result code = argument_id(arguments, 1, _("override"), id, error);
    return code == RESULT_OK ? session_today(session, error) : code;
}

static enum result approve(struct session *session, const struct arguments *arguments,
                           struct arena *arena, struct error *error) {
    int64_t id = 0;
    enum result code = read_step(session, arguments, &id, error);
    if (code == RESULT_OK) {
        code = override_approve(session->store, &session->actor, id, error);
    }
    return code == RESULT_OK ? override_show_short(session, id, arena, error) : code;
}

static enum result reject(struct session *session, const struct arguments *arguments,
                          struct arena *arena, struct error *error) {
    int64_t id = 0;
    enum result code = read_step(session, arguments, &id, error);
    if (code == RESULT_OK) {
        code = override_reject(session->store, &session->actor, id,
                               argument_text(arguments, "reason"), error);
    }
    return code == RESULT_OK ? override_show_short(session, id, arena, error) : code;
}

static enum result withdraw(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error) {
    int64_t id = 0;
    enum result code = read_step(session, arguments, &id, error);
    if (code == RESULT_OK) {
        code = override_withdraw(session->store, &session->actor, id,
                                 argument_text(arguments, "reason"),
                                 argument_text(arguments, "document"), error);
    }
    return code == RESULT_OK ? override_show_short(session, id, arena, error) : code;
}

static const struct verb verbs[] = {{"propose", override_propose_run},
                                    {"approve", approve},
                                    {"reject", reject},
                                    {"withdraw", withdraw},
                                    {"list", override_show_list},
                                    {"show", override_show_whole},
                                    {"attachments", override_show_attachments},
                                    {NULL, NULL}};

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    return verb_run(session, arguments, "override", verbs, error);
}

static const struct option options[] = {
    {"class", "A|B|C|D", N_("set-class: the class")},
    {"fact", "ID", N_("exclude-fact: the fact's number")},
    {"status", "GROUND",
     N_("exclude-fact: revoked, changed, erroneous, disputed or excluded_by_law")},
    {"amount-left", "YUAN", N_("exclude-fact, revoked in part: the amount that remains")},
    {"level-left", "N", N_("exclude-fact, revoked in part: the level that remains")},
    {"rule", "CODE", N_("confirm-direct, waive-direct: the rule")},
    {"novelty", "WHAT", N_("observe: technology, industry, form or model")},
    {"reason", "TEXT", N_("why")},
    {"basis", "TEXT", N_("the legal basis")},
    {"document", "NUMBER", N_("the document it rests on; for withdraw the one that restores")},
    {"from", "DATE", N_("the first day it holds; today when not given")},
    {"until", "DATE", N_("the first day it no longer holds")},
    {"attach", "FILE", N_("propose: a document, known by its digest; may be given again")},
    {"preview", NULL, N_("propose: tell what it would do, keep nothing")},
    {"state", "STATE",
     N_("list: proposed, in-force, to-come, ending, expired, withdrawn or rejected")},
    {"expiring", "DAYS", N_("list: in force, and ending within so many days")},
    {"verify", "FILE", N_("attachments: is this file one of them? may be given again")},
    {NULL, NULL, NULL}};

const struct command command_override = {
    .name = "override",
    .usage = "propose KIND USCC ... | approve ID | reject ID | withdraw ID | list [USCC] | show ID "
             "| attachments ID",
    .summary = N_("decisions of persons about one enterprise"),
    .options = options,
    .run = run,
};
