/* Amounts of money as officers' files write them, read to fen in integers. */
#ifndef XINFENG_INTAKE_VALUE_MONEY_H
#define XINFENG_INTAKE_VALUE_MONEY_H

#include "intake/value.h"

/* What a bare number counts, in fen. */
#define MONEY_YUAN 100
#define MONEY_TEN_THOUSAND_YUAN 1000000

/* A cell that is an amount and nothing else: 17797.93元, 罚款2000元, 5,350(万), 500(万元人民币),
 * 叁万元整, 三十万元. A unit in the cell goes before `unit`, which counts for bare numbers.
 * PARSE_FOREIGN for 100(万美元): not to be converted. Half a fen and more is rounded up. */
enum parse value_money_parse(const char *cell, int64_t unit, int64_t *fen);

/* The fine in a sentence: 责令三日内改正，处五千元罚款。 The total behind 共计 or 合计 when there
 * is one, else the sum of what is called a fine, else the only amount there is. PARSE_NONE when
 * there is no amount, PARSE_BAD when there are several and none is called a fine. A cell that
 * value_money_parse takes is read by it. */
enum parse value_fine_parse(const char *cell, int64_t unit, int64_t *fen);

#endif
