/* The word files of the sample county: rows of cells behind tabs, `#` before a remark, `-` for
 * nothing, `、` between the items of a list. */
#ifndef XINFENG_SAMPLE_TABLE_H
#define XINFENG_SAMPLE_TABLE_H

#include "base/arena.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The rows of a word file; all lives in the arena it was read into. */
struct sample_table {
    size_t rows;
    size_t columns;
    const char **cells; /* row by row; NULL for `-` */
};

/* Words to choose from. */
struct sample_list {
    size_t count;
    const char **items;
};

/* Splits a word file; RESULT_DAMAGED, with its name, when a row has not `columns` cells. */
enum result sample_table_read(struct sample_table *table, const char *name, const char *text,
                              size_t columns, struct arena *arena, struct error *error);

/* A cell; NULL for `-`. */
const char *sample_table_text(const struct sample_table *table, size_t row, size_t column);

/* A cell as a number; 0 for `-`. */
int32_t sample_table_number(const struct sample_table *table, size_t row, size_t column);

/* A cell's letters as bits: 'a' is bit 0. 0 for `-`. */
uint32_t sample_table_flags(const struct sample_table *table, size_t row, size_t column);

/* A cell's items, none for `-`; false when memory is short. */
bool sample_table_list(const struct sample_table *table, size_t row, size_t column,
                       struct arena *arena, struct sample_list *list);

#endif
