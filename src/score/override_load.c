#include "score/override.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <string.h>

#define OVERRIDE_QUERY                                                                             \
    "SELECT override.id, override.kind, enterprise, fact, class, rule, fact_status, reason, "      \
    "basis, document, valid_from, valid_to, state, proposer, approver, proposed_at, "              \
    "enterprise.uscc, enterprise.name, decided_at, withdrawn_at "                                  \
    "FROM override JOIN enterprise ON enterprise.id = override.enterprise "

static enum override_state state_of(const char *code, date valid_to, date today) {
    enum override_state state = OVERRIDE_PROPOSED;
    while (state < OVERRIDE_EXPIRED && strcmp(override_state_code(state), code) != 0) {
        state++;
    }
    bool ended = valid_to != DATE_NONE && valid_to <= today;
    return state == OVERRIDE_APPROVED && ended ? OVERRIDE_EXPIRED : state;
}

/* Reads a row of OVERRIDE_QUERY. A text lost for want of memory would be an override lost. */
static enum result read_row(struct statement *row, date today, struct arena *arena,
                            struct override *override, struct error *error) {
    *override = (struct override){
        .id = statement_int(row, 0),
        .enterprise = statement_int(row, 2),
        .fact = statement_int(row, 3),
        .risk_class = risk_class_find(statement_text(row, 4)),
        .rule = arena_strdup(arena, statement_text(row, 5)),
        .fact_status = (int)statement_int(row, 6),
        .reason = arena_strdup(arena, statement_text(row, 7)),
        .basis = arena_strdup(arena, statement_text(row, 8)),
        .document = arena_strdup(arena, statement_text(row, 9)),
        .valid_from = statement_date(row, 10),
        .valid_to = statement_date(row, 11),
        .proposer = arena_strdup(arena, statement_text(row, 13)),
        .approver = arena_strdup(arena, statement_text(row, 14)),
        .proposed_at = arena_strdup(arena, statement_text(row, 15)),
        .uscc = arena_strdup(arena, statement_text(row, 16)),
        .name = arena_strdup(arena, statement_text(row, 17)),
        .decided_at = arena_strdup(arena, statement_text(row, 18)),
        .withdrawn_at = arena_strdup(arena, statement_text(row, 19)),
    };
    override_kind_find(statement_string(row, 1), &override->kind);
    override->state = state_of(statement_string(row, 12), override->valid_to, today);
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}

enum result override_load(struct store *store, int64_t id, date today, struct arena *arena,
                          struct override *override, struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code = store_query(&rows, store, OVERRIDE_QUERY "WHERE override.id = ?",
                                   VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no override number %lld; see \"xinfeng override list\"."),
                         (long long)id);
    }
    if (code == RESULT_OK) {
        code = read_row(rows, today, arena, override, error);
    }
    statement_free(rows);
    return code;
}

/* How many rows a query over override counts. */
static enum result count_rows(struct store *store, int64_t enterprise, int64_t *count,
                              struct error *error) {
    return store_fetch_int(store, "SELECT count(*) FROM override WHERE ?1 = 0 OR enterprise = ?1",
                           VALUES(value_int(enterprise)), 0, count, error);
}

enum result override_load_all(struct store *store, int64_t enterprise, date today,
                              struct arena *arena, struct override **overrides, size_t *count,
                              struct error *error) {
    *count = 0;
    int64_t most = 0;
    struct statement *rows = NULL;
    enum result code = count_rows(store, enterprise, &most, error);
    if (code == RESULT_OK) {
        *overrides = arena_alloc(arena, ((size_t)most + 1) * sizeof(**overrides));
        code = *overrides == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code =
            store_query(&rows, store,
                        OVERRIDE_QUERY "WHERE ?1 = 0 OR enterprise = ?1 ORDER BY override.id DESC",
                        VALUES(value_int(enterprise)), error);
    }
    bool row = true;
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = read_row(rows, today, arena, &(*overrides)[(*count)++], error);
    }
    statement_free(rows);
    return code;
}

enum result override_in_force(struct store *store, int64_t enterprise, date day,
                              const struct policy *policy, struct arena *arena,
                              struct score_override **list, int64_t **enterprises, size_t *count,
                              struct error *error) {
    *count = 0;
    int64_t most = 0;
    struct statement *rows = NULL;
    enum result code = count_rows(store, enterprise, &most, error);
    if (code == RESULT_OK) {
        *list = arena_alloc(arena, ((size_t)most + 1) * sizeof(**list));
        *enterprises = arena_alloc(arena, ((size_t)most + 1) * sizeof(**enterprises));
        code = *list == NULL || *enterprises == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(
            &rows, store,
            OVERRIDE_QUERY "WHERE (?1 = 0 OR enterprise = ?1) AND "
                           "override.kind <> 'observe' AND "
                           "(override.kind <> 'set-class' OR ?3) AND "
                           "state = 'approved' AND valid_from <= ?2 AND "
                           "(valid_to IS NULL OR valid_to > ?2) "
                           "ORDER BY enterprise, override.id",
            VALUES(value_int(enterprise), value_date(day), value_int(policy->field == NULL)),
            error);
    }
    bool row = true;
    while (code == RESULT_OK && (int64_t)*count < most) {
        struct override override;
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = read_row(rows, day, arena, &override, error);
        (*list)[*count] = override_preview(&override, policy);
        (*enterprises)[(*count)++] = override.enterprise;
    }
    statement_free(rows);
    return code;
}
