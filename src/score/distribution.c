#include "score/distribution.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/industry.h"
#include "store/statement.h"

#include <string.h>

#define MOST_ROWS 4096

bool distribution_find(const char *word, enum distribution_by *by) {
    static const char *const words[] = {NULL, "region", "industry", "month"};
    *by = DISTRIBUTION_WHOLE;
    for (size_t i = 1; word != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i], word) == 0) {
            *by = (enum distribution_by)i;
        }
    }
    return word == NULL || *by != DISTRIBUTION_WHOLE;
}

static const char *query_of(enum distribution_by by) {
    switch (by) {
    case DISTRIBUTION_BY_REGION:
        return "SELECT e.region AS k, sum(r.final_class = 'A'), sum(r.final_class = 'B'), "
               "sum(r.final_class = 'C'), sum(r.final_class = 'D') FROM result r JOIN enterprise e "
               "ON e.id = r.enterprise WHERE r.period = ? GROUP BY k ORDER BY k";
    case DISTRIBUTION_BY_INDUSTRY:
        return "SELECT coalesce(substr(e.industry, 1, 1), '') AS k, sum(r.final_class = 'A'), "
               "sum(r.final_class = 'B'), sum(r.final_class = 'C'), sum(r.final_class = 'D') FROM "
               "result r JOIN enterprise e ON e.id = r.enterprise WHERE r.period = ? GROUP BY k "
               "ORDER BY k";
    case DISTRIBUTION_BY_MONTH:
        return "SELECT printf('%04d-%02d', id / 100, id % 100), class_a, class_b, class_c, class_d "
               "FROM period WHERE id <= ? ORDER BY id DESC";
    case DISTRIBUTION_WHOLE:
        break;
    }
    return "SELECT '', class_a, class_b, class_c, class_d FROM period WHERE id = ?";
}

static const char *name_of(enum distribution_by by, const char *key) {
    const char *name = NULL;
    if (by == DISTRIBUTION_WHOLE) {
        return _("all");
    }
    if (by == DISTRIBUTION_BY_REGION) {
        name = division_name(key);
    } else if (by == DISTRIBUTION_BY_INDUSTRY) {
        name = industry_name(key);
    }
    return name != NULL ? name : key[0] == '\0' ? _("not known") : key;
}

enum result distribution_load(struct store *store, const struct period *period,
                              enum distribution_by by, struct arena *arena,
                              struct distribution_row **rows, size_t *count, struct error *error) {
    *count = 0;
    *rows = arena_alloc(arena, MOST_ROWS * sizeof(**rows));
    if (*rows == NULL) {
        return error_no_memory(error);
    }
    struct statement *statement = NULL;
    enum result code =
        store_query(&statement, store, query_of(by), VALUES(value_int(period->id)), error);
    bool row = true;
    while (code == RESULT_OK && *count < MOST_ROWS) {
        code = statement_step(statement, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct distribution_row *out = &(*rows)[*count];
        out->key = arena_strdup(arena, statement_string(statement, 0));
        if (out->key == NULL) {
            code = error_no_memory(error);
            break;
        }
        out->name = name_of(by, out->key);
        for (int i = 0; i < CLASS_COUNT; i++) {
            out->classes[i] = statement_int(statement, 1 + i);
        }
        (*count)++;
    }
    statement_free(statement);
    return code;
}
