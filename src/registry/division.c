#include "registry/division.h"

#include "embedded.h"
#include "registry/code_list.h"

#include <string.h>

static struct code_list divisions = {.text = embedded_divisions};

const char *division_name(const char *code) {
    const struct code_list_entry *entry = code_list_find(&divisions, code);
    return entry == NULL ? NULL : entry->name;
}

const char *division_label(const char *code) {
    const char *name = division_name(code);
    return name == NULL ? code : name;
}

size_t division_townships(const char *county, const char **codes, size_t most) {
    size_t length = strlen(county);
    size_t found = 0;
    for (size_t i = code_list_lower(&divisions, county); i < divisions.count && found < most; i++) {
        const char *code = divisions.entries[i].code;
        if (strncmp(code, county, length) != 0) {
            break;
        }
        if (strlen(code) == 9) {
            codes[found++] = code;
        }
    }
    return found;
}
