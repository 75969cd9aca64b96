#include "score/history.h"

#include "score/result.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* A period with its breakdown, while two are compared. */
struct period_result {
    struct result_row result;
    struct policy *policy; /* borrowed from the list of those loaded */
};

/* The policies met so far: an enterprise is scored by few. */
struct policies {
    int64_t *ids;
    struct policy **items;
    size_t count;
};

static void policies_free(struct policies *policies) {
    for (size_t i = 0; i < policies->count; i++) {
        policy_free(policies->items[i]);
    }
}

/* Finds a policy among those met, else loads it. There is room for one a period. */
static enum result policies_get(struct store *store, struct policies *policies, int64_t id,
                                struct policy **policy, struct error *error) {
    for (size_t i = 0; i < policies->count; i++) {
        if (policies->ids[i] == id) {
            *policy = policies->items[i];
            return RESULT_OK;
        }
    }
    enum result code = policy_store_load(store, id, policy, error);
    if (code == RESULT_OK) {
        policies->ids[policies->count] = id;
        policies->items[policies->count++] = *policy;
    }
    return code;
}

/* The centipoints of an indicator by its code; 0 when it gave none. */
static int64_t points_of(const struct period_result *from, const char *code) {
    for (size_t i = 0; i < from->result.indicator_count; i++) {
        const struct result_indicator *one = &from->result.indicators[i];
        if (one->indicator < from->policy->indicator_count &&
            strcmp(from->policy->indicators[one->indicator].code, code) == 0) {
            return one->centipoints;
        }
    }
    return 0;
}

/* Puts a change among the largest, if it is one of them; of equal ones the first stays first. */
static void note_change(struct history_row *row, struct history_change change) {
    size_t place = row->change_count;
    int64_t size = llabs(change.after - change.before);
    while (place > 0 &&
           llabs(row->changes[place - 1].after - row->changes[place - 1].before) < size) {
        place--;
    }
    if (size == 0 || place == HISTORY_CHANGES) {
        return;
    }
    row->change_count += row->change_count < HISTORY_CHANGES ? 1 : 0;
    for (size_t i = row->change_count - 1; i > place; i--) {
        row->changes[i] = row->changes[i - 1];
    }
    row->changes[place] = change;
}

/* Notes the indicators of one period that differ in the other; those both have are noted once. */
static void compare_indicators(struct history_row *row, const struct period_result *from,
                               const struct period_result *other, bool later, struct arena *arena) {
    for (size_t i = 0; i < from->result.indicator_count; i++) {
        const struct result_indicator *one = &from->result.indicators[i];
        if (one->indicator >= from->policy->indicator_count) {
            continue;
        }
        const struct policy_indicator *indicator = &from->policy->indicators[one->indicator];
        int64_t there = points_of(other, indicator->code);
        if (!later && there != 0) {
            continue;
        }
        note_change(row, (struct history_change){
                             .code = arena_strdup(arena, indicator->code),
                             .name = arena_strdup(arena, indicator->name),
                             .before = later ? there : one->centipoints,
                             .after = later ? one->centipoints : there,
                         });
    }
}

static void compare(struct history_row *row, const struct period_result *now,
                    const struct period_result *before, struct arena *arena) {
    row->first = false;
    row->change = now->result.total - before->result.total;
    row->other_policy = now->result.policy != before->result.policy;
    compare_indicators(row, now, before, true, arena);
    compare_indicators(row, before, now, false, arena);
}

static enum result load_row(struct store *store, struct policies *policies, int64_t enterprise,
                            struct arena *arena, struct history_row *row,
                            struct period_result *loaded, struct error *error) {
    struct result_row *result = &loaded->result;
    enum result code = result_load(store, row->period, enterprise, arena, result, error);
    if (code == RESULT_OK) {
        code = policies_get(store, policies, result->policy, &loaded->policy, error);
    }
    if (code == RESULT_OK) {
        row->day = result->day;
        row->total = result->total;
        row->score_class = result->score_class;
        row->final_class = result->final_class;
        row->decision = result->decision;
        row->rule = result->rule;
        row->override_id = result->override_id;
        row->policy_code = arena_strdup(arena, loaded->policy->code);
        row->policy_version = arena_strdup(arena, loaded->policy->version);
        row->policy_digest = arena_strdup(arena, loaded->policy->digest);
    }
    return code;
}

/* The periods that have a result of the enterprise, newest first. */
static enum result list_periods(struct store *store, int64_t enterprise, struct arena *arena,
                                struct history_row **rows, size_t *count, struct error *error) {
    int64_t most = 0;
    struct statement *statement = NULL;
    bool row = true;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM period", NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        *rows = arena_alloc(arena, ((size_t)most + 1) * sizeof(**rows));
        code = *rows == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(&statement, store,
                           "SELECT p.id, p.state = 'closed' FROM period p CROSS JOIN result r"
                           " ON r.id = (p.id << 40 | ?) ORDER BY p.id DESC",
                           VALUES(value_int(enterprise)), error);
    }
    while (code == RESULT_OK && (int64_t)*count < most &&
           (code = statement_step(statement, &row, error)) == RESULT_OK && row) {
        (*rows)[(*count)++] = (struct history_row){
            .period = statement_int(statement, 0),
            .closed = statement_int(statement, 1) != 0,
            .first = true,
        };
    }
    statement_free(statement);
    return code;
}

enum result history_load(struct store *store, int64_t enterprise, struct arena *arena,
                         struct history_row **rows, size_t *count, struct error *error) {
    struct policies policies = {0};
    struct period_result *loaded = NULL;
    *count = 0;
    enum result code = list_periods(store, enterprise, arena, rows, count, error);
    if (code == RESULT_OK) {
        loaded = arena_alloc(arena, (*count + 1) * sizeof(*loaded));
        policies.ids = arena_alloc(arena, (*count + 1) * sizeof(*policies.ids));
        policies.items = arena_alloc(arena, (*count + 1) * sizeof(struct policy *));
        code = arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
    }
    for (size_t i = 0; code == RESULT_OK && i < *count; i++) {
        code = load_row(store, &policies, enterprise, arena, &(*rows)[i], &loaded[i], error);
        if (code == RESULT_OK && i > 0) {
            compare(&(*rows)[i - 1], &loaded[i - 1], &loaded[i], arena);
        }
    }
    policies_free(&policies);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
