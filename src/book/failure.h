/* What a failure of the library that writes workbooks means to a person. Not for other folders. */
#ifndef XINFENG_BOOK_FAILURE_H
#define XINFENG_BOOK_FAILURE_H

#include "base/result.h"

#include <xlsxwriter.h>

/* The result of a failure, with a sentence naming the folder; number is errno right after it.
 * RESULT_OK for LXW_NO_ERROR. */
enum result book_failure(const char *folder, lxw_error failure, int number, struct error *error);

#endif
