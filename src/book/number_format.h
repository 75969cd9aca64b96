/* How a cell shows its number: what a number format of a workbook says, as far as it changes what
 * a person reads, and numbers written out by it. */
#ifndef XINFENG_BOOK_NUMBER_FORMAT_H
#define XINFENG_BOOK_NUMBER_FORMAT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Room for a word before or behind a number, such as "万元"; longer ones are left out. */
#define BOOK_FORMAT_WORD 32

/* What a format says. All zero: the general one. */
struct book_number_format {
    bool day;     /* the number is a day, with a time in its fraction */
    bool clock;   /* ... of which only the time is shown */
    bool elapsed; /* ... hours going on beyond 24 */
    bool percent;
    unsigned char least;    /* digits before the point, at least */
    unsigned char decimals; /* behind it, at least */
    char before[BOOK_FORMAT_WORD];
    char behind[BOOK_FORMAT_WORD];
};

/* Reads the code of a format: yyyy"年"m"月"d"日", [$-804]yyyy/m/d;@, 0.00%, 000000, #,##0"万元".
 * What it does not know it leaves out, so that the plain number comes. */
void book_number_format_read(const char *code, struct book_number_format *format);

/* The code of a format that workbooks know by its number alone, those of Chinese programs among
 * them; NULL when there is none. */
const char *book_number_format_code(unsigned number);

/* Writes a finite number out by a format: a day as 2020-09-24, with 10:39:00 behind it only where
 * there is a time; a share as 3%; else all its digits, at most 15, as programs keep no more. *cut
 * is set when it has more before the point than that. A day that none is (0) is nothing. */
void book_number_write(const struct book_number_format *format, double value, bool from_1904,
                       struct buffer *text, bool *cut);

/* Writes a day that a document spells out (ISO 8601, NUL-terminated) in the same way. */
void book_number_write_day(const char *day, size_t length, struct buffer *text);

/* Reads a number as documents write it ("1.5E-3"); false when it is anything else. */
bool book_number_read(const char *text, double *value);

#endif
