#include "store/store.h"

#include "base/gettext.h"
#include "store/migration.h"
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "XFNG", in the file's header: tells this program's databases from other SQLite files. */
#define APPLICATION_ID 0x58464E47

#define BUSY_TIMEOUT_MS 5000

enum result store_fail(struct store *store, struct error *error) {
    const char *path = store->path;
    int status = sqlite3_extended_errcode(store->database);
    switch (status & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, RESULT_BUSY,
                         _("%s is being changed by another program; try again in a moment."), path);
    case SQLITE_FULL:
        return error_set(error, RESULT_NO_SPACE,
                         _("The disk that holds %s is full; free some space and try again."), path);
    case SQLITE_NOMEM:
        return error_no_memory(error);
    case SQLITE_NOTADB:
        return error_set(error, RESULT_DAMAGED,
                         _("%s is not a database; name the right file with --db."), path);
    case SQLITE_CORRUPT:
        return error_set(error, RESULT_DAMAGED,
                         _("%s is damaged; restore it from the latest backup."), path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return error_set(
            error, RESULT_REFUSED,
            _("%s may not be written; ask for write access to the file and its folder."), path);
    case SQLITE_CANTOPEN:
        return error_set(error, RESULT_IO,
                         _("Cannot open %s; check that its folder exists and may be written."),
                         path);
    default:
        return error_set(error, RESULT_IO, _("The database %s failed: %s."), path,
                         sqlite3_errmsg(store->database));
    }
}

/* Runs fixed statements that take no parameters. */
static enum result run_sql(struct store *store, const char *sql, struct error *error) {
    if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) != SQLITE_OK) {
        return store_fail(store, error);
    }
    return RESULT_OK;
}

static enum result pragma_int(struct store *store, const char *sql, int64_t *number,
                              struct error *error) {
    sqlite3_stmt *handle = NULL;
    enum result code = RESULT_OK;
    if (sqlite3_prepare_v2(store->database, sql, -1, &handle, NULL) != SQLITE_OK ||
        sqlite3_step(handle) != SQLITE_ROW) {
        code = store_fail(store, error);
    } else {
        *number = sqlite3_column_int64(handle, 0);
    }
    sqlite3_finalize(handle);
    return code;
}

/* Looks at the path before SQLite does, for sentences SQLite cannot give. */
static enum result check_path(const char *path, enum store_mode mode, struct error *error) {
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (!exists && errno != ENOENT) {
        return error_from_errno(error, _("open"), path);
    }
    if (exists && S_ISDIR(status.st_mode)) {
        return error_set(error, RESULT_USAGE, _("%s is a folder; name a database file with --db."),
                         path);
    }
    if (mode == STORE_OPEN && !exists) {
        return error_set(error, RESULT_NOT_FOUND,
                         _("There is no database %s; make one with \"xinfeng --db %s init\"."),
                         path, path);
    }
    if (mode == STORE_OPEN && status.st_size == 0) {
        return error_set(error, RESULT_DAMAGED,
                         _("%s is empty, not a database; make one with \"xinfeng --db %s init\"."),
                         path, path);
    }
    if (mode == STORE_CREATE && exists && status.st_size > 0) {
        return error_set(error, RESULT_REFUSED,
                         _("%s exists already; nothing was changed. Name a new file with --db."),
                         path);
    }
    if (exists && access(path, W_OK) != 0) {
        return error_set(
            error, RESULT_REFUSED,
            _("%s may not be written; ask for write access to the file and its folder."), path);
    }
    return RESULT_OK;
}

/* The folder must be writable: the log of changes (-wal) lives beside the file. */
static enum result check_folder(const char *path, struct error *error) {
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    if (folder == NULL) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    if (access(folder, F_OK) != 0) {
        code =
            error_set(error, RESULT_NOT_FOUND, _("There is no folder %s; make it first."), folder);
    } else if (access(folder, W_OK) != 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("The folder %s may not be written, and the database needs that; ask for "
                           "write access or move the database."),
                         folder);
    }
    free(folder);
    return code;
}

