#include "plan/plan.h"
#include "base/gettext.h"
#include "plan/teams.h"
#include "ui/command/command.h"
#include "ui/command/plan_later.h"
#include "ui/command/plan_make.h"
#include "ui/command/plan_papers.h"
#include "ui/command/plan_result.h"
#include "ui/command/plan_show.h"
#include "ui/command/plan_statistics.h"
#include "ui/command/plan_visits.h"
#include "ui/command/verb.h"

#include <string.h>

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

static enum result freeze(struct session *session, const struct arguments *arguments, int64_t id,
                          struct error *error) {
    (void)arguments;
    return plan_freeze(session->store, &session->actor, id, NULL, error);
}

/* Commits, and says which sheet is to be published now. */
static enum result commit(struct session *session, const struct arguments *arguments, int64_t id,
                          struct error *error) {
    enum result code = plan_commit(session->store, &session->actor, id, error);
    if (code == RESULT_OK) {
        code = plan_show_short(session, id, error);
    }
    if (code == RESULT_OK) {
        plan_papers_hint(session, arguments->words[1]);
    }
    return code;
}

static enum result team(struct session *session, const struct arguments *arguments, int64_t id,
                        struct error *error) {
    (void)arguments;
    return plan_team(session->store, &session->actor, id, NULL, error);
}

static enum result approve(struct session *session, const struct arguments *arguments, int64_t id,
                           struct error *error) {
    (void)arguments;
    return plan_approve(session->store, &session->actor, id, error);
}

static enum result make_void(struct session *session, const struct arguments *arguments, int64_t id,
                             struct error *error) {
    return plan_void(session->store, &session->actor, id, argument_text(arguments, "reason"),
                     error);
}

static enum result show(struct session *session, const struct arguments *arguments, int64_t id,
                        struct error *error) {
    (void)arguments;
    return plan_show_whole(session, id, error);
}

static enum result tell(struct session *session, const struct arguments *arguments, int64_t id,
                        struct error *error) {
    (void)arguments;
    return plan_show_story(session, id, error);
}

/* What a verb does with the plan that the second word names; a step is answered with the plan in
 * short, the others answer for themselves. */
static const struct plan_verb {
    const char *name;
    enum result (*run)(struct session *session, const struct arguments *arguments, int64_t id,
                       struct error *error);
    bool step;
} plan_verbs[] = {
    {"measures", plan_make_measures, false},
    {"frame", freeze, true},
    {"commit", commit, false},
    {"seed", set_seed, true},
    {"draw", draw, true},
    {"team", team, true},
    {"extend", plan_later_extend, true},
    {"replace", plan_later_replace, true},
    {"swap", plan_later_swap, true},
    {"approve", approve, true},
    {"result", plan_result_enter, false},
    {"results", plan_result_list, false},
    {"follow-up", plan_result_follow, false},
    {"publish", plan_result_publish, false},
    {"close", plan_result_close, true},
    {"void", make_void, true},
    {"commitment", plan_papers_commitment, false},
    {"ceremony", plan_papers_ceremony, false},
    {"notice", plan_papers_notice, false},
    {"forms", plan_papers_forms, false},
    {"export", plan_papers_export, false},
    {"show", show, false},
    {"journal", tell, false},
};

static enum result run_verb(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error) {
    const struct plan_verb *verb = plan_verbs;
    const char *word = NULL;
    int64_t id = 0;
    (void)arena;
    while (strcmp(verb->name, arguments->words[0]) != 0) { /* verb_run found it in its table */
        verb++;
    }
    enum result code = argument_word(arguments, 1, _("The number of the plan"), &word, error);
    if (code == RESULT_OK) {
        code = plan_find(session->store, word, &id, error);
    }
    if (code == RESULT_OK) {
        code = verb->run(session, arguments, id, error);
    }
    return code == RESULT_OK && verb->step ? plan_show_short(session, id, error) : code;
}

static enum result make(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arena;
    return plan_make_new(session, arguments, error);
}

static enum result list(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arguments;
    (void)arena;
    return plan_show_list(session, error);
}

