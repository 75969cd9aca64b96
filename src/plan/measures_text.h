/* Rates and weights as people write them: "1%", "0.5%", "1/3"; "A=1%,B=5%,C=20%,D=100%". */
#ifndef XINFENG_PLAN_MEASURES_TEXT_H
#define XINFENG_PLAN_MEASURES_TEXT_H

#include "base/arena.h"
#include "draw/measures.h"
#include "policy/policy.h"

/* Room for any rate written by rate_format. */
#define RATE_TEXT_SIZE 48

/* Reads one rate, exactly: a percentage with up to four decimals (half-width or full-width sign)
 * or a fraction; above 0 and at most 100 %. RESULT_USAGE with a sentence otherwise. */
enum result rate_parse(const char *text, struct draw_rate *rate, struct error *error);

/* Writes a rate as a percentage where that is exact with at most four decimals, else as a fraction;
 * returns text. */
const char *rate_format(struct draw_rate rate, char text[static RATE_TEXT_SIZE]);

/* The same for a reader who has little room: a percentage in any case, where it is not exact
 * rounded to four decimals and marked as such ("~0.5222%"); returns text. */
const char *rate_format_short(struct draw_rate rate, char text[static RATE_TEXT_SIZE]);

/* Reads rates by class into rules, one rule a class in the order A to D; every class must be
 * there once. Blanks, small letters and full-width signs are understood. */
enum result rates_parse(const char *text, struct draw_rule rules[static CLASS_COUNT],
                        struct error *error);

/* Most rules of a matrix. */
#define MATRIX_MOST 64

/* Reads rates by class and, where a part says so, by professional grade (X18):
 * "A=1%,B=5%,C=20%,D=100%,A/high=30%". Every class must be there once by itself; grades are folded
 * as the frame has them (capitals, no blanks). rules has room for MATRIX_MOST and comes sorted;
 * grades live in the arena. */
enum result matrix_parse(const char *text, struct arena *arena, struct draw_rule *rules,
                         size_t *count, struct error *error);

/* Reads weights by class (whole numbers of 1 or more) into rules, likewise. */
enum result weights_parse(const char *text, struct draw_rule rules[static CLASS_COUNT],
                          struct error *error);

#endif
