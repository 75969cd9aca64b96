#include "base/file.h"
#include "base/gettext.h"
#include "policy/policy_store.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <stdlib.h>
#include <unistd.h>

static enum result publish(struct session *session, const struct policy_builtin *policies,
                           size_t count, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = policy_store_publish(session->store, policies[i].text, policies[i].file,
                                    &session->actor, error);
    }
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *path = argument_text(arguments, "policy");
    char *text = NULL;
    enum result code = RESULT_OK;
    if (path != NULL) {
        code = file_read(path, &text, error);
    }
    const struct policy_builtin given = {text, path};
    size_t count = 1;
    const struct policy_builtin *policies = path == NULL ? policy_builtins(&count) : &given;
    /* A policy that does not hold leaves no database behind. */
    struct policy *policy = NULL;
    if (code == RESULT_OK) {
        code = policy_parse(&policy, policies[0].text, policies[0].file, error);
    }
    if (code == RESULT_OK) {
        code = file_make_folders(session->database, error);
    }
    if (code == RESULT_OK) {
        code = store_open(&session->store, session->database, STORE_CREATE, error);
    }
    if (code == RESULT_OK) {
        code = publish(session, policies, count, error);
    }
    if (code == RESULT_OK && path == NULL) {
        policies = policy_builtins_professional(&count);
        code = publish(session, policies, count, error);
    }
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:s, s:s, s:s}", "database", session->database, "policy",
                                     policy->code, "version", policy->version),
                           error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("Made %s with policy %s %s."), session->database, policy->name,
                    policy->version);
    }
    policy_free(policy);
    free(text);
    return code;
}

static const struct option options[] = {
    {"policy", "FILE", N_("a policy document instead of the built-in one")}, {NULL, NULL, NULL}};

const struct command command_init = {
    .name = "init",
    .usage = "[--policy FILE]",
    .summary = N_("make a database with the general policy"),
    .options = options,
    .run = run,
};
