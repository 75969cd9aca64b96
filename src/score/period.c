#include "score/period.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <stdio.h>

const char *period_format(int64_t id, char text[static PERIOD_TEXT_SIZE]) {
    int number = id > 0 && id < 1000000 ? (int)id : 0;
    snprintf(text, PERIOD_TEXT_SIZE, "%04d-%02d", number / 100 % 10000, number % 100);
    return text;
}

enum result period_parse(const char *text, int64_t *id, struct error *error) {
    date first = date_parse_period(text);
    if (first == DATE_NONE) {
        return error_set(error, RESULT_USAGE,
                         _("\"%s\" is no period; write it as YYYY-MM, for instance 2026-10."),
                         text);
    }
    *id = period_of(first);
    return RESULT_OK;
}

int64_t period_of(date day) {
    return day / 100;
}

#define PERIOD_QUERY                                                                               \
    "SELECT id, day, state = 'closed', policy, enterprises, facts, class_a, class_b, class_c, "    \
    "class_d, run_at, sealed_journal, sealed_batch FROM period "

static void read_row(struct statement *row, struct period *period) {
    *period = (struct period){
        .id = statement_int(row, 0),
        .day = statement_date(row, 1),
        .closed = statement_int(row, 2) != 0,
        .policy = statement_int(row, 3),
        .enterprises = statement_int(row, 4),
        .facts = statement_int(row, 5),
        .sealed = {.journal = statement_int(row, 11), .batch = statement_int(row, 12)},
    };
    for (int i = 0; i < CLASS_COUNT; i++) {
        period->classes[i] = statement_int(row, 6 + i);
    }
    snprintf(period->run_at, sizeof(period->run_at), "%s", statement_string(row, 10));
}

enum result period_list(struct store *store, struct period *periods, size_t most, size_t *count,
                        struct error *error) {
    *count = 0;
    struct statement *rows = NULL;
    enum result code = store_query(&rows, store, PERIOD_QUERY "ORDER BY id DESC LIMIT ?",
                                   VALUES(value_int((int64_t)most)), error);
    bool row = true;
    while (code == RESULT_OK && *count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        read_row(rows, &periods[(*count)++]);
    }
    statement_free(rows);
    return code;
}

enum result period_latest(struct store *store, struct period *period, struct error *error) {
    size_t count = 0;
    *period = (struct period){0};
    return period_list(store, period, 1, &count, error);
}

enum result period_load(struct store *store, int64_t id, struct period *period,
                        struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, store, PERIOD_QUERY "WHERE id = ?", VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        char text[PERIOD_TEXT_SIZE];
        period_format(id, text);
        code = error_set(error, RESULT_NOT_FOUND,
                         _("Period %s was not run yet; run \"xinfeng score --period %s\"."), text,
                         text);
    }
    if (code == RESULT_OK) {
        read_row(rows, period);
    }
    statement_free(rows);
    return code;
}

enum result period_policies(struct store *store, int64_t id, struct policy_set *set,
                            struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *set = (struct policy_set){0};
    enum result code = store_query(
        &rows, store, "SELECT policy FROM period_policy WHERE period = ? ORDER BY place",
        VALUES(value_int(id)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = policy_set_add(store, set, statement_int(rows, 0), error);
    }
    statement_free(rows);
    if (code != RESULT_OK) {
        policy_set_free(set);
    }
    return code;
}
