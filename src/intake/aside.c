#include "intake/aside.h"

#include "base/gettext.h"

const char *aside_why(const struct binding *binding, enum import_kind kind, const struct row *row,
                      int64_t under) {
    const struct kind *known = kind_of(kind);
    enum row_kind row_kind = row_kind_of(binding, row, under);
    if (row_kind != ROW_DATA) {
        return row_kind_name(row_kind);
    }
    return known->aside != NULL && known->aside(binding->headers, binding->header_count, row)
               ? _("tells of the whole file")
               : NULL;
}
