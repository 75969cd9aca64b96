/* The shapes in which officers' files write days, terms and months. Pure functions, no memory of
 * their own. */
#ifndef XINFENG_INTAKE_VALUE_DATE_H
#define XINFENG_INTAKE_VALUE_DATE_H

#include "base/date.h"
#include "intake/value_fold.h"

/* A day: 2020/9/24, 2020-09-24 10:39:00, 2023年04月12日, 2023.4.12, 20200924, 44744 (a workbook's
 * serial number), 21/9/2023 00:00:00, 二〇二三年四月十二日, 2020-09-24T10:39:00Z. A time with a
 * zone gives the day it was in China (UTC+8). Day and month before a year are read day first when
 * day_first says so, else only when they can be read in one way; a year of two digits is never
 * guessed. 长期, days from 2099 on, which stand for it, and 0 are PARSE_NONE. */
enum parse value_date_parse(const char *cell, bool day_first, date *day);

/* The last day of a term: a day as above, or the second one of 2010-01-01至2030-01-01,
 * 20100101-20300101, 自2010年1月1日起至2030年1月1日止. */
enum parse value_term_end_parse(const char *cell, bool day_first, date *day);

/* A month: 2026-10, 2026/10, 2026.10, 2026年10月, 202610, 二〇二六年十月, or a day of it in any
 * shape. *period is YYYYMM. */
enum parse value_period_parse(const char *cell, int64_t *period);

#endif
