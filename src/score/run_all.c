#include "score/run_all.h"

#include "base/crew.h"
#include "score/result_rows.h"

#include <stdlib.h>
#include <string.h>

/* Enterprises are scored in pieces of so many ids. */
#define PIECE_IDS 512
#define MOST_WORKERS 8
/* How many pieces may wait to be taken for each worker. */
#define WAITING 3

/* What a piece came to. */
struct outcome {
    struct result_line *lines; /* results to be stored */
    size_t count;
    size_t capacity;
    struct professional_line *grades;
    size_t grade_count;
    size_t grade_capacity;
    struct buffer texts; /* of both */
    int64_t *gone;       /* enterprises whose results go */
    size_t gone_count;
    size_t gone_capacity;
    int64_t enterprises;
    int64_t facts;
    int64_t classes[CLASS_COUNT];
};

/* One thread's means. */
struct worker {
    struct store *store; /* a reader of its own, or the run's store */
    bool reads;          /* it is a reader of its own */
    struct scorer *scorer;
    struct professional *professional;
    struct scored *scored;
    struct statement *stored; /* the results that stand; NULL: there are none */
    bool stands;              /* a row of it stands */
    struct run *run;
};

struct run {
    struct store *store;
    struct scorer *scorer;
    struct professional *professional;
    struct period *period;
    const struct progress *progress;
    int64_t first; /* the first id */
    uint64_t ids;  /* from it to the last */
    size_t pieces;
    bool again; /* the period has results */
    struct worker workers[MOST_WORKERS];
    size_t worker_count;
    struct outcome *outcomes;
    size_t outcome_count;
    /* Of the taker. */
    struct result_rows *rows; /* of a period without results */
    struct statement *insert; /* of another */
    struct statement *remove;
};

/* ---- one piece ------------------------------------------------------------------------------- */

/* Makes room for more items behind those there are. */
static bool widen(void **items, size_t count, size_t more, size_t *capacity, size_t size) {
    if (count + more <= *capacity) {
        return true;
    }
    size_t wider = *capacity == 0 ? 256 : *capacity * 2;
    void *grown = realloc(*items, wider * size);
    if (grown == NULL) {
        return false;
    }
    *items = grown;
    *capacity = wider;
    return true;
}

static bool same_text(struct statement *row, int column, const struct value *value) {
    const char *text = statement_text(row, column);
    return text == NULL || value->type == VALUE_NULL ? text == NULL && value->type == VALUE_NULL
                                                     : strcmp(text, value->data) == 0;
}

/* True when the row that stands says the same as a line. */
static bool same_line(struct statement *row, const struct result_line *line, int64_t period,
                      const char *texts) {
    struct value values[RESULT_COLUMNS];
    result_line_values(line, period, texts, values);
    for (int i = RESULT_COLUMNS - 1; i >= 0; i--) {
        bool number = values[i].type == VALUE_INT;
        if (number ? statement_is_null(row, i) || statement_int(row, i) != values[i].number
                   : !same_text(row, i, &values[i])) {
            return false;
        }
    }
    return true;
}

static enum result next_stored(struct worker *worker, struct error *error) {
    return statement_step(worker->stored, &worker->stands, error);
}

/* Marks the results before an enterprise as gone: nobody was scored for them. */
static enum result pass_gone(struct worker *worker, int64_t enterprise, struct outcome *outcome,
                             struct error *error) {
    enum result code = RESULT_OK;
    while (code == RESULT_OK && worker->stands && statement_int(worker->stored, 2) < enterprise) {
        if (!widen((void **)&outcome->gone, outcome->gone_count, 1, &outcome->gone_capacity,
                   sizeof(*outcome->gone))) {
            return error_no_memory(error);
        }
        outcome->gone[outcome->gone_count++] = statement_int(worker->stored, 2);
        code = next_stored(worker, error);
    }
    return code;
}

/* Forgets a line again that stands already. */
static enum result compare_stored(struct worker *worker, struct outcome *outcome,
                                  struct error *error) {
    const struct result_line *line = &outcome->lines[outcome->count - 1];
    enum result code = pass_gone(worker, line->enterprise, outcome, error);
    if (code != RESULT_OK || !worker->stands ||
        statement_int(worker->stored, 2) != line->enterprise) {
        return code;
    }
    if (same_line(worker->stored, line, worker->run->period->id, outcome->texts.data)) {
        outcome->count--;
    }
    return next_stored(worker, error);
}

static enum result score_one(struct worker *worker, const struct registry_subject *subject,
                             struct outcome *outcome, struct error *error) {
    struct scored *scored = worker->scored;
    enum result code = scorer_run(worker->scorer, subject, scored, error);
    if (code != RESULT_OK || !scored->known) {
        return code;
    }
    if (!widen((void **)&outcome->lines, outcome->count, 1, &outcome->capacity,
               sizeof(*outcome->lines))) {
        return error_no_memory(error);
    }
    result_line_make(&outcome->lines[outcome->count++], scored, worker->run->period->day,
                     &outcome->texts);
    if (outcome->texts.failed) {
        return error_no_memory(error);
    }
    outcome->enterprises++;
    outcome->facts += (int64_t)subject->fact_count;
    outcome->classes[scored->score.final_class]++;
    return worker->stored == NULL ? RESULT_OK : compare_stored(worker, outcome, error);
}

