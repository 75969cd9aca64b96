/* The shapes in which officers' files write days, numbers and texts. Pure functions, no memory of
 * their own. Amounts are in value_money.h, codes in value_code.h. */
#ifndef XINFENG_INTAKE_VALUE_H
#define XINFENG_INTAKE_VALUE_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What reading a cell gave. */
enum parse {
    PARSE_OK,
    PARSE_NONE,    /* blank, or a way of saying nothing: / 无 不详 N/A - ... */
    PARSE_BAD,     /* something, but not this */
    PARSE_FOREIGN, /* an amount, but not of yuan */
};

/* The room that short values (days, numbers, codes) are folded in; longer cells are none. */
#define VALUE_SIZE 256

/* Folds a cell for reading: full-width letters, digits and signs become ASCII, blanks at the ends
 * go, white space of every kind becomes one blank. false when it does not fit in size bytes. */
bool value_fold(const char *cell, char *text, size_t size);

/* True when a folded text says that there is nothing: "", "/", "无", "不详", "N/A", "-", "*" ... */
bool value_is_nothing(const char *folded);

/* A text as written, ends trimmed and line breaks turned to blanks, in place; false when it says
 * that there is nothing. */
bool value_text_trim(char *text);

/* A name: value_text_trim, and question marks and stops that a conversion left at its end go. */
bool value_name_trim(char *text);

/* A day: 2020/9/24, 2020-09-24 10:39:00, 2023年04月12日, 2023.4.12, 20200924, 44744 (a workbook's
 * serial number), 21/9/2023 00:00:00. Day and month before a year are read day first when
 * day_first says so, else only when they can be read in one way. 长期 and days from 2099 on, which
 * stand for it, are PARSE_NONE. */
enum parse value_date_parse(const char *cell, bool day_first, date *day);

/* The last day of a term: a day as above, or the one behind 至 in "2010-01-01至2030-01-01". */
enum parse value_term_end_parse(const char *cell, bool day_first, date *day);

/* A month: 2026-10, 2026/10, 2026.10, 2026年10月, 202610, or a day of it in any shape. *period is
 * YYYYMM. */
enum parse value_period_parse(const char *cell, int64_t *period);

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
