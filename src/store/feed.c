#include "store/feed.h"

#include "base/gettext.h"
#include "store/feed_pages.h"
#include "store/sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where the pages of a part lie, for giving them back. */
struct part {
    uint32_t first;
    uint32_t end;
};

/* An index of the table; sql is NULL for one that a UNIQUE column made. */
struct feed_index {
    char *name;
    char *sql;
};

struct feed {
    struct store *store;
    char *table;
    char *path;
    char schema[24]; /* the name it is attached by */
    struct tree_file file;
    struct tree *tree; /* of the part being written */
    struct part *parts;
    size_t part_count;
    size_t current;
    struct feed_index *indexes; /* of a feed that has them */
    size_t index_count;
    bool indexed;
};

static uint32_t part_root(size_t part) {
    return (uint32_t)(2 + part);
}

/* ---- the file ------------------------------------------------------------------------------- */

static void put_four(unsigned char *out, uint32_t number) {
    for (int i = 0; i < 4; i++) {
        out[i] = (unsigned char)(number >> (24 - 8 * i));
    }
}

/* The header of an SQLite file of 64 KiB pages: file format, 1.3. */
static void put_header(unsigned char *page, uint32_t pages) {
    static const unsigned char start[] = "SQLite format 3\0\0\1\1\1\0\x40\x20\x20";
    memcpy(page, start, sizeof(start) - 1);
    put_four(page + 24, 1); /* change counter */
    put_four(page + 28, pages);
    put_four(page + 40, 1); /* schema cookie */
    put_four(page + 44, 4); /* schema format */
    put_four(page + 56, 1); /* UTF-8 */
    put_four(page + 92, 1); /* the change counter for which the size holds */
    put_four(page + 96, SQLITE_VERSION_NUMBER);
}

/* Adds one object to the schema. */
static enum result add_object(struct tree *tree, int64_t id, const struct value *values,
                              struct error *error) {
    unsigned char *record = malloc(row_record_bound(values, 5));
    if (record == NULL) {
        return error_no_memory(error);
    }
    size_t length = row_record_encode(values, 5, record);
    enum result code = length > TREE_RECORD_MAX ? error_set(error, RESULT_IO, "%s",
                                                            _("The schema of the database is odd."))
                                                : tree_add(tree, id, record, length, error);
    free(record);
    return code;
}

/* The tables that stand for the parts: as the table itself but for their names. */
static enum result add_parts(struct feed *feed, struct tree *tree, const char *sql,
                             struct error *error) {
    const char *rest = strchr(sql, '(');
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < feed->part_count; i++) {
        char name[24];
        char *made = NULL;
        snprintf(name, sizeof(name), "p%zu", i);
        if (asprintf(&made, "CREATE TABLE %s%s", name, rest == NULL ? "" : rest) < 0) {
            return error_no_memory(error);
        }
        code = add_object(tree, (int64_t)i + 1,
                          (const struct value[]){value_text("table"), value_text(name),
                                                 value_text(name), value_int(part_root(i)),
                                                 value_text(made)},
                          error);
        free(made);
    }
    return code;
}

static uint32_t index_root(const struct feed *feed, size_t index) {
    return part_root(feed->part_count + index);
}

/* The table and its indexes under their own names, so that their SQL stands as it is. */
static enum result add_indexed(struct feed *feed, struct tree *tree, const char *sql,
                               struct error *error) {
    struct value table = value_text(feed->table);
    enum result code = add_object(tree, 1,
                                  (const struct value[]){value_text("table"), table, table,
                                                         value_int(part_root(0)), value_text(sql)},
                                  error);
    for (size_t i = 0; code == RESULT_OK && i < feed->index_count; i++) {
        code = add_object(tree, (int64_t)i + 2,
                          (const struct value[]){
                              value_text("index"), value_text(feed->indexes[i].name), table,
                              value_int(index_root(feed, i)), value_text(feed->indexes[i].sql)},
                          error);
    }
    return code;
}

