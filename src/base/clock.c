#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct clock clock_system(void) {
    return (struct clock){.frozen_on = DATE_NONE};
}

struct clock clock_frozen(date day) {
    return (struct clock){.frozen_on = day};
}

static struct tm local_now(void) {
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    return local;
}

date clock_today(const struct clock *clock) {
    if (clock->frozen_on != DATE_NONE) {
        return clock->frozen_on;
    }
    struct tm local = local_now();
    return date_make(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

const char *clock_now(const struct clock *clock, char text[static CLOCK_TEXT_SIZE]) {
    if (clock->frozen_on != DATE_NONE) {
        char day[DATE_TEXT_SIZE];
        snprintf(text, CLOCK_TEXT_SIZE, "%sT12:00:00+08:00", date_format(clock->frozen_on, day));
        return text;
    }
    struct tm local = local_now();
    size_t length = strftime(text, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S%z", &local);
    /* strftime writes +0800; ISO 8601's extended form has a colon. */
    if (length == CLOCK_TEXT_SIZE - 2) {
        memmove(text + length - 1, text + length - 2, 3);
        text[length - 2] = ':';
    }
    return text;
}
