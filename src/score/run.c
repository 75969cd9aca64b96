#include "score/period.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "policy/policy_store.h"
#include "score/network.h"
#include "score/professional.h"
#include "score/rescore.h"
#include "score/run_all.h"
#include "score/scorer.h"
#include "score/share.h"
#include "score/stir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Scores everybody. */
static enum result run_whole(struct run *run, const struct actor *actor,
                             const struct progress *progress, struct error *error) {
    struct period *period = run->period;
    enum result code = begin_period(run->store, actor, &run->set, period, error);
    if (code == RESULT_OK) {
        code =
            scorer_new(&run->scorer, run->store, &run->set, period->day, period->id, NULL, error);
    }
    if (code == RESULT_OK) {
        code =
            professional_new(&run->professional, run->store, period->id, period->day, NULL, error);
    }
    if (code == RESULT_OK) {
        code = run_all(run->store, run->scorer, run->professional, period, progress, error);
    }
    period->scored = period->enterprises;
    return code;
}

/* ---- again ----------------------------------------------------------------------------------- */

/* Tells whether a period's results were made on the same day by the policies in force now. */
static enum result compare_run(const struct run *run, bool *same, struct error *error) {
    int64_t alike = 0;
    enum result code = store_fetch_int(
        run->store,
        "SELECT (SELECT group_concat(policy) FROM (SELECT policy FROM period_policy WHERE period = "
        "?1 ORDER BY place)) IS (SELECT group_concat(id) FROM (SELECT id FROM policy WHERE state = "
        "'published' AND field IS NULL ORDER BY publication DESC)) FROM period WHERE id = ?1 AND "
        "day = ?2 AND state = 'open'",
        VALUES(value_int(run->period->id), value_date(run->period->day)), 0, &alike, error);
    *same = alike != 0;
    return code == RESULT_OK && *same ? professional_same(run->store, run->period->id, same, error)
                                      : code;
}

/* The furthest hop of relations that any policy of the period asks for. */
static enum result furthest_hop(const struct run *run, int64_t *hops, struct error *error) {
    *hops = 0;
    for (size_t i = 0; i < run->set.count; i++) {
        int64_t own = network_hops(run->set.policies[i]);
        *hops = own > *hops ? own : *hops;
    }
    int64_t professional = 0;
    enum result code = professional_hops(run->store, run->period->id, &professional, error);
    *hops = professional > *hops ? professional : *hops;
    return code;
}

/* Gathers whom to look at again; *known is false when that is everybody. */
static enum result gather_due(const struct run *run, struct id_list *due, bool *known,
                              struct error *error) {
    int64_t hops = 0;
    bool same = false;
    *known = false;
    enum result code = compare_run(run, &same, error);
    if (code == RESULT_OK && same) {
        code = furthest_hop(run, &hops, error);
    }
    if (code == RESULT_OK && same) {
        code = stir_gather(run->store, run->period->id, run->period->day, hops, due, known, error);
    }
    return code;
}

/* Scores those on whom changes bear since the period was run. */
static enum result run_some(struct run *run, const struct actor *actor, const struct id_list *due,
                            const struct progress *progress, struct error *error) {
    struct period *period = run->period;
    bool close = period->closed;
    clock_now(&actor->clock, period->run_at);
    enum result code = store_execute(
        run->store, "UPDATE period SET run_at = ?2, run_by = ?3 WHERE id = ?1",
        VALUES(value_int(period->id), value_text(period->run_at), value_text(actor->name)), error);
    if (code == RESULT_OK) {
        code = rescore(run->store, period, &run->set, period->day, due, progress, error);
    }
    if (code == RESULT_OK) {
        code = period_load(run->store, period->id, period, error);
    }
    period->closed = close;
    period->scored = (int64_t)due->count;
    return code;
}

/* Notes what changes from here on; of an earlier period only that its classes, which may now be the
 * last closed ones, are others. */
static enum result begin_noting(const struct run *run, struct error *error) {
    int64_t newest = 0;
    enum result code =
        store_fetch_int(run->store, "SELECT max(id) FROM period", NO_VALUES, 0, &newest, error);
    bool is_newest = newest == run->period->id;
    return code == RESULT_OK && (is_newest || run->period->closed)
               ? stir_begin(run->store, is_newest ? newest : 0, error)
               : code;
}

static enum result run_in_transaction(struct run *run, const struct actor *actor, bool all,
                                      const struct progress *progress, struct error *error) {
    struct id_list due = {0};
    bool known = false;
    enum result code = check_period(run->store, actor, run->period->id, error);
    if (code == RESULT_OK) {
        code = load_in_force(run, error);
    }
    if (code == RESULT_OK && !all) {
        code = gather_due(run, &due, &known, error);
    }
    if (code == RESULT_OK) {
        code = known ? run_some(run, actor, &due, progress, error)
                     : run_whole(run, actor, progress, error);
    }
    id_list_clear(&due);
    if (code == RESULT_OK) {
        code = end_period(run->store, actor, run->period, &run->set, error);
    }
    return code == RESULT_OK ? begin_noting(run, error) : code;
}

date period_day(int64_t id, const struct clock *clock) {
    date today = clock_today(clock);
    date last = date_month_end((date)(id * 100 + 1));
    return last < today ? last : today;
}

static enum result run_period(struct store *store, const struct actor *actor, int64_t id, bool all,
                              bool close, const struct progress *progress, struct period *period,
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
    enum result code = share_make_indexes(store, error);
    if (code == RESULT_OK) {
        code = store_begin(store, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    struct run run = {.store = store, .period = period};
    code = run_in_transaction(&run, actor, all, progress, error);
    run_free(&run);
    return store_finish(store, code, error);
}

enum result period_run(struct store *store, const struct actor *actor, int64_t id, bool close,
                       const struct progress *progress, struct period *period,
                       struct error *error) {
    return run_period(store, actor, id, true, close, progress, period, error);
}

enum result period_run_again(struct store *store, const struct actor *actor, int64_t id, bool close,
                             const struct progress *progress, struct period *period,
                             struct error *error) {
    return run_period(store, actor, id, false, close, progress, period, error);
}
