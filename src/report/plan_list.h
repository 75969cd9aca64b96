/* The list of the enterprises drawn (抽取名单). */
#ifndef XINFENG_REPORT_PLAN_LIST_H
#define XINFENG_REPORT_PLAN_LIST_H

#include "base/progress.h"
#include "book/sheet.h"
#include "report/plan_material.h"

/* What stands where: title, subtitle and header, then one row a unit. Verifying reads it back
 * (report/plan_verify.h). */
#define PLAN_LIST_FIRST_ROW 3

enum plan_list_column {
    PLAN_LIST_SERIAL,
    PLAN_LIST_NAME,
    PLAN_LIST_CODE,
    PLAN_LIST_CLASS,
    PLAN_LIST_REGION,
    PLAN_LIST_STRATUM,
    PLAN_LIST_HOW,
    PLAN_LIST_RANK,
    PLAN_LIST_METHOD,
    PLAN_LIST_REQUIREMENT,
    PLAN_LIST_ADDRESS,
    PLAN_LIST_PHONE,
    PLAN_LIST_TEAM,
    PLAN_LIST_REMARKS,
    PLAN_LIST_COLUMNS
};

/* Puts the drawn units, in the order of strata and ranks, with what an inspector needs to go
 * there. */
enum result plan_list_put(struct sheet *sheet, struct store *store,
                          const struct plan_material *material, const struct progress *progress,
                          struct error *error);

#endif
