#include "registry/industry.h"

#include "embedded.h"
#include "registry/code_list.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct code_list industries = {.text = embedded_industries};

const char *industry_name(const char *code) {
    const struct code_list_entry *entry = code_list_find(&industries, code);
    return entry == NULL ? NULL : entry->name;
}

/* The places in the list of codes of two, three and four digits, one more each; 0: no industry. */
static uint16_t by_digits[3][10000];
static pthread_once_t indexed = PTHREAD_ONCE_INIT;

/* Where the digits have their place in by_digits; NULL when no code has so many. */
static uint16_t *place_of_digits(const char *digits) {
    size_t length = strspn(digits, "0123456789");
    return length < 2 || length > 4 || digits[length] != '\0'
               ? NULL
               : &by_digits[length - 2][atoi(digits)];
}

static void index_digits(void) {
    for (size_t i = industry_count(); i > 0; i--) {
        uint16_t *place = place_of_digits(industries.entries[i - 1].code + 1);
        if (place != NULL) {
            *place = (uint16_t)i;
        }
    }
}

const char *industry_of_digits(const char *digits) {
    pthread_once(&indexed, index_digits);
    const uint16_t *place = place_of_digits(digits);
    return place == NULL || *place == 0 ? NULL : industries.entries[*place - 1].code;
}

const char *industry_find(const char *code) {
    const struct code_list_entry *entry = code_list_find(&industries, code);
    return entry == NULL ? NULL : entry->code;
}

size_t industry_count(void) {
    code_list_lower(&industries, "");
    return industries.count;
}

const char *industry_code(size_t index) {
    return industries.entries[index].code;
}
