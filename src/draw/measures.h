/* The measures of a draw: how many units of each class are drawn, as the plan publishes it.
 *
 * They are a document: a fixed JSON text whose digest is published before the seed is known. */
#ifndef XINFENG_DRAW_MEASURES_H
#define XINFENG_DRAW_MEASURES_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/json_reader.h"
#include "base/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Largest number anywhere in a draw (units, rates, weights, bounds): the ground of the proofs in
 * allocate.c that no product overflows. */
#define DRAW_NUMBER_LIMIT ((uint64_t)1000000000)

/* A maximum that is not set. */
#define DRAW_NO_MAXIMUM UINT64_MAX

/* Fraction num/den. */
struct draw_rate {
    uint64_t num;
    uint64_t den;
};

enum draw_mode {
    DRAW_MODE_RATE, /* each class its own rate */
    DRAW_MODE_TOTAL /* a fixed number of units, shared by the weights of the classes */
};

enum draw_rounding {
    DRAW_ROUNDING_UNBIASED, /* each stratum up or down by its own ticket; the mean is the rate */
    DRAW_ROUNDING_CEIL      /* up, at class level, for rules that say "not less than" */
};

/* What holds for one class, or for one cell of the matrix class x professional grade. */
struct draw_rule {
    char risk_class;       /* 'A' to 'Z' */
    const char *grade;     /* "": every grade of the class without a rule of its own */
    struct draw_rate rate; /* rate mode: 0 < num <= den; num = den takes all, with certainty */
    uint64_t minimum;      /* rate mode: fewest units of all strata under this rule together */
    uint64_t maximum;      /* rate mode: most of them, or DRAW_NO_MAXIMUM */
    uint64_t weight;       /* total mode: weight of one unit, 1 or more; 0 when certain */
    bool certain;          /* total mode: all are taken, and count in the total */
};

struct draw_measures {
    enum draw_mode mode;
    enum draw_rounding rounding; /* rate mode */
    uint64_t total;              /* total mode: units of the whole draw */
    uint64_t stratum_minimum;    /* total mode: fewest units of each stratum (or all it has) */
    uint64_t stratum_maximum;    /* total mode: most, or DRAW_NO_MAXIMUM */
    bool by_grade;               /* strata are region x class x grade */
    const struct draw_rule *rules;
    size_t rule_count;
    const char *const *certain_flags; /* a unit with one of these flags is taken with certainty */
    size_t certain_flag_count;
};

/* Sorts rules by class and grade, the one order that draw_measures_check lets through, so that the
 * same measures have one text and one digest. */
void draw_rules_sort(struct draw_rule *rules, size_t count);

/* RESULT_OK when the measures can be drawn from, else RESULT_USAGE with a sentence naming the class
 * or number. No class may be put outside chance: a rate or weight of 0 is refused. */
enum result draw_measures_check(const struct draw_measures *measures, struct error *error);

/* The rule for a class and grade, or NULL. Owned by the measures. */
const struct draw_rule *draw_measures_rule(const struct draw_measures *measures, char risk_class,
                                           const char *grade);

/* The measures as JSON, only the keys of their mode. A new reference; NULL when memory is short. */
json_t *draw_measures_to_json(const struct draw_measures *measures);

/* Reads measures that are part of a document and checks that they can be drawn with; faults go to
 * the document's reader. */
void draw_measures_read(const struct json_node *node, struct draw_measures *measures);

/* The same from JSON by itself, texts and arrays into the arena. RESULT_INVALID with a sentence
 * that names the place: measures.classes[2].rate. */
enum result draw_measures_from_json(struct draw_measures *measures, json_t *json,
                                    struct arena *arena, struct error *error);

/* SHA-256, in hexadecimal, of the canonical JSON text (sorted keys, no blanks). Checks the measures
 * first, with the errors of draw_measures_check. */
enum result draw_measures_digest(const struct draw_measures *measures,
                                 char hex[static DIGEST_HEX_SIZE], struct error *error);

#endif
