#include "ui/command/policy.h"

#include "base/gettext.h"
#include "policy/policy_life.h"
#include "ui/command/output.h"
#include "ui/command/policy_compare.h"
#include "ui/command/policy_sql.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* ---- what words name ------------------------------------------------------------------------- */

/* Tells all that is wrong with a file. */
static enum result print_faults(const struct session *session, const char *path,
                                const struct policy_faults *faults, struct error *error) {
    json_t *list = json_array();
    for (size_t i = 0; i < faults->count; i++) {
        const struct policy_fault *one = &faults->items[i];
        if (!session->json) {
            output_line("%s: %s", one->place, one->sentence);
        }
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "place", one->place, "sentence", one->sentence));
    }
    if (session->json) {
        return output_json(
            json_pack("{s:s, s:o, s:b}", "file", path, "faults", list, "more", faults->more),
            error);
    }
    json_decref(list);
    return RESULT_OK;
}

enum result policy_file_read(struct session *session, const char *path, struct arena *arena,
                             struct policy_document *document, struct error *error) {
    enum result code = policy_document_read(path, arena, document, error);
    const struct policy_faults *faults = &document->faults;
    if (code != RESULT_OK || faults->count == 0) {
        return code;
    }
    if (faults->count > 1 || session->json) {
        code = print_faults(session, path, faults, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (faults->count == 1) {
        return error_set(error, RESULT_INVALID, "%s: %s", faults->items[0].place,
                         faults->items[0].sentence);
    }
    return error_set(error, RESULT_INVALID,
                     faults->more
                         ? _("%s has more than %zu faults; mend those told above, the others come "
                             "after.")
                         : _("%s has %zu faults, told above; mend them and try again."),
                     path, faults->count);
}

static bool ends_with(const char *word, const char *ending) {
    size_t length = strlen(word);
    return length > strlen(ending) && strcasecmp(word + length - strlen(ending), ending) == 0;
}

enum result policy_word_load(struct session *session, const char *word, struct arena *arena,
                             struct policy **policy, struct error *error) {
    *policy = NULL;
    if (ends_with(word, ".json") || ends_with(word, ".xlsx") || access(word, F_OK) == 0) {
        struct policy_document document;
        enum result code = policy_file_read(session, word, arena, &document, error);
        *policy = code == RESULT_OK ? document.policy : NULL;
        return code;
    }
    struct policy_version version;
    enum result code = session_store(session, error);
    if (code == RESULT_OK) {
        code = policy_store_find(session->store, word, arena, &version, error);
    }
    return code == RESULT_OK ? policy_store_load(session->store, version.id, policy, error) : code;
}

/* The version that the second word names. */
static enum result find_version(struct session *session, const struct arguments *arguments,
                                struct arena *arena, struct policy_version *version,
                                struct error *error) {
    const char *word = NULL;
    enum result code = argument_word(arguments, 1, _("The policy (CODE@VERSION)"), &word, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    return code == RESULT_OK ? policy_store_find(session->store, word, arena, version, error)
                             : code;
}

/* ---- versions -------------------------------------------------------------------------------- */

static json_t *version_json(const struct policy_version *version) {
    return json_pack(
        "{s:I, s:s, s:s, s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
        (json_int_t)version->id, "code", version->code, "version", version->version, "name",
        version->name, "field", output_text(version->field), "state", version->state, "digest",
        version->digest, "made_by", output_text(version->made_by), "proposed_by",
        output_text(version->proposed_by), "published_by", output_text(version->published_by),
        "published_on", output_date(version->published_on), "retired_on",
        output_date(version->retired_on));
}

static enum result list(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arguments;
    struct policy_version *versions = NULL;
    size_t count = 0;
    enum result code = session_store(session, error);
    if (code == RESULT_OK) {
        code = policy_store_list(session->store, arena, &versions, &count, error);
    }
    if (code == RESULT_OK && session->json) {
        json_t *rows = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(rows, version_json(&versions[i]));
        }
        return output_json(rows, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct policy_version *one = &versions[i];
        const char *name = arena_printf(arena, "%s@%s", one->code, one->version);
        char day[DATE_TEXT_SIZE] = "";
        if (one->published_on != DATE_NONE) {
            date_format(one->published_on, day);
        }
        output_cell(name == NULL ? one->code : name, 30);
        output_cell(policy_state_name(one), 8);
        output_cell(day, 10);
        output_cell(one->field == NULL ? _("general") : one->field, 8);
        output_cell(one->name, 0);
        output_end();
    }
    return code;
}

static void print_policy(const struct policy *policy) {
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

/* The policy that the word at a place names, or the one in force when there is none. */
static enum result load_named(struct session *session, const char *word, struct arena *arena,
                              struct policy **policy, struct error *error) {
    int64_t id = 0;
    if (word != NULL) {
        return policy_word_load(session, word, arena, policy, error);
    }
    enum result code = session_store(session, error);
    return code == RESULT_OK ? policy_store_in_force(session->store, policy, &id, error) : code;
}

static enum result show(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    struct policy *policy = NULL;
    const char *word = arguments->word_count > 1 ? arguments->words[1] : NULL;
    enum result code = load_named(session, word, arena, &policy, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(json_loads(policy->canonical, 0, NULL), error);
    } else if (code == RESULT_OK) {
        print_policy(policy);
    }
    policy_free(policy);
    return code;
}

/* ---- files ----------------------------------------------------------------------------------- */

/* "export FILE", of the policy in force, or "export CODE@VERSION FILE". */
static enum result export_file(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct error *error) {
    const char *path = NULL;
    bool named = arguments->word_count > 2;
    struct policy *policy = NULL;
    enum result code =
        argument_word(arguments, named ? 2 : 1, _("The file to write"), &path, error);
    if (code == RESULT_OK) {
        code = load_named(session, named ? arguments->words[1] : NULL, arena, &policy, error);
    }
    if (code == RESULT_OK) {
        code = policy_document_write(policy, path, clock_today(&session->actor.clock), error);
    }
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:s, s:s, s:s, s:s}", "file", path, "code", policy->code,
                                     "version", policy->version, "digest", policy->digest),
                           error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("Wrote %s."), path);
    }
    policy_free(policy);
    return code;
}