static enum result grade_one(struct worker *worker, const struct registry_subject *subject,
                             struct outcome *outcome, struct error *error) {
    size_t count = 0;
    if (!widen((void **)&outcome->grades, outcome->grade_count, POLICY_SET_MOST,
               &outcome->grade_capacity, sizeof(*outcome->grades))) {
        return error_no_memory(error);
    }
    enum result code =
        professional_grade(worker->professional, subject, outcome->grades + outcome->grade_count,
                           &count, &outcome->texts, error);
    outcome->grade_count += count;
    return code;
}

static void outcome_reset(struct outcome *outcome) {
    buffer_reset(&outcome->texts);
    outcome->count = 0;
    outcome->gone_count = 0;
    outcome->grade_count = 0;
    outcome->enterprises = 0;
    outcome->facts = 0;
    memset(outcome->classes, 0, sizeof(outcome->classes));
}

/* Scores the enterprises of a piece. */
static enum result work(void *context, size_t piece, void *place, struct error *error) {
    struct worker *worker = context;
    struct outcome *outcome = place;
    const struct run *run = worker->run;
    int64_t first = run->first + (int64_t)piece * PIECE_IDS;
    int64_t last = first + PIECE_IDS - 1;
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    bool more = true;
    outcome_reset(outcome);
    enum result code = registry_scan_new(&scan, worker->store, first, last, error);
    if (code == RESULT_OK && worker->stored != NULL) {
        code = statement_bind(worker->stored,
                              VALUES(value_int(result_id(run->period->id, first)),
                                     value_int(result_id(run->period->id, last))),
                              error);
        code = code == RESULT_OK ? next_stored(worker, error) : code;
    }
    while (code == RESULT_OK) {
        code = registry_scan_next(scan, &subject, &more, error);
        if (code != RESULT_OK || !more) {
            break;
        }
        code = score_one(worker, &subject, outcome, error);
        code = code == RESULT_OK ? grade_one(worker, &subject, outcome, error) : code;
    }
    if (code == RESULT_OK && worker->stored != NULL) {
        code = pass_gone(worker, INT64_MAX, outcome, error);
    }
    registry_scan_free(scan);
    return code;
}

/* ---- taking ---------------------------------------------------------------------------------- */

