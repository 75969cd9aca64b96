#include "score/period.h"

#include "base/gettext.h"
#include "score/professional.h"
#include "store/statement.h"

/* Closed periods by their id and how many enterprises' results, professional grades among them,
 * rest on the batch. A result holds the facts that counted: the fifth element of each of its
 * indicators.
 */
#define COUNTED                                                                                    \
    ", json_each(r.indicators) i, json_each(i.value, '$[4]') counted"                              \
    " WHERE json_extract(counted.value, '$[0]') = f.id"
#define CLOSED_QUERY                                                                               \
    "WITH closed AS (SELECT id FROM period WHERE state = 'closed'),"                               \
    " touched AS (SELECT id FROM fact WHERE batch = ?1 UNION"                                      \
    " SELECT item FROM batch_change WHERE batch = ?1 AND tab = 'fact')"                            \
    " SELECT p.id, count(*) FROM closed p JOIN ("                                                  \
    "SELECT r.period, r.enterprise FROM enterprise e CROSS JOIN closed c"                          \
    " JOIN result r ON r.id = (c.id << 40 | e.id) WHERE e.batch = ?1"                              \
    " UNION SELECT r.period, r.enterprise FROM touched f CROSS JOIN closed c"                      \
    " JOIN result r ON r.id = (c.id << 40 | (f.id >> 20))" COUNTED                                 \
    " UNION SELECT r.period, r.enterprise FROM touched f CROSS JOIN closed c"                      \
    " JOIN professional_result r ON r.period = c.id AND r.enterprise = f.id >> 20" COUNTED         \
    ") hit ON hit.period = p.id GROUP BY p.id ORDER BY p.id"

static enum result add_periods(struct store *store, int64_t batch, struct rests *rests,
                               struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store, CLOSED_QUERY, VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        char text[PERIOD_TEXT_SIZE];
        rests_add(rests,
                  _("Period %s is closed and explains %lld results by its rows; exclude the facts "
                    "instead."),
                  period_format(statement_int(rows, 0), text), (long long)statement_int(rows, 1));
    }
    statement_free(rows);
    return code;
}

static enum result add_overrides(struct store *store, int64_t batch, struct rests *rests,
                                 struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, store,
        "SELECT o.id, e.name FROM override o JOIN enterprise e ON e.id = o.enterprise"
        " WHERE e.batch = ?1 OR o.fact IN (SELECT id FROM fact WHERE batch = ?1 AND id = o.fact)"
        " ORDER BY o.id",
        VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        rests_add(rests, _("Override %lld of %s is about its rows, and overrides are kept."),
                  (long long)statement_int(rows, 0), statement_string(rows, 1));
    }
    statement_free(rows);
    return code;
}

enum result period_rests(struct store *store, int64_t batch, struct rests *rests,
                         struct error *error) {
    enum result code = add_periods(store, batch, rests, error);
    return code == RESULT_OK ? add_overrides(store, batch, rests, error) : code;
}

enum result period_forget_batch(struct store *store, int64_t batch, struct error *error) {
    enum result code = professional_forget_batch(store, batch, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = store_execute(
        store,
        "UPDATE period SET enterprises = enterprises - gone.n, class_a = class_a - gone.a,"
        " class_b = class_b - gone.b, class_c = class_c - gone.c, class_d = class_d - gone.d,"
        " facts = facts - gone.f"
        " FROM (SELECT r.period AS id, count(*) AS n, sum(r.final_class = 'A') AS a,"
        " sum(r.final_class = 'B') AS b, sum(r.final_class = 'C') AS c,"
        " sum(r.final_class = 'D') AS d, total(r.facts) AS f FROM enterprise e JOIN period p"
        " JOIN result r ON r.id = (p.id << 40 | e.id) WHERE e.batch = ?1 AND p.state = 'open' "
        "GROUP BY r.period) gone"
        " WHERE period.id = gone.id",
        VALUES(value_int(batch)), error);
    return code == RESULT_OK ? store_execute(store,
                                             "DELETE FROM result WHERE id IN (SELECT (p.id << 40 | "
                                             "e.id) FROM enterprise e CROSS JOIN period p"
                                             " WHERE e.batch = ?1 AND p.state = 'open')",
                                             VALUES(value_int(batch)), error)
                             : code;
}
