/* The statistics of inspections as a workbook (抽查工作统计表). For inside only. */
#ifndef XINFENG_REPORT_STATISTICS_SHEET_H
#define XINFENG_REPORT_STATISTICS_SHEET_H

#include "guard/actor.h"
#include "plan/statistics.h"

/* Writes statistics of a span to path, whole or not at all. */
enum result statistics_sheet_write(const struct statistics *statistics, date from, date to,
                                   const struct actor *actor, const char *path,
                                   struct error *error);

#endif
