#include "score/period.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "policy/policy_store.h"
#include "score/professional.h"
#include "score/result_store.h"
#include "score/scorer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many enterprises are scored between two looks at the progress. */
#define PROGRESS_STEP 256

/* Everything one run holds. */
struct run {
    struct store *store;
    struct policy_set set;
    struct scorer *scorer;
    struct professional *professional;
    struct statement *insert;
    struct buffer dimensions;
    struct buffer indicators;
    struct scored scored; /* the enterprise at hand */
    struct period *period;
};

static void run_free(struct run *run) {
    statement_free(run->insert);
    scorer_free(run->scorer);
    professional_free(run->professional);
    policy_set_free(&run->set);
    buffer_free(&run->dimensions);
    buffer_free(&run->indicators);
}

/* Makes ready to score under loaded policies. enterprise 0: all of them. */
static enum result run_prepare(struct run *run, int64_t enterprise, struct error *error) {
    enum result code = scorer_new(&run->scorer, run->store, &run->set, run->period->day,
                                  run->period->id, enterprise, error);
    if (code == RESULT_OK) {
        code = professional_new(&run->professional, run->store, run->period->id, run->period->day,
                                enterprise, error);
    }
    return code == RESULT_OK ? result_prepare(&run->insert, run->store, error) : code;
}

/* Scores and stores one enterprise, unless no policy is made for it; subjects come in order of
 * id. */
static enum result run_one(struct run *run, const struct registry_subject *subject,
                           struct error *error) {
    enum result code = scorer_run(run->scorer, subject, &run->scored, error);
    if (code == RESULT_OK && run->scored.known) {
        code = result_store(run->insert, run->period->id, &run->scored, &run->dimensions,
                            &run->indicators, error);
    }
    return code == RESULT_OK ? professional_grade(run->professional, subject, error) : code;
}

/* Scores the whole registry, counting as it goes. */
static enum result run_all(struct run *run, const struct progress *progress, struct error *error) {
    int64_t total = 0;
    int64_t facts = 0;
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    bool more = true;
    enum result code = registry_count(run->store, &total, &facts, error);
    if (code == RESULT_OK) {
        code = registry_scan_new(&scan, run->store, 1, INT64_MAX, error);
    }
    while (code == RESULT_OK) {
        if (run->period->enterprises % PROGRESS_STEP == 0) {
            code =
                progress_step(progress, (uint64_t)run->period->enterprises, (uint64_t)total, error);
        }
        if (code == RESULT_OK) {
            code = registry_scan_next(scan, &subject, &more, error);
        }
        if (code != RESULT_OK || !more) {
            break;
        }
        code = run_one(run, &subject, error);
        if (code == RESULT_OK && run->scored.known) {
            run->period->enterprises++;
            run->period->facts += (int64_t)subject.fact_count;
            run->period->classes[run->scored.score.final_class]++;
        }
    }
    registry_scan_free(scan);
    return code;
}

/* The period must be open or new, and have begun. */
static enum result check_period(struct store *store, const struct actor *actor, int64_t id,
                                struct error *error) {
    char text[PERIOD_TEXT_SIZE];
    period_format(id, text);
    if (id > period_of(clock_today(&actor->clock))) {
        return error_set(error, RESULT_REFUSED,
                         _("Period %s has not begun; only this month and earlier ones can be run."),
                         text);
    }
    int64_t closed = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM period WHERE id = ? AND state = 'closed'",
                        VALUES(value_int(id)), 0, &closed, error);
    if (code == RESULT_OK && closed > 0) {
        return error_set(error, RESULT_REFUSED,
                         _("Period %s is closed and stays as it is; run a later one."), text);
    }
    return code;
}

