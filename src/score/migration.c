#include "score/migration.h"

#include "base/gettext.h"
#include "score/migration_side.h"
#include "score/result.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void migration_free(struct migration *migration) {
    for (int side = 0; side < MIGRATION_SIDES; side++) {
        free(migration->sides[side].classes);
        free(migration->sides[side].totals);
        migration->sides[side].classes = NULL;
        migration->sides[side].totals = NULL;
    }
}

enum result migration_start(struct store *store, struct migration *migration, struct error *error) {
    *migration = (struct migration){0};
    enum result code = store_fetch_int(store, "SELECT coalesce(max(id), 0) FROM enterprise",
                                       NO_VALUES, 0, &migration->last, error);
    for (int i = 0; code == RESULT_OK && i < MIGRATION_SIDES; i++) {
        struct migration_side *side = &migration->sides[i];
        size_t count = (size_t)migration->last + 1;
        side->classes = malloc(count);
        side->totals = calloc(count, sizeof(*side->totals));
        if (side->classes == NULL || side->totals == NULL) {
            code = error_no_memory(error);
        } else {
            memset(side->classes, CLASS_COUNT, count);
        }
    }
    return code;
}

/* An index of the classes holds all that is read: the breakdowns stay on the disk. */
enum result migration_read(struct store *store, const struct period *period,
                           struct migration *migration, int side, struct error *error) {
    struct migration_side *at = &migration->sides[side];
    struct statement *rows = NULL;
    bool row = true;
    at->period = period->id;
    at->closed = period->closed;
    at->day = period->day;
    enum result code = store_query(&rows, store,
                                   "SELECT enterprise, final_class, total FROM result"
                                   " WHERE period = ?",
                                   VALUES(value_int(period->id)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        int64_t id = statement_int(rows, 0);
        if (id > 0 && id <= migration->last) {
            at->classes[id] = (uint8_t)risk_class_find(statement_text(rows, 1));
            at->totals[id] = (int32_t)statement_int(rows, 2);
        }
    }
    statement_free(rows);
    return code;
}

void migration_count(struct migration *migration) {
    const uint8_t *from = migration->sides[MIGRATION_FROM].classes;
    const uint8_t *to = migration->sides[MIGRATION_TO].classes;
    struct simulation *counts = &migration->counts;
    counts->period = migration->sides[MIGRATION_TO].period;
    counts->day = migration->sides[MIGRATION_TO].day;
    for (int64_t id = 1; id <= migration->last; id++) {
        if (from[id] != CLASS_COUNT || to[id] != CLASS_COUNT) {
            counts->enterprises++;
            counts->moved[from[id]][to[id]]++;
            counts->changed += from[id] != to[id] ? 1 : 0;
        }
    }
}

enum result migration_load(struct store *store, int64_t from, int64_t to,
                           struct migration *migration, struct error *error) {
    const int64_t ids[MIGRATION_SIDES] = {from, to};
    struct period periods[MIGRATION_SIDES];
    *migration = (struct migration){0};
    if (from == to) {
        char text[PERIOD_TEXT_SIZE];
        return error_set(error, RESULT_USAGE,
                         _("Both periods are %s; give two different ones to compare."),
                         period_format(from, text));
    }
    enum result code = RESULT_OK;
    for (int i = 0; code == RESULT_OK && i < MIGRATION_SIDES; i++) {
        code = period_load(store, ids[i], &periods[i], error);
    }
    if (code == RESULT_OK) {
        code = migration_start(store, migration, error);
    }
    for (int i = 0; code == RESULT_OK && i < MIGRATION_SIDES; i++) {
        code = migration_read(store, &periods[i], migration, i, error);
    }
    if (code == RESULT_OK) {
        migration_count(migration);
    } else {
        migration_free(migration);
    }
    return code;
}

size_t migration_list(const struct migration *migration, enum risk_class from, enum risk_class to,
                      int64_t beside, bool before, int64_t *enterprises, size_t most) {
    const uint8_t *at = migration->sides[MIGRATION_FROM].classes;
    const uint8_t *then = migration->sides[MIGRATION_TO].classes;
    int64_t step = before ? -1 : 1;
    size_t count = 0;
    for (int64_t id = beside + step; id > 0 && id <= migration->last && count < most; id += step) {
        if (at[id] == from && then[id] == to) {
            enterprises[count++] = id;
        }
    }
    return count;
}

int64_t migration_next(const struct migration *migration, int64_t behind) {
    const uint8_t *at = migration->sides[MIGRATION_FROM].classes;
    const uint8_t *then = migration->sides[MIGRATION_TO].classes;
    for (int64_t id = behind + 1; id <= migration->last; id++) {
        if (at[id] != then[id]) {
            return id;
        }
    }
    return 0;
}

struct migration_sums migration_sums(const struct migration *migration) {
    struct migration_sums sums = {0};
    for (int from = 0; from <= CLASS_COUNT; from++) {
        for (int to = 0; to <= CLASS_COUNT; to++) {
            int64_t *sum = from == to            ? &sums.stayed
                           : from == CLASS_COUNT ? &sums.came
                           : to == CLASS_COUNT   ? &sums.went
                           : to > from           ? &sums.rose
                                                 : &sums.fell;
            *sum += migration->counts.moved[from][to];
        }
    }
    return sums;
}

int64_t migration_share(const struct migration *migration, enum risk_class from,
                        enum risk_class to) {
    int64_t all = 0;
    for (int i = 0; i <= CLASS_COUNT; i++) {
        all += migration->counts.moved[from][i];
    }
    return all == 0 ? 0 : (migration->counts.moved[from][to] * 2000 + all) / (2 * all);
}

enum result migration_decision(struct store *store, const struct migration_side *side,
                               int64_t enterprise, struct migration_decision *decision,
                               struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    *decision = (struct migration_decision){.kind = DECIDED_BY_SCORE};
    enum result code = store_query(&rows, store,
                                   "SELECT decided_by, decided_rule, decided_id FROM result"
                                   " WHERE id = ?",
                                   VALUES(value_int(result_id(side->period, enterprise))), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && row) {
        const char *word = statement_string(rows, 0);
        decision->kind =
            strcmp(word, score_decision_code(DECIDED_BY_DIRECT)) == 0     ? DECIDED_BY_DIRECT
            : strcmp(word, score_decision_code(DECIDED_BY_OVERRIDE)) == 0 ? DECIDED_BY_OVERRIDE
                                                                          : DECIDED_BY_SCORE;
        snprintf(decision->rule, sizeof(decision->rule), "%s", statement_string(rows, 1));
        decision->override_id = statement_int(rows, 2);
    }
    statement_free(rows);
    return code;
}
