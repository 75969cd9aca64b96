/* What can happen to a firm and how often: sample-stories.tsv and sample-rates.tsv, read. */
#ifndef XINFENG_SAMPLE_STORY_H
#define XINFENG_SAMPLE_STORY_H

#include "sample-db/firm.h"

/* One wording of a fact. */
struct sample_story {
    int32_t type;
    int32_t level; /* FACT_NO_LEVEL for none */
    uint32_t flags;
    uint32_t weight;
    int32_t low; /* yuan; high 0: no amount */
    int32_t high;
    const char *agency;
    const char *source;
    const char *document; /* form of its number; NULL for none */
    const char *title;
    size_t series; /* stories with one form share one series of numbers */
};

enum sample_pattern {
    SAMPLE_YEARLY, /* any number, rates per mille a year */
    SAMPLE_ONCE,   /* rates per mille of firms, then least to most of them */
    SAMPLE_JULY,   /* rates per mille of the years whose annual report fell due */
    SAMPLE_LISTED, /* rates per mille of the reports missed */
};

enum sample_end { SAMPLE_LASTS, SAMPLE_ENDS, SAMPLE_EXPIRES };

/* How often one kind of fact happens. */
struct sample_rate {
    int32_t type;
    uint32_t flags;
    enum sample_pattern pattern;
    int32_t months; /* only the last so many; 0: the whole history */
    int32_t least;
    int32_t most;
    uint32_t rates[SAMPLE_CONDUCTS];
    bool workdays;
    enum sample_end end;
    uint32_t share; /* per mille that end */
    int32_t low;    /* days until the end */
    int32_t high;
    uint32_t excluded; /* per mille that do not count (X10) */
    size_t story_count;
    const struct sample_story **stories; /* of its type and level */
};

/* All of them. */
struct sample_book {
    struct arena *arena;
    struct sample_story *stories;
    size_t story_count;
    size_t series_count;
    struct sample_rate *rates;
    size_t rate_count;
};

/* Reads the book; release with sample_book_clear, also after a failure. */
enum result sample_book_read(struct sample_book *book, struct error *error);

void sample_book_clear(struct sample_book *book);

/* A story of a rate that fits the trade's flags, by weight; NULL when none does. */
const struct sample_story *sample_story_pick(const struct sample_rate *rate, uint32_t flags,
                                             struct sample_random *random);

#endif
