/* Calendar days. A day is one integer, YYYYMMDD, so that days compare as integers, read plainly
 * in SQL, and need no time zone. 0 means no day. */
#ifndef XINFENG_BASE_DATE_H
#define XINFENG_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date;

#define DATE_NONE ((date)0)

/* Room for "YYYY-MM-DD" and the NUL. */
#define DATE_TEXT_SIZE 11

/* Builds a day; DATE_NONE when there is no such day (years 1000 to 9999). */
date date_make(int year, int month, int day);

/* True when the value is a real day. */
bool date_valid(date day);

int date_year(date day);
int date_month(date day);
int date_day(date day);

/* Days in a month, leap years minded. */
int date_month_length(int year, int month);

/* Parses exactly "YYYY-MM-DD"; DATE_NONE when it is anything else. Officers' shapes of dates are
 * intake's business (intake/value.h). */
date date_parse(const char *text);

/* Writes "YYYY-MM-DD", or "" for DATE_NONE; returns text. */
const char *date_format(date day, char text[static DATE_TEXT_SIZE]);

/* The day days later (earlier when negative). */
date date_add_days(date day, int days);

/* Days from one day to another; negative when to is earlier. */
int date_days_between(date from, date to);

/* Whole calendar months from one day to another: (year difference x 12 + month difference), minus
 * 1 when the day of `to` is smaller than that of `from`, the last day of a short month counting as
 * reached. Negative when to is earlier. */
int date_months_between(date from, date to);

/* The last day of the month of a day. */
date date_month_end(date day);

/* Parses a period "YYYY-MM" and gives its first day; DATE_NONE when it is anything else. */
date date_parse_period(const char *text);

#endif
