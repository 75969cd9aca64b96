/* Working days, and numbers of documents that grow with the days of a year and never repeat. */
#ifndef XINFENG_SAMPLE_CALENDAR_H
#define XINFENG_SAMPLE_CALENDAR_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The day itself when it is a working day, else the next one, or the one before when the next is
 * behind latest. Weekends and the holidays that have a fixed date count as free. */
date sample_workday(date day, date latest);

/* Hands out document numbers. */
struct sample_calendar;

/* For the years up to that of `latest`, `series` series of documents; free with
 * sample_calendar_free. NULL when memory is short. */
struct sample_calendar *sample_calendar_new(date latest, size_t series);

/* Takes a number of a series that has room for `daily` of them a day. When the day is full, *day
 * moves on to the next with room, not behind latest. False when there is no room at all. */
bool sample_calendar_take(struct sample_calendar *calendar, size_t series, uint32_t daily,
                          bool workdays, date latest, date *day, uint32_t *number);

/* NULL is harmless. */
void sample_calendar_free(struct sample_calendar *calendar);

#endif
