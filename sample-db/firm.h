/* One firm of the sample county: its entry in the register, and what nobody sees of it. */
#ifndef XINFENG_SAMPLE_FIRM_H
#define XINFENG_SAMPLE_FIRM_H

#include "registry/enterprise.h"
#include "sample-db/name.h"

/* How a firm behaves, which makes its facts come together. The order is that of the rates in
 * sample-rates.tsv. */
enum sample_conduct {
    SAMPLE_CALM,
    SAMPLE_USUAL,
    SAMPLE_CARELESS,
    SAMPLE_BAD,
    SAMPLE_CONDUCTS,
};

/* What all firms share. */
struct sample_setting {
    const struct sample_words *words;
    struct sample_namer *namer;
    uint64_t seed;
    uint32_t enterprises; /* how many firms there will be */
    date today;
};

struct sample_firm {
    struct enterprise enterprise; /* texts in the arena, or static */
    const struct sample_trade *trade;
    const struct sample_place *place;
    enum sample_kind kind;
    enum sample_conduct conduct;
    date first; /* the days between which something can happen to it */
    date last;
};

/* Makes firm number `index`, from 0. Its texts live in the arena. */
enum result sample_firm_make(struct sample_firm *firm, const struct sample_setting *setting,
                             uint32_t index, struct sample_random *random, struct arena *arena,
                             struct error *error);

#endif
