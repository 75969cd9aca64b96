#include "store/feed_pages.h"

#include "store/statement.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VFS_NAME "xinfeng-feed"

struct feed_pages {
    atomic_int holders;
    size_t size;
    uint32_t count;
    unsigned char *pages[];
};

/* A file of the kind, open. */
struct open_file {
    sqlite3_file base;
    struct feed_pages *pages;
};

/* The pages that xOpen is called for, and the lock that keeps them apart. */
static struct feed_pages *opening;
static pthread_mutex_t attaching = PTHREAD_MUTEX_INITIALIZER;

struct feed_pages *feed_pages_new(uint32_t count, size_t size) {
    struct feed_pages *pages = calloc(1, sizeof(*pages) + count * sizeof(pages->pages[0]));
    if (pages != NULL) {
        atomic_init(&pages->holders, 1);
        pages->size = size;
        pages->count = count;
    }
    return pages;
}

bool feed_pages_write(struct feed_pages *pages, uint32_t page, const void *bytes) {
    unsigned char **place = &pages->pages[page - 1];
    if (*place == NULL) {
        *place = malloc(pages->size);
    }
    if (*place != NULL) {
        memcpy(*place, bytes, pages->size);
    }
    return *place != NULL;
}

void feed_pages_forget(struct feed_pages *pages, uint32_t first, uint32_t end) {
    for (uint32_t page = first; page < end; page++) {
        free(pages->pages[page - 1]);
        pages->pages[page - 1] = NULL;
    }
}

void feed_pages_release(struct feed_pages *pages) {
    if (pages != NULL && atomic_fetch_sub(&pages->holders, 1) == 1) {
        feed_pages_forget(pages, 1, pages->count + 1);
        free(pages);
    }
}

/* ---- as a file ------------------------------------------------------------------------------- */

static int close_file(sqlite3_file *file) {
    struct open_file *open = (struct open_file *)(void *)file;
    feed_pages_release(open->pages);
    open->pages = NULL;
    return SQLITE_OK;
}

/* SQLite reads whole pages, and parts of the first one. */
static int read_file(sqlite3_file *file, void *out, int length, sqlite3_int64 offset) {
    const struct feed_pages *pages = ((struct open_file *)(void *)file)->pages;
    uint64_t page = (uint64_t)offset / pages->size;
    size_t start = (size_t)((uint64_t)offset % pages->size);
    if (page >= pages->count || pages->pages[page] == NULL ||
        start + (size_t)length > pages->size) {
        memset(out, 0, (size_t)length);
        return SQLITE_IOERR_SHORT_READ;
    }
    memcpy(out, pages->pages[page] + start, (size_t)length);
    return SQLITE_OK;
}

static int write_file(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
    (void)file;
    (void)bytes;
    (void)length;
    (void)offset;
    return SQLITE_READONLY;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
    (void)file;
    (void)size;
    return SQLITE_READONLY;
}

static int sync_file(sqlite3_file *file, int flags) {
    (void)file;
    (void)flags;
    return SQLITE_OK;
}

static int size_file(sqlite3_file *file, sqlite3_int64 *size) {
    const struct feed_pages *pages = ((struct open_file *)(void *)file)->pages;
    *size = (sqlite3_int64)pages->count * (sqlite3_int64)pages->size;
    return SQLITE_OK;
}

/* Nobody else can open the file, and so there is nothing to lock. */
static int lock_file(sqlite3_file *file, int level) {
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int check_lock(sqlite3_file *file, int *reserved) {
    (void)file;
    *reserved = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *file, int operation, void *argument) {
    (void)file;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *file) {
    (void)file;
    return 4096;
}

static int characteristics(sqlite3_file *file) {
    (void)file;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_file,
    .xLock = lock_file,
    .xUnlock = lock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *out_flags) {
    struct open_file *open = (struct open_file *)(void *)file;
    (void)vfs;
    (void)name;
    open->base.pMethods = NULL;
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0 || opening == NULL) {
        return SQLITE_CANTOPEN;
    }
    open->base.pMethods = &methods;
    open->pages = opening;
    atomic_fetch_add(&opening->holders, 1);
    if (out_flags != NULL) {
        *out_flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY;
    }
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    (void)name;
    (void)sync;
    return SQLITE_OK;
}

static int access_file(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    (void)vfs;
    (void)name;
    (void)flags;
    *result = 0;
    return SQLITE_OK;
}

static int full_path(sqlite3_vfs *vfs, const char *name, int size, char *out) {
    (void)vfs;
    snprintf(out, (size_t)size, "%s", name);
    return SQLITE_OK;
}

/* The kind of file; all that has nothing to do with files is the usual one's. */
static sqlite3_vfs kind = {
    .iVersion = 1,
    .szOsFile = sizeof(struct open_file),
    .mxPathname = 64,
    .zName = VFS_NAME,
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = access_file,
    .xFullPathname = full_path,
};

static bool register_kind(void) {
    if (sqlite3_vfs_find(VFS_NAME) != NULL) {
        return true;
    }
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    if (usual == NULL) {
        return false;
    }
    kind.xDlOpen = usual->xDlOpen;
    kind.xDlError = usual->xDlError;
    kind.xDlSym = usual->xDlSym;
    kind.xDlClose = usual->xDlClose;
    kind.xRandomness = usual->xRandomness;
    kind.xSleep = usual->xSleep;
    kind.xCurrentTime = usual->xCurrentTime;
    kind.xGetLastError = usual->xGetLastError;
    return sqlite3_vfs_register(&kind, 0) == SQLITE_OK;
}

enum result feed_pages_attach(struct feed_pages *pages, struct store *store, const char *schema,
                              struct error *error) {
    pthread_mutex_lock(&attaching);
    enum result code = register_kind() ? RESULT_OK : error_no_memory(error);
    if (code == RESULT_OK) {
        opening = pages;
        code = store_execute(store, "ATTACH 'file:feed?vfs=" VFS_NAME "' AS ?",
                             VALUES(value_text(schema)), error);
        opening = NULL;
    }
    pthread_mutex_unlock(&attaching);
    return code;
}
