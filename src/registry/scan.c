#include "registry/scan.h"

#include "registry/enterprise_row.h"
#include "store/statement.h"

#include <stdlib.h>

#define COLUMN(name) #name ", "

struct registry_scan {
    struct statement *enterprises;
    struct statement *facts;
    bool fact_stands; /* a fact not handed out yet */
    struct fact *kept;
    size_t capacity;
};

enum result registry_scan_new(struct registry_scan **scan, struct store *store, int64_t first,
                              int64_t last, struct error *error) {
    *scan = NULL;
    struct registry_scan *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    enum result code =
        store_query(&made->enterprises, store,
                    "SELECT id, " ENTERPRISE_FIELDS(COLUMN, COLUMN,
                                                    COLUMN) "stub FROM enterprise "
                                                            "WHERE id BETWEEN ? AND ? ORDER BY id",
                    VALUES(value_int(first), value_int(last)), error);
    if (code == RESULT_OK) {
        code = store_query(&made->facts, store, REGISTRY_SCAN_FACTS,
                           VALUES(value_int(fact_first_id(first)),
                                  value_int(last > INT32_MAX ? INT64_MAX : fact_last_id(last))),
                           error);
    }
    if (code == RESULT_OK) {
        code = statement_step(made->facts, &made->fact_stands, error);
    }
    if (code != RESULT_OK) {
        registry_scan_free(made);
        return code;
    }
    *scan = made;
    return RESULT_OK;
}

struct fact registry_scan_fact(struct statement *row) {
    struct fact fact = fact_make((int32_t)statement_int(row, 1), statement_date(row, 3));
    fact.id = statement_int(row, 0);
    fact.status = (int32_t)statement_int(row, 2);
    fact.ended_on = statement_date(row, 4);
    if (!statement_is_null(row, 5)) {
        fact.amount = statement_int(row, 5);
    }
    if (!statement_is_null(row, 6)) {
        fact.level = (int32_t)statement_int(row, 6);
    }
    return fact;
}

/* Gathers the facts of one enterprise from the merged stream. */
static enum result gather(struct registry_scan *scan, int64_t enterprise, size_t *count,
                          struct error *error) {
    enum result code = RESULT_OK;
    *count = 0;
    while (code == RESULT_OK && scan->fact_stands) {
        int64_t owner = fact_enterprise(statement_int(scan->facts, 0));
        if (owner > enterprise) {
            break;
        }
        if (owner == enterprise) {
            if (*count == scan->capacity) {
                size_t capacity = scan->capacity == 0 ? 64 : scan->capacity * 2;
                struct fact *kept = realloc(scan->kept, capacity * sizeof(*kept));
                if (kept == NULL) {
                    return error_no_memory(error);
                }
                scan->kept = kept;
                scan->capacity = capacity;
            }
            scan->kept[(*count)++] = registry_scan_fact(scan->facts);
        }
        code = statement_step(scan->facts, &scan->fact_stands, error);
    }
    return code;
}

enum result registry_scan_next(struct registry_scan *scan, struct registry_subject *subject,
                               bool *more, struct error *error) {
    enum result code = statement_step(scan->enterprises, more, error);
    if (code != RESULT_OK || !*more) {
        return code;
    }
    enterprise_row_read(scan->enterprises, 0, &subject->enterprise);
    code = gather(scan, subject->enterprise.id, &subject->fact_count, error);
    subject->facts = scan->kept;
    return code;
}

void registry_scan_free(struct registry_scan *scan) {
    if (scan == NULL) {
        return;
    }
    statement_free(scan->enterprises);
    statement_free(scan->facts);
    free(scan->kept);
    free(scan);
}

enum result registry_count(struct store *store, int64_t *enterprises, int64_t *facts,
                           struct error *error) {
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM enterprise", NO_VALUES, 0, enterprises, error);
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT count(*) FROM fact", NO_VALUES, 0, facts, error);
    }
    return code;
}