/* Is this file ours, and not from the future? Leaves the schema version in *version. */
static enum result check_identity(struct store *store, int64_t *version, struct error *error) {
    int64_t application = 0;
    int64_t tables = 0;
    enum result code = pragma_int(store, "PRAGMA application_id", &application, error);
    if (code == RESULT_OK) {
        code = pragma_int(store, "PRAGMA user_version", version, error);
    }
    if (code == RESULT_OK) {
        code = pragma_int(store, "SELECT count(*) FROM sqlite_schema", &tables, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (application != APPLICATION_ID && (tables > 0 || *version != 0 || application != 0)) {
        return error_set(error, RESULT_DAMAGED,
                         _("%s is another program's database; name the right file with --db."),
                         store->path);
    }
    if (*version > migration_latest()) {
        return error_set(
            error, RESULT_REFUSED,
            _("%s was written by a newer version of xinfeng (schema %lld, this program "
              "knows %d); install the newer version."),
            store->path, (long long)*version, migration_latest());
    }
    return RESULT_OK;
}

/* True when a log or a journal of changes waits beside the file: then the file itself may lag
 * behind, or be half changed. */
static bool has_log(const char *path) {
    static const char *const endings[] = {"-wal", "-journal"};
    bool waits = false;
    for (size_t i = 0; !waits && i < sizeof(endings) / sizeof(endings[0]); i++) {
        char *log = NULL;
        if (asprintf(&log, "%s%s", path, endings[i]) < 0) {
            return true;
        }
        struct stat status;
        waits = stat(log, &status) == 0 && status.st_size > 0;
        free(log);
    }
    return waits;
}

/* A file cut short keeps a header that promises more pages than there are. */
static enum result check_length(const char *path, struct error *error) {
    static const char magic[16] = "SQLite format 3";
    unsigned char header[32];
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool whole = file >= 0 && fstat(file, &status) == 0 &&
                 read(file, header, sizeof(header)) == (ssize_t)sizeof(header);
    if (file >= 0) {
        close(file);
    }
    if (!whole || memcmp(header, magic, sizeof(magic)) != 0 || has_log(path)) {
        return RESULT_OK; /* new, foreign or at work: SQLite itself will tell */
    }
    int64_t page = header[16] << 8 | header[17];
    page = page == 1 ? 65536 : page;
    int64_t pages = (int64_t)header[28] << 24 | header[29] << 16 | header[30] << 8 | header[31];
    if (status.st_size < page * pages) {
        return error_set(error, RESULT_DAMAGED,
                         _("%s is damaged: it is cut short (%lld of %lld bytes); restore it from "
                           "the latest backup."),
                         path, (long long)status.st_size, (long long)page * pages);
    }
    return RESULT_OK;
}

/* Defensive opening, as SQLite's own advice for files of unknown origin goes. */
static enum result configure(struct store *store, struct error *error) {
    sqlite3 *database = store->database;
    sqlite3_busy_timeout(database, BUSY_TIMEOUT_MS);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    return run_sql(
        store,
        "PRAGMA page_size = 16384; " /* of a file that is new */
        "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; "
        "PRAGMA cache_size = -16384; PRAGMA threads = 1;",
        error);
}

/* The way changes are kept at other times; fails when the database is open elsewhere. */
static enum result keep_log(struct store *store, struct error *error) {
    return run_sql(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", error);
}

static enum result migrate(struct store *store, int64_t version, struct error *error) {
    enum result code = keep_log(store, error);
    if (code != RESULT_OK || version == migration_latest()) {
        return code;
    }
    code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    /* Another program may have migrated while this one waited for the lock. */
    code = pragma_int(store, "PRAGMA user_version", &version, error);
    for (int next = (int)version + 1; code == RESULT_OK && next <= migration_latest(); next++) {
        code = run_sql(store, migration_sql(next), error);
    }
    if (code == RESULT_OK) {
        char *sql = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                    APPLICATION_ID, migration_latest());
        code = sql == NULL ? error_no_memory(error) : run_sql(store, sql, error);
        sqlite3_free(sql);
    }
    return store_finish(store, code, error);
}

/* Opens a connection and sets it up; *store is to be closed in any case. */
static enum result open_connection(struct store **store, const char *path, int flags,
                                   struct error *error) {
    struct store *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->path = strdup(path)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    *store = made;
    flags |= SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    return sqlite3_open_v2(path, &made->database, flags, NULL) == SQLITE_OK
               ? configure(made, error)
               : store_fail(made, error);
}

enum result store_open(struct store **store, const char *path, enum store_mode mode,
                       struct error *error) {
    *store = NULL;
    enum result code = check_path(path, mode, error);
    if (code == RESULT_OK) {
        code = check_folder(path, error);
    }
    if (code == RESULT_OK && mode == STORE_OPEN) {
        code = check_length(path, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    struct store *made = NULL;
    int64_t version = 0;
    code = open_connection(&made, path,
                           SQLITE_OPEN_READWRITE | (mode == STORE_CREATE ? SQLITE_OPEN_CREATE : 0),
                           error);
    if (code == RESULT_OK) {
        code = check_identity(made, &version, error);
    }
    if (code == RESULT_OK) {
        code = migrate(made, version, error);
    }
    if (code != RESULT_OK) {
        store_close(made);
        return code;
    }
    *store = made;
    return RESULT_OK;
}

void store_close(struct store *store) {
    if (store == NULL) {
        return;
    }
    for (size_t i = 0; i < store->thing_count; i++) {
        store->things[i].let_go(store->things[i].thing);
    }
    for (size_t i = 0; i < STORE_MOST_STATEMENTS; i++) {
        sqlite3_finalize(store->statements[i]);
    }
    sqlite3_close_v2(store->database);
    free(store->path);
    free(store);
}

bool store_keep(struct store *store, const char *name, void *thing, void (*let_go)(void *thing)) {
    if (store->thing_count == STORE_MOST_THINGS) {
        return false;
    }
    store->things[store->thing_count++] = (struct store_thing){name, thing, let_go};
    return true;
}

void *store_kept(const struct store *store, const char *name) {
    for (size_t i = 0; i < store->thing_count; i++) {
        if (strcmp(store->things[i].name, name) == 0) {
            return store->things[i].thing;
        }
    }
    return NULL;
}

const char *store_path(const struct store *store) {
    return store->path;
}

enum result store_begin(struct store *store, struct error *error) {
    enum result code =
        run_sql(store, store->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT nested", error);
    if (code == RESULT_OK) {
        store->depth++;
    }
    return code;
}

enum result store_begin_read(struct store *store, struct error *error) {
    enum result code = run_sql(store, store->depth == 0 ? "BEGIN" : "SAVEPOINT nested", error);
    if (code == RESULT_OK) {
        store->depth++;
    }
    return code;
}

enum result store_reader(struct store **reader, const struct store *store, struct error *error) {
    int moved = 0;
    *reader = NULL;
    sqlite3_file_control(store->database, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (store->depth > 1 || store->large || moved != 0) {
        return RESULT_OK;
    }
    struct store *made = NULL;
    enum result code = open_connection(&made, store->path, SQLITE_OPEN_READONLY, error);
    if (code == RESULT_OK) {
        /* what goes over a table once needs to keep little of it */
        code = run_sql(made, "PRAGMA cache_size = -2048; BEGIN;", error);
    }
    if (code != RESULT_OK) {
        store_close(made);
        return code;
    }
    *reader = made;
    return RESULT_OK;
}

void store_expect_large(struct store *store) {
    if (store->depth > 0 || store->large) {
        return;
    }
    sqlite3_busy_timeout(store->database, 0);
    store->large = run_sql(store, "PRAGMA journal_mode = DELETE", NULL) == RESULT_OK;
    sqlite3_busy_timeout(store->database, BUSY_TIMEOUT_MS);
}

/* Lets go of what was made ready for the change that has ended. */
static void end_outermost(struct store *store) {
    if (store->depth > 0) {
        return;
    }
    while (store->feeds > 0) {
        char sql[32];
        snprintf(sql, sizeof(sql), "DETACH feed%d", --store->feeds);
        run_sql(store, sql, NULL);
    }
    /* Where somebody has opened the file meanwhile, the next who opens it sees to this. */
    if (store->large) {
        keep_log(store, NULL);
        store->large = false;
    }
}

enum result store_commit(struct store *store, struct error *error) {
    enum result code = run_sql(store, store->depth == 1 ? "COMMIT" : "RELEASE nested", error);
    if (code == RESULT_OK) {
        store->depth--;
        end_outermost(store);
    } else {
        store_rollback(store);
    }
    return code;
}

void store_rollback(struct store *store) {
    if (store->depth == 0) {
        return;
    }
    /* A full disk or a failed COMMIT may have rolled back already; that is as good. */
    run_sql(store, store->depth == 1 ? "ROLLBACK" : "ROLLBACK TO nested; RELEASE nested", NULL);
    store->depth--;
    end_outermost(store);
}

enum result store_finish(struct store *store, enum result code, struct error *error) {
    if (code == RESULT_OK) {
        return store_commit(store, error);
    }
    store_rollback(store);
    return code;
}

int64_t store_data_version(struct store *store) {
    int64_t version = 0;
    pragma_int(store, "PRAGMA data_version", &version, NULL);
    return version;
}

enum result store_check(struct store *store, struct error *error) {
    int64_t faults = 0;
    enum result code = pragma_int(
        store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &faults,
        error);
    if (code == RESULT_OK && faults == 0) {
        code = pragma_int(store, "SELECT count(*) FROM pragma_foreign_key_check", &faults, error);
    }
    if (code == RESULT_OK && faults > 0) {
        code = error_set(error, RESULT_DAMAGED,
                         _("%s is damaged (%lld faults); restore it from the latest backup."),
                         store->path, (long long)faults);
    }
    return code;
}
