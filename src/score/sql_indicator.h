/* The statements that score one indicator, a kind each, for the script of a policy. */
#ifndef XINFENG_SCORE_SQL_INDICATOR_H
#define XINFENG_SCORE_SQL_INDICATOR_H

#include "score/sql_text.h"

/* What scored_share calls a particular that enterprises share. */
const char *sql_share_word(enum policy_share share);

/* Adds an indicator's comment and the INSERT that gives every row of scored_subject its value and
 * points; for relations, who is related before it. */
void sql_indicator(struct sql *sql, size_t index);

#endif
