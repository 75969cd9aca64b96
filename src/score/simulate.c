#include "score/simulate.h"

#include "score/scorer.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* How many enterprises are scored between two looks at the progress. */
#define PROGRESS_STEP 256

enum { NOW, THEN, SIDES };

/* One simulation at work. */
struct work {
    struct policy_set sets[SIDES]; /* the second one borrows what it has */
    struct scorer *scorers[SIDES];
    struct scored *scored; /* large; one after the other */
    const struct simulation_watch *watch;
    struct simulation *simulation;
};

/* Chooses period and day, and the policies that stand there. */
static enum result choose_period(struct store *store, const struct clock *clock, int64_t id,
                                 struct work *work, struct error *error) {
    struct period period = {0};
    int64_t known = 0;
    date today = clock_today(clock);
    enum result code = id == 0 ? period_latest(store, &period, error) : RESULT_OK;
    if (code == RESULT_OK && id == 0) {
        id = period.id == 0 ? period_of(today) : period.id;
    }
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT count(*) FROM period WHERE id = ?",
                               VALUES(value_int(id)), 0, &known, error);
    }
    if (code == RESULT_OK && known > 0) {
        code = period_load(store, id, &period, error);
    }
    date last = date_month_end((date)(id * 100 + 1));
    work->simulation->period = id;
    work->simulation->day = known > 0 ? period.day : last < today ? last : today;
    if (code != RESULT_OK) {
        return code;
    }
    return known > 0 ? period_policies(store, id, &work->sets[NOW], error)
                     : policy_set_in_force(store, &work->sets[NOW], error);
}

/* The policies as they would stand: the one that is tried before those of other codes. */
static void place_policy(struct work *work, struct policy *policy) {
    struct policy_set *then = &work->sets[THEN];
    then->policies[then->count++] = policy;
    for (size_t i = 0; i < work->sets[NOW].count && policy->field == NULL; i++) {
        struct policy *one = work->sets[NOW].policies[i];
        if (strcmp(one->code, policy->code) != 0 && then->count < POLICY_SET_MOST) {
            then->policies[then->count++] = one;
        }
    }
}

/* Scores one enterprise both ways and counts it. */
static enum result compare(struct work *work, const struct registry_subject *subject,
                           struct error *error) {
    struct simulation_row row = {.enterprise = &subject->enterprise};
    for (int side = NOW; side < SIDES; side++) {
        enum result code = scorer_run(work->scorers[side], subject, work->scored, error);
        if (code != RESULT_OK) {
            return code;
        }
        bool known = work->scored->known;
        row.total[side] = known ? work->scored->score.total : 0;
        row.classes[side] = known ? work->scored->score.final_class : CLASS_COUNT;
    }
    work->simulation->enterprises++;
    work->simulation->moved[row.classes[NOW]][row.classes[THEN]]++;
    if (row.classes[NOW] == row.classes[THEN]) {
        return RESULT_OK;
    }
    work->simulation->changed++;
    return work->watch == NULL ? RESULT_OK : work->watch->visit(work->watch->context, &row, error);
}

static enum result compare_all(struct work *work, struct store *store,
                               const struct progress *progress, struct error *error) {
    int64_t total = 0;
    int64_t facts = 0;
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    bool more = true;
    enum result code = registry_count(store, &total, &facts, error);
    if (code == RESULT_OK) {
        code = registry_scan_new(&scan, store, 1, INT64_MAX, error);
    }
    while (code == RESULT_OK) {
        uint64_t done = (uint64_t)work->simulation->enterprises;
        if (done % PROGRESS_STEP == 0) {
            code = progress_step(progress, done, (uint64_t)total, error);
        }
        if (code == RESULT_OK) {
            code = registry_scan_next(scan, &subject, &more, error);
        }
        if (code != RESULT_OK || !more) {
            break;
        }
        code = compare(work, &subject, error);
    }
    registry_scan_free(scan);
    return code;
}

enum result simulate_policy(struct store *store, struct policy *policy, const struct clock *clock,
                            int64_t period, const struct simulation_watch *watch,
                            const struct progress *progress, struct simulation *simulation,
                            struct error *error) {
    struct work work = {
        .scored = calloc(1, sizeof(*work.scored)), .watch = watch, .simulation = simulation};
    *simulation = (struct simulation){0};
    enum result code = work.scored == NULL ? error_no_memory(error)
                                           : choose_period(store, clock, period, &work, error);
    if (code == RESULT_OK) {
        place_policy(&work, policy);
    }
    for (int side = NOW; code == RESULT_OK && side < SIDES; side++) {
        code = scorer_new(&work.scorers[side], store, &work.sets[side], simulation->day,
                          simulation->period, NULL, error);
    }
    if (code == RESULT_OK) {
        code = compare_all(&work, store, progress, error);
    }
    scorer_free(work.scorers[NOW]);
    scorer_free(work.scorers[THEN]);
    policy_set_free(&work.sets[NOW]);
    free(work.scored);
    return code;
}
