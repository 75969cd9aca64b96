#include "registry/fact_type.h"

#include "base/gettext.h"

#include <string.h>

static const struct {
    const char *code;
    const char *name;
} types[FACT_TYPE_END] = {
#define FACT_TYPE_ROW(number, code, name) [number] = {#code, name},
    FACT_TYPE_TABLE(FACT_TYPE_ROW)
#undef FACT_TYPE_ROW
};

int fact_type_find(const char *code) {
    for (int number = 1; number < FACT_TYPE_END; number++) {
        if (strcmp(types[number].code, code) == 0) {
            return number;
        }
    }
    return 0;
}

const char *fact_type_code(int number) {
    return number > 0 && number < FACT_TYPE_END ? types[number].code : NULL;
}

const char *fact_type_name(int number) {
    return number > 0 && number < FACT_TYPE_END ? _(types[number].name) : "";
}
