/* The strata of a draw, with what everyone needs to know of their chances (分层汇总). */
#ifndef XINFENG_REPORT_PLAN_STRATA_H
#define XINFENG_REPORT_PLAN_STRATA_H

#include "report/plan_material.h"
#include "report/sheet.h"

/* Puts one row a stratum: base, drawn, chance as fraction and as number, cut-off ticket. */
void plan_strata_put(struct sheet *sheet, const struct plan_material *material);

#endif
