#include "score/sql_text.h"

#include "registry/fact_type.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct sql_words dialects[SQL_DIALECT_COUNT] = {
    [SQL_SQLITE] = {.code = "sqlite",
                    .name = "SQLite",
                    .greatest = "max",
                    .least = "min",
                    .temporary = "temp",
                    .by_bytes = ""},
    [SQL_POSTGRESQL] = {.code = "postgresql",
                        .name = "PostgreSQL",
                        .greatest = "greatest",
                        .least = "least",
                        .temporary = "pg_temp",
                        .by_bytes = " COLLATE \"C\""},
};

const struct sql_words *sql_words_of(enum sql_dialect dialect) {
    return &dialects[dialect];
}

enum sql_dialect sql_dialect_find(const char *code) {
    int dialect = 0;
    while (dialect < SQL_DIALECT_COUNT && strcmp(dialects[dialect].code, code) != 0) {
        dialect++;
    }
    return (enum sql_dialect)dialect;
}

/* ---- text ------------------------------------------------------------------------------------ */

/* Adds formatted text; gives where it begins. */
__attribute__((format(printf, 2, 0))) static size_t
add_formatted(struct sql *sql, const char *format, va_list values) {
    size_t start = sql->text.length;
    char *text = NULL;
    if (vasprintf(&text, format, values) < 0) {
        sql->text.failed = true;
        return start;
    }
    buffer_append_text(&sql->text, text);
    free(text);
    return start;
}

void sql_add(struct sql *sql, const char *format, ...) {
    va_list values;
    va_start(values, format);
    add_formatted(sql, format, values);
    va_end(values);
}

void sql_comment(struct sql *sql, const char *format, ...) {
    va_list values;
    buffer_append_text(&sql->text, "-- ");
    va_start(values, format);
    size_t start = add_formatted(sql, format, values);
    va_end(values);
    for (size_t i = start; i < sql->text.length; i++) {
        if ((unsigned char)sql->text.data[i] < ' ') {
            sql->text.data[i] = ' ';
        }
    }
    buffer_append_char(&sql->text, '\n');
}

void sql_literal(struct sql *sql, const char *text) {
    buffer_append_char(&sql->text, '\'');
    sql_replaced(sql, text, "'", "''");
    buffer_append_char(&sql->text, '\'');
}

void sql_replaced(struct sql *sql, const char *text, const char *piece, const char *with) {
    for (const char *at = strstr(text, piece); at != NULL; at = strstr(text, piece)) {
        buffer_append(&sql->text, text, (size_t)(at - text));
        buffer_append_text(&sql->text, with);
        text = at + strlen(piece);
    }
    buffer_append_text(&sql->text, text);
}

/* ---- conditions ------------------------------------------------------------------------------ */

void sql_types(struct sql *sql, uint64_t types) {
    const char *between = "";
    sql_add(sql, "f.type IN (");
    for (int type = 1; type < FACT_TYPE_END; type++) {
        if (types >> type & 1) {
            sql_add(sql, "%s%d", between, type);
            between = ", ";
        }
    }
    between = ") /* ";
    for (int type = 1; type < FACT_TYPE_END; type++) {
        if (types >> type & 1) {
            sql_add(sql, "%s%s", between, fact_type_code(type));
            between = ", ";
        }
    }
    sql_add(sql, " */");
}

/* Adds "value >= from AND value < to", without the ends that are open. */
static void add_ends(struct sql *sql, const char *value, int64_t from, int64_t to) {
    if (from != INT64_MIN) {
        sql_add(sql, "%s >= %lld", value, (long long)from);
    }
    if (from != INT64_MIN && to != INT64_MAX) {
        sql_add(sql, " AND ");
    }
    if (to != INT64_MAX) {
        sql_add(sql, "%s < %lld", value, (long long)to);
    }
}

