/* The one door to SQLite: opening, migrating, transactions. No other folder includes sqlite3.h. */
#ifndef XINFENG_STORE_STORE_H
#define XINFENG_STORE_STORE_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

/* An open database. One thread uses it at a time. */
struct store;

enum store_mode {
    STORE_OPEN,   /* the database must exist */
    STORE_CREATE, /* the file must not exist, or be empty */
};

/* Opens a database for reading and writing, brings its schema up to date (all migrations in one
 * transaction) and hands it over in *store; free with store_close.
 * Errors, each with a sentence of its own: no such file, a directory, not a database, another
 * program's database, written by a newer xinfeng, damaged, no right to write, busy. */
enum result store_open(struct store **store, const char *path, enum store_mode mode,
                       struct error *error);

/* Closes the database; an open transaction is rolled back. NULL is harmless. */
void store_close(struct store *store);

/* The path the store was opened with. Owned by the store. */
const char *store_path(const struct store *store);

/* Keeps something for a module above until the store is closed, when let_go is called with it: what
 * it has read and need not read again. False when there is no room, and nothing is kept then. */
bool store_keep(struct store *store, const char *name, void *thing, void (*let_go)(void *thing));

/* What is kept under a name, or NULL. */
void *store_kept(const struct store *store, const char *name);

/* Begins a change. Changes nest: only the outermost takes the write lock (BEGIN IMMEDIATE) and
 * only its commit makes all of it last; the rollback of an inner one undoes just that part. */
enum result store_begin(struct store *store, struct error *error);

/* Says, while no change is open, that the next one will write a great deal. When nobody else has
 * the database open, that change goes to the file itself, with the pages that stood there before
 * kept in a rollback journal, and not to the log and from there to the file: half the writing. A
 * crash leaves the old state whole in either case; until the change ends nobody else can read.
 * When somebody has the database open, nothing is different. */
void store_expect_large(struct store *store);

/* Ends the innermost change, keeping it. */
enum result store_commit(struct store *store, struct error *error);

/* Ends the innermost change, undoing it. */
void store_rollback(struct store *store);

/* store_commit when code is RESULT_OK, else store_rollback; returns the final result. The usual
 * single exit of a function that changes something. */
enum result store_finish(struct store *store, enum result code, struct error *error);

/* Begins a read of several statements that must see one state. Ends with store_finish. */
enum result store_begin_read(struct store *store, struct error *error);

/* Another connection to the same database, for a thread that only reads while this one writes: it
 * sees what this one saw when its change began. *reader is NULL when there can be none, as an outer
 * change has altered what would be read, the file is being written itself, or no longer lies where
 * it was opened. Free with store_close
 * before the change ends. */
enum result store_reader(struct store **reader, const struct store *store, struct error *error);

/* A number that changes whenever another connection changed the data. */
int64_t store_data_version(struct store *store);

/* Checks the whole file (integrity_check, foreign_key_check): RESULT_OK or RESULT_DAMAGED. */
enum result store_check(struct store *store, struct error *error);

#endif
