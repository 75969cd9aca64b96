#include "base/gettext.h"
#include "sample-db/county.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    struct sample_request request = {
        .seed = argument_text(arguments, "seed"),
        .actor = &session->actor,
        .today = clock_today(&session->actor.clock),
    };
    struct sample_report report = {0};
    int64_t months = 0;
    enum result code =
        argument_number(arguments, "enterprises", 1, 5000000, 0, &request.enterprises, error);
    if (code == RESULT_OK) {
        code = argument_number(arguments, "months", 1, 240, 0, &months, error);
        request.months = (int)months;
    }
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = sample_fill(session->store, &request, NULL, &report, error);
    }
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:I, s:I}", "enterprises", (json_int_t)report.enterprises,
                                     "facts", (json_int_t)report.facts),
                           error);
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("Made up a county of %lld enterprises and %lld facts."),
                    (long long)report.enterprises, (long long)report.facts);
    }
    return code;
}

static const struct option options[] = {
    {"enterprises", "N", N_("how many; 12,000 when not given")},
    {"months", "M", N_("how far the facts go back; 36 when not given")},
    {"seed", "TEXT", N_("another text, another county")},
    {NULL, NULL, NULL}};

const struct command command_sample = {
    .name = "sample",
    .usage = "[--enterprises N] [--months M] [--seed TEXT]",
    .summary = N_("fill an empty database with a made-up county"),
    .options = options,
    .run = run,
};
