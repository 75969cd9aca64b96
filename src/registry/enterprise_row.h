/* Reading rows of the table enterprise; shared inside registry/. */
#ifndef XINFENG_REGISTRY_ENTERPRISE_ROW_H
#define XINFENG_REGISTRY_ENTERPRISE_ROW_H

#include "registry/enterprise.h"
#include "store/statement.h"

/* Reads id, all fields in the table's order and stub, from a column on. Texts are borrowed from
 * the statement until its next step. */
void enterprise_row_read(struct statement *row, int column, struct enterprise *enterprise);

#endif
