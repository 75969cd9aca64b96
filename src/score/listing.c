#include "score/listing.h"

#include "base/buffer.h"
#include "base/text.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* The parameters of every listing query, by number:
 * 1 period, 2 class, 3 region prefix, 4 industry prefix, 5 name part, 6 code prefix,
 * 7 initials part, 8 total of the key, 9 id of the key, 10 most rows. */
#define MOST_VALUES 10

struct query {
    struct buffer sql;
    struct value values[MOST_VALUES];
    char *name_part;
    char *initials;
};

static void query_free(struct query *query) {
    buffer_free(&query->sql);
    free(query->name_part);
    free(query->initials);
}

/* Lower-case letters and digits of the text: what initials are compared with; NULL when the text
 * has anything else. */
static char *as_initials(const char *text) {
    for (const char *at = text; *at != '\0'; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        if (!letter && !(*at >= '0' && *at <= '9')) {
            return NULL;
        }
    }
    char *copy = strdup(text);
    for (char *at = copy; at != NULL && *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    return copy;
}

/* Adds the conditions that the filter asks for. */
static void add_conditions(struct query *query, const struct listing_filter *filter) {
    struct buffer *sql = &query->sql;
    if (filter->risk_class < CLASS_COUNT) {
        buffer_append_text(sql, " AND r.final_class = ?2");
        query->values[1] = value_text(risk_class_letter(filter->risk_class));
    }
    if (filter->region != NULL && filter->region[0] != '\0') {
        buffer_append_text(sql, " AND e.region >= ?3 AND e.region < ?3 || 'a'");
        query->values[2] = value_text(filter->region);
    }
    if (filter->industry != NULL && filter->industry[0] != '\0') {
        buffer_append_text(sql, " AND substr(e.industry, 1, length(?4)) = ?4");
        query->values[3] = value_text(filter->industry);
    }
    if (filter->key_field) {
        buffer_append_text(sql, " AND e.key_field = 1");
    }
}

/* The enterprises that a search finds, from the index of names alone. */
static void add_hits(struct query *query, const char *find) {
    query->name_part = text_name_key(find);
    query->initials = as_initials(find);
    query->values[4] = value_text(query->name_part == NULL ? find : query->name_part);
    query->values[6] = value_text(query->initials);
    buffer_append_text(&query->sql, "(SELECT id FROM enterprise WHERE instr(name_key, ?5) > 0 OR "
                                    "substr(uscc, 1, length(?5)) = ?5 OR "
                                    "substr(registration_number, 1, length(?5)) = ?5 OR "
                                    "instr(initials, ?7) > 0)");
}

/* The tables in the order they are to be walked: a search first finds its few enterprises; without
 * one the ranks of the period give the order. CROSS JOIN keeps SQLite to that order. */
static void add_tables(struct query *query, const struct listing_filter *filter) {
    struct buffer *sql = &query->sql;
    bool scored = filter->period != 0 &&
                  (filter->sort == LISTING_BY_SCORE || filter->risk_class < CLASS_COUNT);
    if (filter->find != NULL && filter->find[0] != '\0') {
        buffer_append_text(sql, " FROM ");
        add_hits(query, filter->find);
        buffer_printf(sql,
                      " hit CROSS JOIN enterprise e ON e.id = hit.id %s JOIN result r "
                      "ON r.id = (?1 << 40 | e.id) WHERE 1",
                      scored ? "CROSS" : "LEFT");
    } else if (scored) {
        buffer_append_text(sql, " FROM result r JOIN enterprise e ON e.id = r.enterprise "
                                "WHERE r.period = ?1");
    } else {
        buffer_append_text(
            sql, " FROM enterprise e LEFT JOIN result r ON r.id = (?1 << 40 | e.id) WHERE 1");
    }
    query->values[0] = value_int(filter->period);
}

static enum result build(struct query *query, const struct listing_filter *filter,
                         const char *columns, struct error *error) {
    *query = (struct query){.sql = BUFFER_INIT};
    buffer_append_text(&query->sql, columns);
    add_tables(query, filter);
    add_conditions(query, filter);
    return query->sql.failed ? error_no_memory(error) : RESULT_OK;
}

/* Condition and order for a page; rows before a key come in reverse. */
static void add_order(struct query *query, const struct listing_filter *filter,
                      enum listing_direction direction, const struct listing_key *key) {
    bool after = direction == LISTING_AFTER;
    bool by_score = filter->sort == LISTING_BY_SCORE && filter->period != 0;
    struct buffer *sql = &query->sql;
    if (key != NULL) {
        query->values[7] = value_int(key->total);
        query->values[8] = value_int(key->id);
        /* A row value keeps to the index at any depth; total falls, id falls with it. */
        if (by_score) {
            buffer_printf(sql, " AND (r.total, r.enterprise) %s (?8, ?9)", after ? "<" : ">");
        } else {
            buffer_printf(sql, " AND e.id %s ?9", after ? ">" : "<");
        }
    }
    if (by_score) {
        buffer_append_text(sql, after ? " ORDER BY r.total DESC, r.enterprise DESC"
                                      : " ORDER BY r.total, r.enterprise");
    } else {
        buffer_append_text(sql, after ? " ORDER BY e.id" : " ORDER BY e.id DESC");
    }
    buffer_append_text(sql, " LIMIT ?10");
}

/* What read_row reads. */
#define LISTING_COLUMNS                                                                            \
    "SELECT r.total, e.id, coalesce(e.uscc, e.registration_number), e.name, e.region, e.industry," \
    " e.status, e.stub, r.final_class, r.score_class, e.key_field"

/* Reads one row; false when memory is short. */
static bool read_row(struct statement *row, struct arena *arena, struct listing_row *out) {
    *out = (struct listing_row){
        .key = {.total = statement_int(row, 0), .id = statement_int(row, 1)},
        .uscc = arena_strdup(arena, statement_string(row, 2)),
        .name = arena_strdup(arena, statement_string(row, 3)),
        .region = arena_strdup(arena, statement_string(row, 4)),
        .industry = arena_strdup(arena, statement_string(row, 5)),
        .status = arena_strdup(arena, statement_string(row, 6)),
        .stub = statement_int(row, 7) != 0,
        .risk_class = risk_class_find(statement_text(row, 8)),
        .score_class = risk_class_find(statement_text(row, 9)),
        .key_field = statement_int(row, 10) != 0,
    };
    return out->uscc != NULL && out->name != NULL && out->region != NULL && out->industry != NULL &&
           out->status != NULL;
}

static void reverse(struct listing_row *rows, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        struct listing_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

enum result listing_page(struct store *store, const struct listing_filter *filter,
                         enum listing_direction direction, const struct listing_key *key,
                         struct arena *arena, struct listing_row *rows, size_t most, size_t *count,
                         struct error *error) {
    *count = 0;
    struct query query;
    struct statement *statement = NULL;
    enum result code = build(&query, filter, LISTING_COLUMNS, error);
    if (code == RESULT_OK) {
        add_order(&query, filter, direction, key);
        query.values[9] = value_int((int64_t)most);
        code = query.sql.failed ? error_no_memory(error)
                                : store_query(&statement, store, buffer_text(&query.sql),
                                              query.values, MOST_VALUES, error);
    }
    bool row = true;
    while (code == RESULT_OK && *count < most) {
        code = statement_step(statement, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        if (!read_row(statement, arena, &rows[*count])) {
            code = error_no_memory(error);
        } else {
            (*count)++;
        }
    }
    if (direction == LISTING_BEFORE) {
        reverse(rows, *count);
    }
    statement_free(statement);
    query_free(&query);
    return code;
}

enum result listing_of(struct store *store, int64_t period, const int64_t *ids, size_t count,
                       struct arena *arena, struct listing_row *rows, size_t *found,
                       struct error *error) {
    *found = 0;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        struct statement *statement = NULL;
        bool row = false;
        code = store_query(&statement, store,
                           LISTING_COLUMNS " FROM enterprise e LEFT JOIN result r"
                                           " ON r.id = (?1 << 40 | e.id) WHERE e.id = ?2",
                           VALUES(value_int(period), value_int(ids[i])), error);
        if (code == RESULT_OK) {
            code = statement_step(statement, &row, error);
        }
        if (code == RESULT_OK && row) {
            code = read_row(statement, arena, &rows[*found]) ? RESULT_OK : error_no_memory(error);
            (*found)++;
        }
        statement_free(statement);
    }
    return code;
}

enum result listing_count(struct store *store, const struct listing_filter *filter, int64_t *count,
                          struct error *error) {
    struct query query;
    enum result code = build(&query, filter, "SELECT count(*)", error);
    if (code == RESULT_OK) {
        buffer_append_text(&query.sql, " AND ?10 IS NULL"); /* keeps the parameters' numbers */
        code = query.sql.failed ? error_no_memory(error)
                                : store_fetch_int(store, buffer_text(&query.sql), query.values,
                                                  MOST_VALUES, 0, count, error);
    }
    query_free(&query);
    return code;
}
