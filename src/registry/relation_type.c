#include "registry/relation_type.h"

#include "base/gettext.h"

#include <string.h>

static const struct {
    const char *code;
    const char *name;
} types[RELATION_TYPE_COUNT] = {
#define RELATION_TYPE_ROW(code, name) [RELATION_TYPE_##code] = {#code, name},
    RELATION_TYPE_TABLE(RELATION_TYPE_ROW)
#undef RELATION_TYPE_ROW
};

enum relation_type relation_type_find(const char *code) {
    for (int type = 0; type < RELATION_TYPE_COUNT; type++) {
        if (strcmp(types[type].code, code) == 0) {
            return (enum relation_type)type;
        }
    }
    return RELATION_TYPE_COUNT;
}

const char *relation_type_code(enum relation_type type) {
    return types[type].code;
}

const char *relation_type_name(enum relation_type type) {
    return _(types[type].name);
}
