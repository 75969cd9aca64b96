#include "registry/fact.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <string.h>

#define SEQUENCE_BITS 20

static const struct {
    const char *code;
    const char *name;
} statuses[] = {
#define STATUS_ROW(number, code, name) [number] = {#code, name},
    FACT_STATUS_TABLE(STATUS_ROW)};

#define STATUS_COUNT ((int)(sizeof(statuses) / sizeof(statuses[0])))

int fact_status_find(const char *code) {
    for (int status = 0; status < STATUS_COUNT; status++) {
        if (strcmp(statuses[status].code, code) == 0) {
            return status;
        }
    }
    return -1;
}

const char *fact_status_code(int status) {
    return status >= 0 && status < STATUS_COUNT ? statuses[status].code : NULL;
}

const char *fact_status_name(int status) {
    return status >= 0 && status < STATUS_COUNT ? _(statuses[status].name) : "";
}

struct fact fact_make(int32_t type, date occurred_on) {
    return (struct fact){
        .type = type, .occurred_on = occurred_on, .amount = FACT_NO_AMOUNT, .level = FACT_NO_LEVEL};
}

int64_t fact_enterprise(int64_t fact_id) {
    return fact_id >> SEQUENCE_BITS;
}

int64_t fact_first_id(int64_t enterprise) {
    return enterprise << SEQUENCE_BITS;
}

int64_t fact_last_id(int64_t enterprise) {
    return (enterprise << SEQUENCE_BITS) + (((int64_t)1 << SEQUENCE_BITS) - 1);
}

#define FACT_QUERY                                                                                 \
    "SELECT fact.id, type, status, occurred_on, ended_on, amount, level, document, title, "        \
    "agency, source.name, recorded_on "
#define FACT_ORDER " ORDER BY occurred_on DESC, fact.id DESC"

/* Reads a row of FACT_QUERY; false when memory is short. */
static bool read_row(struct statement *row, struct arena *arena, struct fact *fact) {
    *fact = fact_make((int32_t)statement_int(row, 1), statement_date(row, 3));
    fact->id = statement_int(row, 0);
    fact->status = (int32_t)statement_int(row, 2);
    fact->ended_on = statement_date(row, 4);
    if (!statement_is_null(row, 5)) {
        fact->amount = statement_int(row, 5);
    }
    if (!statement_is_null(row, 6)) {
        fact->level = (int32_t)statement_int(row, 6);
    }
    const char **const texts[] = {&fact->document, &fact->title, &fact->agency, &fact->source};
    for (int i = 0; i < 4; i++) {
        const char *text = statement_text(row, 7 + i);
        *texts[i] = arena_strdup(arena, text);
        if (text != NULL && *texts[i] == NULL) {
            return false;
        }
    }
    fact->recorded_on = statement_date(row, 11);
    return true;
}

/* Doubles an array in an arena when it is full; false when memory is short. */
static bool make_room(struct arena *arena, struct fact **facts, size_t count, size_t *capacity) {
    if (count < *capacity) {
        return true;
    }
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    struct fact *more = arena_alloc(arena, wanted * sizeof(**facts));
    if (more == NULL) {
        return false;
    }
    if (count > 0) {
        memcpy(more, *facts, count * sizeof(**facts));
    }
    *facts = more;
    *capacity = wanted;
    return true;
}

/* The facts of an enterprise (ids ?1 to ?2) as they were after journal entry ?3 and batch ?4: what
 * was kept of them, else the rows themselves; those that came later are left out. A fact that came
 * by no batch has its own journal entry. */
#define FACTS_AT                                                                                   \
    "(SELECT min(place), id, type, status, occurred_on, ended_on, amount, level, document, title," \
    " agency, source, recorded_on, batch, line FROM fact_kept"                                     \
    " WHERE id BETWEEN ?1 AND ?2 AND journal > ?3 GROUP BY id UNION ALL"                           \
    " SELECT 0, id, type, status, occurred_on, ended_on, amount, level, document, title, agency,"  \
    " source, recorded_on, batch, line FROM fact WHERE id BETWEEN ?1 AND ?2"                       \
    " AND NOT EXISTS (SELECT 1 FROM fact_kept k WHERE k.id = fact.id AND k.journal > ?3)) fact"
#define THERE_AT                                                                                   \
    "(fact.batch <= ?4 OR (fact.batch IS NULL AND NOT EXISTS (SELECT 1 FROM journal j"             \
    " WHERE j.subject = 'fact:' || fact.id AND j.action = 'fact.insert' AND j.id > ?3)))"

#define MOMENT_VALUES(enterprise, moment)                                                          \
    VALUES(value_int(fact_first_id(enterprise)), value_int(fact_last_id(enterprise)),              \
           value_int((moment)->journal), value_int((moment)->batch))

enum result fact_load_all(struct store *store, int64_t enterprise, struct arena *arena,
                          struct fact **facts, size_t *count, struct error *error) {
    return fact_load_all_at(store, enterprise, NULL, arena, facts, count, error);
}

