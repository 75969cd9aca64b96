#include "plan/annual.h"
#include "base/gettext.h"
#include "plan/annual_batch.h"
#include "policy/policy_store.h"
#include "report/annual_export.h"
#include "ui/command/annual_show.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include "ui/command/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum result annual_id(const struct arguments *arguments, int64_t *id, struct error *error) {
    return argument_id(arguments, 1, _("The number of the annual plan"), id, error);
}

static enum result make(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arena;
    int64_t year = 0;
    int64_t id = 0;
    int now = date_year(clock_today(&session->actor.clock));
    enum result code = argument_number(arguments, "year", 1, 9999, now, &year, error);
    if (code == RESULT_OK) {
        code = annual_create(session->store, &session->actor, (int)year,
                             argument_text(arguments, "title"), &id, error);
    }
    return code == RESULT_OK ? annual_show_short(session, id, error) : code;
}

/* "3-11" or "5"; the whole year when it is not given. */
static enum result read_months(const struct arguments *arguments, struct annual_task *task,
                               struct error *error) {
    const char *text = argument_text(arguments, "months");
    char rest = '\0';
    task->first_month = 1;
    task->last_month = ANNUAL_MONTHS;
    if (text == NULL || (strlen(text) <= 5 && sscanf(text, "%2d-%2d%c", &task->first_month,
                                                     &task->last_month, &rest) == 2)) {
        return RESULT_OK;
    }
    if (strlen(text) <= 2 && sscanf(text, "%2d%c", &task->first_month, &rest) == 1) {
        task->last_month = task->first_month;
        return RESULT_OK;
    }
    return error_set(error, RESULT_USAGE,
                     _("--months: \"%s\" is not understood; write the first and the last month, "
                       "like 3-11."),
                     text);
}

static enum result read_batches(const struct arguments *arguments, struct annual_task *task,
                                struct error *error) {
    const char *text = argument_text(arguments, "batches");
    task->quarterly = text != NULL && strcmp(text, "quarter") == 0;
    if (text != NULL && !task->quarterly && strcmp(text, "month") != 0) {
        return error_set(error, RESULT_USAGE,
                         _("--batches: \"%s\" is not known; it is month or quarter."), text);
    }
    return RESULT_OK;
}

/* The rates of the command line, or those of the policy in force. */
static enum result read_shares(struct session *session, const struct arguments *arguments,
                               struct annual_task *task, struct error *error) {
    const char *rates = argument_text(arguments, "rates");
    if (rates != NULL) {
        return annual_shares_parse(rates, task->shares, error);
    }
    struct policy *policy = NULL;
    int64_t id = 0;
    enum result code = policy_store_in_force(session->store, &policy, &id, error);
    if (code == RESULT_OK) {
        annual_default_shares(policy, task->shares);
    }
    policy_free(policy);
    return code;
}

static enum result add_task(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    int64_t place = 0;
    struct annual_task task = {
        .title = argument_text(arguments, "title"),
        .matter = argument_text(arguments, "matter"),
        .region = argument_text(arguments, "region"),
        .industry = argument_text(arguments, "industry"),
        .department = argument_text(arguments, "department"),
        .partners = argument_text(arguments, "partners"),
    };
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = read_months(arguments, &task, error);
    }
    if (code == RESULT_OK) {
        code = read_batches(arguments, &task, error);
    }
    if (code == RESULT_OK) {
        code = read_shares(session, arguments, &task, error);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "cap", 1, 366, 0, &task.cap, error);
    }
    if (code == RESULT_OK) {
        code = annual_task_add(session->store, &session->actor, id, &task, &place, error);
    }
    return code == RESULT_OK ? annual_show_whole(session, id, error) : code;
}

static enum result drop_task(struct session *session, const struct arguments *arguments,
                             struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    int64_t place = 0;
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = argument_id(arguments, 2, _("The number of the task"), &place, error);
    }
    if (code == RESULT_OK) {
        code = annual_task_drop(session->store, &session->actor, id, place, error);
    }
    return code == RESULT_OK ? annual_show_whole(session, id, error) : code;
}

static enum result show(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    enum result code = annual_id(arguments, &id, error);
    return code == RESULT_OK ? annual_show_whole(session, id, error) : code;
}

static enum result list(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arena;
    (void)arguments;
    return annual_show_list(session, error);
}

static enum result calendar(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    enum result code = annual_id(arguments, &id, error);
    return code == RESULT_OK ? annual_show_calendar(session, id, error) : code;
}

static enum result outlook(struct session *session, const struct arguments *arguments,
                           struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    return code == RESULT_OK ? annual_show_outlook(session, id, error) : code;
}

