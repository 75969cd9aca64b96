#include "policy/policy_store.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>

static enum result insert_published(struct store *store, const struct policy *policy,
                                    const struct actor *actor, struct error *error) {
    enum result code = store_execute(
        store, "UPDATE policy SET state = 'retired' WHERE code = ? AND state = 'published'",
        VALUES(value_text(policy->code)), error);
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "INSERT INTO policy (code, version, name, state, document, digest, published_on) "
            "VALUES (?, ?, ?, 'published', ?, ?, ?)",
            VALUES(value_text(policy->code), value_text(policy->version), value_text(policy->name),
                   value_text(policy->canonical), value_text(policy->digest),
                   value_date(clock_today(&actor->clock))),
            error);
    }
    if (code == RESULT_OK) {
        char subject[128];
        snprintf(subject, sizeof(subject), "policy:%s", policy->code);
        char *after = NULL;
        if (asprintf(&after, "{\"digest\":\"%s\"}", policy->digest) < 0) {
            return error_no_memory(error);
        }
        struct journal_entry entry = {.action = "policy.publish",
                                      .subject = subject,
                                      .reason = policy->version,
                                      .after = after};
        code = journal_write(store, actor, &entry, error);
        free(after);
    }
    return code;
}

enum result policy_store_publish(struct store *store, const char *text, const char *origin,
                                 const struct actor *actor, struct error *error) {
    struct policy *policy = NULL;
    enum result code = policy_parse(&policy, text, origin, error);
    if (code != RESULT_OK) {
        return code;
    }
    int64_t there = 0;
    code = store_begin(store, error);
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT count(*) FROM policy WHERE code = ? AND version = ?",
                               VALUES(value_text(policy->code), value_text(policy->version)), 0,
                               &there, error);
        if (code == RESULT_OK && there > 0) {
            code = error_set(error, RESULT_REFUSED,
                             _("Version %s of policy %s exists already; give the new one another "
                               "version."),
                             policy->version, policy->code);
        }
        if (code == RESULT_OK) {
            code = insert_published(store, policy, actor, error);
        }
        code = store_finish(store, code, error);
    }
    policy_free(policy);
    return code;
}

enum result policy_store_load(struct store *store, int64_t id, struct policy **policy,
                              struct error *error) {
    *policy = NULL;
    char *text = NULL;
    enum result code = store_fetch_text(store, "SELECT document FROM policy WHERE id = ?",
                                        VALUES(value_int(id)), &text, error);
    if (code == RESULT_OK && text == NULL) {
        code =
            error_set(error, RESULT_NOT_FOUND, _("There is no policy number %lld."), (long long)id);
    }
    if (code == RESULT_OK) {
        code = policy_parse(policy, text, store_path(store), error);
    }
    free(text);
    return code;
}

enum result policy_store_in_force(struct store *store, struct policy **policy, int64_t *id,
                                  struct error *error) {
    *policy = NULL;
    enum result code = store_fetch_int(
        store, "SELECT id FROM policy WHERE state = 'published' ORDER BY id DESC LIMIT 1",
        NO_VALUES, 0, id, error);
    if (code == RESULT_OK && *id == 0) {
        code = error_set(error, RESULT_NOT_FOUND, "%s",
                         _("No policy is in force; publish one first."));
    }
    return code == RESULT_OK ? policy_store_load(store, *id, policy, error) : code;
}