static enum result import_file(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct error *error) {
    const char *path = NULL;
    struct policy_document document = {.policy = NULL};
    int64_t id = 0;
    enum result code = argument_word(arguments, 1, _("The policy file"), &path, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = policy_file_read(session, path, arena, &document, error);
    }
    if (code == RESULT_OK) {
        code = policy_draft_save(session->store, document.policy, &session->actor, &id, error);
    }
    const struct policy *policy = document.policy;
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)id, "code",
                                     policy->code, "version", policy->version, "digest",
                                     policy->digest, "state", "draft"),
                           error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("%s is taken in as draft %s@%s; see what it changes with \"xinfeng policy "
                      "simulate %s@%s\", then propose it."),
                    path, policy->code, policy->version, policy->code, policy->version);
    }
    policy_free(document.policy);
    return code;
}

/* ---- into force ------------------------------------------------------------------------------ */

/* Tells how a version stands after a step. */
static enum result tell_step(struct session *session, int64_t id, const char *sentence,
                             struct arena *arena, struct error *error) {
    struct policy_version version;
    enum result code = policy_store_version(session->store, id, arena, &version, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(version_json(&version), error);
    } else if (code == RESULT_OK && !session->quiet) {
        char *name = arena_printf(arena, "%s@%s", version.code, version.version);
        output_line("%s: %s", name == NULL ? version.code : name, sentence);
    }
    return code;
}

static enum result propose(struct session *session, const struct arguments *arguments,
                           struct arena *arena, struct error *error) {
    struct policy_version version;
    enum result code = find_version(session, arguments, arena, &version, error);
    if (code == RESULT_OK) {
        code = policy_draft_propose(session->store, version.id, &session->actor, error);
    }
    return code == RESULT_OK
               ? tell_step(session, version.id,
                           _("proposed; another person publishes it with \"xinfeng policy "
                             "publish\"."),
                           arena, error)
               : code;
}

static enum result publish(struct session *session, const struct arguments *arguments,
                           struct arena *arena, struct error *error) {
    struct policy_version version;
    enum result code = find_version(session, arguments, arena, &version, error);
    if (code == RESULT_OK) {
        code = policy_draft_publish(session->store, version.id, &session->actor, error);
    }
    return code == RESULT_OK
               ? tell_step(session, version.id,
                           _("published and in force; the next run of a period scores by it."),
                           arena, error)
               : code;
}

static enum result retire(struct session *session, const struct arguments *arguments,
                          struct arena *arena, struct error *error) {
    struct policy_version version;
    enum result code = find_version(session, arguments, arena, &version, error);
    if (code == RESULT_OK) {
        code = policy_retire(session->store, version.id, &session->actor, error);
    }
    return code == RESULT_OK
               ? tell_step(session, version.id,
                           _("retired; the next run of a period scores without it."), arena, error)
               : code;
}

static const struct {
    const char *name;
    enum result (*run)(struct session *session, const struct arguments *arguments,
                       struct arena *arena, struct error *error);
} verbs[] = {
    {"list", list},
    {"show", show},
    {"check", policy_command_check},
    {"export", export_file},
    {"import", import_file},
    {"diff", policy_command_diff},
    {"simulate", policy_command_simulate},
    {"propose", propose},
    {"publish", publish},
    {"retire", retire},
    {"sql", policy_command_sql},
};

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *word = NULL;
    enum result code = argument_word(
        arguments, 0,
        _("What to do (list, show, check, export, import, diff, simulate, propose, publish, "
          "retire or sql)"),
        &word, error);
    if (code != RESULT_OK) {
        return code;
    }
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(verbs[i].name, word) == 0) {
            struct arena *arena = arena_new();
            code = arena == NULL ? error_no_memory(error)
                                 : verbs[i].run(session, arguments, arena, error);
            arena_free(arena);
            return code;
        }
    }
    return error_set(error, RESULT_USAGE,
                     _("\"policy %s\" is not known; it is list, show, check, export, import, "
                       "diff, simulate, propose, publish, retire or sql."),
                     word);
}

static const struct option options[] = {
    {"period", "YYYY-MM", N_("simulate, sql: the month; the newest, this month when not given")},
    {"list", "FILE", N_("simulate: write whom it moves to a file ending in .csv or .xlsx")},
    {"dialect", "sqlite|postgresql", N_("sql: for which database")},
    {"day", "YYYY-MM-DD", N_("sql: the day that is scored, in place of a month")},
    {NULL, NULL, NULL}};

const struct command command_policy = {
    .name = "policy",
    .usage = "list | show [NAME] | check FILE | export [NAME] FILE | import FILE | diff A B | "
             "simulate NAME | propose NAME | publish NAME | retire NAME | sql [NAME]",
    .summary = N_("the policies in force, and new versions of them"),
    .options = options,
    .run = run,
};
