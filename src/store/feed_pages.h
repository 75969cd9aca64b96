/* Pages of an SQLite file that is in memory alone, and only as long as they are needed. Shared
 * inside store/. */
#ifndef XINFENG_STORE_FEED_PAGES_H
#define XINFENG_STORE_FEED_PAGES_H

#include "store/sqlite.h"

#include <stddef.h>

/* The pages, from 1 on; NULL where there is none now. One thread may add pages while another takes
 * others away or has SQLite read them. */
struct feed_pages;

/* count pages of size bytes each. Let go with feed_pages_release. */
struct feed_pages *feed_pages_new(uint32_t count, size_t size);

/* Keeps a copy of a page; false when memory is short. */
bool feed_pages_write(struct feed_pages *pages, uint32_t page, const void *bytes);

/* Forgets pages first to end - 1. */
void feed_pages_forget(struct feed_pages *pages, uint32_t first, uint32_t end);

/* Attaches the pages as a database that can be read, by the name given. They live until it is
 * detached, or let go by their maker, whichever comes last. */
enum result feed_pages_attach(struct feed_pages *pages, struct store *store, const char *schema,
                              struct error *error);

/* NULL is harmless. */
void feed_pages_release(struct feed_pages *pages);

#endif
