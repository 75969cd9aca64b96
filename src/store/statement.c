#include "store/statement.h"

#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>

struct statement {
    struct store *store;
    sqlite3_stmt *handle;
};

struct value value_null(void) {
    return (struct value){.type = VALUE_NULL};
}

struct value value_int(int64_t number) {
    return (struct value){.type = VALUE_INT, .number = number};
}

struct value value_text(const char *text) {
    if (text == NULL) {
        return value_null();
    }
    return (struct value){.type = VALUE_TEXT, .data = text, .length = strlen(text)};
}

struct value value_blob(const void *data, size_t length) {
    if (data == NULL) {
        return value_null();
    }
    return (struct value){.type = VALUE_BLOB, .data = data, .length = length};
}

struct value value_date(date day) {
    return day == DATE_NONE ? value_null() : value_int(day);
}

/* ---- statements kept ------------------------------------------------------------------------- */

/* What is asked again and again is compiled once a connection. SQLite itself compiles a statement
 * anew when the schema has changed. */

static bool worth_keeping(const char *sql) {
    static const char *const verbs[] = {"SELECT ", "WITH ", "INSERT ", "UPDATE ", "DELETE "};
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strncmp(sql, verbs[i], strlen(verbs[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Takes a kept statement out; NULL when there is none of this SQL. */
static sqlite3_stmt *take_kept(struct store *store, const char *sql) {
    for (size_t i = 0; i < STORE_MOST_STATEMENTS; i++) {
        sqlite3_stmt *handle = store->statements[i];
        if (handle != NULL && strcmp(sqlite3_sql(handle), sql) == 0) {
            store->statements[i] = NULL;
            return handle;
        }
    }
    return NULL;
}

/* Keeps a statement in place of the one kept longest, or lets it go. */
static void keep(struct store *store, sqlite3_stmt *handle) {
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    if (worth_keeping(sqlite3_sql(handle))) {
        sqlite3_stmt **place = &store->statements[store->next_statement];
        store->next_statement = (store->next_statement + 1) % STORE_MOST_STATEMENTS;
        sqlite3_finalize(*place);
        *place = handle;
    } else {
        sqlite3_finalize(handle);
    }
}

enum result statement_prepare(struct statement **statement, struct store *store, const char *sql,
                              struct error *error) {
    *statement = NULL;
    struct statement *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->handle = take_kept(store, sql);
    if (made->handle == NULL &&
        sqlite3_prepare_v3(store->database, sql, -1, 0, &made->handle, NULL) != SQLITE_OK) {
        free(made);
        return store_fail(store, error);
    }
    *statement = made;
    return RESULT_OK;
}

enum result statements_prepare(struct store *store, const struct statement_wanted *wanted,
                               size_t count, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = statement_prepare(wanted[i].statement, store, wanted[i].sql, error);
    }
    return code;
}

static int bind_value(sqlite3_stmt *handle, int place, const struct value *value) {
    switch (value->type) {
    case VALUE_INT:
        return sqlite3_bind_int64(handle, place, value->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(handle, place, value->data, value->length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(handle, place, value->data, value->length, SQLITE_STATIC);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(handle, place);
}

enum result statement_bind(struct statement *statement, const struct value *values, size_t count,
                           struct error *error) {
    sqlite3_reset(statement->handle);
    for (size_t i = 0; i < count; i++) {
        if (bind_value(statement->handle, (int)i + 1, &values[i]) != SQLITE_OK) {
            return store_fail(statement->store, error);
        }
    }
    return RESULT_OK;
}

enum result statement_step(struct statement *statement, bool *row, struct error *error) {
    int status = sqlite3_step(statement->handle);
    *row = status == SQLITE_ROW;
    if (status == SQLITE_ROW || status == SQLITE_DONE) {
        return RESULT_OK;
    }
    enum result code = store_fail(statement->store, error);
    sqlite3_reset(statement->handle);
    return code;
}

enum result statement_run(struct statement *statement, const struct value *values, size_t count,
                          struct error *error) {
    enum result code = statement_bind(statement, values, count, error);
    bool row = true;
    while (code == RESULT_OK && row) {
        code = statement_step(statement, &row, error);
    }
    sqlite3_reset(statement->handle);
    return code;
}

enum result statement_fetch_int(struct statement *statement, const struct value *values,
                                size_t count, int64_t fallback, int64_t *number,
                                struct error *error) {
    enum result code = statement_bind(statement, values, count, error);
    bool row = false;
    if (code == RESULT_OK) {
        code = statement_step(statement, &row, error);
    }
    bool known = code == RESULT_OK && row && !statement_is_null(statement, 0);
    *number = known ? statement_int(statement, 0) : fallback;
    sqlite3_reset(statement->handle);
    return code;
}

int64_t statement_int(struct statement *statement, int column) {
    return sqlite3_column_int64(statement->handle, column);
}

const char *statement_text(struct statement *statement, int column) {
    return (const char *)sqlite3_column_text(statement->handle, column);
}

const char *statement_string(struct statement *statement, int column) {
    const char *text = statement_text(statement, column);
    return text == NULL ? "" : text;
}

const void *statement_blob(struct statement *statement, int column, size_t *length) {
    const void *data = sqlite3_column_blob(statement->handle, column);
    *length = (size_t)sqlite3_column_bytes(statement->handle, column);
    return data;
}

date statement_date(struct statement *statement, int column) {
    return (date)sqlite3_column_int(statement->handle, column);
}

bool statement_is_null(struct statement *statement, int column) {
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

void statement_free(struct statement *statement) {
    if (statement == NULL) {
        return;
    }
    keep(statement->store, statement->handle);
    free(statement);
}

enum result store_query(struct statement **statement, struct store *store, const char *sql,
                        const struct value *values, size_t count, struct error *error) {
    enum result code = statement_prepare(statement, store, sql, error);
    if (code == RESULT_OK) {
        code = statement_bind(*statement, values, count, error);
    }
    if (code != RESULT_OK) {
        statement_free(*statement);
        *statement = NULL;
    }
    return code;
}

enum result store_execute(struct store *store, const char *sql, const struct value *values,
                          size_t count, struct error *error) {
    struct statement *statement = NULL;
    enum result code = statement_prepare(&statement, store, sql, error);
    if (code == RESULT_OK) {
        code = statement_run(statement, values, count, error);
    }
    statement_free(statement);
    return code;
}

enum result store_fetch_int(struct store *store, const char *sql, const struct value *values,
                            size_t count, int64_t fallback, int64_t *number, struct error *error) {
    struct statement *statement = NULL;
    *number = fallback;
    enum result code = statement_prepare(&statement, store, sql, error);
    if (code == RESULT_OK) {
        code = statement_fetch_int(statement, values, count, fallback, number, error);
    }
    statement_free(statement);
    return code;
}

enum result store_fetch_text(struct store *store, const char *sql, const struct value *values,
                             size_t count, char **text, struct error *error) {
    *text = NULL;
    struct statement *statement = NULL;
    enum result code = store_query(&statement, store, sql, values, count, error);
    bool row = false;
    if (code == RESULT_OK) {
        code = statement_step(statement, &row, error);
    }
    if (code == RESULT_OK && row && !statement_is_null(statement, 0)) {
        *text = strdup(statement_string(statement, 0));
        if (*text == NULL) {
            code = error_no_memory(error);
        }
    }
    statement_free(statement);
    return code;
}

int64_t store_last_id(struct store *store) {
    return sqlite3_last_insert_rowid(store->database);
}

int64_t store_changes(struct store *store) {
    return sqlite3_changes64(store->database);
}
