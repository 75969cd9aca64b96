/* What the files of store/ share. Not for other folders. */
#ifndef XINFENG_STORE_SQLITE_H
#define XINFENG_STORE_SQLITE_H

#include "base/result.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

/* What a module above keeps with a connection. */
struct store_thing {
    const char *name;
    void *thing;
    void (*let_go)(void *thing);
};

#define STORE_MOST_THINGS 4
#define STORE_MOST_STATEMENTS 64

struct store {
    sqlite3 *database;
    char *path;
    int depth;  /* of nested changes */
    int feeds;  /* attached in this change: feed0, feed1 ... */
    bool large; /* the next change, or this one, is kept by a rollback journal */
    struct store_thing things[STORE_MOST_THINGS];
    size_t thing_count;
    /* Statements that were freed, ready to be used again; NULL: a free place. */
    sqlite3_stmt *statements[STORE_MOST_STATEMENTS];
    size_t next_statement; /* the place that is filled next */
};

/* Turns the connection's last failure into a sentence. */
enum result store_fail(struct store *store, struct error *error);

#endif