/* Writes the period's row before the results that refer to it; the counts follow. */
static enum result begin_period(struct store *store, const struct actor *actor,
                                const struct policy_set *set, struct period *period,
                                struct error *error) {
    clock_now(&actor->clock, period->run_at);
    enum result code = store_execute(store, "DELETE FROM result WHERE period = ?",
                                     VALUES(value_int(period->id)), error);
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "INSERT INTO period (id, day, state, policy, run_at, run_by, enterprises, facts, "
            "class_a, class_b, class_c, class_d) VALUES (?1, ?2, 'open', ?3, ?4, ?5, 0, 0, 0, 0, "
            "0, 0) ON CONFLICT (id) DO UPDATE SET day = ?2, policy = ?3, run_at = ?4, run_by = ?5",
            VALUES(value_int(period->id), value_date(period->day), value_int(period->policy),
                   value_text(period->run_at), value_text(actor->name)),
            error);
    }
    if (code == RESULT_OK) {
        code = store_execute(store, "DELETE FROM period_policy WHERE period = ?",
                             VALUES(value_int(period->id)), error);
    }
    for (size_t i = 0; code == RESULT_OK && i < set->count; i++) {
        code = store_execute(
            store, "INSERT INTO period_policy (period, place, policy) VALUES (?, ?, ?)",
            VALUES(value_int(period->id), value_int((int64_t)i), value_int(set->ids[i])), error);
    }
    return code == RESULT_OK ? professional_begin(store, period->id, error) : code;
}

static enum result end_period(struct store *store, const struct actor *actor,
                              const struct period *period, const struct policy_set *set,
                              struct error *error) {
    enum result code = store_execute(
        store,
        "UPDATE period SET enterprises = ?2, facts = ?3, class_a = ?4, class_b = ?5, "
        "class_c = ?6, class_d = ?7, state = ?8, closed_at = ?9, closed_by = ?10 WHERE id = ?1",
        VALUES(value_int(period->id), value_int(period->enterprises), value_int(period->facts),
               value_int(period->classes[CLASS_A]), value_int(period->classes[CLASS_B]),
               value_int(period->classes[CLASS_C]), value_int(period->classes[CLASS_D]),
               value_text(period->closed ? "closed" : "open"),
               value_text(period->closed ? period->run_at : NULL),
               value_text(period->closed ? actor->name : NULL)),
        error);
    if (code != RESULT_OK) {
        return code;
    }
    char text[PERIOD_TEXT_SIZE];
    char subject[32];
    char *after = NULL;
    const char *digest = "";
    for (size_t i = 0; i < set->count; i++) {
        digest = set->ids[i] == period->policy ? set->policies[i]->digest : digest;
    }
    snprintf(subject, sizeof(subject), "period:%s", period_format(period->id, text));
    if (asprintf(&after,
                 "{\"A\":%lld,\"B\":%lld,\"C\":%lld,\"D\":%lld,\"closed\":%s,\"enterprises\":%lld,"
                 "\"facts\":%lld,\"policy\":\"%s\"}",
                 (long long)period->classes[CLASS_A], (long long)period->classes[CLASS_B],
                 (long long)period->classes[CLASS_C], (long long)period->classes[CLASS_D],
                 period->closed ? "true" : "false", (long long)period->enterprises,
                 (long long)period->facts, digest) < 0) {
        return error_no_memory(error);
    }
    struct journal_entry entry = {.action = "period.run", .subject = subject, .after = after};
    code = journal_write(store, actor, &entry, error);
    free(after);
    return code;
}

/* The policies in force, and which of them stands for the period. */
static enum result load_in_force(struct run *run, struct error *error) {
    struct policy *policy = NULL;
    enum result code = policy_store_in_force(run->store, &policy, &run->period->policy, error);
    policy_free(policy);
    return code == RESULT_OK ? policy_set_in_force(run->store, &run->set, error) : code;
}

