/* Administrative divisions (GB/T 2260 and townships) by code. */
#ifndef XINFENG_REGISTRY_DIVISION_H
#define XINFENG_REGISTRY_DIVISION_H

#include <stddef.h>

/* The name of a division of 2, 4, 6 or 9 digits; NULL when the code is not known. Static. */
const char *division_name(const char *code);

/* The name to show for a region: its name, or the code itself when it is not known. */
const char *division_label(const char *code);

/* Room for the code of a township and the NUL. */
#define DIVISION_SIZE 10

/* The code that a county or township (6 or 9 digits) has today: the successor of a county whose
 * code was retired (in Xinjiang since 2000, which is as far as the list of them has been compared
 * with the ministry's), the same code for every other. A township goes with its county as long as
 * its new code is known, else the county alone is told. */
void division_today(const char *code, char today[static DIVISION_SIZE]);

/* The divisions right below a code of 6 digits (its townships): fills codes[0..most) with static
 * strings and returns how many there are. */
size_t division_townships(const char *county, const char **codes, size_t most);

#endif
