#include "score/override.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define OVERRIDE_QUERY                                                                             \
    "SELECT override.id, override.kind, enterprise, fact, class, rule, fact_status, reason, "      \
    "basis, document, valid_from, valid_to, state, proposer, approver, proposed_at, "              \
    "enterprise.uscc, enterprise.name, amount_before, amount_left, level_before, level_left, "     \
    "novelty, decided_at, decided_reason, withdrawn_by, withdrawn_at, withdrawn_reason, "          \
    "withdrawn_document "                                                                          \
    "FROM override JOIN enterprise ON enterprise.id = override.enterprise "

static enum override_state state_of(const char *code, date valid_to, date today) {
    enum override_state state = OVERRIDE_PROPOSED;
    while (state < OVERRIDE_EXPIRED && strcmp(override_state_code(state), code) != 0) {
        state++;
    }
    bool ended = valid_to != DATE_NONE && valid_to <= today;
    return state == OVERRIDE_APPROVED && ended ? OVERRIDE_EXPIRED : state;
}

static int64_t amount_of(struct statement *row, int column) {
    return statement_is_null(row, column) ? FACT_NO_AMOUNT : statement_int(row, column);
}

static int32_t level_of(struct statement *row, int column) {
    return statement_is_null(row, column) ? FACT_NO_LEVEL : (int32_t)statement_int(row, column);
}

/* How it ended, where it did. */
static void read_end(struct statement *row, struct arena *arena, struct override *override) {
    override->decided_at = arena_strdup(arena, statement_text(row, 23));
    override->decided_reason = arena_strdup(arena, statement_text(row, 24));
    override->withdrawn_by = arena_strdup(arena, statement_text(row, 25));
    override->withdrawn_at = arena_strdup(arena, statement_text(row, 26));
    override->withdrawn_reason = arena_strdup(arena, statement_text(row, 27));
    override->withdrawn_document = arena_strdup(arena, statement_text(row, 28));
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
        .amount_before = amount_of(row, 18),
        .amount_left = amount_of(row, 19),
        .level_before = level_of(row, 20),
        .level_left = level_of(row, 21),
    };
    override->part =
        override->amount_left != FACT_NO_AMOUNT || override->level_left != FACT_NO_LEVEL;
    override_kind_find(statement_string(row, 1), &override->kind);
    override_novelty_find(statement_string(row, 22), &override->novelty);
    override->state = state_of(statement_string(row, 12), override->valid_to, today);
    read_end(row, arena, override);
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

/* Which overrides are asked for: ?1 of whom, ?2 in which choice (an enum override_choice), ?3
 * today, ?4 the day before which an end is near. */
#define CHOSEN                                                                                     \
    "WHERE (?1 = 0 OR enterprise = ?1) AND CASE ?2 "                                               \
    "WHEN 0 THEN 1 "                                                                               \
    "WHEN 1 THEN state = 'proposed' "                                                              \
    "WHEN 2 THEN state = 'approved' AND valid_from <= ?3 AND coalesce(valid_to > ?3, 1) "          \
    "WHEN 3 THEN state = 'approved' AND valid_from > ?3 "                                          \
    "WHEN 4 THEN state = 'approved' AND valid_from <= ?3 AND valid_to > ?3 AND valid_to <= ?4 "    \
    "WHEN 5 THEN state = 'approved' AND valid_to <= ?3 "                                           \
    "WHEN 6 THEN state = 'withdrawn' "                                                             \
    "ELSE state = 'rejected' END "

#define CHOICES(filter, today)                                                                     \
    VALUES(value_int((filter)->enterprise), value_int((int64_t)(filter)->choice),                  \
           value_date(today), value_date(date_add_days(today, (filter)->days)))

static const struct {
    const char *code;
    const char *name;
} choices[OVERRIDES_CHOICES] = {
    [OVERRIDES_ALL] = {"all", N_("all")},
    [OVERRIDES_PROPOSED] = {"proposed", N_("awaiting approval")},
    [OVERRIDES_IN_FORCE] = {"in-force", N_("in force")},
    [OVERRIDES_TO_COME] = {"to-come", N_("approved, not begun")},
    [OVERRIDES_ENDING] = {"ending", N_("ending within 30 days")},
    [OVERRIDES_EXPIRED] = {"expired", N_("expired")},
    [OVERRIDES_WITHDRAWN] = {"withdrawn", N_("withdrawn")},
    [OVERRIDES_REJECTED] = {"rejected", N_("rejected")},
};

const char *override_choice_code(enum override_choice choice) {
    return choices[choice].code;
}

bool override_choice_find(const char *code, enum override_choice *choice) {
    for (int i = 0; i < OVERRIDES_CHOICES; i++) {
        if (strcmp(choices[i].code, code) == 0) {
            *choice = (enum override_choice)i;
            return true;
        }
    }
    return false;
}

const char *override_choice_name(enum override_choice choice) {
    return _(choices[choice].name);
}

bool override_holds(const struct override *override, date day) {
    bool approved = override->state == OVERRIDE_APPROVED || override->state == OVERRIDE_EXPIRED;
    return approved && override->valid_from <= day &&
           (override->valid_to == DATE_NONE || override->valid_to > day);
}

enum result override_count(struct store *store, const struct override_filter *filter, date today,
                           int64_t *count, struct error *error) {
    return store_fetch_int(store, "SELECT count(*) FROM override " CHOSEN, CHOICES(filter, today),
                           0, count, error);
}

