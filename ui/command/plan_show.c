#include "ui/command/plan_show.h"

#include "base/gettext.h"
#include "plan/ceiling.h"
#include "plan/drawn.h"
#include "plan/frozen.h"
#include "plan/measures_text.h"
#include "plan/outcome_list.h"
#include "plan/plan.h"
#include "plan/story.h"
#include "plan/teams.h"
#include "registry/division.h"
#include "registry/inspection_code.h"
#include "registry/record.h"
#include "score/period.h"
#include "ui/command/output.h"
#include "ui/command/plan_result.h"

#include <string.h>

#define PAGE_UNITS 500

/* What every answer about a plan has; a new reference. */
static json_t *head_json(const struct plan *plan) {
    char period[PERIOD_TEXT_SIZE];
    return json_pack(
        "{s:I, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o}", "id",
        (json_int_t)plan->id, "number", plan->number, "title", plan->title, "state",
        plan_state_code(plan->state), "draw_id", plan->draw_id, "period",
        period_format(plan->period, period), "seed", output_text(plan->seed), "seed_source",
        output_text(plan->seed_source), "frame_digest", output_text(plan->frame_digest),
        "roster_digest", output_text(plan->roster_digest), "measures_digest",
        output_text(plan->measures_digest), "population", (json_int_t)plan->population, "drawn",
        (json_int_t)plan->drawn, "measures", json_loads(plan->measures_text, 0, NULL), "excluded",
        plan->excluded == NULL ? json_object() : json_loads(plan->excluded, 0, NULL),
        "staff_left_out",
        plan->staff_left_out == NULL ? json_object() : json_loads(plan->staff_left_out, 0, NULL));
}

static void print_head(const struct plan *plan) {
    output_line(_("Plan %lld, number %s: %s; %s; %lld in the frame, %lld drawn."),
                (long long)plan->id, plan->number, plan->title, plan_state_name(plan->state),
                (long long)plan->population, (long long)plan->drawn);
}

/* Loads a plan and hands it on. */
static enum result with_plan(struct session *session, int64_t id,
                             enum result (*show)(struct session *session, const struct plan *plan,
                                                 struct arena *arena, struct error *error),
                             struct error *error) {
    struct arena *arena = arena_new();
    struct plan plan;
    enum result code =
        arena == NULL ? error_no_memory(error) : plan_load(session->store, id, arena, &plan, error);
    if (code == RESULT_OK) {
        code = show(session, &plan, arena, error);
    }
    arena_free(arena);
    return code;
}

static enum result show_short(struct session *session, const struct plan *plan, struct arena *arena,
                              struct error *error) {
    (void)arena;
    if (session->json) {
        return output_json(head_json(plan), error);
    }
    if (!session->quiet) {
        print_head(plan);
        if (plan->state == PLAN_FROZEN || plan->state == PLAN_COMMITTED) {
            output_line(_("  frame digest    %s"), plan->frame_digest);
            output_line(_("  measures digest %s"), plan->measures_digest);
            if (plan->roster_digest != NULL) {
                output_line(_("  roster digest   %s"), plan->roster_digest);
            }
        }
    }
    return RESULT_OK;
}

enum result plan_show_short(struct session *session, int64_t id, struct error *error) {
    return with_plan(session, id, show_short, error);
}

static json_t *rate_json(struct draw_rate rate) {
    return rate.den == 0
               ? json_null()
               : json_pack("{s:I, s:I}", "num", (json_int_t)rate.num, "den", (json_int_t)rate.den);
}

static json_t *stratum_json(const struct plan *plan, const struct drawn_stratum *stratum) {
    const struct draw_rule *rule = draw_measures_rule(
        &plan->measures, risk_class_letter(stratum->risk_class)[0], stratum->grade);
    struct draw_rate rate = stratum->certain ? (struct draw_rate){1, 1}
                            : plan->measures.mode == DRAW_MODE_RATE && rule != NULL
                                ? rule->rate
                                : (struct draw_rate){0, 0};
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:I, s:{s:I, s:I}, s:b, s:s}", "code",
                     stratum->code, "region", stratum->region, "class",
                     risk_class_letter(stratum->risk_class), "grade", stratum->grade, "population",
                     (json_int_t)stratum->population, "rate", rate_json(rate), "drawn",
                     (json_int_t)stratum->drawn, "inclusion", "num", (json_int_t)stratum->drawn,
                     "den", (json_int_t)stratum->population, "certain", stratum->certain,
                     "cutoff_ticket", stratum->cutoff_ticket);
}

/* The teams of a page of units. */
struct page_teams {
    struct team_member *members;
    size_t count;
};

