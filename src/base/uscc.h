/* The unified social credit code (统一社会信用代码), GB 32100-2015. */
#ifndef XINFENG_BASE_USCC_H
#define XINFENG_BASE_USCC_H

#include <stdbool.h>

#define USCC_LENGTH 18
#define USCC_SIZE (USCC_LENGTH + 1)

/* True when the 18 characters are of the code's alphabet and the check character fits. */
bool uscc_valid(const char *code);

/* The check character for the first 17 characters; '\0' when one is outside the alphabet. */
char uscc_check_character(const char *code);

/* The check character of an organisation code (GB 11714), characters 9 to 16 of a USCC, given the
 * 8 characters at body; '\0' when one is outside 0-9 A-Z. */
char uscc_organisation_check(const char *body);

/* The check digit of a registration number (注册号, GS15-2006; MOD 11,10 of GB/T 17710), given its
 * first 14 digits; '\0' when one is no digit. */
char uscc_registration_check(const char *digits);

#endif
