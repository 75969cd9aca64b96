/* A row as SQLite keeps it on disk: the record format of its file format, 2.1. */
#ifndef XINFENG_STORE_ROW_RECORD_H
#define XINFENG_STORE_ROW_RECORD_H

#include "store/statement.h"

#include <stdint.h>

/* No varint is longer. */
#define ROW_RECORD_VARINT_MAX 9

/* Writes a number as a varint at out; returns its bytes. */
size_t row_record_put_varint(unsigned char *out, uint64_t number);

/* No record of these values is longer. */
size_t row_record_bound(const struct value *values, size_t count);

/* Writes the values as one record at out, which has room for row_record_bound of them; returns its
 * bytes. A column that is the row's id is given as NULL, as SQLite keeps it. */
size_t row_record_encode(const struct value *values, size_t count, unsigned char *out);

#endif
