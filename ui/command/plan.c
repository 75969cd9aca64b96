#include "plan/plan.h"
#include "base/file.h"
#include "base/gettext.h"
#include "draw/team.h"
#include "plan/measures_text.h"
#include "plan/teams.h"
#include "policy/policy_store.h"
#include "report/plan_export.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include "ui/command/plan_show.h"

#include <string.h>

/* Sets how rates are rounded, where the command line says so. */
static enum result read_rounding(const struct arguments *arguments, struct draw_measures *measures,
                                 struct error *error) {
    const char *rounding = argument_text(arguments, "rounding");
    if (rounding == NULL) {
        return RESULT_OK;
    }
    bool up = strcmp(rounding, "ceil") == 0;
    measures->rounding = up ? DRAW_ROUNDING_CEIL : DRAW_ROUNDING_UNBIASED;
    if (!up && strcmp(rounding, "unbiased") != 0) {
        return error_set(error, RESULT_USAGE,
                         _("--rounding: \"%s\" is not known; it is unbiased or ceil."), rounding);
    }
    if (measures->mode != DRAW_MODE_RATE) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--rounding goes with rates; a fixed total is shared out exactly."));
    }
    return RESULT_OK;
}

/* The measures of the command line: rates, a total with weights, or those of the policy. */
static enum result read_measures(struct session *session, const struct arguments *arguments,
                                 struct draw_rule rules[static CLASS_COUNT],
                                 struct draw_measures *measures, struct error *error) {
    const char *rates = argument_text(arguments, "rates");
    const char *weights = argument_text(arguments, "weights");
    struct policy *policy = NULL;
    int64_t id = 0;
    int64_t total = 0;
    int64_t least = 0;
    enum result code = policy_store_in_force(session->store, &policy, &id, error);
    if (code == RESULT_OK) {
        *measures = plan_default_measures(policy, rules);
        code = argument_number(arguments, "total", 1, DRAW_NUMBER_LIMIT, 0, &total, error);
    }
    policy_free(policy);
    if (code == RESULT_OK) {
        code = argument_number(arguments, "min", 0, DRAW_NUMBER_LIMIT, 0, &least, error);
    }
    if (code == RESULT_OK && total == 0 &&
        (weights != NULL || argument_text(arguments, "min") != NULL)) {
        code = error_set(error, RESULT_USAGE, "%s",
                         _("--weights and --min share out a fixed number; give it with --total."));
    }
    if (code == RESULT_OK && rates != NULL && total > 0) {
        code = error_set(error, RESULT_USAGE, "%s",
                         _("Give either --rates or --total with --weights, not both."));
    }
    if (code == RESULT_OK && rates != NULL) {
        code = rates_parse(rates, rules, error);
    }
    if (code == RESULT_OK && total > 0) {
        *measures = (struct draw_measures){
            .mode = DRAW_MODE_TOTAL,
            .total = (uint64_t)total,
            .stratum_minimum = (uint64_t)least,
            .stratum_maximum = DRAW_NO_MAXIMUM,
            .rules = rules,
            .rule_count = CLASS_COUNT,
        };
        memset(rules, 0, CLASS_COUNT * sizeof(*rules));
        code = weights_parse(weights == NULL ? "A=1,B=5,C=20,D=100" : weights, rules, error);
    }
    return code == RESULT_OK ? read_rounding(arguments, measures, error) : code;
}

static enum result read_scope(const struct arguments *arguments, struct plan_scope *scope,
                              struct error *error) {
    *scope = (struct plan_scope){
        .region = argument_text(arguments, "region"),
        .industry = argument_text(arguments, "industry"),
        .matter = argument_text(arguments, "matter"),
        .department = argument_text(arguments, "department"),
        .expert = argument_flag(arguments, "expert"),
    };
    enum result code = argument_date(arguments, "from", DATE_NONE, &scope->from, error);
    if (code == RESULT_OK) {
        code = argument_date(arguments, "to", DATE_NONE, &scope->to, error);
    }
    return code == RESULT_OK ? argument_number(arguments, "team-size", 1, TEAM_SIZE_MOST,
                                               PLAN_TEAM_SIZE, &scope->team_size, error)
                             : code;
}

static enum result make(struct session *session, const struct arguments *arguments,
                        struct error *error) {
    struct draw_rule rules[CLASS_COUNT];
    struct draw_measures measures;
    struct plan_scope scope;
    int64_t id = 0;
    enum result code = read_scope(arguments, &scope, error);
    if (code == RESULT_OK) {
        code = read_measures(session, arguments, rules, &measures, error);
    }
    if (code == RESULT_OK) {
        code = plan_create(session->store, &session->actor, argument_text(arguments, "title"),
                           &scope, &measures, &id, error);
    }
    return code == RESULT_OK ? plan_show_short(session, id, error) : code;
}

