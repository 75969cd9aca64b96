/* What must not stand in anything that leaves the house: words of risk classes and scores (X6). */
#ifndef XINFENG_REPORT_PUBLIC_WORDS_H
#define XINFENG_REPORT_PUBLIC_WORDS_H

#include <stdbool.h>

/* True when a text speaks of classes or scores: "D类", "Ｃ 级", "信用风险", "class B" and the like.
 * NULL and other uses of 类 ("食品类") are none. */
bool public_words_tell(const char *text);

#endif