/* Writes page 1 and the pages of the schema. */
static enum result write_schema(struct feed *feed, const char *sql, struct error *error) {
    struct tree *tree = NULL;
    enum result code = tree_new(&tree, &feed->file, 1, false, error);
    if (code == RESULT_OK) {
        code =
            feed->indexed ? add_indexed(feed, tree, sql, error) : add_parts(feed, tree, sql, error);
    }
    if (code == RESULT_OK) {
        code = tree_end(tree, error);
    }
    unsigned char *page = code == RESULT_OK ? calloc(1, TREE_PAGE) : NULL;
    if (code == RESULT_OK && page == NULL) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        put_header(page, feed->file.end - 1);
        tree_copy_first_page(tree, page);
        code = tree_write_page(&feed->file, 1, page, error);
    }
    free(page);
    tree_free(tree);
    return code;
}

static enum result make_file(struct feed *feed, uint64_t bytes, struct error *error) {
    if (asprintf(&feed->path, "%s-feed-XXXXXX", store_path(feed->store)) < 0) {
        feed->path = NULL;
        return error_no_memory(error);
    }
    /* Pages are never less than three quarters full, but for the last of each part. */
    uint64_t pages =
        bytes / (TREE_PAGE / 4 * 3) + 4 * (uint64_t)(feed->part_count + feed->index_count) + 64;
    if (pages > UINT32_MAX / 4) {
        return error_set(error, RESULT_NO_SPACE, "%s",
                         _("The file holds more rows than can be taken in at once; divide it."));
    }
    feed->file.end = (uint32_t)pages + 1;
    feed->file.next = part_root(feed->part_count + feed->index_count);
    feed->file.path = feed->path;
    /* One part is as large as the whole; of several, few are there at a time. */
    if (feed->part_count > 1) {
        feed->file.pages = feed_pages_new((uint32_t)pages, TREE_PAGE);
        return feed->file.pages == NULL ? error_no_memory(error) : RESULT_OK;
    }
    feed->file.file = mkostemp(feed->path, O_CLOEXEC);
    if (feed->file.file < 0 || ftruncate(feed->file.file, (off_t)pages * (off_t)TREE_PAGE) != 0) {
        return error_from_errno(error, _("write"), feed->path);
    }
    return RESULT_OK;
}

/* ---- the feed ------------------------------------------------------------------------------- */

static enum result attach(struct feed *feed, struct error *error) {
    struct store *store = feed->store;
    snprintf(feed->schema, sizeof(feed->schema), "feed%d", store->feeds);
    enum result code =
        feed->file.pages != NULL
            ? feed_pages_attach(feed->file.pages, store, feed->schema, error)
            : store_execute(store, "ATTACH ? AS ?",
                            VALUES(value_text(feed->path), value_text(feed->schema)), error);
    if (code == RESULT_OK) {
        store->feeds++;
    }
    return code;
}

/* The file needs no name once it is attached, and so none is left behind by a crash. */
static enum result set_up(struct feed *feed, uint64_t bytes, struct error *error) {
    char *sql = NULL;
    enum result code = store_fetch_text(
        feed->store, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
        VALUES(value_text(feed->table)), &sql, error);
    if (code == RESULT_OK) {
        code = make_file(feed, bytes, error);
    }
    if (code == RESULT_OK) {
        code = write_schema(feed, sql == NULL ? "" : sql, error);
    }
    if (code == RESULT_OK) {
        code = attach(feed, error);
    }
    if (feed->file.file >= 0) {
        unlink(feed->path);
    }
    free(sql);
    return code;
}

static enum result read_indexes(struct feed *feed, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, feed->store,
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?"
                    " ORDER BY rowid",
                    VALUES(value_text(feed->table)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct feed_index *indexes =
            realloc(feed->indexes, (feed->index_count + 1) * sizeof(*indexes));
        if (indexes == NULL) {
            code = error_no_memory(error);
            break;
        }
        feed->indexes = indexes;
        const char *sql = statement_text(rows, 1);
        struct feed_index *index = &indexes[feed->index_count++];
        *index = (struct feed_index){strdup(statement_string(rows, 0)),
                                     sql == NULL ? NULL : strdup(sql)};
        if (index->name == NULL || (sql != NULL && index->sql == NULL)) {
            code = error_no_memory(error);
        }
    }
    statement_free(rows);
    return code;
}

