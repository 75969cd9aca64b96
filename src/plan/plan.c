#include "plan/plan.h"

#include "base/gettext.h"
#include "base/text.h"
#include "draw/team.h"
#include "guard/journal.h"
#include "plan/ceiling.h"
#include "plan/plan_row.h"
#include "score/period.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code;
    const char *word;
} states[] = {
#define STATE_ROW(name, word) {#name, word},
    PLAN_STATE_TABLE(STATE_ROW)};

const char *plan_state_code(enum plan_state state) {
    return states[state].code;
}

const char *plan_state_name(enum plan_state state) {
    return _(states[state].word);
}

const char *plan_sole_matter(const struct plan *plan) {
    const struct plan_scope *scope = &plan->scope;
    bool several = scope->matters != NULL && strchr(scope->matters, ',') != NULL;
    return several || text_blank(scope->matter) ? NULL : scope->matter;
}

struct draw_measures plan_default_measures(const struct policy *policy,
                                           struct draw_rule rules[static CLASS_COUNT]) {
    for (int i = 0; i < CLASS_COUNT; i++) {
        rules[i] = (struct draw_rule){
            .risk_class = risk_class_letter((enum risk_class)i)[0],
            .grade = "",
            .rate = {(uint64_t)policy->measures[i].rate_num,
                     (uint64_t)policy->measures[i].rate_den},
            .maximum = DRAW_NO_MAXIMUM,
        };
    }
    return (struct draw_measures){
        .mode = DRAW_MODE_RATE,
        .rounding = DRAW_ROUNDING_UNBIASED,
        .stratum_maximum = DRAW_NO_MAXIMUM,
        .rules = rules,
        .rule_count = CLASS_COUNT,
    };
}

/* What a person asks for, checked and written out. Either way of saving it is one transaction. */
struct request {
    struct store *store;
    const struct actor *actor;
    const char *title;
    char *scope;    /* JSON; owned */
    char *measures; /* canonical JSON; owned */
};

/* JSON of the limits; a new reference. */
static json_t *limits_json(const struct plan_limits *limits) {
    json_t *json =
        json_pack("{s:I, s:[], s:[]}", "task", (json_int_t)limits->task, "rounds", "caps");
    for (int i = 0; json != NULL && i < CLASS_COUNT; i++) {
        json_array_append_new(json_object_get(json, "rounds"), json_integer(limits->rounds[i]));
        json_array_append_new(json_object_get(json, "caps"), json_integer(limits->caps[i]));
    }
    return json;
}

/* JSON of a scope, on the heap; NULL when memory is short. */
static char *scope_text(const struct plan_scope *scope) {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    json_t *json = json_pack(
        "{s:s?, s:s?, s:s?, s:s*, s:s?, s:s*, s:s, s:s, s:I, s:b, s:I, s:I, s:s*, s:I, s:s*, s:b, "
        "s:o}",
        "region", scope->region, "industry", scope->industry, "matter", scope->matter, "matters",
        scope->matters, "department", scope->department, "partners", scope->partners, "from",
        date_format(scope->from, from), "to", date_format(scope->to, to), "team_size",
        (json_int_t)scope->team_size, "expert", scope->expert, "cap", (json_int_t)scope->cap,
        "not_within", (json_int_t)scope->not_within, "observed", scope->observed, "observe_months",
        (json_int_t)scope->observe_months, "field", scope->field, "by_key", scope->by_key, "limits",
        limits_json(&scope->limits));
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return text;
}

/* The canonical JSON of measures, on the heap. */
static char *measures_text(const struct draw_measures *measures) {
    json_t *json = draw_measures_to_json(measures);
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return text;
}

static enum result check_request(const char *title, const struct plan_scope *scope,
                                 const struct draw_measures *measures, struct error *error) {
    if (text_blank(title)) {
        return error_set(error, RESULT_USAGE, "%s", _("Give the plan a title."));
    }
    if (scope->team_size < 0 || scope->team_size > TEAM_SIZE_MOST) {
        return error_set(error, RESULT_USAGE,
                         _("A team of %lld is none; give a number from 1 to %d."),
                         (long long)scope->team_size, TEAM_SIZE_MOST);
    }
    if (scope->cap < 0 || scope->not_within < 0 || scope->observe_months < 0 ||
        scope->observe_months > 600 || scope->not_within > 36500 ||
        (scope->observed != NULL) != (scope->observe_months > 0)) {
        return error_set(
            error, RESULT_USAGE, "%s",
            _("Industries under observation and the months of it go together, and "
              "neither they, nor a cap, nor a number of days can be below 0 or beyond all "
              "measure."));
    }
    if (scope->from != DATE_NONE && scope->to != DATE_NONE && scope->to < scope->from) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The inspection would end before it begins; correct the dates."));
    }
    for (size_t i = 0; i < measures->rule_count; i++) {
        const struct draw_rule *rule = &measures->rules[i];
        bool key = strcmp(rule->grade, PLAN_KEY_GRADE) == 0;
        if (rule->grade[0] != '\0' && (key ? !scope->by_key : scope->field == NULL)) {
            return error_set(error, RESULT_USAGE,
                             _("Class %c/%s has a rate, but nothing says whose grades are meant; "
                               "name the professional field."),
                             rule->risk_class, rule->grade);
        }
    }
    return draw_measures_check(measures, error);
}

