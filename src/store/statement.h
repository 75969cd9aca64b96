/* SQL statements with typed parameters. */
#ifndef XINFENG_STORE_STATEMENT_H
#define XINFENG_STORE_STATEMENT_H

#include "base/date.h"
#include "base/result.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One parameter of a statement. Texts and blobs are borrowed until the statement is stepped. */
struct value {
    enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } type;
    int64_t number;
    const void *data;
    size_t length;
};

/* SQL NULL. */
struct value value_null(void);
/* An integer. */
struct value value_int(int64_t number);
/* A string; NULL gives SQL NULL. */
struct value value_text(const char *text);
/* Bytes; NULL gives SQL NULL. */
struct value value_blob(const void *data, size_t length);
/* A day as YYYYMMDD; DATE_NONE gives SQL NULL. */
struct value value_date(date day);

/* The parameters of one call: VALUES(value_int(1), value_text("x")), or NO_VALUES. */
#define VALUES(...)                                                                                \
    (const struct value[]){__VA_ARGS__},                                                           \
        (sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value))
#define NO_VALUES NULL, 0

/* A prepared statement. */
struct statement;

/* Prepares one statement; *statement is freed with statement_free. The SQL is the program's own
 * text, never built from input. */
enum result statement_prepare(struct statement **statement, struct store *store, const char *sql,
                              struct error *error);

/* A place for a statement, and its SQL. */
struct statement_wanted {
    struct statement **statement;
    const char *sql;
};

/* Prepares the statements of a table in turn, up to the first that fails; those before it stay. The
 * places must be NULL before, so that freeing them all is right in any case. */
enum result statements_prepare(struct store *store, const struct statement_wanted *wanted,
                               size_t count, struct error *error);

/* Makes the statement ready to step again with these parameters, the first being ?1. */
enum result statement_bind(struct statement *statement, const struct value *values, size_t count,
                           struct error *error);

/* Goes to the next row; *row tells whether there is one. */
enum result statement_step(struct statement *statement, bool *row, struct error *error);

/* Binds, runs to the end, ready for the next time: for a statement that gives no rows. */
enum result statement_run(struct statement *statement, const struct value *values, size_t count,
                          struct error *error);

/* Binds and gives one integer from the first row; fallback when there is no row or it is NULL. */
enum result statement_fetch_int(struct statement *statement, const struct value *values,
                                size_t count, int64_t fallback, int64_t *number,
                                struct error *error);

/* Columns of the row that stands, from 0. Texts and blobs are borrowed until the next step.
 * statement_text gives NULL for SQL NULL; statement_string gives "". */
int64_t statement_int(struct statement *statement, int column);
const char *statement_text(struct statement *statement, int column);
const char *statement_string(struct statement *statement, int column);
const void *statement_blob(struct statement *statement, int column, size_t *length);
date statement_date(struct statement *statement, int column);
bool statement_is_null(struct statement *statement, int column);

void statement_free(struct statement *statement);

/* Prepares and binds at once; the caller steps and frees. */
enum result store_query(struct statement **statement, struct store *store, const char *sql,
                        const struct value *values, size_t count, struct error *error);

/* Prepares, binds, runs and frees: for a change made once. */
enum result store_execute(struct store *store, const char *sql, const struct value *values,
                          size_t count, struct error *error);

/* One integer from the first row; fallback when there is no row or it is NULL. */
enum result store_fetch_int(struct store *store, const char *sql, const struct value *values,
                            size_t count, int64_t fallback, int64_t *number, struct error *error);

/* One string from the first row, on the heap (free); NULL when there is no row or it is NULL. */
enum result store_fetch_text(struct store *store, const char *sql, const struct value *values,
                             size_t count, char **text, struct error *error);

/* The row id of the last insert, and the number of rows the last statement changed. */
int64_t store_last_id(struct store *store);
int64_t store_changes(struct store *store);

#endif
