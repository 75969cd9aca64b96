/* What the files of store/ share. Not for other folders. */
#ifndef XINFENG_STORE_SQLITE_H
#define XINFENG_STORE_SQLITE_H

#include "base/result.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdbool.h>

struct store {
    sqlite3 *database;
    char *path;
    int depth;  /* of nested changes */
    int feeds;  /* attached in this change: feed0, feed1 ... */
    bool large; /* the next change, or this one, is kept by a rollback journal */
};

/* Turns the connection's last failure into a sentence. */
enum result store_fail(struct store *store, struct error *error);

#endif
