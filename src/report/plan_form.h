/* The first sheet of a plan workbook: the plan in the form counties use (抽查计划). */
#ifndef XINFENG_REPORT_PLAN_FORM_H
#define XINFENG_REPORT_PLAN_FORM_H

#include "book/sheet.h"
#include "report/plan_material.h"

/* Puts the plan on one page: its state, one row a class with base, rate, number drawn and the
 * requirement of the policy (O8, X12 to X16), the facts of the draw, and who signs. */
void plan_form_put(struct sheet *sheet, const struct plan_material *material);

#endif