/* The month to draft, which has to lie in the plan's year. */
static enum result read_month(struct session *session, const struct arguments *arguments,
                              struct arena *arena, int64_t id, int *month, struct error *error) {
    struct annual annual;
    const char *text = argument_text(arguments, "month");
    date day = text == NULL ? clock_today(&session->actor.clock) : date_parse_period(text);
    enum result code = annual_load(session->store, id, arena, &annual, error);
    if (code == RESULT_OK && day == DATE_NONE) {
        code = error_set(error, RESULT_USAGE,
                         _("--month: \"%s\" is no month; write it like 2026-04."), text);
    }
    if (code == RESULT_OK && date_year(day) != annual.year) {
        code = error_set(error, RESULT_USAGE,
                         _("--month: %d-%02d is not in %d, the year of annual plan %lld."),
                         date_year(day), date_month(day), annual.year, (long long)id);
    }
    *month = date_month(day);
    return code;
}

static enum result draft(struct session *session, const struct arguments *arguments,
                         struct arena *arena, struct error *error) {
    int64_t id = 0;
    int month = 0;
    struct annual_drafted drafted;
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK) {
        code = read_month(session, arguments, arena, id, &month, error);
    }
    if (code == RESULT_OK) {
        code = annual_draft(session->store, &session->actor, id, month, 0, &drafted, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(
            json_pack("{s:I, s:I, s:I, s:o}", "made", (json_int_t)drafted.made, "there",
                      (json_int_t)drafted.there, "nobody", (json_int_t)drafted.nobody, "last",
                      drafted.last_id == 0 ? json_null() : json_integer(drafted.last_id)),
            error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("%lld plans drafted, %lld were there before, %lld batches have nobody left "
                      "to draw."),
                    (long long)drafted.made, (long long)drafted.there, (long long)drafted.nobody);
    }
    return code;
}

static enum result publish(struct session *session, const struct arguments *arguments,
                           struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK) {
        code = annual_publish(session->store, &session->actor, id, error);
    }
    return code == RESULT_OK ? annual_show_short(session, id, error) : code;
}

static enum result make_void(struct session *session, const struct arguments *arguments,
                             struct arena *arena, struct error *error) {
    (void)arena;
    int64_t id = 0;
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = annual_void(session->store, &session->actor, id, argument_text(arguments, "reason"),
                           error);
    }
    return code == RESULT_OK ? annual_show_short(session, id, error) : code;
}

static enum result export(struct session *session, const struct arguments *arguments,
                          struct arena *arena, struct error *error) {
    (void)arena; int64_t id = 0; char *path = NULL;
    const char *folder = argument_text(arguments, "dir");
    enum result code = annual_id(arguments, &id, error);
    if (code == RESULT_OK){code = annual_export_write(session->store, &session->actor, id,
                                                      folder == NULL ? "." : folder, &path, error);}
if (code == RESULT_OK && session->json) {
    code = output_json(json_pack("{s:[s]}", "files", path), error);
}
else if (code == RESULT_OK && !session->quiet) {
    output_line("%s", path);
}
free(path);
return code;
}

static const struct verb verbs[] = {
    {"new", make},        {"task", add_task},     {"drop", drop_task},  {"show", show},
    {"list", list},       {"calendar", calendar}, {"outlook", outlook}, {"draft", draft},
    {"publish", publish}, {"void", make_void},    {"export", export},   {NULL, NULL},
};

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    return verb_run(session, arguments, "annual", verbs, error);
}

static const struct option options[] = {
    {"year", "YYYY", N_("new: the year; this one when not given")},
    {"title", "TEXT", N_("new, task: the title")},
    {"matter", "TEXT", N_("task: what is inspected")},
    {"region", "CODE", N_("task: only this division and those below it")},
    {"industry", "CODE", N_("task: only this industry and those below it")},
    {"department", "TEXT", N_("task: the office in charge")},
    {"partners", "TEXT", N_("task: supporting bodies")},
    {"rates", "A=P%xN,...",
     N_("task: the rate of each class, and behind x how often a year; "
        "those of the policy when not given")},
    {"batches", "month|quarter", N_("task: how the year is parted; by months when not given")},
    {"months", "M-N", N_("task: the months it may run in; all when not given")},
    {"cap", "N", N_("task: visits an enterprise may get in the year, of whatever plan")},
    {"month", "YYYY-MM", N_("draft: whose batches; this month when not given")},
    {"reason", "TEXT", N_("void: why")},
    {"dir", "FOLDER", N_("export: where the workbook goes; here when not given")},
    {NULL, NULL, NULL}};

const struct command command_annual = {
    .name = "annual",
    .usage = "new | task ID | drop ID TASK | publish ID | calendar ID | outlook ID | draft ID | "
             "export ID | void ID | list | show ID",
    .summary = N_("the plan of a year: tasks, batches, frequency"),
    .options = options,
    .run = run,
};
