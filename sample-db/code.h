/* Codes of the sample county's firms: valid, and no two alike. */
#ifndef XINFENG_SAMPLE_CODE_H
#define XINFENG_SAMPLE_CODE_H

#include "base/date.h"
#include "base/uscc.h"
#include "sample-db/words.h"

/* Room for a registration number of 15 digits and the NUL. */
#define SAMPLE_NUMBER_SIZE 16

/* The most firms whose codes can all differ. */
#define SAMPLE_MOST_FIRMS 5000000

/* The USCC (GB 32100-2015) of firm number `index` with a division of 6 digits: an organisation
 * code of eight digits where the firm is older than the code, else one of the MA series. offset
 * shifts which firm gets which. */
void sample_code_uscc(char code[static USCC_SIZE], uint32_t index, uint64_t offset,
                      enum sample_kind kind, const char *division, date established_on);

/* The registration number (注册号) with its check digit (GB/T 17710, MOD 11,10). */
void sample_code_number(char number[static SAMPLE_NUMBER_SIZE], uint32_t index, uint64_t offset,
                        enum sample_kind kind);

/* True when a firm of that day got a registration number: before the USCC came on 2015-10-01. */
bool sample_code_had_number(date established_on);

#endif