static enum result run_in_transaction(struct run *run, const struct actor *actor,
                                      const struct progress *progress, struct error *error) {
    enum result code = check_period(run->store, actor, run->period->id, error);
    if (code == RESULT_OK) {
        code = load_in_force(run, error);
    }
    if (code == RESULT_OK) {
        code = begin_period(run->store, actor, &run->set, run->period, error);
    }
    if (code == RESULT_OK) {
        code = run_prepare(run, 0, error);
    }
    if (code == RESULT_OK) {
        code = run_all(run, progress, error);
    }
    if (code == RESULT_OK) {
        code = end_period(run->store, actor, run->period, &run->set, error);
    }
    return code;
}

date period_day(int64_t id, const struct clock *clock) {
    date today = clock_today(clock);
    date last = date_month_end((date)(id * 100 + 1));
    return last < today ? last : today;
}

enum result period_run(struct store *store, const struct actor *actor, int64_t id, bool close,
                       const struct progress *progress, struct period *period,
                       struct error *error) {
    date last = date_month_end((date)(id * 100 + 1));
    *period = (struct period){.id = id, .day = period_day(id, &actor->clock), .closed = close};
    if (close && last > period->day) {
        char text[PERIOD_TEXT_SIZE];
        char end[DATE_TEXT_SIZE];
        return error_set(error, RESULT_REFUSED,
                         _("Period %s can be closed from %s on, when its month is over."),
                         period_format(id, text), date_format(last, end));
    }
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct run run = {.store = store, .period = period};
    code = run_in_transaction(&run, actor, progress, error);
    run_free(&run);
    return store_finish(store, code, error);
}

/* Moves one enterprise between the counts of a period; old is NULL when it had no result yet. */
static enum result adjust_counts(struct store *store, int64_t period, const char *old,
                                 enum risk_class now, struct error *error) {
    int64_t change[CLASS_COUNT] = {0};
    enum risk_class before = risk_class_find(old);
    if (before < CLASS_COUNT) {
        change[before]--;
    }
    change[now]++;
    return store_execute(store,
                         "UPDATE period SET class_a = class_a + ?2, class_b = class_b + ?3, "
                         "class_c = class_c + ?4, class_d = class_d + ?5, "
                         "enterprises = enterprises + ?6 WHERE id = ?1",
                         VALUES(value_int(period), value_int(change[CLASS_A]),
                                value_int(change[CLASS_B]), value_int(change[CLASS_C]),
                                value_int(change[CLASS_D]), value_int(old == NULL ? 1 : 0)),
                         error);
}

/* Scores one enterprise anew and moves it between the counts. */
static enum result rescore_one(struct run *run, int64_t enterprise, struct error *error) {
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    bool more = false;
    char *old = NULL;
    enum result code = store_fetch_text(
        run->store, "SELECT final_class FROM result WHERE period = ? AND enterprise = ?",
        VALUES(value_int(run->period->id), value_int(enterprise)), &old, error);
    if (code == RESULT_OK) {
        code = registry_scan_new(&scan, run->store, enterprise, enterprise, error);
    }
    if (code == RESULT_OK) {
        code = registry_scan_next(scan, &subject, &more, error);
    }
    run->scored.known = false;
    if (code == RESULT_OK && more) {
        code = run_one(run, &subject, error);
    }
    if (code == RESULT_OK && run->scored.known) {
        code =
            adjust_counts(run->store, run->period->id, old, run->scored.score.final_class, error);
    }
    free(old);
    registry_scan_free(scan);
    return code;
}

enum result period_rescore(struct store *store, const struct actor *actor,
                           const int64_t *enterprises, size_t count, struct error *error) {
    struct period period;
    enum result code = period_latest(store, &period, error);
    if (code != RESULT_OK || period.id == 0 || period.closed || count == 0) {
        return code;
    }
    date today = period_day(period.id, &actor->clock);
    period.day = today > period.day ? today : period.day; /* never back, whatever the clock says */
    struct run run = {.store = store, .period = &period};
    code = period_policies(store, period.id, &run.set, error);
    if (code == RESULT_OK) {
        code = run_prepare(&run, count == 1 ? enterprises[0] : 0, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = rescore_one(&run, enterprises[i], error);
    }
    run_free(&run);
    return code;
}
