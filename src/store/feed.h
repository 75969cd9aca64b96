/* Many rows for a table at once. They are written, by another thread if need be, as a table of a
 * temporary SQLite file in the very form the database keeps them in; INSERT ... SELECT then takes
 * them over page by page without looking into each, which is several times as fast as binding
 * values. What SQLite checks of rows bound to a statement (types, NOT NULL, CHECK, foreign keys)
 * is the caller's to hold here; keys and unique indexes it still checks itself. */
#ifndef XINFENG_STORE_FEED_H
#define XINFENG_STORE_FEED_H

#include "store/row_record.h"
#include "store/store.h"
#include "store/tree.h"

/* Rows on their way into one table. One thread writes parts while another inserts parts that are
 * whole; nothing else may be done at once. */
struct feed;

/* Makes the file, in memory when there are several parts, else on disk, for `parts` parts that hold
 * at most so many bytes of records all together. Call inside a change. Free with feed_free. */
enum result feed_new(struct feed **feed, struct store *store, const char *table, size_t parts,
                     uint64_t bytes, struct error *error);

/* A feed of one part, on disk beside the database, for a table that is empty, with what each of its
 * indexes holds: then SQLite takes these over as well. Indexes count in the order in which they
 * were made. */
enum result feed_new_indexed(struct feed **feed, struct store *store, const char *table,
                             uint64_t bytes, struct error *error);

/* The name of an index of the table; NULL behind the last one. Owned by the feed. */
const char *feed_index_name(const struct feed *feed, size_t index);

/* Writes an index, after the part and before it is inserted: the records (the index's columns, then
 * the row's id) in rising order. Every index must be written, if only with nothing. */
enum result feed_index_begin(struct feed *feed, size_t index, struct error *error);
enum result feed_index_row(struct feed *feed, const void *record, size_t length,
                           struct error *error);
enum result feed_index_end(struct feed *feed, struct error *error);

/* Starts a part (0 ... parts - 1); rows follow in rising order of id, then feed_part_end. An empty
 * part is just not written. */
enum result feed_part_begin(struct feed *feed, size_t part, struct error *error);
enum result feed_part_row(struct feed *feed, int64_t id, const void *record, size_t length,
                          struct error *error);
enum result feed_part_end(struct feed *feed, struct error *error);

/* Inserts a part that is whole into the table and gives its memory back. */
enum result feed_insert(struct feed *feed, size_t part, struct error *error);

/* Ends the feed. The file stays attached until the outermost change ends. NULL is harmless. */
void feed_free(struct feed *feed);

#endif
