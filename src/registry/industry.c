#include "registry/industry.h"

#include "embedded.h"
#include "registry/code_list.h"

#include <string.h>

static struct code_list industries = {.text = embedded_industries};

const char *industry_name(const char *code) {
    const struct code_list_entry *entry = code_list_find(&industries, code);
    return entry == NULL ? NULL : entry->name;
}

const char *industry_of_digits(const char *digits) {
    for (size_t i = 0; i < industry_count(); i++) {
        const char *code = industries.entries[i].code;
        if (strcmp(code + 1, digits) == 0) {
            return code;
        }
    }
    return NULL;
}

size_t industry_count(void) {
    code_list_lower(&industries, "");
    return industries.count;
}

const char *industry_code(size_t index) {
    return industries.entries[index].code;
}
