/* What type of fact a file of facts tells, where no column says so for each row. */
#ifndef XINFENG_INTAKE_GUESS_TYPE_H
#define XINFENG_INTAKE_GUESS_TYPE_H

#include "intake/guess.h"

/* Sets guess->type and its confidence by the words of the file's name, its title rows and headers,
 * and by who acted: a penalty of a market-regulation office is another type than one of the tax
 * office. */
void guess_type(const struct sample *sample, const struct header_row *header, const char *name,
                struct guess *guess);

#endif
