/* Writes the B-trees of an SQLite file from rows that come in order, as its file format describes
 * them: leaves are filled one after the other, and what divides them goes up. */
#ifndef XINFENG_STORE_TREE_H
#define XINFENG_STORE_TREE_H

#include "base/buffer.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pages as large as SQLite has them: fewer to read, and hardly any that does not fit. */
#define TREE_PAGE ((size_t)65536)

/* No record may be longer: it would have to go over to further pages. */
#define TREE_RECORD_MAX ((size_t)16000)

/* The page that holds no data, whatever the file. */
#define TREE_LOCK_PAGE ((uint32_t)(0x40000000 / TREE_PAGE + 1))

struct feed_pages;

/* The file that trees are written to. Pages count from 1. */
struct tree_file {
    struct feed_pages *pages; /* where it is in memory; else NULL */
    int file;
    uint32_t next; /* the page to be written next */
    uint32_t end;  /* the first page that is none any more */
    const char *path;
};

/* Writes one page at its place. */
enum result tree_write_page(struct tree_file *file, uint32_t page, const void *bytes,
                            struct error *error);

/* A tree being written. */
struct tree;

/* Starts a tree whose root is at a page of its own. An index keeps records alone, a table records
 * with ids. Free with tree_free. */
enum result tree_new(struct tree **tree, struct tree_file *file, uint32_t root, bool index,
                     struct error *error);

/* Adds a row; ids rise, or records rise as SQLite compares them (the id counts for tables only). */
enum result tree_add(struct tree *tree, int64_t id, const void *record, size_t length,
                     struct error *error);

/* Writes what is still open. The tree is whole then, and takes no more. */
enum result tree_end(struct tree *tree, struct error *error);

/* The tree whose root is page 1 does not write that page: it holds the file's header too. Copies
 * all but the header to the page given. */
void tree_copy_first_page(const struct tree *tree, unsigned char *page);

/* NULL is harmless. */
void tree_free(struct tree *tree);

#endif
