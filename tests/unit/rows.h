/* What a file gives as rows, for tests of readers. */
#ifndef XINFENG_TESTS_UNIT_ROWS_H
#define XINFENG_TESTS_UNIT_ROWS_H

#include "unit/unit.h"

/* Reads the rows of a sheet (NULL: the one that looks like data) and compares: each row as its
 * line, a colon, the cells with bars between, a line end; a number that lost digits with a star
 * behind. */
void rows_expect(const char *path, const char *sheet, const char *expected);

/* Reads to the end and expects a refusal whose sentence holds the words. */
void rows_expect_refusal(const char *path, const char *sheet, enum result code, const char *words);

/* Expects format, label (behind the path) and sheets: "名单;隐藏(hidden)". */
void rows_expect_source(const char *path, const char *format, const char *label,
                        const char *sheets);

#endif
