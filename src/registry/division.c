#include "registry/division.h"

#include "embedded.h"
#include "registry/code_list.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNTY_LENGTH 6
#define TOWNSHIP_LENGTH 9

/* OLD<tab>NEW<tab>YEAR, all of one width: searched as they stand, in whatever thread. */
#define RETIRED_WIDTH (sizeof("650000\t650000\t2000\n") - 1)

static struct code_list divisions = {.text = embedded_divisions};

const char *division_name(const char *code) {
    const struct code_list_entry *entry = code_list_find(&divisions, code);
    return entry == NULL ? NULL : entry->name;
}

/* Where the successor of a county stands in the list; NULL when its code was never retired. */
static const char *find_successor(const char *county) {
    size_t low = 0;
    size_t high = strlen(embedded_divisions_retired) / RETIRED_WIDTH;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *line = embedded_divisions_retired + middle * RETIRED_WIDTH;
        int order = strncmp(line, county, COUNTY_LENGTH);
        if (order == 0) {
            return line + COUNTY_LENGTH + 1;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

void division_today(const char *code, char today[static DIVISION_SIZE]) {
    size_t length = strlen(code);
    bool counted = length == COUNTY_LENGTH || length == TOWNSHIP_LENGTH;
    const char *successor = counted ? find_successor(code) : NULL;
    snprintf(today, DIVISION_SIZE, "%s", code);
    if (successor == NULL) {
        return;
    }
    memcpy(today, successor, COUNTY_LENGTH);
    if (division_name(today) == NULL) {
        today[COUNTY_LENGTH] = '\0';
    }
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
