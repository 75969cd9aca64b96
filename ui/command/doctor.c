#include "base/gettext.h"
#include "guard/journal.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    (void)arguments;
    int64_t entries = 0;
    enum result code = session_store(session, error);
    if (code == RESULT_OK) {
        code = store_check(session->store, error);
    }
    if (code == RESULT_OK) {
        code = journal_verify(session->store, &entries, error);
    }
    if (code == RESULT_OK && session->json) {
        code =
            output_json(json_pack("{s:b, s:I}", "sound", 1, "journal", (json_int_t)entries), error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("%s is sound; its journal of %lld entries holds."), session->database,
                    (long long)entries);
    }
    return code;
}

const struct command command_doctor = {
    .name = "doctor",
    .usage = "",
    .summary = N_("check the whole database"),
    .run = run,
};
