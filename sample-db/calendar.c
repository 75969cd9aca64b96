#include "sample-db/calendar.h"

#include <stdlib.h>

#define FIRST_YEAR 1980
#define DAYS_OF_YEAR 366

/* A full day moves a document on by so many days at most. */
#define MOST_MOVES 90

struct sample_calendar {
    size_t years;
    uint16_t *used;     /* by series, year and day of the year */
    uint16_t *ordinals; /* by year and day: how many working days of the year lie before it */
};

static bool is_workday(date day) {
    static const date monday = 20240101;
    int weekday = date_days_between(monday, day) % 7;
    int place = date_month(day) * 100 + date_day(day);
    bool holiday =
        place == 101 || (place >= 501 && place <= 503) || (place >= 1001 && place <= 1007);
    return (weekday < 0 ? weekday + 7 : weekday) < 5 && !holiday;
}

date sample_workday(date day, date latest) {
    date next = day;
    while (!is_workday(next)) {
        next = date_add_days(next, 1);
    }
    if (next <= latest) {
        return next;
    }
    while (day > latest || !is_workday(day)) {
        day = date_add_days(day, -1);
    }
    return day;
}

static size_t day_of_year(date day) {
    return (size_t)date_days_between(date_make(date_year(day), 1, 1), day);
}

static void count_workdays(struct sample_calendar *calendar) {
    for (size_t year = 0; year < calendar->years; year++) {
        date day = date_make(FIRST_YEAR + (int)year, 1, 1);
        uint16_t count = 0;
        for (size_t i = 0; i < DAYS_OF_YEAR; i++) {
            calendar->ordinals[year * DAYS_OF_YEAR + i] = count;
            count = (uint16_t)(count + (is_workday(day) ? 1 : 0));
            day = date_add_days(day, 1);
        }
    }
}

struct sample_calendar *sample_calendar_new(date latest, size_t series) {
    struct sample_calendar *calendar = calloc(1, sizeof(*calendar));
    if (calendar == NULL) {
        return NULL;
    }
    calendar->years = (size_t)(date_year(latest) - FIRST_YEAR + 1);
    calendar->used = calloc(series * calendar->years * DAYS_OF_YEAR, sizeof(*calendar->used));
    calendar->ordinals = calloc(calendar->years * DAYS_OF_YEAR, sizeof(*calendar->ordinals));
    if (calendar->used == NULL || calendar->ordinals == NULL) {
        sample_calendar_free(calendar);
        return NULL;
    }
    count_workdays(calendar);
    return calendar;
}

bool sample_calendar_take(struct sample_calendar *calendar, size_t series, uint32_t daily,
                          bool workdays, date latest, date *day, uint32_t *number) {
    date tried = *day;
    for (int moves = 0; moves < MOST_MOVES && tried <= latest; moves++) {
        int year = date_year(tried) - FIRST_YEAR;
        if (year < 0 || (size_t)year >= calendar->years) {
            return false;
        }
        size_t in_year = day_of_year(tried);
        size_t place = (size_t)year * DAYS_OF_YEAR + in_year;
        uint16_t *used = &calendar->used[series * calendar->years * DAYS_OF_YEAR + place];
        if (*used < daily && *used < UINT16_MAX) {
            uint32_t before = workdays ? calendar->ordinals[place] : (uint32_t)in_year;
            *number = before * daily + ++*used;
            *day = tried;
            return true;
        }
        tried = date_add_days(tried, 1);
        while (workdays && !is_workday(tried)) {
            tried = date_add_days(tried, 1);
        }
    }
    return false;
}

void sample_calendar_free(struct sample_calendar *calendar) {
    if (calendar != NULL) {
        free(calendar->used);
        free(calendar->ordinals);
        free(calendar);
    }
}
