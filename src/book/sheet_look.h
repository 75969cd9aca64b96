/* The looks of the styles of sheet.h, as data. */
#ifndef XINFENG_BOOK_SHEET_LOOK_H
#define XINFENG_BOOK_SHEET_LOOK_H

#include "book/sheet.h"

#include <stdbool.h>

#include <xlsxwriter.h>

/* What a style looks like. */
struct sheet_look {
    const char *font;
    double size; /* points */
    const char *number_format;
    uint8_t align;
    uint8_t vertical;
    uint8_t border;
    uint8_t pattern;
    lxw_color_t ink;
    lxw_color_t back; /* of a solid pattern: the fill; otherwise behind the strokes */
    lxw_color_t strokes;
    bool bold;
    bool wrap;
    bool tight; /* less air above and below the lines */
};

/* The look of a style. Static. */
const struct sheet_look *sheet_look_of(enum sheet_style style);

/* Adds the look as a format to a workbook; NULL when memory is short. */
lxw_format *sheet_look_format(lxw_workbook *workbook, const struct sheet_look *look);

/* Columns of text of this look that fit in a width given in the library's units. */
int sheet_look_capacity(const struct sheet_look *look, double width);

/* The width, in the library's units, that so many columns of text of this look take. */
double sheet_look_width(const struct sheet_look *look, int columns);

/* Lines that a text takes when wrapped at a number of columns: at blanks where there are any,
 * between any two Han characters otherwise. */
int sheet_look_lines(const char *text, int columns);

/* The height in points of a row of so many lines. */
double sheet_look_height(const struct sheet_look *look, int lines);

#endif
