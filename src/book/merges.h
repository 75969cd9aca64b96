/* Cells that are merged downwards: in the body of a table the value of the first holds for all of
 * them. Cells merged sideways only (titles, groups of headers) are left as they are: a value that
 * were repeated there would look like data. */
#ifndef XINFENG_BOOK_MERGES_H
#define XINFENG_BOOK_MERGES_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The merged cells of one sheet. Zero it to begin; free with book_merges_free. */
struct book_merges {
    struct book_merge *items;
    size_t count;
    size_t room;
    size_t next;            /* the first whose top row has not been reached */
    struct book_held *held; /* values that go on below the row at hand */
    size_t held_count;
    size_t held_room;
};

/* A value that holds for a cell of the row at hand. */
struct book_held {
    uint32_t last_row;
    uint16_t column;
    bool cut;
    char *text; /* owned */
};

/* Adds an area; rows and columns from 0, both ends within it. One that only goes sideways counts
 * nothing. RESULT_INVALID when there are more than any table has; for the sentence, file names
 * it. */
enum result book_merges_add(struct book_merges *merges, const char *file, uint32_t first_row,
                            uint32_t first_column, uint32_t last_row, uint32_t last_column,
                            struct error *error);

/* Call when all are added: puts them in order and starts at the top. */
void book_merges_start(struct book_merges *merges);

/* Goes to a row below the last one. What ended above it is forgotten. */
void book_merges_go(struct book_merges *merges, uint32_t row);

/* True when a cell of the row gone to is the first of an area, whose value book_merges_hold is to
 * be told; ask from left to right. */
bool book_merges_want(struct book_merges *merges, uint32_t row, uint32_t column,
                      uint32_t *last_row);

/* Keeps a copy of the value of such a cell. */
enum result book_merges_hold(struct book_merges *merges, const char *file, uint32_t column,
                             uint32_t last_row, const char *text, bool cut, struct error *error);

/* Forgets all. */
void book_merges_free(struct book_merges *merges);

#endif
