#include "score/rescore.h"

#include "score/professional.h"
#include "score/result_store.h"
#include "score/scorer.h"
#include "score/stir.h"

#include <stdlib.h>

/* From one of so many on, and not so few, the whole registry tells what is around enterprises
 * sooner than a search for each. */
#define MANY 250
#define FEW 64

/* What scoring some enterprises anew holds. */
struct again {
    struct store *store;
    const struct period *period;
    struct scorer *scorer;
    struct professional *professional;
    struct scored *scored;
    struct statement *stands;
    struct statement *insert;
    struct statement *remove;
    struct statement *count;
    struct buffer texts;
};

static void again_clear(struct again *again) {
    scorer_free(again->scorer);
    professional_free(again->professional);
    statement_free(again->stands);
    statement_free(again->insert);
    statement_free(again->remove);
    statement_free(again->count);
    buffer_free(&again->texts);
    free(again->scored);
}

/* How an enterprise stands in the counts of its period. */
struct standing {
    enum risk_class letter; /* CLASS_COUNT: it has no result */
    int64_t facts;
};

/* What the stored result says; facts as given where it does not know. */
static enum result load_standing(struct again *again, int64_t id, int64_t facts,
                                 struct standing *standing, struct error *error) {
    bool row = false;
    *standing = (struct standing){CLASS_COUNT, 0};
    enum result code = statement_bind(again->stands, VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(again->stands, &row, error);
    }
    if (code == RESULT_OK && row) {
        standing->letter = risk_class_find(statement_text(again->stands, 0));
        standing->facts =
            statement_is_null(again->stands, 1) ? facts : statement_int(again->stands, 1);
    }
    return code;
}

/* Moves one enterprise between the counts of the period. */
static enum result adjust_counts(struct again *again, const struct standing *before,
                                 const struct standing *now, struct error *error) {
    int64_t change[CLASS_COUNT + 1] = {0};
    change[before->letter]--;
    change[now->letter]++;
    return statement_run(again->count,
                         VALUES(value_int(again->period->id), value_int(change[CLASS_A]),
                                value_int(change[CLASS_B]), value_int(change[CLASS_C]),
                                value_int(change[CLASS_D]), value_int(-change[CLASS_COUNT]),
                                value_int(now->facts - before->facts)),
                         error);
}

/* Stores what an enterprise came to, or takes its result away. */
static enum result replace_one(struct again *again, const struct registry_subject *subject,
                               struct error *error) {
    int64_t id = result_id(again->period->id, subject->enterprise.id);
    struct standing now = {CLASS_COUNT, 0};
    struct standing before;
    enum result code = load_standing(again, id, (int64_t)subject->fact_count, &before, error);
    if (code == RESULT_OK && again->scored->known) {
        struct result_line line;
        buffer_reset(&again->texts);
        result_line_make(&line, again->scored, again->period->day, &again->texts);
        now = (struct standing){line.final_class, line.facts};
        code = again->texts.failed ? error_no_memory(error)
                                   : result_line_store(again->insert, again->period->id, &line,
                                                       again->texts.data, error);
    } else if (code == RESULT_OK) {
        code = statement_run(again->remove, VALUES(value_int(id)), error);
    }
    return code == RESULT_OK ? adjust_counts(again, &before, &now, error) : code;
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
    if (code == RESULT_OK && more) {
        code = scorer_run(again->scorer, &subject, again->scored, error);
    }
    if (code == RESULT_OK && more) {
        code = replace_one(again, &subject, error);
    }
    if (code == RESULT_OK && more) {
        code = professional_regrade(again->professional, &subject, error);
    }
    registry_scan_free(scan);
    return code;
}

static enum result prepare(struct again *again, const struct policy_set *set, date day,
                           const struct id_list *of, struct error *error) {
    int64_t last = 0;
    again->scored = calloc(1, sizeof(*again->scored));
    if (again->scored == NULL) {
        return error_no_memory(error);
    }
    const struct statement_wanted wanted[] = {
        {&again->stands, "SELECT final_class, facts FROM result WHERE id = ?"},
        {&again->remove, "DELETE FROM result WHERE id = ?"},
        {&again->count, "UPDATE period SET class_a = class_a + ?2, class_b = class_b + ?3, "
                        "class_c = class_c + ?4, class_d = class_d + ?5, "
                        "enterprises = enterprises + ?6, facts = facts + ?7 WHERE id = ?1"},
    };
    enum result code =
        statements_prepare(again->store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code == RESULT_OK) {
        code = result_prepare(&again->insert, again->store, error);
    }
    if (code == RESULT_OK) {
        code = store_fetch_int(again->store, "SELECT max(id) FROM enterprise", NO_VALUES, 0, &last,
                               error);
    }
    bool many = of->count > FEW && (int64_t)of->count * MANY > last;
    const struct id_list *known = many ? NULL : of;
    int64_t period = again->period->id;
    if (code == RESULT_OK) {
        code = scorer_new(&again->scorer, again->store, set, day, period, known, error);
    }
    if (code == RESULT_OK) {
        code = professional_new(&again->professional, again->store, period, day, known, error);
    }
    return code;
}

enum result rescore(struct store *store, const struct period *period, const struct policy_set *set,
                    date day, const struct id_list *of, const struct progress *progress,
                    struct error *error) {
    struct again again = {.store = store, .period = period};
    enum result code = of->count == 0 ? RESULT_OK : prepare(&again, set, day, of, error);
    for (size_t i = 0; code == RESULT_OK && i < of->count; i++) {
        code = progress_step(progress, i, of->count, error);
        code = code == RESULT_OK ? rescore_one(&again, of->ids[i], error) : code;
    }
    again_clear(&again);
    return code;
}

enum result period_rescore(struct store *store, const struct actor *actor,
                           const int64_t *enterprises, size_t count, struct error *error) {
    struct period period;
    struct policy_set set = {0};
    const struct id_list of = {.ids = (int64_t *)enterprises, .count = count};
    enum result code = period_latest(store, &period, error);
    if (code != RESULT_OK || period.id == 0 || period.closed || count == 0) {
        return code;
    }
    date today = period_day(period.id, &actor->clock);
    code = period_policies(store, period.id, &set, error);
    if (code == RESULT_OK) {
        /* never back, whatever the clock says */
        code = rescore(store, &period, &set, today > period.day ? today : period.day, &of, NULL,
                       error);
    }
    if (code == RESULT_OK) {
        code = stir_note(store, &of, error);
    }
    policy_set_free(&set);
    return code;
}
