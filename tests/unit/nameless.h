/* A database that is gone with its connection: no file of it stays behind, however a test ends. */
#ifndef XINFENG_TESTS_NAMELESS_H
#define XINFENG_TESTS_NAMELESS_H

#include "store/store.h"
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Opens a new database and takes its names away: those of the file, its log and their index. */
static inline struct store *nameless_open(void) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    char path[] = "/tmp/xinfeng-store-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_ok(store_open(&store, path, STORE_CREATE, &error), &error);
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char name[sizeof(path) + 4];
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        unlink(name);
    }
    return store;
}

#endif
