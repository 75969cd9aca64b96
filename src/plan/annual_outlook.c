#include "plan/annual_outlook.h"

#include "score/period.h"
#include "store/statement.h"

/* Who came into a class of a scope between two periods: of it in ?1, not in ?2. Who is gone from
 * business is in neither frame. */
#define MOVED_QUERY                                                                                \
    "SELECT r.final_class, count(*) FROM result r JOIN enterprise e ON e.id = r.enterprise "       \
    "LEFT JOIN result o ON o.id = (?2 << 40 | e.id) WHERE r.period = ?1 AND "                      \
    "r.final_class IS NOT o.final_class AND "                                                      \
    "(?3 IS NULL OR substr(e.region, 1, length(?3)) = ?3) AND "                                    \
    "(?4 IS NULL OR substr(e.industry, 1, length(?4)) = ?4) AND "                                  \
    "e.status NOT IN ('cancelled', 'revoked', 'withdrawn', 'moved_out') AND "                      \
    "coalesce(e.uscc, e.registration_number, '') <> '' GROUP BY r.final_class"

static enum result count_moved(struct store *store, const struct annual_task *task, int64_t of,
                               int64_t not_of, int64_t counts[static CLASS_COUNT],
                               struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store, MOVED_QUERY,
                                   VALUES(value_int(of), value_int(not_of),
                                          value_text(task->region), value_text(task->industry)),
                                   error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        enum risk_class risk_class = risk_class_find(statement_string(rows, 0));
        if (risk_class < CLASS_COUNT) {
            counts[risk_class] = statement_int(rows, 1);
        }
    }
    statement_free(rows);
    return code;
}

static enum result count_drawn(struct store *store, const struct annual_task *task,
                               enum risk_class risk_class, int64_t *drawn, struct error *error) {
    return store_fetch_int(store,
                           "SELECT count(*) FROM annual_batch b JOIN plan p ON p.id = b.plan "
                           "JOIN plan_unit u ON u.plan = p.id WHERE b.task = ? AND u.class = ? AND "
                           "p.state IN ('DRAWN', 'LOCKED', 'CLOSED')",
                           VALUES(value_int(task->id), value_text(risk_class_letter(risk_class))),
                           0, drawn, error);
}

/* The batch that comes next: those before the last drafted one are past. */
static size_t next_batch(const struct annual_task *task) {
    size_t next = 0;
    for (size_t i = 0; i < task->batch_count; i++) {
        next = task->batches[i].plan != 0 ? i + 1 : next;
    }
    return next;
}

/* What the next batch and those after it bring. */
static enum result reckon_rest(struct store *store, const struct annual *annual,
                               const struct annual_task *task, struct annual_outlook *outlook,
                               struct error *error) {
    struct annual_class classes[CLASS_COUNT];
    bool any = outlook->next < task->batch_count;
    size_t batch = any ? outlook->next : task->batch_count - 1;
    enum result code = annual_batch_classes(store, annual->year, task, batch, classes, error);
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        struct annual_line line = annual_task_line(task, (enum risk_class)i);
        struct annual_outlook_class *one = &outlook->classes[i];
        one->now = classes[i].population;
        if (any) {
            one->then = annual_rate_then(&line, batch);
            one->rate = classes[i].rate;
            one->left = annual_left(&line, batch, classes[i].eligible, classes[i].drawn,
                                    classes[i].population);
        }
    }
    return code;
}

enum result annual_outlook_load(struct store *store, const struct annual *annual,
                                const struct annual_task *task, struct annual_outlook *outlook,
                                struct error *error) {
    struct period period;
    int64_t in[CLASS_COUNT] = {0};
    int64_t out[CLASS_COUNT] = {0};
    *outlook = (struct annual_outlook){.next = next_batch(task)};
    outlook->left = task->batch_count - outlook->next;
    enum result code = period_latest(store, &period, error);
    if (code == RESULT_OK) {
        code = count_moved(store, task, period.id, task->base_period, in, error);
    }
    if (code == RESULT_OK) {
        code = count_moved(store, task, task->base_period, period.id, out, error);
    }
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        struct annual_outlook_class *one = &outlook->classes[i];
        one->start = task->base[i];
        one->moved_in = in[i];
        one->moved_out = out[i];
        for (size_t j = 0; j < task->batch_count; j++) {
            one->planned += task->batches[j].planned[i];
        }
        code = count_drawn(store, task, (enum risk_class)i, &one->drawn, error);
    }
    return code == RESULT_OK ? reckon_rest(store, annual, task, outlook, error) : code;
}
