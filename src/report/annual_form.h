/* The sheets of an annual plan: the county form (年度抽查计划), and its calendar. */
#ifndef XINFENG_REPORT_ANNUAL_FORM_H
#define XINFENG_REPORT_ANNUAL_FORM_H

#include "book/sheet.h"
#include "plan/annual.h"

/* What the sheets tell besides the plan. Borrowed. */
struct annual_material {
    const struct annual *annual;
    const struct policy *policy;     /* whose requirements stand in the form */
    const char *bureau;              /* translated */
    const char *const *idle_offices; /* departments without a task */
    size_t idle_count;
    struct arena *arena;
};

/* One row a task with base, rates, number drawn and the requirements by class (O8, X12 to X16), and
 * one for each department without a task. */
void annual_form_put(struct sheet *sheet, const struct annual_material *material);

/* Tasks by months: what each batch draws, the load a month and an inspector. */
void annual_calendar_put(struct sheet *sheet, const struct annual_material *material);

#endif
