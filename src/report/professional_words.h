/* The words of a professional grade, on the screen, on paper and on the command line. Texts live in
 * the arena; "" when memory is short. */
#ifndef XINFENG_REPORT_PROFESSIONAL_WORDS_H
#define XINFENG_REPORT_PROFESSIONAL_WORDS_H

#include "score/professional_standing.h"

/* One sentence: the grade in force, where it comes from, and what was computed. */
const char *professional_words(const struct professional_standing *standing, struct arena *arena);

/* What the computed grade is made of, a line each: dimensions, indicators, facts; "" when none was
 * computed. */
const char *professional_words_breakdown(const struct professional_standing *standing,
                                         struct arena *arena);

#endif
