/* Reading a workbook back before it is handed out. */
#ifndef XINFENG_BOOK_CHECK_H
#define XINFENG_BOOK_CHECK_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

/* RESULT_OK when every part of the workbook at path unpacks to the length and check sum that its
 * directory gives and ends with the end of its root element, and when its sheets hold as many rows
 * with cells as were put: rows[0] on the first of the sheets, and so on. Otherwise RESULT_NO_SPACE
 * with a sentence naming the folder, as a part that breaks off is what a full disk leaves;
 * RESULT_IO when the file cannot be read. */
enum result book_check(const char *path, const char *folder, const uint32_t *rows, size_t sheets,
                       struct error *error);

#endif