/* Adds a range as one more condition, when it is one. NULL is in no range. */
static void add_range(struct sql *sql, const char *value, int64_t from, int64_t to) {
    if (from != INT64_MIN || to != INT64_MAX) {
        sql_add(sql, " AND ");
        add_ends(sql, value, from, to);
    }
}

void sql_matches(struct sql *sql, const struct policy_indicator *indicator) {
    sql_types(sql, indicator->types);
    add_range(sql, "f.level", indicator->level_from, indicator->level_to);
    add_range(sql, "f.amount", indicator->amount_from, indicator->amount_to);
}

/* ---- cases ----------------------------------------------------------------------------------- */

#define WHEN "\n            WHEN "

void sql_bands(struct sql *sql, const struct policy_indicator *indicator, const char *value,
               bool missing) {
    if (!missing && indicator->band_count == 0) {
        sql_add(sql, "0");
        return;
    }
    sql_add(sql, "CASE");
    if (missing) {
        sql_add(sql, WHEN "%s IS NULL THEN %lld", value, (long long)indicator->missing);
    }
    for (size_t i = 0; i < indicator->band_count; i++) {
        const struct policy_band *band = &indicator->bands[i];
        sql_add(sql, WHEN);
        if (band->from == INT64_MIN && band->to == INT64_MAX) {
            sql_add(sql, "%s IS NOT NULL", value);
        }
        add_ends(sql, value, band->from, band->to);
        sql_add(sql, " THEN %lld", (long long)band->points);
    }
    sql_add(sql, "\n            ELSE 0 END");
}

/* The characters of a text. */
static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

/* The longest code comes first, since the longest that begins an industry decides; the stable order
 * of the policy holds among others, of which only one can fit. */
static void add_code_cases(struct sql *sql, const struct policy_indicator *indicator,
                           const char *value, size_t length) {
    bool prefix = indicator->attribute == ATTRIBUTE_INDUSTRY;
    for (size_t i = 0; i < indicator->code_count; i++) {
        const struct policy_code *code = &indicator->codes[i];
        size_t characters = count_characters(code->code);
        if (characters != length) {
            continue;
        }
        if (prefix) {
            sql_add(sql, WHEN "substr(%s, 1, %zu) = ", value, characters);
        } else {
            sql_add(sql, WHEN "%s = ", value);
        }
        sql_literal(sql, code->code);
        sql_add(sql, " THEN %lld", (long long)code->points);
    }
}

void sql_codes(struct sql *sql, const struct policy_indicator *indicator, const char *value) {
    size_t longest = 0;
    for (size_t i = 0; i < indicator->code_count; i++) {
        size_t characters = count_characters(indicator->codes[i].code);
        longest = characters > longest ? characters : longest;
    }
    sql_add(sql, "CASE" WHEN "%s IS NULL THEN %lld", value, (long long)indicator->missing);
    for (size_t length = longest + 1; length-- > 0;) {
        add_code_cases(sql, indicator, value, length);
    }
    sql_add(sql, "\n            ELSE 0 END");
}

void sql_decay(struct sql *sql, const struct policy_indicator *indicator) {
    if (indicator->decay_count == 0) {
        sql_add(sql, "100");
        return;
    }
    sql_add(sql, "CASE");
    for (size_t i = 0; i < indicator->decay_count; i++) {
        sql_add(sql, WHEN "f.age < %lld THEN %lld", (long long)indicator->decay[i].months,
                (long long)indicator->decay[i].percent);
    }
    sql_add(sql, "\n            ELSE 0 END");
}

void sql_clamp(struct sql *sql, const char *value, int64_t low, int64_t high) {
    if (high == POLICY_NO_CAP) {
        sql_add(sql, "%s(%s, %lld)", sql->words->greatest, value, (long long)low);
    } else {
        sql_add(sql, "%s(%s(%s, %lld), %lld)", sql->words->least, sql->words->greatest, value,
                (long long)low, (long long)high);
    }
}
