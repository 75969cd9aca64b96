#include "registry/restore.h"

#include "base/gettext.h"
#include "registry/enterprise.h"
#include "registry/fact.h"
#include "registry/handed_class.h"
#include "registry/record.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- what rests on it -------------------------------------------------------------------------
 */

/* Later batches, by how they rest on this one; each query gives batch, file and rows. */
static const struct {
    const char *sql;
    const char *how; /* what stands in the sentence behind the batch */
} laters[] = {
    {"SELECT b.id, b.file, count(*) FROM batch_change mine"
     " JOIN batch_change later ON later.tab = mine.tab AND later.item = mine.item"
     " JOIN batch b ON b.id = later.batch"
     " WHERE mine.batch = ?1 AND later.batch > ?1 AND b.undone_at IS NULL GROUP BY b.id ORDER BY "
     "b.id",
     N_("changed rows that this one changed")},
    {"SELECT b.id, b.file, count(*) FROM batch_change later JOIN batch b ON b.id = later.batch"
     " WHERE later.batch > ?1 AND b.undone_at IS NULL AND CASE later.tab"
     " WHEN 'fact' THEN (SELECT batch FROM fact WHERE id = later.item)"
     " WHEN 'enterprise' THEN (SELECT batch FROM enterprise WHERE id = later.item)"
     " WHEN 'handed_class' THEN (SELECT batch FROM handed_class WHERE id = later.item)"
     " WHEN 'inspector' THEN (SELECT batch FROM inspector WHERE id = later.item)"
     " WHEN 'recusal' THEN (SELECT batch FROM recusal WHERE id = later.item)"
     " WHEN 'matter' THEN (SELECT batch FROM matter WHERE id = later.item)"
     " WHEN 'grade' THEN (SELECT batch FROM grade WHERE id = later.item)"
     " WHEN 'relation' THEN (SELECT batch FROM relation WHERE id = later.item)"
     " WHEN 'inspection_result' THEN (SELECT batch FROM inspection_result WHERE id = later.item)"
     " END = ?1"
     " GROUP BY b.id ORDER BY b.id",
     N_("changed rows that this one entered")},
    {"SELECT b.id, b.file, count(*) FROM fact_source s JOIN fact f ON f.id = s.fact"
     " JOIN batch b ON b.id = s.batch WHERE f.batch = ?1 AND s.batch <> ?1"
     " GROUP BY b.id ORDER BY b.id",
     N_("told facts of this one from another source")},
    {"SELECT b.id, b.file, count(*) FROM enterprise e"
     " JOIN fact f ON f.id BETWEEN e.id << 20 AND (e.id << 20) + 1048575"
     " JOIN batch b ON b.id = f.batch WHERE e.batch = ?1 AND f.batch <> ?1"
     " GROUP BY b.id ORDER BY b.id",
     N_("put facts to enterprises that this one entered")},
    {"SELECT b.id, b.file, count(*) FROM handed_class h JOIN enterprise e ON e.id = h.enterprise"
     " JOIN batch b ON b.id = h.batch WHERE e.batch = ?1 AND h.batch <> ?1"
     " GROUP BY b.id ORDER BY b.id",
     N_("handed over classes of enterprises that this one entered")},
    {"SELECT b.id, b.file, count(*) FROM (SELECT enterprise, batch FROM recusal UNION ALL"
     " SELECT enterprise, batch FROM grade UNION ALL SELECT enterprise, batch FROM relation"
     " UNION ALL SELECT other, batch FROM relation WHERE other IS NOT NULL UNION ALL"
     " SELECT enterprise, batch FROM inspection_result) r JOIN enterprise e ON e.id = r.enterprise"
     " JOIN batch b ON b.id = r.batch WHERE e.batch = ?1 AND r.batch <> ?1"
     " GROUP BY b.id ORDER BY b.id",
     N_("told more of enterprises that this one entered")},
    {"SELECT b.id, b.file, count(*) FROM recusal r JOIN inspector i ON i.number = r.inspector"
     " JOIN batch b ON b.id = r.batch WHERE i.batch = ?1 AND r.batch <> ?1"
     " GROUP BY b.id ORDER BY b.id",
     N_("told recusals of inspectors that this one entered")},
};

