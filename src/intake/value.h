/* The shapes in which officers' files write numbers. Pure functions, no memory of their own. Texts
 * are in value_fold.h, days in value_date.h, amounts in value_money.h, codes in value_code.h. */
#ifndef XINFENG_INTAKE_VALUE_H
#define XINFENG_INTAKE_VALUE_H

#include "intake/value_date.h"
#include "intake/value_fold.h"

/* Points with decimals, in hundredths: 199.90, 200, 1,000. What lies behind the second decimal is
 * rounded half up; *exact tells that nothing did. */
enum parse value_points_parse(const char *cell, int64_t *hundredths, bool *exact);

/* A share in hundredths of a percent: 5% and 0.05 are 500, 12.5% is 1250; a bare number above 1
 * counts percent. The number in 不低于3% counts. PARSE_BAD for what has more decimals than that, or
 * is above 100 %. */
enum parse value_rate_parse(const char *cell, int64_t *rate);

/* How often: the whole number in 2, 2次/年 or 每年不超过2次; PARSE_NONE for 不限. */
enum parse value_times_parse(const char *cell, int64_t *times);

/* A whole number, with or without thousands separators and a % sign. */
enum parse value_integer_parse(const char *cell, int64_t *number);

#endif
