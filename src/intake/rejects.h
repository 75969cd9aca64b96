/* The rows of a file that were not taken in, handed back so that they can be mended and taken in as
 * they are: the reason first, then the line, then the file's own columns as they were. */
#ifndef XINFENG_INTAKE_REJECTS_H
#define XINFENG_INTAKE_REJECTS_H

#include "base/result.h"
#include "intake/row_source.h"
#include "store/store.h"

#include <stdint.h>

/* How many columns stand before the file's own in a header row that a file of rejects has; 0 for
 * any other header. */
size_t rejects_columns(const char *const *headers, size_t count);

/* Which rejected rows are written. */
enum rejects_part {
    REJECTS_ALL,
    REJECTS_WAITING /* those whose name a person has led to an enterprise since */
};

/* Writes rejected rows of a batch in order of their lines: a workbook, or CSV (UTF-8 with mark)
 * when path ends in .csv. The file appears whole or not at all. *rows may be NULL.
 * RESULT_NOT_FOUND when there is no such batch; RESULT_INVALID when a workbook cannot hold a row;
 * otherwise as base/out_file.h. */
enum result rejects_write(struct store *store, int64_t batch, enum rejects_part part,
                          const char *path, int64_t *rows, struct error *error);

#endif
