/* What makes two enterprises share something, as SQL over a column: the same text without blanks
 * (in telephone numbers without hyphens too), NULL where nothing is left. Indexes stand over these
 * very expressions. */
#ifndef XINFENG_SCORE_SHARE_TEXT_H
#define XINFENG_SCORE_SHARE_TEXT_H

#define SHARE_TEXT(column) "nullif(replace(" column ", ' ', ''), '')"
#define SHARE_TEXT_PHONE(column) "nullif(replace(replace(" column ", ' ', ''), '-', ''), '')"

#endif
