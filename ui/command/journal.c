#include "guard/journal.h"
#include "base/gettext.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <string.h>

static bool print_entry(void *context, const struct journal_row *row) {
    json_t *array = context;
    if (array != NULL) {
        json_array_append_new(array,
                              json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s}", "id",
                                        (json_int_t)row->id, "at", row->at, "actor", row->actor,
                                        "action", row->entry.action, "subject", row->entry.subject,
                                        "reason", output_text(row->entry.reason), "before",
                                        output_text(row->entry.before), "after",
                                        output_text(row->entry.after), "digest", row->digest));
    } else {
        output_line("%lld  %s  %s  %s  %s  %s", (long long)row->id, row->at, row->actor,
                    row->entry.action, row->entry.subject,
                    row->entry.reason == NULL ? "" : row->entry.reason);
    }
    return true;
}

static enum result show(struct session *session, const struct arguments *arguments,
                        struct error *error) {
    int64_t limit = 0;
    enum result code = argument_number(arguments, "limit", 1, INT32_MAX, 100, &limit, error);
    json_t *array = session->json ? json_array() : NULL;
    if (code == RESULT_OK) {
        code = journal_read(session->store, argument_text(arguments, "subject"), limit, print_entry,
                            array, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

static enum result verify(struct session *session, struct error *error) {
    int64_t entries = 0;
    enum result code = journal_verify(session->store, &entries, error);
    if (code == RESULT_OK && session->json) {
        code =
            output_json(json_pack("{s:I, s:b}", "entries", (json_int_t)entries, "holds", 1), error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("All %lld entries of the journal hold."), (long long)entries);
    }
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *verb = NULL;
    enum result code = argument_word(arguments, 0, _("What to do (show or verify)"), &verb, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(verb, "show") == 0) {
        return show(session, arguments, error);
    }
    if (strcmp(verb, "verify") == 0) {
        return verify(session, error);
    }
    return error_set(error, RESULT_USAGE, _("\"journal %s\" is not known; it is show or verify."),
                     verb);
}

static const struct option options[] = {
    {"subject", "TEXT", N_("only entries about this, for instance override:1")},
    {"limit", "N", N_("at most so many rows; 100 when not given")},
    {NULL, NULL, NULL}};

const struct command command_journal = {
    .name = "journal",
    .usage = "show [--subject TEXT] [--limit N] | verify",
    .summary = N_("who did what, and whether the record is whole"),
    .options = options,
    .run = run,
};
