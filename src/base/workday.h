/* Working days in China: Saturdays and Sundays are off, but for the public holidays and the days
 * worked in their stead, which the State Council publishes year by year (src/base/holidays.tsv). */
#ifndef XINFENG_BASE_WORKDAY_H
#define XINFENG_BASE_WORKDAY_H

#include "base/date.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

/* Spans that a calendar has room for: some fifteen are published a year. */
#define WORKDAY_SPANS 512

/* Days, both included, that are off or worked whatever day of the week they are. */
struct workday_span {
    date from;
    date to;
    bool work;
};

/* What is known of holidays. */
struct workday_calendar {
    struct workday_span spans[WORKDAY_SPANS];
    size_t count;
};

/* Reads a calendar: a line a span, tab-separated: first day, last day, "off" or "work", name; lines
 * that begin with '#' say something to people. RESULT_INVALID naming the line that is none. */
enum result workday_calendar_parse(struct workday_calendar *calendar, const char *text,
                                   struct error *error);

/* The calendar carried inside the program. Errors as workday_calendar_parse. */
enum result workday_calendar_load(struct workday_calendar *calendar, struct error *error);

/* True when a day is worked. */
bool workday_is(const struct workday_calendar *calendar, date day);

/* How many days of a month (1 to 12) are worked. */
int workday_count(const struct workday_calendar *calendar, int year, int month);

/* True when holidays of the year are known; of others only Saturdays and Sundays are off. */
bool workday_year_known(const struct workday_calendar *calendar, int year);

/* The day that is `days` working days after a day, which itself does not count: one working day
 * after a Friday is the Monday. *certain (may be NULL) is false when a year in between is not
 * known. */
date workday_after(const struct workday_calendar *calendar, date from, int days, bool *certain);

#endif
