#include "intake/kind_record.h"

#include "base/gettext.h"

static const struct field fields[] = {
    {"name", N_("name"), SHAPE_NAME},
    {"uscc", N_("unified social credit code"), SHAPE_CODE},
    {"registration_number", N_("registration number"), SHAPE_CODE},
    {"field", N_("professional field"), SHAPE_TEXT},
    {"grade", N_("grade"), SHAPE_TEXT},
    {"judged_on", N_("judged on"), SHAPE_DATE},
    {"until", N_("valid until"), SHAPE_DATE},
    {"agency", N_("agency"), SHAPE_TEXT},
};

static const int columns[] = {NO_COLUMN,   NO_COLUMN,       NO_COLUMN,   GRADE_field,
                              GRADE_grade, GRADE_judged_on, GRADE_until, GRADE_agency};

static const struct kind_record record = {
    .table = RECORD_GRADE,
    .columns = columns,
    .enterprise = GRADE_enterprise,
};

const struct kind kind_grades = {
    .code = "grades",
    .title = N_("Professional grades"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 3 | 1 << 4, /* field, grade */
    .read = kind_record_read,
    .take = kind_record_take,
    .record = &record,
};
