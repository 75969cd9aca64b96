#include "base/file.h"
#include "base/gettext.h"
#include "policy/policy_store.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include "ui/command/policy_sql.h"

#include <stdlib.h>
#include <string.h>

static enum result check(struct session *session, const struct arguments *arguments,
                         struct error *error) {
    const char *path = NULL;
    char *text = NULL;
    struct policy *policy = NULL;
    enum result code = argument_word(arguments, 1, _("The policy file"), &path, error);
    if (code == RESULT_OK) {
        code = file_read(path, &text, error);
    }
    if (code == RESULT_OK) {
        code = policy_parse(&policy, text, path, error);
    }
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:s, s:s, s:s, s:I}", "code", policy->code, "version",
                                     policy->version, "digest", policy->digest, "indicators",
                                     (json_int_t)policy->indicator_count),
                           error);
    } else if (code == RESULT_OK) {
        output_line(_("%s holds: policy %s %s, %zu indicators, digest %s."), path, policy->code,
                    policy->version, policy->indicator_count, policy->digest);
    }
    policy_free(policy);
    free(text);
    return code;
}

static enum result publish(struct session *session, const struct arguments *arguments,
                           struct error *error) {
    const char *path = NULL;
    char *text = NULL;
    enum result code = argument_word(arguments, 1, _("The policy file"), &path, error);
    if (code == RESULT_OK) {
        code = file_read(path, &text, error);
    }
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = policy_store_publish(session->store, text, path, &session->actor, error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("%s is published and in force."), path);
    }
    free(text);
    return code;
}

static enum result in_force(struct session *session, struct policy **policy, struct error *error) {
    int64_t id = 0;
    enum result code = session_store(session, error);
    return code == RESULT_OK ? policy_store_in_force(session->store, policy, &id, error) : code;
}

static enum result show(struct session *session, struct error *error) {
    struct policy *policy = NULL;
    enum result code = in_force(session, &policy, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(json_loads(policy->canonical, 0, NULL), error);
    } else if (code == RESULT_OK) {
        output_line("%s %s  %s", policy->name, policy->version, policy->digest);
        for (size_t i = 0; i < policy->indicator_count; i++) {
            const struct policy_indicator *indicator = &policy->indicators[i];
            output_cell(indicator->code, 6);
            output_cell(policy->dimensions[indicator->dimension].name, 10);
            output_cell(indicator->name, 36);
            output_cell(indicator->basis, 0);
            output_end();
        }
        for (size_t i = 0; i < policy->direct_count; i++) {
            output_cell(policy->direct[i].code, 6);
            output_cell(_("direct"), 10);
            output_cell(policy->direct[i].name, 36);
            output_cell(policy->direct[i].basis, 0);
            output_end();
        }
    }
    policy_free(policy);
    return code;
}

static enum result export_file(struct session *session, const struct arguments *arguments,
                               struct error *error) {
    const char *path = NULL;
    struct policy *policy = NULL;
    enum result code = argument_word(arguments, 1, _("The file to write"), &path, error);
    if (code == RESULT_OK) {
        code = in_force(session, &policy, error);
    }
    if (code == RESULT_OK) {
        json_t *document = json_loads(policy->canonical, 0, NULL);
        if (document == NULL) {
            code = error_no_memory(error);
        } else if (json_dump_file(document, path, JSON_INDENT(2) | JSON_SORT_KEYS) != 0) {
            code = error_from_errno(error, _("write"), path);
        }
        json_decref(document);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("Wrote %s."), path);
    }
    policy_free(policy);
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *verb = NULL;
    enum result code = argument_word(
        arguments, 0, _("What to do (show, check, export, publish or sql)"), &verb, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(verb, "check") == 0) {
        return check(session, arguments, error);
    }
    if (strcmp(verb, "publish") == 0) {
        return publish(session, arguments, error);
    }
    if (strcmp(verb, "show") == 0) {
        return show(session, error);
    }
    if (strcmp(verb, "export") == 0) {
        return export_file(session, arguments, error);
    }
    if (strcmp(verb, "sql") == 0) {
        return policy_sql_print(session, arguments, error);
    }
    return error_set(error, RESULT_USAGE,
                     _("\"policy %s\" is not known; it is show, check, export, publish or sql."),
                     verb);
}

const struct command command_policy = {
    .name = "policy",
    .usage = "show | check FILE | export FILE | publish FILE | sql [FILE] --dialect D",
    .summary = N_("the policy in force, and new versions of it"),
    .options = policy_sql_options,
    .run = run,
};
