/* The words of an explanation, on the screen and on paper: what a value says, what decided the
 * class, what would bring it down. */
#ifndef XINFENG_REPORT_EXPLANATION_WORDS_H
#define XINFENG_REPORT_EXPLANATION_WORDS_H

#include "score/explanation.h"

/* Room for what a value says. */
#define EXPLANATION_VALUE_SIZE 64

/* Room for what decided a class. */
#define EXPLANATION_DECISION_SIZE 256

/* Writes what an indicator's value says: "3 facts", "17 months", a code, or that it is not known;
 * returns text. */
const char *explanation_words_value(const struct result_indicator *one,
                                    const struct policy_indicator *indicator,
                                    char text[static EXPLANATION_VALUE_SIZE]);

/* Writes what decided the class where that is not the score alone, else ""; returns text. */
const char *explanation_words_decision(const struct explanation *explanation,
                                       char text[static EXPLANATION_DECISION_SIZE]);

/* How the class would come down, in one sentence; the facts it speaks of are explanation->way.
 * Static or in the arena; "" when memory is short. */
const char *explanation_words_way(const struct explanation *explanation, struct arena *arena);

/* What the class hangs on: by score, by a direct rule with the facts that trigger it, or by an
 * override with who proposed and approved it and its document; then the other overrides that held
 * on the day. Lines between line feeds, in the arena; "" when memory is short. */
const char *explanation_words_grounds(const struct explanation *explanation, struct arena *arena);

/* How far the total lies from the bounds of its class, in one sentence. In the arena; "" when
 * memory is short. */
const char *explanation_words_bounds(const struct explanation *explanation, struct arena *arena);

/* Centipoints as points with two decimals: "238.50". In the arena; "" when memory is short. */
const char *explanation_words_points(int64_t centipoints, struct arena *arena);

/* A fact in short: day, type and document, or what it says where it has none. In the arena; "" when
 * memory is short. */
const char *explanation_words_fact(const struct explanation *explanation, int64_t id,
                                   struct arena *arena);

#endif