/* Stores what a piece came to. */
static enum result take(void *context, size_t piece, void *place, struct error *error) {
    struct run *run = context;
    const struct outcome *outcome = place;
    int64_t period = run->period->id;
    enum result code = progress_step(run->progress, piece * PIECE_IDS, run->ids, error);
    for (size_t i = 0; code == RESULT_OK && i < outcome->count; i++) {
        const struct result_line *line = &outcome->lines[i];
        code = run->again ? result_line_store(run->insert, period, line, outcome->texts.data, error)
                          : result_rows_add(run->rows, line, outcome->texts.data, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < outcome->gone_count; i++) {
        code = statement_run(run->remove, VALUES(value_int(result_id(period, outcome->gone[i]))),
                             error);
    }
    for (size_t i = 0; code == RESULT_OK && i < outcome->grade_count; i++) {
        code =
            professional_store(run->professional, &outcome->grades[i], outcome->texts.data, error);
    }
    run->period->enterprises += outcome->enterprises;
    run->period->facts += outcome->facts;
    for (int letter = 0; letter < CLASS_COUNT; letter++) {
        run->period->classes[letter] += outcome->classes[letter];
    }
    return code;
}

/* ---- setting up ------------------------------------------------------------------------------ */

/* Finds out how much there is to do: from the first id to the last of those there are and of those
 * that have results. */
static enum result measure(struct run *run, struct error *error) {
    struct statement *row = NULL;
    bool stands = false;
    enum result code =
        store_query(&row, run->store,
                    "SELECT (SELECT min(id) FROM enterprise), (SELECT max(id) FROM enterprise), "
                    "(SELECT min(id) - ?1 FROM result WHERE id BETWEEN ?1 AND ?2), "
                    "(SELECT max(id) - ?1 FROM result WHERE id BETWEEN ?1 AND ?2)",
                    VALUES(value_int(result_id(run->period->id, 0)),
                           value_int(result_id(run->period->id + 1, 0) - 1)),
                    error);
    if (code == RESULT_OK) {
        code = statement_step(row, &stands, error);
    }
    if (code == RESULT_OK) {
        int64_t first = statement_is_null(row, 0) ? 1 : statement_int(row, 0);
        int64_t last = statement_int(row, 1);
        run->again = !statement_is_null(row, 2);
        if (run->again) {
            first = statement_int(row, 2) < first ? statement_int(row, 2) : first;
            last = statement_int(row, 3) > last ? statement_int(row, 3) : last;
        }
        run->first = first;
        run->ids = last < first ? 0 : (uint64_t)(last - first) + 1;
        run->pieces = (size_t)((run->ids + PIECE_IDS - 1) / PIECE_IDS);
    }
    statement_free(row);
    return code;
}

static enum result prepare_taking(struct run *run, struct error *error) {
    if (run->again) {
        enum result code = result_prepare(&run->insert, run->store, error);
        return code == RESULT_OK ? statement_prepare(&run->remove, run->store,
                                                     "DELETE FROM result WHERE id = ?", error)
                                 : code;
    }
    int64_t count = 0;
    enum result code =
        store_fetch_int(run->store, "SELECT count(*) FROM enterprise", NO_VALUES, 0, &count, error);
    return code == RESULT_OK
               ? result_rows_new(&run->rows, run->store, run->period->id, (size_t)count, error)
               : code;
}

/* Makes a worker; *made tells whether it can be one besides others. */
static enum result add_worker(struct run *run, bool *made, struct error *error) {
    struct worker *worker = &run->workers[run->worker_count];
    struct store *reader = NULL;
    *made = true;
    *worker = (struct worker){.run = run};
    enum result code = store_reader(&reader, run->store, error);
    if (code == RESULT_OK && reader == NULL) {
        *made = run->worker_count == 0; /* what is there can be seen by this connection alone */
        worker->store = run->store;
    }
    if (code != RESULT_OK || !*made) {
        return code;
    }
    run->worker_count++;
    worker->reads = reader != NULL;
    worker->store = worker->reads ? reader : run->store;
    worker->scored = calloc(1, sizeof(*worker->scored));
    if (worker->scored == NULL) {
        return error_no_memory(error);
    }
    code = scorer_fork(&worker->scorer, run->scorer, error);
    if (code == RESULT_OK) {
        code = professional_fork(&worker->professional, run->professional, error);
    }
    if (code == RESULT_OK && run->again) {
        code = statement_prepare(&worker->stored, worker->store,
                                 "SELECT id, period, enterprise, day, total, score_class, "
                                 "final_class, decided_by, decided_rule, decided_id, dimensions, "
                                 "indicators, policy, facts FROM result WHERE id BETWEEN ? AND ? "
                                 "ORDER BY id",
                                 error);
    }
    return code;
}

static enum result add_workers(struct run *run, struct error *error) {
    size_t wanted = crew_size(MOST_WORKERS);
    bool made = true;
    wanted = wanted < run->pieces ? wanted : run->pieces;
    enum result code = add_worker(run, &made, error);
    while (code == RESULT_OK && made && run->workers[0].reads && run->worker_count < wanted) {
        code = add_worker(run, &made, error);
    }
    run->outcome_count = run->worker_count * WAITING;
    run->outcomes = calloc(run->outcome_count + 1, sizeof(*run->outcomes));
    return code == RESULT_OK && run->outcomes == NULL ? error_no_memory(error) : code;
}

static enum result do_all(struct run *run, struct error *error) {
    void *workers[MOST_WORKERS];
    void *outcomes[MOST_WORKERS * WAITING];
    for (size_t i = 0; i < run->worker_count; i++) {
        workers[i] = &run->workers[i];
    }
    for (size_t i = 0; i < run->outcome_count; i++) {
        outcomes[i] = &run->outcomes[i];
    }
    const struct crew crew = {.pieces = run->pieces,
                              .workers = workers,
                              .worker_count = run->worker_count,
                              .outcomes = outcomes,
                              .outcome_count = run->outcome_count,
                              .work = work,
                              .take = take,
                              .context = run};
    enum result code = crew_run(&crew, error);
    return code == RESULT_OK && !run->again ? result_rows_end(run->rows, error) : code;
}

static void run_clear(struct run *run) {
    for (size_t i = 0; i < run->worker_count; i++) {
        struct worker *worker = &run->workers[i];
        statement_free(worker->stored);
        scorer_free(worker->scorer);
        professional_free(worker->professional);
        free(worker->scored);
        store_close(worker->reads ? worker->store : NULL);
    }
    for (size_t i = 0; i < run->outcome_count && run->outcomes != NULL; i++) {
        free(run->outcomes[i].lines);
        free(run->outcomes[i].gone);
        free(run->outcomes[i].grades);
        buffer_free(&run->outcomes[i].texts);
    }
    free(run->outcomes);
    result_rows_free(run->rows);
    statement_free(run->insert);
    statement_free(run->remove);
}

enum result run_all(struct store *store, struct scorer *scorer, struct professional *professional,
                    struct period *period, const struct progress *progress, struct error *error) {
    struct run run = {.store = store,
                      .scorer = scorer,
                      .professional = professional,
                      .period = period,
                      .progress = progress};
    enum result code = measure(&run, error);
    if (code == RESULT_OK) {
        code = prepare_taking(&run, error);
    }
    if (code == RESULT_OK) {
        code = add_workers(&run, error);
    }
    if (code == RESULT_OK) {
        code = do_all(&run, error);
    }
    run_clear(&run);
    return code;
}