enum result override_list(struct store *store, const struct override_filter *filter, date today,
                          struct arena *arena, struct override **overrides, size_t *count,
                          struct error *error) {
    *count = 0;
    int64_t most = 0;
    struct statement *rows = NULL;
    enum result code = override_count(store, filter, today, &most, error);
    if (code == RESULT_OK) {
        *overrides = arena_alloc(arena, ((size_t)most + 1) * sizeof(**overrides));
        code = *overrides == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(&rows, store,
                           OVERRIDE_QUERY CHOSEN
                           "ORDER BY CASE ?2 WHEN 4 THEN valid_to END, override.id DESC",
                           CHOICES(filter, today), error);
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

/* Puts an override back to where its last step up to a moment left it; *known: it was proposed by
 * then. */
static enum result put_back(struct store *store, const struct moment *moment, date day,
                            struct override *override, struct arena *arena, bool *known,
                            struct error *error) {
    static const struct {
        const char *action;
        enum override_state state;
    } steps[] = {
        {"override.propose", OVERRIDE_PROPOSED},
        {"override.approve", OVERRIDE_APPROVED},
        {"override.reject", OVERRIDE_REJECTED},
        {"override.withdraw", OVERRIDE_WITHDRAWN},
    };
    char *action = NULL;
    const char *subject = arena_printf(arena, "override:%lld", (long long) override->id);
    enum result code = store_fetch_text(
        store, "SELECT action FROM journal WHERE subject = ? AND id <= ? ORDER BY id DESC LIMIT 1",
        VALUES(value_text(subject), value_int(moment->journal)), &action, error);
    *known = action != NULL;
    for (size_t i = 0; action != NULL && i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (strcmp(action, steps[i].action) == 0) {
            override->state =
                state_of(override_state_code(steps[i].state), override->valid_to, day);
        }
    }
    if (override->state == OVERRIDE_PROPOSED) {
        override->approver = NULL;
        override->decided_at = NULL;
        override->decided_reason = NULL;
    }
    if (override->state != OVERRIDE_WITHDRAWN) {
        override->withdrawn_by = NULL;
        override->withdrawn_at = NULL;
        override->withdrawn_reason = NULL;
        override->withdrawn_document = NULL;
    }
    free(action);
    return code;
}

enum result override_load_at(struct store *store, int64_t enterprise, date day,
                             const struct moment *moment, struct arena *arena,
                             struct override **overrides, size_t *count, struct error *error) {
    size_t all = 0;
    const struct override_filter filter = {.enterprise = enterprise};
    enum result code = override_list(store, &filter, day, arena, overrides, &all, error);
    *count = moment == NULL ? all : 0;
    for (size_t i = 0; code == RESULT_OK && moment != NULL && i < all; i++) {
        struct override override = (*overrides)[i];
        bool known = false;
        code = put_back(store, moment, day, &override, arena, &known, error);
        if (known) {
            (*overrides)[(*count)++] = override;
        }
    }
    return code;
}

/* What bears on a score on the day ?2, under a policy that grades a field or not (?3). */
#define IN_FORCE                                                                                   \
    "override.kind <> 'observe' AND (override.kind <> 'set-class' OR ?3) AND "                     \
    "state = 'approved' AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?2) "
#define OF_SOME "enterprise IN (SELECT value FROM json_each(?1)) AND "
#define OF_ALL "?1 IS NULL AND "

static enum result load_in_force(struct store *store, const char *some, date day,
                                 const struct policy *policy, struct arena *arena,
                                 struct score_override **list, int64_t **enterprises, size_t *count,
                                 struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    const struct value values[] = {value_text(some), value_date(day),
                                   value_int(policy->field == NULL)};
    enum result code =
        store_fetch_int(store,
                        some == NULL ? "SELECT count(*) FROM override WHERE " OF_ALL IN_FORCE
                                     : "SELECT count(*) FROM override WHERE " OF_SOME IN_FORCE,
                        values, 3, 0, &most, error);
    if (code == RESULT_OK) {
        *list = arena_alloc(arena, ((size_t)most + 1) * sizeof(**list));
        *enterprises = arena_alloc(arena, ((size_t)most + 1) * sizeof(**enterprises));
        code = *list == NULL || *enterprises == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK && most > 0) {
        code = store_query(&rows, store,
                           some == NULL ? OVERRIDE_QUERY "WHERE " OF_ALL IN_FORCE
                                                         "ORDER BY enterprise, override.id"
                                        : OVERRIDE_QUERY "WHERE " OF_SOME IN_FORCE
                                                         "ORDER BY enterprise, override.id",
                           values, 3, error);
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

enum result override_in_force(struct store *store, const struct id_list *of, date day,
                              const struct policy *policy, struct arena *arena,
                              struct score_override **list, int64_t **enterprises, size_t *count,
                              struct error *error) {
    struct buffer some = BUFFER_INIT;
    *count = 0;
    if (of != NULL) {
        id_list_json(of, &some);
    }
    enum result code = some.failed
                           ? error_no_memory(error)
                           : load_in_force(store, of == NULL ? NULL : buffer_text(&some), day,
                                           policy, arena, list, enterprises, count, error);
    buffer_free(&some);
    return code;
}
