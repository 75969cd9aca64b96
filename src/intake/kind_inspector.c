#include "intake/kind_record.h"

#include "base/gettext.h"

static const struct field fields[] = {
    {"number", N_("staff number"), SHAPE_TEXT},
    {"name", N_("name"), SHAPE_TEXT},
    {"gender", N_("gender"), SHAPE_TEXT},
    {"certificate", N_("number of the certificate"), SHAPE_TEXT},
    {"certificate_until", N_("certificate valid until"), SHAPE_DATE},
    {"department", N_("department"), SHAPE_TEXT},
    {"region", N_("region"), SHAPE_TEXT},
    {"level", N_("level"), SHAPE_TEXT},
    {"matters", N_("matters"), SHAPE_TEXT},
    {"qualifications", N_("qualifications"), SHAPE_TEXT},
    {"expert", N_("expert"), SHAPE_FLAG},
    {"state", N_("state"), SHAPE_TEXT},
};

static const int columns[] = {INSPECTOR_number,
                              INSPECTOR_name,
                              INSPECTOR_gender,
                              INSPECTOR_certificate,
                              INSPECTOR_certificate_until,
                              INSPECTOR_department,
                              INSPECTOR_region,
                              INSPECTOR_level,
                              INSPECTOR_matters,
                              INSPECTOR_qualifications,
                              INSPECTOR_expert,
                              INSPECTOR_state};

static const struct kind_record record = {
    .table = RECORD_INSPECTOR,
    .columns = columns,
    .enterprise = NO_COLUMN,
};

const struct kind kind_inspectors = {
    .code = "inspectors",
    .title = N_("Inspectors"),
    .subject = false,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 0 | 1 << 1, /* number, name */
    .read = kind_record_read,
    .take = kind_record_take,
    .record = &record,
};
