/* Rows under a header that are no data: hints and examples of templates, units, numbers of columns,
 * headers again, and what stands below a table. A row that may be data is taken for data: it is
 * then taken in, or handed back with its reason, but never passed over in silence. */
#ifndef XINFENG_INTAKE_ROW_KIND_H
#define XINFENG_INTAKE_ROW_KIND_H

#include "intake/binding.h"

/* Rows under the header in which hints, units and numbers of columns are looked for. */
#define ROW_KIND_UNDER 5

enum row_kind {
    ROW_DATA,
    ROW_HEADER_AGAIN, /* as where pages were put one behind the other */
    ROW_HINT,         /* 必填, 格式：... */
    ROW_EXAMPLE,      /* 示例, 案例（请删除） */
    ROW_UNITS,        /* 单位：万元 */
    ROW_NUMBERS,      /* 1 2 3 4 under the columns */
    ROW_FOOTER,       /* 合计, 制表人, 共 30 户 */
};

/* Why a row was passed over, translated; "" for data. */
const char *row_kind_name(enum row_kind kind);

/* Judges a row. under: how many rows stand between it and the header; hints, units and numbers of
 * columns stand right under it. */
enum row_kind row_kind_of(const struct binding *binding, const struct row *row, int64_t under);

#endif
