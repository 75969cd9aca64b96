/* What the values of a column look like: for each shape, how many of its cells have it. */
#ifndef XINFENG_INTAKE_EVIDENCE_H
#define XINFENG_INTAKE_EVIDENCE_H

#include "intake/sample.h"

/* Counts of cells. A cell can be of several shapes: 20200924 is a day and a number. */
struct evidence {
    size_t filled;    /* hold something */
    size_t distinct;  /* different texts among them */
    size_t usccs;     /* valid ones */
    size_t numbers;   /* registration numbers of 15 digits */
    size_t days;      /* days written as such; a bare number counts as serials */
    size_t serials;   /* bare numbers that could be days */
    size_t day_first; /* days that can only be read with the day before the month */
    size_t terms;     /* 长期, or a term between two days */
    size_t amounts;   /* money and nothing else, with a unit or separators */
    size_t fines;     /* texts that speak of a fine */
    size_t integers;
    size_t regions;    /* division codes */
    size_t industries; /* GB/T 4754 codes */
    size_t names;      /* like names of enterprises */
    size_t agencies;   /* like names of departments */
    size_t documents;  /* like document numbers */
    size_t persons;    /* two to four Han characters, or hidden by a star */
    size_t phones;
    size_t levels; /* speak of an outcome: 合格, 警告, 罚款 ... */
    size_t flags;  /* 是, 否 ... */
    size_t long_texts;
};

/* Looks at a column of a sample, below the row `header`. */
struct evidence evidence_of(const struct sample *sample, size_t header, size_t column);

/* True when a row holds values that only data have: codes, days, amounts. */
bool evidence_row_is_data(const struct row *row);

/* The share of a count among the filled cells, in percent; 0 in an empty column. */
int evidence_share(const struct evidence *evidence, size_t count);

#endif
