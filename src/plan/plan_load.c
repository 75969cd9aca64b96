#include "plan/plan.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define PLAN_QUERY                                                                                 \
    "SELECT id, number, title, state, draw_id, period, scope, measures, frame_digest, "            \
    "measures_digest, excluded, population, drawn, seed, seed_source, created_by, created_at, "    \
    "frozen_at, committed_at, seeded_at, drawn_by, drawn_at, approved_by, approved_at, "           \
    "void_reason, roster_digest, staff_left_out FROM plan "

static enum plan_state state_find(const char *code) {
    enum plan_state state = PLAN_DRAFT;
    while (state < PLAN_VOID && strcmp(plan_state_code(state), code) != 0) {
        state++;
    }
    return state;
}

static const char *member(json_t *object, const char *key, struct arena *arena) {
    return arena_strdup(arena, json_string_value(json_object_get(object, key)));
}

/* The limits; an absent object leaves them empty. */
static void read_limits(const json_t *json, struct plan_limits *limits) {
    limits->task = json_integer_value(json_object_get(json, "task"));
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        limits->rounds[i] = json_integer_value(json_array_get(json_object_get(json, "rounds"), i));
        limits->caps[i] = json_integer_value(json_array_get(json_object_get(json, "caps"), i));
    }
}

static enum result read_documents(struct statement *row, struct arena *arena, struct plan *plan,
                                  struct error *error) {
    json_t *scope = json_loads(statement_string(row, 6), 0, NULL);
    json_t *measures = json_loads(statement_string(row, 7), 0, NULL);
    enum result code = RESULT_OK;
    if (scope == NULL || measures == NULL) {
        code = error_set(error, RESULT_DAMAGED,
                         _("Plan %s is damaged in the database; restore the latest backup."),
                         plan->number);
    } else {
        plan->scope = (struct plan_scope){
            .region = member(scope, "region", arena),
            .industry = member(scope, "industry", arena),
            .matter = member(scope, "matter", arena),
            .matters = member(scope, "matters", arena),
            .department = member(scope, "department", arena),
            .partners = member(scope, "partners", arena),
            .cap = json_integer_value(json_object_get(scope, "cap")),
            .not_within = json_integer_value(json_object_get(scope, "not_within")),
            .observed = member(scope, "observed", arena),
            .observe_months = json_integer_value(json_object_get(scope, "observe_months")),
            .field = member(scope, "field", arena),
            .by_key = json_is_true(json_object_get(scope, "by_key")),
            .from = date_parse(json_string_value(json_object_get(scope, "from"))),
            .to = date_parse(json_string_value(json_object_get(scope, "to"))),
            .team_size = json_integer_value(json_object_get(scope, "team_size")),
            .expert = json_is_true(json_object_get(scope, "expert")),
        };
        read_limits(json_object_get(scope, "limits"), &plan->scope.limits);
        code = draw_measures_from_json(&plan->measures, measures, arena, error);
    }
    json_decref(scope);
    json_decref(measures);
    return code;
}

static enum result read_row(struct statement *row, struct arena *arena, struct plan *plan,
                            struct error *error) {
    *plan = (struct plan){
        .id = statement_int(row, 0),
        .state = state_find(statement_string(row, 3)),
        .period = statement_int(row, 5),
        .population = statement_int(row, 11),
        .drawn = statement_int(row, 12),
    };
    const struct {
        const char **text;
        int column;
    } texts[] = {
        {&plan->number, 1},        {&plan->title, 2},          {&plan->draw_id, 4},
        {&plan->measures_text, 7}, {&plan->frame_digest, 8},   {&plan->measures_digest, 9},
        {&plan->excluded, 10},     {&plan->seed, 13},          {&plan->seed_source, 14},
        {&plan->created_by, 15},   {&plan->created_at, 16},    {&plan->frozen_at, 17},
        {&plan->committed_at, 18}, {&plan->seeded_at, 19},     {&plan->drawn_by, 20},
        {&plan->drawn_at, 21},     {&plan->approved_by, 22},   {&plan->approved_at, 23},
        {&plan->void_reason, 24},  {&plan->roster_digest, 25}, {&plan->staff_left_out, 26},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        *texts[i].text = arena_strdup(arena, statement_text(row, texts[i].column));
    }
    enum result code = read_documents(row, arena, plan, error);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result plan_load(struct store *store, int64_t id, struct arena *arena, struct plan *plan,
                      struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, store, PLAN_QUERY "WHERE id = ?", VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no plan %lld; see \"xinfeng plan list\"."), (long long)id);
    }
    if (code == RESULT_OK) {
        code = read_row(rows, arena, plan, error);
    }
    statement_free(rows);
    return code;
}

/* The number a word is, or SQL NULL when it is anything else. */
static struct value whole_number(const char *word) {
    bool digits = word[0] != '\0' && word[strspn(word, "0123456789")] == '\0';
    return digits ? value_int(strtoll(word, NULL, 10)) : value_null();
}

enum result plan_find(struct store *store, const char *word, int64_t *id, struct error *error) {
    enum result code = store_fetch_int(
        store,
        "SELECT id FROM plan WHERE number = ?1 UNION ALL SELECT id FROM plan WHERE id = ?2 LIMIT 1",
        VALUES(value_text(word), whole_number(word)), 0, id, error);
    if (code == RESULT_OK && *id == 0) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no plan %s; see \"xinfeng plan list\"."), word);
    }
    return code;
}

enum result plan_list(struct store *store, struct arena *arena, struct plan **plans, size_t *count,
                      struct error *error) {
    *count = 0;
    int64_t most = 0;
    struct statement *rows = NULL;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM plan", NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        *plans = arena_alloc(arena, ((size_t)most + 1) * sizeof(**plans));
        code = *plans == NULL
                   ? error_no_memory(error)
                   : store_query(&rows, store, PLAN_QUERY "ORDER BY id DESC", NO_VALUES, error);
    }
    bool row = true;
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = read_row(rows, arena, &(*plans)[*count], error);
        *count += code == RESULT_OK ? 1 : 0;
    }
    statement_free(rows);
    return code;
}
