#include "report/handover_rows.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* Columns of the query, in its order. */
enum {
    QUERY_USCC,
    QUERY_NUMBER,
    QUERY_NAME,
    QUERY_KIND,
    QUERY_STATUS,
    QUERY_REGION,
    QUERY_INDUSTRY,
    QUERY_KEY_FIELD,
    QUERY_DAY,
    QUERY_TOTAL,
    QUERY_DIMENSIONS,
    QUERY_SCORE_CLASS,
    QUERY_FINAL_CLASS,
    QUERY_DECIDED_BY,
    QUERY_RULE,
    QUERY_OVERRIDE,
    QUERY_DOCUMENT,
    QUERY_PREVIOUS,
    QUERY_ENTERPRISE,
    QUERY_POLICY,
};

static const char query[] =
    "SELECT e.uscc, e.registration_number, e.name, e.kind, e.status, e.region, e.industry, "
    "e.key_field, coalesce(r.day, d.day), r.total, r.dimensions, r.score_class, r.final_class, "
    "r.decided_by, "
    "r.decided_rule, r.decided_id, o.document, p.final_class, r.enterprise, "
    "coalesce(r.policy, d.policy) "
    "FROM result r CROSS JOIN enterprise e ON e.id = r.enterprise "
    "JOIN period d ON d.id = r.period "
    "LEFT JOIN override o ON o.id = r.decided_id "
    "LEFT JOIN result p ON p.id = (?2 << 40 | r.enterprise) "
    "WHERE r.id BETWEEN (?1 << 40 | 0) AND ((?1 + 1) << 40 | 0) - 1 "
    "ORDER BY r.id";

struct handover_rows {
    struct statement *statement;
    const struct policy_set *policies;
    const struct policy *policy; /* of the row at hand */
    const int *places;
    struct arena *arena;                                     /* texts of the row at hand */
    int all_places[POLICY_SET_MOST][POLICY_MOST_DIMENSIONS]; /* each dimension's column */
    char period[PERIOD_TEXT_SIZE];
};

/* The column of a dimension: the five of O4 have their own, what a county adds goes into one. */
static int place_of(const char *code) {
    for (int i = HANDOVER_COLUMN_basic; i < HANDOVER_COLUMN_other; i++) {
        if (strcmp(handover_fields[i].key, code) == 0) {
            return i;
        }
    }
    return HANDOVER_COLUMN_other;
}

enum result handover_rows_new(struct handover_rows **rows, struct store *store,
                              const struct period *period, const struct policy_set *policies,
                              int64_t previous, struct error *error) {
    *rows = NULL;
    struct handover_rows *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->policies = policies;
    period_format(period->id, made->period);
    for (size_t i = 0; i < policies->count; i++) {
        for (size_t j = 0; j < policies->policies[i]->dimension_count; j++) {
            made->all_places[i][j] = place_of(policies->policies[i]->dimensions[j].code);
        }
    }
    enum result code = store_query(&made->statement, store, query,
                                   VALUES(value_int(period->id), value_int(previous)), error);
    if (code != RESULT_OK) {
        handover_rows_free(made);
        return code;
    }
    *rows = made;
    return RESULT_OK;
}

/* A text as the layout has it: no control characters, no blanks at its ends. */
static const char *clean(struct handover_rows *rows, int column) {
    const char *text = statement_string(rows->statement, column);
    text += strspn(text, " ");
    char *copy = arena_strdup(rows->arena, text);
    if (copy == NULL) {
        return "";
    }
    size_t length = strlen(copy);
    for (size_t i = 0; i < length; i++) {
        bool control = (unsigned char)copy[i] < 0x20 || copy[i] == 0x7F;
        copy[i] = control ? ' ' : copy[i];
    }
    while (length > 0 && copy[length - 1] == ' ') {
        copy[--length] = '\0';
    }
    return copy + strspn(copy, " ");
}

static const char *points(struct handover_rows *rows, int64_t centipoints) {
    char text[HANDOVER_POINTS_SIZE];
    const char *copy = arena_strdup(rows->arena, handover_points(centipoints, text));
    return copy == NULL ? "" : copy;
}

static const char *number(struct handover_rows *rows, int column) {
    if (statement_is_null(rows->statement, column)) {
        return "";
    }
    const char *copy =
        arena_printf(rows->arena, "%lld", (long long)statement_int(rows->statement, column));
    return copy == NULL ? "" : copy;
}

static enum result damaged(struct handover_rows *rows, struct error *error) {
    return error_set(error, RESULT_DAMAGED,
                     _("The stored result of enterprise number %lld is damaged; run the period "
                       "again."),
                     (long long)statement_int(rows->statement, QUERY_ENTERPRISE));
}

