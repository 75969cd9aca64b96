#include "report/handover.h"

#include "base/gettext.h"
#include "score/period.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

static enum result print(const struct session *session, const char *path,
                         const struct handover_report *report, struct error *error) {
    char period[PERIOD_TEXT_SIZE];
    period_format(report->period, period);
    const char *state = report->closed ? "closed" : "open";
    if (session->json) {
        return output_json(json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:s}", "file", path, "format",
                                     report->format, "layout", HANDOVER_LAYOUT, "period", period,
                                     "state", state, "rows", (json_int_t)report->rows, "digest",
                                     report->digest),
                           error);
    }
    if (!session->quiet) {
        output_line(_("Period %s handed over in %s: %lld enterprises, digest %s."), period, path,
                    (long long)report->rows, report->digest);
        if (!report->closed) {
            output_line("%s", _("The period is still open: it can change until it is closed, and "
                                "the file says so."));
        }
        output_line("%s", _("The file is internal; it goes to departments, never to the public."));
    }
    return RESULT_OK;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *path = NULL;
    const char *wanted = argument_text(arguments, "period");
    int64_t period = 0;
    struct handover_report report;
    enum result code = argument_word(arguments, 0, _("The file"), &path, error);
    if (code == RESULT_OK && wanted != NULL) {
        code = period_parse(wanted, &period, error);
    }
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK) {
        code = handover_write(session->store, &session->actor, path, period, NULL, &report, error);
    }
    return code == RESULT_OK ? print(session, path, &report, error) : code;
}

static const struct option options[] = {
    {"period", "YYYY-MM", N_("the month; the newest when not given")}, {NULL, NULL, NULL}};

const struct command command_handover = {
    .name = "handover",
    .usage = "FILE.csv|FILE.xlsx|FILE.jsonl [--period YYYY-MM]",
    .summary = N_("hand over the whole classification of a period as a file"),
    .options = options,
    .run = run,
};
