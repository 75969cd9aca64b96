#include "registry/record.h"

#include "base/gettext.h"
#include "registry/change.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the writers of a table need. The statements are literals, so that who reads the sources
 * finds who writes a table. */
struct table {
    const char *name;
    const char *const *columns;
    const enum record_type *types;
    size_t count;
    uint64_t key;    /* bit n: column n is part of what makes two records the same */
    uint64_t needed; /* bit n: column n must be known */
    const char *insert;
    const char *update;
    const char *find;
    const char *load;
    const char *list;     /* of all */
    const char *list_one; /* of one enterprise; NULL: they are about none */
    const char *remove;
};

#define NAME(name, type) #name,
#define TYPE(name, type) RECORD_##type,
#define COLUMN(name, type) #name ", "
#define PLACE(name, type) "?, "
#define ASSIGN(name, type) #name " = ?, "
#define BIT(column) ((uint64_t)1 << (column))

#define TABLE_COLUMNS(table, COLUMNS)                                                              \
    static const char *const table##_names[] = {COLUMNS(NAME)};                                    \
    static const enum record_type table##_types[] = {COLUMNS(TYPE)};

TABLE_COLUMNS(inspector, INSPECTOR_COLUMNS)
TABLE_COLUMNS(recusal, RECUSAL_COLUMNS)
TABLE_COLUMNS(matter, MATTER_COLUMNS)
TABLE_COLUMNS(grade, GRADE_COLUMNS)
TABLE_COLUMNS(relation, RELATION_COLUMNS)
TABLE_COLUMNS(inspection_result, INSPECTION_RESULT_COLUMNS)

