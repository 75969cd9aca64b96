#include "base/workday.h"

#include "base/gettext.h"
#include "embedded.h"

#include <string.h>

#define WEEK 7

/* A Monday, from which the days of the week are counted. */
#define SOME_MONDAY ((date)20240101)

/* Takes the cell at *at, up to a tab or the end of its line, into cell. */
static void take_cell(const char **at, const char *end, char *cell, size_t room) {
    size_t length = 0;
    while (*at < end && **at != '\t') {
        if (length + 1 < room) {
            cell[length++] = **at;
        }
        (*at)++;
    }
    cell[length] = '\0';
    *at += *at < end ? 1 : 0;
}

/* Reads one line; false when it is no span. */
static bool read_span(const char *line, const char *end, struct workday_span *span) {
    char cells[3][16];
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        take_cell(&line, end, cells[i], sizeof(cells[i]));
    }
    span->from = date_parse(cells[0]);
    span->to = date_parse(cells[1]);
    span->work = strcmp(cells[2], "work") == 0;
    return span->from != DATE_NONE && span->to >= span->from &&
           (span->work || strcmp(cells[2], "off") == 0);
}

enum result workday_calendar_parse(struct workday_calendar *calendar, const char *text,
                                   struct error *error) {
    calendar->count = 0;
    for (int line = 1; *text != '\0'; line++) {
        const char *end = text + strcspn(text, "\n");
        bool says_nothing = end == text || *text == '#';
        if (!says_nothing && (calendar->count == WORKDAY_SPANS ||
                              !read_span(text, end, &calendar->spans[calendar->count]))) {
            return error_set(error, RESULT_INVALID,
                             _("Line %d of the holidays is not understood: first day, last day, "
                               "off or work, and name are needed, apart by tabs."),
                             line);
        }
        calendar->count += says_nothing ? 0 : 1;
        text = *end == '\n' ? end + 1 : end;
    }
    return RESULT_OK;
}

enum result workday_calendar_load(struct workday_calendar *calendar, struct error *error) {
    return workday_calendar_parse(calendar, embedded_holidays, error);
}

/* 0 for Monday to 6 for Sunday. */
static int day_of_week(date day) {
    int days = date_days_between(SOME_MONDAY, day) % WEEK;
    return days < 0 ? days + WEEK : days;
}

bool workday_is(const struct workday_calendar *calendar, date day) {
    for (size_t i = 0; i < calendar->count; i++) {
        if (day >= calendar->spans[i].from && day <= calendar->spans[i].to) {
            return calendar->spans[i].work;
        }
    }
    return day_of_week(day) < WEEK - 2;
}

int workday_count(const struct workday_calendar *calendar, int year, int month) {
    int count = 0;
    for (int day = 1; day <= date_month_length(year, month); day++) {
        count += workday_is(calendar, date_make(year, month, day));
    }
    return count;
}

bool workday_year_known(const struct workday_calendar *calendar, int year) {
    for (size_t i = 0; i < calendar->count; i++) {
        if (date_year(calendar->spans[i].from) == year) {
            return true;
        }
    }
    return false;
}

date workday_after(const struct workday_calendar *calendar, date from, int days, bool *certain) {
    date day = from;
    while (days > 0) {
        day = date_add_days(day, 1);
        days -= workday_is(calendar, day) ? 1 : 0;
    }
    if (certain != NULL) {
        *certain = true;
        for (int year = date_year(from); year <= date_year(day); year++) {
            *certain = *certain && workday_year_known(calendar, year);
        }
    }
    return day;
}
