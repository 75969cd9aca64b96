#include "intake/field.h"

#include "registry/enterprise.h"

#include <stddef.h>
#include <string.h>

static const char *const kinds[] = {[IMPORT_ENTERPRISES] = "enterprises", [IMPORT_FACTS] = "facts"};

const char *import_kind_code(enum import_kind kind) {
    return kinds[kind];
}

static const struct field fact_fields[] = {
    [FACT_FIELD_NAME] = {"name", SHAPE_NAME},
    [FACT_FIELD_USCC] = {"uscc", SHAPE_CODE},
    [FACT_FIELD_NUMBER] = {"registration_number", SHAPE_CODE},
    [FACT_FIELD_TYPE] = {"type", SHAPE_WORD},
    [FACT_FIELD_OCCURRED_ON] = {"occurred_on", SHAPE_DATE},
    [FACT_FIELD_ENDED_ON] = {"ended_on", SHAPE_TERM_END},
    [FACT_FIELD_AMOUNT] = {"amount", SHAPE_MONEY},
    [FACT_FIELD_LEVEL] = {"level", SHAPE_INTEGER},
    [FACT_FIELD_DOCUMENT] = {"document", SHAPE_TEXT},
    [FACT_FIELD_TITLE] = {"title", SHAPE_TEXT},
    [FACT_FIELD_AGENCY] = {"agency", SHAPE_TEXT},
    [FACT_FIELD_RECORD] = {"record", SHAPE_TEXT},
    [FACT_FIELD_STATUS] = {"status", SHAPE_WORD},
};

/* The registry's list in its order, each with the shape that its type suggests ... */
static const struct field enterprise_fields_plain[] = {
#define TEXT_FIELD(name) {#name, SHAPE_TEXT},
#define NUMBER_FIELD(name) {#name, SHAPE_INTEGER},
#define DATE_FIELD(name) {#name, SHAPE_DATE},
    ENTERPRISE_FIELDS(TEXT_FIELD, NUMBER_FIELD, DATE_FIELD)
#undef TEXT_FIELD
#undef NUMBER_FIELD
#undef DATE_FIELD
};

/* ... and those that are more than that. */
static const struct field enterprise_fields_special[] = {
    {"name", SHAPE_NAME},           {"uscc", SHAPE_CODE},     {"registration_number", SHAPE_CODE},
    {"kind", SHAPE_WORD},           {"status", SHAPE_WORD},   {"capital", SHAPE_MONEY},
    {"expires_on", SHAPE_TERM_END}, {"region", SHAPE_REGION}, {"industry", SHAPE_INDUSTRY},
    {"key_field", SHAPE_FLAG},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct field *table_of(enum import_kind kind, size_t *count) {
    if (kind == IMPORT_FACTS) {
        *count = COUNT(fact_fields);
        return fact_fields;
    }
    *count = COUNT(enterprise_fields_plain);
    return enterprise_fields_plain;
}

static int find_in(const struct field *table, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int field_find(enum import_kind kind, const char *name) {
    size_t count = 0;
    const struct field *table = table_of(kind, &count);
    return find_in(table, count, name);
}

struct field field_at(enum import_kind kind, int index) {
    size_t count = 0;
    struct field field = table_of(kind, &count)[index];
    if (kind == IMPORT_ENTERPRISES) {
        int special =
            find_in(enterprise_fields_special, COUNT(enterprise_fields_special), field.name);
        field.shape = special < 0 ? field.shape : enterprise_fields_special[special].shape;
    }
    return field;
}