/* Checks what is asked for, writes it out and begins a transaction; after that request_clear. */
static enum result request_begin(struct request *request, const struct plan_scope *scope,
                                 const struct draw_measures *measures, struct error *error) {
    struct arena *arena = arena_new();
    struct plan_scope settled = *scope;
    struct draw_measures parted = *measures;
    parted.by_grade = scope->field != NULL || scope->by_key;
    enum result code = arena == NULL ? error_no_memory(error)
                                     : check_request(request->title, scope, &parted, error);
    if (code == RESULT_OK) {
        code = ceiling_settle(request->store, &settled, arena, error);
    }
    if (code == RESULT_OK) {
        request->scope = scope_text(&settled);
        request->measures = measures_text(&parted);
        code = request->scope == NULL || request->measures == NULL
                   ? error_no_memory(error)
                   : store_begin(request->store, error);
    }
    arena_free(arena);
    return code;
}

static void request_clear(struct request *request) {
    free(request->scope);
    free(request->measures);
}

enum result plan_journal(struct store *store, const struct actor *actor, const char *action,
                         const char *number, const char *reason, const char *after,
                         struct error *error) {
    char subject[64];
    snprintf(subject, sizeof(subject), "plan:%s", number);
    struct journal_entry entry = {
        .action = action, .subject = subject, .reason = reason, .after = after};
    return journal_write(store, actor, &entry, error);
}

/* The next number of the year: "2026-001". */
static enum result next_number(struct store *store, date today, char number[32],
                               struct error *error) {
    int64_t last = 0;
    char year[8];
    snprintf(year, sizeof(year), "%04d-", date_year(today));
    enum result code = store_fetch_int(
        store,
        "SELECT max(CAST(substr(number, 6) AS INTEGER)) FROM plan WHERE substr(number, 1, 5) = ?",
        VALUES(value_text(year)), 0, &last, error);
    snprintf(number, 32, "%s%03lld", year, (long long)last + 1);
    return code;
}

static enum result insert(const struct request *request, int64_t *id, struct error *error) {
    struct store *store = request->store;
    const struct actor *actor = request->actor;
    struct period period;
    char number[32];
    char at[CLOCK_TEXT_SIZE];
    enum result code = period_latest(store, &period, error);
    if (code == RESULT_OK && period.id == 0) {
        code = error_set(error, RESULT_NOT_FOUND, "%s",
                         _("No period was run yet, so there are no classes to draw by; run "
                           "\"xinfeng score\" first."));
    }
    if (code == RESULT_OK) {
        code = next_number(store, clock_today(&actor->clock), number, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(store,
                             "INSERT INTO plan (number, title, state, draw_id, period, scope, "
                             "measures, created_by, created_at) "
                             "VALUES (?1, ?2, 'DRAFT', ?1, ?3, ?4, ?5, ?6, ?7)",
                             VALUES(value_text(number), value_text(request->title),
                                    value_int(period.id), value_text(request->scope),
                                    value_text(request->measures), value_text(actor->name),
                                    value_text(clock_now(&actor->clock, at))),
                             error);
        *id = store_last_id(store);
    }
    if (code == RESULT_OK) {
        code = plan_journal(store, actor, "plan.create", number, request->title, request->measures,
                            error);
    }
    return code;
}

enum result plan_create(struct store *store, const struct actor *actor, const char *title,
                        const struct plan_scope *scope, const struct draw_measures *measures,
                        int64_t *id, struct error *error) {
    struct request request = {.store = store, .actor = actor, .title = title};
    enum result code = request_begin(&request, scope, measures, error);
    if (code == RESULT_OK) {
        code = store_finish(store, insert(&request, id, error), error);
    }
    request_clear(&request);
    return code;
}

static enum result change_draft(const struct request *request, int64_t id, struct error *error) {
    struct store *store = request->store;
    struct arena *arena = arena_new();
    struct plan plan;
    enum result code =
        arena == NULL ? error_no_memory(error) : plan_load(store, id, arena, &plan, error);
    if (code == RESULT_OK) {
        code = plan_expect(&plan, PLAN_DRAFT, error);
    }
    if (code == RESULT_OK) {
        code =
            store_execute(store, "UPDATE plan SET title = ?, scope = ?, measures = ? WHERE id = ?",
                          VALUES(value_text(request->title), value_text(request->scope),
                                 value_text(request->measures), value_int(id)),
                          error);
    }
    if (code == RESULT_OK) {
        code = plan_journal(store, request->actor, "plan.change", plan.number, request->title,
                            request->measures, error);
    }
    arena_free(arena);
    return code;
}

enum result plan_change(struct store *store, const struct actor *actor, int64_t id,
                        const char *title, const struct plan_scope *scope,
                        const struct draw_measures *measures, struct error *error) {
    struct request request = {.store = store, .actor = actor, .title = title};
    enum result code = request_begin(&request, scope, measures, error);
    if (code == RESULT_OK) {
        code = store_finish(store, change_draft(&request, id, error), error);
    }
    request_clear(&request);
    return code;
}

enum result plan_expect(const struct plan *plan, enum plan_state state, struct error *error) {
    if (plan->state == state) {
        return RESULT_OK;
    }
    return error_set(error, RESULT_REFUSED,
                     _("Plan %s is %s; this step needs one that is %s. Nothing was changed."),
                     plan->number, plan_state_name(plan->state), plan_state_name(state));
}
