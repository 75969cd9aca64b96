/* How a firm of the sample county stands: conduct, age, status, money and staff. */
#ifndef XINFENG_SAMPLE_STANDING_H
#define XINFENG_SAMPLE_STANDING_H

#include "sample-db/firm.h"

/* Fills in what follows from kind, trade and place, which are set; also the firm's days. */
void sample_standing_give(struct sample_firm *firm, const struct sample_setting *setting,
                          struct sample_random *random);

#endif
