#include "intake/match_decision.h"

#include "base/gettext.h"
#include "intake/batch_names.h"
#include "intake/candidate.h"
#include "registry/enterprise.h"
#include "ui/command/output.h"
#include "ui/command/verb.h"

#include <string.h>

#define MOST_CANDIDATES 10

static enum result candidates(struct session *session, const struct arguments *arguments,
                              struct arena *arena, struct error *error) {
    const char *name = NULL;
    struct candidate *found = NULL;
    size_t count = 0;
    enum result code = argument_word(arguments, 1, _("The name"), &name, error);
    if (code == RESULT_OK) {
        code =
            candidate_find(session->store, name, "", MOST_CANDIDATES, arena, &found, &count, error);
    }
    json_t *array = json_array();
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (session->json) {
            json_array_append_new(
                array,
                json_pack("{s:I, s:s, s:o, s:o, s:i}", "id", (json_int_t)found[i].id, "name",
                          found[i].name, "uscc", output_text(found[i].uscc), "registration_number",
                          output_text(found[i].number), "similarity", found[i].similarity));
        } else {
            output_line("%3d  %s  %s", found[i].similarity,
                        found[i].uscc != NULL ? found[i].uscc : "", found[i].name);
        }
    }
    if (code == RESULT_OK && session->json) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

static json_t *decision_json(const struct match_decision *decision) {
    return json_pack(
        "{s:I, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:o}", "id", (json_int_t)decision->id, "name",
        decision->subject.name, "code", decision->subject.code, "uscc", output_text(decision->uscc),
        "enterprise", output_text(decision->enterprise_name), "reason", decision->reason, "actor",
        decision->actor, "at", decision->at, "withdrawn_at", output_text(decision->withdrawn_at));
}

static enum result read_limit(const struct arguments *arguments, size_t *most,
                              struct error *error) {
    int64_t limit = 0;
    enum result code = argument_number(arguments, "limit", 1, 100000, 50, &limit, error);
    *most = (size_t)limit;
    return code;
}

static enum result decisions(struct session *session, const struct arguments *arguments,
                             struct arena *arena, struct error *error) {
    struct match_decision *found = NULL;
    size_t count = 0;
    size_t most = 0;
    enum result code = read_limit(arguments, &most, error);
    if (code == RESULT_OK) {
        code = match_decision_list(session->store, 0, most, arena, &found, &count, error);
    }
    json_t *array = json_array();
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (session->json) {
            json_array_append_new(array, decision_json(&found[i]));
        } else {
            output_line("%lld  %s  %s -> %s  %s%s", (long long)found[i].id, found[i].at,
                        found[i].subject.name,
                        found[i].enterprise_name == NULL ? _("none") : found[i].enterprise_name,
                        found[i].actor, found[i].withdrawn_at == NULL ? "" : _("  (withdrawn)"));
        }
    }
    if (code == RESULT_OK && session->json) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

static enum result open_names(struct session *session, const struct arguments *arguments,
                              struct arena *arena, struct error *error) {
    int64_t batch = 0;
    size_t most = 0;
    struct batch_name *names = NULL;
    size_t count = 0;
    enum result code = argument_id(arguments, 1, _("The number of the intake"), &batch, error);
    if (code == RESULT_OK) {
        code = read_limit(arguments, &most, error);
    }
    if (code == RESULT_OK) {
        const struct batch_page page = {.most = most};
        code = batch_names(session->store, batch, &page, arena, &names, &count, error);
    }
    json_t *array = json_array();
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (session->json) {
            json_array_append_new(array,
                                  json_pack("{s:s, s:s, s:I, s:I}", "name", names[i].name, "code",
                                            names[i].code, "rows", (json_int_t)names[i].rows,
                                            "line", (json_int_t)names[i].line));
        } else {
            output_line(_("line %lld, %lld rows: %s  %s"), (long long)names[i].line,
                        (long long)names[i].rows, names[i].name, names[i].code);
        }
    }
    if (code == RESULT_OK && session->json) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

/* The rejected row of a line. */
static enum result find_reject(struct session *session, int64_t batch, int64_t line,
                               struct arena *arena, struct batch_line *found, struct error *error) {
    struct batch_line *lines = NULL;
    size_t count = 0;
    const struct batch_page page = {.key = line - 1, .most = 1};
    enum result code =
        batch_lines(session->store, batch, false, NULL, &page, arena, &lines, &count, error);
    if (code == RESULT_OK && (count == 0 || lines[0].line != line)) {
        return error_set(error, RESULT_NOT_FOUND,
                         _("Intake %lld rejected no row on line %lld; see \"xinfeng batch show "
                           "%lld\"."),
                         (long long)batch, (long long)line, (long long)batch);
    }
    if (code == RESULT_OK) {
        *found = lines[0];
    }
    return code;
}

static enum result decide(struct session *session, const struct arguments *arguments,
                          struct arena *arena, struct error *error) {
    int64_t batch = 0;
    int64_t line = 0;
    int64_t enterprise = 0;
    int64_t id = 0;
    const char *code_word = NULL;
    struct batch_line reject = {0};
    enum result code = argument_id(arguments, 1, _("The number of the intake"), &batch, error);
    if (code == RESULT_OK) {
        code = argument_id(arguments, 2, _("The line of the rejected row"), &line, error);
    }
    if (code == RESULT_OK) {
        code = argument_word(arguments, 3, _("The code of the enterprise, or none"), &code_word,
                             error);
    }
    if (code == RESULT_OK) {
        code = find_reject(session, batch, line, arena, &reject, error);
    }
    if (code == RESULT_OK && strcmp(code_word, "none") != 0) {
        code = enterprise_find(session->store, code_word, &enterprise, error);
    }
    if (code == RESULT_OK) {
        const struct match_subject subject = {.name = reject.name,
                                              .code = reject.code == NULL ? "" : reject.code};
        code = match_decide(session->store, &session->actor, &subject, enterprise,
                            argument_text(arguments, "reason"), &id, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(json_pack("{s:I}", "id", (json_int_t)id), error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("Decision %lld is remembered; take the rejected rows in again to use it."),
                    (long long)id);
    }
    return code;
}

static enum result withdraw(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error) {
    int64_t id = 0;
    (void)arena;
    enum result code = argument_id(arguments, 1, _("The number of the decision"), &id, error);
    if (code == RESULT_OK) {
        code = match_withdraw(session->store, &session->actor, id, error);
    }
    if (code == RESULT_OK && !session->quiet && !session->json) {
        output_line(_("Decision %lld is withdrawn."), (long long)id);
    }
    return code == RESULT_OK && session->json
               ? output_json(json_pack("{s:I}", "id", (json_int_t)id), error)
               : code;
}

static const struct verb verbs[] = {{"open", open_names},   {"candidates", candidates},
                                    {"decide", decide},     {"list", decisions},
                                    {"withdraw", withdraw}, {NULL, NULL}};

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    return verb_run(session, arguments, "match", verbs, error);
}

static const struct option options[] = {
    {"reason", "TEXT", N_("how you know which enterprise is meant")},
    {"limit", "N", N_("at most so many rows; 50 when not given")},
    {NULL, NULL, NULL}};

const struct command command_match = {
    .name = "match",
    .usage = "open BATCH | candidates NAME | decide BATCH LINE CODE|none --reason TEXT | list | "
             "withdraw ID",
    .summary = N_("which enterprise a name means that nobody bears"),
    .options = options,
    .run = run,
};
