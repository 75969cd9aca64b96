#include "score/migration.h"

#include "base/gettext.h"
#include "score/migration_side.h"
#include "score/scorer.h"

#include <stdlib.h>

/* How many enterprises are scored between two looks at the progress. */
#define PROGRESS_STEP 256

/* Nothing beyond the month: by then facts will have come that are not known yet. */
static enum result check_day(const struct clock *clock, date day, struct error *error) {
    date last = date_month_end(clock_today(clock));
    char given[DATE_TEXT_SIZE];
    char end[DATE_TEXT_SIZE];
    return day <= last
               ? RESULT_OK
               : error_set(error, RESULT_REFUSED,
                           _("%s lies beyond this month; a day up to %s can be tried, as nobody "
                             "knows the facts that later ones will bring."),
                           date_format(day, given), date_format(last, end));
}

/* Scores the registry in order of enterprises into the second state. */
static enum result score_all(struct store *store, struct scorer *scorer,
                             const struct progress *progress, struct migration *migration,
                             struct error *error) {
    struct migration_side *side = &migration->sides[MIGRATION_TO];
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    struct scored *scored = calloc(1, sizeof(*scored)); /* large */
    uint64_t done = 0;
    bool more = true;
    enum result code = scored == NULL ? error_no_memory(error)
                                      : registry_scan_new(&scan, store, 1, migration->last, error);
    while (code == RESULT_OK) {
        if (done++ % PROGRESS_STEP == 0) {
            code = progress_step(progress, done - 1, (uint64_t)migration->last, error);
        }
        if (code == RESULT_OK) {
            code = registry_scan_next(scan, &subject, &more, error);
        }
        if (code != RESULT_OK || !more) {
            break;
        }
        code = scorer_run(scorer, &subject, scored, error);
        if (code == RESULT_OK && scored->known) {
            side->classes[subject.enterprise.id] = (uint8_t)scored->score.final_class;
            side->totals[subject.enterprise.id] = (int32_t)scored->score.total;
        }
    }
    registry_scan_free(scan);
    free(scored);
    return code;
}

enum result migration_try(struct store *store, const struct clock *clock, date day,
                          const struct progress *progress, struct migration *migration,
                          struct error *error) {
    struct policy_set set = {0};
    struct scorer *scorer = NULL;
    struct period newest = {0};
    *migration = (struct migration){0};
    enum result code = check_day(clock, day, error);
    if (code == RESULT_OK) {
        code = policy_set_in_force(store, &set, error);
    }
    if (code == RESULT_OK) {
        code = period_latest(store, &newest, error);
    }
    if (code == RESULT_OK) {
        code = migration_start(store, migration, error);
    }
    if (code == RESULT_OK && newest.id != 0) {
        code = migration_read(store, &newest, migration, MIGRATION_FROM, error);
    }
    if (code == RESULT_OK) {
        migration->sides[MIGRATION_TO].tried = true;
        migration->sides[MIGRATION_TO].day = day;
        migration->sides[MIGRATION_TO].period = period_of(day);
        code = scorer_new(&scorer, store, &set, day, period_of(day), NULL, error);
    }
    if (code == RESULT_OK) {
        code = score_all(store, scorer, progress, migration, error);
    }
    scorer_free(scorer);
    policy_set_free(&set);
    if (code == RESULT_OK) {
        migration_count(migration);
    } else {
        migration_free(migration);
    }
    return code;
}
