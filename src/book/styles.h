/* The number formats that the cells of a workbook (.xlsx) use. */
#ifndef XINFENG_BOOK_STYLES_H
#define XINFENG_BOOK_STYLES_H

#include "book/formats.h"
#include "book/part.h"

/* Reads the part with the styles into zeroed formats, and starts them. RESULT_INVALID as
 * book_part_read, and when there are more of them than a workbook has. */
enum result book_styles_read(struct book_formats *formats, struct book_parts *parts,
                             const char *part, struct error *error);

#endif