#define PLAN_VERBS (sizeof(plan_verbs) / sizeof(plan_verbs[0]))

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    struct verb verbs[PLAN_VERBS + 5] = {{"new", make},
                                         {"list", list},
                                         {"visits", plan_visits_list},
                                         {"statistics", plan_statistics}};
    for (size_t i = 0; i < PLAN_VERBS; i++) {
        verbs[4 + i] = (struct verb){plan_verbs[i].name, run_verb};
    }
    enum result code = session_today(session, error);
    return code == RESULT_OK ? verb_run(session, arguments, "plan", verbs, error) : code;
}

static const struct option options[] = {
    {"title", "TEXT", N_("new: the title; papers: another one for the public")},
    {"rates", "A=P%,A/GRADE=P%,...", N_("new, measures: the rate of each class, or of a grade")},
    {"total", "N", N_("new, measures: a fixed number of units")},
    {"weights", "A=W,...", N_("with --total: the weight of each class")},
    {"min", "N", N_("with --total: the fewest units of a stratum")},
    {"rounding", "unbiased|ceil", N_("how rates are rounded")},
    {"region", "CODE", N_("new: only this division and those below it")},
    {"industry", "CODE", N_("new: only this industry and those below it")},
    {"matter", "TEXT", N_("new: what is inspected; result, follow-up: which of several")},
    {"department", "TEXT", N_("new: who inspects")},
    {"partners", "TEXT", N_("new: the bodies that take part")},
    {"cap", "N", N_("new: the most inspections a year of one enterprise")},
    {"not-within", "DAYS", N_("new: leave out who was inspected in so many days")},
    {"observe", "CODE,...", N_("new: industries under observation, with --observe-months")},
    {"observe-months", "N", N_("new: how long from their establishment")},
    {"field", "TEXT", N_("new: the professional field whose grades part the strata")},
    {"key-floor", "P%", N_("new, measures: the lowest rate of key fields")},
    {"from", "DATE", N_("new: the first day of the inspection; statistics: of the span")},
    {"to", "DATE", N_("new: the last day of the inspection; statistics: of the span")},
    {"team-size", "N", N_("new: inspectors for each unit; 2 when not given")},
    {"expert", NULL, N_("new: one of each team must be an expert")},
    {"seed", "DIGITS", N_("seed, draw: at least 20 digits drawn in public")},
    {"seed-source", "TEXT", N_("seed, draw: where the digits come from")},
    {"by", "N", N_("extend: how many units more")},
    {"stratum", "CODE", N_("extend: only of this stratum")},
    {"class", "A|B|C|D", N_("extend: only of this class")},
    {"out", "NUMBER", N_("swap: the inspector who cannot go")},
    {"in", "NUMBER", N_("swap: who goes instead; the next by the rule when not given")},
    {"result", "WORD", N_("result: what was found, in the words of the forms")},
    {"method", "WORD", N_("result: how it was inspected")},
    {"completed-on", "DATE", N_("result: the day the inspection was completed")},
    {"follow-up", "WORD", N_("result: what follows")},
    {"inspectors", "TEXT", N_("result: who inspected; the team when not given")},
    {"note", "TEXT", N_("result: what else is to be said")},
    {"withdraw", NULL, N_("result: take it back, with --reason")},
    {"only", "all|missing|open|unpublished", N_("results: which are listed")},
    {"outcome", "TEXT", N_("follow-up: what came of it")},
    {"document", "TEXT", N_("follow-up: the number of its document")},
    {"on", "DATE", N_("follow-up, publish: the day; today when not given")},
    {"missing", "USCC=TEXT",
     N_("close: why one household has no result; may be given several times")},
    {"reason", "TEXT", N_("void, extend, replace, swap, close, result --withdraw: why")},
    {"file", "FILE.xlsx", N_("statistics: the workbook to be written")},
    {"year", "YYYY", N_("visits: the year; this one when not given")},
    {"dir", "FOLDER", N_("export and papers: where the files go; here when not given")},
    {"whole", NULL, N_("export: with the papers for the public and the ceremony")},
    {NULL, NULL, NULL}};

const struct command command_plan = {
    .name = "plan",
    .usage = "new | list | visits | statistics | measures ID | frame ID | commit ID | seed ID | "
             "draw ID | team ID | "
             "extend ID | replace ID UNIT | swap ID [UNIT] | approve ID | result ID USCC | "
             "results ID | follow-up ID USCC | publish ID | close ID | void ID | "
             "commitment ID | ceremony ID | notice ID | forms ID | export ID | "
             "show ID | journal ID",
    .summary = N_("the life of an inspection plan"),
    .options = options,
    .run = run,
};