static enum result add_laters(struct store *store, int64_t batch, size_t place, struct rests *rests,
                              struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, store, laters[place].sql, VALUES(value_int(batch)), error);
    while (code == RESULT_OK && row) {
        code = statement_step(rows, &row, error);
        if (code == RESULT_OK && row) {
            rests_add(rests, _("Intake %lld (%s) later %s (%lld rows); undo that one first."),
                      (long long)statement_int(rows, 0), statement_string(rows, 1),
                      _(laters[place].how), (long long)statement_int(rows, 2));
        }
    }
    statement_free(rows);
    return code;
}

enum result restore_rests(struct store *store, int64_t batch, struct rests *rests,
                          struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < sizeof(laters) / sizeof(laters[0]); i++) {
        code = add_laters(store, batch, i, rests, error);
    }
    return code;
}

/* ---- whom it touched --------------------------------------------------------------------------
 */

/* Whom the batch itself touched: what its facts and fields say of them counts for scores. */
#define TOUCHED_QUERY                                                                              \
    "SELECT id FROM enterprise WHERE batch = ?1 UNION"                                             \
    " SELECT id >> 20 FROM fact WHERE batch = ?1 UNION"                                            \
    " SELECT CASE tab WHEN 'fact' THEN item >> 20 ELSE item END FROM batch_change"                 \
    " WHERE batch = ?1 AND tab IN ('fact', 'enterprise')"

/* Whom the other libraries speak of: rows that the batch entered or changed. */
#define OTHER_QUERY(table, enterprise)                                                             \
    " UNION SELECT " enterprise " FROM " table " WHERE " enterprise " IS NOT NULL AND (batch = ?1" \
    " OR id IN (SELECT item FROM batch_change WHERE batch = ?1 AND tab = '" table "'))"

#define REACHED_QUERY                                                                              \
    TOUCHED_QUERY " UNION SELECT fact >> 20 FROM fact_source WHERE batch = ?1" OTHER_QUERY(        \
        "handed_class", "enterprise") OTHER_QUERY("recusal", "enterprise")                         \
        OTHER_QUERY("grade", "enterprise") OTHER_QUERY("relation", "enterprise")                   \
            OTHER_QUERY("relation", "other") OTHER_QUERY("inspection_result", "enterprise")

/* The ids that a query gives, on the heap. */
static enum result collect(struct store *store, const char *sql, int64_t batch,
                           int64_t **enterprises, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    size_t capacity = 0;
    bool row = true;
    *enterprises = NULL;
    *count = 0;
    enum result code = store_query(&rows, store, sql, VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        if (*count == capacity) {
            capacity = capacity == 0 ? 1024 : capacity * 2;
            int64_t *more = realloc(*enterprises, capacity * sizeof(*more));
            if (more == NULL) {
                code = error_no_memory(error);
                break;
            }
            *enterprises = more;
        }
        (*enterprises)[(*count)++] = statement_int(rows, 0);
    }
    statement_free(rows);
    if (code != RESULT_OK) {
        free(*enterprises);
        *enterprises = NULL;
        *count = 0;
    }
    return code;
}

enum result restore_touched(struct store *store, int64_t batch, int64_t **enterprises,
                            size_t *count, struct error *error) {
    return collect(store, TOUCHED_QUERY " ORDER BY 1", batch, enterprises, count, error);
}

enum result restore_reached(struct store *store, int64_t batch, int64_t **enterprises,
                            size_t *count, struct error *error) {
    return collect(store, REACHED_QUERY " ORDER BY 1", batch, enterprises, count, error);
}

enum result restore_count(struct store *store, int64_t batch, struct restore_counts *counts,
                          struct error *error) {
    *counts = (struct restore_counts){0};
    const struct {
        const char *sql;
        int64_t *count;
    } wanted[] = {
        {"SELECT count(*) FROM enterprise WHERE batch = ?", &counts->enterprises},
        {"SELECT count(*) FROM fact WHERE batch = ?", &counts->facts},
        {"SELECT count(*) FROM handed_class WHERE batch = ?", &counts->handed},
        {"SELECT count(*) FROM fact_source WHERE batch = ?", &counts->sources},
        {"SELECT count(*) FROM batch_change WHERE batch = ?", &counts->restored},
    };
    enum result code = record_count_batch(store, batch, &counts->records, error);
    for (size_t i = 0; code == RESULT_OK && i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        code = store_fetch_int(store, wanted[i].sql, VALUES(value_int(batch)), 0, wanted[i].count,
                               error);
    }
    return code;
}

/* ---- taking it back ---------------------------------------------------------------------------
 */

