/* Checking a file that says it is in the layout of a handing over (intake/handover_layout.h): its
 * version, that it is whole, and that nothing in it was changed since. */
#ifndef XINFENG_INTAKE_HANDOVER_CHECK_H
#define XINFENG_INTAKE_HANDOVER_CHECK_H

#include "base/result.h"
#include "intake/row_source.h"

/* Reads the whole file, whatever its format; sheet as row_source_open takes it. RESULT_OK when it
 * holds, and for a file that is of another layout altogether. RESULT_INVALID with a sentence that
 * names the first thing that does not hold: an unknown version, a missing column, no count and
 * digest though the columns are the layout's, the count, the digest. */
enum result handover_check(const char *path, const char *sheet, struct error *error);

/* True for the row that is no data but carries count and digest: the last of a CSV, the first of
 * JSON Lines. */
bool handover_row_is_seal(const char *const *headers, size_t count, const struct row *row);

#endif
