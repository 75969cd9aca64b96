/* The list of the enterprises drawn (抽取名单). */
#ifndef XINFENG_REPORT_PLAN_LIST_H
#define XINFENG_REPORT_PLAN_LIST_H

#include "base/progress.h"
#include "report/plan_material.h"
#include "report/sheet.h"

/* Puts the drawn units, in the order of strata and ranks, with what an inspector needs to go
 * there. Reads them twice, page by page: once for the widths, once for the rows. */
enum result plan_list_put(struct sheet *sheet, struct store *store,
                          const struct plan_material *material, const struct progress *progress,
                          struct error *error);

#endif
