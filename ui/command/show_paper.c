#include "ui/command/show_paper.h"

#include "base/gettext.h"
#include "report/explanation_sheet.h"
#include "report/reminder.h"
#include "ui/command/output.h"

#include <stdlib.h>

bool show_paper_wanted(const struct arguments *arguments) {
    return argument_text(arguments, "sheet") != NULL || argument_text(arguments, "dir") != NULL ||
           argument_text(arguments, "reminder") != NULL;
}

static enum result write_sheet(struct session *session, const struct paper_place *place,
                               int64_t enterprise, int64_t period, struct error *error) {
    char *path = NULL;
    enum result code = explanation_sheet_write(session->store, &session->actor, enterprise, period,
                                               place, &path, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:s}", "sheet", path), error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("The explanation is %s. It is internal: for the file, never for the public."),
                    path);
    }
    free(path);
    return code;
}

static enum result write_reminder(struct session *session, const struct paper_place *place,
                                  int64_t enterprise, int64_t period, struct error *error) {
    char *path = NULL;
    size_t count = 0;
    enum result code = reminder_write(session->store, &session->actor, enterprise, period, place,
                                      &path, &count, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:s, s:I}", "reminder", path, "facts", (json_int_t)count),
                           error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(ngettext("The reminder is %s. It names %zu fact, and neither score nor class.",
                             "The reminder is %s. It names %zu facts, and neither score nor class.",
                             (unsigned long)count),
                    path, count);
    }
    free(path);
    return code;
}

enum result show_paper(struct session *session, const struct arguments *arguments,
                       int64_t enterprise, int64_t period, struct error *error) {
    const char *reminder = argument_text(arguments, "reminder");
    const struct paper_place sheet = {argument_text(arguments, "sheet"),
                                      argument_text(arguments, "dir")};
    if ((sheet.file != NULL) + (sheet.folder != NULL) + (reminder != NULL) > 1) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Give one of --sheet, --dir and --reminder; each writes one paper."));
    }
    return reminder != NULL ? write_reminder(session, &(struct paper_place){.file = reminder},
                                             enterprise, period, error)
                            : write_sheet(session, &sheet, enterprise, period, error);
}
