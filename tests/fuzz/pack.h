/* Workbook files around contents made by hand or by a fuzzer: the archive of an .xlsx, the compound
 * file of an .xls. */
#ifndef XINFENG_TESTS_FUZZ_PACK_H
#define XINFENG_TESTS_FUZZ_PACK_H

#include "base/buffer.h"

#include <stddef.h>

/* A part of an archive. */
struct pack_part {
    const char *name;
    const void *bytes;
    size_t length;
};

/* Appends an archive of parts that are not compressed. */
void pack_zip(struct buffer *out, const struct pack_part *parts, size_t count);

/* The parts that every .xlsx here has: one sheet, sheet.xml, with strings.xml and styles.xml beside
 * it. */
#define PACK_USUAL_PARTS 3
extern const struct pack_part pack_usual[PACK_USUAL_PARTS];

/* Appends a compound file that holds one stream (at most 4 MiB), short ones in short sectors. */
void pack_compound(struct buffer *out, const char *name, const void *bytes, size_t length);

/* Appends one record of an .xls: its type, its length, the bytes. */
void pack_record(struct buffer *out, unsigned type, const void *bytes, size_t length);

/* Appends little-endian numbers. */
void pack_number2(struct buffer *out, unsigned number);
void pack_number4(struct buffer *out, unsigned long number);
void pack_real(struct buffer *out, double number);

#endif
