/* The clock, handed in so that tests and re-runs can freeze it. */
#ifndef XINFENG_BASE_CLOCK_H
#define XINFENG_BASE_CLOCK_H

#include "base/date.h"

/* Room for "YYYY-MM-DDTHH:MM:SS+08:00" and the NUL. */
#define CLOCK_TEXT_SIZE 26

/* A clock is a value; copy it freely. */
struct clock {
    date frozen_on; /* DATE_NONE: the system clock */
};

/* The system clock, in the machine's time zone. */
struct clock clock_system(void);

/* A clock that stands at noon (+08:00) of a day. */
struct clock clock_frozen(date day);

/* Today by this clock. */
date clock_today(const struct clock *clock);

/* Now as ISO 8601 with the zone's offset; returns text. */
const char *clock_now(const struct clock *clock, char text[static CLOCK_TEXT_SIZE]);

#endif