/* The staff numbers of a unit's team; a new reference. */
static json_t *team_json(const struct page_teams *teams, int64_t place) {
    json_t *team = json_array();
    for (size_t i = 0; i < teams->count; i++) {
        if (teams->members[i].place == place) {
            json_array_append_new(team, json_string(teams->members[i].number));
        }
    }
    return team;
}

static json_t *unit_json(const struct drawn_unit *unit, const struct page_teams *teams,
                         const char *result) {
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:s, s:s*, s:s*, s:s*, s:o, s:o}", "uscc",
                     unit->unit, "name", unit->name, "class", risk_class_letter(unit->risk_class),
                     "stratum", unit->stratum, "rank", (json_int_t)unit->rank, "ticket",
                     unit->ticket, "method", unit->method, "replaces", unit->replaces,
                     "replaced_by", unit->replaced_by, "reason", unit->extra_reason, "team",
                     team_json(teams, unit->place), "result", output_text(result));
}

static void print_unit(const struct drawn_unit *unit, const char *team) {
    output_cell(risk_class_letter(unit->risk_class), 1);
    output_cell(unit->unit, 18);
    output_cell(division_label(unit->region), 16);
    if (team != NULL) {
        output_cell(team, 16);
    }
    output_cell(unit->name, 0);
    output_end();
}

/* Hands every drawn unit to JSON or to the terminal, page by page. */
static enum result each_unit(struct session *session, const struct plan *plan,
                             const char *const *results, json_t *array, struct error *error) {
    struct drawn_unit units[PAGE_UNITS];
    size_t count = PAGE_UNITS;
    int64_t after = 0;
    struct arena *page = arena_new();
    enum result code = page == NULL ? error_no_memory(error) : RESULT_OK;
    while (code == RESULT_OK && count == PAGE_UNITS) {
        arena_reset(page);
        code = drawn_load_units(session->store, plan->id, after, page, units, PAGE_UNITS, &count,
                                error);
        struct page_teams teams = {0};
        const char **names = NULL;
        if (code == RESULT_OK && count > 0) {
            code =
                array != NULL
                    ? teams_load(session->store, plan, units[0].place, units[count - 1].place, page,
                                 &teams.members, &teams.count, error)
                    : teams_names(session->store, plan, units[0].place, count, page, &names, error);
        }
        for (size_t i = 0; code == RESULT_OK && i < count; i++) {
            if (array != NULL) {
                json_array_append_new(array,
                                      unit_json(&units[i], &teams, results[units[i].place - 1]));
            } else {
                print_unit(&units[i], names == NULL ? NULL : names[i]);
            }
            after = units[i].place;
        }
    }
    arena_free(page);
    return code;
}

/* How the results of a plan stand, and the result of each unit by its place from 0, the gravest of
 * several. */
static enum result load_results(struct session *session, const struct plan *plan,
                                struct arena *arena, struct outcome_sum *sum, const char ***results,
                                struct error *error) {
    struct outcome *outcomes = NULL;
    size_t count = 0;
    *results = arena_alloc(arena, ((size_t)plan->drawn + 1) * sizeof(**results));
    enum result code = *results == NULL ? error_no_memory(error)
                                        : outcome_list(session->store, plan, OUTCOMES_ALL, arena,
                                                       &outcomes, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const char **result = &(*results)[outcomes[i].place - 1];
        if (*result == NULL || inspection_level(outcomes[i].result) > inspection_level(*result)) {
            *result = outcomes[i].result;
        }
    }
    return code == RESULT_OK ? outcome_sum(session->store, plan, clock_today(&session->actor.clock),
                                           arena, sum, error)
                             : code;
}

/* {"A": n, ...} of the classes, and {reason: n}; new references. */
static json_t *classes_json(const struct plan_counts *counts) {
    json_t *json = json_object();
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_object_set_new(json, risk_class_letter((enum risk_class)i),
                            json_integer(counts->classes[i]));
    }
    return json;
}

static json_t *excluded_json(const struct plan_counts *counts) {
    json_t *json = json_object();
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        if (counts->excluded[i] > 0) {
            json_object_set_new(json, plan_exclusion_code((enum plan_exclusion)i),
                                json_integer(counts->excluded[i]));
        }
    }
    return json;
}

/* Adds the freeze before this one, for comparison (draw.md, frame). */
static enum result add_previous(struct session *session, const struct plan *plan,
                                struct arena *arena, json_t *whole, struct error *error) {
    struct plan previous;
    struct plan_counts counts;
    bool found = false;
    enum result code = plan->frozen_at == NULL
                           ? RESULT_OK
                           : frozen_previous(session->store, plan, arena, &previous, &found, error);
    if (code == RESULT_OK && found) {
        code = frozen_counts(session->store, &previous, &counts, error);
    }
    if (code == RESULT_OK) {
        json_object_set_new(whole, "previous",
                            found ? json_pack("{s:s, s:o, s:o}", "number", previous.number,
                                              "classes", classes_json(&counts), "excluded",
                                              excluded_json(&counts))
                                  : json_null());
    }
    return code;
}

