#include "score/override.h"

#include "guard/journal.h"
#include "score/period.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* Who acts when a day has come. */
#define CLOCK_NAME "system clock"

/* Those of the period ?1 whose override began or ended after the day of their result, up to ?3.
 * No result is of an earlier day than the period, ?2. */
#define DUE                                                                                        \
    "FROM override o CROSS JOIN result r ON r.id = (?1 << 40 | o.enterprise) "                     \
    "WHERE o.state = 'approved' AND o.kind <> 'observe' AND "                                      \
    "((o.valid_from > ?2 AND o.valid_from <= ?3 AND o.valid_from > "                               \
    "coalesce(r.day, ?2)) OR "                                                                     \
    "(o.valid_to > ?2 AND o.valid_to <= ?3 AND o.valid_to > "                                      \
    "coalesce(r.day, ?2))) "

/* What is due. */
struct due {
    struct period period;
    date day;
    int64_t *enterprises; /* rising, each once; on the heap */
    size_t count;
    json_t *overrides; /* their numbers, for the journal */
};

static void due_free(struct due *due) {
    free(due->enterprises);
    json_decref(due->overrides);
    *due = (struct due){0};
}

static enum result note(struct due *due, int64_t override, int64_t enterprise,
                        struct error *error) {
    if (due->count == 0 || due->enterprises[due->count - 1] != enterprise) {
        int64_t *more = realloc(due->enterprises, (due->count + 1) * sizeof(*more));
        if (more == NULL) {
            return error_no_memory(error);
        }
        due->enterprises = more;
        due->enterprises[due->count++] = enterprise;
    }
    return json_array_append_new(due->overrides, json_integer(override)) == 0
               ? RESULT_OK
               : error_no_memory(error);
}

/* Finds what is due in the newest period, if that is open. */
static enum result find(struct store *store, const struct clock *clock, struct due *due,
                        struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *due = (struct due){.overrides = json_array()};
    enum result code =
        due->overrides == NULL ? error_no_memory(error) : period_latest(store, &due->period, error);
    if (code != RESULT_OK || due->period.id == 0 || due->period.closed) {
        return code;
    }
    due->day = period_day(due->period.id, clock);
    code = store_query(
        &rows, store, "SELECT o.id, o.enterprise " DUE "ORDER BY o.enterprise, o.id",
        VALUES(value_int(due->period.id), value_date(due->period.day), value_date(due->day)),
        error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = note(due, statement_int(rows, 0), statement_int(rows, 1), error);
    }
    statement_free(rows);
    return code;
}

static enum result journal(struct store *store, const struct actor *actor, const struct due *due,
                           struct error *error) {
    char text[PERIOD_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    char subject[32];
    snprintf(subject, sizeof(subject), "period:%s", period_format(due->period.id, text));
    json_t *object = json_pack("{s:s, s:I, s:O}", "day", date_format(due->day, day), "enterprises",
                               (json_int_t)due->count, "overrides", due->overrides);
    char *after = object == NULL ? NULL : json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(object);
    if (after == NULL) {
        return error_no_memory(error);
    }
    struct journal_entry entry = {.action = "override.due", .subject = subject, .after = after};
    enum result code = journal_write(store, actor, &entry, error);
    free(after);
    return code;
}

/* Does what is due, in one change that looks again at what that is. */
static enum result act(struct store *store, const struct clock *clock, struct due *due,
                       struct error *error) {
    const struct actor actor = {.name = CLOCK_NAME, .clock = *clock};
    struct due left = {0};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    due_free(due);
    code = find(store, clock, due, error);
    if (code == RESULT_OK) {
        code = period_rescore(store, &actor, due->enterprises, due->count, error);
    }
    if (code == RESULT_OK) {
        code = find(store, clock, &left, error);
    }
    if (code == RESULT_OK && due->count > left.count) {
        code = journal(store, &actor, due, error);
    }
    due->count -= left.count < due->count ? left.count : due->count;
    due_free(&left);
    return store_finish(store, code, error);
}

enum result override_catch_up(struct store *store, const struct clock *clock, size_t *count,
                              struct error *error) {
    struct due due;
    enum result code = find(store, clock, &due, error);
    if (code == RESULT_OK && due.count > 0) {
        code = act(store, clock, &due, error);
        if (code == RESULT_BUSY) { /* another program writes: the next time will do */
            error_clear(error);
            due.count = 0;
            code = RESULT_OK;
        }
    }
    if (count != NULL) {
        *count = code == RESULT_OK ? due.count : 0;
    }
    due_free(&due);
    return code;
}
