#include "score/period.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "policy/policy_store.h"
#include "score/professional.h"
#include "score/result_store.h"
#include "score/run_all.h"
#include "score/scorer.h"
#include "score/share.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From one of so many on, enterprises scored anew are many. */
#define MANY 16

/* Everything one run holds. */
struct run {
    struct store *store;
    struct policy_set set;
    struct scorer *scorer;
    struct professional *professional;
    struct period *period;
};

static void run_free(struct run *run) {
    scorer_free(run->scorer);
    professional_free(run->professional);
    policy_set_free(&run->set);
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
    enum result code = store_execute(
        store,
        "INSERT INTO period (id, day, state, policy, run_at, run_by, enterprises, facts, "
        "class_a, class_b, class_c, class_d) VALUES (?1, ?2, 'open', ?3, ?4, ?5, 0, 0, 0, 0, "
        "0, 0) ON CONFLICT (id) DO UPDATE SET day = ?2, policy = ?3, run_at = ?4, run_by = ?5",
        VALUES(value_int(period->id), value_date(period->day), value_int(period->policy),
               value_text(period->run_at), value_text(actor->name)),
        error);
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
        code = scorer_new(&run->scorer, run->store, &run->set, run->period->day, run->period->id,
                          NULL, error);
    }
    if (code == RESULT_OK) {
        code = professional_new(&run->professional, run->store, run->period->id, run->period->day,
                                NULL, error);
    }
    if (code == RESULT_OK) {
        code = run_all(run->store, run->scorer, run->professional, run->period, progress, error);
    }
    if (code == RESULT_OK) {
        code = share_make_indexes(run->store, error);
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

/* What scoring some enterprises anew holds. */
struct again {
    struct store *store;
    struct scorer *scorer;
    struct professional *professional;
    struct scored *scored;
    struct statement *insert;
    struct buffer texts;
    int64_t period;
    date period_day;
};

static void again_clear(struct again *again) {
    scorer_free(again->scorer);
    professional_free(again->professional);
    statement_free(again->insert);
    buffer_free(&again->texts);
    free(again->scored);
}

/* Stores what an enterprise came to and moves it between the counts. */
static enum result replace_one(struct again *again, struct error *error) {
    int64_t enterprise = again->scored->input.subject->enterprise.id;
    struct result_line line;
    char *old = NULL;
    buffer_reset(&again->texts);
    result_line_make(&line, again->scored, again->period_day, &again->texts);
    enum result code =
        again->texts.failed
            ? error_no_memory(error)
            : store_fetch_text(again->store, "SELECT final_class FROM result WHERE id = ?",
                               VALUES(value_int(result_id(again->period, enterprise))), &old,
                               error);
    if (code == RESULT_OK) {
        code = result_line_store(again->insert, again->period, &line, again->texts.data, error);
    }
    if (code == RESULT_OK) {
        code = adjust_counts(again->store, again->period, old, line.final_class, error);
    }
    free(old);
    return code;
}

/* Scores one enterprise anew. */
static enum result rescore_one(struct again *again, int64_t enterprise, struct error *error) {
    struct registry_scan *scan = NULL;
    struct registry_subject subject;
    bool more = false;
    enum result code = registry_scan_new(&scan, again->store, enterprise, enterprise, error);
    if (code == RESULT_OK) {
        code = registry_scan_next(scan, &subject, &more, error);
    }
    again->scored->known = false;
    if (code == RESULT_OK && more) {
        code = scorer_run(again->scorer, &subject, again->scored, error);
    }
    if (code == RESULT_OK && again->scored->known) {
        code = replace_one(again, error);
    }
    if (code == RESULT_OK && more) {
        code = professional_regrade(again->professional, &subject, error);
    }
    registry_scan_free(scan);
    return code;
}

/* Makes ready to score some enterprises anew on a day. Of those around many the whole registry
 * tells sooner than a search for each. */
static enum result again_prepare(struct again *again, const struct policy_set *set, date day,
                                 const struct id_list *of, struct error *error) {
    int64_t last = 0;
    again->scored = calloc(1, sizeof(*again->scored));
    if (again->scored == NULL) {
        return error_no_memory(error);
    }
    enum result code =
        store_fetch_int(again->store, "SELECT max(id) FROM enterprise", NO_VALUES, 0, &last, error);
    const struct id_list *known = (int64_t)of->count * MANY > last ? NULL : of;
    if (code == RESULT_OK) {
        code = scorer_new(&again->scorer, again->store, set, day, again->period, known, error);
    }
    if (code == RESULT_OK) {
        code =
            professional_new(&again->professional, again->store, again->period, day, known, error);
    }
    return code == RESULT_OK ? result_prepare(&again->insert, again->store, error) : code;
}

enum result period_rescore(struct store *store, const struct actor *actor,
                           const int64_t *enterprises, size_t count, struct error *error) {
    struct period period;
    struct policy_set set = {0};
    enum result code = period_latest(store, &period, error);
    if (code != RESULT_OK || period.id == 0 || period.closed || count == 0) {
        return code;
    }
    struct again again = {.store = store, .period = period.id, .period_day = period.day};
    const struct id_list of = {.ids = (int64_t *)enterprises, .count = count};
    date today = period_day(period.id, &actor->clock);
    code = period_policies(store, period.id, &set, error);
    if (code == RESULT_OK) {
        /* never back, whatever the clock says */
        code = again_prepare(&again, &set, today > period.day ? today : period.day, &of, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = rescore_one(&again, enterprises[i], error);
    }
    again_clear(&again);
    policy_set_free(&set);
    return code;
}