/* True when an option says how much is to be drawn. */
static bool asks_measures(const struct arguments *arguments) {
    static const char *const names[] = {"rates", "total", "weights", "min"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (argument_text(arguments, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* `measures ID`: shows them, or sets them when options say how. */
static enum result change(struct session *session, const struct arguments *arguments, int64_t id,
                          struct error *error) {
    struct draw_rule rules[CLASS_COUNT];
    struct draw_measures measures;
    struct plan plan;
    struct arena *arena = arena_new();
    bool anew = asks_measures(arguments);
    bool rounds = argument_text(arguments, "rounding") != NULL;
    enum result code =
        arena == NULL ? error_no_memory(error) : plan_load(session->store, id, arena, &plan, error);
    if (code == RESULT_OK && anew) {
        code = read_measures(session, arguments, rules, &measures, error);
    } else if (code == RESULT_OK && rounds) {
        measures = plan.measures;
        code = read_rounding(arguments, &measures, error);
    }
    if (code == RESULT_OK && (anew || rounds)) {
        code = plan_change(session->store, &session->actor, id, plan.title, &plan.scope, &measures,
                           error);
    }
    arena_free(arena);
    return code == RESULT_OK ? plan_show_short(session, id, error) : code;
}

static enum result draw(struct session *session, const struct arguments *arguments, int64_t id,
                        struct error *error) {
    const char *seed = argument_text(arguments, "seed");
    if (seed == NULL) {
        return plan_draw(session->store, &session->actor, id, NULL, error);
    }
    return plan_draw_through(session->store, &session->actor, id, seed,
                             argument_text(arguments, "seed-source"), NULL, error);
}

static enum result set_seed(struct session *session, const struct arguments *arguments, int64_t id,
                            struct error *error) {
    const char *seed = argument_text(arguments, "seed");
    if (seed == NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Give the seed with --seed: at least 20 digits drawn in public."));
    }
    return plan_seed(session->store, &session->actor, id, seed,
                     argument_text(arguments, "seed-source"), error);
}

static enum result export_files(struct session *session, const struct arguments *arguments,
                                int64_t id, struct error *error) {
    const char *folder = argument_text(arguments, "dir");
    struct plan_export files = {{NULL}};
    folder = folder == NULL ? "." : folder;
    enum result code = file_make_folder(folder, error);
    if (code == RESULT_OK) {
        code = plan_export_write(session->store, &session->actor, id, folder, NULL, &files, error);
    }
    if (code == RESULT_OK && session->json) {
        code = output_json(
            json_pack("{s:[s, s, s]}", "files", files.files[0], files.files[1], files.files[2]),
            error);
    } else if (code == RESULT_OK && !session->quiet) {
        for (size_t i = 0; i < PLAN_EXPORT_FILES; i++) {
            output_line("%s", files.files[i]);
        }
    }
    plan_export_clear(&files);
    return code;
}

/* The verbs that take a plan and leave it changed; those that answer for themselves are apart. */
static enum result step(struct session *session, const struct arguments *arguments,
                        const char *verb, int64_t id, struct error *error) {
    if (strcmp(verb, "frame") == 0) {
        return plan_freeze(session->store, &session->actor, id, NULL, error);
    }
    if (strcmp(verb, "commit") == 0) {
        return plan_commit(session->store, &session->actor, id, error);
    }
    if (strcmp(verb, "seed") == 0) {
        return set_seed(session, arguments, id, error);
    }
    if (strcmp(verb, "draw") == 0) {
        return draw(session, arguments, id, error);
    }
    if (strcmp(verb, "team") == 0) {
        return plan_team(session->store, &session->actor, id, NULL, error);
    }
    if (strcmp(verb, "approve") == 0) {
        return plan_approve(session->store, &session->actor, id, error);
    }
    if (strcmp(verb, "void") == 0) {
        return plan_void(session->store, &session->actor, id, argument_text(arguments, "reason"),
                         error);
    }
    return error_set(error, RESULT_USAGE,
                     _("\"plan %s\" is not known; it is new, measures, frame, commit, seed, draw, "
                       "team, approve, void, export, list or show."),
                     verb);
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *verb = NULL;
    const char *word = NULL;
    int64_t id = 0;
    enum result code =
        argument_word(arguments, 0, _("What to do (new, draw, show and so on)"), &verb, error);
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(verb, "new") == 0) {
        return make(session, arguments, error);
    }
    if (strcmp(verb, "list") == 0) {
        return plan_show_list(session, error);
    }
    code = argument_word(arguments, 1, _("The number of the plan"), &word, error);
    if (code == RESULT_OK) {
        code = plan_find(session->store, word, &id, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(verb, "measures") == 0) {
        return change(session, arguments, id, error);
    }
    if (strcmp(verb, "show") == 0) {
        return plan_show_whole(session, id, error);
    }
    if (strcmp(verb, "export") == 0) {
        return export_files(session, arguments, id, error);
    }
    code = step(session, arguments, verb, id, error);
    return code == RESULT_OK ? plan_show_short(session, id, error) : code;
}

static const struct option options[] = {
    {"title", "TEXT", N_("new: the title")},
    {"rates", "A=P%,...", N_("new, measures: the rate of each class")},
    {"total", "N", N_("new, measures: a fixed number of units")},
    {"weights", "A=W,...", N_("with --total: the weight of each class")},
    {"min", "N", N_("with --total: the fewest units of a stratum")},
    {"rounding", "unbiased|ceil", N_("how rates are rounded")},
    {"region", "CODE", N_("new: only this division and those below it")},
    {"industry", "CODE", N_("new: only this industry and those below it")},
    {"matter", "TEXT", N_("new: what is inspected")},
    {"department", "TEXT", N_("new: who inspects")},
    {"from", "DATE", N_("new: the first day of the inspection")},
    {"to", "DATE", N_("new: the last day of the inspection")},
    {"team-size", "N", N_("new: inspectors for each unit; 2 when not given")},
    {"expert", NULL, N_("new: one of each team must be an expert")},
    {"seed", "DIGITS", N_("seed, draw: at least 20 digits drawn in public")},
    {"seed-source", "TEXT", N_("seed, draw: where the digits come from")},
    {"reason", "TEXT", N_("void: why")},
    {"dir", "FOLDER", N_("export: where the files go; here when not given")},
    {NULL, NULL, NULL}};

const struct command command_plan = {
    .name = "plan",
    .usage =
        "new | measures ID | frame ID | commit ID | seed ID | draw ID | team ID | approve ID | "
        "void ID | "
        "export ID | list | show ID",
    .summary = N_("the life of an inspection plan"),
    .options = options,
    .run = run,
};