/* Finds the policy that scored the row. */
static enum result choose_policy(struct handover_rows *rows, struct error *error) {
    int64_t id = statement_int(rows->statement, QUERY_POLICY);
    size_t place = 0;
    while (place < rows->policies->count && rows->policies->ids[place] != id) {
        place++;
    }
    if (place == rows->policies->count) {
        return damaged(rows, error);
    }
    rows->policy = rows->policies->policies[place];
    rows->places = rows->all_places[place];
    return RESULT_OK;
}

/* Adds up the dimensions by the layout's columns. */
static enum result read_dimensions(struct handover_rows *rows, struct handover_row *row,
                                   struct error *error) {
    int64_t sums[HANDOVER_COLUMNS] = {0};
    bool known[HANDOVER_COLUMNS] = {false};
    const char *text = statement_string(rows->statement, QUERY_DIMENSIONS);
    for (size_t i = 0; i < rows->policy->dimension_count; i++) {
        char *end = NULL;
        long long value = strtoll(text + 1, &end, 10);
        bool last = i + 1 == rows->policy->dimension_count;
        if (*text != (i == 0 ? '[' : ',') || end == text + 1 || (last && strcmp(end, "]") != 0)) {
            return damaged(rows, error);
        }
        sums[rows->places[i]] += value;
        known[rows->places[i]] = true;
        text = end;
    }
    for (int i = HANDOVER_COLUMN_basic; i <= HANDOVER_COLUMN_other; i++) {
        row->values[i] = known[i] ? points(rows, sums[i]) : "";
    }
    return RESULT_OK;
}

static enum result read_row(struct handover_rows *rows, struct handover_row *row,
                            struct error *error) {
    static const struct {
        int column;
        int query;
    } texts[] = {
        {HANDOVER_COLUMN_uscc, QUERY_USCC},
        {HANDOVER_COLUMN_registration_number, QUERY_NUMBER},
        {HANDOVER_COLUMN_name, QUERY_NAME},
        {HANDOVER_COLUMN_kind, QUERY_KIND},
        {HANDOVER_COLUMN_status, QUERY_STATUS},
        {HANDOVER_COLUMN_region, QUERY_REGION},
        {HANDOVER_COLUMN_industry, QUERY_INDUSTRY},
        {HANDOVER_COLUMN_score_class, QUERY_SCORE_CLASS},
        {HANDOVER_COLUMN_final_class, QUERY_FINAL_CLASS},
        {HANDOVER_COLUMN_decided_by, QUERY_DECIDED_BY},
        {HANDOVER_COLUMN_rule, QUERY_RULE},
        {HANDOVER_COLUMN_override_document, QUERY_DOCUMENT},
        {HANDOVER_COLUMN_previous_class, QUERY_PREVIOUS},
    };
    char day[DATE_TEXT_SIZE];
    enum result code = choose_policy(rows, error);
    if (code != RESULT_OK) {
        return code;
    }
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        row->values[texts[i].column] = clean(rows, texts[i].query);
    }
    row->values[HANDOVER_COLUMN_key_field] = number(rows, QUERY_KEY_FIELD);
    row->values[HANDOVER_COLUMN_period] = rows->period;
    row->values[HANDOVER_COLUMN_day] =
        arena_strdup(rows->arena, date_format(statement_date(rows->statement, QUERY_DAY), day));
    row->values[HANDOVER_COLUMN_policy] = rows->policy->code;
    row->values[HANDOVER_COLUMN_policy_version] = rows->policy->version;
    row->values[HANDOVER_COLUMN_policy_digest] = rows->policy->digest;
    row->values[HANDOVER_COLUMN_score] = points(rows, statement_int(rows->statement, QUERY_TOTAL));
    row->values[HANDOVER_COLUMN_override_id] = number(rows, QUERY_OVERRIDE);
    code = read_dimensions(rows, row, error);
    return code == RESULT_OK && arena_failed(rows->arena) ? error_no_memory(error) : code;
}

enum result handover_rows_next(struct handover_rows *rows, struct handover_row *row, bool *more,
                               struct error *error) {
    arena_reset(rows->arena);
    enum result code = statement_step(rows->statement, more, error);
    return code == RESULT_OK && *more ? read_row(rows, row, error) : code;
}

enum result handover_rows_count(struct store *store, int64_t period, int64_t *count,
                                struct error *error) {
    return store_fetch_int(store, "SELECT count(*) FROM result WHERE period = ?",
                           VALUES(value_int(period)), 0, count, error);
}

void handover_rows_free(struct handover_rows *rows) {
    if (rows == NULL) {
        return;
    }
    statement_free(rows->statement);
    arena_free(rows->arena);
    free(rows);
}
