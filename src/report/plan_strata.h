/* The strata of a draw, with what everyone needs to know of their chances (分层汇总). */
#ifndef XINFENG_REPORT_PLAN_STRATA_H
#define XINFENG_REPORT_PLAN_STRATA_H

#include "book/sheet.h"
#include "report/plan_material.h"

/* What stands where: title, subtitle and header, then one row a stratum, and their total. Verifying
 * reads it back (report/plan_verify.h). */
#define PLAN_STRATA_FIRST_ROW 3

enum plan_strata_column {
    PLAN_STRATA_CODE,
    PLAN_STRATA_REGION,
    PLAN_STRATA_CLASS,
    PLAN_STRATA_POPULATION,
    PLAN_STRATA_DRAWN,
    PLAN_STRATA_RATE,
    PLAN_STRATA_FRACTION,
    PLAN_STRATA_CHANCE,
    PLAN_STRATA_CERTAIN,
    PLAN_STRATA_CUTOFF,
    PLAN_STRATA_COLUMNS
};

/* Puts one row a stratum: base, drawn, chance as fraction and as number, cut-off ticket. */
void plan_strata_put(struct sheet *sheet, const struct plan_material *material);

#endif
