/* Number formats by the numbers that a workbook gives them: its own, and those that programs know
 * without being told. */
#ifndef XINFENG_BOOK_FORMATS_H
#define XINFENG_BOOK_FORMATS_H

#include "base/result.h"
#include "book/number_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Formats and the styles that name them. Zero it to begin; free with book_formats_free. */
struct book_formats {
    struct book_numbered_format *items;
    size_t count;
    size_t room;
    uint16_t *styles; /* the format number of each style */
    size_t style_count;
    size_t style_room;
    struct book_number_format known[64]; /* those of book_number_format_code */
    bool started;
};

/* Adds a format of the workbook's own; false when memory is short or there are too many. */
bool book_formats_add(struct book_formats *formats, unsigned number, const char *code);

/* Adds the next style, which shows numbers by the format of a number; false as above. */
bool book_formats_add_style(struct book_formats *formats, unsigned number);

/* Call when all are added. */
void book_formats_start(struct book_formats *formats);

/* The format of a style, from 0; the general one when there is none. */
const struct book_number_format *book_formats_get(const struct book_formats *formats, size_t style);

void book_formats_free(struct book_formats *formats);

#endif
