/* What happened to a firm of the sample county, fact by fact. */
#ifndef XINFENG_SAMPLE_HISTORY_H
#define XINFENG_SAMPLE_HISTORY_H

#include "registry/fact.h"
#include "sample-db/calendar.h"
#include "sample-db/story.h"

/* The most facts one firm can have; what comes after is not told. */
#define SAMPLE_MOST_FACTS 256

/* The facts of one firm, oldest first. The source stands in each. */
struct sample_facts {
    size_t count;
    struct fact items[SAMPLE_MOST_FACTS];
};

/* What all histories share. */
struct sample_chronicle {
    const struct sample_book *book;
    struct sample_calendar *calendar;
    uint32_t enterprises; /* how many firms there will be */
    int32_t months;       /* length of the history */
    date today;
};

/* Makes the facts of a firm; texts live in the arena or the book. */
enum result sample_history_make(const struct sample_chronicle *chronicle,
                                const struct sample_firm *firm, struct sample_random *random,
                                struct arena *arena, struct sample_facts *facts,
                                struct error *error);

#endif
