/* The fields that a mapping profile can fill: those of enterprises and those of facts. */
#ifndef XINFENG_INTAKE_FIELD_H
#define XINFENG_INTAKE_FIELD_H

#include <stddef.h>

/* What a file is about. */
enum import_kind { IMPORT_ENTERPRISES, IMPORT_FACTS };

/* The word of a kind: "facts". */
const char *import_kind_code(enum import_kind kind);

/* How a cell of the field is read. */
enum field_shape {
    SHAPE_TEXT,
    SHAPE_NAME, /* of the enterprise */
    SHAPE_CODE, /* any code of the enterprise */
    SHAPE_DATE,
    SHAPE_TERM_END, /* a day, or a term that ends on it */
    SHAPE_MONEY,
    SHAPE_INTEGER,
    SHAPE_FLAG,     /* 是 or 否 */
    SHAPE_WORD,     /* one of the program's own words, mostly through a map */
    SHAPE_REGION,   /* division code */
    SHAPE_INDUSTRY, /* GB/T 4754 code */
};

/* The fields of facts; each has a place in struct fact or beside it. */
enum fact_field {
    FACT_FIELD_NAME,
    FACT_FIELD_USCC,
    FACT_FIELD_NUMBER,
    FACT_FIELD_TYPE,
    FACT_FIELD_OCCURRED_ON,
    FACT_FIELD_ENDED_ON,
    FACT_FIELD_AMOUNT,
    FACT_FIELD_LEVEL,
    FACT_FIELD_DOCUMENT,
    FACT_FIELD_TITLE,
    FACT_FIELD_AGENCY,
    FACT_FIELD_RECORD,
    FACT_FIELD_STATUS,
};

/* One field. */
struct field {
    const char *name; /* as profiles spell it */
    enum field_shape shape;
};

/* The index of a field's name; -1 when the kind has none such. For enterprises indexes are those
 * of enterprise_fields, for facts those of enum fact_field. */
int field_find(enum import_kind kind, const char *name);

/* The field of an index that field_find gave. */
struct field field_at(enum import_kind kind, int index);

#endif