/* Adds the matters and what they allow (X17). */
static enum result add_ceiling(struct session *session, const struct plan *plan,
                               struct arena *arena, json_t *whole, struct error *error) {
    struct plan_ceiling ceiling;
    enum result code = ceiling_load(session->store, &plan->scope, arena, &ceiling, error);
    json_t *matters = json_array();
    json_t *caps = json_object();
    for (size_t i = 0; code == RESULT_OK && i < ceiling.matter_count; i++) {
        json_array_append_new(matters, json_pack("{s:s, s:s}", "code", ceiling.matters[i].code,
                                                 "title", ceiling.matters[i].title));
    }
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_object_set_new(caps, risk_class_letter((enum risk_class)i),
                            json_integer(plan->scope.limits.caps[i]));
    }
    json_object_set_new(whole, "matters", matters);
    json_object_set_new(whole, "caps", caps);
    json_object_set_new(
        whole, "ceiling",
        code != RESULT_OK || ceiling.rate == RECORD_UNKNOWN
            ? json_null()
            : json_pack("{s:I, s:I}", "num", (json_int_t)ceiling.rate, "den", (json_int_t)10000));
    return code;
}

static enum result show_whole(struct session *session, const struct plan *plan, struct arena *arena,
                              struct error *error) {
    struct drawn_stratum *strata = NULL;
    size_t count = 0;
    struct outcome_sum sum;
    const char **results = NULL;
    enum result code = drawn_load_strata(session->store, plan->id, arena, &strata, &count, error);
    if (code == RESULT_OK) {
        code = load_results(session, plan, arena, &sum, &results, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (!session->json) {
        print_head(plan);
        if (plan->state == PLAN_LOCKED || plan->state == PLAN_CLOSED) {
            plan_result_sum_print(&sum);
        }
        for (size_t i = 0; i < count; i++) {
            output_cell(strata[i].code, 14);
            output_line("%lld/%lld", (long long)strata[i].drawn, (long long)strata[i].population);
        }
        return each_unit(session, plan, results, NULL, error);
    }
    json_t *stratum_array = json_array();
    json_t *unit_array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(stratum_array, stratum_json(plan, &strata[i]));
    }
    code = each_unit(session, plan, results, unit_array, error);
    json_t *whole = head_json(plan);
    if (code == RESULT_OK) {
        code = add_previous(session, plan, arena, whole, error);
    }
    if (code == RESULT_OK) {
        code = add_ceiling(session, plan, arena, whole, error);
    }
    json_object_set_new(whole, "strata", stratum_array);
    json_object_set_new(whole, "units", unit_array);
    json_object_set_new(whole, "results", plan_result_sum_json(&sum));
    if (code != RESULT_OK) {
        json_decref(whole);
        return code;
    }
    return output_json(whole, error);
}

enum result plan_show_whole(struct session *session, int64_t id, struct error *error) {
    return with_plan(session, id, show_whole, error);
}

static enum result show_story(struct session *session, const struct plan *plan, struct arena *arena,
                              struct error *error) {
    struct story_line *lines = NULL;
    size_t count = 0;
    enum result code = story_load(session->store, plan, arena, &lines, &count, error);
    json_t *array = session->json ? json_array() : NULL;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct story_line *line = &lines[i];
        if (array != NULL) {
            json_array_append_new(array,
                                  json_pack("{s:I, s:s, s:s, s:s, s:s?}", "entry",
                                            (json_int_t)line->entry, "at", line->at, "who",
                                            line->who, "what", line->what, "why", line->why));
        } else {
            output_line("%s  %s  %s%s%s", line->at, line->who, line->what,
                        line->why == NULL ? "" : "  ", line->why == NULL ? "" : line->why);
        }
    }
    if (code == RESULT_OK && array != NULL) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

enum result plan_show_story(struct session *session, int64_t id, struct error *error) {
    return with_plan(session, id, show_story, error);
}

enum result plan_show_list(struct session *session, struct error *error) {
    struct arena *arena = arena_new();
    struct plan *plans = NULL;
    size_t count = 0;
    enum result code = arena == NULL ? error_no_memory(error)
                                     : plan_list(session->store, arena, &plans, &count, error);
    if (code == RESULT_OK && session->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, head_json(&plans[i]));
        }
        code = output_json(array, error);
    } else if (code == RESULT_OK) {
        for (size_t i = 0; i < count; i++) {
            print_head(&plans[i]);
        }
    }
    arena_free(arena);
    return code;
}
