#include "intake/kind.h"

#include <string.h>

static const struct kind *const kinds[IMPORT_KIND_COUNT] = {
    [IMPORT_ENTERPRISES] = &kind_enterprises, [IMPORT_FACTS] = &kind_facts,
    [IMPORT_RELATIONS] = &kind_relations,     [IMPORT_INSPECTORS] = &kind_inspectors,
    [IMPORT_RECUSALS] = &kind_recusals,       [IMPORT_MATTERS] = &kind_matters,
    [IMPORT_GRADES] = &kind_grades,           [IMPORT_RESULTS] = &kind_results,
    [IMPORT_CLASSES] = &kind_classes,
};

const struct kind *kind_of(enum import_kind kind) {
    return kinds[kind];
}

enum import_kind kind_find(const char *code) {
    int kind = 0;
    while (kind < IMPORT_KIND_COUNT && strcmp(kinds[kind]->code, code) != 0) {
        kind++;
    }
    return (enum import_kind)kind;
}

const char *const *kind_codes(void) {
    static const char *codes[IMPORT_KIND_COUNT + 1];
    for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
        codes[i] = kinds[i]->code;
    }
    return codes;
}

int kind_find_field(enum import_kind kind, const char *name) {
    const struct kind *found = kinds[kind];
    for (size_t i = 0; i < found->field_count; i++) {
        if (strcmp(found->fields[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}
