/* Which rows of a file are passed over, and why: one answer for taking in and for looking. */
#ifndef XINFENG_INTAKE_ASIDE_H
#define XINFENG_INTAKE_ASIDE_H

#include "intake/row_kind.h"

/* Why a row is no data, translated; NULL for data. under: the row's place among those below the
 * header, from 1. */
const char *aside_why(const struct binding *binding, enum import_kind kind, const struct row *row,
                      int64_t under);

#endif