struct restoring {
    struct store *store;
    struct save_origin origin;
    struct enterprise_writer *enterprises;
    struct fact_writer *facts;
    struct handed_class_writer *handed;
    struct record_writer *records[RECORD_TABLE_COUNT];
};

/* Records are changed seldom: their writers are made when they are needed. */
static enum result put_back_record(struct restoring *restoring, enum record_table table, int64_t id,
                                   const json_t *before, struct error *error) {
    enum result code = RESULT_OK;
    if (restoring->records[table] == NULL) {
        code = record_writer_new(&restoring->records[table], restoring->store, table, error);
    }
    return code == RESULT_OK ? record_writer_restore(restoring->records[table], id, before,
                                                     &restoring->origin, error)
                             : code;
}

/* Puts what a change noted of a row of a table back into it. */
static enum result put_back(struct restoring *restoring, const char *table, int64_t id,
                            const json_t *before, struct error *error) {
    if (strcmp(table, "fact") == 0) {
        return fact_writer_restore(restoring->facts, id, before, &restoring->origin, error);
    }
    if (strcmp(table, "handed_class") == 0) {
        return handed_class_writer_restore(restoring->handed, id, before, &restoring->origin,
                                           error);
    }
    enum record_table records = record_table_find(table);
    return records == RECORD_TABLE_COUNT
               ? enterprise_writer_restore(restoring->enterprises, id, before, &restoring->origin,
                                           error)
               : put_back_record(restoring, records, id, before, error);
}

/* Puts one row back as it was. */
static enum result restore_one(struct restoring *restoring, struct statement *row,
                               struct error *error) {
    json_t *before = json_loads(statement_string(row, 2), 0, NULL);
    if (before == NULL) {
        return error_set(
            error, RESULT_DAMAGED,
            _("What row %lld held before cannot be read; restore the database from the "
              "latest backup."),
            (long long)statement_int(row, 1));
    }
    enum result code =
        put_back(restoring, statement_string(row, 0), statement_int(row, 1), before, error);
    json_decref(before);
    return code;
}

/* Puts the changed rows back, the last change first. */
static enum result restore_changed(struct restoring *restoring, int64_t batch, int64_t *count,
                                   struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, restoring->store,
                    "SELECT tab, item, before FROM batch_change WHERE batch = ? ORDER BY id DESC",
                    VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        code = restore_one(restoring, rows, error);
        (*count)++;
    }
    statement_free(rows);
    return code;
}

/* Removes the rows of a table that bear the batch's number. */
static enum result remove_rows(struct store *store, const char *sql, int64_t batch, int64_t *count,
                               struct error *error) {
    enum result code = store_execute(store, sql, VALUES(value_int(batch)), error);
    *count = code == RESULT_OK ? store_changes(store) : 0;
    return code;
}

enum result restore_batch(struct store *store, const struct actor *actor, int64_t batch,
                          struct restore_counts *counts, struct error *error) {
    struct restoring restoring = {.store = store, .origin = {.actor = actor, .source = ""}};
    *counts = (struct restore_counts){0};
    enum result code = enterprise_writer_new(&restoring.enterprises, store, error);
    if (code == RESULT_OK) {
        code = fact_writer_new(&restoring.facts, store, error);
    }
    if (code == RESULT_OK) {
        code = handed_class_writer_new(&restoring.handed, store, error);
    }
    if (code == RESULT_OK) {
        code = remove_rows(store, "DELETE FROM fact_source WHERE batch = ?", batch,
                           &counts->sources, error);
    }
    if (code == RESULT_OK) {
        code = remove_rows(store, "DELETE FROM fact WHERE batch = ?", batch, &counts->facts, error);
    }
    if (code == RESULT_OK) {
        code = remove_rows(store, "DELETE FROM handed_class WHERE batch = ?", batch,
                           &counts->handed, error);
    }
    if (code == RESULT_OK) {
        code = record_remove_batch(store, batch, &counts->records, error);
    }
    if (code == RESULT_OK) {
        code = remove_rows(store, "DELETE FROM enterprise WHERE batch = ?", batch,
                           &counts->enterprises, error);
    }
    if (code == RESULT_OK) { /* last, so that a code given back is free again */
        code = restore_changed(&restoring, batch, &counts->restored, error);
    }
    for (int i = 0; i < RECORD_TABLE_COUNT; i++) {
        record_writer_free(restoring.records[i]);
    }
    handed_class_writer_free(restoring.handed);
    fact_writer_free(restoring.facts);
    enterprise_writer_free(restoring.enterprises);
    return code;
}
