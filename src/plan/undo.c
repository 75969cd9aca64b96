#include "plan/undo.h"

#include "base/gettext.h"
#include "intake/batch.h"
#include "intake/batch_list.h"
#include "score/period.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>

/* Plans that drew enterprises it entered, and frozen ones that may. */
static enum result add_plans(struct store *store, int64_t batch, struct rests *rests,
                             struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, store,
                    "SELECT p.number, p.title FROM plan p WHERE"
                    " EXISTS (SELECT 1 FROM plan_unit u JOIN enterprise e ON e.id = u.enterprise"
                    " WHERE u.plan = p.id AND e.batch = ?1)"
                    " OR (p.state IN ('FROZEN', 'COMMITTED', 'SEEDED')"
                    " AND p.frozen_at >= (SELECT at FROM batch WHERE id = ?1)"
                    " AND EXISTS (SELECT 1 FROM enterprise WHERE batch = ?1)) ORDER BY p.id",
                    VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        rests_add(rests, _("Plan %s (%s) was made with enterprises that it entered."),
                  statement_string(rows, 0), statement_string(rows, 1));
    }
    statement_free(rows);
    return code;
}

/* Results of closed plans, and results that were made public or followed up: they stay. */
static enum result add_results(struct store *store, int64_t batch, struct rests *rests,
                               struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, store,
                    "SELECT DISTINCT p.number, p.title FROM inspection_result r JOIN plan p ON "
                    "p.number = r.task WHERE (r.batch = ?1 OR r.id IN (SELECT item FROM "
                    "batch_change WHERE batch = ?1 AND tab = 'inspection_result')) AND (p.state = "
                    "'CLOSED' OR r.id IN (SELECT result FROM plan_published UNION SELECT result "
                    "FROM plan_follow_up)) ORDER BY p.id",
                    VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        rests_add(rests,
                  _("Plan %s (%s) is closed, or published or followed up results that it entered."),
                  statement_string(rows, 0), statement_string(rows, 1));
    }
    statement_free(rows);
    return code;
}

/* Decisions of persons that lead to enterprises it entered. */
static enum result add_decisions(struct store *store, int64_t batch, struct rests *rests,
                                 struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store,
                                   "SELECT d.id, d.name FROM match_decision d JOIN enterprise e"
                                   " ON e.id = d.enterprise WHERE e.batch = ? ORDER BY d.id",
                                   VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        rests_add(rests, _("Decision %lld leads the name %s to an enterprise that it entered."),
                  (long long)statement_int(rows, 0), statement_string(rows, 1));
    }
    statement_free(rows);
    return code;
}

static enum result check_batch(struct store *store, int64_t batch, struct error *error) {
    struct batch_entry entry = {0};
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error) : batch_load(store, batch, arena, &entry, error);
    if (code == RESULT_OK && entry.undone_at != NULL) {
        code = error_set(error, RESULT_REFUSED, _("Intake %lld (%s) was undone already, by %s."),
                         (long long)batch, entry.file, entry.undone_by);
    }
    arena_free(arena);
    return code;
}

enum result undo_ask(struct store *store, int64_t batch, struct rests *rests, struct error *error) {
    static enum result (*const askers[])(struct store *, int64_t, struct rests *,
                                         struct error *) = {restore_rests, period_rests, add_plans,
                                                            add_results, add_decisions};
    enum result code = check_batch(store, batch, error);
    for (size_t i = 0; code == RESULT_OK && i < sizeof(askers) / sizeof(askers[0]); i++) {
        code = askers[i](store, batch, rests, error);
    }
    if (code == RESULT_OK && rests->text.failed) {
        code = error_no_memory(error);
    }
    return code;
}

/* The sentence for an intake that something rests on. */
static enum result refuse(int64_t batch, const struct rests *rests, struct error *error) {
    return rests->count > rests->most
               ? error_set(error, RESULT_REFUSED,
                           _("Intake %lld cannot be undone: %s And %zu more."), (long long)batch,
                           buffer_text(&rests->text), rests->count - rests->most)
               : error_set(error, RESULT_REFUSED, _("Intake %lld cannot be undone: %s"),
                           (long long)batch, buffer_text(&rests->text));
}

static enum result mark(struct store *store, const struct actor *actor, int64_t batch,
                        const char *reason, const struct restore_counts *counts,
                        struct error *error) {
    json_t *json =
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "enterprises", (json_int_t)counts->enterprises,
                  "facts", (json_int_t)counts->facts, "classes", (json_int_t)counts->handed,
                  "records", (json_int_t)counts->records, "sources", (json_int_t)counts->sources,
                  "restored", (json_int_t)counts->restored);
    char *after = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    enum result code = after == NULL ? error_no_memory(error)
                                     : batch_mark_undone(store, actor, batch, reason, after, error);
    free(after);
    return code;
}

/* Everything that happens inside the transaction. */
static enum result undo(struct store *store, const struct actor *actor, int64_t batch,
                        const char *reason, struct undo_report *report, struct error *error) {
    struct rests rests = RESTS_INIT;
    int64_t *touched = NULL;
    size_t count = 0;
    enum result code = undo_ask(store, batch, &rests, error);
    if (code == RESULT_OK && rests.count > 0) {
        code = refuse(batch, &rests, error);
    }
    rests_free(&rests);
    if (code == RESULT_OK) {
        code = restore_touched(store, batch, &touched, &count, error);
    }
    if (code == RESULT_OK) {
        code = period_forget_batch(store, batch, error);
    }
    if (code == RESULT_OK) {
        code = restore_batch(store, actor, batch, &report->counts, error);
    }
    if (code == RESULT_OK) {
        code = period_rescore(store, actor, touched, count, error);
        report->rescored = (int64_t)count - report->counts.enterprises;
    }
    free(touched);
    return code == RESULT_OK ? mark(store, actor, batch, reason, &report->counts, error) : code;
}

enum result undo_batch(struct store *store, const struct actor *actor, int64_t batch,
                       const char *reason, struct undo_report *report, struct error *error) {
    *report = (struct undo_report){0};
    enum result code = store_begin(store, error);
    return code == RESULT_OK
               ? store_finish(store, undo(store, actor, batch, reason, report, error), error)
               : code;
}