#define TABLE(table, COLUMNS, key_bits, needed_bits, key_where)                                    \
    .name = #table, .columns = table##_names, .types = table##_types,                              \
    .count = sizeof(table##_types) / sizeof(table##_types[0]), .key = (key_bits),                  \
    .needed = (needed_bits),                                                                       \
    .find = "SELECT id, " COLUMNS(COLUMN) "batch FROM " #table " WHERE " key_where,                \
    .load = "SELECT id, " COLUMNS(COLUMN) "batch FROM " #table " WHERE id = ?",                    \
    .list =                                                                                        \
        "SELECT id, " COLUMNS(COLUMN) "batch FROM " #table " WHERE ?1 = 0 ORDER BY id LIMIT ?2"

/* Of a table whose records are about enterprises. */
#define LIST_ONE(table, COLUMNS)                                                                   \
    .list_one = "SELECT id, " COLUMNS(COLUMN) "batch FROM " #table                                 \
                                              " WHERE enterprise = ?1 ORDER BY id LIMIT ?2"

static const struct table tables[RECORD_TABLE_COUNT] = {
    [RECORD_INSPECTOR] = {TABLE(inspector, INSPECTOR_COLUMNS, BIT(INSPECTOR_number),
                                BIT(INSPECTOR_number) | BIT(INSPECTOR_name), "number IS ?"),
                          .insert = "INSERT INTO inspector (" INSPECTOR_COLUMNS(
                              COLUMN) "batch, line) VALUES "
                                      "(" INSPECTOR_COLUMNS(PLACE) "?, ?)",
                          .update = "UPDATE inspector SET " INSPECTOR_COLUMNS(
                              ASSIGN) "batch = batch WHERE id = ?",
                          .remove = "DELETE FROM inspector WHERE batch = ?"},
    [RECORD_RECUSAL] =
        {TABLE(recusal, RECUSAL_COLUMNS, BIT(RECUSAL_inspector) | BIT(RECUSAL_enterprise),
               BIT(RECUSAL_inspector) | BIT(RECUSAL_enterprise),
               "inspector IS ? AND enterprise IS ?"),
         .insert =
             "INSERT INTO recusal (" RECUSAL_COLUMNS(COLUMN) "batch, line) VALUES "
                                                             "(" RECUSAL_COLUMNS(PLACE) "?, ?)",
         .update = "UPDATE recusal SET " RECUSAL_COLUMNS(ASSIGN) "batch = batch WHERE id = ?",
         LIST_ONE(recusal, RECUSAL_COLUMNS), .remove = "DELETE FROM recusal WHERE batch = ?"},
    [RECORD_MATTER] = {TABLE(matter, MATTER_COLUMNS, BIT(MATTER_code),
                             BIT(MATTER_code) | BIT(MATTER_title), "code IS ?"),
                       .insert = "INSERT INTO matter (" MATTER_COLUMNS(
                           COLUMN) "batch, line) VALUES "
                                   "(" MATTER_COLUMNS(PLACE) "?, ?)",
                       .update =
                           "UPDATE matter SET " MATTER_COLUMNS(ASSIGN) "batch = batch WHERE id = ?",
                       .remove = "DELETE FROM matter WHERE batch = ?"},
    [RECORD_GRADE] =
        {TABLE(grade, GRADE_COLUMNS,
               BIT(GRADE_enterprise) | BIT(GRADE_field) | BIT(GRADE_judged_on),
               BIT(GRADE_enterprise) | BIT(GRADE_field) | BIT(GRADE_grade),
               "enterprise IS ? AND field IS ? AND judged_on IS ?"),
         .insert = "INSERT INTO grade (" GRADE_COLUMNS(COLUMN) "batch, line) VALUES "
                                                               "(" GRADE_COLUMNS(PLACE) "?, ?)",
         .update = "UPDATE grade SET " GRADE_COLUMNS(ASSIGN) "batch = batch WHERE id = ?",
         LIST_ONE(grade, GRADE_COLUMNS), .remove = "DELETE FROM grade WHERE batch = ?"},
    [RECORD_RELATION] =
        {TABLE(relation, RELATION_COLUMNS,
               BIT(RELATION_enterprise) | BIT(RELATION_type) | BIT(RELATION_party),
               BIT(RELATION_enterprise) | BIT(RELATION_type) | BIT(RELATION_party) |
                   BIT(RELATION_party_name),
               "enterprise IS ? AND type IS ? AND party IS ?"),
         .insert =
             "INSERT INTO relation (" RELATION_COLUMNS(COLUMN) "batch, line) VALUES "
                                                               "(" RELATION_COLUMNS(PLACE) "?, ?)",
         .update = "UPDATE relation SET " RELATION_COLUMNS(ASSIGN) "batch = batch WHERE id = ?",
         LIST_ONE(relation, RELATION_COLUMNS), .remove = "DELETE FROM relation WHERE batch = ?"},
    [RECORD_INSPECTION_RESULT] =
        {TABLE(inspection_result, INSPECTION_RESULT_COLUMNS,
               BIT(INSPECTION_RESULT_enterprise) | BIT(INSPECTION_RESULT_task) |
                   BIT(INSPECTION_RESULT_matter),
               BIT(INSPECTION_RESULT_enterprise) | BIT(INSPECTION_RESULT_task) |
                   BIT(INSPECTION_RESULT_completed_on) | BIT(INSPECTION_RESULT_result),
               "enterprise IS ? AND task IS ? AND matter IS ?"),
         .insert = "INSERT INTO inspection_result (" INSPECTION_RESULT_COLUMNS(
             COLUMN) "batch, line) VALUES (" INSPECTION_RESULT_COLUMNS(PLACE) "?, ?)",
         .update = "UPDATE inspection_result SET " INSPECTION_RESULT_COLUMNS(
             ASSIGN) "batch = batch WHERE id = ?",
         LIST_ONE(inspection_result, INSPECTION_RESULT_COLUMNS),
         .remove = "DELETE FROM inspection_result WHERE batch = ?"},
};

struct record_writer {
    struct store *store;
    const struct table *table;
    struct statement *insert;
    struct statement *update;
    struct statement *find;
    struct statement *load;
};

struct record_value record_unknown(void) {
    return (struct record_value){NULL, RECORD_UNKNOWN};
}

const char *record_table_name(enum record_table table) {
    return tables[table].name;
}

enum record_table record_table_find(const char *name) {
    int table = 0;
    while (table < RECORD_TABLE_COUNT && strcmp(tables[table].name, name) != 0) {
        table++;
    }
    return (enum record_table)table;
}

size_t record_columns(enum record_table table) {
    return tables[table].count;
}

const char *record_column_name(enum record_table table, size_t column) {
    return tables[table].columns[column];
}

enum record_type record_column_type(enum record_table table, size_t column) {
    return tables[table].types[column];
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_known(enum record_type type, const struct record_value *value) {
    return type == RECORD_TEXT   ? value->text != NULL && value->text[0] != '\0'
           : type == RECORD_DATE ? value->number > DATE_NONE
                                 : value->number != RECORD_UNKNOWN;
}

static struct value sql_value(enum record_type type, const struct record_value *value) {
    if (!is_known(type, value)) {
        return value_null();
    }
    return type == RECORD_TEXT ? value_text(value->text) : value_int(value->number);
}

static json_t *json_value(enum record_type type, const struct record_value *value) {
    if (!is_known(type, value)) {
        return json_null();
    }
    return type == RECORD_TEXT   ? json_string(value->text)
           : type == RECORD_DATE ? change_date((date)value->number)
                                 : json_integer(value->number);
}

static struct record_value stored_value(enum record_type type, struct statement *row, int column) {
    struct record_value value = record_unknown();
    if (type == RECORD_TEXT) {
        value.text = statement_text(row, column);
    } else if (!statement_is_null(row, column)) {
        value.number = statement_int(row, column);
    }
    return value;
}

static bool same(enum record_type type, const struct record_value *left,
                 const struct record_value *right) {
    if (!is_known(type, left) || !is_known(type, right)) {
        return is_known(type, left) == is_known(type, right);
    }
    return type == RECORD_TEXT ? strcmp(left->text, right->text) == 0
                               : left->number == right->number;
}

/* ---- saving ---------------------------------------------------------------------------------- */

enum result record_writer_new(struct record_writer **writer, struct store *store,
                              enum record_table table, struct error *error) {
    *writer = NULL;
    struct record_writer *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->table = &tables[table];
    const struct statement_wanted wanted[] = {
        {&made->insert, made->table->insert},
        {&made->update, made->table->update},
        {&made->find, made->table->find},
        {&made->load, made->table->load},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code != RESULT_OK) {
        record_writer_free(made);
        return code;
    }
    *writer = made;
    return RESULT_OK;
}

void record_writer_free(struct record_writer *writer) {
    if (writer != NULL) {
        statement_free(writer->insert);
        statement_free(writer->update);
        statement_free(writer->find);
        statement_free(writer->load);
        free(writer);
    }
}

static enum result check(const struct table *table, const struct record_value *values,
                         struct error *error) {
    for (size_t i = 0; i < table->count; i++) {
        if ((table->needed >> i & 1) != 0 && !is_known(table->types[i], &values[i])) {
            return error_set(error, RESULT_INVALID, _("The row does not say its %s; fill it in."),
                             table->columns[i]);
        }
    }
    return RESULT_OK;
}

/* How the journal names a record. */
static void subject_of(const struct table *table, int64_t id, char subject[64]) {
    snprintf(subject, 64, "%s:%lld", table->name, (long long)id);
}

static enum result insert(struct record_writer *writer, const struct record_value *values,
                          const struct save_origin *origin, int64_t *id, struct error *error) {
    const struct table *table = writer->table;
    struct value bound[RECORD_MOST_COLUMNS + 2];
    for (size_t i = 0; i < table->count; i++) {
        bound[i] = sql_value(table->types[i], &values[i]);
    }
    bound[table->count] = origin->batch == 0 ? value_null() : value_int(origin->batch);
    bound[table->count + 1] = origin->line == 0 ? value_null() : value_int(origin->line);
    enum result code = statement_run(writer->insert, bound, table->count + 2, error);
    *id = store_last_id(writer->store);
    if (code == RESULT_OK && !origin->bulk) {
        char subject[64];
        char action[64];
        subject_of(table, *id, subject);
        snprintf(action, sizeof(action), "%s.insert", table->name);
        struct journal_entry entry = {.action = action, .subject = subject};
        code = journal_write(writer->store, origin->actor, &entry, error);
    }
    return code;
}

/* Writes all values over the record, with what changed to journal and batch. */
static enum result write_row(struct record_writer *writer, int64_t id,
                             const struct record_value *values, const struct change *change,
                             const char *verb, const struct save_origin *origin,
                             struct error *error) {
    const struct table *table = writer->table;
    struct value bound[RECORD_MOST_COLUMNS + 1];
    char subject[64];
    char action[64];
    for (size_t i = 0; i < table->count; i++) {
        bound[i] = sql_value(table->types[i], &values[i]);
    }
    bound[table->count] = value_int(id);
    enum result code = statement_run(writer->update, bound, table->count + 1, error);
    if (code != RESULT_OK) {
        return code;
    }
    subject_of(table, id, subject);
    snprintf(action, sizeof(action), "%s.%s", table->name, verb);
    const struct change_row row = {table->name, id, subject};
    return change_write(change, writer->store, origin, action, &row, error);
}

/* Lays the known values, or all of them, over the record that stands, noting what changes. */
static void merge(const struct table *table, struct statement *row,
                  const struct record_value *values, bool all, struct record_value *merged,
                  struct change *change) {
    for (size_t i = 0; i < table->count; i++) {
        enum record_type type = table->types[i];
        merged[i] = stored_value(type, row, (int)i + 1);
        if ((all || is_known(type, &values[i])) && !same(type, &merged[i], &values[i])) {
            change_note(change, table->columns[i], json_value(type, &merged[i]),
                        json_value(type, &values[i]));
            merged[i] = values[i];
        }
    }
}

static enum result update(struct record_writer *writer, const struct record_value *values, bool all,
                          const struct save_origin *origin, enum save_outcome *outcome, int64_t id,
                          struct error *error) {
    struct record_value merged[RECORD_MOST_COLUMNS];
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    merge(writer->table, writer->find, values, all, merged, &change);
    *outcome = change_empty(&change) ? SAVE_UNCHANGED : SAVE_UPDATED;
    if (*outcome == SAVE_UPDATED) {
        code = write_row(writer, id, merged, &change, "update", origin, error);
    }
    change_clear(&change);
    return code;
}

static enum result save(struct record_writer *writer, const struct record_value *values, bool all,
                        const struct save_origin *origin, enum save_outcome *outcome, int64_t *id,
                        struct error *error) {
    const struct table *table = writer->table;
    struct value key[RECORD_MOST_COLUMNS];
    size_t count = 0;
    bool row = false;
    for (size_t i = 0; i < table->count; i++) {
        if ((table->key >> i & 1) != 0) {
            key[count++] = sql_value(table->types[i], &values[i]);
        }
    }
    enum result code = check(table, values, error);
    if (code == RESULT_OK) {
        code = statement_bind(writer->find, key, count, error);
    }
    if (code == RESULT_OK) {
        code = statement_step(writer->find, &row, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (!row) {
        *outcome = SAVE_INSERTED;
        return insert(writer, values, origin, id, error);
    }
    *id = statement_int(writer->find, 0);
    return update(writer, values, all, origin, outcome, *id, error);
}

enum result record_writer_save(struct record_writer *writer, const struct record_value *values,
                               const struct save_origin *origin, enum save_outcome *outcome,
                               int64_t *id, struct error *error) {
    return save(writer, values, false, origin, outcome, id, error);
}

enum result record_writer_correct(struct record_writer *writer, const struct record_value *values,
                                  const struct save_origin *origin, enum save_outcome *outcome,
                                  int64_t *id, struct error *error) {
    return save(writer, values, true, origin, outcome, id, error);
}

/* ---- putting back ---------------------------------------------------------------------------- */

static struct record_value json_to_value(enum record_type type, const json_t *json) {
    struct record_value value = record_unknown();
    if (type == RECORD_TEXT) {
        value.text = json_string_value(json);
    } else if (type == RECORD_DATE) {
        value.number = json_is_string(json) ? change_day(json) : RECORD_UNKNOWN;
    } else if (json_is_integer(json)) {
        value.number = json_integer_value(json);
    }
    return value;
}

enum result record_writer_restore(struct record_writer *writer, int64_t id, const json_t *before,
                                  const struct save_origin *origin, struct error *error) {
    const struct table *table = writer->table;
    struct record_value values[RECORD_MOST_COLUMNS];
    struct change change;
    bool row = false;
    enum result code = statement_bind(writer->load, VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(writer->load, &row, error);
    }
    if (code != RESULT_OK || !row) {
        return code;
    }
    code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    for (size_t i = 0; i < table->count; i++) {
        enum record_type type = table->types[i];
        const json_t *was = json_object_get(before, table->columns[i]);
        values[i] = stored_value(type, writer->load, (int)i + 1);
        if (was != NULL) {
            struct record_value former = json_to_value(type, was);
            change_note(&change, table->columns[i], json_value(type, &values[i]),
                        json_value(type, &former));
            values[i] = former;
        }
    }
    code = write_row(writer, id, values, &change, "restore", origin, error);
    change_clear(&change);
    return code;
}

enum result record_remove_batch(struct store *store, int64_t batch, int64_t *count,
                                struct error *error) {
    enum result code = RESULT_OK;
    for (int i = 0; code == RESULT_OK && i < RECORD_TABLE_COUNT; i++) {
        code = store_execute(store, tables[i].remove, VALUES(value_int(batch)), error);
        *count += code == RESULT_OK ? store_changes(store) : 0;
    }
    return code;
}

enum result record_count_batch(struct store *store, int64_t batch, int64_t *count,
                               struct error *error) {
    return store_fetch_int(store,
                           "SELECT (SELECT count(*) FROM inspector WHERE batch = ?1)"
                           " + (SELECT count(*) FROM recusal WHERE batch = ?1)"
                           " + (SELECT count(*) FROM matter WHERE batch = ?1)"
                           " + (SELECT count(*) FROM grade WHERE batch = ?1)"
                           " + (SELECT count(*) FROM relation WHERE batch = ?1)"
                           " + (SELECT count(*) FROM inspection_result WHERE batch = ?1)",
                           VALUES(value_int(batch)), 0, count, error);
}

/* ---- reading --------------------------------------------------------------------------------- */

enum result record_list(struct store *store, enum record_table table, int64_t enterprise,
                        int64_t limit, json_t **array, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *array = json_array();
    bool one = enterprise != 0 && tables[table].list_one != NULL;
    enum result code =
        *array == NULL
            ? error_no_memory(error)
            : store_query(&rows, store, one ? tables[table].list_one : tables[table].list,
                          VALUES(value_int(enterprise), value_int(limit)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        json_t *object = json_pack("{s:I}", "id", (json_int_t)statement_int(rows, 0));
        for (size_t i = 0; i < tables[table].count; i++) {
            struct record_value value = stored_value(tables[table].types[i], rows, (int)i + 1);
            json_object_set_new(object, tables[table].columns[i],
                                json_value(tables[table].types[i], &value));
        }
        if (json_array_append_new(*array, object) != 0) {
            code = error_no_memory(error);
        }
    }
    statement_free(rows);
    return code;
}

enum result record_find_inspector(struct store *store, const char *word, char **number,
                                  struct error *error) {
    enum result code = store_fetch_text(store, "SELECT number FROM inspector WHERE number = ?",
                                        VALUES(value_text(word)), number, error);
    if (code != RESULT_OK || *number != NULL) {
        return code;
    }
    return store_fetch_text(store,
                            "SELECT min(number) FROM inspector WHERE name = ? HAVING count(*) = 1",
                            VALUES(value_text(word)), number, error);
}