enum result fact_load_all_at(struct store *store, int64_t enterprise, const struct moment *moment,
                             struct arena *arena, struct fact **facts, size_t *count,
                             struct error *error) {
    *facts = NULL;
    *count = 0;
    size_t capacity = 0;
    struct statement *rows = NULL;
    enum result code =
        moment == NULL
            ? store_query(
                  &rows, store,
                  FACT_QUERY "FROM fact JOIN source ON source.id = fact.source "
                             "WHERE fact.id BETWEEN ? AND ? " FACT_ORDER,
                  VALUES(value_int(fact_first_id(enterprise)), value_int(fact_last_id(enterprise))),
                  error)
            : store_query(&rows, store,
                          FACT_QUERY "FROM " FACTS_AT " JOIN source ON source.id = fact.source "
                                     "WHERE " THERE_AT FACT_ORDER,
                          MOMENT_VALUES(enterprise, moment), error);
    bool row = true;
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        if (!make_room(arena, facts, *count, &capacity) ||
            !read_row(rows, arena, &(*facts)[*count])) {
            code = error_no_memory(error);
            break;
        }
        (*count)++;
    }
    statement_free(rows);
    return code;
}

enum result fact_load(struct store *store, int64_t id, struct arena *arena, struct fact *fact,
                      struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, store,
                    FACT_QUERY "FROM fact JOIN source ON source.id = fact.source WHERE fact.id = ?",
                    VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no fact number %lld; see \"xinfeng show\" for the numbers."),
                         (long long)id);
    }
    if (code == RESULT_OK && !read_row(rows, arena, fact)) {
        code = error_no_memory(error);
    }
    statement_free(rows);
    return code;
}

#define TELLINGS                                                                                   \
    ") t JOIN source s ON s.id = t.source LEFT JOIN batch b ON b.id = t.batch"                     \
    " ORDER BY t.fact, t.later, t.batch"

enum result fact_load_tellings(struct store *store, int64_t enterprise, struct arena *arena,
                               struct fact_telling **tellings, size_t *count, struct error *error) {
    return fact_load_tellings_at(store, enterprise, NULL, arena, tellings, count, error);
}

enum result fact_load_tellings_at(struct store *store, int64_t enterprise,
                                  const struct moment *moment, struct arena *arena,
                                  struct fact_telling **tellings, size_t *count,
                                  struct error *error) {
    struct statement *rows = NULL;
    size_t capacity = 0;
    bool row = true;
    *tellings = NULL;
    *count = 0;
    enum result code =
        moment == NULL
            ? store_query(
                  &rows, store,
                  "SELECT t.fact, s.name, b.file, t.batch, t.line FROM ("
                  "SELECT id AS fact, source, batch, line, 0 AS later FROM fact"
                  " WHERE id BETWEEN ?1 AND ?2"
                  " UNION ALL SELECT fact, source, batch, line, 1 FROM fact_source"
                  " WHERE fact BETWEEN ?1 AND ?2" TELLINGS,
                  VALUES(value_int(fact_first_id(enterprise)), value_int(fact_last_id(enterprise))),
                  error)
            : store_query(&rows, store,
                          "SELECT t.fact, s.name, b.file, t.batch, t.line FROM ("
                          "SELECT id AS fact, source, batch, line, 0 AS later FROM " FACTS_AT
                          " WHERE " THERE_AT
                          " UNION ALL SELECT fact, source, batch, line, 1 FROM fact_source"
                          " WHERE fact BETWEEN ?1 AND ?2 AND coalesce(batch, 0) <= ?4"
                          " UNION ALL SELECT fact, source, batch, line, 1 FROM fact_source_kept"
                          " WHERE fact BETWEEN ?1 AND ?2 AND coalesce(batch, 0) <= ?4 AND journal "
                          "> ?3" TELLINGS,
                          MOMENT_VALUES(enterprise, moment), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        if (*count == capacity) {
            capacity = capacity == 0 ? 16 : capacity * 2;
            struct fact_telling *more = arena_alloc(arena, capacity * sizeof(*more));
            if (more == NULL) {
                code = error_no_memory(error);
                break;
            }
            if (*count > 0) {
                memcpy(more, *tellings, *count * sizeof(*more));
            }
            *tellings = more;
        }
        (*tellings)[(*count)++] =
            (struct fact_telling){.fact = statement_int(rows, 0),
                                  .source = arena_strdup(arena, statement_string(rows, 1)),
                                  .file = arena_strdup(arena, statement_text(rows, 2)),
                                  .batch = statement_int(rows, 3),
                                  .line = statement_int(rows, 4)};
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result fact_load_changed(struct store *store, int64_t enterprise, const struct moment *moment,
                              struct arena *arena, int64_t **ids, size_t *count,
                              struct error *error) {
    struct statement *rows = NULL;
    int64_t most = 0;
    bool row = true;
    *count = 0;
    enum result code = store_fetch_int(
        store,
        "SELECT count(DISTINCT id) FROM fact_kept WHERE id BETWEEN ?1 AND ?2 AND journal > ?3",
        VALUES(value_int(fact_first_id(enterprise)), value_int(fact_last_id(enterprise)),
               value_int(moment->journal)),
        0, &most, error);
    if (code == RESULT_OK) {
        *ids = arena_alloc(arena, ((size_t)most + 1) * sizeof(**ids));
        code = *ids == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(&rows, store,
                           "SELECT DISTINCT id FROM fact_kept WHERE id BETWEEN ?1 AND ?2"
                           " AND journal > ?3 ORDER BY id",
                           VALUES(value_int(fact_first_id(enterprise)),
                                  value_int(fact_last_id(enterprise)), value_int(moment->journal)),
                           error);
    }
    while (code == RESULT_OK && (int64_t)*count < most &&
           (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*ids)[(*count)++] = statement_int(rows, 0);
    }
    statement_free(rows);
    return code;
}
