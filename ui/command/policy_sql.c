#include "ui/command/policy_sql.h"

#include "base/gettext.h"
#include "score/period.h"
#include "score/policy_sql.h"
#include "ui/command/output.h"
#include "ui/command/policy.h"

#include <stdlib.h>

/* The policy that is named, else the one in force for enterprises. */
static enum result load(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct policy **policy, struct error *error) {
    int64_t id = 0;
    if (arguments->word_count > 1) {
        return policy_word_load(session, arguments->words[1], arena, policy, error);
    }
    enum result code = session_store(session, error);
    return code == RESULT_OK ? policy_store_in_force(session->store, policy, &id, error) : code;
}

/* The day that is asked for. */
static enum result read_day(const struct session *session, const struct arguments *arguments,
                            date *day, struct error *error) {
    const char *month = argument_text(arguments, "period");
    int64_t period = period_of(clock_today(&session->actor.clock));
    enum result code = RESULT_OK;
    if (argument_text(arguments, "day") != NULL) {
        if (month != NULL) {
            return error_set(error, RESULT_USAGE, "%s",
                             _("--period and --day do not go together; give one of them."));
        }
        return argument_date(arguments, "day", DATE_NONE, day, error);
    }
    if (month != NULL) {
        code = period_parse(month, &period, error);
    }
    if (code == RESULT_OK && period > period_of(clock_today(&session->actor.clock))) {
        return error_set(error, RESULT_REFUSED,
                         _("Period %s has not begun; only this month and earlier ones can be run."),
                         month);
    }
    *day = period_day(period, &session->actor.clock);
    return code;
}

static enum result read_dialect(const struct arguments *arguments, enum sql_dialect *dialect,
                                struct error *error) {
    const char *word = argument_text(arguments, "dialect");
    *dialect = word == NULL ? SQL_DIALECT_COUNT : sql_dialect_find(word);
    if (*dialect == SQL_DIALECT_COUNT) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Say for which database with --dialect: sqlite or postgresql."));
    }
    return RESULT_OK;
}

/* The script alone, so that it can be sent into a file; in JSON with what it was made from. */
static enum result print(const struct session *session, const struct policy *policy, date day,
                         const char *script, struct error *error) {
    if (!session->json) {
        output_line("%s", script);
        return RESULT_OK;
    }
    return output_json(json_pack("{s:s, s:s, s:s, s:o, s:s}", "policy", policy->code, "version",
                                 policy->version, "digest", policy->digest, "day", output_date(day),
                                 "sql", script),
                       error);
}

enum result policy_command_sql(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct error *error) {
    struct policy *policy = NULL;
    enum sql_dialect dialect = SQL_SQLITE;
    date day = DATE_NONE;
    char *script = NULL;
    enum result code = read_dialect(arguments, &dialect, error);
    if (code == RESULT_OK) {
        code = read_day(session, arguments, &day, error);
    }
    if (code == RESULT_OK) {
        code = load(session, arguments, arena, &policy, error);
    }
    if (code == RESULT_OK) {
        code = policy_sql(policy, day, dialect, &script, error);
    }
    if (code == RESULT_OK) {
        code = print(session, policy, day, script, error);
    }
    free(script);
    policy_free(policy);
    return code;
}
