#include "base/date.h"

#include <stdio.h>
#include <string.h>

int date_month_length(int year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

date date_make(int year, int month, int day) {
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > date_month_length(year, month)) {
        return DATE_NONE;
    }
    return year * 10000 + month * 100 + day;
}

int date_year(date day) {
    return day / 10000;
}

int date_month(date day) {
    return day / 100 % 100;
}

int date_day(date day) {
    return day % 100;
}

bool date_valid(date day) {
    return day > 0 && date_make(date_year(day), date_month(day), date_day(day)) == day;
}

/* Reads exactly count digits at text; -1 when one is no digit. */
static int read_digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

date date_parse(const char *text) {
    if (text == NULL || strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return DATE_NONE;
    }
    return date_make(read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2));
}

date date_parse_period(const char *text) {
    if (text == NULL || strlen(text) != 7 || text[4] != '-') {
        return DATE_NONE;
    }
    return date_make(read_digits(text, 4), read_digits(text + 5, 2), 1);
}

const char *date_format(date day, char text[static DATE_TEXT_SIZE]) {
    if (!date_valid(day)) {
        text[0] = '\0';
        return text;
    }
    int value = day;
    for (int i = 9; i >= 0; i--) {
        if (i == 4 || i == 7) {
            text[i] = '-';
        } else {
            text[i] = (char)('0' + value % 10);
            value /= 10;
        }
    }
    text[10] = '\0';
    return text;
}

/* Days since 0000-03-01, counting years from March so that the leap day comes last. */
static int day_number(date day) {
    int year = date_year(day);
    int month = date_month(day);
    if (month < 3) {
        year--;
        month += 12;
    }
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 +
           date_day(day) - 1;
}

static date from_day_number(int number) {
    int era = number / 146097;
    int in_era = number - era * 146097;
    int year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
    int march_month = (5 * in_year + 2) / 153;
    int day = in_year - (153 * march_month + 2) / 5 + 1;
    int month = march_month < 10 ? march_month + 3 : march_month - 9;
    int year = era * 400 + year_in_era + (month <= 2 ? 1 : 0);
    return date_make(year, month, day);
}

date date_add_days(date day, int days) {
    return from_day_number(day_number(day) + days);
}

int date_days_between(date from, date to) {
    return day_number(to) - day_number(from);
}

int date_months_between(date from, date to) {
    int months = (date_year(to) - date_year(from)) * 12 + (date_month(to) - date_month(from));
    bool last_day = date_day(to) == date_month_length(date_year(to), date_month(to));
    if (date_day(to) < date_day(from) && !last_day) {
        months--;
    }
    return months;
}

date date_month_end(date day) {
    int year = date_year(day);
    int month = date_month(day);
    return date_make(year, month, date_month_length(year, month));
}
