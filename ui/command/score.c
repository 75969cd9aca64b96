#include "base/gettext.h"
#include "policy/policy_store.h"
#include "score/period.h"
#include "ui/command/command.h"
#include "ui/command/migration_print.h"
#include "ui/command/output.h"

#include <time.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The policies the period was run under. */
static json_t *policies_json(const struct policy_set *set) {
    json_t *list = json_array();
    for (size_t i = 0; i < set->count; i++) {
        const struct policy *one = set->policies[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "code", one->code, "version",
                                              one->version, "digest", one->digest));
    }
    return list;
}

static enum result print(const struct session *session, const struct period *period, double seconds,
                         struct error *error) {
    struct policy_set set;
    enum result code = period_policies(session->store, period->id, &set, error);
    if (code != RESULT_OK) {
        return code;
    }
    size_t own = 0;
    while (own + 1 < set.count && set.ids[own] != period->policy) {
        own++;
    }
    const struct policy *policy = set.policies[own];
    char text[PERIOD_TEXT_SIZE];
    period_format(period->id, text);
    if (session->json) {
        code = output_json(
            json_pack(
                "{s:s, s:{s:s, s:s, s:s}, s:o, s:I, s:I, s:f, s:I, s:b, s:{s:I, s:I, s:I, s:I}}",
                "period", text, "policy", "code", policy->code, "version", policy->version,
                "digest", policy->digest, "policies", policies_json(&set), "enterprises",
                (json_int_t)period->enterprises, "facts", (json_int_t)period->facts, "seconds",
                seconds, "scored", (json_int_t)period->scored, "closed", period->closed, "classes",
                "A", (json_int_t)period->classes[CLASS_A], "B",
                (json_int_t)period->classes[CLASS_B], "C", (json_int_t)period->classes[CLASS_C],
                "D", (json_int_t)period->classes[CLASS_D]),
            error);
    } else if (!session->quiet) {
        output_line(_("Period %s: %lld enterprises and %lld facts scored in %.2f s; A %lld, B "
                      "%lld, C %lld, D %lld."),
                    text, (long long)period->enterprises, (long long)period->facts, seconds,
                    (long long)period->classes[CLASS_A], (long long)period->classes[CLASS_B],
                    (long long)period->classes[CLASS_C], (long long)period->classes[CLASS_D]);
        if (period->scored < period->enterprises) {
            output_line(_("Changes since the last run bear on %lld enterprises; only these were "
                          "looked at (--all looks at all)."),
                        (long long)period->scored);
        }
    }
    policy_set_free(&set);
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *wanted = argument_text(arguments, "period");
    if (argument_flag(arguments, "provisional")) {
        return wanted != NULL || argument_flag(arguments, "close")
                   ? error_set(error, RESULT_USAGE, "%s",
                               _("--provisional stores nothing; leave out --period and --close."))
                   : score_provisional(session, arguments, error);
    }
    if (argument_text(arguments, "day") != NULL || argument_text(arguments, "list") != NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--day and --list belong to --provisional; give that too."));
    }
    int64_t id = period_of(clock_today(&session->actor.clock));
    enum result code = wanted == NULL ? RESULT_OK : period_parse(wanted, &id, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    double start = seconds_now();
    struct period period;
    if (code == RESULT_OK) {
        code = (argument_flag(arguments, "all") ? period_run : period_run_again)(
            session->store, &session->actor, id, argument_flag(arguments, "close"), NULL, &period,
            error);
    }
    return code == RESULT_OK ? print(session, &period, seconds_now() - start, error) : code;
}

static const struct option options[] = {
    {"period", "YYYY-MM", N_("the month; this month when not given")},
    {"close", NULL, N_("freeze the period after the run")},
    {"all", NULL, N_("look at every enterprise, also when little changed since the last run")},
    {"provisional", NULL, N_("score for a day, beside the newest period, and store nothing")},
    {"day", "YYYY-MM-DD", N_("with --provisional: any day up to the end of this month")},
    {"list", "FILE", N_("with --provisional: write who would move to a .csv or .xlsx file")},
    {NULL, NULL, NULL}};

const struct command command_score = {
    .name = "score",
    .usage =
        "[--period YYYY-MM] [--all] [--close] | --provisional [--day YYYY-MM-DD] [--list FILE]",
    .summary = N_("score every enterprise for a period"),
    .options = options,
    .run = run,
};
