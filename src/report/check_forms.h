/* What inspectors take along and bring back: a check form (检查表) for each household, a page with
 * the matters of the plan alone, which the enterprise signs and which therefore knows no class; and
 * the return sheet (检查结果回收表), one table that "import results" takes in as it comes back. */
#ifndef XINFENG_REPORT_CHECK_FORMS_H
#define XINFENG_REPORT_CHECK_FORMS_H

#include "report/plan_material.h"

enum result check_forms_write(struct store *store, const struct actor *actor,
                              const struct plan_material *material, const char *path,
                              const char *folder, struct error *error);

enum result return_sheet_write(struct store *store, const struct actor *actor,
                               const struct plan_material *material, const char *path,
                               const char *folder, struct error *error);

#endif
