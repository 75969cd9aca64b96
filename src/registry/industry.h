/* Industries (GB/T 4754-2017) by code: a letter for the section, digits behind it. */
#ifndef XINFENG_REGISTRY_INDUSTRY_H
#define XINFENG_REGISTRY_INDUSTRY_H

#include <stddef.h>

/* The name of an industry such as "F", "F52" or "F5211"; NULL when not known. Static. */
const char *industry_name(const char *code);

/* The full code of bare digits ("5211" -> "F5211", "52" -> "F52"); NULL when not known. Static. */
const char *industry_of_digits(const char *digits);

/* The list's own spelling of a full code such as "F" or "F5211"; NULL when not known. Static. */
const char *industry_find(const char *code);

/* The number of industries, and the code of each in the standard's order. Static. */
size_t industry_count(void);
const char *industry_code(size_t index);

#endif