static enum result make_feed(struct feed **feed, struct store *store, const char *table,
                             size_t parts, bool indexed, uint64_t bytes, struct error *error) {
    *feed = NULL;
    struct feed *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->file.file = -1;
    made->part_count = parts;
    made->indexed = indexed;
    made->table = strdup(table);
    made->parts = calloc(parts, sizeof(*made->parts));
    enum result code =
        made->table == NULL || made->parts == NULL ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK && indexed) {
        code = read_indexes(made, error);
    }
    if (code == RESULT_OK) {
        code = set_up(made, bytes, error);
    }
    if (code != RESULT_OK) {
        feed_free(made);
        return code;
    }
    *feed = made;
    return RESULT_OK;
}

enum result feed_new(struct feed **feed, struct store *store, const char *table, size_t parts,
                     uint64_t bytes, struct error *error) {
    return make_feed(feed, store, table, parts, false, bytes, error);
}

enum result feed_new_indexed(struct feed **feed, struct store *store, const char *table,
                             uint64_t bytes, struct error *error) {
    return make_feed(feed, store, table, 1, true, bytes, error);
}

const char *feed_index_name(const struct feed *feed, size_t index) {
    return index < feed->index_count ? feed->indexes[index].name : NULL;
}

enum result feed_index_begin(struct feed *feed, size_t index, struct error *error) {
    return tree_new(&feed->tree, &feed->file, index_root(feed, index), true, error);
}

enum result feed_index_row(struct feed *feed, const void *record, size_t length,
                           struct error *error) {
    return tree_add(feed->tree, 0, record, length, error);
}

enum result feed_index_end(struct feed *feed, struct error *error) {
    enum result code = tree_end(feed->tree, error);
    feed->parts[0].end = feed->file.next;
    tree_free(feed->tree);
    feed->tree = NULL;
    return code;
}

enum result feed_part_begin(struct feed *feed, size_t part, struct error *error) {
    feed->current = part;
    feed->parts[part].first = feed->file.next;
    return tree_new(&feed->tree, &feed->file, part_root(part), false, error);
}

enum result feed_part_row(struct feed *feed, int64_t id, const void *record, size_t length,
                          struct error *error) {
    return tree_add(feed->tree, id, record, length, error);
}

enum result feed_part_end(struct feed *feed, struct error *error) {
    enum result code = tree_end(feed->tree, error);
    feed->parts[feed->current].end = feed->file.next;
    tree_free(feed->tree);
    feed->tree = NULL;
    return code;
}

/* References are not looked up row by row: they are the caller's to hold. */
static enum result run_insert(struct feed *feed, const char *sql, struct error *error) {
    sqlite3 *database = feed->store->database;
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    enum result code = store_execute(feed->store, sql, NO_VALUES, error);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    return code;
}

enum result feed_insert(struct feed *feed, size_t part, struct error *error) {
    const struct part *pages = &feed->parts[part];
    char *sql = NULL;
    int made = feed->indexed ? asprintf(&sql, "INSERT INTO main.%s SELECT * FROM %s.%s",
                                        feed->table, feed->schema, feed->table)
                             : asprintf(&sql, "INSERT INTO main.%s SELECT * FROM %s.p%zu",
                                        feed->table, feed->schema, part);
    if (made < 0) {
        return error_no_memory(error);
    }
    enum result code = run_insert(feed, sql, error);
    free(sql);
    if (feed->file.pages != NULL) {
        feed_pages_forget(feed->file.pages, pages->first, pages->end);
        feed_pages_forget(feed->file.pages, part_root(part), part_root(part) + 1);
    }
    return code;
}

void feed_free(struct feed *feed) {
    if (feed == NULL) {
        return;
    }
    tree_free(feed->tree);
    feed_pages_release(feed->file.pages);
    if (feed->file.file >= 0) {
        close(feed->file.file);
    }
    for (size_t i = 0; i < feed->index_count; i++) {
        free(feed->indexes[i].name);
        free(feed->indexes[i].sql);
    }
    free(feed->indexes);
    free(feed->parts);
    free(feed->table);
    free(feed->path);
    free(feed);
}
